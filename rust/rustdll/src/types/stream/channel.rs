//! A bounded channel between those who send items and the stream that gives them to JavaScript.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use crate::error::Error;

/// Sends the items of a [`Stream`](crate::Stream) that [`Stream::channel`](crate::Stream::channel) has made. Its clones send
/// to the same stream.
pub struct Sender<T>(Arc<Channel<T>>);

/// The stream has ended: JavaScript does not want more of it. It has the item that was not sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T>(pub T);

struct Channel<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    /// Notified when there is room, or nobody receives any more.
    has_room: Condvar,
}

struct State<T> {
    items: VecDeque<T>,
    /// With what the stream ends.
    failure: Option<Error>,
    senders: usize,
    is_received: bool,
    receiver: Option<Waker>,
    /// Those who wait for room, all of whom are woken then.
    waiting: Vec<Waker>,
}

/// The end of the channel that the stream has.
pub(super) struct Receiver<T>(Arc<Channel<T>>);

/// Makes a channel. It panics if `capacity` is 0.
pub(super) fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    assert!(capacity > 0, "a channel has room for one item at least");
    let channel = Arc::new(Channel {
        capacity,
        state: Mutex::new(State {
            items: VecDeque::new(),
            failure: None,
            senders: 1,
            is_received: true,
            receiver: None,
            waiting: Vec::new(),
        }),
        has_room: Condvar::new(),
    });
    (Sender(Arc::clone(&channel)), Receiver(channel))
}

impl<T> Channel<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, and wakes the receiver if it waits. Wakers run code that may use the channel, so the state is unlocked.
    fn tell_receiver(&self, change: impl FnOnce(&mut State<T>)) {
        let waker = {
            let mut state = self.state();
            change(&mut state);
            state.receiver.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> State<T> {
    /// True if an item may be sent, or never again.
    fn is_settled(&self, capacity: usize) -> bool {
        !self.is_received || self.items.len() < capacity
    }
}

impl<T> Sender<T> {
    /// Sends an item, once there is room for it.
    ///
    /// # Errors
    ///
    /// The item, if the stream has ended.
    pub async fn send(&self, item: T) -> Result<(), SendError<T>> {
        let mut item = Some(item);
        poll_fn(|context| {
            let mut state = self.0.state();
            if !state.is_settled(self.0.capacity) {
                state.waiting.push(context.waker().clone());
                return Poll::Pending;
            }
            drop(state);
            Poll::Ready(item.take().map_or(Ok(()), |given| self.put(given)))
        })
        .await
    }

    /// Sends an item and blocks the thread until there is room for it. It is not for JavaScript's own thread, which takes them.
    ///
    /// # Errors
    ///
    /// The item, if the stream has ended.
    pub fn blocking_send(&self, item: T) -> Result<(), SendError<T>> {
        let mut state = self.0.state();
        while !state.is_settled(self.0.capacity) {
            state = self.0.has_room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        drop(state);
        self.put(item)
    }

    /// Puts an item behind the others. Where several send at once there may be some more than the capacity.
    fn put(&self, item: T) -> Result<(), SendError<T>> {
        let mut refused = None;
        self.0.tell_receiver(|state| {
            if state.is_received {
                state.items.push_back(item);
            } else {
                refused = Some(item);
            }
        });
        refused.map_or(Ok(()), |item| Err(SendError(item)))
    }

    /// Ends the stream with an error, which JavaScript gets after the items before it.
    pub fn fail(&self, error: impl Into<Error>) {
        let error = error.into();
        self.0.tell_receiver(|state| {
            state.failure.get_or_insert(error);
        });
    }

    /// True if the stream has ended: JavaScript does not want more of it.
    pub fn is_closed(&self) -> bool {
        !self.0.state().is_received
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.state().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.tell_receiver(|state| state.senders -= 1);
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sender")
    }
}

impl<T> Receiver<T> {
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let mut state = self.0.state();
        let next = match state.items.pop_front() {
            Some(item) => Some(Ok(item)),
            None => match state.failure.take() {
                Some(error) => Some(Err(error)),
                None if state.senders > 0 => {
                    state.receiver = Some(context.waker().clone());
                    return Poll::Pending;
                }
                None => None,
            },
        };
        self.0.has_room.notify_one();
        let waiting = mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
        Poll::Ready(next)
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_received = false;
        let items = mem::take(&mut state.items);
        let waiting = mem::take(&mut state.waiting);
        drop(state);
        self.0.has_room.notify_all();
        // Their destructors may use the channel.
        drop(items);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SendError")
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stream has ended")
    }
}

impl<T> StdError for SendError<T> {}
