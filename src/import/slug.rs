//! Names of files: readable ASCII from Chinese headings.
//!
//! In: the words of a heading. Out: pinyin without tones, Latin words kept, joined by hyphens, at
//! most forty characters. Promise: the same words give the same name on every machine; a name is
//! valid on every file system, and unique among those already [`Names::take`]n.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pinyin::ToPinyin;

use crate::diagnostic::Diagnostic;
use crate::import::regions;

/// A name is at most this long before a suffix.
const LONGEST: usize = 40;

/// Words whose usual reading is not that of their characters taken one by one.
const READINGS: [(&str, &str); 20] = [
    ("银行", "yin-hang"),
    ("行业", "hang-ye"),
    ("行长", "hang-zhang"),
    ("重庆", "chong-qing"),
    ("重新", "chong-xin"),
    ("重复", "chong-fu"),
    ("重构", "chong-gou"),
    ("重建", "chong-jian"),
    ("增长", "zeng-zhang"),
    ("成长", "cheng-zhang"),
    ("董事长", "dong-shi-zhang"),
    ("市长", "shi-zhang"),
    ("首都", "shou-du"),
    ("成都", "cheng-du"),
    ("都市", "du-shi"),
    ("音乐", "yin-yue"),
    ("会计", "kuai-ji"),
    ("调查", "diao-cha"),
    ("调研", "diao-yan"),
    ("参差", "cen-ci"),
];

/// The name for these words; empty if they hold neither a letter, a digit nor a character with a
/// reading.
#[must_use]
pub fn slug(words: &str) -> String {
    let mut slug = String::new();
    for word in words_of(words) {
        let hyphen = usize::from(!slug.is_empty());
        if slug.len() + hyphen + word.len() > LONGEST {
            if slug.is_empty() {
                slug.extend(word.chars().take(LONGEST));
            }
            break;
        }
        if hyphen == 1 {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    if is_reserved(&slug) {
        slug.push_str("-page");
    }
    slug
}

/// Latin words and digits as they are, a syllable for each character, known names as one word.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut latin = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_alphanumeric() {
            latin.push(c.to_ascii_lowercase());
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        if !latin.is_empty() {
            words.push(std::mem::take(&mut latin));
        }
        if words.iter().map(|word| word.len() + 1).sum::<usize>() > LONGEST {
            return words;
        }
        let taken = if let Some((region, name)) = regions::at_start(rest) {
            words.push(region.slug.clone());
            name.len()
        } else if let Some((word, reading)) =
            READINGS.iter().find(|(word, _)| rest.starts_with(word))
        {
            words.push((*reading).to_owned());
            word.len()
        } else {
            words.extend(c.to_pinyin().map(|reading| ascii(reading.plain())));
            c.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    words.push(latin);
    words.retain(|word| !word.is_empty());
    words
}

/// `lü` is written `lv`, as it is typed.
fn ascii(reading: &str) -> String {
    reading
        .chars()
        .map(|c| if c == 'ü' { 'v' } else { c })
        .filter(char::is_ascii_lowercase)
        .collect()
}

/// Names that Windows keeps for devices, and that a site keeps for its entrance.
pub(crate) fn is_reserved(name: &str) -> bool {
    let device = |prefix: &str| {
        name.strip_prefix(prefix)
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(name, "con" | "prn" | "aux" | "nul" | "index") || device("com") || device("lpt")
}

/// Lowercase letters, digits and single hyphens between them.
#[must_use]
pub fn is_valid(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 80
        && !is_reserved(name)
        && name.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// Gives names: those that a person chose first, then automatic ones, none twice.
#[derive(Debug)]
pub struct Names<'a> {
    given: &'a BTreeMap<String, String>,
    taken: BTreeSet<String>,
    /// The last suffix given to a name, so that a thousand like headings are named in one pass.
    counts: BTreeMap<String, usize>,
}

impl<'a> Names<'a> {
    /// `given` is `import: names:` of the configuration; `taken` are names that others have.
    /// Also says which of the given names are no valid ones.
    #[must_use]
    pub fn new(
        given: &'a BTreeMap<String, String>,
        taken: BTreeSet<String>,
    ) -> (Self, Vec<Diagnostic>) {
        let bad = given
            .iter()
            .filter(|(_, name)| !is_valid(name))
            .map(|(key, name)| bad_name(key, name))
            .collect();
        let counts = BTreeMap::new();
        let names = Self {
            given,
            taken,
            counts,
        };
        (names, bad)
    }

    /// A name for what these keys call it (its numeral, its heading); the automatic name is a key as
    /// well.
    pub fn take(&mut self, keys: &[&str], automatic: &str) -> String {
        let given = keys
            .iter()
            .copied()
            .chain([automatic])
            .filter_map(|key| self.given.get(key))
            .find(|name| is_valid(name));
        let wanted = given.map_or(automatic, String::as_str);
        let count = self.counts.entry(wanted.to_owned()).or_insert(0);
        loop {
            *count += 1;
            let name = match *count {
                1 => wanted.to_owned(),
                count => format!("{wanted}-{count}"),
            };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

fn bad_name(key: &str, name: &str) -> Diagnostic {
    Diagnostic::error(format!("`{name}`, given to `{key}` under `import: names:`, is no name for a file"))
        .in_file(Path::new(crate::config::FILE))
        .hint("use lowercase letters, digits and hyphens, such as `national-support`; `index` and names such as `con` are taken")
}
