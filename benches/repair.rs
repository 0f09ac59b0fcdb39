//! How fast repair is, in one run of about half a minute: damaged text of each channel in characters
//! a second and a line of it in milliseconds, clean text of several kinds in megabytes a second, each
//! with its ratio to the aim (1 and more is enough), and a stream through the program with the most
//! memory it ever held.
//!
//! `cargo bench --bench repair`; `MINGWEN_BENCH_STREAM=2048` for a stream of that many MiB, and
//! `MINGWEN_BENCH_FILES=a.txt,b.txt` for clean texts of your own.

use std::hint::black_box;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::Instant;
use std::{env, fs, thread};

use mingwen::repair::{CHANNELS, Channel, Options, damage, repair_document, repair_line};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const CHINESE: &str = "老城区的菜市场搬到了新址，摊位比以前多了一倍，价格也更便宜。2021年以来，全市新增停车位\
1200个，修建道路35公里，其中“便民小路”12条。《城市更新条例》自明年3月1日起施行，各区（县）要抓紧制定实施细则。";
const TRADITIONAL: &str = "舊市場搬到新址以後，攤位多了一倍，價錢也便宜了。去年開闢的三條步道全長十二公里，週末常見親子同遊。";
const NAMES: &str = "出席：王建国、李秀英、张伟、刘洋、陈静、杨勇、赵磊、黄敏、周杰、吴霞、徐丽、孙强、马超、朱婷、胡军、郭涛、何平、高翔、林芳、罗斌。";
const JAPANESE: &str = "市役所の新しい窓口は、平日の午前九時から午後五時まで開いています。書類の写しが必要な方は、前日までにご連絡ください。";
const KOREAN: &str =
    "새 도서관은 평일 오전 아홉 시에 문을 열고, 주말에는 오후 여섯 시까지 이용할 수 있습니다.";
const ENGLISH: &str = "The market moved to its new site in May; there are twice as many stalls as before, and prices fell by 3 %.";

/// What repair has to reach: damaged characters and clean bytes a second on two cores, seconds for a
/// line of a hundred characters.
const DAMAGED: f64 = 100_000.0;
const CLEAN: f64 = 50e6;
const LINE: f64 = 0.005;

fn main() -> Outcome<()> {
    first_line();
    let cores = thread::available_parallelism()?;
    println!("damaged, repaired as documents on {cores} cores; times the aim; one line:");
    for channel in CHANNELS {
        damaged(channel);
    }
    long_line();
    println!("clean, on {cores} cores; times the aim:");
    for (name, text) in [
        ("simplified Chinese", CHINESE),
        ("traditional Chinese", TRADITIONAL),
        ("lists of names", NAMES),
        ("Japanese", JAPANESE),
        ("Korean", KOREAN),
        ("English", ENGLISH),
    ] {
        clean(name, &lines_of(&text.repeat(3), 4_000));
    }
    for file in env::var("MINGWEN_BENCH_FILES")
        .iter()
        .flat_map(|files| files.split(','))
    {
        let text = fs::read_to_string(file)?;
        clean(file, &text.lines().map(str::to_owned).collect::<Vec<_>>());
    }
    let mebibytes = env::var("MINGWEN_BENCH_STREAM").unwrap_or_else(|_| "64".into());
    stream(mebibytes.parse()?)
}

/// Lines of a text, each of which begins at another character of it: cut at other places, the same
/// words are damaged in other ways.
fn lines_of(text: &str, count: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let line = |at: usize| {
        let mut line = characters.clone();
        line.rotate_left(at * 7 % characters.len());
        line.into_iter().collect()
    };
    (0..count).map(line).collect()
}

/// Documents of twenty lines for about half a second, and the slowest of their first lines alone.
fn damaged(channel: &'static Channel) {
    let lines: Vec<String> = lines_of(CHINESE, 2_000)
        .iter()
        .map(|line| damage(channel, line))
        .collect();
    let (mut characters, mut seconds, mut slowest) = (0, 0.0, 0.0_f64);
    // The tables of a channel are made at its first line.
    black_box(repair_line(&lines[0]));
    for document in lines.chunks(20) {
        if seconds > 0.5 {
            break;
        }
        seconds += time(|| repair_document(document, &Options::default()));
        characters += document
            .iter()
            .map(|line| line.chars().count())
            .sum::<usize>();
    }
    for line in lines.iter().take(5) {
        slowest = slowest.max(time(|| repair_line(line)));
    }
    let rate = characters as f64 / seconds;
    println!(
        "  {:32}{rate:>10.0} characters a second {:>7.2} {:>9.2} ms {:>7.2}",
        channel.name,
        rate / DAMAGED,
        slowest * 1e3,
        LINE / slowest
    );
}

fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64()
}

fn first_line() {
    let damaged = damage(&CHANNELS[0], CHINESE);
    let seconds = time(|| repair_line(&damaged));
    println!("first line, loading included: {:.1} ms", seconds * 1e3);
}

fn long_line() {
    let long = damage(&CHANNELS[0], &CHINESE.repeat(100_000 / CHINESE.len() + 1));
    let seconds = time(|| repair_line(&long));
    println!("one damaged line of {} bytes: {seconds:.2} s", long.len());
}

fn clean(name: &str, lines: &[String]) {
    let bytes: usize = lines.iter().map(String::len).sum();
    let seconds = time(|| repair_document(lines, &Options::default()));
    let rate = bytes as f64 / seconds;
    println!(
        "  {name:32}{:>10.0} MB a second {:>7.2}",
        rate / 1e6,
        rate / CLEAN
    );
}

/// A stream through the program, one line in a thousand of it damaged: a collection that is mostly
/// sound.
fn stream(mebibytes: usize) -> Outcome<()> {
    let mut lines = format!("{CHINESE}\n{TRADITIONAL}\n{JAPANESE}\n{ENGLISH}\n").repeat(250);
    lines.push_str(&damage(&CHANNELS[0], CHINESE));
    lines.push('\n');
    let times = (mebibytes << 20) / lines.len();
    let mut program = Command::new(env!("CARGO_BIN_EXE_mingwen"))
        .arg("repair")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut output = program.stdout.take().ok_or("no output")?;
    let counted = thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    let mut input = program.stdin.take().ok_or("no input")?;
    let start = Instant::now();
    for _ in 0..times {
        input.write_all(lines.as_bytes())?;
    }
    let peak = peak(&program).map_or("?".into(), |kib| (kib / 1024).to_string());
    drop(input);
    let status = program.wait()?;
    let written = counted.join().map_err(|_| "the reader failed")??;
    println!(
        "a stream of {} MiB: {:.1} s, at most {peak} MiB of memory, {written} bytes out, {status}",
        (times * lines.len()) >> 20,
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

/// The most memory that a process has held, where the system says so, in KiB.
fn peak(program: &Child) -> Option<u64> {
    let mut status = String::new();
    fs::File::open(format!("/proc/{}/status", program.id()))
        .ok()?
        .read_to_string(&mut status)
        .ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
