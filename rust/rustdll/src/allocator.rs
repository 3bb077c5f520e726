//! The system's memory, where a library exchanges many values with its host.

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
    if cfg!(all(target_os = "linux", target_env = "gnu", not(miri))) {
        let mut block = Vec::<u8>::new();
        // Without so many addresses everything stays as it is.
        if block.try_reserve_exact(BLOCK).is_ok() {
            // The compiler would leave out a block that nobody sees.
            black_box(block.as_mut_ptr());
        }
    }
}

/// Returns an empty vector with memory for so many elements.
#[inline]
pub(crate) fn vec_of_room<T>(count: usize) -> Vec<T> {
    let list = Vec::with_capacity(count);
    large_pages::use_for(&list);
    list
}

/// Returns a vector with copies of the elements.
#[inline]
pub(crate) fn vec_of_copies<T: Copy>(elements: &[T]) -> Vec<T> {
    let mut list = vec_of_room(elements.len());
    list.extend_from_slice(elements);
    list
}

/// Memory of a long vector is mapped in pages of 4 KB, each of which takes a fault. In pages of 2 MB it is mapped in half the time.
/// Linux uses them for memory that asks for them, unless they are switched off.
#[cfg(all(target_os = "linux", not(miri)))]
mod large_pages {
    use std::ffi::{c_int, c_void};
    use std::mem::size_of;

    /// The least bytes that ask for them: fewer gain little, and a page that is not filled is memory lost.
    const LEAST: usize = 1 << 22;

    /// The size of all pages that may be the usual one: the range begins and ends at multiples of it.
    const ALIGNMENT: usize = 1 << 16;

    const MADV_HUGEPAGE: c_int = 14;

    extern "C" {
        fn madvise(start: *mut c_void, length: usize, advice: c_int) -> c_int;
    }

    /// Asks for large pages for the memory of a vector to which nothing has been written yet.
    #[inline]
    pub(super) fn use_for<T>(list: &Vec<T>) {
        // It does not overflow: no vector has more bytes than addresses, and one of empty elements has none.
        let bytes = list.capacity() * size_of::<T>();
        if bytes >= LEAST {
            advise(list.as_ptr().cast(), bytes);
        }
    }

    #[cold]
    #[inline(never)]
    fn advise(start: *const u8, bytes: usize) {
        let skipped = start.align_offset(ALIGNMENT);
        let length = (bytes - skipped) / ALIGNMENT * ALIGNMENT;
        // SAFETY: the range is inside of the vector's memory, and the advice changes no contents. That the system does not follow it
        // is no error.
        unsafe { madvise(start.add(skipped).cast_mut().cast(), length, MADV_HUGEPAGE) };
    }
}

#[cfg(not(all(target_os = "linux", not(miri))))]
mod large_pages {
    pub(super) fn use_for<T>(_: &Vec<T>) {}
}

#[cfg(test)]
mod tests {
    use super::{vec_of_copies, vec_of_room};

    #[test]
    fn vectors_of_any_size_have_their_room_and_their_elements() {
        // Long ones take Miri minutes, and nothing asks for large pages there.
        let longest = if cfg!(miri) { 1 << 8 } else { 1 << 22 };
        for count in [0, 1, longest / 8, longest / 8 + 1, longest] {
            let list = vec_of_copies(&vec![0x1234_5678_u64; count]);
            assert!(list.len() == count && list.iter().all(|&each| each == 0x1234_5678));
        }
        assert!(vec_of_room::<()>(usize::MAX).is_empty());
    }

    #[cfg(all(target_os = "linux", not(miri)))]
    #[test]
    fn a_long_vector_asks_for_large_pages() {
        // Flag `hg` in /proc/self/smaps: the range has been advised. Systems without large pages do not have it.
        let Ok(offered) = std::fs::read_to_string("/sys/kernel/mm/transparent_hugepage/enabled") else {
            return;
        };
        if offered.contains("[never]") {
            return;
        }
        let list = vec_of_room::<u8>(64 << 20);
        let middle = list.as_ptr() as usize + (32 << 20);
        let maps = std::fs::read_to_string("/proc/self/smaps").unwrap();
        let address = |text: &str| usize::from_str_radix(text, 16).ok();
        let is_around = |line: &str| {
            let (from, to) = line.split_once(' ')?.0.split_once('-')?;
            Some((address(from)?..address(to)?).contains(&middle))
        };
        let flags = maps
            .lines()
            .skip_while(|line| is_around(line) != Some(true))
            .find(|line| line.starts_with("VmFlags:"))
            .unwrap();
        assert!(flags.split_whitespace().any(|flag| flag == "hg"));
    }
}
