//! Several authors in one line, as each way of citing wants them.
//!
//! In: `author:` of the configuration, in which `;` (or `；`, and in Chinese `、`) stands between authors.
//! `Chen, Jing` is a person whose family name comes first; anything else is kept whole, as the name
//! of an institution must be. Out: the authors for GB/T 7714, APA and BibTeX.

/// More than these are not named in GB/T 7714.
const NAMED: usize = 3;

fn each(author: &str) -> Vec<&str> {
    let names = author.split([';', '；', '、']).map(str::trim);
    names.filter(|name| !name.is_empty()).collect()
}

/// Family name and given names of a person. A family name is one word, if need be after small ones
/// (`van der Berg, Jan`): `Bureau of Culture, Hangzhou` is whole, and so is `Jing Chen, Wen Ouyang`.
fn person(name: &str) -> Option<(&str, &str)> {
    let (family, given) = name.split_once(", ")?;
    let (family, given) = (family.trim(), given.trim());
    let (small, last) = family.rsplit_once(' ').unwrap_or(("", family));
    let mut small = small.split(' ');
    let is_family = !last.is_empty() && small.all(|word| !word.starts_with(char::is_uppercase));
    (is_family && !given.is_empty() && !given.contains(',')).then_some((family, given))
}

/// `陈静, 欧阳文, 李明, 等`: three at most, without commas within a name.
pub(super) fn gb(author: &str) -> String {
    let names = each(author);
    let shown = names.iter().take(NAMED).map(|name| match person(name) {
        Some((family, given)) => format!("{family} {given}"),
        None => (*name).to_owned(),
    });
    let mut line = shown.collect::<Vec<_>>();
    if names.len() > NAMED {
        line.push("等".to_owned());
    }
    line.join(", ")
}

/// `Chen, J., Li, X. M., & Reading Society`
pub(super) fn apa(author: &str) -> String {
    let names = each(author).into_iter().map(|name| match person(name) {
        Some((family, given)) => format!("{family}, {}", initials(given)),
        None => name.to_owned(),
    });
    let mut names: Vec<String> = names.collect();
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{}, & {last}", names.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// `Xiao Ming` becomes `X. M.`, `Jean-Paul` `J.-P.`
fn initials(given: &str) -> String {
    let parts = given.split_whitespace().map(|name| {
        let firsts = name.split('-').filter_map(|part| part.chars().next());
        let firsts: Vec<String> = firsts.map(|first| format!("{first}.")).collect();
        firsts.join("-")
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// `Chen, Jing and {Reading Society}`; the second braces keep a name whole.
pub(super) fn bibtex(author: &str, tex: impl Fn(&str) -> String) -> String {
    let names = each(author).into_iter().map(|name| match person(name) {
        Some((family, given)) => format!("{{{}}}, {}", tex(family), tex(given)),
        None => format!("{{{}}}", tex(name)),
    });
    names.collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(author: &str, in_gb: &str, in_apa: &str, in_bibtex: &str) {
        assert_eq!(gb(author), in_gb);
        assert_eq!(apa(author), in_apa);
        assert_eq!(bibtex(author, str::to_owned), in_bibtex);
    }

    #[test]
    fn one_author_stays_as_written() {
        check("Li Lei", "Li Lei", "Li Lei", "{Li Lei}");
        check(
            "Reading and Writing Ltd.",
            "Reading and Writing Ltd.",
            "Reading and Writing Ltd.",
            "{Reading and Writing Ltd.}",
        );
        let bureau = "Bureau of Culture, Hangzhou";
        check(bureau, bureau, bureau, "{Bureau of Culture, Hangzhou}");
        check(
            "van der Berg, Jan",
            "van der Berg Jan",
            "van der Berg, J.",
            "{van der Berg}, Jan",
        );
        check(
            "O’Neill, Jean-Paul",
            "O’Neill Jean-Paul",
            "O’Neill, J.-P.",
            "{O’Neill}, Jean-Paul",
        );
    }

    #[test]
    fn several_are_told_apart() {
        check(
            "陈静、欧阳文；阿依古丽·买买提、李明",
            "陈静, 欧阳文, 阿依古丽·买买提, 等",
            "陈静, 欧阳文, 阿依古丽·买买提, & 李明",
            "{陈静} and {欧阳文} and {阿依古丽·买买提} and {李明}",
        );
        check(
            "Chen, Xiao Ming; Society for Reading, Writing, and Rest",
            "Chen Xiao Ming, Society for Reading, Writing, and Rest",
            "Chen, X. M., & Society for Reading, Writing, and Rest",
            "{Chen}, Xiao Ming and {Society for Reading, Writing, and Rest}",
        );
    }
}
