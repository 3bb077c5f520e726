//! A flow: a stream that stays in Rust, and of which a host takes the items in batches, as they come.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::task::{Context, Poll};
use std::time::Instant;

use super::sequence::{give_batch, Ended, ITEMS_BY_CLOCK, LONGEST};
use super::{Given, Handle, Object};
use crate::call::{catch, Failure, Status};
use crate::error::Error;
use crate::frame::{Arguments, Fault, Frame, Output};
use crate::future::{enter_future, settle, work, Work};
use crate::types::shape::{Catalogue, Describe, Shape};
use crate::types::Encode;

/// An object whose items are taken.
pub(crate) struct Flow {
    items: Box<dyn Produce + Send>,
    /// The most items that are taken at a time.
    most: usize,
}

// SAFETY: nothing can be done with a shared reference to it.
unsafe impl Sync for Flow {}

impl Object for Flow {
    const NAME: &'static str = "stream";
}

/// The host knows a flow by the type of its items, which `Stream<T>` describes.
impl Describe for Flow {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("unit")
    }
}

impl Flow {
    /// Makes a flow of what `next` gives until that is nothing.
    pub(crate) fn new<T: Encode<By> + Send + 'static, By: 'static>(
        next: impl FnMut(&mut Context<'_>) -> Poll<Option<Result<T, Error>>> + Send + 'static,
    ) -> Self {
        Self {
            items: Box::new(Items {
                next: Some(next),
                taken: Vec::new(),
                failure: None,
                by: PhantomData,
            }),
            most: usize::MAX,
        }
    }

    /// Takes each item only when it is asked for.
    pub(crate) fn take_one_at_a_time(&mut self) {
        self.most = 1;
    }
}

/// A source of items of any type that can be written.
trait Produce {
    /// Takes items, at most `most`, until one is not there yet; waits only for the first of them.
    fn poll(&mut self, most: usize, context: &mut Context<'_>) -> Poll<()>;

    /// Writes what was taken.
    fn give(&mut self, output: &mut Output<'_>) -> Result<Status, Fault>;
}

struct Items<N, T, By> {
    /// None once it has ended, in any way.
    next: Option<N>,
    taken: Vec<T>,
    /// The failure with which it has ended, which is told after the items before it.
    failure: Option<Ended>,
    /// The conversion of the items.
    by: PhantomData<fn() -> By>,
}

impl<T, N: FnMut(&mut Context<'_>) -> Poll<Option<Result<T, Error>>>, By> Items<N, T, By> {
    fn produce(&mut self, most: usize, context: &mut Context<'_>) -> Poll<()> {
        let begun = Instant::now();
        while self.taken.len() < most {
            let Some(next) = &mut self.next else { break };
            match next(context) {
                Poll::Pending if self.taken.is_empty() => return Poll::Pending,
                Poll::Pending => break,
                Poll::Ready(Some(Ok(item))) => self.taken.push(item),
                Poll::Ready(Some(Err(error))) => {
                    self.failure = Some(Ended::Err(Failure::of_error(&*error)));
                    self.next = None;
                }
                Poll::Ready(None) => self.next = None,
            }
            if self.taken.len() % ITEMS_BY_CLOCK == 0 && begun.elapsed() > LONGEST {
                break;
            }
        }
        Poll::Ready(())
    }
}

impl<T: Encode<By>, N: FnMut(&mut Context<'_>) -> Poll<Option<Result<T, Error>>>, By> Produce for Items<N, T, By> {
    fn poll(&mut self, most: usize, context: &mut Context<'_>) -> Poll<()> {
        catch(
            &mut (&mut *self, context),
            |(items, context)| items.produce(most, context),
            |(items, _), panic| {
                items.failure = Some(Ended::Panic(panic));
                // Its destructor may panic too, which must not replace the first panic.
                catch(&mut items.next, |next| *next = None, |_, _| ());
                Poll::Ready(())
            },
        )
    }

    fn give(&mut self, output: &mut Output<'_>) -> Result<Status, Fault> {
        give_batch(
            std::mem::take(&mut self.taken),
            self.next.is_none(),
            &mut self.failure,
            output,
        )
    }
}

/// Takes from the flow that is the first argument as many items as the second one says, at most.
fn begin<'a>(arguments: &mut Arguments<'a>) -> Result<Work<'a>, Fault> {
    arguments.finish()?;
    // SAFETY: the host passes the address of a reference that it holds for the length of the call.
    let flow: &Handle<Flow> = unsafe { Given::<Flow>::handle_of(arguments.slot(0)) }?;
    let most = usize::try_from(arguments.slot(1)).unwrap_or(usize::MAX);
    let mut flow = flow
        .borrow_mut_by(arguments.reader.function)
        .map_err(Fault::Unavailable)?;
    Ok(work(async move {
        let most = most.min(flow.most).max(1);
        poll_fn(|context| flow.items.poll(most, context)).await;
        settle(flow, |mut flow, output| flow.items.give(output))
    }))
}

/// Performs the operation of a frame whose arguments are those of `begin`.
pub(super) fn enter_take(frame: &mut Frame, name: &'static &'static str, hash: fn() -> u64) -> u32 {
    enter_future(frame, name, hash, begin)
}
