//! How long a large report takes, and whether the time a page grows with the number of pages.
//!
//! Writes a corpus of its own into a temporary folder: pages of ten paragraphs under four headings,
//! half of them Chinese and half their English translations, in folders of a hundred, each with links
//! to its neighbours and to a page far away. Builds 1,000 and 10,000 of them, each size in a process
//! of its own so that its peak of memory is its own.
//!
//! `cargo bench --bench build`; `MINGWEN_BENCH_PAGES=1000,10000,50000` for other sizes,
//! `MINGWEN_BENCH_KEEP=DIR` to keep the corpora.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use mingwen::check;
use mingwen::content::load::Options;
use mingwen::publish::Stage;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// What the bench calls itself with: build the report in this folder, and say what it took.
const ONE: &str = "MINGWEN_BENCH_ONE";
/// Builds of each size; the quickest counts, since all else is other programs' time.
const ROUNDS: usize = 3;
/// Pages in a folder, of each language.
const IN_A_FOLDER: usize = 100;

fn main() -> Outcome<()> {
    if let Some(folder) = env::var_os(ONE) {
        return one(Path::new(&folder));
    }
    let sizes = env::var("MINGWEN_BENCH_PAGES").unwrap_or_else(|_| "1000,10000".into());
    let sizes: Vec<usize> = sizes
        .split(',')
        .map(|size| size.trim().parse())
        .collect::<Result<_, _>>()?;
    let temporary = tempfile::tempdir()?;
    let place = env::var_os("MINGWEN_BENCH_KEEP")
        .map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let cores = std::thread::available_parallelism()?;
    println!("{cores} cores; the quickest of {ROUNDS} builds of each size");
    println!("   pages   seconds   ms a page   peak MiB");
    let mut per_page = Vec::new();
    for size in sizes {
        let root = place.join(size.to_string());
        corpus(&root, size)?;
        let mut best: Option<(Duration, Option<u64>)> = None;
        for _ in 0..ROUNDS {
            let run = measure(&root)?;
            if best.is_none_or(|best| run.0 < best.0) {
                best = Some(run);
            }
        }
        let (time, peak) = best.unwrap_or_default();
        let page = time.as_secs_f64() * 1e3 / size as f64;
        let peak = peak.map_or("?".into(), |kib| (kib / 1024).to_string());
        println!("{size:8} {:9.2} {page:11.3} {peak:>10}", time.as_secs_f64());
        per_page.push(page);
    }
    if let (Some(first), Some(last)) = (per_page.first(), per_page.last()) {
        println!("time a page, largest to smallest: {:.2}", last / first);
    }
    Ok(())
}

/// Runs this program again for one build, and reads what it says.
fn measure(root: &Path) -> Outcome<(Duration, Option<u64>)> {
    let output = std::process::Command::new(env::current_exe()?)
        .env(ONE, root)
        .output()?;
    let said = String::from_utf8(output.stdout)?;
    let mut words = said.split_whitespace();
    let (Some(micros), true) = (words.next(), output.status.success()) else {
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("the build failed: {said}{why}").into());
    };
    let peak = words.next().and_then(|kib| kib.parse().ok());
    Ok((Duration::from_micros(micros.parse()?), peak))
}

/// One build, as the command does it.
fn one(root: &Path) -> Outcome<()> {
    let options = Options {
        base_url: Some("https://example.org/report/".into()),
        ..Options::default()
    };
    let output = root.join("output");
    let start = Instant::now();
    let (run, stage) = check::run(root, &options, || Stage::new(root, &output))?;
    let stage = stage.filter(|_| run.publishable && run.diagnostics.is_empty());
    let Some(stage) = stage else {
        let first = run.diagnostics.first().map(ToString::to_string);
        return Err(first.unwrap_or_default().into());
    };
    stage.publish()?;
    let micros = start.elapsed().as_micros();
    let peak = peak_memory().map_or(String::new(), |kib| kib.to_string());
    println!("{micros} {peak}");
    Ok(())
}

/// The largest resident memory of this process so far in KiB, where the system says it.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Writes a report of so many pages, half of them in each language.
fn corpus(root: &Path, pages: usize) -> Outcome<()> {
    let content = root.join("content");
    if content.exists() {
        fs::remove_dir_all(&content)?;
    }
    fs::create_dir_all(&content)?;
    let site = "title: { zh: 大报告, en: A large report }\n";
    fs::write(root.join("site.yaml"), site)?;
    let count = pages / 2;
    for number in 0..count {
        let folder = content.join(folder(number));
        if number % IN_A_FOLDER == 0 {
            fs::create_dir_all(&folder)?;
        }
        for language in ["zh", "en"] {
            let text = page(number, count, language);
            fs::write(folder.join(format!("p{number}.{language}.md")), text)?;
        }
    }
    Ok(())
}

fn folder(number: usize) -> String {
    format!("s{:03}", number / IN_A_FOLDER)
}

/// A page of ten paragraphs under four headings, with a list, a table, a footnote and three links.
fn page(number: usize, count: usize, language: &str) -> String {
    let words = if language == "zh" { &ZH } else { &EN };
    let mut random = Random(number as u64 * 2 + u64::from(language == "zh"));
    let mut text = format!(
        "---\ntitle: \"{} {number}\"\ndescription: {}\norder: {}\ndate: 20{:02}-{:02}-{:02}\ntags: [{}, {}]\n---\n\n",
        words.title,
        sentence(words, &mut random),
        number % IN_A_FOLDER,
        number % 25,
        number % 12 + 1,
        number % 28 + 1,
        words.list[number % words.list.len()],
        words.list[(number + 7) % words.list.len()],
    );
    let next = (number + 1) % count;
    let far = (number * 7919 + 13) % count;
    for paragraph in 0..10 {
        if paragraph % 3 == 0 {
            // Writing to a string can't fail.
            let _ = writeln!(text, "## {} {}\n", words.title, paragraph / 3 + 1);
        }
        for _ in 0..4 {
            text.push_str(&sentence(words, &mut random));
            text.push_str(words.space);
        }
        let _ = match paragraph {
            2 => write!(
                text,
                "[{0}](../{1}/p{next}.md)[^1]",
                words.title,
                folder(next)
            ),
            5 => write!(
                text,
                "**{0}**[{0}](../{1}/p{far}.md#s2)",
                words.title,
                folder(far)
            ),
            8 => write!(text, "\n\n- {0}\n- [{0}](#s1)\n- {0}", words.title),
            9 => write!(
                text,
                "\n\n| {0} | {0} |\n|---|--:|\n| {0} | {number} |\n\n[^1]: {0}",
                words.title
            ),
            _ => Ok(()),
        };
        text.push_str("\n\n");
    }
    text
}

fn sentence(words: &Words, random: &mut Random) -> String {
    let chosen: Vec<&str> = (0..words.length)
        .map(|_| words.list[random.below(words.list.len())])
        .collect();
    chosen.join(words.space) + words.stop
}

struct Words {
    title: &'static str,
    list: &'static [&'static str],
    space: &'static str,
    stop: &'static str,
    /// Words in a sentence.
    length: usize,
}

const ZH: Words = Words {
    title: "区块链与城市",
    list: &[
        "城市",
        "区块链",
        "政策",
        "产业园",
        "数据",
        "平台",
        "企业",
        "建设",
        "推动",
        "发展",
        "技术",
        "应用",
        "监管",
        "创新",
        "服务",
        "治理",
        "试点",
        "标准",
        "资金",
        "人才",
        "安全",
        "共享",
    ],
    space: "",
    stop: "。",
    length: 16,
};

const EN: Words = Words {
    title: "Blockchain and the city",
    list: &[
        "city",
        "blockchain",
        "policy",
        "park",
        "data",
        "platform",
        "company",
        "building",
        "push",
        "growth",
        "technology",
        "use",
        "regulation",
        "new",
        "service",
        "rule",
        "trial",
        "standard",
        "funding",
        "people",
        "safety",
        "sharing",
    ],
    space: " ",
    stop: ".",
    length: 14,
};

/// The same numbers on every run (Steele and others, `SplitMix64`, 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap_or(0)
    }
}
