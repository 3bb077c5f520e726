//! The output of a call: the part of the frame that takes the result.

use std::mem::{size_of_val, ManuallyDrop};
use std::ptr;

use super::fault::Fault;
use super::stack::{on_large_stack, Floors};
use super::writer::{units_of, Writer, Written};
use super::{release, Answer, Room};

/// The output of a call: where the result goes, in the form that its type has.
#[derive(Debug)]
pub struct Output<'a> {
    room: Room,
    answer: &'a mut Answer,
    floors: Floors,
    depth: Depth,
}

/// How deep the values of a result have turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// The host's stack was enough.
    Usual,
    /// They needed a large stack.
    Deep,
    /// No stack is large enough.
    TooDeep,
}

impl<'a> Output<'a> {
    /// The output into that room and that part of a frame.
    #[inline]
    pub(crate) fn new(room: Room, answer: &'a mut Answer, floors: Floors) -> Self {
        Self {
            room,
            answer,
            floors,
            depth: Depth::Usual,
        }
    }

    /// From here on the call is on another stack.
    pub(crate) fn move_to(&mut self, floors: Floors) {
        self.floors = floors;
    }

    /// A scalar, as it is in a slot; of a list or a stream the number of its elements or words.
    #[inline]
    pub(crate) fn scalar(&mut self, bits: u64) {
        self.answer.result = bits;
    }

    /// A string.
    pub(crate) fn text(&mut self, text: Vec<u8>) -> Result<(), Fault> {
        let ascii = text.is_ascii();
        let units = if ascii { text.len() as u64 } else { units_of(&text) };
        self.checked_text(text, units, ascii)
    }

    /// A message about a call without a result.
    pub(crate) fn message(&mut self, message: &str) {
        self.answer.text_units = units_of(message.as_bytes());
        self.answer.text.hand_over(message.as_bytes().to_vec());
        self.answer.release = Some(release);
    }

    /// A list of scalars that is borrowed: a copy of it.
    #[inline]
    pub(crate) fn slice<T: Copy>(&mut self, list: &[T]) {
        if !self.fits(list) {
            self.owned(list.to_vec());
        }
    }

    /// A list of scalars. If it does not fit into the host's room, the host gets its buffer as it is.
    #[inline]
    pub(crate) fn list<T: Copy>(&mut self, list: Vec<T>) {
        if !self.fits(&list) {
            self.owned(list);
        }
    }

    /// True if the elements of a list fit into the host's room. If so, they are there now.
    #[inline]
    fn fits<T: Copy>(&mut self, list: &[T]) -> bool {
        self.answer.result = list.len() as u64;
        let bytes = size_of_val(list);
        if bytes == 0 {
            return true;
        }
        if bytes as u64 > self.room.out_room.saturating_mul(8) {
            return false;
        }
        // SAFETY: the host vouches for room of that many bytes, which nobody else uses.
        unsafe { ptr::copy_nonoverlapping(list.as_ptr().cast::<u8>(), self.room.out_words.cast::<u8>(), bytes) };
        true
    }

    #[cold]
    fn owned<T: Copy>(&mut self, list: Vec<T>) {
        self.answer.words.hand_over(list);
        self.answer.release = Some(release);
    }

    /// Anything else: what `write` writes to the stream. It is asked again if the stack was too small.
    #[inline]
    pub(crate) fn stream(&mut self, write: impl Fn(&mut Writer)) -> Result<(), Fault> {
        let Room { out_words, out_room } = self.room;
        let attempt = |floor: usize| {
            let room = usize::try_from(out_room).unwrap_or(0);
            // SAFETY: the host vouches for that room, and the writer is done before this function is.
            let mut writer = unsafe { Writer::new(out_words, room, floor) };
            write(&mut writer);
            writer.finish()
        };
        let written = match attempt(self.floors.writing) {
            Err(Fault::DeepResult) => self.deeper(attempt)?,
            written => written?,
        };
        self.answer.result = written.words as u64;
        if let Some(words) = written.own {
            self.owned(words);
        }
        if written.text.is_empty() {
            return Ok(());
        }
        self.checked_text(written.text, written.units, written.ascii)
    }

    #[cold]
    #[inline(never)]
    fn deeper(&mut self, attempt: impl Fn(usize) -> Result<Written, Fault>) -> Result<Written, Fault> {
        let written = on_large_stack(|floors| attempt(floors.writing)).unwrap_or(Err(Fault::DeepResult));
        self.depth = if written.is_ok() { Depth::Deep } else { Depth::TooDeep };
        written
    }

    /// Drops the result that has been given. The destructors of values inside one another recurse as writing them did.
    #[inline]
    pub(crate) fn dispose<T>(&mut self, result: T) {
        if self.depth == Depth::Usual {
            drop(result);
        } else {
            self.dispose_deep(result);
        }
    }

    #[cold]
    #[inline(never)]
    fn dispose_deep<T>(&mut self, result: T) {
        let result = ManuallyDrop::new(result);
        // What no stack is large enough for leaks: the process would end otherwise.
        if self.depth == Depth::Deep {
            on_large_stack(|_| drop(ManuallyDrop::into_inner(result)));
        }
    }

    /// Hands over text, if it is UTF-8.
    fn checked_text(&mut self, text: Vec<u8>, units: u64, ascii: bool) -> Result<(), Fault> {
        if !ascii && std::str::from_utf8(&text).is_err() {
            return Err(Fault::NOT_UTF8);
        }
        self.answer.text_units = units;
        self.answer.text.hand_over(text);
        self.answer.release = Some(release);
        Ok(())
    }

    /// Takes back what has been given, so that something else can take its place.
    pub(crate) fn clear(&mut self) {
        release(&mut self.answer.words);
        release(&mut self.answer.text);
        self.answer.text_units = 0;
    }
}
