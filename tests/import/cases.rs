//! Cases as data. A file holds any number of them:
//!
//! ```text
//! @@ why this case is here
//! the input, one line or several
//! =>
//! what comes out
//! ```
//!
//! `UPDATE_CASES=1 cargo test` writes what comes out into the files: read the difference before you
//! commit it. `␠` stands for a space that an editor would strip, `\u{…}` for what can't be seen.

use std::fs;
use std::path::Path;

struct Case {
    why: String,
    input: String,
    expect: String,
}

/// Runs every case of a folder and shows all that differ.
pub fn check(folder: &str, run: impl Fn(&str) -> String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(folder);
    let mut files: Vec<_> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", root.display());
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut failures = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let mut cases = parse(&text);
        for case in &mut cases {
            let got = run(&unescape(&case.input)).trim_end().to_owned();
            if got != case.expect {
                let (file, why, expect) = (file.display(), &case.why, &case.expect);
                failures.push(format!(
                    "{file}: {why}\n--- expected\n{expect}\n--- got\n{got}\n"
                ));
                case.expect = got;
            }
        }
        if update {
            fs::write(&file, print(&cases)).unwrap();
        }
    }
    assert!(update || failures.is_empty(), "{}", failures.join("\n"));
}

fn parse(text: &str) -> Vec<Case> {
    text.split("@@ ")
        .skip(1)
        .map(|case| {
            let (why, rest) = case.split_once('\n').unwrap();
            let (input, expect) = rest.split_once("=>\n").unwrap();
            Case {
                why: why.to_owned(),
                input: input.strip_suffix('\n').unwrap_or(input).to_owned(),
                expect: expect.trim_end().to_owned(),
            }
        })
        .collect()
}

fn print(cases: &[Case]) -> String {
    cases
        .iter()
        .map(|case| format!("@@ {}\n{}\n=>\n{}\n", case.why, case.input, case.expect))
        .collect::<Vec<_>>()
        .join("\n")
}

fn unescape(input: &str) -> String {
    let mut out = String::new();
    let mut rest = input;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (code, after) = after.split_once('}').unwrap();
        out += before;
        out.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        rest = after;
    }
    out += rest;
    out.replace('␠', " ")
}
