//! How large a picture is, so that a page can keep its place before it is there.
//!
//! In: the bytes of a picture file. Out: its [`Size`] as a browser shows it, and whether its end is
//! missing. Promise: only sizes that the file itself names; no bytes make it panic; what is inside is
//! not decoded.

use std::path::Path;

use imagesize::ImageType;
use serde::Serialize;

use crate::content::svg;
use crate::diagnostic::Diagnostic;

/// Width and height in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Size {
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
}

/// Whether a file is a picture that browsers show, by its ending.
#[must_use]
pub fn is_picture(file: &Path) -> bool {
    let extension = file.extension().and_then(|e| e.to_str());
    extension.is_some_and(|extension| {
        let known = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];
        known.iter().any(|one| extension.eq_ignore_ascii_case(one))
    })
}

/// The size of a picture, if it has one, and what is wrong with the file.
#[must_use]
pub fn read(bytes: &[u8], file: &Path) -> (Option<Size>, Option<Diagnostic>) {
    let is_drawing = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
    if is_drawing {
        return match svg::root(bytes) {
            Some(root) => (svg::size(&root), None),
            None => (None, Some(unreadable(bytes, file))),
        };
    }
    let Some(size) = size(bytes) else {
        return (None, Some(unreadable(bytes, file)));
    };
    let cut_off = (!is_whole(bytes)).then(|| {
        Diagnostic::warning("the picture ends before its end, so that a part of it stays empty")
            .in_file(file)
            .hint("copy or download it again")
    });
    (Some(size), cut_off)
}

fn unreadable(bytes: &[u8], file: &Path) -> Diagnostic {
    let message = if bytes.is_empty() {
        "the picture is empty"
    } else {
        "the picture is damaged, or no picture: its size can't be read"
    };
    Diagnostic::error(message)
        .in_file(file)
        .hint("put a sound file in its place; it was copied as it is, and readers will not see it")
}

fn size(bytes: &[u8]) -> Option<Size> {
    let found = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (
        u32::try_from(found.width).ok()?,
        u32::try_from(found.height).ok()?,
    );
    if width == 0 || height == 0 {
        return None;
    }
    // A camera held upright says so, and browsers turn its pictures.
    Some(if is_turned(bytes) {
        Size {
            width: height,
            height: width,
        }
    } else {
        Size { width, height }
    })
}

/// Whether the file goes as far as it says; formats without such a mark are taken for whole.
fn is_whole(bytes: &[u8]) -> bool {
    match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => has_png_end(bytes),
        Ok(ImageType::Jpeg) => jpeg_segments(bytes)
            .find(|(marker, _)| *marker == START_OF_SCAN)
            .is_none_or(|(_, scan)| scan.windows(2).any(|pair| pair == [0xFF, 0xD9])),
        Ok(ImageType::Webp) => {
            let length = bytes.get(4..8).and_then(|four| four.try_into().ok());
            length.is_none_or(|four| u32::from_le_bytes(four) as usize <= bytes.len() - 8)
        }
        _ => true,
    }
}

/// Goes through the chunks: length, name, data, checksum.
fn has_png_end(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, after)) = rest.split_at_checked(8) {
        if head.ends_with(b"IEND") {
            return true;
        }
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        rest = after.get(length.saturating_add(4)..).unwrap_or_default();
    }
    false
}

const START_OF_SCAN: u8 = 0xDA;
const EXIF: u8 = 0xE1;

/// The segments of a JPEG file up to its first scan: the marker and what follows it, to the segment's
/// end, or the file's for a scan.
fn jpeg_segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    std::iter::from_fn(move || {
        let [0xFF, marker, high, low, after @ ..] = rest else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([*high, *low])).saturating_sub(2);
        if *marker == START_OF_SCAN {
            rest = &[];
            return Some((*marker, after));
        }
        rest = after.get(length..).unwrap_or_default();
        Some((*marker, after.get(..length).unwrap_or(after)))
    })
}

/// Whether the camera says that the picture lies on its side: tag 0x0112 of the first directory
/// (Exif 2.32, section 4.6.4) is 5 to 8.
fn is_turned(bytes: &[u8]) -> bool {
    if !matches!(imagesize::image_type(bytes), Ok(ImageType::Jpeg)) {
        return false;
    }
    let exif = jpeg_segments(bytes)
        .filter(|(marker, _)| *marker == EXIF)
        .find_map(|(_, data)| data.strip_prefix(b"Exif\0\0"));
    exif.and_then(orientation).is_some_and(|turn| turn >= 5)
}

fn orientation(tiff: &[u8]) -> Option<u16> {
    let is_little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let two = |at: usize| -> Option<u16> {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let (first, second) = (usize::from(two(4)?), usize::from(two(6)?));
    let start = if is_little {
        second << 16 | first
    } else {
        first << 16 | second
    };
    let entries = (0..usize::from(two(start)?)).map(|entry| start + 2 + 12 * entry);
    let turn = entries.take_while(|at| at + 12 <= tiff.len());
    turn.filter(|at| two(*at) == Some(0x0112))
        .find_map(|at| two(at + 8))
        .filter(|turn| *turn <= 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG of the size, without pixels.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend(b"\x08\x02\0\0\0....\0\0\0\0IEND....");
        bytes
    }

    /// A JPEG of 40 by 30, with an orientation if there is one.
    fn jpeg(turn: Option<u8>) -> Vec<u8> {
        let mut bytes = b"\xFF\xD8".to_vec();
        if let Some(turn) = turn {
            bytes.extend(
                b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
            );
            bytes.push(turn);
            bytes.extend([0; 6]);
        }
        bytes.extend(b"\xFF\xC0\0\x0b\x08\0\x1e\0\x28\x01\x01\x11\0");
        bytes.extend(b"\xFF\xDA\0\x08\x01\x01\0\0\x3f\0data\xFF\xD9");
        bytes
    }

    fn of(bytes: &[u8], file: &str) -> (Option<(u32, u32)>, String) {
        let (size, wrong) = read(bytes, Path::new(file));
        let message = wrong.map(|wrong| wrong.message).unwrap_or_default();
        (size.map(|size| (size.width, size.height)), message)
    }

    #[test]
    fn the_size_is_what_a_browser_shows() {
        assert_eq!(
            of(&png(640, 480), "a.png"),
            (Some((640, 480)), String::new())
        );
        assert_eq!(of(&jpeg(None), "a.jpg"), (Some((40, 30)), String::new()));
        assert_eq!(of(&jpeg(Some(3)), "a.jpg").0, Some((40, 30)));
        assert_eq!(
            of(&jpeg(Some(6)), "a.jpg").0,
            Some((30, 40)),
            "held upright"
        );
        let gif = b"GIF89a\x0a\0\x14\0\0\0\0;";
        assert_eq!(of(gif, "a.gif").0, Some((10, 20)));
        let webp = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\x09\xc0\x04\0\0\0\0\0\0\0\0\0\0";
        assert_eq!(of(webp, "a.webp"), (Some((10, 20)), String::new()));
    }

    #[test]
    fn what_is_damaged_is_said() {
        assert_eq!(of(b"", "a.png").1, "the picture is empty");
        assert!(
            of(b"<html>not found", "a.jpg")
                .1
                .starts_with("the picture is damaged")
        );
        assert!(
            of(&png(0, 5), "a.png")
                .1
                .starts_with("the picture is damaged")
        );
        let (size, wrong) = of(&png(640, 480)[..33], "a.png");
        assert_eq!(size, Some((640, 480)));
        assert!(wrong.starts_with("the picture ends"));
        let short = jpeg(None);
        assert!(
            of(&short[..short.len() - 2], "a.jpg")
                .1
                .starts_with("the picture ends")
        );
    }

    #[test]
    fn no_bytes_make_it_panic() {
        for sound in [png(640, 480), jpeg(Some(6))] {
            for at in 0..sound.len() {
                let _ = of(&sound[..at], "a.png");
                for byte in [0, 1, 0x7f, 0xff] {
                    let mut bytes = sound.clone();
                    bytes[at] = byte;
                    let _ = of(&bytes, "a.jpg");
                }
            }
        }
    }
}
