//! The writer of the stream: results that are neither scalars nor strings nor lists of scalars.

use std::mem::size_of_val;
use std::ptr::{self, NonNull};

use super::fault::Fault;
use super::stack::here;

/// Writes values as the words of a stream and the text that goes with it: into the host's room as long as that lasts,
/// then into memory of its own.
#[derive(Debug)]
pub struct Writer {
    /// The first word: in the host's room, or in `own`.
    start: *mut u64,
    /// Where the next word goes.
    next: *mut u64,
    /// The end of the room.
    end: *mut u64,
    /// Room for words when the host's was too small. Its length is 0 until [`Writer::finish`].
    own: Vec<u64>,
    text: Vec<u8>,
    units: u64,
    ascii: bool,
    /// How far down the stack values inside one another may go.
    floor: usize,
    too_deep: bool,
}

/// What a writer has written.
pub(crate) struct Written {
    /// How many words there are.
    pub words: usize,
    /// The words, if they are not in the host's room.
    pub own: Option<Vec<u64>>,
    /// All strings, one after the other.
    pub text: Vec<u8>,
    /// How many UTF-16 units they have, if they are UTF-8.
    pub units: u64,
    /// True if they are ASCII.
    pub ascii: bool,
}

impl Writer {
    /// A writer that has `room` words at `start` to begin with.
    ///
    /// # Safety
    ///
    /// Until [`Writer::finish`], nobody else uses them. `start` may be anything if `room` is 0.
    #[inline]
    pub(crate) unsafe fn new(start: *mut u64, room: usize, floor: usize) -> Self {
        // The host may have no room, and a null pointer for it.
        let start = if room == 0 { NonNull::dangling().as_ptr() } else { start };
        Self {
            start,
            next: start,
            end: start.wrapping_add(room),
            own: Vec::new(),
            text: Vec::new(),
            units: 0,
            ascii: true,
            floor,
            too_deep: false,
        }
    }

    /// Writes a word.
    #[inline]
    pub fn word(&mut self, word: u64) {
        if self.next == self.end {
            self.grow(1);
        }
        // SAFETY: `next` is before `end`, thus in the room, which nobody else uses.
        unsafe {
            self.next.write(word);
            self.next = self.next.add(1);
        }
    }

    /// Writes elements at their own size, and zeros up to the next word. The elements have no padding: they are
    /// scalars.
    #[inline]
    pub(crate) fn packed<T: Copy>(&mut self, elements: &[T]) {
        let bytes = size_of_val(elements);
        let words = bytes.div_ceil(8);
        if words == 0 {
            return;
        }
        if self.room() < words {
            self.grow(words);
        }
        // SAFETY: there is room for that many words; the last one is written as a whole first, so that no byte of it is
        // left as it was. The elements are somebody else's.
        unsafe {
            self.next.add(words - 1).write(0);
            ptr::copy_nonoverlapping(elements.as_ptr().cast::<u8>(), self.next.cast::<u8>(), bytes);
            self.next = self.next.add(words);
        }
    }

    /// Writes a string: its length in UTF-16 units as a word, its bytes to the text.
    #[inline]
    pub(crate) fn text(&mut self, text: &str) {
        let ascii = text.is_ascii();
        let units = if ascii {
            text.len() as u64
        } else {
            units_of(text.as_bytes())
        };
        self.word(units);
        self.units += units;
        self.ascii &= ascii;
        if self.text.capacity() == 0 {
            self.text.reserve(text.len().max(256));
        }
        self.text.extend_from_slice(text.as_bytes());
    }

    /// Writes a named type, that is, one that may hold itself. Where the stack ends it writes nothing, and what has
    /// been written is of no use.
    #[inline]
    pub fn nested(&mut self, write: impl FnOnce(&mut Self)) {
        if here() < self.floor {
            self.too_deep = true;
            return;
        }
        write(self);
    }

    /// What has been written.
    pub(crate) fn finish(mut self) -> Result<Written, Fault> {
        if self.too_deep {
            return Err(Fault::DeepResult);
        }
        let words = self.len();
        let own = if self.own.capacity() == 0 {
            None
        } else {
            // SAFETY: the words from the start of `own` on have been written.
            unsafe { self.own.set_len(words) };
            Some(self.own)
        };
        Ok(Written {
            words,
            own,
            text: self.text,
            units: self.units,
            ascii: self.ascii,
        })
    }

    /// How many words have been written.
    fn len(&self) -> usize {
        (self.next as usize - self.start as usize) / 8
    }

    /// How many words fit into the room that is left.
    #[inline]
    fn room(&self) -> usize {
        (self.end as usize - self.next as usize) / 8
    }

    /// Makes room for `more` words at least.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, more: usize) {
        let len = self.len();
        let mut own = Vec::with_capacity((len + more).max(2 * len).max(64));
        // SAFETY: `len` words have been written from `start` on, and the new vector has room for them.
        unsafe { ptr::copy_nonoverlapping(self.start, own.as_mut_ptr(), len) };
        self.own = own;
        self.start = self.own.as_mut_ptr();
        self.next = self.start.wrapping_add(len);
        self.end = self.start.wrapping_add(self.own.capacity());
    }
}

/// How many UTF-16 units text in UTF-8 has: each character has a first byte, and a second unit if it takes four bytes.
/// Of other bytes it is some number.
pub(crate) fn units_of(text: &[u8]) -> u64 {
    text.iter()
        .map(|&byte| u64::from(byte as i8 >= -0x40) + u64::from(byte >= 0xf0))
        .sum()
}
