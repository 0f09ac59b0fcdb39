//! Which block of one language stands for which of the other.
//!
//! In: the blocks of a page in both languages. Out: [`Row`]s in reading order: pairs of blocks, and
//! blocks without a counterpart; each row with its anchor, which both languages share; and the anchors
//! of headings that are to be others than their places in the outline. Promise: the order of neither
//! text is changed; every block is in one row; a paragraph or a section that is missing in one
//! language shifts nothing but the numbers it would have had.
//!
//! Sections are paired first, then the blocks inside each pair of them; both by the [cheapest
//! pairing](cheapest) of what [`evidence`](super::evidence) there is. A name that a person gave a
//! heading in both languages decides.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::render::markdown::Parsed;
use crate::render::markdown::blocks::Kind;
use crate::render::parallel::evidence::{Contents, Features, features};
use crate::render::parallel::pairs::cheapest;

/// What a block without a counterpart costs; two that cost more together stand apart.
const ALONE: u32 = 60;
/// The same for a section.
const SECTION_ALONE: u32 = 75;
/// What it costs when the levels of two headings differ.
const OTHER_LEVEL: u32 = 40;
/// What it costs when two headings were given different names.
const OTHER_NAME: u32 = 60;
/// What a section costs less when it has the same place in both outlines.
const SAME_PLACE: u32 = 25;

/// A block in the first language, its counterpart in the second, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub first: Option<usize>,
    pub second: Option<usize>,
    /// `s1-2` of a heading, `s1-2-p3` of the third block after it; the first language decides.
    pub anchor: String,
}

/// Headings whose anchor is to be another: the place in the outline, and the anchor.
pub(crate) type Renames = Vec<(usize, String)>;

/// Pairs the blocks of two languages.
pub(crate) fn align(first: &Parsed<'_>, second: &Parsed<'_>) -> (Vec<Row>, [Renames; 2]) {
    let texts = [first, second].map(|parsed| {
        let features = features(parsed);
        let sections = sections(parsed, &features);
        (features, sections)
    });
    let [(a, left), (b, right)] = &texts;
    let pairs = pair_sections(left, right);
    let mut names = Names::new(left, right, &pairs);
    let mut rows = Vec::new();
    for (one, other) in pairs {
        let (one, other) = (one.map(|at| &left[at]), other.map(|at| &right[at]));
        let anchor = names.next(one, other);
        add(&mut rows, (one, a), (other, b), &anchor);
    }
    (rows, names.renames)
}

/// The anchors of the blocks of a page that has one language alone.
pub(crate) fn anchors(parsed: &Parsed<'_>) -> Vec<String> {
    let mut anchors = vec![String::new(); parsed.blocks.len()];
    for section in sections(parsed, &[]) {
        if let Some(heading) = section.heading {
            section.id.clone_into(&mut anchors[heading]);
        }
        for (number, block) in section.blocks.enumerate() {
            anchors[block] = section_anchor(section.id, number + 1, 0);
        }
    }
    anchors
}

/// A heading and the blocks up to the next one.
struct Section<'a> {
    heading: Option<usize>,
    /// Where the heading stands in the outline.
    at: usize,
    level: u8,
    /// The heading's anchor; empty before the first heading.
    id: &'a str,
    place: &'a str,
    blocks: Range<usize>,
    contents: Contents,
}

impl Section<'_> {
    /// Whether a person gave the heading its name.
    fn is_named(&self) -> bool {
        self.id != self.place
    }
}

fn sections<'a>(parsed: &'a Parsed<'_>, features: &[Features]) -> Vec<Section<'a>> {
    let mut sections = vec![Section {
        heading: None,
        at: 0,
        level: 0,
        id: "",
        place: "",
        blocks: 0..0,
        contents: Contents::default(),
    }];
    let mut outline = parsed.outline.iter().enumerate();
    for (block, own) in parsed.blocks.iter().enumerate() {
        let start = parsed.events.get(own.events.start);
        if let Some((Event::Start(Tag::Heading { id: Some(id), .. }), _)) = start
            && own.kind == Kind::Heading
            && let Some((at, anchor)) = outline.find(|(_, anchor)| *anchor.id == **id)
        {
            sections.push(Section {
                heading: Some(block),
                at,
                level: anchor.level,
                id: &anchor.id,
                place: &anchor.place,
                blocks: block + 1..block + 1,
                contents: Contents::default(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.blocks.end = block + 1;
        }
    }
    for section in &mut sections {
        let heading = section.heading.and_then(|at| features.get(at));
        let blocks = features.get(section.blocks.clone()).unwrap_or_default();
        section.contents = Contents::new(heading, blocks);
    }
    sections
}

type Pairs = Vec<(Option<usize>, Option<usize>)>;

fn pair_sections(left: &[Section<'_>], right: &[Section<'_>]) -> Pairs {
    let names = |sections: &[Section<'_>]| -> BTreeSet<String> {
        let named = sections.iter().filter(|section| section.is_named());
        named.map(|section| section.id.to_owned()).collect()
    };
    let names = [names(left), names(right)];
    let levels = |sections: &[Section<'_>]| -> Vec<u8> {
        sections.iter().map(|section| section.level).collect()
    };
    let same_shape = levels(left) == levels(right);
    cheapest(left.len(), right.len(), SECTION_ALONE, |i, j| {
        let (one, other) = (&left[i], &right[j]);
        if i == 0 || j == 0 {
            // What stands before the first heading.
            return (i == j).then_some(0);
        }
        if one.id == other.id && (one.is_named() || other.is_named()) {
            return Some(0);
        }
        // A heading whose given name stands elsewhere in the other language belongs there.
        if names[1].contains(one.id) || names[0].contains(other.id) {
            return None;
        }
        let mut cost = one.contents.cost(&other.contents);
        if one.level != other.level {
            cost += OTHER_LEVEL;
        }
        if one.is_named() && other.is_named() {
            cost += OTHER_NAME;
        }
        if one.place == other.place {
            cost = cost.saturating_sub(SAME_PLACE);
            // Where both outlines are alike, a section is rather translated freely than not at all.
            if same_shape {
                cost = cost.min(2 * SECTION_ALONE - 1);
            }
        }
        Some(cost)
    })
}

/// The anchors that headings have in both languages.
struct Names {
    renames: [Renames; 2],
    /// The anchors of the first language.
    taken: BTreeSet<String>,
    /// The anchor of the section before, and how many followed it that the first language lacks.
    last: String,
    extra: usize,
}

impl Names {
    fn new(left: &[Section<'_>], right: &[Section<'_>], pairs: &Pairs) -> Self {
        let mut taken: BTreeSet<String> = left.iter().map(|one| one.id.to_owned()).collect();
        // A name that the second language alone was given holds in both.
        let shared = pairs.iter().filter_map(|(one, other)| {
            let (one, other) = (&left[(*one)?], &right[(*other)?]);
            (other.is_named() && !one.is_named()).then(|| other.id.to_owned())
        });
        taken.extend(shared);
        Self {
            renames: [Vec::new(), Vec::new()],
            taken,
            last: "s0".to_owned(),
            extra: 0,
        }
    }

    /// The anchor of the next section.
    fn next(&mut self, one: Option<&Section<'_>>, other: Option<&Section<'_>>) -> String {
        let (anchor, is_extra) = match (one, other) {
            (Some(one), Some(other)) if !one.is_named() && other.is_named() => (other.id, false),
            (Some(one), _) => (one.id, false),
            (None, Some(other)) => (other.id, true),
            (None, None) => ("", false),
        };
        let mut anchor = anchor.to_owned();
        if is_extra {
            // Its place may be that of another section in the first language.
            while !self.taken.insert(anchor.clone()) {
                self.extra += 1;
                anchor = format!("{}x{}", self.last, self.extra);
            }
        } else if !anchor.is_empty() {
            anchor.clone_into(&mut self.last);
            self.extra = 0;
        }
        for (side, section) in [one, other].into_iter().enumerate() {
            // Two names that a person gave stay as they are.
            let own = section.filter(|own| own.heading.is_some() && *own.id != *anchor);
            if let Some(own) = own.filter(|own| !own.is_named() || is_extra) {
                self.renames[side].push((own.at, anchor.clone()));
            }
        }
        anchor
    }
}

/// `s1-2-p3`, or `s1-2-p3x1` for a block that the first language does not have.
fn section_anchor(section: &str, number: usize, extra: usize) -> String {
    let dash = if section.is_empty() { "" } else { "-" };
    match extra {
        0 => format!("{section}{dash}p{number}"),
        _ => format!("{section}{dash}p{number}x{extra}"),
    }
}

type Side<'s, 'a> = (Option<&'s Section<'a>>, &'s [Features]);

/// Adds the rows of a section in one language or both.
fn add(rows: &mut Vec<Row>, first: Side<'_, '_>, second: Side<'_, '_>, id: &str) {
    let [one, other] = [first, second].map(|(section, _)| section);
    let heading = |section: Option<&Section<'_>>| section.and_then(|section| section.heading);
    if heading(one).is_some() || heading(other).is_some() {
        rows.push(Row {
            first: heading(one),
            second: heading(other),
            anchor: id.to_owned(),
        });
    }
    let blocks = |section: Option<&Section<'_>>| section.map_or(0..0, |own| own.blocks.clone());
    let (a, b) = (blocks(one), blocks(other));
    let pairs = cheapest(a.len(), b.len(), ALONE, |i, j| {
        first.1[a.start + i].cost(&second.1[b.start + j])
    });
    let (mut number, mut extra) = (0, 0);
    for (left, right) in pairs {
        if left.is_some() || one.is_none() {
            (number, extra) = (number + 1, 0);
        } else {
            extra += 1;
        }
        rows.push(Row {
            first: left.map(|at| a.start + at),
            second: right.map(|at| b.start + at),
            anchor: section_anchor(id, number, extra),
        });
    }
}

#[cfg(test)]
mod tests;
