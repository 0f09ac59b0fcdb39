//! The colours of all charts, and the style sheet that turns them dark.
//!
//! A chart is drawn once, in the light colours, as attributes (`fill="#1F5FA8"`); style rules that
//! match those attributes replace them where the page or the system is dark. So an SVG without any
//! style sheet is still right, and there is one list of colours. Contrast is tested below: text 4.5:1
//! and marks 3:1 against the ground, in light and dark (WCAG 2.2, 1.4.3 and 1.4.11).

use std::fmt::Write as _;

use serde::Serialize;

/// A colour by its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
}

type Rgb = (u8, u8, u8);

impl Colour {
    pub(crate) const ALL: [Self; 7] = [
        Self::Ground,
        Self::Ink,
        Self::Muted,
        Self::Rule,
        Self::Axis,
        Self::Soft,
        Self::Accent,
    ];

    /// The last part of its custom property, `--chart-…`.
    fn name(self) -> &'static str {
        match self {
            Self::Ground => "ground",
            Self::Ink => "ink",
            Self::Muted => "muted",
            Self::Rule => "rule",
            Self::Axis => "axis",
            Self::Soft => "soft",
            Self::Accent => "accent",
        }
    }

    pub(crate) fn light(self) -> Rgb {
        match self {
            Self::Ground => (0xff, 0xff, 0xff),
            Self::Ink => (0x1c, 0x21, 0x28),
            Self::Muted => (0x5a, 0x65, 0x70),
            Self::Rule => (0xc8, 0xce, 0xd5),
            Self::Axis => (0x7c, 0x87, 0x93),
            Self::Soft => (0x8a, 0x95, 0xa1),
            Self::Accent => (0x1f, 0x5f, 0xa8),
        }
    }

    fn dark(self) -> Rgb {
        match self {
            Self::Ground => (0x16, 0x18, 0x1c),
            Self::Ink => (0xe8, 0xea, 0xed),
            Self::Muted => (0xa6, 0xb0, 0xbb),
            Self::Rule => (0x40, 0x47, 0x50),
            Self::Axis => (0x7b, 0x86, 0x92),
            Self::Soft => (0x6b, 0x76, 0x82),
            Self::Accent => (0x6f, 0xae, 0xf2),
        }
    }

    /// What it becomes where the reader's system decides on all colours.
    fn forced(self) -> &'static str {
        match self {
            Self::Ground => "Canvas",
            Self::Ink | Self::Muted | Self::Axis => "CanvasText",
            Self::Rule | Self::Soft => "GrayText",
            Self::Accent => "LinkText",
        }
    }
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
    let light = properties(|c| hex(c.light()));
    let dark = properties(|c| hex(c.dark()));
    let forced = properties(|c| c.forced().to_owned());
    let _ = writeln!(css, ":root{{{light}}}");
    let _ = writeln!(
        css,
        "@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
    );
    let _ = writeln!(css, ":root[data-theme=dark]{{{dark}}}");
    let _ = writeln!(css, "@media print{{:root:root:root{{{light}}}}}");
    let _ = writeln!(
        css,
        "@media (forced-colors:active){{:root:root:root{{{forced}}}.chart-svg{{forced-color-adjust:none}}}}"
    );
    for colour in Colour::ALL {
        let (value, name) = (hex(colour.light()), colour.name());
        let _ = writeln!(
            css,
            ".chart-svg [fill=\"{value}\"]{{fill:var(--chart-{name})}}.chart-svg [stroke=\"{value}\"]{{stroke:var(--chart-{name})}}"
        );
    }
    css.push_str(LAYOUT);
    css
}

fn properties(value: impl Fn(Colour) -> String) -> String {
    let mut all = String::new();
    for colour in Colour::ALL {
        let _ = write!(all, "--chart-{}:{};", colour.name(), value(colour));
    }
    all
}

/// 540 px: there the wide drawing's text of 15 units is 11.25 px, and below it the narrow one shows,
/// whose smallest text of 12 units is 11.3 px at 320 px.
const LAYOUT: &str = "\
.chart-drawing{container-type:inline-size}
.chart-svg{display:block;width:100%;height:auto;overflow:visible}
.chart-svg text{font-variant-numeric:tabular-nums}
.chart-wide{max-width:52rem}
.chart-narrow{max-width:27rem;display:none}
@container (width < 540px){.chart-wide{display:none}.chart-narrow{display:block}}
@supports not (container-type:inline-size){@media (max-width:600px){.chart-wide{display:none}.chart-narrow{display:block}}}
";

/// The style of a drawing that stands alone in a file.
///
/// The font stacks name what the systems have, and end in one generic name.
pub(crate) fn file_style(lang: crate::lang::Lang) -> String {
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
    for colour in Colour::ALL {
        let (from, to) = (hex(colour.light()), hex(colour.dark()));
        let _ = writeln!(
            css,
            "[fill=\"{from}\"]{{fill:{to}}}[stroke=\"{from}\"]{{stroke:{to}}}"
        );
    }
    css.push_str("}\n");
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2's relative luminance.
    fn luminance((r, g, b): Rgb) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_and_marks_stand_out_in_light_and_dark() {
        for (values, ground) in [
            (Colour::ALL.map(Colour::light), Colour::Ground.light()),
            (Colour::ALL.map(Colour::dark), Colour::Ground.dark()),
        ] {
            for (colour, value) in Colour::ALL.into_iter().zip(values) {
                let least = match colour {
                    Colour::Ink | Colour::Muted => 4.5,
                    Colour::Axis | Colour::Soft | Colour::Accent => 3.0,
                    Colour::Ground | Colour::Rule => continue,
                };
                let found = contrast(value, ground);
                assert!(found >= least, "{colour:?} has {found:.2}:1");
            }
        }
    }

    #[test]
    fn every_colour_is_another() {
        for (index, colour) in Colour::ALL.into_iter().enumerate() {
            for other in &Colour::ALL[index + 1..] {
                assert_ne!(colour.light(), other.light(), "{colour:?} {other:?}");
            }
        }
    }
}
