//! Repairs standard input to standard output; with an argument, lists the doubtful characters.

use std::io::{Read, Write};

use mingwen::repair::{Evidence, Options, repair_document};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let doubts = std::env::args().nth(1).is_some();
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut out = std::io::stdout().lock();
    let lines: Vec<&str> = text.lines().collect();
    let results = repair_document(&lines, &Options::default());
    for (number, (line, repaired)) in lines.into_iter().zip(results).enumerate() {
        if repaired.is_repaired() {
            let proof = repaired.replays() == line;
            writeln!(out, "{}\t{proof}\t{}", number + 1, repaired.text)?;
        }
        for (character, evidence) in repaired.text.chars().zip(&repaired.evidence) {
            if let Evidence::Inferred {
                probability,
                alternatives,
            } = evidence
                && doubts
            {
                writeln!(out, "    {character} {probability:.4} {alternatives:.4?}")?;
            }
        }
    }
    Ok(())
}
