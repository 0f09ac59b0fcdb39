//! Where the lines of each source stand, in the site and in the report.
//!
//! In: the evidence of the imports, and what the pages say of their sources. Out: [`Source`]s. Promise:
//! a part is a row of whole lines, and every line is in one.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use crate::content::Report;
use crate::import::account;
use crate::import::evidence::Evidence;
use crate::import::record::FOLDER;
use crate::lang::Lang;
use crate::render::markdown::Words;
use crate::render::restoration::NAME;
use crate::render::views::SourceLinkView;

/// Characters on a page, about: more make it slow to open.
const LONGEST_PART: usize = 40_000;

/// A source with its pages in the site.
#[derive(Debug)]
pub(in crate::render) struct Source<'a> {
    /// Its name in the address.
    pub stem: &'a str,
    pub evidence: &'a Evidence,
    /// The lines on each of its pages.
    pub parts: Vec<RangeInclusive<usize>>,
    /// The pages of the report that were made from it, by line.
    places: Vec<Place>,
}

/// The lines that a page of the report was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Place {
    first: usize,
    last: usize,
    /// An index into [`Report::entries`].
    pub entry: usize,
}

/// The sources of a report.
pub(in crate::render) fn sources(report: &Report) -> Vec<Source<'_>> {
    let mut sources: Vec<Source<'_>> = report
        .restorations
        .iter()
        .map(|(stem, evidence)| Source {
            stem,
            evidence,
            parts: parts(evidence),
            places: Vec::new(),
        })
        .collect();
    for number in 0..report.entries.len() {
        let Some((file, lines)) = source_of(report, number) else {
            continue;
        };
        let Some(source) = sources.iter_mut().find(|source| source.is(file)) else {
            continue;
        };
        for (first, last) in account::parse(lines) {
            source.places.push(Place {
                first,
                last,
                entry: number,
            });
        }
    }
    for source in &mut sources {
        source
            .places
            .sort_by_key(|place| (place.first, place.entry));
    }
    sources
}

/// What an entry says of its source, in whichever language.
fn source_of(report: &Report, entry: usize) -> Option<(&str, &str)> {
    let pages = Lang::ALL
        .iter()
        .filter_map(|lang| report.entries[entry].only(*lang));
    pages
        .filter_map(|page| report.pages[page].meta.source.as_ref())
        .find_map(|source| Some((source.file.as_str(), source.lines.as_deref()?)))
}

/// The link from a page of the report to its lines.
pub(in crate::render) fn link(
    sources: &[Source<'_>],
    report: &Report,
    entry: usize,
    lang: Lang,
) -> Option<SourceLinkView> {
    let (file, lines) = source_of(report, entry)?;
    let source = sources.iter().find(|source| source.is(file))?;
    let (first, _) = account::parse(lines).first().copied()?;
    let part = source.part_of(first)?;
    Some(SourceLinkView {
        path: source.path(part, lang),
        anchor: format!("L{first}"),
        file: file.to_owned(),
        lines: lines.replace('-', "–"),
    })
}

/// The address of the first page of a source.
pub(super) fn first_path(stem: &str, lang: Lang) -> String {
    format!("{lang}/{NAME}/{stem}.html")
}

fn parts(evidence: &Evidence) -> Vec<RangeInclusive<usize>> {
    let mut parts: Vec<RangeInclusive<usize>> = Vec::new();
    let (mut first, mut last, mut characters) = (None, 0, 0);
    for (&number, line) in &evidence.lines {
        let length = line.text.chars().count();
        if let Some(from) = first
            && characters + length > LONGEST_PART
        {
            parts.push(from..=last);
            (first, characters) = (None, 0);
        }
        first = first.or(Some(number));
        last = number;
        characters += length;
    }
    parts.extend(first.map(|from| from..=last));
    parts
}

impl Source<'_> {
    /// The title of its pages.
    pub fn title(&self, words: &Words) -> String {
        let word = |key: &str| words.get(key).map_or("", String::as_str);
        format!("{}{}{}", word("source_title"), word("colon"), self.name())
    }

    /// What its pages are.
    pub fn description(&self, words: &Words) -> String {
        let sentence = words.get("source_description");
        sentence.map_or_else(String::new, |text| text.replace("{name}", self.name()))
    }

    /// Whether front matter that names this file means it.
    fn is(&self, file: &str) -> bool {
        self.evidence.source == file || self.name() == file
    }

    /// The name of its file.
    pub fn name(&self) -> &str {
        let source = self.evidence.source.as_str();
        source.rsplit('/').next().unwrap_or(source)
    }

    /// The file with its evidence, relative to the root.
    pub fn file(&self) -> PathBuf {
        PathBuf::from(format!("{FOLDER}/{}.evidence.yaml", self.stem))
    }

    /// The address of one of its pages, from the site's top.
    pub fn path(&self, part: usize, lang: Lang) -> String {
        match part {
            0 => first_path(self.stem, lang),
            _ => format!("{lang}/{NAME}/{}.{}.html", self.stem, part + 1),
        }
    }

    /// The part that a line is in.
    pub fn part_of(&self, line: usize) -> Option<usize> {
        let before = self.parts.partition_point(|part| *part.end() < line);
        let part = self.parts.get(before)?;
        part.contains(&line).then_some(before)
    }

    /// The page of the report that a line is on.
    pub(in crate::render) fn place_of(&self, line: usize) -> Option<&Place> {
        let before = self.places.partition_point(|place| place.first <= line);
        let place = self.places.get(before.checked_sub(1)?)?;
        (place.last >= line).then_some(place)
    }
}
