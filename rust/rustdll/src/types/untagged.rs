//! Enums whose values do not tell their variant.

use super::shape::{Catalogue, DefinitionKind, Payload};
use crate::error::Error;
use crate::frame::{Fault, Reader};

/// Reads a value of an untagged enum: the index of its variant, and what that holds.
///
/// The host has chosen the first variant that has the form of the value. If Rust refuses the value, such as a text that is
/// no number, the later variants are tried that have the same form.
///
/// `describe` describes the enum, and `read` reads what the variant at an index holds.
#[inline]
pub fn choose<'a, T>(
    reader: &mut Reader<'a>,
    describe: fn(&mut Catalogue) -> DefinitionKind,
    read: impl Fn(&mut Reader<'a>, u64) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let variant = reader.word()?;
    let start = reader.place();
    match read(reader, variant) {
        Err(Fault::Refused(refusal)) => {
            let others = others_like(describe, variant);
            let mut fault = Fault::Refused(refusal);
            for other in others {
                reader.back_to(&start);
                match read(reader, other) {
                    Err(Fault::Refused(refusal)) => fault = fault.or(Fault::Refused(refusal)),
                    chosen => return chosen,
                }
            }
            Err(fault)
        }
        chosen => chosen,
    }
}

/// Returns the variants behind one that have the same form in JavaScript.
#[cold]
#[inline(never)]
fn others_like(describe: fn(&mut Catalogue) -> DefinitionKind, variant: u64) -> Vec<u64> {
    let DefinitionKind::Enum { variants, .. } = describe(&mut Catalogue::default()) else {
        return Vec::new();
    };
    let mut numbered = (0_u64..).zip(&variants).skip_while(|(index, _)| *index < variant);
    let Some((_, own)) = numbered.next() else {
        return Vec::new();
    };
    numbered
        .filter(|(_, other)| other.payload.is_like(&own.payload))
        .map(|(index, _)| index)
        .collect()
}

/// Returns the discriminant of a variant as the number that it is in JavaScript.
pub const fn discriminant(discriminant: i128) -> i64 {
    assert!(
        discriminant.unsigned_abs() < 1 << 53,
        "a discriminant beyond 2^53 - 1 is no integer that a number of JavaScript holds exactly"
    );
    discriminant as i64
}

impl Payload {
    /// True if the other payload has the same form in JavaScript.
    fn is_like(&self, other: &Payload) -> bool {
        match (self, other) {
            (Self::Unit, Self::Unit) => true,
            (Self::Value(own), Self::Value(other)) => own == other,
            (Self::Tuple(own), Self::Tuple(other)) => own == other,
            (Self::Record(own), Self::Record(other)) => {
                own.len() == other.len()
                    && own
                        .iter()
                        .zip(other)
                        .all(|(own, other)| own.name == other.name && own.shape == other.shape)
            }
            _ => false,
        }
    }
}

impl Fault {
    /// The refusal of a value for two reasons.
    #[cold]
    fn or(self, other: Fault) -> Fault {
        match (&self, &other) {
            (Self::Refused(own), Self::Refused(also)) if own.path.is_empty() && also.path.is_empty() => {
                Self::refused(Error::new(format_args!("{}; {}", own.error, also.error)))
            }
            _ => self,
        }
    }
}
