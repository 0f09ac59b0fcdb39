//! What holds for the colours: contrast, and distances for all kinds of colour vision.

use super::*;

fn linear((r, g, b): Rgb) -> [f64; 3] {
    [r, g, b].map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// WCAG 2.2's relative luminance.
fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = linear(colour);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

type Seen = fn(Colour) -> Rgb;

/// All colours as seen in light and in dark.
fn modes() -> [(&'static str, Seen); 2] {
    [
        ("light", Colour::light),
        ("dark", |colour| rgb(colour.entry().dark)),
    ]
}

#[test]
fn text_and_marks_stand_out_in_light_and_dark() {
    for (mode, seen) in modes() {
        for entry in &COLOURS {
            let (on, least) = match entry.colour {
                Colour::Ink | Colour::Muted => (Colour::Ground, 4.5),
                Colour::OnSeries(number) => (Colour::series(number), 4.5),
                Colour::OnStep(number) => (Colour::Step(number), 4.5),
                Colour::Ground | Colour::Rule => continue,
                _ => (Colour::Ground, 3.0),
            };
            let found = contrast(seen(entry.colour), seen(on));
            assert!(found >= least, "{mode} {:?}: {found:.2}:1", entry.colour);
        }
    }
}

#[test]
fn every_colour_is_another() {
    for (index, entry) in COLOURS.iter().enumerate() {
        for other in &COLOURS[index + 1..] {
            assert_ne!(
                entry.light, other.light,
                "{:?} {:?}",
                entry.colour, other.colour
            );
        }
    }
}

/// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency", IEEE TVCG 15 (2009), severity 1.0; they work on linear RGB.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    (
        "normal",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// CIE L*a*b* (D65) of a colour as it is seen.
fn lab(colour: Rgb, sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let rgb = linear(colour);
    let times = |row: &[f64; 3]| row.iter().zip(rgb).map(|(m, c)| m * c).sum::<f64>();
    let [r, g, b] =
        [times(&sight[0]), times(&sight[1]), times(&sight[2])].map(|c| c.clamp(0.0, 1.0));
    let xyz = [
        (0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b) / 0.950_47,
        0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b,
        (0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b) / 1.088_83,
    ];
    let root = xyz.map(|t| {
        if t > 216.0 / 24389.0 {
            t.cbrt()
        } else {
            (24389.0 / 27.0 * t + 16.0) / 116.0
        }
    });
    [
        116.0 * root[1] - 16.0,
        500.0 * (root[0] - root[1]),
        200.0 * (root[1] - root[2]),
    ]
}

/// CIEDE2000 (Sharma, Wu and Dalal, 2005), with all weights 1.
fn distance([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25_f64.powi(7))).sqrt();
    let stretch = 1.5 - 0.5 * seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2)));
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| {
        if c1 * c2 == 0.0 {
            0.0
        } else {
            b.atan2(a).to_degrees().rem_euclid(360.0)
        }
    };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let turn = (h2 - h1 + 540.0).rem_euclid(360.0) - 180.0;
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let h = h1 + turn / 2.0;
    let cos = |factor: f64, shift: f64| (factor * h + shift).to_radians().cos();
    let t = 1.0 - 0.17 * cos(1.0, -30.0) + 0.24 * cos(2.0, 0.0) + 0.32 * cos(3.0, 6.0)
        - 0.20 * cos(4.0, -63.0);
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let around = ((h.rem_euclid(360.0) - 275.0) / 25.0).powi(2);
    let rt = -2.0 * seventh(c) * (60.0 * (-around).exp()).to_radians().sin();
    let (dl, dc, dh) = ((l2 - l1) / sl, (c2 - c1) / sc, dh / sh);
    (dl * dl + dc * dc + dh * dh + rt * dc * dh).sqrt()
}

#[test]
fn the_distance_is_ciede2000() {
    // The first and the last pair of the paper's table of test data, and one around the blue.
    for (a, b, expect) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        (
            [2.0776, 0.0795, -1.1350],
            [0.9033, -0.0636, -0.5514],
            0.9082,
        ),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
    ] {
        assert!((distance(a, b) - expect).abs() < 1e-4, "{}", distance(a, b));
    }
}

#[test]
fn series_can_be_told_apart_by_everyone() {
    let series: Vec<Colour> = (0..SERIES).map(Colour::series).collect();
    for (mode, seen) in modes() {
        for (sight, matrix) in &SIGHTS {
            for (index, one) in series.iter().enumerate() {
                for other in &series[index + 1..] {
                    let found = distance(lab(seen(*one), matrix), lab(seen(*other), matrix));
                    assert!(
                        found >= 15.0,
                        "{mode} {sight} {one:?} {other:?}: {found:.1}"
                    );
                }
            }
            let soft = distance(
                lab(seen(Colour::Accent), matrix),
                lab(seen(Colour::Soft), matrix),
            );
            assert!(soft >= 12.0, "{mode} {sight} emphasis: {soft:.1}");
        }
    }
}

#[test]
fn steps_go_one_way_for_everyone() {
    for (mode, seen) in modes() {
        for (sight, matrix) in &SIGHTS {
            let steps: Vec<[f64; 3]> = (0..5).map(|n| lab(seen(Colour::Step(n)), matrix)).collect();
            for pair in steps.windows(2) {
                let found = distance(pair[0], pair[1]);
                assert!(found >= 5.0, "{mode} {sight}: {found:.1}");
            }
            let darker = steps.is_sorted_by(|a, b| a[0] > b[0]);
            let lighter = steps.is_sorted_by(|a, b| a[0] < b[0]);
            assert!(darker || lighter, "{mode} {sight}");
        }
    }
}
