//! The stack of a call: how far down values inside one another may go on it, and a larger one for those that go further.
//!
//! To read, to write and to drop a value of a type that holds itself recurses, and nobody knows how much of the stack the
//! host has left. So a call begins with a small allowance below where it was entered. What needs more is begun anew on a
//! stack of its own, which is large enough for the function and for the value's destructors too.

use corosensei::stack::DefaultStack;

/// How much of the host's stack reading or writing a value may take.
const ALLOWANCE: usize = 64 << 10;

/// The size of a stack for values that are deeper. Only what is used of it takes memory.
const SIZE: usize = 256 << 20;

/// The lowest addresses on the stack that reading arguments and writing results may reach.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Floors {
    pub reading: usize,
    pub writing: usize,
}

impl Floors {
    /// Those of the stack that the caller is on, for a call that is entered now.
    #[inline]
    pub(crate) fn below() -> Self {
        // The addresses of local variables say nothing under Miri.
        let floor = if cfg!(miri) {
            0
        } else {
            here().saturating_sub(ALLOWANCE)
        };
        Self {
            reading: floor,
            writing: floor,
        }
    }
}

/// Roughly where on the stack the caller is. Stacks grow downwards on all targets.
///
/// The register tells, where it has a name: AddressSanitizer keeps local variables elsewhere.
#[cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), not(miri)))]
#[inline(always)]
pub(crate) fn here() -> usize {
    let pointer: usize;
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the instruction reads a register, and changes neither memory nor flags.
    unsafe {
        std::arch::asm!("mov {}, rsp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: the instruction reads a register, and changes neither memory nor flags.
    unsafe {
        std::arch::asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    pointer
}

/// Roughly where on the stack the caller is. Stacks grow downwards on all targets.
#[cfg(any(not(any(target_arch = "x86_64", target_arch = "aarch64")), miri))]
#[inline(always)]
pub(crate) fn here() -> usize {
    let local = 0_u8;
    std::ptr::from_ref(&local) as usize
}

/// Runs `run` on a large stack of its own, and hands it the floors of that. None if there is no memory for one.
#[cold]
#[inline(never)]
pub(crate) fn on_large_stack<T>(run: impl FnOnce(Floors) -> T) -> Option<T> {
    if cfg!(miri) {
        return None;
    }
    let stack = DefaultStack::new(SIZE).ok()?;
    Some(corosensei::on_stack(stack, || {
        let top = here();
        run(Floors {
            // The function itself and the destructors have the whole, as a level may need more in them: writing one
            // takes 40 bytes where it is compiled well, and dropping one of a type with a destructor of its own more.
            reading: top - SIZE / 4,
            writing: top - SIZE / 8,
        })
    }))
}
