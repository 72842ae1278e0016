//! Files that stand with posts: what kind they are, by what is in them, and how they are made anew.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::model::{FileKind, LARGEST_FILE};
use crate::error::AppError;

/// The most points of a picture that is taken: what the cameras of most phones make, twice over. Decoded it needs four bytes for each.
const MOST_POINTS: u64 = 25_000_000;
/// The longest side of a picture as it is kept, in points.
const LONGEST_SIDE: u32 = 2_000;
/// How much of what is seen is kept of a photograph, of 100.
const QUALITY: u8 = 85;

/// One picture at a time: each needs up to 100 MB while it is made anew.
static ONE: Semaphore = Semaphore::const_new(1);

/// A file that can be kept. Only [`clean`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct CleanFile {
    /// What it is.
    pub(super) kind: FileKind,
    /// Width and height in points, of a picture.
    pub(super) size: Option<(u32, u32)>,
    /// All of it.
    pub(super) content: Vec<u8>,
}

/// Makes a file anew from what was sent. Of a picture only what is seen is left: no place, no moment and no camera.
pub async fn clean(sent: Arc<[u8]>) -> Result<CleanFile, AppError> {
    if sent.len() > LARGEST_FILE {
        return Err(AppError::invalid("file", "This file is larger than 8 MB. Make it smaller, or attach its parts."));
    }
    let refused = || {
        let sentence = "This is no PDF, PNG or JPEG, whatever it is called. Choose another file, or save it as one of these first.";
        AppError::invalid("file", sentence)
    };
    match kind_of(&sent).ok_or_else(refused)? {
        FileKind::Pdf => Ok(CleanFile { kind: FileKind::Pdf, size: None, content: sent.to_vec() }),
        kind => {
            let permit = ONE.acquire().await;
            let made = spawn_blocking(move || picture(kind, &sent)).await;
            drop(permit);
            made.unwrap_or_else(|_| Err(unreadable()))
        }
    }
}

/// What is in a file, by how it begins and ends. What it is called says nothing.
fn kind_of(content: &[u8]) -> Option<FileKind> {
    let holds = |part: &[u8], words: &[u8]| part.windows(words.len()).any(|found| found == words);
    match content {
        [0xFF, 0xD8, 0xFF, ..] => Some(FileKind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(FileKind::Png),
        [b'%', b'P', b'D', b'F', b'-', ..] => {
            let end = content.get(content.len().saturating_sub(1_024)..).unwrap_or_default();
            holds(end, b"%%EOF").then_some(FileKind::Pdf)
        }
        _ => None,
    }
}

fn unreadable() -> AppError {
    AppError::invalid("file", "This picture cannot be read: it may be cut short. Open it, save it again, and choose it once more.")
}

/// A picture as it is kept: the right way up, no larger than a page shows it, and with nothing in it but what is seen.
fn picture(kind: FileKind, sent: &[u8]) -> Result<CleanFile, AppError> {
    let format = if kind == FileKind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    let reader = || ImageReader::with_format(Cursor::new(sent), format);
    let (width, height) = reader().into_dimensions().map_err(|_| unreadable())?;
    if u64::from(width) * u64::from(height) > MOST_POINTS {
        let sentence = format!(
            "This picture has {width} by {height} points. At most {} million are taken: make it smaller, and choose it again.",
            MOST_POINTS / 1_000_000
        );
        return Err(AppError::invalid("file", sentence));
    }
    let decode = || -> ImageResult<DynamicImage> {
        let mut decoder = reader().into_decoder()?;
        let orientation = decoder.orientation()?;
        let mut picture = DynamicImage::from_decoder(decoder)?;
        picture.apply_orientation(orientation);
        Ok(picture)
    };
    let mut picture = decode().map_err(|_| unreadable())?;
    if picture.width().max(picture.height()) > LONGEST_SIDE {
        picture = picture.resize(LONGEST_SIDE, LONGEST_SIDE, FilterType::Triangle);
    }
    let mut content = Vec::new();
    let written = match kind {
        FileKind::Png => picture.write_to(&mut Cursor::new(&mut content), ImageFormat::Png),
        _ => JpegEncoder::new_with_quality(&mut content, QUALITY).encode_image(&picture.to_rgb8()),
    };
    written.map_err(|_| unreadable())?;
    Ok(CleanFile { kind, size: Some((picture.width(), picture.height())), content })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let mut content = Vec::new();
        DynamicImage::new_rgb8(width, height).write_to(&mut Cursor::new(&mut content), format).unwrap();
        content
    }

    async fn refusal(content: &[u8]) -> String {
        let Err(AppError::Invalid(problems)) = clean(content.into()).await else { panic!("it was taken") };
        problems.into_iter().map(|problem| problem.message).collect()
    }

    #[tokio::test]
    async fn of_a_photograph_what_a_camera_wrote_into_it_is_gone() {
        let photograph = made(ImageFormat::Jpeg, 40, 20);
        let note = b"Exif\0\0MM\0*\0\0\0\x08\0\0 53.79N 1.54W";
        let length = u16::try_from(note.len() + 2).unwrap().to_be_bytes();
        let with_place = [&photograph[..2], &[0xFF, 0xE1], &length, note, &photograph[2..]].concat();
        let kept = clean(with_place.into()).await.unwrap();
        assert_eq!((kept.kind, kept.size), (FileKind::Jpeg, Some((40, 20))));
        assert!(!kept.content.windows(4).any(|found| found == b"Exif" || found == b"3.79"), "the place is still in it");
    }

    #[tokio::test]
    async fn a_large_picture_is_kept_as_large_as_a_page_shows_it() {
        let kept = clean(made(ImageFormat::Png, 4_000, 100).into()).await.unwrap();
        assert_eq!((kept.kind, kept.size), (FileKind::Png, Some((2_000, 50))));
    }

    #[tokio::test]
    async fn what_a_file_is_stands_in_it_and_not_in_its_name() {
        for other in [&b"PK\x03\x04 a zip that is called photograph.png"[..], b"<svg onload=\"alert(1)\">", b"%PDF-1.7 and no end", b""] {
            assert!(refusal(other).await.contains("no PDF, PNG or JPEG"), "{other:?}");
        }
        assert_eq!(clean(b"%PDF-1.7\n...\n%%EOF\n".as_slice().into()).await.unwrap().kind, FileKind::Pdf);
        assert!(refusal(&made(ImageFormat::Png, 40, 20)[..60]).await.contains("cannot be read"));
    }

    #[tokio::test]
    async fn a_picture_of_a_hundred_million_points_is_refused_before_it_is_unpacked() {
        let mut bomb = made(ImageFormat::Png, 1, 1);
        bomb[16..24].copy_from_slice(&[10_000_u32.to_be_bytes(), 10_000_u32.to_be_bytes()].concat());
        let checked = crc(&bomb[12..29]).to_be_bytes();
        bomb[29..33].copy_from_slice(&checked);
        assert!(refusal(&bomb).await.contains("10000 by 10000 points"));
    }

    /// The checksum of a part of a PNG (ISO 3309).
    fn crc(part: &[u8]) -> u32 {
        let bit = |sum: u32, _| if sum & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 };
        !part.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), bit))
    }
}
