//! Numbers that Rust itself does not have.

#[cfg(feature = "half")]
use crate::types::standard::number_text;
use crate::{Convert, Error};

/// Implements the conversion of floats of 16 bits, which are numbers in JavaScript.
#[cfg(feature = "half")]
macro_rules! halves {
    ($($half:ident)*) => { $(
        impl Convert for half::$half {
            type As = f32;

            fn from_as(number: f32) -> Result<Self, Error> {
                let half = Self::from_f32(number);
                if half.is_infinite() && number.is_finite() {
                    let number = number_text(number.into());
                    let reason = format!("the number {number} is beyond the range of {}", stringify!($half));
                    return Err(Error::range_error(reason));
                }
                Ok(half)
            }

            fn to_as(&self) -> Result<f32, Error> {
                Ok(self.to_f32())
            }
        }
    )* };
}

#[cfg(feature = "half")]
halves!(f16 bf16);

/// Implements the conversion of complex numbers, which are objects `{ re, im }` in JavaScript.
#[cfg(feature = "num-complex")]
macro_rules! complex {
    ($($name:ident $float:ident;)*) => { $(
        const _: () = {
            /// A complex number.
            #[derive(crate::Record)]
            pub struct $name {
                /// The real part.
                pub re: $float,
                /// The imaginary part.
                pub im: $float,
            }

            impl Convert for num_complex::Complex<$float> {
                type As = $name;

                fn from_as($name { re, im }: $name) -> Result<Self, Error> {
                    Ok(Self { re, im })
                }

                fn to_as(&self) -> Result<$name, Error> {
                    Ok($name { re: self.re, im: self.im })
                }
            }
        };
    )* };
}

#[cfg(feature = "num-complex")]
complex! {
    Complex32 f32;
    Complex64 f64;
}
