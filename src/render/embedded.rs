//! The themes that are built into the program, so that it needs no files beside it.
//!
//! In: `themes/default/` and `themes/institution/` of the source. Out: their files by path. Promise:
//! every file of these folders is listed (a test compares).

/// The names of these themes.
pub(super) const NAMES: [&str; 2] = ["default", "institution"];

/// The files of a theme, by their paths in its folder, in order.
pub(super) type Files = &'static [(&'static str, &'static [u8])];

macro_rules! embedded {
    ($theme:literal, $($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/", $theme, "/", $path)).as_slice())),*]
    };
}

/// Every file of the default theme, on which all others build.
pub(super) const DEFAULT: Files = embedded![
    "default",
    "static/choose.css",
    "static/lists.css",
    "static/paper.css",
    "static/parallel.css",
    "static/reader.js",
    "static/search.js",
    "static/site.js",
    "static/source.css",
    "static/source.js",
    "static/style.css",
    "templates/404.html",
    "templates/alias.html",
    "templates/base.html",
    "templates/chart.html",
    "templates/child.html",
    "templates/choose.html",
    "templates/cite.html",
    "templates/contents.html",
    "templates/glossary.html",
    "templates/head.html",
    "templates/home.html",
    "templates/listing.html",
    "templates/neighbours.html",
    "templates/page.html",
    "templates/pairs.html",
    "templates/parallel.html",
    "templates/print.html",
    "templates/report.html",
    "templates/search.html",
    "templates/section.html",
    "templates/sitemap.xml",
    "templates/source.html",
    "templates/sources.html",
    "templates/styles.html",
    "templates/tag.html",
    "templates/tags.html",
    "templates/terms.html",
    "templates/timeline.html",
    "templates/titles.html",
    "templates/volumes.html",
    "words/en.yaml",
    "words/zh.yaml",
];

/// Every file of the theme for an institution's reports.
const INSTITUTION: Files = embedded![
    "institution",
    "static/institution.css",
    "templates/home.html",
    "templates/styles.html",
    "words/en.yaml",
    "words/zh.yaml",
];

/// The files of a built-in theme.
pub(super) fn theme(name: &str) -> Option<Files> {
    match name {
        "default" => Some(DEFAULT),
        "institution" => Some(INSTITUTION),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use walkdir::WalkDir;

    use super::*;
    use crate::diagnostic::slashed;

    #[test]
    fn every_file_of_the_built_in_themes_is_embedded() {
        for name in NAMES {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("themes")
                .join(name);
            let on_disk: Vec<String> = WalkDir::new(&folder)
                .sort_by_file_name()
                .into_iter()
                .flatten()
                .filter(|entry| entry.file_type().is_file())
                .map(|entry| slashed(entry.path().strip_prefix(&folder).unwrap()))
                .collect();
            let embedded = theme(name).unwrap().iter().map(|(path, _)| *path);
            assert_eq!(on_disk, embedded.collect::<Vec<_>>(), "{name}");
        }
    }
}
