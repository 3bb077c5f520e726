//! Asynchronous iterables of JavaScript's, whose items Rust awaits.

use std::fmt;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::task::{Context, Poll};

use super::js_iter::Taking;
use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Decode, Encode, Of};
use crate::callback::{ask, Answer, Asked, CallError};
use crate::frame::{Fault, Reader, Writer};

/// An asynchronous iterable of JavaScript's as a parameter: a `ReadableStream`, a stream of Node, an asynchronous generator;
/// or one that is not asynchronous. Rust awaits its items.
///
/// ```
/// use rustdll::{export, Error, JsStream};
///
/// /// How many bytes a body has.
/// #[export]
/// pub async fn length(mut body: JsStream<Vec<u8>>) -> Result<usize, Error> {
///     let mut bytes = 0;
///     while let Some(piece) = body.next().await {
///         bytes += piece?.len();
///     }
///     Ok(bytes)
/// }
/// ```
///
/// JavaScript makes an item only when Rust asks for it. Dropped before its end, it ends the iterator in JavaScript, which for a
/// `ReadableStream` cancels it. With the feature `futures-core` it is a `futures_core::Stream`.
pub struct JsStream<T> {
    source: Taking<T>,
    /// The item that is awaited.
    asked: Option<Asked<(Vec<T>, bool)>>,
    is_over: bool,
}

impl<T> JsStream<T> {
    /// Returns the next item once it is there, or none at the end. After an error there are no more. An item is not lost if
    /// the future is dropped.
    pub async fn next(&mut self) -> Option<Result<T, CallError>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, CallError>>> {
        loop {
            if self.is_over {
                return Poll::Ready(None);
            }
            let source = &self.source;
            let asked = self.asked.get_or_insert_with(|| {
                ask(source.function(), source.read(), &|writer: &mut Writer| {
                    1_u32.encode(writer)
                })
            });
            let Poll::Ready(taken) = Pin::new(asked).poll(context) else {
                return Poll::Pending;
            };
            self.asked = None;
            match taken {
                Ok((items, over)) => {
                    self.is_over = over;
                    if let Some(item) = items.into_iter().next() {
                        return Poll::Ready(Some(Ok(item)));
                    }
                }
                Err(error) => {
                    self.is_over = true;
                    // An item that has the wrong type does not end the iterator by itself.
                    self.source.end();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

#[cfg(feature = "futures-core")]
impl<T> futures_core::Stream for JsStream<T> {
    type Item = Result<T, CallError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> Drop for JsStream<T> {
    fn drop(&mut self) {
        if !self.is_over {
            self.source.end();
        }
    }
}

impl<T> fmt::Debug for JsStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsStream")
    }
}

impl<T: Answer<By>, By> Describe<Of<By>> for JsStream<T> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        Shape::Applied("stream", vec![Part::Shape(T::describe(catalogue))])
    }
}

impl<'a, T: Answer<By>, By> Decode<'a, Of<By>> for JsStream<T> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        Ok(Self {
            source: Taking::decode(reader)?,
            asked: None,
            is_over: false,
        })
    }
}
