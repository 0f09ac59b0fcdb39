//! What must hold for every drawing, measured from its SVG, and golden files for drawings.

#![allow(dead_code, reason = "each test uses its part of this")]

use std::collections::BTreeMap;
use std::fs;

use mingwen::render::charts::measure;

/// Holds files against those in a folder of `tests/`: `MINGWEN_UPDATE=1` writes them anew, and a file
/// that nothing makes any more is wrong.
pub fn compare(folder: &str, outputs: &BTreeMap<String, String>) {
    let folder = super::folder(folder);
    let update = super::update();
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !outputs.contains_key(&name) {
            assert!(update, "{} is not made any more", path.display());
            fs::remove_file(path).unwrap();
        }
    }
    let mut wrong = Vec::new();
    for (name, now) in outputs {
        let path = folder.join(name);
        if fs::read_to_string(&path).ok().as_ref() == Some(now) {
            continue;
        }
        if update {
            fs::write(path, now).unwrap();
        } else {
            wrong.push(name);
        }
    }
    assert!(
        wrong.is_empty(),
        "these differ: {wrong:?}; if that is meant, run the test again with MINGWEN_UPDATE=1"
    );
}

/// A text of a drawing with the box it is estimated to fill.
#[derive(Debug)]
#[allow(dead_code)] // the text is for messages
pub struct Boxed {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    size: i32,
}

/// The value of an attribute in a tag.
pub fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {key}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The boxes of all texts of a drawing.
pub fn boxes(svg: &str) -> Vec<Boxed> {
    let texts = svg.lines().filter(|line| line.starts_with("<text "));
    let read = |line: &str| {
        let (tag, rest) = line.split_once('>').unwrap();
        let text = rest.strip_suffix("</text>").unwrap();
        let text = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&apos;", "'"),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
        .replace("&amp;", "&");
        let number = |key: &str| attribute(tag, key).unwrap().parse::<f64>().unwrap();
        let size: i32 = attribute(tag, "font-size").unwrap().parse().unwrap();
        let bold = attribute(tag, "font-weight").is_some();
        let width = measure::width(&text, size, bold);
        let (x, y) = (number("x"), number("y"));
        let left = match attribute(tag, "text-anchor") {
            Some("end") => x - width,
            Some("middle") => x - width / 2.0,
            _ => x,
        };
        let em = f64::from(size);
        Boxed {
            text,
            left,
            right: left + width,
            top: y - 0.85 * em,
            bottom: y + 0.15 * em,
            size,
        }
    };
    texts.map(read).collect()
}

/// Every text lies inside the drawing, is large enough, and stands on no other.
pub fn check_texts(svg: &str, smallest: i32, what: &str) {
    let view = attribute(svg, "viewBox").unwrap();
    let view: Vec<f64> = view.split(' ').map(|n| n.parse().unwrap()).collect();
    let boxes = boxes(svg);
    assert!(!boxes.is_empty(), "{what}: no text");
    for one in &boxes {
        let inside = one.left >= -0.5
            && one.top >= -0.5
            && one.right <= view[2] + 0.5
            && one.bottom <= view[3] + 0.5;
        assert!(inside, "{what}: cut off {one:?} in {view:?}");
        assert!(one.size >= smallest, "{what}: too small {one:?}");
    }
    let mut sorted: Vec<&Boxed> = boxes.iter().collect();
    sorted.sort_by(|a, b| a.top.total_cmp(&b.top));
    for (index, one) in sorted.iter().enumerate() {
        for other in sorted[index + 1..]
            .iter()
            .take_while(|o| o.top < one.bottom)
        {
            let apart = one.right <= other.left || other.right <= one.left;
            assert!(apart, "{what}: {one:?} overlaps {other:?}");
        }
    }
}

/// No line runs through a text.
pub fn check_lines(svg: &str, what: &str) {
    let boxes = boxes(svg);
    for line in svg.lines().filter(|line| line.starts_with("<polyline ")) {
        let points: Vec<(f64, f64)> = attribute(line, "points")
            .unwrap()
            .split(' ')
            .map(|point| point.split_once(',').unwrap())
            .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
            .collect();
        for pair in points.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            // The box around a slanting line is more than the line: enough, and stricter.
            let hit = boxes.iter().find(|text| {
                from.0.min(to.0) < text.right
                    && from.0.max(to.0) > text.left
                    && from.1.min(to.1) < text.bottom
                    && from.1.max(to.1) > text.top
            });
            assert!(hit.is_none(), "{what}: {line} runs through {hit:?}");
        }
    }
}
