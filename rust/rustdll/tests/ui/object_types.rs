//! Objects where they cannot be.

use rustdll::{export, Object, Record};

#[derive(Object)]
struct Counter;

struct Plain;

#[export]
impl Plain {
    pub fn new() -> Self {
        Self
    }
}

#[export(Display)]
impl Counter {
    pub fn all() -> std::collections::BTreeMap<String, Counter> {
        Default::default()
    }

    pub fn first() -> Option<(Self, f64)> {
        None
    }

    pub fn this(&self) -> &Counter {
        self
    }
}

#[export]
fn merge(counters: Vec<Counter>) {}

#[derive(Record)]
struct Pair {
    first: Counter,
}

/// Neither `Send` nor `Sync`.
#[derive(Object)]
struct Local(std::rc::Rc<()>);

/// `Send`, and not `Sync`.
#[derive(Object)]
struct Single(std::cell::Cell<u8>);

#[export]
impl Local {
    #[export(async)]
    pub fn read(&self) {}

    #[export(async)]
    pub fn make() -> Self {
        Self(Default::default())
    }
}

#[export]
impl Single {
    #[export(async)]
    pub fn read(&self) -> u8 {
        self.0.get()
    }

    #[export(async)]
    pub fn change(&mut self) {}

    pub async fn wait(&self) {}
}

/// Its future cannot move to another thread.
#[export]
pub async fn counted() -> usize {
    let count = std::rc::Rc::new(1);
    std::future::ready(()).await;
    std::rc::Rc::strong_count(&count)
}

#[derive(Object)]
#[rustdll(memory = Self::bytes)]
struct Measured;

impl Measured {
    fn bytes(&self) -> f64 {
        0.0
    }
}

fn main() {}
