//! The runtime of tokio in which the futures of `#[export(tokio)]` are polled.

use std::future::Future;
use std::pin::Pin;
use std::sync::{OnceLock, PoisonError};
use std::task::{Context, Poll};

use ::tokio::runtime::{Builder, Handle, Runtime};

/// Chooses the runtime in which the functions of `#[export(tokio)]` run. Without this it is one of the crate's own, with a
/// thread for each processor, which begins with the first of them.
///
/// # Errors
///
/// The handle, if a runtime has been chosen already or the crate's own has begun.
pub fn set(handle: Handle) -> Result<(), Handle> {
    HANDLE.set(handle)
}

static HANDLE: OnceLock<Handle> = OnceLock::new();

fn handle() -> &'static Handle {
    HANDLE.get_or_init(|| {
        // It lives as long as the process: nothing tells a library that no more calls will come.
        static RUNTIME: std::sync::Mutex<Option<Runtime>> = std::sync::Mutex::new(None);
        let runtime = Builder::new_multi_thread()
            .thread_name("rustdll-tokio")
            .enable_all()
            .build()
            .unwrap_or_else(|error| panic!("tokio's runtime cannot be started: {error}"));
        let handle = runtime.handle().clone();
        *RUNTIME.lock().unwrap_or_else(PoisonError::into_inner) = Some(runtime);
        handle
    })
}

/// Has a future polled and dropped in the runtime, so that it finds its clock, its input and output, and `tokio::spawn`.
///
/// The future is not spawned: one that is must not borrow, and is dropped only some time after it was cancelled.
pub fn in_runtime<F: Future>(future: F) -> InRuntime<F> {
    InRuntime(Some(Box::pin(future)))
}

/// See [`in_runtime`].
#[derive(Debug)]
pub struct InRuntime<F>(Option<Pin<Box<F>>>);

impl<F: Future> Future for InRuntime<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _entered = handle().enter();
        match &mut self.0 {
            Some(future) => future.as_mut().poll(context),
            None => Poll::Pending,
        }
    }
}

impl<F> Drop for InRuntime<F> {
    fn drop(&mut self) {
        let _entered = handle().enter();
        self.0 = None;
    }
}
