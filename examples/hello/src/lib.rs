use rustdll::{export, Object, PyStr, PyVec};

#[no_mangle]
pub extern "C" fn test(name: &PyStr, numbers: &mut PyVec<i64>) {
    println!("Hello, {}!", unsafe { name.as_str_unchecked() });
    println!("Sum of numbers: {}", numbers.iter().cloned().sum::<i64>());
    numbers[0] = 6;
}

/// Adds numbers up. It stays in Rust: the Electron example keeps one in its main process.
#[derive(Object, Default)]
pub struct Total {
    sum: f64,
}

#[export]
impl Total {
    /// Begins at 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds numbers, and returns the sum of all so far.
    pub fn add(&mut self, numbers: &[f64]) -> f64 {
        self.sum += numbers.iter().sum::<f64>();
        self.sum
    }
}
