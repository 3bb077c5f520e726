//! Thumbnails, with image.

use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};

use image::codecs::jpeg::JpegEncoder;
use image::ImageReader;
use rustdll::{export, Cancel, Error, Progress};

use crate::counts::counted;

const QUALITY: u8 = 80;

/// The number of bytes that a decoder gets at once.
const PIECE: usize = 16 * 1024;

/// Makes a JPEG of a PNG or a JPEG that fits into a square of `side` pixels.
///
/// # Errors
///
/// `E_PICTURE` if it is none, or too large to be decoded.
#[export]
pub fn thumbnail(picture: &[u8], side: u32, cancel: &Cancel, progress: &Progress) -> Result<Vec<u8>, Error> {
    counted(cancel, || {
        let invalid = |error: image::ImageError| Error::from(error).with_code("E_PICTURE");
        progress.message("decoding");
        let source = Source {
            bytes: Cursor::new(picture),
            cancel,
            progress,
        };
        let decoded = ImageReader::new(source)
            .with_guessed_format()?
            .decode()
            .map_err(invalid)?;
        cancel.check()?;
        progress.message("scaling");
        let side = side.max(1);
        let small = decoded.thumbnail(side, side).into_rgb8();
        cancel.check()?;
        progress.message("encoding");
        let mut jpeg = Vec::new();
        small
            .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY))
            .map_err(invalid)?;
        Ok(jpeg)
    })
}

/// The bytes of a picture. A decoder has no way to be cancelled, but it stops when it cannot read on; and how much of
/// the picture it has read is its progress.
struct Source<'a> {
    bytes: Cursor<&'a [u8]>,
    cancel: &'a Cancel,
    progress: &'a Progress,
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.cancel.check().map_err(io::Error::other)?;
        let rest = self.bytes.fill_buf()?;
        Ok(&rest[..rest.len().min(PIECE)])
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.consume(amount);
        self.progress.set(self.bytes.position(), self.bytes.get_ref().len());
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl Seek for Source<'_> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(position)
    }
}
