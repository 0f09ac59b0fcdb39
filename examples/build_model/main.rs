//! Makes `assets/words.fst`, `ngrams.bin`, `roles.bin` and `characters.bin`, the word model that repair
//! searches with.
//!
//! ```text
//! cargo run --release --example build_model -- DICT GENERAL PAIRS TEXT... --out assets
//! ```
//!
//! `DICT` is jieba's `dict.txt` (word, count, tag); `GENERAL` has the n-grams of a model of general
//! text (probability, one to three words, separated by tabs); `PAIRS` is a table of word pairs (word,
//! word, count); each `TEXT` is plain text, one paragraph a line, its punctuation in it. Only
//! statistics leave this program. `assets/README.md` says where the inputs come from.

mod dictionary;
mod estimate;
mod hand;
mod roles;
mod sources;
mod table;

use std::collections::HashMap;
use std::path::PathBuf;

use mingwen::repair::model::{Model, ROLES};
use mingwen::repair::ngrams;

use dictionary::{dict_costs, read_dict, word_map, worth_keeping};
use estimate::Estimate;
use roles::Roles;
use sources::{General, TextCounts};

type Counts<K> = HashMap<K, f64>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = Vec::new();
    let mut out = PathBuf::from("assets");
    let (mut keep_pairs, mut keep_triples) = (450_000, 250_000);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--out" => out = arguments.next().unwrap_or_default().into(),
            "--pairs" => keep_pairs = arguments.next().unwrap_or_default().parse()?,
            "--triples" => keep_triples = arguments.next().unwrap_or_default().parse()?,
            _ => paths.push(argument),
        }
    }
    let [dict, general, pairs, texts @ ..] = paths.as_slice() else {
        return Err("usage: build_model DICT GENERAL PAIRS TEXT... [--out DIR]".into());
    };
    let mut general = General::read(&std::fs::read_to_string(general)?);
    let dict = worth_keeping(
        read_dict(&std::fs::read_to_string(dict)?, &general),
        &general,
    );
    let words = word_map(&dict, &dict_costs(&dict))?;
    let (empty, flat) = (ngrams::write(&[]), vec![0; ROLES * ROLES]);
    let segmenter = Model::new(&words, &empty, &flat).ok_or("the new map is not readable")?;

    let mut counts = TextCounts::default();
    for path in texts {
        for line in std::fs::read_to_string(path)?.lines() {
            counts.add(&segmenter.tokens(line));
        }
    }
    general.add_pairs(&std::fs::read_to_string(pairs)?, &dict);
    let singles = estimate::singles(&dict, &general, &counts);
    let roles = Roles::new(&singles, &general, &counts);
    let mut entries = table::entries(
        &Estimate::new(&singles, &counts, &general, &roles),
        (&counts, &general),
        &dict_costs(&dict).into_keys().collect(),
        (keep_pairs, keep_triples),
    );
    entries.extend(roles.entries());
    entries.sort_unstable();

    let words = word_map(&dict, &singles)?;
    let (table, roles) = (ngrams::write(&entries), roles.bytes());
    let model = Model::new(&words, &table, &roles).ok_or("the tables don't fit the program")?;
    println!("{} words: {} bytes", dict.len(), words.len());
    println!("{} n-grams: {} bytes", entries.len(), table.len());
    std::fs::write(out.join("words.fst"), &words)?;
    std::fs::write(out.join("ngrams.bin"), &table)?;
    std::fs::write(out.join("roles.bin"), &roles)?;
    std::fs::write(out.join("characters.bin"), model.character_costs())?;
    Ok(())
}
