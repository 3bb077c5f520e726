//! Functions of a form that cannot be exported.

#![allow(unused)]

use rustdll::export;

#[export]
fn generic<T: Clone, const N: usize>(value: T) -> T {
    value
}

#[export(sync)]
async fn no_background() {}

#[export]
async extern "C" fn for_c() {}

#[export(tokio)]
fn no_future() {}

#[export]
unsafe fn without_safety() {}

#[export]
extern "system" fn other_abi() {}

#[export]
fn takes_impl(values: impl Iterator<Item = f64>) {}

#[export]
fn takes_impl_inside(values: Vec<impl Copy>) {}

#[export]
fn returns_impl() -> impl Iterator<Item = f64> {
    std::iter::empty()
}

#[export]
fn never() -> ! {
    loop {}
}

#[export]
fn takes_pointer(pointer: *const u8) {}

#[export]
fn takes_object(object: &dyn std::fmt::Debug) {}

#[export]
fn takes_function(function: fn(i32) -> i32) {}

#[export]
fn takes_static(text: &'static str, texts: Vec<&'static str>) {}

#[export]
fn conditional(#[cfg(all())] value: i32) {}

#[export]
fn too_many(
    a0: u8, a1: u8, a2: u8, a3: u8, a4: u8, a5: u8, a6: u8, a7: u8, a8: u8, a9: u8, a10: u8,
    a11: u8, a12: u8, a13: u8, a14: u8, a15: u8, a16: u8, a17: u8, a18: u8, a19: u8, a20: u8,
    a21: u8, a22: u8, a23: u8, a24: u8, a25: u8, a26: u8, a27: u8, a28: u8, a29: u8, a30: u8,
    a31: u8, a32: u8,
) {
}

struct Counter(u32);

impl Counter {
    #[export]
    fn by_value(self) {}

    #[export]
    fn by_reference(&mut self, by: u32) {}

    #[export]
    fn by_box(self: Box<Self>) {}
}

impl Counter {
    #[export]
    fn constructor(start: u32) -> Self {
        Self(start)
    }
}

#[export]
impl Counter {}

#[export]
trait Exported {}

#[export]
enum Kind {
    One,
}

#[export]
mod inside {}

#[export]
#[target_feature(enable = "sse2")]
fn for_some_processors() {}

#[export]
fn takes_closure(each: impl Fn(f64) -> f64, all: &dyn Fn(f64), once: Box<dyn FnOnce()>) {}

#[export]
fn takes_growing(list: &mut Vec<f64>, text: &mut String) {}

#[export]
fn takes_c_string(name: &std::ffi::CStr) {}

#[export]
struct NoFunction;

#[export]
static mut CHANGING: i32 = 1;

#[export(async)]
const NUMBER: i32 = 1;

#[export]
const _: i32 = 1;

#[export]
const NEVER: Option<Option<u8>> = None;

#[export(name = "then")]
const LATER: i32 = 1;

#[export]
static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

fn main() {}
