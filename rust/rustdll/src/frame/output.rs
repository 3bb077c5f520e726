//! The output of a call: the part of the frame for the result.

use std::mem::{self, size_of_val, ManuallyDrop};
use std::ptr;

use super::fault::Fault;
use super::stack::{on_large_stack, Floors};
use super::writer::{located, units_of, Content, Writer, Written};
use super::{release, Answer, Room};
use crate::object::{Handle, Object, Reference, References};

/// The output of a call, to which the result is written in the form of its type.
#[derive(Debug)]
pub struct Output<'a> {
    room: Room,
    answer: &'a mut Answer,
    objects: &'a mut *mut Reference,
    floors: Floors,
    depth: Depth,
}

/// The stack that the values of a result have turned out to need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// The host's stack is enough.
    Usual,
    /// They need a large stack.
    Deep,
    /// No stack is large enough.
    TooDeep,
}

impl<'a> Output<'a> {
    /// Makes the output for that room and that part of a frame.
    #[inline]
    pub(crate) fn new(room: Room, answer: &'a mut Answer, objects: &'a mut *mut Reference, floors: Floors) -> Self {
        Self {
            room,
            answer,
            objects,
            floors,
            depth: Depth::Usual,
        }
    }

    /// Sets the limits of another stack, on which the call continues.
    pub(crate) fn move_to(&mut self, floors: Floors) {
        self.floors = floors;
    }

    /// Writes a scalar as the bits of a slot, or the number of elements of a list or of words of a stream.
    #[inline]
    pub(crate) fn scalar(&mut self, bits: u64) {
        self.answer.result = bits;
    }

    /// Writes an object.
    pub(crate) fn object<T: Object>(&mut self, handle: Handle<T>) {
        let mut references = References::new();
        self.answer.result = references.add(handle);
        *self.objects = references.hand_over();
    }

    /// Writes a string.
    pub(crate) fn text(&mut self, text: Vec<u8>) -> Result<(), Fault> {
        let ascii = text.is_ascii();
        let units = if ascii { text.len() as u64 } else { units_of(&text) };
        self.checked_text(text, units, ascii)
    }

    /// Writes a message about a call without a result.
    pub(crate) fn message(&mut self, message: &str) {
        self.answer.text_units = units_of(message.as_bytes());
        self.answer.text.hand_over(message.as_bytes().to_vec());
        self.answer.release = Some(release);
    }

    /// Writes a copy of a borrowed list of scalars.
    #[inline]
    pub(crate) fn slice<T: Copy>(&mut self, list: &[T]) {
        if !self.fits(list) {
            self.owned(list.to_vec());
        }
    }

    /// Writes a list of scalars. If it does not fit the host's room, the host gets its buffer without a copy.
    #[inline]
    pub(crate) fn list<T: Copy>(&mut self, list: Vec<T>) {
        if !self.fits(&list) {
            self.owned(list);
        }
    }

    /// Copies the elements of a list to the host's room and returns true, or returns false if they do not fit.
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
        // SAFETY: the host guarantees room of that many bytes, which nobody else uses.
        unsafe { ptr::copy_nonoverlapping(list.as_ptr().cast::<u8>(), self.room.out_words.cast::<u8>(), bytes) };
        true
    }

    #[cold]
    fn owned<T: Copy>(&mut self, list: Vec<T>) {
        self.answer.words.hand_over(list);
        self.answer.release = Some(release);
    }

    /// Writes any other value: the content of a stream. It is written again if the stack was too small.
    ///
    /// It is compiled once for all types.
    pub(crate) fn stream(&mut self, content: &dyn Content) -> Result<(), Fault> {
        let Room { out_words, out_room } = self.room;
        let attempt = |floor: usize| {
            let room = usize::try_from(out_room).unwrap_or(0);
            // SAFETY: the host guarantees that room, and the writer ends before this function does.
            let mut writer = unsafe { Writer::new(out_words, room, floor) };
            content.write(&mut writer);
            writer.finish().map_err(|fault| located(fault, content, floor))
        };
        let mut written = match attempt(self.floors.writing) {
            Err(Fault::DeepResult) => self.deeper(&attempt)?,
            written => written?,
        };
        self.answer.result = written.words as u64;
        *self.objects = written.objects.hand_over();
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
    fn deeper(&mut self, attempt: &dyn Fn(usize) -> Result<Written, Fault>) -> Result<Written, Fault> {
        let written = on_large_stack(|floors| attempt(floors.writing)).unwrap_or(Err(Fault::DeepResult));
        self.depth = if written.is_ok() { Depth::Deep } else { Depth::TooDeep };
        written
    }

    /// Drops the result after it has been written. The destructors of nested values recurse as writing them did.
    #[inline]
    pub(crate) fn dispose<T>(&mut self, result: T) {
        if self.depth == Depth::Usual {
            drop(result);
        } else {
            let mut result = ManuallyDrop::new(result);
            // SAFETY: the value is dropped at most once, as the function calls this at most once, and is not used again.
            self.dispose_deep(&mut || unsafe { ManuallyDrop::drop(&mut result) });
        }
    }

    /// Calls `drop` at most once.
    #[cold]
    #[inline(never)]
    fn dispose_deep(&mut self, drop: &mut dyn FnMut()) {
        // A value for which no stack is large enough is leaked: dropping it would overflow the stack.
        if self.depth == Depth::Deep {
            on_large_stack(|_| drop());
        }
    }

    /// Passes text to the host, if it is UTF-8.
    fn checked_text(&mut self, text: Vec<u8>, units: u64, ascii: bool) -> Result<(), Fault> {
        if !ascii && std::str::from_utf8(&text).is_err() {
            return Err(Fault::NOT_UTF8);
        }
        self.answer.text_units = units;
        self.answer.text.hand_over(text);
        self.answer.release = Some(release);
        Ok(())
    }

    /// Frees what has been written, so that another result can take its place.
    pub(crate) fn clear(&mut self) {
        release(&mut self.answer.words);
        release(&mut self.answer.text);
        self.answer.text_units = 0;
        drop(References::taken_back(mem::replace(self.objects, ptr::null_mut())));
    }
}
