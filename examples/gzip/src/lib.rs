//! Compresses a stream of bytes, piece by piece.

use std::io::Write;
use std::mem;

use flate2::write::GzEncoder;
use flate2::Compression;
use rustdll::{export, Error, JsStream, Stream};

/// Compresses what comes in, in the format of gzip, and gives the result as it is made.
///
/// It holds no more than one piece of what comes in and what the encoder has made of it: it takes a piece when somebody
/// asks for more.
#[export]
pub fn gzip(input: JsStream<Vec<u8>>, #[rustdll(default = 6)] level: u32) -> Stream<Vec<u8>> {
    let encoder = GzEncoder::new(Vec::new(), Compression::new(level.min(9)));
    Stream::try_unfold(Some((input, encoder)), |state| async {
        let Some((mut input, mut encoder)) = state else {
            return Ok(None);
        };
        while let Some(piece) = input.next().await {
            encoder.write_all(&piece?)?;
            if !encoder.get_ref().is_empty() {
                let ready = mem::take(encoder.get_mut());
                return Ok::<_, Error>(Some((ready, Some((input, encoder)))));
            }
        }
        Ok(Some((encoder.finish()?, None)))
    })
}
