//! What a person changes of a theme without touching it: colours, fonts and logo in `site.yaml`.
//!
//! In: the `appearance:` part of the configuration. Out: `assets/custom.css`, a few custom properties
//! that the theme's own sheet builds on, and the address of the logo. Promise: what is written there
//! is checked: a colour is a colour, text stands out from its ground (WCAG 2.2 AA), the logo is a
//! file of the report.

use std::fmt::Write as _;
use std::path::Path;

use crate::config::{self, Appearance};
use crate::content::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::markdown::links::MEDIA;

/// The style sheet's name in `assets/`.
pub(super) const STYLES: &str = "custom.css";

/// The least contrast of text to its ground (WCAG 2.2, criterion 1.4.3).
const CONTRAST: f64 = 4.5;

/// The colours of the default theme, for what a person leaves as it is.
const LIGHT: Colours = Colours {
    ground: Colour([0xff, 0xff, 0xff]),
    ink: Colour([0x1c, 0x21, 0x28]),
    accent: Colour([0x1f, 0x5f, 0xa8]),
};
const DARK: Colours = Colours {
    ground: Colour([0x16, 0x18, 0x1c]),
    ink: Colour([0xe8, 0xea, 0xed]),
    accent: Colour([0x6f, 0xae, 0xf2]),
};

#[derive(Debug, Clone, Copy)]
struct Colours {
    ground: Colour,
    ink: Colour,
    accent: Colour,
}

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colour([u8; 3]);

impl Colour {
    /// `#1f5fa8` or `#15a`.
    fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        let parts: Vec<u8> = match digits.len() {
            3 => digits.iter().map(|digit| digit * 17).collect(),
            6 => digits
                .chunks(2)
                .map(|pair| pair[0] * 16 + pair[1])
                .collect(),
            _ => return None,
        };
        parts.try_into().ok().map(Self)
    }

    fn hex(self) -> String {
        let Self([r, g, b]) = self;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The same colour, as much lighter as it needs to stand out from a dark ground.
    fn for_dark(self, ground: Self) -> Self {
        let mut lighter = self;
        for step in 0..=20_u16 {
            let mix = |part: u8| {
                let part = u16::from(part);
                u8::try_from(part + (255 - part) * step / 20).unwrap_or(255)
            };
            lighter = Self(self.0.map(mix));
            if lighter.contrast(ground) >= CONTRAST + 1.0 {
                break;
            }
        }
        lighter
    }
}

/// The style sheet, if anything is set, and what is wrong with what is set.
pub(super) fn styles(report: &Report) -> (Option<String>, Vec<Diagnostic>) {
    let appearance = &report.config.appearance;
    let mut wrong = Vec::new();
    let mut css = String::new();
    if let Some((light, dark)) = colours(appearance, &mut wrong) {
        // Charts on paper have the report's colour too, if it can be seen there.
        let paper = [light.accent, dark.accent].into_iter();
        let paper = paper
            .filter(|accent| accent.contrast(Colour([255; 3])) >= CONTRAST)
            .map(|accent| format!("--chart-accent: {};", accent.hex()))
            .next()
            .unwrap_or_default();
        let (light, dark) = (properties(light), properties(dark));
        // Writing to a string can't fail.
        let _ = write!(
            css,
            ":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {dark} }} }}\n:root[data-theme=dark] {{ {dark} }}\n@media print {{ :root:root:root {{ {paper} }} }}\n",
        );
    }
    let fonts = [
        ("zh-sans", "zh", &appearance.fonts.zh),
        ("en-sans", "en", &appearance.fonts.en),
        ("zh-serif", "zh_headings", &appearance.fonts.zh_headings),
        ("en-serif", "en_text", &appearance.fonts.en_text),
    ];
    for (property, key, font) in fonts {
        let Some(font) = font else { continue };
        if font.contains([';', '{', '}', '<', '>', '\\', '\n', ':', '(']) {
            wrong.push(mistake(
                appearance,
                key,
                &format!("`{font}` is not a list of fonts"),
                "write their names with commas between them, for instance \"Source Han Sans SC, sans-serif\"",
            ));
        } else {
            // Writing to a string can't fail.
            let _ = writeln!(css, ":root {{ --{property}: {font}; }}");
        }
    }
    if let Some(logo) = appearance
        .logo
        .as_ref()
        .filter(|logo| !report.has_asset(logo))
    {
        wrong.push(mistake(
            appearance,
            "logo",
            &format!("there is no file `{logo}` in content/"),
            "put the picture into content/, and write its path from there",
        ));
    }
    ((!css.is_empty()).then_some(css), wrong)
}

/// The address of the logo from the site's top.
pub(super) fn logo(report: &Report) -> Option<String> {
    let logo = report.config.appearance.logo.as_ref()?;
    report.has_asset(logo).then(|| format!("{MEDIA}/{logo}"))
}

fn properties(colours: Colours) -> String {
    let [ground, ink, accent] = [colours.ground, colours.ink, colours.accent].map(Colour::hex);
    format!("--ground: {ground}; --ink: {ink}; --accent: {accent}; --chart-accent: {accent};")
}

/// The colours in light and dark, if one is set.
fn colours(appearance: &Appearance, wrong: &mut Vec<Diagnostic>) -> Option<(Colours, Colours)> {
    let colors = &appearance.colors;
    let mut read = |key: &str, value: &Option<String>| {
        let value = value.as_ref()?;
        let colour = Colour::parse(value.trim());
        if colour.is_none() {
            wrong.push(mistake(
                appearance,
                key,
                &format!("`{value}` is not a colour"),
                "write it as \"#1f5fa8\", with quotation marks",
            ));
        }
        colour
    };
    let set = [
        read("ground", &colors.ground),
        read("ink", &colors.ink),
        read("accent", &colors.accent),
        read("ground_dark", &colors.ground_dark),
        read("ink_dark", &colors.ink_dark),
        read("accent_dark", &colors.accent_dark),
    ];
    if set.iter().all(Option::is_none) {
        return None;
    }
    let [ground, ink, accent, ground_dark, ink_dark, accent_dark] = set;
    let light = Colours {
        ground: ground.unwrap_or(LIGHT.ground),
        ink: ink.unwrap_or(LIGHT.ink),
        accent: accent.unwrap_or(LIGHT.accent),
    };
    let dark_ground = ground_dark.unwrap_or(DARK.ground);
    let dark = Colours {
        ground: dark_ground,
        ink: ink_dark.unwrap_or(DARK.ink),
        accent: accent_dark
            .or(accent.map(|accent| accent.for_dark(dark_ground)))
            .unwrap_or(DARK.accent),
    };
    for (colours, keys) in [
        (light, ["ink", "accent"]),
        (dark, ["ink_dark", "accent_dark"]),
    ] {
        for (colour, key) in [colours.ink, colours.accent].into_iter().zip(keys) {
            let contrast = colour.contrast(colours.ground);
            if contrast < CONTRAST {
                let (colour, ground) = (colour.hex(), colours.ground.hex());
                wrong.push(Diagnostic {
                    severity: Severity::Warning,
                    ..mistake(
                        appearance,
                        key,
                        &format!("text in {colour} on {ground} has a contrast of {contrast:.1}"),
                        "choose colours with 4.5 at least, as WCAG 2.2 AA asks",
                    )
                });
            }
        }
    }
    Some((light, dark))
}

/// What is wrong with a key under `appearance:`.
fn mistake(appearance: &Appearance, key: &str, message: &str, hint: &str) -> Diagnostic {
    let (line, column) = appearance.place(key);
    Diagnostic::error(format!("appearance: {key}: {message}"))
        .at(Path::new(config::FILE), line, Some(column))
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn check(yaml: &str) -> (String, Vec<String>) {
        let report = Report {
            config: Config::parse(yaml).unwrap(),
            ..Report::default()
        };
        let (css, wrong) = styles(&report);
        let messages = wrong.into_iter().map(|one| one.message).collect();
        (css.unwrap_or_default(), messages)
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let (black, white) = (Colour([0; 3]), Colour([255; 3]));
        assert!((black.contrast(white) - 21.0).abs() < 0.01);
        assert!((Colour([0x77; 3]).contrast(white) - 4.48).abs() < 0.01);
    }

    #[test]
    fn an_accent_is_made_lighter_for_the_dark() {
        let (css, wrong) = check("appearance: { colors: { accent: '#8a1c2b' } }");
        assert_eq!(wrong, Vec::<String>::new());
        assert!(
            css.contains("--accent: #8a1c2b") && css.contains("data-theme=dark"),
            "{css}"
        );
        let (_, paper) = css.split_once("@media print").unwrap_or_default();
        assert!(paper.contains("--chart-accent: #8a1c2b;"), "{css}");
        let dark = Colour([0x8a, 0x1c, 0x2b]).for_dark(DARK.ground);
        assert!(dark.contrast(DARK.ground) >= CONTRAST);
    }

    #[test]
    fn what_can_not_be_used_is_said() {
        let (css, wrong) =
            check("appearance: { colors: { accent: red }, fonts: { en: 'a; b' }, logo: x.svg }");
        assert_eq!(css, "");
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        let (_, wrong) = check("appearance: { colors: { accent: '#ffee00' } }");
        assert_eq!(
            wrong,
            ["appearance: accent: text in #ffee00 on #ffffff has a contrast of 1.2"]
        );
    }
}
