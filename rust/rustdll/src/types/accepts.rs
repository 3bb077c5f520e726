//! The values of JavaScript that types are made of, by which the compiler finds variants of untagged enums that are never made.

/// The values of JavaScript that a type is made of.
#[derive(Clone, Copy, Debug)]
pub struct Accepts {
    /// The classes of which it takes some values.
    some: u8,
    /// Those of which it takes all values.
    whole: u8,
    /// The numbers that it takes.
    numbers: Option<Numbers>,
    /// The least and the greatest of the bigints that it takes.
    bigints: Option<(i128, u128)>,
    /// True if Rust may refuse values that have the right form.
    refuses: bool,
}

/// A range of numbers.
#[derive(Clone, Copy, Debug)]
struct Numbers {
    low: f64,
    high: f64,
    /// True if the numbers need not be whole.
    fractions: bool,
}

const STRINGS: u8 = 1;
const BOOLEANS: u8 = 2;
const NOTHING: u8 = 4;
const OTHERS: u8 = 8;

/// The greatest integer up to which a number holds every integer.
const SAFE: f64 = 9_007_199_254_740_991.0;

impl Accepts {
    const NONE: Self = Self {
        some: 0,
        whole: 0,
        numbers: None,
        bigints: None,
        refuses: false,
    };

    /// Any values: which ones is not known here.
    pub const UNKNOWN: Self = Self {
        some: OTHERS,
        ..Self::NONE
    };

    /// All strings.
    pub const STRINGS: Self = Self {
        some: STRINGS,
        whole: STRINGS,
        ..Self::NONE
    };

    /// Some strings.
    pub const SOME_STRINGS: Self = Self {
        some: STRINGS,
        ..Self::NONE
    };

    /// Both booleans.
    pub const BOOLEANS: Self = Self {
        some: BOOLEANS,
        whole: BOOLEANS,
        ..Self::NONE
    };

    /// Null, for which undefined may stand.
    pub const NOTHING: Self = Self {
        some: NOTHING,
        whole: NOTHING,
        ..Self::NONE
    };

    /// Some whole numbers.
    pub const SOME_INTEGERS: Self = Self::integers(i32::MIN as i128, i32::MAX as u128, 4).converted();

    /// All numbers, or those that a float of 32 bits can be near to.
    pub const fn floats(size: usize) -> Self {
        let high = if size == 4 { f32::MAX as f64 } else { f64::INFINITY };
        Self {
            numbers: Some(Numbers {
                low: -high,
                high,
                fractions: true,
            }),
            ..Self::NONE
        }
    }

    /// Whole numbers within a range; bigints too, if the type has 64 bits or more.
    pub const fn integers(low: i128, high: u128, size: usize) -> Self {
        let (low_number, high_number) = (low as f64, high as f64);
        Self {
            numbers: Some(Numbers {
                low: if low_number < -SAFE { -SAFE } else { low_number },
                high: if high_number > SAFE { SAFE } else { high_number },
                fractions: false,
            }),
            bigints: if size < 8 { None } else { Some((low, high)) },
            ..Self::NONE
        }
    }

    /// The same values and null.
    pub const fn or_nothing(self) -> Self {
        Self {
            some: self.some | NOTHING,
            whole: self.whole | NOTHING,
            ..self
        }
    }

    /// The same values, of which Rust may refuse some.
    pub const fn converted(self) -> Self {
        Self {
            whole: 0,
            refuses: true,
            ..self
        }
    }

    /// True if the earlier types do not take every value that this one takes.
    pub const fn is_reached_after(self, earlier: &[Self]) -> bool {
        let (mut whole, mut numbers, mut bigints) = (0, self.numbers.is_none(), self.bigints.is_none());
        let mut index = 0;
        while index < earlier.len() {
            let other = &earlier[index];
            whole |= other.whole;
            if !other.refuses {
                numbers |= match (&self.numbers, &other.numbers) {
                    (Some(own), Some(taken)) => {
                        taken.low <= own.low && taken.high >= own.high && (taken.fractions || !own.fractions)
                    }
                    _ => false,
                };
                bigints |= match (&self.bigints, &other.bigints) {
                    (Some(own), Some(taken)) => taken.0 <= own.0 && taken.1 >= own.1,
                    _ => false,
                };
            }
            index += 1;
        }
        self.some & !whole != 0 || !numbers || !bigints
    }
}

#[cfg(test)]
mod tests {
    use super::Accepts;
    use crate::types::shape::Describe;

    fn of<T: Describe<By>, By>() -> Accepts {
        T::ACCEPTS
    }

    #[test]
    fn a_type_is_reached_unless_earlier_ones_take_all_of_its_values() {
        let string = of::<String, _>();
        let float = of::<f64, _>();
        let maybe = of::<Option<bool>, _>();
        for (earlier, later, reached) in [
            (&[string][..], of::<&str, _>(), false),
            (&[string], of::<Box<String>, _>(), false),
            (&[string], of::<char, _>(), false),
            (&[of::<char, _>()], string, true),
            (&[string], of::<std::net::IpAddr, _>(), false),
            (&[of::<std::net::IpAddr, _>()], string, true),
            (&[string], of::<std::path::PathBuf, _>(), false),
            (&[float], of::<u8, _>(), false),
            (&[float], of::<f32, _>(), false),
            (&[of::<f32, _>()], float, true),
            (&[of::<f32, _>()], of::<i32, _>(), false),
            (&[of::<u8, _>()], of::<i8, _>(), true),
            (&[of::<u8, _>(), of::<i8, _>()], of::<i16, _>(), true),
            (&[of::<u16, _>()], of::<u8, _>(), false),
            (&[float], of::<u64, _>(), true),
            (&[of::<i64, _>()], of::<u64, _>(), true),
            (&[of::<i128, _>()], of::<u64, _>(), false),
            (&[of::<u64, _>()], of::<u32, _>(), false),
            (&[of::<std::num::NonZeroU8, _>()], of::<u8, _>(), true),
            (&[of::<u8, _>()], of::<std::num::NonZeroU8, _>(), false),
            (&[of::<bool, _>()], maybe, true),
            (&[of::<bool, _>(), of::<Option<String>, _>()], maybe, false),
            (&[of::<Option<String>, _>()], Accepts::NOTHING, false),
            (&[of::<Vec<u8>, _>()], of::<Vec<u8>, _>(), true),
            (&[], string, true),
        ] {
            assert_eq!(later.is_reached_after(earlier), reached, "{later:?} after {earlier:?}");
        }
    }
}
