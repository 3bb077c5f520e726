//! The system's allocator, where a library exchanges many values with its host.

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};

/// The words of a stream whose values take so much memory that it matters what becomes of it between two calls.
const MANY: usize = 1 << 13;

/// A little less than the largest block that glibc learns from: 32 MB (`DEFAULT_MMAP_THRESHOLD_MAX` in its `malloc/malloc.c`).
const BLOCK: usize = (1 << 25) - (1 << 16);

/// Has glibc keep freed memory for the next call, once a stream of so many words has been seen.
///
/// By default glibc returns all free memory at the end of the heap to the system as soon as it is more than 128 KB, and has
/// it mapped anew, page by page, for the next values. It learns from large blocks: once a program has freed one, it keeps
/// up to twice as much, as much more is likely to be needed. It does not learn from many small blocks, which are what the
/// values of a stream consist of, so it gets a large one to learn from. Nothing is written to it, so no page of it is ever mapped.
///
/// A program that has set a limit of its own (`MALLOC_TRIM_THRESHOLD_`, `mallopt`) has told glibc not to learn. Other allocators
/// map and unmap the block.
#[inline]
pub(crate) fn keep_memory_for(words: usize) {
    static DONE: AtomicBool = AtomicBool::new(false);
    if words < MANY || DONE.load(Ordering::Relaxed) {
        return;
    }
    // Two threads that free a block each do no harm.
    DONE.store(true, Ordering::Relaxed);
    free_block();
}

#[cold]
#[inline(never)]
fn free_block() {
    if cfg!(all(target_env = "gnu", target_pointer_width = "64", not(miri))) {
        let mut block = Vec::<u8>::new();
        // Without so many addresses everything stays as it is.
        if block.try_reserve_exact(BLOCK).is_ok() {
            // The compiler would leave out a block that nobody sees.
            black_box(block.as_mut_ptr());
        }
    }
}
