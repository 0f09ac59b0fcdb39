//! Things by what they have in common, in one language.

use super::{Wrong, is_named};
use crate::content::table::Groups;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Localized};
use crate::render::charts::palette;
use crate::render::charts::phrase::Phrase;
use crate::render::charts::spec::Spec;

/// Groups in the order of the data.
pub(crate) struct GroupsView {
    pub(crate) lang: Lang,
    pub(crate) groups: Vec<GroupView>,
}

/// One group.
pub(crate) struct GroupView {
    pub(crate) label: Phrase,
    pub(crate) members: Vec<(Phrase, Localized)>,
    pub(crate) strong: bool,
}

/// Reads groups for one language.
pub(super) fn read(all: &Groups, spec: &Spec, lang: Lang, wrong: &mut Wrong<'_>) -> GroupsView {
    let mut groups = Vec::with_capacity(all.groups.len());
    let mut names: Vec<&Localized> = Vec::new();
    for (index, group) in all.groups.iter().enumerate() {
        names.push(&group.label);
        names.extend(&group.members);
        let Some(label) = Phrase::of(&group.label, lang) else {
            wrong.no_label("group", index);
            continue;
        };
        let members = group
            .members
            .iter()
            .filter_map(|member| Some((Phrase::of(member, lang)?, member.clone())));
        groups.push(GroupView {
            label,
            members: members.collect(),
            strong: is_named(&spec.highlight, &[&group.label]),
        });
    }
    wrong.check_highlight(&names);
    let members = all.groups.iter().flat_map(|group| &group.members);
    wrong.check_regions("groups", members, lang);
    if groups.len() > palette::SERIES {
        let message = format!("{} groups can't be told apart in one chart", groups.len());
        let hint = format!("make {} of them or fewer", palette::SERIES);
        wrong.say("groups", Diagnostic::error(message).hint(hint));
    }
    GroupsView { lang, groups }
}
