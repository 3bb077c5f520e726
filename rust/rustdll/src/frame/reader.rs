//! The reader of the stream: arguments that are neither scalars nor strings nor lists of scalars.

use std::slice;

use super::fault::Fault;
use super::stack::here;
use super::Input;
use crate::allocator::keep_memory_for;
use crate::object::{Borrows, Guard};

/// Reads values from the words of a stream and the text that goes with it. Both belong to the host, for `'a`, the
/// length of a call.
#[derive(Debug)]
pub struct Reader<'a> {
    words: slice::Iter<'a, u64>,
    /// UTF-8, from a boundary of characters on.
    text: &'a [u8],
    /// True if each byte of the text is a UTF-16 unit too.
    ascii: bool,
    /// The lowest address of the stack that reading nested values may reach.
    floor: usize,
    /// The name of the function, for messages.
    pub(crate) function: &'static &'static str,
    /// The borrows of objects that last until the call ends.
    borrows: *const Borrows,
}

/// A place in a stream.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    words: slice::Iter<'a, u64>,
    text: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Makes a reader of the words and the text of `input`.
    #[inline]
    pub(crate) fn new(input: &'a Input, function: &'static &'static str, floor: usize, borrows: &Borrows) -> Self {
        Self {
            // SAFETY: the host guarantees `in_count` words that nobody writes to during the call.
            words: unsafe { lent(input.in_words, input.in_count) }.iter(),
            // SAFETY: the host guarantees the same for `in_bytes` bytes.
            text: unsafe { lent(input.in_text, input.in_bytes) },
            ascii: input.in_units == input.in_bytes,
            floor,
            function,
            borrows,
        }
    }

    /// Keeps a borrow until the call ends.
    pub(crate) fn keep(&mut self, borrow: impl Guard + 'a) {
        // SAFETY: the call's list of borrows lives for longer than this reader, and for less long than what the host has
        // lent to the call.
        unsafe { (*self.borrows).keep(borrow) };
    }

    /// Reads the next word.
    #[inline]
    pub fn word(&mut self) -> Result<u64, Fault> {
        self.words.next().copied().ok_or(Fault::SHORT)
    }

    /// Reads the next word, which is a number of elements.
    #[inline]
    pub(crate) fn count(&mut self) -> Result<usize, Fault> {
        let count = self.word()?;
        // No list in a host is longer, and a loop over elements that take no words must end.
        if count > u64::from(u32::MAX) {
            return Err(Fault::Arguments("a list has more than 4294967295 elements"));
        }
        Ok(count as usize)
    }

    /// Returns the number of elements to reserve memory for, of the `count` that the stream claims. Each takes a word
    /// or is empty, so a wrong `count` does not reserve all memory.
    #[inline]
    pub(crate) fn room(&self, count: usize) -> usize {
        keep_memory_for(self.words.len());
        count.min(self.words.len())
    }

    /// Takes the next words that contain `bytes` bytes. The pointer is aligned to 8 and valid for reads of that many
    /// bytes.
    #[inline]
    pub(crate) fn packed(&mut self, bytes: usize) -> Result<*const u8, Fault> {
        let words = self.words.as_slice();
        let (packed, rest) = words.split_at_checked(bytes.div_ceil(8)).ok_or(Fault::SHORT)?;
        self.words = rest.iter();
        Ok(packed.as_ptr().cast())
    }

    /// Reads the next string, whose length in UTF-16 units is the next word.
    #[inline]
    pub(crate) fn text(&mut self) -> Result<&'a str, Fault> {
        let units = self.word()?;
        let bytes = if self.ascii {
            units as usize
        } else {
            bytes_of_units(self.text, units)?
        };
        let (text, rest) = self
            .text
            .split_at_checked(bytes)
            .ok_or(Fault::Arguments("the text of the arguments ends too early"))?;
        self.text = rest;
        debug_assert!(std::str::from_utf8(text).is_ok());
        // SAFETY: the host guarantees UTF-8. If it is ASCII it may be cut anywhere, and otherwise `bytes_of_units` has
        // found the end of a character.
        Ok(unsafe { std::str::from_utf8_unchecked(text) })
    }

    /// Returns the place of the next value, to which [`Reader::back_to`] returns.
    #[inline]
    pub(crate) fn place(&self) -> Place<'a> {
        Place {
            words: self.words.clone(),
            text: self.text,
        }
    }

    /// Returns to a place, so that the value there is read again.
    #[cold]
    pub(crate) fn back_to(&mut self, place: &Place<'a>) {
        self.words = place.words.clone();
        self.text = place.text;
    }

    /// Reads a value of a named type, which may contain itself.
    #[inline]
    pub fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if here() < self.floor {
            return Err(Fault::DeepArguments);
        }
        read(self)
    }

    /// Checks that everything has been read.
    #[inline]
    pub(crate) fn finish(&self) -> Result<(), Fault> {
        if self.words.len() == 0 && self.text.is_empty() {
            Ok(())
        } else {
            Err(Fault::Arguments("the stream of arguments is too long"))
        }
    }
}

/// Makes a slice of a pointer and a number of elements from the host.
///
/// # Safety
///
/// They are fields of a frame for which the host guarantees this, see [`Frame`](super::Frame).
#[inline]
unsafe fn lent<'a, T>(ptr: *const T, count: u64) -> &'a [T] {
    if count == 0 {
        return &[];
    }
    // SAFETY: the host guarantees the elements.
    unsafe { slice::from_raw_parts(ptr, count as usize) }
}

/// Returns the number of bytes that the first `units` UTF-16 units take in UTF-8.
fn bytes_of_units(text: &[u8], units: u64) -> Result<usize, Fault> {
    let mut units = units;
    let mut at = 0;
    while units > 0 {
        let Some(first) = text.get(at) else {
            return Err(Fault::Arguments("the text of the arguments ends too early"));
        };
        let (bytes, used) = match first {
            0..0x80 => (1, 1),
            0x80..0xe0 => (2, 1),
            0xe0..0xf0 => (3, 1),
            0xf0.. => (4, 2),
        };
        units = units.checked_sub(used).ok_or(Fault::SplitSurrogate)?;
        at += bytes;
    }
    Ok(at)
}
