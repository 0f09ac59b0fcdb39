//! How fast repair is, in one run of a few seconds: damaged text in characters a second, clean
//! text in megabytes a second. `cargo bench --bench repair`

use std::hint::black_box;
use std::time::Instant;

use mingwen::repair::{CHANNELS, damage, repair_line, repair_lines};

const TEXT: &str = "老城区的菜市场搬到了新址，摊位比以前多了一倍，价格也更便宜。2021年以来，全市新增停车位\
1200个，修建道路35公里，其中“便民小路”12条。《城市更新条例》自明年3月1日起施行，各区（县）要抓紧制定实施细则。";

fn main() {
    let Some(channel) = CHANNELS.first() else {
        return;
    };
    let damaged = damage(channel, TEXT);
    let start = Instant::now();
    black_box(repair_line(&damaged));
    println!(
        "first line, loading included: {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );

    let characters = damaged.chars().count();
    let lines = vec![damaged.clone(); 400];
    let start = Instant::now();
    black_box(repair_lines(&lines));
    let rate = (characters * lines.len()) as f64 / start.elapsed().as_secs_f64();
    println!("damaged, all cores: {rate:.0} characters a second");

    let start = Instant::now();
    for line in lines.iter().take(100) {
        black_box(repair_line(line));
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "damaged, one core: {:.0} characters a second, {:.2} ms a line",
        (characters * 100) as f64 / seconds,
        seconds * 10.0
    );

    let long = damage(channel, &TEXT.repeat(100_000 / TEXT.len() + 1));
    let start = Instant::now();
    black_box(repair_line(&long));
    println!(
        "one damaged line of {} bytes: {:.2} s",
        long.len(),
        start.elapsed().as_secs_f64()
    );

    let clean = vec![TEXT.repeat(4); 20_000];
    let bytes: usize = clean.iter().map(String::len).sum();
    let start = Instant::now();
    black_box(repair_lines(&clean));
    let rate = bytes as f64 / start.elapsed().as_secs_f64() / 1e6;
    println!("clean, all cores: {rate:.0} MB/s");
}
