//! Streams: in JavaScript asynchronous iterators, whose items come when they are there.

mod channel;

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Encode, Of};
use crate::error::Error;
use crate::frame::Writer;
use crate::object::{Flow, Handle};

pub use channel::{SendError, Sender};

/// A stream of Rust's as a result: in JavaScript an asynchronous iterator, for `for await (const item of ...)`.
///
/// It is made of the items that are sent to a channel, of a future for each item, or, with the feature `futures-core`, of any
/// `futures_core::Stream`.
///
/// ```
/// use std::thread;
///
/// use rustdll::{export, Stream};
///
/// #[export]
/// pub fn squares(count: u32) -> Stream<f64> {
///     let (sender, stream) = Stream::channel(16);
///     thread::spawn(move || {
///         for n in 0..count {
///             if sender.blocking_send(f64::from(n).powi(2)).is_err() {
///                 break; // JavaScript does not want more.
///             }
///         }
///     });
///     stream
/// }
/// ```
///
/// It is dropped when it has ended, when JavaScript leaves its loop, and when JavaScript no longer refers to it. Items that
/// are there are taken several at a time; see [`Stream::unbuffered`]. If it panics, JavaScript gets the items before that,
/// then the panic, and then the stream has ended.
pub struct Stream<T> {
    flow: Handle<Flow>,
    items: PhantomData<fn() -> T>,
}

impl<T: Send + 'static> Stream<T> {
    /// Makes a stream of what is sent to it, of which at most `capacity` items wait to be taken. It ends when the last sender
    /// is dropped.
    ///
    /// # Panics
    ///
    /// If `capacity` is 0.
    pub fn channel<By: 'static>(capacity: usize) -> (Sender<T>, Self)
    where
        T: Encode<By>,
    {
        let (sender, mut receiver) = channel::bounded(capacity);
        (sender, Self::of(move |context| receiver.poll(context)))
    }

    /// Makes a stream of futures: of `next(state)`, which gives an item and the next state, until it gives nothing.
    ///
    /// ```
    /// use rustdll::{export, Callback, Stream};
    ///
    /// /// What a function of JavaScript gives for 0, 1, 2 and so on, until it fails.
    /// #[export]
    /// pub fn pages(load: Callback<(u32,), String>) -> Stream<String> {
    ///     Stream::unfold(0, move |page| {
    ///         let loaded = load.call_async((page,));
    ///         async move { Some((loaded.await.ok()?, page + 1)) }
    ///     })
    /// }
    /// ```
    pub fn unfold<S, F, By: 'static>(state: S, mut next: impl FnMut(S) -> F + Send + 'static) -> Self
    where
        T: Encode<By>,
        S: Send + 'static,
        F: Future<Output = Option<(T, S)>> + Send + 'static,
    {
        Self::try_unfold(state, move |state| {
            let next = next(state);
            async { Ok::<_, Error>(next.await) }
        })
    }

    /// Makes a stream of futures that may fail. JavaScript gets the items before the first `Err`, then the error as an
    /// exception, and then the stream has ended.
    pub fn try_unfold<S, F, E, By: 'static>(state: S, mut next: impl FnMut(S) -> F + Send + 'static) -> Self
    where
        T: Encode<By>,
        S: Send + 'static,
        F: Future<Output = Result<Option<(T, S)>, E>> + Send + 'static,
        E: Into<Error>,
    {
        let mut state = Some(state);
        let mut future: Option<Pin<Box<F>>> = None;
        Self::of(move |context| {
            if let Some(state) = state.take() {
                future = Some(Box::pin(next(state)));
            }
            let Some(running) = &mut future else {
                return Poll::Ready(None);
            };
            let Poll::Ready(ready) = running.as_mut().poll(context) else {
                return Poll::Pending;
            };
            future = None;
            Poll::Ready(match ready {
                Ok(Some((item, following))) => {
                    state = Some(following);
                    Some(Ok(item))
                }
                Ok(None) => None,
                Err(error) => Some(Err(error.into())),
            })
        })
    }

    /// Passes on the items of a stream.
    #[cfg(feature = "futures-core")]
    pub fn new<By: 'static>(stream: impl futures_core::Stream<Item = T> + Send + 'static) -> Self
    where
        T: Encode<By>,
    {
        let mut stream = Box::pin(stream);
        Self::of(move |context| stream.as_mut().poll_next(context).map(|item| item.map(Ok)))
    }

    /// Passes on the items of a stream that may fail. JavaScript gets the items before the first `Err`, then the error as an
    /// exception, and then the stream has ended.
    #[cfg(feature = "futures-core")]
    pub fn fallible<E: Into<Error>, By: 'static>(
        stream: impl futures_core::Stream<Item = Result<T, E>> + Send + 'static,
    ) -> Self
    where
        T: Encode<By>,
    {
        let mut stream = Box::pin(stream);
        Self::of(move |context| {
            let next = stream.as_mut().poll_next(context);
            next.map(|item| item.map(|item| item.map_err(Into::into)))
        })
    }

    fn of<By: 'static>(next: impl FnMut(&mut Context<'_>) -> Poll<Option<Result<T, Error>>> + Send + 'static) -> Self
    where
        T: Encode<By>,
    {
        Self {
            flow: Handle::new(Flow::new(next)),
            items: PhantomData,
        }
    }

    /// Takes an item only when JavaScript asks for it, also where more are there.
    #[must_use]
    pub fn unbuffered(self) -> Self {
        if let Ok(mut flow) = self.flow.borrow_mut() {
            flow.take_one_at_a_time();
        }
        self
    }
}

impl<T> fmt::Debug for Stream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stream")
    }
}

impl<T: Describe<By>, By> Describe<Of<By>> for Stream<T> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        catalogue.has_iterators = true;
        Shape::Applied("stream", vec![Part::Shape(T::describe(catalogue))])
    }
}

impl<T: Encode<By>, By> Encode<Of<By>> for Stream<T> {
    fn encode(&self, writer: &mut Writer) {
        writer.object(self.flow.clone());
    }
}
