//! Damages clean text, repairs it, and counts what came back.
//!
//! `cargo run --release --example evaluate -- [--show N] [--every N] FILE...`
//!
//! For each file: characters of the lines that the channel changes, accuracy of the naive round
//! trip and of the repair, errors removed, reliability of the probabilities, speed.

use std::time::Instant;

use encoding_rs::GBK;
use mingwen::repair::{self, CHANNELS, Evidence};

#[derive(Default)]
struct Tally {
    characters: usize,
    naive: usize,
    wrong: usize,
    /// Inferred characters and right ones among them, by tenth of a nat of doubt.
    bands: [(usize, usize); 6],
    exact: (usize, usize),
}

const BANDS: [f64; 6] = [0.5, 0.8, 0.9, 0.97, 0.995, 1.01];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut show, mut every) = (0_usize, 1_usize);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--show" => show = arguments.next().unwrap_or_default().parse()?,
            "--every" => every = arguments.next().unwrap_or_default().parse()?,
            path => evaluate(path, show, every)?,
        }
    }
    Ok(())
}

fn evaluate(path: &str, mut show: usize, every: usize) -> Result<(), Box<dyn std::error::Error>> {
    let channel = CHANNELS.first().ok_or("no channel")?;
    let text = std::fs::read_to_string(path)?;
    let pairs: Vec<(&str, String)> = text
        .lines()
        .step_by(every.max(1))
        .map(|line| (line, repair::damage(channel, line)))
        .filter(|(line, damaged)| line != damaged)
        .collect();
    let damaged: Vec<&str> = pairs.iter().map(|pair| pair.1.as_str()).collect();
    let start = Instant::now();
    let repaired = repair::repair_lines(&damaged);
    let seconds = start.elapsed().as_secs_f64();
    let mut tally = Tally::default();
    let mut broken = 0;
    let mut left = 0;
    for ((line, damaged), repaired) in pairs.iter().zip(&repaired) {
        let truth: Vec<char> = line.chars().collect();
        let result: Vec<char> = repaired.text.chars().collect();
        tally.characters += truth.len();
        tally.naive += distance(&truth, &naive(damaged).chars().collect::<Vec<_>>());
        let wrong = distance(&truth, &result);
        tally.wrong += wrong;
        broken += usize::from(repaired.is_repaired() && repaired.replays() != *damaged);
        left += usize::from(!repaired.is_repaired());
        if truth.len() == result.len() {
            tally.count(&truth, &result, &repaired.evidence);
        }
        if wrong > 0 && show > 0 {
            show -= 1;
            println!("- {}\n+ {}", line, repaired.text);
        }
    }
    let percent = |wrong: usize| 100.0 * (1.0 - wrong as f64 / tally.characters.max(1) as f64);
    println!(
        "{path}: {} characters in {} lines ({left} left alone, {broken} not replaying)\n  naive {:.2} %, repaired {:.3} % ({} wrong of {}), {:.1} % of errors removed\n  {:.0} damaged characters a second",
        tally.characters,
        pairs.len(),
        percent(tally.naive),
        percent(tally.wrong),
        tally.wrong,
        tally.naive,
        100.0 * (1.0 - tally.wrong as f64 / tally.naive.max(1) as f64),
        damaged.iter().map(|d| d.chars().count()).sum::<usize>() as f64 / seconds,
    );
    println!("  exact: {} of {} right", tally.exact.1, tally.exact.0);
    for (band, limit) in tally.bands.iter().zip(BANDS) {
        println!(
            "  inferred below {limit:.3}: {} of {} right",
            band.1, band.0
        );
    }
    Ok(())
}

impl Tally {
    fn count(&mut self, truth: &[char], result: &[char], evidence: &[Evidence]) {
        for ((truth, result), evidence) in truth.iter().zip(result).zip(evidence) {
            let right = usize::from(truth == result);
            match evidence {
                Evidence::Exact => {
                    self.exact.0 += 1;
                    self.exact.1 += right;
                }
                Evidence::Inferred { probability, .. } => {
                    let at = BANDS
                        .iter()
                        .position(|limit| probability < limit)
                        .unwrap_or(5);
                    self.bands[at].0 += 1;
                    self.bands[at].1 += right;
                }
                Evidence::Clean | Evidence::Lost => {}
            }
        }
    }
}

/// Re-encodes as GBK, decodes as UTF-8, drops what is broken.
fn naive(damaged: &str) -> String {
    let (bytes, ..) = GBK.encode(damaged);
    String::from_utf8_lossy(&bytes).replace('\u{fffd}', "")
}

/// Edit distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (corner + usize::from(x != y))
                .min(row[j] + 1)
                .min(above + 1);
            corner = above;
        }
    }
    row[b.len()]
}
