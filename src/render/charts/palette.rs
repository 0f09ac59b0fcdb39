//! The colours of all charts, and the style sheet that turns them dark.
//!
//! A chart is drawn once, in the light colours, as attributes (`fill="#1F5FA8"`); style rules that
//! match those attributes replace them where the page or the system is dark. So an SVG without any
//! style sheet is still right, and there is one list of colours. Contrast is tested below: text 4.5:1
//! and marks 3:1 against the ground, in light and dark (WCAG 2.2, 1.4.3 and 1.4.11).

use std::fmt::Write as _;

/// A colour by its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    /// What the chart stands on.
    Ground,
    /// Names and values.
    Ink,
    /// Dates and scales.
    Muted,
    /// Lines that only guide the eye.
    Rule,
    /// The line from which values are measured, and the line of time.
    Axis,
    /// Marks that step back behind an emphasised one.
    Soft,
    /// Marks.
    Accent,
    /// The marks of the second series, the third, …: 1 to 5. The first has [`Colour::Accent`].
    Series(usize),
    /// Text on marks of the first series, the second, …: 0 to 5.
    OnSeries(usize),
    /// The steps of a map from low to high: 0 to 4.
    Step(usize),
    /// Text on them.
    OnStep(usize),
}

/// How many series have a colour, and a shape, of their own.
pub const SERIES: usize = 6;

type Rgb = (u8, u8, u8);

/// One colour: light, dark, and what it becomes where the reader's system decides on all colours.
struct Entry {
    colour: Colour,
    /// The last part of its custom property, `--chart-…`.
    name: &'static str,
    light: u32,
    dark: u32,
    forced: &'static str,
}

const fn entry(
    colour: Colour,
    name: &'static str,
    light: u32,
    dark: u32,
    forced: &'static str,
) -> Entry {
    Entry {
        colour,
        name,
        light,
        dark,
        forced,
    }
}

/// All colours. Style rules know a colour by its light value, so each has another: text on marks is
/// black or white but for the last bits.
///
/// The six series were searched for (simulated annealing over sRGB) with the largest least distance
/// between any two, for normal sight and for the three dichromacies; the steps are of one hue, evenly
/// spaced in lightness. The tests below hold both to it.
const COLOURS: [Entry; 28] = [
    entry(Colour::Ground, "ground", 0xff_ff_ff, 0x16_18_1c, "Canvas"),
    entry(Colour::Ink, "ink", 0x1c_21_28, 0xe8_ea_ed, "CanvasText"),
    entry(Colour::Muted, "muted", 0x5a_65_70, 0xa6_b0_bb, "CanvasText"),
    entry(Colour::Rule, "rule", 0xc8_ce_d5, 0x40_47_50, "GrayText"),
    entry(Colour::Axis, "axis", 0x7c_87_93, 0x7b_86_92, "CanvasText"),
    entry(Colour::Soft, "soft", 0x8a_95_a1, 0x6b_76_82, "GrayText"),
    entry(Colour::Accent, "accent", 0x1f_5f_a8, 0x6f_ae_f2, "LinkText"),
    entry(
        Colour::Series(1),
        "series-2",
        0xc6_80_0b,
        0xea_a2_2c,
        "CanvasText",
    ),
    entry(
        Colour::Series(2),
        "series-3",
        0x00_a3_a5,
        0x45_68_9a,
        "LinkText",
    ),
    entry(
        Colour::Series(3),
        "series-4",
        0x91_28_00,
        0xb5_3f_11,
        "CanvasText",
    ),
    entry(
        Colour::Series(4),
        "series-5",
        0x68_59_5b,
        0x99_97_91,
        "LinkText",
    ),
    entry(
        Colour::Series(5),
        "series-6",
        0x2c_00_30,
        0xee_ff_e4,
        "CanvasText",
    ),
    entry(
        Colour::OnSeries(0),
        "on-series-1",
        0xff_ff_fe,
        0x00_00_00,
        "Canvas",
    ),
    entry(
        Colour::OnSeries(1),
        "on-series-2",
        0x00_00_01,
        0x00_00_00,
        "Canvas",
    ),
    entry(
        Colour::OnSeries(2),
        "on-series-3",
        0x00_00_02,
        0xff_ff_ff,
        "Canvas",
    ),
    entry(
        Colour::OnSeries(3),
        "on-series-4",
        0xff_ff_fd,
        0xff_ff_ff,
        "Canvas",
    ),
    entry(
        Colour::OnSeries(4),
        "on-series-5",
        0xff_ff_fc,
        0x00_00_00,
        "Canvas",
    ),
    entry(
        Colour::OnSeries(5),
        "on-series-6",
        0xff_ff_fb,
        0x00_00_00,
        "Canvas",
    ),
    entry(Colour::Step(0), "step-1", 0x6e_93_c5, 0x36_68_9e, "Canvas"),
    entry(Colour::Step(1), "step-2", 0x35_76_b7, 0x3f_7e_bf, "Canvas"),
    entry(Colour::Step(2), "step-3", 0x00_5d_a1, 0x6d_a1_e1, "Canvas"),
    entry(Colour::Step(3), "step-4", 0x00_46_83, 0xa4_c3_f3, "Canvas"),
    entry(Colour::Step(4), "step-5", 0x00_2f_5a, 0xdc_e6_f8, "Canvas"),
    entry(
        Colour::OnStep(0),
        "on-step-1",
        0x00_00_03,
        0xff_ff_ff,
        "CanvasText",
    ),
    entry(
        Colour::OnStep(1),
        "on-step-2",
        0xff_ff_fa,
        0x00_00_00,
        "CanvasText",
    ),
    entry(
        Colour::OnStep(2),
        "on-step-3",
        0xff_ff_f9,
        0x00_00_00,
        "CanvasText",
    ),
    entry(
        Colour::OnStep(3),
        "on-step-4",
        0xff_ff_f8,
        0x00_00_00,
        "CanvasText",
    ),
    entry(
        Colour::OnStep(4),
        "on-step-5",
        0xff_ff_f7,
        0x00_00_00,
        "CanvasText",
    ),
];

impl Colour {
    /// The colour of a series, from 0.
    pub(crate) fn series(number: usize) -> Self {
        match number % SERIES {
            0 => Self::Accent,
            number => Self::Series(number),
        }
    }

    fn entry(self) -> &'static Entry {
        let found = COLOURS.iter().find(|entry| entry.colour == self);
        // A number beyond the last one draws in ink rather than not at all.
        found.unwrap_or(&COLOURS[1])
    }

    pub(crate) fn light(self) -> Rgb {
        rgb(self.entry().light)
    }
}

fn rgb(value: u32) -> Rgb {
    let [_, r, g, b] = value.to_be_bytes();
    (r, g, b)
}

/// As plotters writes it, in capitals: style rules must match it letter by letter.
pub(crate) fn hex((r, g, b): Rgb) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// The style sheet for charts inside a page: colours, fonts, and which of the two widths shows.
///
/// Both drawings of a figure stand in one `<div class="chart-drawing">`, whose width decides.
///
/// A theme changes a colour by setting its custom property (`--chart-accent`) after this sheet. Dark
/// where the system is, unless the page says `data-theme="light"`; dark too with `data-theme="dark"`.
#[must_use]
pub fn stylesheet() -> String {
    let mut css = String::new();
    let light = properties(|entry| hex(rgb(entry.light)));
    let dark = properties(|entry| hex(rgb(entry.dark)));
    let forced = properties(|entry| entry.forced.to_owned());
    let _ = writeln!(css, ":root{{{light}}}");
    let _ = writeln!(
        css,
        "@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
    );
    let _ = writeln!(css, ":root[data-theme=dark]{{{dark}}}");
    let _ = writeln!(css, "@media print{{:root:root:root{{{light}}}}}");
    let _ = writeln!(
        css,
        "@media (forced-colors:active){{:root:root:root{{{forced}}}.chart-svg{{forced-color-adjust:none}}{}{{stroke:CanvasText}}}}",
        steps().join(",")
    );
    for entry in &COLOURS {
        let (value, name) = (hex(rgb(entry.light)), entry.name);
        let _ = writeln!(
            css,
            ".chart-svg [fill=\"{value}\"]{{fill:var(--chart-{name})}}.chart-svg [stroke=\"{value}\"]{{stroke:var(--chart-{name})}}"
        );
    }
    css.push_str(LAYOUT);
    css
}

/// What the steps of a map fill, which a reader's own few colours leave with a frame alone.
fn steps() -> Vec<String> {
    let steps = COLOURS.iter();
    let steps = steps.filter(|entry| matches!(entry.colour, Colour::Step(_)));
    steps
        .map(|entry| format!(".chart-svg [fill=\"{}\"]", hex(rgb(entry.light))))
        .collect()
}

fn properties(value: impl Fn(&Entry) -> String) -> String {
    let mut all = String::new();
    for entry in &COLOURS {
        let _ = write!(all, "--chart-{}:{};", entry.name, value(entry));
    }
    all
}

/// 540 px: there the wide drawing's text of 15 units is 11.25 px, and below it the narrow one shows,
/// whose smallest text of 12 units is 11.4 px at 288 px, the width of a text on a screen of 320.
const LAYOUT: &str = "\
.chart-link,.chart-link text{color:inherit;text-decoration:underline dotted 1px;text-underline-offset:.2em}
.chart-link:hover text{text-decoration-style:solid}
.chart-link:target{outline:2px solid var(--chart-accent);outline-offset:2px}
.chart-drawing{container-type:inline-size}
.chart-svg{display:block;width:100%;height:auto;overflow:visible}
.chart-svg text{font-variant-numeric:tabular-nums}
.chart-wide{max-width:52rem}
.chart-narrow{max-width:25rem;display:none}
@container (width < 540px){.chart-wide{display:none}.chart-narrow{display:block}}
@supports not (container-type:inline-size){@media (max-width:600px){.chart-wide{display:none}.chart-narrow{display:block}}}
";

/// The style of a drawing that stands alone in a file.
///
/// The font stacks name what the systems have, and end in one generic name.
///
/// Of the rules for colours it holds those that the drawing uses.
pub(crate) fn file_style(lang: crate::lang::Lang, used: &[Colour]) -> String {
    let fonts = match lang {
        crate::lang::Lang::Zh => {
            "\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",\"Source Han Sans SC\",sans-serif"
        }
        crate::lang::Lang::En => {
            "\"Helvetica Neue\",Arial,\"Noto Sans\",\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif"
        }
    };
    let mut css = format!(
        "text{{font-family:{fonts};font-variant-numeric:tabular-nums}}\n@media (prefers-color-scheme:dark){{\n"
    );
    for entry in COLOURS.iter().filter(|entry| used.contains(&entry.colour)) {
        let (from, to) = (hex(rgb(entry.light)), hex(rgb(entry.dark)));
        let _ = writeln!(
            css,
            "[fill=\"{from}\"]{{fill:{to}}}[stroke=\"{from}\"]{{stroke:{to}}}"
        );
    }
    css.push_str("}\n");
    css
}

#[cfg(test)]
mod tests;
