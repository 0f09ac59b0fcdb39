//! What `source.html` gets beside the view that every page has.

use serde::Serialize;

use crate::render::views::LinkView;

/// A source, or a part of one.
#[derive(Debug, Serialize)]
pub(super) struct SourceView {
    /// The name of its file.
    pub name: String,
    /// The `lang` tag of its text.
    pub tag: &'static str,
    /// Which part this is, from 1.
    pub part: usize,
    /// How many there are.
    pub parts: usize,
    /// What is known about all of it.
    pub counts: CountsView,
    /// What damaged it, on the first part.
    pub families: Vec<FamilyView>,
    /// The lines of this part.
    pub groups: Vec<GroupView>,
}

/// A source in the list of all.
#[derive(Debug, Serialize)]
pub(super) struct ListedView {
    pub path: String,
    /// The name of its file.
    pub name: String,
    pub counts: CountsView,
}

/// How much is known how well.
#[derive(Debug, Default, Serialize)]
pub(super) struct CountsView {
    pub lines: usize,
    /// Lines that were damaged.
    pub damaged: usize,
    /// Characters that were restored.
    pub restored: usize,
    /// Those of them that the surviving bytes determine.
    pub exact: usize,
    /// Those that were chosen.
    pub inferred: usize,
    /// Those of the chosen ones that are doubtful.
    pub doubtful: usize,
    /// Those that a person corrected.
    pub by_hand: usize,
    /// Characters that are gone.
    pub lost: usize,
    /// Places that a person corrected.
    pub corrected: usize,
}

/// Kinds of damage that have much in common, in plain words.
#[derive(Debug, Serialize)]
pub(super) struct FamilyView {
    /// What happened to all of them, sentence by sentence.
    pub sentences: Vec<String>,
    /// The kinds, the most frequent first.
    pub kinds: Vec<KindView>,
}

/// One of them.
#[derive(Debug, Serialize)]
pub(super) struct KindView {
    /// How many lines have it: `In 5 lines:`.
    pub lines: String,
    /// What happened besides; nothing, if the others went on.
    pub sentences: Vec<String>,
    /// One place of the source, step by step.
    pub example: Option<ExampleView>,
}

/// A few characters on their way through a channel. The cells of each row go over as many bytes as
/// they say.
#[derive(Debug, Serialize)]
pub(super) struct ExampleView {
    /// The line that it is from.
    pub line: usize,
    /// The page with that line.
    pub path: String,
    pub characters: Vec<CellView>,
    pub bytes: Vec<String>,
    pub readings: Vec<CellView>,
    /// What stood in the source.
    pub left: String,
    /// How many bytes there are.
    pub width: usize,
}

/// A cell.
#[derive(Debug, Serialize)]
pub(super) struct CellView {
    pub text: String,
    /// Bytes that it goes over.
    pub width: usize,
    /// The bytes could not be read.
    pub is_lost: bool,
}

/// The lines of one section.
#[derive(Debug, Serialize)]
pub(super) struct GroupView {
    /// Its anchor.
    pub id: String,
    /// The page of the report that they are on.
    pub page: Option<LinkView>,
    pub lines: Vec<LineView>,
}

/// A line.
#[derive(Debug, Default, Serialize)]
pub(super) struct LineView {
    pub number: usize,
    /// Its text, cut where the evidence changes.
    pub runs: Vec<RunView>,
    /// What the source has, if that is another text.
    pub original: Vec<RunView>,
    /// What damaged it, by the names of the channels.
    pub channels: Vec<String>,
    /// Whether damaging the text again gives the original.
    pub replays: Option<bool>,
    pub doubtful: usize,
    pub lost: usize,
    pub corrected: usize,
    /// Its text is not kept.
    pub left_out: bool,
}

/// A run of characters of which the same is known.
#[derive(Debug, Default, Clone, PartialEq, Serialize)]
pub(super) struct RunView {
    /// `plain`, `inferred`, `doubt`, `lost`, `corrected`, `damage`, `code`.
    pub kind: &'static str,
    pub text: String,
    /// An anchor for what is said about it, of a doubt or a correction.
    pub id: String,
    /// What it may be, the chosen one first.
    pub candidates: Vec<CandidateView>,
    /// What stood there before a person corrected it.
    pub was: String,
    /// What the channel says of the correction: `fits`, `questioned`, `unchecked`.
    pub check: &'static str,
    /// The person's remark.
    pub note: String,
    /// Characters.
    pub length: usize,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct CandidateView {
    pub character: String,
    /// Its probability in percent.
    pub percent: String,
}
