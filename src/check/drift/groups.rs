//! The members of groups against the words that they were read from.
//!
//! In: groups of names, with what each was read from. Out: a diagnostic for a member that the words do not
//! name, and for a name in their list that is no member. Promise: a name is known by all that it is called;
//! only what stands in one list with a member is missed, and each name is said once.

use std::collections::BTreeSet;

use super::known::Known;
use super::words;
use crate::content::Report;
use crate::content::table::{Group, Groups};
use crate::diagnostic::{Diagnostic, Severity};
use crate::figures::labels::{Names, places};
use crate::lang::Lang;

/// Compares the groups of one file with their words.
pub fn compare(
    report: &Report,
    groups: &Groups,
    known: &Known,
    severity: Severity,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for group in &groups.groups {
        let Some(read) = &group.read else { continue };
        let called = names(report, group);
        let found = places(read, Lang::Zh, &called);
        let mentioned: BTreeSet<usize> = found.iter().map(|(member, _)| *member).collect();
        // Words that name none of them are about something else.
        if mentioned.is_empty() {
            continue;
        }
        for (number, member) in group.members.iter().enumerate() {
            let says = member.get(Lang::Zh);
            if !mentioned.contains(&number) && called.iter().any(|(_, of)| of == number) {
                let place = groups.text.words_place(says);
                diagnostics.push(words::read_differs(says, read, place, severity));
            }
        }
        let mut marked: BTreeSet<usize> = found.iter().map(|(_, place)| place.start).collect();
        let all = places(read, Lang::Zh, known.of(Lang::Zh));
        for (at, (_, place)) in all.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| all.get(before));
            let is_listed = |other: Option<&(usize, std::ops::Range<usize>)>| {
                other.is_some_and(|(_, other)| {
                    let gap = other.end.min(place.end)..other.start.max(place.start);
                    let only_marks = |gap: &str| gap.trim() == "、";
                    marked.contains(&other.start) && read.get(gap).is_some_and(only_marks)
                })
            };
            let listed = is_listed(before) || is_listed(all.get(at + 1));
            if listed && !marked.contains(&place.start) {
                marked.insert(place.start);
                let name = read.get(place.clone()).unwrap_or_default();
                let of_group = groups.text.words_place(group.label.get(Lang::Zh));
                diagnostics.push(words::read_names(name, read, of_group, severity));
            }
        }
    }
    diagnostics
}

/// All that the members are called.
fn names(report: &Report, group: &Group) -> Names {
    let mut names = Names::default();
    for (number, member) in group.members.iter().enumerate() {
        let own = member.get(Lang::Zh);
        if own.chars().any(crate::lang::is_han) {
            names.add(own, number);
        }
        for other in report.names.others(own, Lang::Zh) {
            names.add(other, number);
        }
    }
    names
}
