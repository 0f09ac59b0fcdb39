//! How a site gets to its place: whole or not at all, and never over anything of a person's.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't read its files has failed"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use support::{Run, files, mingwen, write};

/// A report of so many pages in a new folder.
fn report(pages: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let page = |number: usize| {
        let name = if number == 0 {
            "content/index.zh.md".to_owned()
        } else {
            format!("content/p{number}.zh.md")
        };
        (
            name,
            format!("---\ntitle: 第{number}页\n---\n正文\n").into_bytes(),
        )
    };
    write(folder.path(), &(0..pages).map(page).collect());
    folder
}

fn build(report: &Path) -> Run {
    mingwen(report, &["build"])
}

fn built(report: &Path) -> BTreeMap<String, Vec<u8>> {
    files(&report.join("output"))
}

/// What lies in the report's folder, without the site itself.
fn beside(report: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(report)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn two_builds_give_the_same_bytes() {
    let report = report(5);
    assert_eq!(build(report.path()).exit, 0);
    let first = built(report.path());
    assert_eq!(build(report.path()).exit, 0);
    assert_eq!(built(report.path()), first);
    assert_eq!(beside(report.path()), ["content", "output"]);
}

#[test]
fn the_list_names_every_file() {
    let report = report(3);
    build(report.path());
    let mut site = built(report.path());
    let list = String::from_utf8(site.remove(".mingwen").unwrap()).unwrap();
    let listed: Vec<&str> = list.lines().skip(1).collect();
    assert_eq!(listed, site.keys().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_page_that_is_gone_is_gone_from_the_site() {
    let report = report(3);
    build(report.path());
    fs::remove_file(report.path().join("content/p2.zh.md")).unwrap();
    assert_eq!(build(report.path()).exit, 0);
    assert!(!built(report.path()).contains_key("zh/p2.html"));
}

#[test]
fn the_old_site_outlives_a_broken_theme() {
    let report = report(3);
    build(report.path());
    let before = built(report.path());
    for broken in [
        "{% if",
        "{{ page.titel }}",
        "{% extends \"nothing.html\" %}",
    ] {
        let template = report.path().join("themes/default/templates/page.html");
        fs::create_dir_all(template.parent().unwrap()).unwrap();
        fs::write(&template, broken).unwrap();
        let run = build(report.path());
        assert_eq!(run.exit, 1, "{}", run.stderr);
        assert!(run.stdout.contains("unchanged"), "{}", run.stdout);
        assert_eq!(built(report.path()), before, "{broken}");
        assert_eq!(beside(report.path()), ["content", "output", "themes"]);
    }
}

#[test]
fn the_old_site_outlives_a_broken_configuration() {
    let report = report(2);
    build(report.path());
    let before = built(report.path());
    fs::write(report.path().join("site.yaml"), "titel: x\n").unwrap();
    assert_eq!(build(report.path()).exit, 1);
    assert_eq!(built(report.path()), before);
}

#[test]
fn a_mistake_in_one_page_keeps_no_other_back() {
    let report = report(3);
    fs::write(report.path().join("content/p1.zh.md"), "no front matter").unwrap();
    assert_eq!(build(report.path()).exit, 1);
    let site = built(report.path());
    assert!(site.contains_key("zh/p2.html") && !site.contains_key("zh/p1.html"));
}

#[test]
fn a_file_of_a_person_stops_the_build() {
    let report = report(2);
    build(report.path());
    fs::write(report.path().join("output/zh/notes.txt"), "mine").unwrap();
    let before = built(report.path());
    let run = build(report.path());
    assert_eq!(run.exit, 2);
    assert!(run.stderr.contains("zh/notes.txt"), "{}", run.stderr);
    assert_eq!(built(report.path()), before);
}

#[test]
fn a_folder_that_is_not_a_site_is_refused() {
    let report = report(2);
    write(
        report.path(),
        &BTreeMap::from([("output/index.html".to_owned(), b"mine".to_vec())]),
    );
    assert_eq!(build(report.path()).exit, 2);
    let site = built(report.path());
    assert_eq!(site.keys().collect::<Vec<_>>(), ["index.html"]);
}

#[test]
fn what_file_managers_leave_is_no_obstacle() {
    let report = report(2);
    build(report.path());
    let before = built(report.path());
    for name in [
        "output/.DS_Store",
        "output/zh/.DS_Store",
        "output/Thumbs.db",
    ] {
        fs::write(report.path().join(name), "x").unwrap();
    }
    assert_eq!(build(report.path()).exit, 0);
    assert_eq!(built(report.path()), before);
}

#[test]
fn an_empty_folder_may_be_built_into() {
    let report = report(2);
    fs::create_dir(report.path().join("output")).unwrap();
    assert_eq!(build(report.path()).exit, 0);
    assert!(built(report.path()).contains_key("index.html"));
}

#[test]
fn a_new_report_builds_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let run = mingwen(folder.path(), &["init", "new"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    let run = build(&folder.path().join("new"));
    assert_eq!((run.exit, run.stderr.as_str()), (0, ""));
    let site = built(&folder.path().join("new"));
    for page in ["index.html", "zh/index.html", "en/index.html"] {
        assert!(site.contains_key(page), "{page}");
    }
}

/// The three commands in order, in an empty folder, with a copy of the program that has nothing beside it.
#[test]
fn a_copied_program_makes_a_report_from_a_source() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("copy");
    fs::copy(env!("CARGO_BIN_EXE_mingwen"), &program).unwrap();
    let root = folder.path().join("empty");
    fs::create_dir(&root).unwrap();
    let clean = "① 城市公园\n园林局2020年新建公园，市民周末常去散步。\n";
    let damaged = mingwen::repair::damage(&mingwen::repair::CHANNELS[0], clean);
    fs::write(
        folder.path().join("source.txt"),
        damaged + "锟斤拷锟斤拷锟斤拷\n",
    )
    .unwrap();
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(&program)
            .args(arguments)
            .current_dir(&root)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        said
    };
    run(&["init", "."]);
    let said = run(&["import", "../source.txt"]);
    assert!(
        said.contains("source.txt:3") && said.contains("lost"),
        "{said}"
    );
    run(&["build"]);
    let pages = files(&root.join("output/zh"));
    let restored = pages.values().any(|page| {
        String::from_utf8_lossy(page).contains("园林局2020年新建公园，市民周末常去散步。")
    });
    assert!(restored, "{:?}", pages.keys());
}

#[test]
fn check_writes_nothing() {
    let report = report(2);
    assert_eq!(mingwen(report.path(), &["check"]).exit, 0);
    assert_eq!(beside(report.path()), ["content"]);
}

/// While a site is replaced, whoever looks finds the old one or the new one, never a part.
#[test]
#[cfg(target_os = "linux")]
fn a_site_is_never_half_there() {
    let report = report(200);
    assert_eq!(build(report.path()).exit, 0);
    let output = report.path().join("output");
    let done = AtomicBool::new(false);
    let misses = std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut misses = 0;
            while !done.load(Ordering::Relaxed) {
                // The first and the last files of a site, by one path each: both are in every site.
                misses += usize::from(!output.join("index.html").exists());
                misses += usize::from(!output.join("zh/p199.html").exists());
            }
            misses
        });
        for _ in 0..5 {
            assert_eq!(build(report.path()).exit, 0);
        }
        done.store(true, Ordering::Relaxed);
        watcher.join().unwrap()
    });
    assert_eq!(misses, 0);
}

#[test]
fn a_theme_may_hold_some_words_alone_and_hidden_files() {
    let report = report(1);
    let theme = report.path().join("themes/default");
    fs::create_dir_all(theme.join("words")).unwrap();
    fs::write(theme.join("words/zh.yaml"), "skip: 直接看正文\n").unwrap();
    fs::write(theme.join("words/.DS_Store"), b"\0\xff").unwrap();
    let run = build(report.path());
    assert_eq!((run.exit, run.stderr.as_str()), (0, ""));
    let home = fs::read_to_string(report.path().join("output/zh/index.html")).unwrap();
    assert!(
        home.contains("直接看正文") && home.contains("选择语言"),
        "{home}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_refused() {
    let report = report(1);
    std::os::unix::fs::symlink("nowhere", report.path().join("output")).unwrap();
    let run = build(report.path());
    assert_eq!(run.exit, 2);
    assert!(run.stderr.contains("a link to a folder that is not there"));
    assert_eq!(beside(report.path()), ["content", "output"]);
}

#[cfg(unix)]
#[test]
fn what_a_stopped_build_left_is_cleared_away() {
    let report = report(1);
    // No process has a number this high; this test's own is alive.
    let gone = format!(".output.staging-{}", i32::MAX);
    let alive = format!(".output.staging-{}", std::process::id());
    for name in [&gone, &alive] {
        fs::create_dir_all(report.path().join(name).join("zh")).unwrap();
    }
    assert_eq!(build(report.path()).exit, 0);
    assert_eq!(beside(report.path()), [&alive, "content", "output"]);
}
