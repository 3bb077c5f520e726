//! Associated functions that look like any other function.

use rustdll::export;

struct Counter(u32);

impl Counter {
    #[export]
    fn associated(a: f64) -> f64 {
        a
    }
}

trait Counts {
    #[export]
    fn count(list: &[f64]) -> usize {
        list.len()
    }
}

fn main() {}
