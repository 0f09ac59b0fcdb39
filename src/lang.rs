//! The two languages of a report, and text that is said in both.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A language of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, in simplified characters.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both, in the order in which they are listed when nothing says otherwise.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The short code in file names and addresses: `zh`, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The BCP 47 tag for `lang` and `hreflang` attributes.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans",
            Self::En => "en",
        }
    }

    /// The language's name in itself, as a reader looks for it.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }

    /// The language of a code, if it is one of ours.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Text in one or both languages. In YAML either `{ zh: …, en: … }`, or one string for both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Localized {
    /// The Chinese text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// The English text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Localized {
    /// Text in Chinese alone, as `import` finds it.
    pub fn zh(text: impl Into<String>) -> Self {
        Self {
            zh: Some(text.into()),
            en: None,
        }
    }

    /// Text in both languages.
    pub fn both(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: Some(zh.into()),
            en: Some(en.into()),
        }
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn only(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Zh => self.zh.as_deref(),
            Lang::En => self.en.as_deref(),
        }
    }

    /// The text in this language, or in the other if it is missing; empty if there is none.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        self.only(lang)
            .or_else(|| self.only(lang.other()))
            .unwrap_or_default()
    }

    /// The language that [`Localized::get`] answers in. One string for both languages is Chinese if
    /// there is a Chinese character in it.
    #[must_use]
    pub fn shown_in(&self, lang: Lang) -> Lang {
        match (self.only(lang), self.only(lang.other())) {
            (Some(text), Some(other)) if text == other => {
                if text.chars().any(is_han) {
                    Lang::Zh
                } else {
                    Lang::En
                }
            }
            (None, Some(_)) => lang.other(),
            _ => lang,
        }
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }
}

/// A Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

impl<'de> Deserialize<'de> for Localized {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LocalizedVisitor)
    }
}

/// Written by hand rather than `untagged`, so that an error says what is wrong and where.
struct LocalizedVisitor;

impl<'de> Visitor<'de> for LocalizedVisitor {
    type Value = Localized;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or `{ zh: …, en: … }`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Localized, E> {
        Ok(Localized::both(text, text))
    }

    /// A year is a name too.
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Localized, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Localized, A::Error> {
        let mut text = Localized::default();
        while let Some(key) = map.next_key::<String>()? {
            let slot = match key.as_str() {
                "zh" => &mut text.zh,
                "en" => &mut text.en,
                _ => return Err(de::Error::unknown_field(&key, &["zh", "en"])),
            };
            if slot.replace(map.next_value()?).is_some() {
                return Err(de::Error::custom(format_args!("duplicate field `{key}`")));
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_knows_the_language_it_is_shown_in() {
        let chinese = Localized::zh("报告");
        assert_eq!(chinese.shown_in(Lang::En), Lang::Zh);
        let name = Localized::both("CC BY 4.0", "CC BY 4.0");
        assert_eq!(name.shown_in(Lang::Zh), Lang::En);
        let both = Localized::both("报告", "Report");
        assert_eq!(both.shown_in(Lang::En), Lang::En);
    }
}
