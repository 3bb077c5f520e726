//! Tests of futures: a host polls them, or the library waits itself.

mod host;

use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::Mutex;
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use host::{Context, Function, Library, Outcome, RawFrame};
use rustdll::{export, Error};
use serde_json::json;

const PENDING: u32 = 17;
const POLL: u32 = 2;
const DROP: u32 = 3;

/// The functions of a host that can wake.
#[repr(C)]
struct Host {
    size: u32,
    reserved: u32,
    progress: usize,
    held: [usize; 5],
    retain: unsafe extern "C" fn(*const Watched),
    release: unsafe extern "C" fn(*const Watched),
    wake: unsafe extern "C" fn(*const Watched),
    ask: usize,
}

static HOST: Host = Host {
    size: size_of::<Host>() as u32,
    reserved: 0,
    progress: 0,
    held: [0; 5],
    retain: Watched::retain,
    release: Watched::release,
    wake: Watched::wake,
    ask: 0,
};

/// A context that counts.
#[repr(C)]
struct Watched {
    host: *const Host,
    flags: AtomicU32,
    held: AtomicUsize,
    woken: AtomicUsize,
}

impl Watched {
    fn new() -> Self {
        Self {
            host: &HOST,
            flags: AtomicU32::new(0),
            held: AtomicUsize::new(0),
            woken: AtomicUsize::new(0),
        }
    }

    unsafe extern "C" fn retain(context: *const Self) {
        // SAFETY: the library passes the context of a call, which the test keeps. So do the other two.
        unsafe { &*context }.held.fetch_add(1, Ordering::SeqCst);
    }

    unsafe extern "C" fn release(context: *const Self) {
        // SAFETY: as above.
        let before = unsafe { &*context }.held.fetch_sub(1, Ordering::SeqCst);
        assert!(before > 0);
    }

    unsafe extern "C" fn wake(context: *const Self) {
        // SAFETY: as above.
        unsafe { &*context }.woken.fetch_add(1, Ordering::SeqCst);
    }

    fn counts(&self) -> (usize, usize) {
        (self.held.load(Ordering::SeqCst), self.woken.load(Ordering::SeqCst))
    }
}

/// A call of a function with one number.
struct Call<'c> {
    function: Function,
    frame: Box<RawFrame>,
    context: &'c Watched,
}

impl<'c> Call<'c> {
    fn new(name: &str, argument: u64, context: &'c Watched) -> Self {
        let (_, function) = Library::load().function(name);
        let mut frame = RawFrame::new(64);
        frame.context = std::ptr::from_ref(context).cast::<Context>();
        frame.args[0] = argument;
        Self {
            function,
            frame,
            context,
        }
    }

    fn enter(&mut self, operation: u32) -> u32 {
        self.frame.operation = operation;
        // SAFETY: the frame has the argument of the function, and the operations are in the order of the contract.
        unsafe { (self.function)(self.frame.pointer()) }
    }
}

thread_local! {
    /// The number of guards of this thread's that are gone.
    static DROPPED: Cell<u32> = const { Cell::new(0) };
}

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        DROPPED.set(DROPPED.get() + 1);
    }
}

#[export]
async fn double(n: u32) -> u32 {
    let _guard = Guard;
    n * 2
}

/// The wakers of `countdown`.
static WAKERS: Mutex<Vec<Waker>> = Mutex::new(Vec::new());

/// Waits so many times.
#[export]
async fn countdown(mut n: u32) -> Result<String, Error> {
    let _guard = Guard;
    poll_fn(|context| {
        if n == 0 {
            return Poll::Ready(());
        }
        n -= 1;
        let waker = context.waker();
        waker.wake_by_ref();
        WAKERS.lock().expect("nobody panics").push(waker.clone());
        Poll::Pending
    })
    .await;
    Ok("done".to_owned())
}

#[export]
async fn never(_n: u32) {
    let _guard = Guard;
    pending::<()>().await;
}

#[export]
async fn drop_panics(_n: u32) {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("a bomb");
        }
    }
    let (_guard, _bomb) = (Guard, Bomb);
    pending::<()>().await;
}

/// Waits for another thread, several times.
#[export]
async fn slow(text: &str, times: u32) -> &str {
    for _ in 0..times {
        let mut is_started = false;
        poll_fn(move |context| {
            if is_started {
                return Poll::Ready(());
            }
            is_started = true;
            let waker = context.waker().clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(1));
                waker.wake();
            });
            Poll::Pending
        })
        .await;
    }
    text
}

#[test]
fn the_table_says_that_javascript_gets_a_promise() {
    let library = Library::load();
    let (entry, _) = library.function("countdown");
    assert_eq!(
        (&entry["async"], &entry["throws"], &entry["result"]),
        (&json!(true), &json!(true), &json!("string"))
    );
}

#[test]
fn a_future_that_is_ready_gives_its_result_at_once() {
    let context = Watched::new();
    let mut call = Call::new("double", 21, &context);
    assert_eq!((call.enter(0), call.frame.result), (0, 42));
    assert_eq!((context.counts(), DROPPED.take()), ((0, 0), 1));
}

#[test]
fn a_future_is_polled_until_it_is_ready() {
    let context = Watched::new();
    let mut call = Call::new("countdown", 2, &context);
    assert_eq!((call.enter(0), context.counts()), (PENDING, (1, 1)));
    assert_ne!(call.frame.result, 0);
    assert_eq!((call.enter(POLL), context.counts()), (PENDING, (2, 2)));
    assert_eq!(DROPPED.take(), 0);
    assert_eq!((call.enter(POLL), call.frame.text()), (0, "done".to_owned()));
    assert_eq!(DROPPED.take(), 1);
    call.frame.release();
    // Wakers may come afterwards, twice, and on any thread.
    let wakers = std::mem::take(&mut *WAKERS.lock().expect("nobody panics"));
    assert!(wakers[0].will_wake(&wakers[1]));
    thread::spawn(move || {
        let clone = wakers[0].clone();
        clone.wake();
        wakers[0].wake_by_ref();
        drop(wakers);
    })
    .join()
    .expect("it does not panic");
    assert_eq!(call.context.counts(), (0, 4));
}

#[test]
fn a_future_is_dropped() {
    let context = Watched::new();
    for name in ["never", "drop_panics"] {
        let mut call = Call::new(name, 0, &context);
        assert_eq!(call.enter(0), PENDING);
        assert_eq!(DROPPED.take(), 0);
        assert_eq!((call.enter(DROP), DROPPED.take()), (0, 1));
        assert!(call.frame.text.ptr.is_null() && call.frame.words.ptr.is_null());
    }
}

#[test]
fn without_a_host_that_wakes_the_function_waits() {
    let library = Library::load();
    let arguments = [json!("é"), json!(3)];
    assert_eq!(library.call("slow", &arguments), Outcome::Value(json!("é")));
}
