//! Values of one of two types: in JavaScript what either of them is.

use either::Either;

use crate::frame::{Fault, Reader, Writer};
use crate::types::shape::{Catalogue, DefinitionKind, Describe, Part, Payload, Shape, Tagging, Variant};
use crate::types::{choose, Decode, Encode};

/// Describes the two types as the variants of an enum without a tag.
fn definition<L: Describe<ByLeft>, R: Describe<ByRight>, ByLeft, ByRight>(catalogue: &mut Catalogue) -> DefinitionKind {
    let variant = |name, shape| Variant {
        name,
        doc: "",
        number: None,
        payload: Payload::Value(shape),
    };
    DefinitionKind::Enum {
        tagging: Tagging::Untagged,
        variants: vec![
            variant("Left", L::describe(catalogue)),
            variant("Right", R::describe(catalogue)),
        ],
        open: false,
    }
}

impl<L: Describe<ByLeft>, R: Describe<ByRight>, ByLeft, ByRight> Describe<(ByLeft, ByRight)> for Either<L, R> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        struct Key;
        const {
            assert!(
                R::ACCEPTS.is_reached_after(&[L::ACCEPTS]),
                "JavaScript's values of the right type are all values of the left one, so put that to the right"
            );
        }
        let parts = vec![Part::Shape(L::describe(catalogue)), Part::Shape(R::describe(catalogue))];
        let describe = definition::<L, R, ByLeft, ByRight>;
        catalogue.definition::<Key>("Either", parts, "either", "", describe)
    }
}

impl<'a, L, R, ByLeft, ByRight> Decode<'a, (ByLeft, ByRight)> for Either<L, R>
where
    L: Decode<'a, ByLeft>,
    R: Decode<'a, ByRight>,
{
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        reader.nested(|reader| {
            choose(
                reader,
                definition::<L, R, ByLeft, ByRight>,
                |reader, variant| match variant {
                    0 => L::decode(reader).map(Either::Left),
                    1 => R::decode(reader).map(Either::Right),
                    _ => Err(Fault::NO_VARIANT),
                },
            )
        })
    }
}

impl<L: Encode<ByLeft>, R: Encode<ByRight>, ByLeft, ByRight> Encode<(ByLeft, ByRight)> for Either<L, R> {
    fn encode(&self, writer: &mut Writer) {
        writer.nested(|writer| match self {
            Either::Left(value) => {
                writer.word(0);
                value.encode(writer);
            }
            Either::Right(value) => {
                writer.word(1);
                value.encode(writer);
            }
        });
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        writer.locate_nested(|writer| match self {
            Either::Left(value) => value.locate(writer),
            Either::Right(value) => value.locate(writer),
        })
    }
}
