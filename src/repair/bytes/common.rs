//! How common a letter or a mark is. In: a character that may have lost a byte, and where it
//! stands. Out: its weight against the others that it may have been.
//!
//! The word model knows Chinese. Of all other languages there are only the letters here, set by hand,
//! so that of what can't be told apart the likeliest is taken, and the doubt shown.

use super::super::classes;

/// Letters and marks with a byte that gets dropped, the commonest of each family first, and how
/// often each comes in texts of its languages, roughly, in ten thousand characters.
const COMMON: [(char, f64); 49] = [
    ('’', 80.0),
    ('”', 50.0),
    ('“', 49.0),
    ('—', 20.0),
    ('–', 20.0),
    ('…', 10.0),
    ('‐', 1.0),
    ('€', 3.0),
    ('с', 550.0),
    ('я', 200.0),
    ('э', 32.0),
    ('А', 30.0),
    ('Н', 30.0),
    ('П', 30.0),
    ('О', 30.0),
    ('В', 30.0),
    ('р', 470.0),
    ('т', 630.0),
    ('у', 260.0),
    ('Á', 4.0),
    ('Í', 3.0),
    ('Ý', 1.0),
    ('Ï', 0.3),
    ('À', 6.0),
    ('É', 12.0),
    ('Ö', 6.0),
    ('Ü', 8.0),
    ('Ä', 6.0),
    ('ß', 15.0),
    ('Ç', 3.0),
    ('č', 90.0),
    ('ď', 2.0),
    ('Đ', 5.0),
    ('ā', 5.0),
    ('ő', 20.0),
    ('Ł', 5.0),
    ('ł', 180.0),
    ('ρ', 420.0),
    ('ύ', 60.0),
    ('Ν', 20.0),
    ('ề', 60.0),
    ('ờ', 50.0),
    ('ọ', 40.0),
    ('ỏ', 20.0),
    ('♥', 0.5),
    ('❤', 1.0),
    ('👍', 1.0),
    ('👏', 0.3),
    ('\u{fe0f}', 1.0),
];
/// The same of letters that are another's equal but for the ends of words.
const FINAL: [(char, f64); 2] = [('с', 60.0), ('я', 500.0)];
/// Syllables and kana, the commonest first: the nth comes about 300/n times in ten thousand.
const SYLLABLES: [&str; 3] = [
    "이다는을의에가고하지기사리로한은아자어서도를나시대그들인수으라과정해있전일스게부제장주조보원여성동만구소\
     거면우경상연것니안관적유신비마할오했요치진위중생공방없모무국세문개습실발말분학바회야러당와려물불드민반트화\
     선미및내용간결업재였체았각었히설식명점계영단때감금통본또더심행력음산차입양속출파등달년월함합든론류르능표호후형\
     현활강남북역텍글크프터램팀블타카키테토포피티레루",
    "のにはをたがでてとしれさいなもるかすあっりこよくだまそんきうつけおめわどらせみえじちやびねろべむぐごずばふ",
    "ンスーイトルアラリクドシレジタテマフコロバサムッネメオプセカチナミグキデニウパブポハ",
];
/// Of all others, at most.
pub(super) const RARE: f64 = 0.01;

/// What stands beside a character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    /// A letter or a digit, before it and after it.
    pub(super) before: bool,
    pub(super) after: bool,
}

/// How common a character is where it stands.
pub(super) fn weight(character: char, beside: Beside) -> f64 {
    let listed = |list: &[(char, f64)]| list.iter().find(|one| one.0 == character).map(|one| one.1);
    let at_end = (!beside.after).then(|| listed(&FINAL)).flatten();
    let weight = at_end
        .or_else(|| listed(&COMMON))
        .or_else(|| syllable(character))
        .unwrap_or_else(|| RARE * f64::from(-classes::rarity(character)).exp());
    if fits(character, beside) {
        weight
    } else {
        weight / 20.0
    }
}

/// Whether a quotation mark, an apostrophe or a dash usually stands so.
fn fits(character: char, beside: Beside) -> bool {
    match character {
        '“' => !beside.before,
        '”' => !beside.after,
        '’' => beside.before && beside.after,
        '—' | '–' => beside.before == beside.after,
        _ => true,
    }
}

fn syllable(character: char) -> Option<f64> {
    let rank = |list: &&str| list.chars().position(|one| one == character);
    let rank = SYLLABLES.iter().find_map(rank)?;
    u32::try_from(rank)
        .ok()
        .map(|rank| 300.0 / f64::from(rank + 1))
}

/// Whether a language of today is written with it, or much text has it.
pub(super) fn is_usual(character: char) -> bool {
    matches!(u32::from(character),
        // Letters of Latin, Vietnamese, Greek, Cyrillic, Hebrew, Arabic, Devanagari and Thai.
        0x20..=0x7e | 0xa0..=0x17f | 0x1a0..=0x1b0 | 0x1ea0..=0x1ef9
        | 0x386..=0x3ce | 0x401..=0x45f | 0x490..=0x491
        | 0x5d0..=0x5ea | 0x60c..=0x669 | 0x901..=0x96f | 0xe01..=0xe5b
        // Marks, signs and pictures.
        | 0x2010..=0x203b | 0x20ac | 0x2103..=0x27bf | 0xfe0f | 0x1_f300..=0x1_faff
        // Chinese, Japanese, Korean.
        | 0x3001..=0x30ff | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xff01..=0xffe5)
}
