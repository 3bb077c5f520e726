//! The writer of the stream: results that are neither scalars nor strings nor lists of scalars.

use std::error::Error as StdError;
use std::mem::size_of_val;
use std::ptr::{self, NonNull};

use super::fault::Fault;
use super::stack::here;
use crate::allocator::keep_memory_for;
use crate::object::{Handle, Object, References};

/// Writes values as the words of a stream and the text that goes with it: into the host's room as long as that lasts,
/// then into memory of its own.
#[derive(Debug)]
pub struct Writer {
    /// The first word: in the host's room, or in `own`.
    start: *mut u64,
    /// The place of the next word.
    next: *mut u64,
    /// The end of the room.
    end: *mut u64,
    /// Memory for words if the host's room is too small. Its length is 0 until [`Writer::finish`].
    own: Vec<u64>,
    text: Vec<u8>,
    units: u64,
    ascii: bool,
    objects: References,
    /// The lowest address of the stack that writing nested values may reach.
    floor: usize,
    too_deep: bool,
    /// The fault of the first value that cannot be written.
    fault: Option<Fault>,
}

/// What can be written to a stream.
pub trait Content {
    /// Writes it.
    fn write(&self, writer: &mut Writer);

    /// Finds the value that cannot be written, as `Encode::locate` does.
    fn locate(&self, _: &mut Writer) -> bool {
        false
    }
}

impl<F: Fn(&mut Writer)> Content for F {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        self(writer);
    }
}

/// Adds the path to a fault of what was written with that limit of the stack.
#[cold]
#[inline(never)]
pub(crate) fn located(fault: Fault, content: &dyn Content, floor: usize) -> Fault {
    let Fault::Refused(_) = fault else { return fault };
    // SAFETY: there is no room.
    let mut writer = unsafe { Writer::new(ptr::null_mut(), 0, floor) };
    if !content.locate(&mut writer) {
        return fault;
    }
    if writer.too_deep {
        return Fault::DeepResult;
    }
    writer.fault.take().unwrap_or(fault)
}

/// The output of a writer.
pub(crate) struct Written {
    /// The number of words.
    pub words: usize,
    /// The words, if they are not in the host's room.
    pub own: Option<Vec<u64>>,
    /// All strings, one after the other.
    pub text: Vec<u8>,
    /// The number of UTF-16 units of the text, if it is UTF-8.
    pub units: u64,
    /// True if the text is ASCII.
    pub ascii: bool,
    /// The references to objects.
    pub objects: References,
}

impl Writer {
    /// Makes a writer that first fills the `room` words at `start`.
    ///
    /// # Safety
    ///
    /// Until [`Writer::finish`], nobody else uses these words. `start` may have any value if `room` is 0.
    #[inline]
    pub(crate) unsafe fn new(start: *mut u64, room: usize, floor: usize) -> Self {
        // A host without room may pass a null pointer.
        let start = if room == 0 { NonNull::dangling().as_ptr() } else { start };
        Self {
            start,
            next: start,
            end: start.wrapping_add(room),
            own: Vec::new(),
            text: Vec::new(),
            units: 0,
            ascii: true,
            objects: References::new(),
            floor,
            too_deep: false,
            fault: None,
        }
    }

    /// Tells that a value has no form in JavaScript, for this reason. What is written afterwards is ignored, and the
    /// call fails.
    #[cold]
    #[inline(never)]
    pub fn refuse(&mut self, reason: impl Into<Box<dyn StdError + Send + Sync>>) {
        self.fail(Fault::refused(reason));
    }

    /// Tells that a value cannot be written because of a fault. The first fault is that of the call.
    #[cold]
    #[inline(never)]
    pub(crate) fn fail(&mut self, fault: Fault) {
        if self.fault.is_none() {
            self.fault = Some(fault);
        }
    }

    /// True if a value could not be written. If all could be, forgets them.
    #[cold]
    #[doc(hidden)]
    pub fn has_failed(&mut self) -> bool {
        self.next = self.start;
        self.text.clear();
        self.fault.is_some() || self.too_deep
    }

    /// Makes the fault that of the element at `index` of another value, and returns true.
    #[cold]
    #[inline(never)]
    #[doc(hidden)]
    pub fn at(&mut self, index: usize) -> bool {
        self.fault = self.fault.take().map(|fault| fault.at(index));
        true
    }

    /// Makes it that of the property `name` of another value, and returns true.
    #[cold]
    #[inline(never)]
    #[doc(hidden)]
    pub fn within(&mut self, name: &str) -> bool {
        self.fault = self.fault.take().map(|fault| fault.within(name));
        true
    }

    /// Makes it that of a key, to which no path leads, and returns true.
    #[cold]
    #[inline(never)]
    pub(crate) fn in_key(&mut self) -> bool {
        self.fault = self.fault.take().map(Fault::in_key);
        true
    }

    /// Finds a fault in a value of a named type, which may contain itself. Below the limit of the stack it is that.
    #[cold]
    #[doc(hidden)]
    pub fn locate_nested(&mut self, locate: impl FnOnce(&mut Self) -> bool) -> bool {
        if here() < self.floor {
            self.too_deep = true;
            return true;
        }
        locate(self)
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
        // SAFETY: there is room for that many words; the last one is written as a whole first, so that every byte of it
        // is initialised. The elements do not overlap the room.
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

    /// Writes an object: the address of a new reference to it.
    pub(crate) fn object<T: Object>(&mut self, handle: Handle<T>) {
        let address = self.objects.add(handle);
        self.word(address);
    }

    /// Writes a value of a named type, which may contain itself. Below the limit of the stack it writes nothing, and
    /// the output is invalid.
    #[inline]
    pub fn nested(&mut self, write: impl FnOnce(&mut Self)) {
        if here() < self.floor {
            self.too_deep = true;
            return;
        }
        write(self);
    }

    /// Returns the number of words if they are all of the output and in the host's room. Then nothing is left to finish.
    #[inline]
    pub(crate) fn words_in_room(&self) -> Option<usize> {
        let is_plain = self.own.capacity() == 0
            && self.text.is_empty()
            && self.objects.is_empty()
            && self.fault.is_none()
            && !self.too_deep;
        is_plain.then(|| self.len())
    }

    /// Returns the output.
    pub(crate) fn finish(mut self) -> Result<Written, Fault> {
        if self.too_deep {
            return Err(Fault::DeepResult);
        }
        if let Some(fault) = self.fault {
            return Err(fault);
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
            objects: self.objects,
        })
    }

    /// Returns the number of words written so far.
    fn len(&self) -> usize {
        (self.next as usize - self.start as usize) / 8
    }

    /// Makes room for so many more words and bytes of text, which are only expected, if the words do not fit the room.
    #[cold]
    #[inline(never)]
    fn expect(&mut self, words: usize, bytes: usize) {
        if words <= self.room() {
            return;
        }
        // Without so much memory the room grows by and by, as what is expected may be too much.
        let mut own = Vec::new();
        if own
            .try_reserve_exact(self.len().saturating_add(words.max(self.len())))
            .is_ok()
            && self.text.try_reserve(bytes).is_ok()
        {
            self.move_to(own);
        }
    }

    /// Returns the number of words for which there is room left.
    #[inline]
    fn room(&self) -> usize {
        (self.end as usize - self.next as usize) / 8
    }

    /// Reserves memory for at least `more` words.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, more: usize) {
        let len = self.len();
        self.move_to(Vec::with_capacity((len + more).max(2 * len).max(64)));
    }

    /// Moves the words to a vector that has room for them.
    fn move_to(&mut self, mut own: Vec<u64>) {
        let len = self.len();
        assert!(len <= own.capacity());
        keep_memory_for(own.capacity());
        // SAFETY: `len` words have been written from `start` on, and the new vector has room for them.
        unsafe { ptr::copy_nonoverlapping(self.start, own.as_mut_ptr(), len) };
        self.own = own;
        self.start = self.own.as_mut_ptr();
        self.next = self.start.wrapping_add(len);
        self.end = self.start.wrapping_add(self.own.capacity());
    }
}

/// A part of a long list, from which the memory that all of it takes is estimated.
#[derive(Debug)]
pub(crate) struct Sample {
    /// The number of elements of the part; all of the list when that is no part.
    count: usize,
    /// The words and the bytes of text that were written before it.
    words: usize,
    bytes: usize,
}

impl Sample {
    /// The shortest list of which a part is written first, and that part.
    const LONG: usize = 1024;
    const PART: usize = 16;

    /// Begins a list of so many elements.
    #[inline]
    pub(crate) fn of(length: usize, writer: &Writer) -> Self {
        let count = if length < Self::LONG {
            usize::MAX
        } else {
            length / Self::PART
        };
        Self {
            count,
            words: writer.len(),
            bytes: writer.text.len(),
        }
    }

    /// Returns the number of elements to write, at most.
    #[inline]
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Returns true if these were all. Otherwise makes room for the `left` others, which are to be written next.
    #[inline]
    pub(crate) fn was_all(&mut self, left: usize, writer: &mut Writer) -> bool {
        if self.count == usize::MAX {
            return true;
        }
        // A little more, as the others may take a little more.
        let of_others = |size: usize| {
            let expected = size.saturating_mul(left) / self.count;
            expected.saturating_add(expected / 16)
        };
        writer.expect(
            of_others(writer.len() - self.words),
            of_others(writer.text.len() - self.bytes),
        );
        self.count = usize::MAX;
        false
    }
}

/// Counts the UTF-16 units of UTF-8: one for each first byte of a character, and a second one if the character takes
/// four bytes. For invalid UTF-8 the result is arbitrary.
pub(crate) fn units_of(text: &[u8]) -> u64 {
    text.iter()
        .map(|&byte| u64::from(byte as i8 >= -0x40) + u64::from(byte >= 0xf0))
        .sum()
}
