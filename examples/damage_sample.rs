//! Makes the sample's damaged source from its clean text:
//!
//! ```sh
//! cargo run --example damage_sample -- ①③ < sources/blockchain-cities.clean.txt > sources/blockchain-cities.txt
//! ```
//!
//! In: a text with sections `①` to `⑳`, and the numerals of those to damage. Out: the same lines, the
//! named sections run through the first of [`CHANNELS`]. A numeral and the space after it stay clean:
//! in the documents that this imitates they were put in front afterwards.

use std::io::{Read, Write};

use mingwen::repair::{CHANNELS, damage};

fn main() -> std::io::Result<()> {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    std::io::stdout().write_all(damage_sections(&text, &wanted).as_bytes())
}

/// Damages the sections whose numerals stand in `wanted`.
fn damage_sections(text: &str, wanted: &str) -> String {
    let mut in_wanted = false;
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let numeral = line.chars().next().filter(|c| ('①'..='⑳').contains(c));
        if let Some(numeral) = numeral {
            in_wanted = wanted.contains(numeral);
        }
        let words = line.trim_start_matches(|c| Some(c) == numeral || c == ' ');
        if let (true, Some(channel)) = (in_wanted, CHANNELS.first()) {
            out.push_str(line.strip_suffix(words).unwrap_or_default());
            out.push_str(&damage(channel, words));
        } else {
            out.push_str(line);
        }
    }
    out
}
