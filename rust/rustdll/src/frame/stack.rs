//! The stack of a call: the limit for nested values on the host's stack, and a larger stack for values nested more
//! deeply.
//!
//! Reading, writing and dropping a value of a recursive type recurses, and it is unknown how much of its stack the host
//! has left. So a call begins with a small allowance below the address where it was entered. A call that needs more is
//! started anew on a stack of its own, which is large enough for the function and for the destructors of the values
//! too.

use corosensei::stack::DefaultStack;

/// The bytes of the host's stack that reading or writing a value may take.
const ALLOWANCE: usize = 64 << 10;

/// The size of the stack for values that are nested more deeply. Only the pages that are used take memory.
const SIZE: usize = 256 << 20;

/// The lowest addresses on the stack that reading arguments and writing results may reach.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Floors {
    pub reading: usize,
    pub writing: usize,
}

impl Floors {
    /// Returns the limits on the current stack, for a call that is entered now.
    #[inline]
    pub(crate) fn below() -> Self {
        // Under Miri the addresses of local variables do not reflect the depth of the stack.
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

/// Returns the approximate stack pointer of the caller. Stacks grow downwards on all targets.
///
/// It reads the register, as AddressSanitizer keeps local variables elsewhere.
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

/// Returns the approximate stack pointer of the caller. Stacks grow downwards on all targets.
#[cfg(any(not(any(target_arch = "x86_64", target_arch = "aarch64")), miri))]
#[inline(always)]
pub(crate) fn here() -> usize {
    let local = 0_u8;
    std::ptr::from_ref(&local) as usize
}

/// Runs `run` on a large stack of its own, with the limits of that stack. Returns `None` if there is no memory for it.
#[cold]
pub(crate) fn on_large_stack<T>(run: impl FnOnce(Floors) -> T) -> Option<T> {
    let mut run = Some(run);
    let mut value = None;
    run_on_large_stack(&mut |floors| value = run.take().map(|run| run(floors)));
    value
}

/// Does the same, once for all types: a switch of stacks takes a good deal of code.
#[cold]
#[inline(never)]
fn run_on_large_stack(run: &mut dyn FnMut(Floors)) {
    if cfg!(miri) {
        return;
    }
    let Ok(stack) = DefaultStack::new(SIZE) else { return };
    corosensei::on_stack(stack, || {
        let top = here();
        run(Floors {
            // The function and the destructors may use the whole stack, as they may need more for each level: writing a
            // level takes as little as 40 bytes, and dropping one of a type with its own destructor takes more.
            reading: top - SIZE / 4,
            writing: top - SIZE / 8,
        });
    });
}
