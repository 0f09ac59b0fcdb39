//! What `parallel.html` gets besides a page's view.

use serde::Serialize;

use crate::render::views::PageView;

/// What the template can use besides `site`, the report in the first language, and `sites`, in both.
#[derive(Serialize)]
pub(super) struct View<'a> {
    pub root: &'a str,
    /// The page in the frame of the first language; its text is in `parallel`.
    pub page: &'a PageView<'a>,
    pub parallel: ParallelView,
}

/// The page in both languages; every pair is in the order of the languages.
#[derive(Serialize)]
pub(super) struct ParallelView {
    pub heads: Vec<HeadView>,
    pub rows: Vec<RowView>,
    pub contents: Vec<EntryView>,
    pub breadcrumbs: Vec<PairView>,
    pub children: Vec<PairView>,
    pub previous: Option<PairView>,
    pub next: Option<PairView>,
}

/// Title and description in one language.
#[derive(Serialize)]
pub(super) struct HeadView {
    pub tag: &'static str,
    pub title: String,
    pub description: Option<String>,
}

/// A block in both languages.
#[derive(Serialize)]
pub(super) struct RowView {
    /// Its anchor; empty for what can't be linked to.
    pub id: String,
    /// `heading`, `text`, or `end` for what comes after the text: notes, and charts of the page's head.
    pub kind: &'static str,
    pub cells: Vec<CellView>,
}

/// A block in one language.
#[derive(Serialize)]
pub(super) struct CellView {
    pub tag: &'static str,
    /// Nothing if this language does not have the block.
    pub html: Option<String>,
}

/// A heading in both languages.
#[derive(Serialize)]
pub(super) struct EntryView {
    pub id: String,
    pub level: u8,
    pub words: Vec<WordsView>,
}

/// Words with their language, as HTML.
#[derive(Serialize)]
pub(super) struct WordsView {
    pub tag: &'static str,
    pub html: String,
}

/// A page of the edition, by its titles in both languages.
#[derive(Clone, Serialize)]
pub(super) struct PairView {
    pub path: String,
    pub is_folder: bool,
    pub titles: Vec<TitleView>,
}

/// A title with its language.
#[derive(Clone, Serialize)]
pub(super) struct TitleView {
    pub tag: &'static str,
    /// As HTML, with places where a line may break.
    pub html: String,
}
