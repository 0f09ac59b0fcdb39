//! Repair, from outside: cases as data, and what must hold for any text.

#![allow(clippy::expect_used)]

use mingwen::repair::report::{DOUBT, Explained, LineReport};
use mingwen::repair::{
    self, CHANNELS, Channel, Evidence, MAX_LINE, Options, damage, repair_document, repair_line,
    repair_line_by,
};
use proptest::prelude::*;
use serde::Deserialize;

/// A damaged text with what stands around it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Damaged {
    why: String,
    #[serde(default)]
    before: String,
    text: String,
    #[serde(default)]
    after: String,
    /// What damages it; the first of all channels if it is not said.
    #[serde(default)]
    channel: Option<String>,
}

/// A text of ours and the channels that it comes back from, told or untold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    why: String,
    channels: Vec<String>,
    text: String,
    /// Where it comes back otherwise: what other channels the damage looks like.
    #[serde(default)]
    or: Vec<String>,
}

/// Texts that must stay.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Clean {
    why: String,
    text: Vec<String>,
}

fn cases<T: serde::de::DeserializeOwned>(yaml: &str) -> Vec<T> {
    serde_yaml::from_str(yaml).expect("the cases are well-formed")
}

fn channel() -> &'static Channel {
    CHANNELS.first().expect("there is a channel")
}

/// Damages, repairs, and checks what must hold whatever came back.
fn check(case: &Damaged) -> String {
    let said = case.channel.as_deref().map(repair::channel);
    let by = said.map_or(channel(), |said| said.expect("the channel exists"));
    let damaged = damage(by, &case.text);
    assert_ne!(damaged, case.text, "not damaged: {}", case.why);
    let line = format!("{}{damaged}{}", case.before, case.after);
    let repaired = repair_line(&line);
    assert!(repaired.is_repaired(), "left alone: {} {line}", case.why);
    assert_eq!(repaired.replays(), line, "{}", case.why);
    assert_eq!(repaired.evidence.len(), repaired.text.chars().count());
    repaired.text
}

#[test]
fn damaged_text_comes_back() {
    for case in cases::<Damaged>(include_str!("cases/repair/damaged.yaml")) {
        let whole = format!("{}{}{}", case.before, case.text, case.after);
        assert_eq!(check(&case), whole, "{}", case.why);
    }
}

#[test]
fn every_channel_is_found_out_and_undone() {
    let cases = cases::<Family>(include_str!("cases/repair/families.yaml"));
    for case in &cases {
        for name in &case.channels {
            let channel = repair::channel(name).expect("the channel exists");
            let damaged = damage(channel, &case.text);
            assert_ne!(damaged, case.text, "{name}: {}", case.why);
            for repaired in [repair_line(&damaged), repair_line_by(&damaged, channel)] {
                assert_eq!(repaired.text, case.text, "{name}: {}", case.why);
                assert_eq!(repaired.replays(), damaged, "{name}: {}", case.why);
                let found = repaired.channel.expect("it was repaired");
                assert!(
                    found == name || case.or.iter().any(|other| other == found),
                    "{name}, found {found}: {}",
                    case.why
                );
            }
        }
    }
    for channel in CHANNELS {
        let name = channel.name;
        let used = |case: &Family| case.channels.iter().any(|other| other == name);
        assert!(cases.iter().any(used), "no case for {name}");
    }
}

#[test]
fn lines_are_judged_by_their_company() {
    /// Lines with `*` before them are damaged, and come back.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        why: String,
        channel: String,
        lines: Vec<String>,
    }
    for case in cases::<Case>(include_str!("cases/repair/company.yaml")) {
        let channel = repair::channel(&case.channel).expect("the channel exists");
        let damaged: Vec<String> = case
            .lines
            .iter()
            .map(|line| match line.strip_prefix("* ") {
                Some(line) => damage(channel, line),
                None => line.clone(),
            })
            .collect();
        let repaired = repair_document(&damaged, &Options::default());
        for ((line, damaged), repaired) in case.lines.iter().zip(&damaged).zip(&repaired) {
            let wanted = line.strip_prefix("* ").unwrap_or(line);
            assert_eq!(repaired.text, wanted, "{}", case.why);
            assert_eq!(repaired.replays(), *damaged, "{}", case.why);
        }
    }
}

#[test]
fn channels_read_as_others_do() {
    /// What each channel makes of a text.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        text: String,
        read: std::collections::BTreeMap<String, String>,
    }
    for case in cases::<Case>(include_str!("cases/repair/readers.yaml")) {
        for (name, read) in &case.read {
            let channel = repair::channel(name).expect("the channel exists");
            assert_eq!(damage(channel, &case.text), *read, "{name}: {}", case.text);
        }
    }
}

#[test]
fn known_failures_still_fail() {
    for case in cases::<Damaged>(include_str!("cases/repair/known-failures.yaml")) {
        assert_ne!(
            check(&case),
            case.text,
            "repaired now, move it: {}",
            case.why
        );
    }
}

#[test]
fn clean_text_stays() {
    for case in cases::<Clean>(include_str!("cases/repair/clean.yaml")) {
        for text in &case.text {
            let repaired = repair_line(text);
            assert_eq!(repaired.text, *text, "{}", case.why);
            assert_eq!(repaired.channel, None, "{}", case.why);
            assert!(repaired.evidence.is_empty() && repaired.spans.is_empty());
        }
    }
}

#[test]
fn what_is_gone_is_said_to_be_lost_and_never_guessed() {
    /// `lost` holds an `x` for each character that is gone.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        why: String,
        text: String,
        lost: String,
    }
    for case in cases::<Case>(include_str!("cases/repair/lost.yaml")) {
        let repaired = repair_line(&case.text);
        assert_eq!(repaired.text, case.text, "{}", case.why);
        assert!(!repaired.is_repaired(), "{}", case.why);
        let lost = |evidence: &Evidence| {
            if *evidence == Evidence::Lost {
                'x'
            } else {
                '.'
            }
        };
        let found: String = repaired.evidence.iter().map(lost).collect();
        assert_eq!(found, case.lost, "{}", case.why);
    }
}

#[test]
fn what_is_gone_is_named_beside_what_was_restored() {
    let text = "今年以来，各地积极推进垃圾分类工作，取得了明显成效。";
    let damaged = damage(channel(), text);
    for before in ["???A ", "锟斤拷", "��� "] {
        let line = format!("{before}{damaged}");
        let repaired = repair_line(&line);
        assert!(repaired.text.ends_with(text), "{}", repaired.text);
        assert_eq!(repaired.replays(), line);
        let first = repaired.evidence.first();
        assert_eq!(first, Some(&Evidence::Lost), "{}", repaired.text);
        let lost = repaired.evidence.iter().filter(|e| **e == Evidence::Lost);
        let count = lost.count();
        assert!((2..=3).contains(&count), "{count}: {}", repaired.text);
    }
}

#[test]
fn exact_characters_are_right_and_doubts_are_named() {
    let text = "会议指出，要坚持问题导向，补齐民生短板，让群众有更多获得感。";
    let repaired = repair_line(&damage(channel(), text));
    let mut exact = 0;
    for ((right, found), evidence) in text
        .chars()
        .zip(repaired.text.chars())
        .zip(&repaired.evidence)
    {
        match evidence {
            Evidence::Exact => {
                exact += 1;
                assert_eq!(right, found);
            }
            Evidence::Inferred {
                probability,
                alternatives,
            } => {
                assert!((0.0..=1.0).contains(probability));
                assert!(alternatives.iter().all(|other| other.0 != found));
            }
            Evidence::Clean | Evidence::Lost => panic!("{found} was damaged and restored"),
        }
    }
    assert!(exact > 20, "{exact}");
}

#[test]
fn lines_of_a_mebibyte_pass_through() {
    let line = damage(channel(), &"漫长的一行，".repeat(MAX_LINE / 12));
    assert!(line.len() > MAX_LINE);
    let repaired = repair_line(&line);
    assert_eq!(repaired.text, line);
    assert!(repaired.skipped.is_some());
}

#[test]
fn a_long_line_takes_no_time() {
    let text = "在会议上，大家就明年的工作安排进行了充分讨论，并一致通过了有关决定。".repeat(300);
    let start = std::time::Instant::now();
    let repaired = repair_line(&damage(channel(), &text));
    assert_eq!(repaired.text, text);
    // A hundred times what an unoptimised build needs: only a quadratic search would trip over it.
    assert!(start.elapsed().as_secs() < 120);
}

#[test]
fn an_unreadable_place_does_not_spoil_the_rest() {
    let text = "今年以来，各地积极推进垃圾分类工作，取得了明显成效。";
    let damaged = damage(channel(), text);
    let line = format!("{damaged}한국{damaged}");
    let repaired = repair_line(&line);
    assert_eq!(repaired.text, format!("{text}한국{text}"));
    assert_eq!(repaired.replays(), line);
}

#[test]
fn lines_in_are_lines_out() {
    let lines = ["", "甲", "鍥藉舵敮鎸佸尯鍧楅摼", "b"];
    assert_eq!(repair::repair_lines(&lines).len(), lines.len());
}

#[test]
fn documents_teach() {
    let cases: Vec<Document> = cases(include_str!("cases/repair/documents.yaml"));
    for case in cases {
        let damaged = damage(channel(), &case.text);
        let mut lines = case.clean.clone();
        lines.extend(case.damaged.iter().map(|line| damage(channel(), line)));
        lines.push(damaged.clone());
        let options = Options {
            lexicon: case.lexicon,
            channel: None,
        };
        assert_ne!(repair_line(&damaged).text, case.text, "alone: {}", case.why);
        let repaired = repair_document(&lines, &options);
        let last = repaired.last().expect("a line in is a line out");
        assert_eq!(last.text, case.text, "{}", case.why);
        assert_eq!(last.replays(), damaged, "{}", case.why);
        let others = case.clean.iter().chain(&case.damaged);
        for (line, repaired) in others.zip(&repaired) {
            assert_eq!(repaired.text, *line, "{}", case.why);
        }
    }
}

#[test]
fn a_channel_that_is_said_is_the_only_one() {
    let said = repair::channel("utf8-latin1").expect("the channel exists");
    let other = damage(channel(), "博物馆周二闭馆，学生凭证件可以免费参观。");
    let text = "这条街上有很多小饭馆。";
    // Mostly sound, so that nothing in the document speaks for any channel.
    let mut lines = vec!["老城区的菜市场搬到了新址。".to_owned(); 20];
    lines.extend([other.clone(), damage(said, text)]);
    let options = Options {
        lexicon: Vec::new(),
        channel: Some(said),
    };
    let repaired = repair_document(&lines, &options);
    assert_eq!(repaired[20].text, other);
    assert_eq!(repaired[21].text, text);
    assert!(repaired[..20].iter().all(|line| !line.is_repaired()));
}

/// A damaged line that its document, or the user, settles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    why: String,
    #[serde(default)]
    clean: Vec<String>,
    /// Other lines, damaged as well.
    #[serde(default)]
    damaged: Vec<String>,
    #[serde(default)]
    lexicon: Vec<String>,
    text: String,
}

#[test]
fn a_report_names_the_doubtful_characters() {
    let damaged = damage(channel(), "新华社记者窦筱摄");
    let repaired = repair_line(&damaged);
    let report = LineReport::new(3, &damaged, &repaired, DOUBT).expect("it was damaged");
    assert!(report.replays && report.line == 3);
    assert_eq!(report.exact + report.inferred, report.characters);
    assert!(!report.doubts.is_empty(), "a rare name is in doubt");
    for doubt in &report.doubts {
        let found = repaired.text.chars().nth(doubt.column - 1);
        assert_eq!(found, Some(doubt.character));
        assert!(doubt.probability < DOUBT);
    }
    let explained = Explained {
        text: &repaired.text,
        report: &report,
        colour: false,
    };
    let explained = explained.to_string();
    let marked = format!("[{}]", report.doubts[0].character);
    assert!(explained.contains(&marked), "{explained}");
    assert!(LineReport::new(1, "甲", &repair_line("甲"), DOUBT).is_none());
}

/// Text of every kind: Chinese mostly, and whatever else there is.
fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        8 => proptest::char::range('\u{4e00}', '\u{9fa5}'),
        2 => proptest::char::range(' ', '~'),
        1 => proptest::char::range('\u{3000}', '\u{30ff}'),
        1 => proptest::char::range('\u{ff01}', '\u{ff5e}'),
        1 => proptest::char::any().prop_filter("line ends", |c| *c != '\n'),
    ];
    proptest::collection::vec(character, 0..60).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_panics_and_the_channel_gives_the_line_back(text in any_text()) {
        let damaged = damage(channel(), &text);
        for line in [&damaged, &text] {
            let repaired = repair_line(line);
            prop_assert_eq!(&repaired.replays(), line);
            if repaired.is_repaired() {
                prop_assert_eq!(repaired.evidence.len(), repaired.text.chars().count());
            } else {
                prop_assert_eq!(&repaired.text, line);
            }
        }
    }

    #[test]
    fn every_channel_gives_the_line_back(
        at in 0..1000_usize,
        length in 4..24_usize,
        channel in 0..CHANNELS.len(),
    ) {
        let text = cut(at, length);
        for channel in &CHANNELS[channel..=channel] {
            let damaged = damage(channel, &text);
            for repaired in [repair_line(&damaged), repair_line_by(&damaged, channel)] {
                prop_assert_eq!(&repaired.replays(), &damaged, "{}", channel.name);
                // A channel that is forced may find nothing where another one does.
                if repaired.is_repaired() {
                    let again = repair_line(&repaired.text);
                    prop_assert_eq!(&again.text, &repaired.text, "{}", channel.name);
                }
            }
        }
    }

    #[test]
    fn browsers_read_the_same(text in any_text()) {
        let channel = repair::channel("utf8-gbk-web").expect("the channel exists");
        for encoding in [encoding_rs::GBK, encoding_rs::GB18030] {
            // A digit at the very end, after a byte that can't be read, is lost in browsers.
            let text = format!("{text}\n");
            let (read, _) = encoding.decode_without_bom_handling(text.as_bytes());
            prop_assert_eq!(damage(channel, &text), read);
        }
    }

    #[test]
    fn every_text_is_among_its_preimages(text in "[\u{4e00}-\u{9fa5}，。、A-Za-z0-9]{12,40}") {
        // However odd the text, the search finds a preimage of the whole line or leaves it alone.
        let damaged = damage(channel(), &text);
        let repaired = repair_line(&damaged);
        prop_assert_eq!(repaired.replays(), damaged);
    }

    #[test]
    fn documents_replay_and_clean_lines_stay(
        texts in proptest::collection::vec(any_text(), 1..5),
        sound in proptest::collection::vec((0..1000_usize, 6..30_usize), 1..5),
    ) {
        let mut lines: Vec<String> = texts.iter().map(|text| damage(channel(), text)).collect();
        let sound = sound.iter().map(|&(at, length)| cut(at, length));
        lines.extend(texts.iter().cloned().chain(sound.clone()));
        let repaired = repair_document(&lines, &Options::default());
        for (line, repaired) in lines.iter().zip(&repaired) {
            prop_assert_eq!(&repaired.replays(), line);
        }
        let kept = repaired.into_iter().skip(2 * texts.len()).map(|line| line.text);
        prop_assert_eq!(kept.collect::<Vec<_>>(), sound.collect::<Vec<_>>());
    }

    #[test]
    fn repairing_again_changes_nothing(at in 0..1000_usize, length in 4..40_usize) {
        let once = repair_line(&damage(channel(), &cut(at, length))).text;
        let again = repair_line(&once);
        prop_assert_eq!(again.text, once);
    }

    #[test]
    fn repairing_a_document_again_changes_nothing(
        cuts in proptest::collection::vec((0..1000_usize, 4..16_usize), 2..4),
        channel in 0..CHANNELS.len(),
    ) {
        let channel = &CHANNELS[channel];
        let lines: Vec<String> =
            cuts.iter().map(|&(at, length)| damage(channel, &cut(at, length))).collect();
        let repaired = |lines: &[String]| -> Vec<String> {
            let repaired = repair_document(lines, &Options::default());
            repaired.into_iter().map(|line| line.text).collect()
        };
        let once = repaired(&lines);
        prop_assert_eq!(&repaired(&once), &once, "{}", channel.name);
    }
}

/// A piece of sound text, from anywhere in a sentence.
fn cut(at: usize, length: usize) -> String {
    SENTENCES.chars().cycle().skip(at).take(length).collect()
}

const SENTENCES: &str = "老城区的菜市场搬到了新址，摊位比以前多了一倍，价格也更便宜。每逢周末，附近的居民都\
愿意来这里买菜，顺便和熟人说说话。管理处的人说，今后还要增加停车位，修一条通往地铁站的小路，让大家来去更方便。\
市场里有卖鱼的、卖花的，也有修鞋配钥匙的，一天到晚都很热闹。";
