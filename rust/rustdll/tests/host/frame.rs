//! The frame, defined by its offsets.

use std::slice;
use std::sync::atomic::AtomicU32;

/// A framed function.
pub type Function = unsafe extern "C" fn(*mut RawFrame) -> u32;

#[repr(C)]
pub struct Owned {
    pub ptr: *mut u8,
    pub bytes: u64,
    capacity: u64,
    align: u64,
}

impl Owned {
    const NONE: Owned = Owned {
        ptr: std::ptr::null_mut(),
        bytes: 0,
        capacity: 0,
        align: 0,
    };
}

/// The context of a call.
#[repr(C)]
pub struct Context {
    pub host: *const Host,
    pub flags: AtomicU32,
}

/// The functions of a host.
#[repr(C)]
pub struct Host {
    pub size: u32,
    pub reserved: u32,
    pub progress: extern "C" fn(*const Context, u64, u64, *const u8, u64),
}

/// A reference to an object.
#[repr(C)]
pub struct Reference {
    pub retain: unsafe extern "C" fn(*mut Reference),
    pub release: unsafe extern "C" fn(*mut Reference, *mut RawFrame) -> u32,
    pub next: *mut Reference,
    pub reserved: usize,
    pub memory: u64,
}

/// A frame with its room.
#[repr(C)]
pub struct RawFrame {
    pub in_words: *const u64,
    pub in_count: u64,
    pub in_text: *const u8,
    pub in_bytes: u64,
    pub in_units: u64,
    out_words: *mut u64,
    out_room: u64,
    pub operation: u32,
    pub flags: u32,
    pub result: u64,
    pub words: Owned,
    pub text: Owned,
    pub text_units: u64,
    release: Option<unsafe extern "C" fn(*mut Owned)>,
    pub context: *const Context,
    pub args: [u64; 32],
    /// The references that the call has returned, as a list.
    pub objects: *mut Reference,
    /// The host's own fields follow.
    room: Vec<u64>,
}

/// The initial value of memory, which no function writes, so that written memory is recognised.
pub const UNTOUCHED: u64 = 0xaaaa_aaaa_aaaa_aaaa;

impl RawFrame {
    /// Makes a frame with room for a result.
    pub fn new(room: usize) -> Box<Self> {
        assert_eq!(std::mem::offset_of!(RawFrame, args), 160);
        assert_eq!(std::mem::offset_of!(RawFrame, room), 424);
        let mut room = vec![UNTOUCHED; room];
        Box::new(Self {
            in_words: std::ptr::null(),
            in_count: 0,
            in_text: std::ptr::null(),
            in_bytes: 0,
            in_units: 0,
            out_words: room.as_mut_ptr(),
            out_room: room.len() as u64,
            operation: 0,
            flags: 0,
            result: UNTOUCHED,
            words: Owned::NONE,
            text: Owned::NONE,
            text_units: 0,
            release: None,
            context: std::ptr::null(),
            args: [UNTOUCHED; 32],
            objects: std::ptr::null_mut(),
            room,
        })
    }

    pub fn pointer(&mut self) -> *mut RawFrame {
        self
    }

    /// Returns the addresses of the references that the call has returned, in the order of the list.
    pub fn references(&self) -> Vec<u64> {
        let mut found = Vec::new();
        let mut next = self.objects;
        while !next.is_null() {
            found.push(next as u64);
            // SAFETY: the library has made the list, and no reference in it has been released.
            next = unsafe { (*next).next };
        }
        found
    }

    /// Returns the first bytes of the result, which are in the room or in memory of the library.
    pub fn bytes(&self, bytes: usize) -> &[u8] {
        if bytes == 0 {
            return &[];
        }
        let first = if self.words.ptr.is_null() {
            assert!(bytes <= self.room.len() * 8, "it would not have fitted");
            self.out_words.cast_const().cast()
        } else {
            assert_eq!(self.words.bytes as usize, bytes);
            assert!(bytes > self.room.len() * 8, "it would have fitted");
            self.words.ptr.cast_const()
        };
        // SAFETY: the library has written that many bytes.
        unsafe { slice::from_raw_parts(first, bytes) }
    }

    /// Returns the text of the result.
    pub fn text(&self) -> String {
        if self.text.ptr.is_null() {
            return String::new();
        }
        // SAFETY: the library has passed that many bytes.
        let bytes = unsafe { slice::from_raw_parts(self.text.ptr, self.text.bytes as usize) };
        let text = String::from_utf8(bytes.to_vec()).expect("text is UTF-8");
        assert_eq!(self.text_units, text.encode_utf16().count() as u64);
        text
    }

    /// Releases the memory that the library has passed.
    pub fn release(&mut self) {
        for owned in [&mut self.words, &mut self.text] {
            if owned.ptr.is_null() {
                continue;
            }
            let release = self.release.expect("there is a function to give memory back with");
            // SAFETY: the library has passed this memory, and it has not been released before.
            unsafe { release(owned) };
            assert!(owned.ptr.is_null());
        }
    }
}
