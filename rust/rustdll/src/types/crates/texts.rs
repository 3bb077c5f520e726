//! Types whose values are texts in JavaScript.

#[cfg(any(feature = "rust_decimal", feature = "url"))]
use crate::{Convert, Error};

/// A decimal number keeps all of its digits, which a float would not.
#[cfg(feature = "rust_decimal")]
impl Convert for rust_decimal::Decimal {
    type As = String;

    fn from_as(text: String) -> Result<Self, Error> {
        // `from_str` rounds a text that has more digits than a decimal has room for.
        Self::from_str_exact(&text).map_err(|error| Error::new(error.to_string()))
    }

    fn to_as(&self) -> Result<String, Error> {
        Ok(self.to_string())
    }
}

#[cfg(feature = "url")]
impl Convert for url::Url {
    type As = String;

    fn from_as(text: String) -> Result<Self, Error> {
        Ok(Self::parse(&text)?)
    }

    fn to_as(&self) -> Result<String, Error> {
        Ok(self.as_str().to_owned())
    }
}

#[cfg(feature = "uuid")]
mod uuid {
    use uuid::fmt::Hyphenated;
    use uuid::Uuid;

    use crate::frame::{Arguments, Fault, Output, Reader, Writer};
    use crate::types::map::Key;
    use crate::types::shape::{Catalogue, Describe, Shape};
    use crate::types::{Accepts, Decode, Encode};

    // They are read from the host's text and written from the stack, without the copies that a conversion makes.

    impl Describe for Uuid {
        const ACCEPTS: Accepts = Accepts::SOME_STRINGS;

        fn describe(catalogue: &mut Catalogue) -> Shape {
            str::describe(catalogue)
        }
    }

    #[inline]
    fn parse(text: &str) -> Result<Uuid, Fault> {
        match parse_hyphenated(text) {
            Some(uuid) => Ok(uuid),
            None => parse_other(text),
        }
    }

    /// Reads the form that is usual. It takes less time than the loop of `parse_str`, as compilers find vector instructions for
    /// what is done with each digit.
    #[inline]
    fn parse_hyphenated(text: &str) -> Option<Uuid> {
        let text: &[u8; Hyphenated::LENGTH] = text.as_bytes().try_into().ok()?;
        let mut digits = [0; 32];
        digits[..8].copy_from_slice(&text[..8]);
        digits[8..12].copy_from_slice(&text[9..13]);
        digits[12..16].copy_from_slice(&text[14..18]);
        digits[16..20].copy_from_slice(&text[19..23]);
        digits[20..].copy_from_slice(&text[24..]);
        let mut is_valid = [text[8], text[13], text[18], text[23]] == [b'-'; 4];
        for digit in &mut digits {
            let (number, letter) = (digit.wrapping_sub(b'0'), (*digit | 0x20).wrapping_sub(b'a'));
            is_valid &= (number < 10) | (letter < 6);
            *digit = if number < 10 { number } else { letter.wrapping_add(10) };
        }
        is_valid.then(|| Uuid::from_bytes(std::array::from_fn(|i| digits[2 * i] << 4 | digits[2 * i + 1])))
    }

    #[cold]
    #[inline(never)]
    fn parse_other(text: &str) -> Result<Uuid, Fault> {
        Uuid::parse_str(text).map_err(Fault::refused)
    }

    impl<'a> Decode<'a> for Uuid {
        #[inline]
        fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
            parse(<&str>::decode(reader)?)
        }

        #[inline]
        fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
            parse(<&str>::argument(arguments, index)?)
        }
    }

    impl Key for Uuid {
        const IS_TEXT: bool = true;

        fn text(&self) -> String {
            self.to_string()
        }
    }

    impl Encode for Uuid {
        #[inline]
        fn encode(&self, writer: &mut Writer) {
            self.hyphenated()
                .encode_lower(&mut [0; Hyphenated::LENGTH])
                .encode(writer);
        }

        #[inline]
        fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
            self.hyphenated()
                .encode_lower(&mut [0; Hyphenated::LENGTH])
                .give_ref(output)
        }
    }
}
