//! Whole imports in a folder: what is written, what is left alone, what is said.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mingwen::config::Config;
use mingwen::import::{Outcome, import};

/// A report in a folder that goes when the test ends.
pub struct Report(tempfile::TempDir);

impl Report {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn source(&self, name: &str, bytes: &[u8]) {
        self.write(&format!("sources/{name}"), bytes);
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn import(&self, name: &str, config: &Config) -> Outcome {
        import(self.root(), &self.path("sources").join(name), config).unwrap()
    }

    fn again(&self) -> Outcome {
        self.import("s.txt", &config("{}"))
    }
}

/// Every file with its bytes and the time it was written.
pub fn digest_of_folder(root: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let time = entry.metadata().unwrap().modified().unwrap();
            (
                entry.path().to_owned(),
                (fs::read(entry.path()).unwrap(), time),
            )
        })
        .collect()
}

fn config(import: &str) -> Config {
    Config::parse(&format!("import: {import}\n")).unwrap()
}

pub fn said(outcome: &Outcome) -> String {
    let lines: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    lines.join("\n")
}

const SOURCE: &str =
    "城里的灯\n① 东街\n东街有灯。\n② 西街\n据统计,甲巷(3盏)、乙巷(5盏)；丙巷(7处)、丁巷(9处)。\n";
const EAST: &str = "content/dong-jie.zh.md";
const EVIDENCE: &str = "content/imports/s.evidence.yaml";
const WEST: &str = "content/xi-jie.zh.md";

fn imported() -> Report {
    let report = Report::new();
    report.source("s.txt", SOURCE.as_bytes());
    report.again();
    report
}

#[test]
fn a_source_becomes_pages_data_and_a_record() {
    let report = imported();
    let shown: Vec<String> = [
        EAST,
        WEST,
        "content/data/xi-jie-counts.yaml",
        EVIDENCE,
        "content/imports/s.yaml",
    ]
    .iter()
    .map(|path| format!("== {path}\n{}", report.read(path)))
    .collect();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/import/small.txt");
    let shown = shown.join("");
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(&golden, &shown).unwrap();
    }
    assert_eq!(shown, fs::read_to_string(golden).unwrap());
}

/// 今年 and months without a year, on a page that names no year itself.
#[test]
fn the_year_of_a_document_holds_on_every_page() {
    let report = Report::new();
    let source = "灯的通报\n发布日期：2022年7月6日\n①东街\n5月12日，甲局发布《路灯办法》；今年6月，东街修灯30盏。\n\
        ②西街\n11月，西街修灯9盏。去年11月印发的《夜景办法》已经落地。\n";
    report.source("s.txt", source.as_bytes());
    report.again();
    let policies = report.read("content/data/dong-jie-policies.yaml");
    assert!(policies.contains("date: 2022-05-12"), "{policies}");
    let dates = report.read("content/data/dong-jie-dates.yaml");
    assert!(dates.contains("date: 2022-06-01"), "{dates}");
    // The November of which year, nothing says.
    let policies = report.read("content/data/xi-jie-policies.yaml");
    assert!(policies.contains("date: 2021-11-01"), "{policies}");
    assert!(!report.path("content/data/xi-jie-dates.yaml").exists());
}

#[test]
fn a_second_import_touches_nothing() {
    let report = imported();
    let before = digest_of_folder(report.root());
    let outcome = report.again();
    assert_eq!(outcome.written, Vec::<String>::new());
    assert_eq!(digest_of_folder(report.root()), before);
}

#[test]
fn an_edited_page_is_left_alone_and_the_new_text_put_beside_it() {
    let report = imported();
    let edited = report.read(EAST) + "\n手写的一句。\n";
    report.write(EAST, edited.as_bytes());
    let expect = "error: this file has been edited since it was imported, so it is left as it is\n  \
        --> content/dong-jie.zh.md\n  \
        help: the new text is in content/dong-jie.zh.md.new: take over what you want of it, then delete it;\n        \
        or move it over content/dong-jie.zh.md to have all of it";
    assert_eq!(said(&report.again()), expect);
    assert_eq!(report.read(EAST), edited);
    assert!(
        report
            .read("content/dong-jie.zh.md.new")
            .contains("东街有灯")
    );
    // Once more: the same, and nothing is written.
    let before = digest_of_folder(report.root());
    let outcome = report.again();
    assert_eq!(said(&outcome), expect);
    assert_eq!(outcome.written, Vec::<String>::new());
    assert_eq!(digest_of_folder(report.root()), before);
}

#[test]
fn a_page_that_took_the_new_text_is_ours_again() {
    let report = imported();
    report.write(EAST, "手写".as_bytes());
    report.again();
    fs::copy(report.path("content/dong-jie.zh.md.new"), report.path(EAST)).unwrap();
    let outcome = report.again();
    assert_eq!(said(&outcome), "");
    assert!(!report.path("content/dong-jie.zh.md.new").exists());
    assert_eq!(report.again().written, Vec::<String>::new());
}

#[test]
fn a_changed_text_beside_a_page_is_a_persons_too() {
    let report = imported();
    report.write(EAST, "手写".as_bytes());
    report.again();
    report.write("content/dong-jie.zh.md.new", "也是手写".as_bytes());
    report.source("s.txt", SOURCE.replace("东街有灯", "东街无灯").as_bytes());
    assert_eq!(
        said(&report.again()),
        "error: this file has been edited, and so has the new text beside it; neither is touched\n  \
        --> content/dong-jie.zh.md\n  help: move content/dong-jie.zh.md.new away, then import again"
    );
    assert_eq!(report.read("content/dong-jie.zh.md.new"), "也是手写");
}

#[test]
fn a_page_that_was_there_before_is_left_alone() {
    let report = Report::new();
    report.source("s.txt", SOURCE.as_bytes());
    report.write(EAST, "早就有的".as_bytes());
    let message = said(&report.again());
    assert!(
        message.starts_with("error: this file was here before the import, so it is left as it is"),
        "{message}"
    );
    assert_eq!(said(&report.again()), message);
    assert_eq!(report.read(EAST), "早就有的");
}

#[test]
fn an_edited_data_file_is_left_alone() {
    let report = imported();
    let path = "content/data/xi-jie-counts.yaml";
    let edited = report.read(path).replace("西街", "西街的灯");
    report.write(path, edited.as_bytes());
    let outcome = report.again();
    assert_eq!(outcome.beside, [path]);
    assert_eq!(report.read(path), edited);
    assert!(report.path("content/data/xi-jie-counts.yaml.new").exists());
}

#[test]
fn an_unedited_page_follows_the_source() {
    let report = imported();
    report.source("s.txt", SOURCE.replace("东街有灯", "东街无灯").as_bytes());
    let outcome = report.again();
    assert_eq!(said(&outcome), "");
    assert_eq!(outcome.written, [EAST, EVIDENCE, "content/imports/s.yaml"]);
    assert!(report.read(EAST).contains("东街无灯"));
}

#[test]
fn line_ends_that_version_control_changed_are_no_edit() {
    let report = imported();
    let crlf = report.read(EAST).replace('\n', "\r\n");
    report.write(EAST, crlf.as_bytes());
    assert_eq!(said(&report.again()), "");
    assert_eq!(report.read(EAST), crlf);
}

#[test]
fn a_page_without_a_text_any_more_is_kept_and_said() {
    let report = imported();
    report.source("s.txt", "城里的灯\n① 东街\n东街有灯。\n".as_bytes());
    let message = said(&report.again());
    let expect = "warning: an earlier import of the source wrote this file, this one has no text for it\n  \
        --> content/data/xi-jie-counts-2.yaml\n  help: delete it if it is not needed any more; import never deletes a page";
    assert!(message.starts_with(expect), "{message}");
    assert!(report.path(WEST).exists());
    assert_eq!(said(&report.again()), message);
    // When the section comes back, so does the page.
    report.source("s.txt", SOURCE.as_bytes());
    assert_eq!(said(&report.again()), "");
}

/// A page belongs where the person put it, edited or not, and under any name.
#[test]
fn a_page_that_was_moved_is_neither_overwritten_nor_written_anew() {
    let report = imported();
    let moved = "content/jie/dong-jie.zh.md";
    report.write(moved, report.read(EAST).as_bytes());
    fs::remove_file(report.path(EAST)).unwrap();
    let renamed = "content/jie/west-street.zh.md";
    let edited = report.read(WEST) + "\n手写的一句。\n";
    report.write(renamed, edited.as_bytes());
    fs::remove_file(report.path(WEST)).unwrap();

    let outcome = report.again();
    assert!(!report.path(EAST).exists() && !report.path(WEST).exists());
    assert_eq!(outcome.pages[0].0, moved);
    assert_eq!(outcome.beside, [renamed]);
    assert_eq!(report.read(renamed), edited);
    assert!(
        report
            .read("content/imports/s.yaml")
            .contains("page: content/jie/dong-jie.zh.md")
    );
    let before = digest_of_folder(report.root());
    report.again();
    assert_eq!(digest_of_folder(report.root()), before);

    // It follows its source there as well.
    report.source("s.txt", SOURCE.replace("东街有灯", "东街无灯").as_bytes());
    report.again();
    assert!(report.read(moved).contains("东街无灯"));
    assert!(!report.path(EAST).exists());
    // Another source with such a section does not take its old place.
    report.source("t.txt", SOURCE.as_bytes());
    let outcome = report.import("t.txt", &Config::default());
    assert_eq!(outcome.pages[0].0, "content/dong-jie-2.zh.md");
    // Back where it was, it is known there.
    fs::rename(report.path(moved), report.path(EAST)).unwrap();
    report.again();
    assert!(!report.path(moved).exists());
    assert!(
        !report
            .read("content/imports/s.yaml")
            .contains("moved_from: content/dong-jie")
    );
}

#[test]
fn two_sources_never_share_a_page() {
    let report = imported();
    report.source("t.txt", SOURCE.replace("有灯", "没有灯").as_bytes());
    let outcome = report.import("t.txt", &Config::default());
    assert_eq!(said(&outcome), "");
    assert_eq!(outcome.pages[0].0, "content/dong-jie-2.zh.md");
    assert_eq!(outcome.data[0].0, "content/data/xi-jie-2-counts.yaml");
    assert_eq!(report.again().written, Vec::<String>::new());
    assert_eq!(
        report.import("t.txt", &Config::default()).written,
        Vec::<String>::new()
    );
    // Nor their records, if they differ in the folder or the extension alone.
    report.source("s.md", "别的\n".as_bytes());
    assert_eq!(
        report.import("s.md", &Config::default()).record_path,
        "content/imports/s-2.yaml"
    );
    report.source("old/s.txt", "别的\n".as_bytes());
    assert_eq!(
        report.import("old/s.txt", &Config::default()).record_path,
        "content/imports/s-3.yaml"
    );
    // Nor may one record be another's evidence.
    report.source("s.evidence.txt", "别的\n".as_bytes());
    assert_eq!(
        report
            .import("s.evidence.txt", &Config::default())
            .record_path,
        "content/imports/s-evidence.yaml"
    );
}

#[test]
fn names_are_given_by_numeral_heading_or_automatic_name() {
    let report = Report::new();
    report.source("s.txt", SOURCE.as_bytes());
    let given =
        config("{ names: { ①: east, 西街: west, west-counts: lamps, west-counts-2: posts } }");
    let outcome = report.import("s.txt", &given);
    let paths: Vec<&str> = outcome
        .pages
        .iter()
        .chain(&outcome.data)
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "content/east.zh.md",
            "content/west.zh.md",
            "content/data/lamps.yaml",
            "content/data/posts.yaml"
        ]
    );
    assert!(
        report
            .read("content/west.zh.md")
            .contains("charts: [lamps, posts]\n")
    );
}

#[test]
fn wrong_names_and_fixers_are_said() {
    let report = Report::new();
    report.source("s.txt", SOURCE.as_bytes());
    let wrong = config("{ names: { ①: East Street }, fixers: { join-space: false } }");
    assert_eq!(
        said(&report.import("s.txt", &wrong)),
        "error: `East Street`, given to `①` under `import: names:`, is no name for a file\n  \
        --> site.yaml\n  \
        help: use lowercase letters, digits and hyphens, such as `national-support`; `index` and names such as `con` are taken\n\
        error: unknown fixer `join-space` under `import: fixers:`\n  --> site.yaml\n  help: did you mean `join-spaces`?"
    );
}

#[test]
fn a_fixer_can_be_switched_off() {
    let report = Report::new();
    report.source("s.txt", "标题\n推进 社会 治理,好。\n".as_bytes());
    report.import(
        "s.txt",
        &config("{ fixers: { join-spaces: false, punctuation: false } }"),
    );
    assert!(
        report
            .read("content/biao-ti.zh.md")
            .contains("推进 社会 治理,好。")
    );
}

#[test]
fn a_long_line_is_left_out_and_the_rest_imported() {
    let report = Report::new();
    let source = format!("标题\n{}\n正文。\n", "长".repeat(3_500_000));
    report.source("s.txt", source.as_bytes());
    let outcome = report.again();
    assert_eq!(
        said(&outcome),
        "error: this line has 10.0 MiB, more than the 1.0 MiB that a line of text may have; it is left out\n  \
        --> sources/s.txt:2\n  \
        help: break the line into paragraphs, or take it out of the source if it is no text"
    );
    let left: Vec<_> = outcome
        .account()
        .iter()
        .filter_map(|account| account.left_out.as_deref())
        .collect();
    assert_eq!(left, ["line of 10.0 MiB"]);
    assert!(report.read("content/biao-ti.zh.md").ends_with("正文。\n"));
}

#[test]
fn an_empty_source_writes_nothing() {
    let report = Report::new();
    report.source("s.txt", b"\n \n");
    let outcome = report.again();
    assert_eq!(
        said(&outcome),
        "error: the source holds nothing but white space\n  --> sources/s.txt\n  \
        help: check that this is the file you meant, and that it was saved"
    );
    assert!(!report.path("content").exists());
}

#[test]
fn a_source_that_is_not_there_is_the_environments_fault() {
    let report = Report::new();
    let error = import(report.root(), Path::new("nowhere.txt"), &Config::default()).unwrap_err();
    assert!(
        error.to_string().starts_with("can't read nowhere.txt: "),
        "{error}"
    );
    let error = import(report.root(), report.root(), &Config::default()).unwrap_err();
    assert!(error.to_string().starts_with("can't read "), "{error}");
}

#[test]
fn a_record_that_does_not_parse_stops_the_import() {
    let report = imported();
    report.write("content/imports/s.yaml", b"source: [");
    let before = digest_of_folder(report.root());
    let message = said(&report.again());
    assert!(message.contains("--> content/imports/s.yaml:"), "{message}");
    assert!(
        message.contains("help: take the file back from version control, or delete it"),
        "{message}"
    );
    assert_eq!(digest_of_folder(report.root()), before);
}

#[test]
fn nothing_is_half_done_when_a_folder_is_in_the_way() {
    let report = Report::new();
    report.source("s.txt", SOURCE.as_bytes());
    report.write("content/data/xi-jie-counts.yaml/keep", b"");
    let before = digest_of_folder(report.root());
    let error = import(
        report.root(),
        &report.path("sources/s.txt"),
        &Config::default(),
    )
    .unwrap_err();
    assert!(error.to_string().starts_with("can't "), "{error}");
    assert_eq!(digest_of_folder(report.root()), before);
}
