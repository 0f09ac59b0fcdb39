//! Groups in words.

use crate::lang::Lang;
use crate::render::charts::view::GroupsView;

/// Every group with all its members: they are what the chart shows.
pub(super) fn parts(groups: &GroupsView) -> Vec<String> {
    let lang = groups.lang;
    let mut parts = vec![match lang {
        Lang::Zh => "中国省级行政区方块地图".to_owned(),
        Lang::En => "Tile map of the province-level divisions of China".to_owned(),
    }];
    for group in &groups.groups {
        let names: Vec<&str> = group
            .members
            .iter()
            .map(|(name, _)| name.text.as_str())
            .collect();
        let (label, number) = (&group.label.text, names.len());
        parts.push(match lang {
            Lang::Zh => format!("{label}，{number}个：{}", names.join("、")),
            Lang::En => format!("{label}, {number}: {}", names.join(", ")),
        });
    }
    parts
}
