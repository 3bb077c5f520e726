//! A sequence: an iterator that stays in Rust, and of which a host takes the items in batches.

use std::marker::PhantomData;
use std::time::{Duration, Instant};

use super::{Given, Object};
use crate::call::{catch, enter, panicked, Failure, Panic, Status};
use crate::error::Error;
use crate::frame::{Arguments, Content, Fault, Frame, Output, Writer};
use crate::types::shape::{Catalogue, Describe, Shape};
use crate::types::Encode;

/// A batch ends when it has taken this long, however few items it has: whoever waits for the first of them should not
/// have to wait for all.
pub(super) const LONGEST: Duration = Duration::from_micros(500);

/// The number of items after which the clock is read, as that takes as long as several items.
pub(super) const ITEMS_BY_CLOCK: usize = 8;

/// An object whose items are taken.
pub(crate) struct Sequence {
    items: Box<dyn Produce + Send>,
    /// The most items that are taken at a time.
    most: usize,
}

// SAFETY: nothing can be done with a shared reference to it.
unsafe impl Sync for Sequence {}

impl Object for Sequence {
    const NAME: &'static str = "iterator";
}

/// The host knows a sequence by the type of its items, which `Iter<T>` describes.
impl Describe for Sequence {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("unit")
    }
}

impl Sequence {
    pub(crate) fn new<T: Encode<By>, By: 'static>(
        items: impl Iterator<Item = Result<T, Error>> + Send + 'static,
    ) -> Self {
        Self {
            items: Box::new(Items {
                items: Some(items),
                failure: None,
                by: PhantomData,
            }),
            most: usize::MAX,
        }
    }

    /// Makes each item only when it is asked for.
    pub(crate) fn take_one_at_a_time(&mut self) {
        self.most = 1;
    }

    /// Writes the next items, of which there are at most `most`, and whether they are the last.
    pub(crate) fn take(&mut self, most: usize, output: &mut Output<'_>) -> Result<Status, Fault> {
        self.items.take(most.min(self.most), output)
    }
}

/// An iterator over items of any type that can be written.
trait Produce {
    fn take(&mut self, most: usize, output: &mut Output<'_>) -> Result<Status, Fault>;
}

struct Items<I, By> {
    /// None once it has ended, in any way.
    items: Option<I>,
    /// The failure with which it has ended, which is told after the items before it.
    failure: Option<Ended>,
    /// The conversion of the items.
    by: PhantomData<fn() -> By>,
}

/// The failure with which a sequence ends.
pub(super) enum Ended {
    Err(Failure),
    Panic(Panic),
}

/// Items, and whether there are no more.
struct Batch<'a, T, By> {
    items: &'a [T],
    over: bool,
    by: PhantomData<By>,
}

impl<T: Encode<By>, By> Content for Batch<'_, T, By> {
    fn write(&self, writer: &mut Writer) {
        writer.word(self.items.len() as u64);
        for item in self.items {
            item.encode(writer);
        }
        self.over.encode(writer);
    }

    /// The path is one inside of an item, as JavaScript takes them one by one.
    fn locate(&self, writer: &mut Writer) -> bool {
        self.items.iter().any(|item| item.locate(writer))
    }
}

/// Writes items and whether there are no more, or the failure with which the sequence ends if there are no items before it.
pub(super) fn give_batch<T: Encode<By>, By>(
    taken: Vec<T>,
    has_ended: bool,
    failure: &mut Option<Ended>,
    output: &mut Output<'_>,
) -> Result<Status, Fault> {
    if taken.is_empty() {
        match failure.take() {
            Some(Ended::Err(failure)) => return failure.give(output),
            Some(Ended::Panic(panic)) => return Ok(panicked(output, panic)),
            None => {}
        }
    }
    let over = has_ended && failure.is_none();
    output.stream(&Batch {
        items: &taken,
        over,
        by: PhantomData,
    })?;
    output.dispose(taken);
    Ok(Status::DONE)
}

impl<T, I: Iterator<Item = Result<T, Error>>, By> Items<I, By> {
    /// Produces the next items. Those before a panic are in `taken`.
    fn produce(&mut self, most: usize, taken: &mut Vec<T>) {
        let begun = Instant::now();
        while taken.len() < most {
            match self.items.as_mut().and_then(Iterator::next) {
                Some(Ok(item)) => taken.push(item),
                Some(Err(error)) => {
                    self.failure = Some(Ended::Err(Failure::of_error(&*error)));
                    self.items = None;
                }
                None => self.items = None,
            }
            if self.items.is_none() || taken.len() % ITEMS_BY_CLOCK == 0 && begun.elapsed() > LONGEST {
                break;
            }
        }
    }
}

impl<T: Encode<By>, I: Iterator<Item = Result<T, Error>>, By> Produce for Items<I, By> {
    fn take(&mut self, most: usize, output: &mut Output<'_>) -> Result<Status, Fault> {
        let mut taken = Vec::new();
        catch(
            &mut (&mut *self, &mut taken),
            |(items, taken)| items.produce(most, taken),
            |(items, _), panic| {
                items.failure = Some(Ended::Panic(panic));
                // Its destructor may panic too, which must not replace the first panic.
                catch(&mut items.items, |items| *items = None, |_, _| ());
            },
        );
        give_batch(taken, self.items.is_none(), &mut self.failure, output)
    }
}

/// Takes from the sequence that is the first argument as many items as the second one says, at most.
fn take(arguments: &mut Arguments<'_>, output: &mut Output<'_>) -> Result<Status, Fault> {
    arguments.finish()?;
    // SAFETY: the host passes the address of a reference that it holds for the length of the call.
    let passed = unsafe { Given::<Sequence>::passed_by(arguments.slot(0)) }?;
    let most = usize::try_from(arguments.slot(1)).unwrap_or(usize::MAX);
    passed.borrow_mut(arguments)?.take(most, output)
}

/// Performs the operation of a frame whose arguments are those of `take`.
pub(super) fn enter_take(frame: &mut Frame, name: &'static &'static str, hash: fn() -> u64) -> u32 {
    enter(frame, name, hash, take)
}
