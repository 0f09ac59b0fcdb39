//! Is the text among its preimages? What a lattice leaves out no search can find.

use super::super::channel::{channel, damage};
use super::super::model::Model;
use super::super::restore::preimages;
use super::super::table::NONE;
use super::Lattice;

/// Of a hundred lines of the report's pages, so many are among their preimages at least: all where few
/// bytes are lost, less where characters may leave nothing at all.
const CASES: [(&str, usize); 6] = [
    ("utf8-gbk-dropped-folded", 100),
    ("utf8-gbk-web-question", 100),
    ("utf8-sjis-dropped", 100),
    ("utf8-cp932-dropped", 100),
    ("utf8-euckr-dropped", 88),
    ("gbk-big5-dropped", 96),
];

/// Whether a path of the lattice spells the text.
fn spells(lattice: &Lattice, text: &[char]) -> bool {
    let mut nodes = vec![(0, NONE)];
    for &character in text {
        let arcs = nodes.iter().flat_map(|&(at, byte)| lattice.arcs(at, byte));
        let mut next: Vec<(usize, u8)> = arcs
            .filter(|arc| arc.character == character)
            .map(|arc| (arc.to, arc.pending))
            .collect();
        next.sort_unstable();
        next.dedup();
        nodes = next;
    }
    nodes.iter().any(|node| node.0 >= lattice.end())
}

/// The lines of the report's Chinese pages.
fn lines() -> Vec<String> {
    let pages = walkdir::WalkDir::new("content").sort_by_file_name();
    let pages = pages
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path);
    let pages = pages.filter(|page| page.to_string_lossy().ends_with(".zh.md"));
    let texts = pages.map(|page| std::fs::read_to_string(page).expect("the page is readable"));
    texts
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn a_text_is_among_its_preimages() {
    let model = Model::embedded().expect("the model fits");
    let lines = lines();
    for (name, least) in CASES {
        let channel = channel(name).expect("the channel is there");
        let (mut all, mut found) = (0, 0);
        for line in &lines {
            let text: Vec<char> = line.chars().filter(|&c| channel.writes(c)).collect();
            let damaged = damage(channel, &text.iter().collect::<String>());
            let damaged: Vec<char> = damaged.chars().collect();
            if damaged == text {
                continue;
            }
            let lattice = preimages(model, channel, &damaged, NONE, true);
            all += 1;
            found += usize::from(spells(&lattice, &text));
        }
        assert!(all > 100, "{name}: only {all} lines");
        assert!(found * 100 >= least * all, "{name}: {found} of {all} lines");
    }
}
