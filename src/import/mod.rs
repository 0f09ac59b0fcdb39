//! A source document to Markdown and data that a person can edit.
//!
//! In: a file of Chinese text, damaged or not. Out: `content/<page>.zh.md`, `content/data/*.yaml` and
//! a record. The stages, in order, each a plain function that knows nothing of the next:
//!
//! 1. [`decode`]: bytes to lines, and the encoding with its evidence.
//! 2. [`repair`](crate::repair) and [`corrections`]: damaged lines to readable ones, with [`evidence`].
//! 3. [`mod@normalise`]: named fixers.
//! 4. [`sections`]: lines to a tree.
//! 5. [`facts`]: counts and dated policies in the tree.
//! 6. [`markdown`], [`yaml_text`], [`slug`]: tree and facts to files.
//! 7. [`plan`]: files, disk and [`record`] to what has to change, wherever a page was `moved`; then it is carried out.
//!
//! Promises: every line of the source is on a page or in the record with the reason, and all of them
//! are in the evidence; a second import changes nothing; no file that a person has edited is touched.

pub mod account;
mod chars;
pub mod corrections;
pub mod decode;
pub mod escape;
pub mod evidence;
pub mod facts;
pub mod markdown;
mod moved;
pub mod normalise;
mod pages;
pub mod plan;
pub mod record;
pub mod regions;
mod restoration;
pub mod sections;
pub mod slug;
mod write;
pub mod yaml_text;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::config::Config;
use crate::content::load;
use crate::diagnostic::{self, Diagnostic, slashed};
use crate::error::{Error, Result};
use crate::figures::Vocabulary;
use crate::repair::{RepairedLine, repair_lines};

use account::Account;
use corrections::Correction;
use decode::Decoded;
use evidence::Evidence;
use normalise::Fixers;
use plan::Wanted;
use record::{Normalised, Record, SourceRecord};
use sections::TextLine;
use slug::Names;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The record as it is now on disk; `None` if the source could not be imported.
    pub record: Option<Record>,
    /// Its path, relative to the root.
    pub record_path: String,
    /// The path of the evidence beside it.
    pub evidence_path: String,
    /// The pages, in order: path and title.
    pub pages: Vec<(String, String)>,
    /// The data, in order: path and title.
    pub data: Vec<(String, String)>,
    /// Files that were written, the record and the evidence included.
    pub written: Vec<String>,
    /// Files that were as they should be.
    pub unchanged: Vec<String>,
    /// Files that a person has edited: each has the new text beside it.
    pub beside: Vec<String>,
    /// What the person should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// Imports `file` into the report at `root`.
///
/// # Errors
/// If the source can't be read, or something can't be written.
pub fn import(root: &Path, file: &Path, config: &Config) -> Result<Outcome> {
    if corrections::is_corrections(file) {
        return Err(Error::usage(
            format!("{} is a list of corrections", slashed(file)),
            "import the source that it is for: its corrections are applied on the way",
        ));
    }
    let bytes = fs::read(file).map_err(Error::read(file))?;
    let (records, broken) = write::records(root)?;
    let mut outcome = Outcome::default();
    if !broken.is_empty() {
        outcome.diagnostics = broken;
        return Ok(outcome);
    }
    let source = source_name(root, file);
    let (corrections, wrong) = corrections::read(root, &source)?;
    outcome.diagnostics.extend(wrong);
    let known = records
        .iter()
        .map(|(_, record)| record.source.file.as_str());
    outcome
        .diagnostics
        .extend(corrections::strays(root, &source, known)?);
    let own = record::own(&records, &source, &bytes);
    let others: Vec<&Record> = records
        .iter()
        .filter(|(path, _)| own.is_none_or(|(own, _)| own != path))
        .map(|(_, record)| record)
        .collect();
    let taken = Taken::by(&others);
    let given = Given {
        bytes: &bytes,
        source: &source,
        file,
        config,
        corrections: &corrections,
        names: &load::read_names(root, &mut outcome.diagnostics),
        words: &load::read_vocabulary(root, &mut outcome.diagnostics),
    };
    let Some(mut digested) = digest(&given, taken, &mut outcome) else {
        return Ok(outcome);
    };

    outcome.record_path =
        own.map_or_else(|| record::path(&source, &records), |(path, _)| path.clone());
    outcome.evidence_path = record::evidence_path(&outcome.record_path);
    let foreign = others.iter().flat_map(|record| &record.files);
    let foreign = foreign.map(|file| file.path.as_str()).collect();
    let earlier = own.map(|(_, record)| record);
    let moves = moved::find(root, &digested.files, earlier, &foreign);
    moved::apply(
        &moves,
        &mut digested.files,
        &mut digested.record,
        &mut outcome.pages,
    );
    let earlier = earlier.map(|record| moved::follow(&moves, record));
    let earlier = earlier.as_ref();
    let mut paths = BTreeSet::from([outcome.record_path.clone(), outcome.evidence_path.clone()]);
    for file in &digested.files {
        paths.extend([file.path.clone(), plan::beside(&file.path)]);
    }
    paths.extend(
        earlier
            .iter()
            .flat_map(|record| record.files.iter().map(|file| file.path.clone())),
    );
    let disk = write::look(root, &paths)?;

    let mut plan = plan::plan(digested.files, &disk, earlier);
    moved::note(&moves, &mut plan.files);
    let record = Record {
        files: std::mem::take(&mut plan.files),
        ..digested.record
    };
    let text = record.write().map_err(|error| {
        Error::usage(
            format!("can't write the record: {error}"),
            "report this, with the source",
        )
    })?;
    // The record comes last, so that it is never ahead of the rest.
    for (path, text) in [
        (&outcome.evidence_path, digested.evidence.write()),
        (&outcome.record_path, text),
    ] {
        let path = path.clone();
        if disk.get(&path) == Some(&plan::text_digest(text.as_bytes())) {
            plan.unchanged.push(path);
        } else {
            plan.write.push(Wanted { path, text });
        }
    }
    write::carry_out(root, &plan)?;

    outcome.record = Some(record);
    outcome.written = plan.write.into_iter().map(|file| file.path).collect();
    outcome.unchanged = plan.unchanged;
    outcome.beside = plan.beside;
    outcome.diagnostics.extend(plan.diagnostics);
    diagnostic::sort(&mut outcome.diagnostics);
    Ok(outcome)
}

/// What the stages work on.
struct Given<'a> {
    bytes: &'a [u8],
    /// What the source is known by.
    source: &'a str,
    file: &'a Path,
    config: &'a Config,
    corrections: &'a [Correction],
    names: &'a crate::names::Names,
    words: &'a Vocabulary,
}

/// A source after all stages: the files it makes, its evidence, and its record but for what is on
/// disk.
struct Digested {
    files: Vec<Wanted>,
    evidence: Evidence,
    record: Record,
}

/// All stages between reading and writing. `None` means that there is nothing to import.
fn digest(given: &Given<'_>, taken: Taken, outcome: &mut Outcome) -> Option<Digested> {
    let &Given {
        bytes,
        source,
        file,
        config,
        corrections,
        names,
        words,
    } = given;
    let (fixers, unknown) = Fixers::switched(&config.import.fixers);
    let (mut page_names, bad) = Names::new(&config.import.names, taken.pages);
    let (mut data_names, _) = Names::new(&config.import.names, taken.data);
    outcome.diagnostics.extend(unknown.into_iter().chain(bad));
    let shown = if source.contains('/') {
        Path::new(source)
    } else {
        file
    };

    let (decoded, said) = decode::decode(bytes, shown, restorable);
    outcome.diagnostics.extend(said);
    let decoded = decoded?;
    let restored = restoration::restore(
        &decoded,
        &config.lexicon,
        corrections,
        shown,
        &mut outcome.diagnostics,
    );
    let (lines, normalised) = normalise(&decoded, restored.lines, &fixers);
    let document = sections::split(&lines, words);

    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let written = pages::write(
        &document,
        &pages::Origin {
            bytes,
            decoded: &decoded,
            file: &name,
            evidence: &restored.evidence,
            names,
            words,
        },
        &mut page_names,
        &mut data_names,
    );
    outcome.diagnostics.extend(
        written
            .diagnostics
            .iter()
            .cloned()
            .map(|said| said_of(said, shown)),
    );
    let record = Record {
        source: SourceRecord {
            file: source.to_owned(),
            sha256: plan::digest(bytes),
            encoding: decoded.encoding.to_owned(),
            evidence: decoded.evidence.clone(),
        },
        title: document.title.as_ref().map(|title| title.text.clone()),
        repaired: restored.repaired,
        corrections: restored.corrections,
        normalised,
        lines: written.account,
        files: Vec::new(),
    };
    outcome.pages = written.pages;
    outcome.data = written.data;
    Some(Digested {
        files: written.files,
        evidence: Evidence {
            source: source.to_owned(),
            sha256: record.source.sha256.clone(),
            lines: restored.evidence,
        },
        record,
    })
}

/// The stages know a source by its name; a message says its path.
fn said_of(mut said: Diagnostic, path: &Path) -> Diagnostic {
    if let Some(place) = &mut said.place {
        path.clone_into(&mut place.file);
    }
    said
}

/// Runs the fixers over every line; lines that are left out come out as no line at all.
fn normalise(
    decoded: &Decoded,
    readable: Vec<RepairedLine>,
    fixers: &Fixers,
) -> (Vec<TextLine>, Vec<Normalised>) {
    let fixed: Vec<normalise::Fixed> = readable
        .into_par_iter()
        .map(|line| fixers.fix(&line.text))
        .collect();
    let mut by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut lines = Vec::new();
    for (line, fixed) in decoded.lines.iter().zip(fixed) {
        for fixer in fixed.by {
            by.entry(fixer).or_default().push(line.number);
        }
        if line.left_out.is_none() {
            lines.push(TextLine {
                number: line.number,
                text: fixed.text,
            });
        }
    }
    let in_order = normalise::FIXERS.iter().filter_map(|fixer| {
        Some(Normalised {
            fixer: fixer.name.to_owned(),
            lines: account::ranges(by.get(fixer.name)?),
        })
    });
    (lines, in_order.collect())
}

/// What a source is known by: its path relative to the root, or its name if it is elsewhere.
fn source_name(root: &Path, file: &Path) -> String {
    let inside = match (root.canonicalize(), file.canonicalize()) {
        (Ok(root), Ok(file)) => file.strip_prefix(root).ok().map(slashed),
        _ => None,
    };
    inside.unwrap_or_else(|| {
        file.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    })
}

/// How many of these lines repair can restore: what [`decode`] asks before it takes one encoding for
/// another.
#[must_use]
pub fn restorable(lines: &[&str]) -> usize {
    let repaired = repair_lines(lines);
    repaired.iter().filter(|line| line.is_repaired()).count()
}

/// The names that the imports of other sources have.
#[derive(Default)]
struct Taken {
    pages: BTreeSet<String>,
    data: BTreeSet<String>,
}

impl Taken {
    fn by(records: &[&Record]) -> Self {
        let mut taken = Self::default();
        for file in records.iter().flat_map(|record| &record.files) {
            if let Some(name) = pages::data_name(&file.path) {
                taken.data.insert(name.to_owned());
                continue;
            }
            // A page that was moved may come back.
            let paths = [Some(&file.path), file.moved_from.as_ref()];
            for name in paths
                .into_iter()
                .flatten()
                .filter_map(|path| pages::page_name(path))
            {
                taken.pages.insert(name.to_owned());
            }
        }
        taken
    }
}

impl Outcome {
    /// What became of every line of the source.
    #[must_use]
    pub fn account(&self) -> &[Account] {
        self.record
            .as_ref()
            .map(|record| record.lines.as_slice())
            .unwrap_or_default()
    }
}
