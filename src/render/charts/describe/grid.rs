//! Values in words.

use super::{names, unit_line};
use crate::lang::Lang;
use crate::render::charts::Kind;
use crate::render::charts::format;
use crate::render::charts::kind::{Layout, Scale};
use crate::render::charts::view::Grid;

/// The shape, the unit, the highest and the lowest value of each series, what is highlighted, gaps.
pub(super) fn parts(grid: &Grid, kind: Kind, layout: &Layout) -> Vec<String> {
    let lang = grid.lang;
    let mut parts = vec![shape(grid, kind, layout)];
    if let Some(unit) = &grid.unit {
        let said = unit_line(unit, lang);
        parts.push(match lang {
            Lang::Zh => said,
            Lang::En => said.replacen("Unit", "unit", 1),
        });
    }
    if grid.series.len() == 1 {
        parts.extend(extremes(grid, 0));
    } else {
        for (number, series) in grid.series.iter().enumerate() {
            let said = extremes(grid, number);
            let name = &series.name.text;
            parts.push(match lang {
                Lang::Zh => format!("{name}：{}", said.join("，")),
                Lang::En => format!("{name}: {}", said.join(", ")),
            });
        }
    }
    parts.extend(highlighted(grid));
    parts.extend(gaps(grid));
    parts
}

fn shape(grid: &Grid, kind: Kind, layout: &Layout) -> String {
    let number = grid.values().count();
    let (zh, en) = match (kind, grid.series.len() > 1, layout.is_stacked()) {
        (Kind::Columns, true, true) => ("堆叠柱形图", "Stacked column chart"),
        (Kind::Columns, true, false) => ("分组柱形图", "Grouped column chart"),
        (Kind::Columns, false, _) => ("柱形图", "Column chart"),
        (Kind::Lines, ..) => ("折线图", "Line chart"),
        (Kind::Dots, ..) => ("点图", "Dot plot"),
        (Kind::Map, ..) => (
            "中国省级行政区方块地图",
            "Tile map of the province-level divisions of China",
        ),
        (_, true, true) => ("堆叠条形图", "Stacked bar chart"),
        (_, true, false) => ("分组条形图", "Grouped bar chart"),
        (_, false, _) => ("条形图", "Bar chart"),
    };
    let series = grid.series.len();
    let (scale_zh, scale_en) = match layout.scale {
        Scale::Linear => ("", ""),
        Scale::Log => ("（对数刻度）", " on a logarithmic scale"),
        Scale::Own => ("（各图刻度不同）", " in panels, each on a scale of its own"),
    };
    match (grid.lang, series, number) {
        (Lang::Zh, 1, _) => format!("{zh}{scale_zh}，共{number}个数值"),
        (Lang::Zh, ..) => format!("{zh}{scale_zh}，{series}个系列，共{number}个数值"),
        (Lang::En, 1, 1) => format!("{en}{scale_en} of one value"),
        (Lang::En, 1, _) => format!("{en}{scale_en} of {number} values"),
        (Lang::En, ..) => format!("{en}{scale_en} of {number} values in {series} series"),
    }
}

fn extremes(grid: &Grid, series: usize) -> Vec<String> {
    let lang = grid.lang;
    let known: Vec<(&str, f64)> = grid
        .rows
        .iter()
        .filter_map(|row| Some((row.label.text.as_str(), row.values.get(series).copied()??)))
        .collect();
    let values = || known.iter().map(|(_, value)| *value);
    let (least, most) = (
        values().fold(f64::INFINITY, f64::min),
        values().fold(f64::NEG_INFINITY, f64::max),
    );
    match known.as_slice() {
        [] => return vec![grid.gap().to_owned()],
        [(name, value)] => return vec![said(grid, name, *value)],
        _ => {}
    }
    if least >= most {
        let value = number(grid, most);
        return vec![match lang {
            Lang::Zh => format!("均为{value}"),
            Lang::En => format!("all of them {value}"),
        }];
    }
    let [highest, lowest] = match lang {
        Lang::Zh => ["最高：", "最低："],
        Lang::En => ["highest: ", "lowest: "],
    };
    [(highest, most), (lowest, least)]
        .into_iter()
        .map(|(word, value)| {
            let same =
                |other: f64| other.total_cmp(&value).is_eq() || (other == 0.0 && value == 0.0);
            let holders: Vec<&str> = known
                .iter()
                .filter(|(_, other)| same(*other))
                .map(|(name, _)| *name)
                .collect();
            word.to_owned() + &said(grid, &names(&holders, lang), value)
        })
        .collect()
}

fn highlighted(grid: &Grid) -> Option<String> {
    let rows = grid
        .rows
        .iter()
        .filter(|row| row.strong)
        .map(|row| match row.values.as_slice() {
            [Some(value)] => said(grid, &row.label.text, *value),
            _ => row.label.text.clone(),
        });
    let series = grid.series.iter().filter(|series| series.strong);
    let strong: Vec<String> = rows
        .chain(series.map(|series| series.name.text.clone()))
        .collect();
    if strong.is_empty() {
        return None;
    }
    Some(match grid.lang {
        Lang::Zh => format!("突出显示：{}", strong.join("、")),
        Lang::En => format!("highlighted: {}", strong.join(" and ")),
    })
}

fn gaps(grid: &Grid) -> Option<String> {
    let missing = grid.rows.iter().flat_map(|row| &row.values);
    let missing = missing.filter(|value| value.is_none()).count();
    match (grid.lang, missing) {
        (_, 0) => None,
        (Lang::Zh, _) => Some(format!("{missing}个数值缺失")),
        (Lang::En, 1) => Some("one value is missing".to_owned()),
        (Lang::En, _) => Some(format!("{missing} values are missing")),
    }
}

fn said(grid: &Grid, name: &str, value: f64) -> String {
    let value = number(grid, value);
    match grid.lang {
        Lang::Zh => format!("{name}，{value}"),
        Lang::En => format!("{name}, {value}"),
    }
}

fn number(grid: &Grid, value: f64) -> String {
    format::exact(value, grid.lang) + grid.suffix()
}
