//! Small multiples: a small chart for each series, side by side, all on one scale or each on its own.

use super::domain::Domain;
use super::kind::{Kind, Scale};
use super::scene::{Scene, Setting, Sheet, count, px_up};
use super::view::Grid;
use super::{bars, columns, dots, lines, measure};

/// Between panels.
const APART: i32 = 28;

/// Lays out a panel for each series, and says as what they came out.
pub(crate) fn lay_out(grid: &Grid, kind: Kind, scale: Scale, sheet: &Sheet) -> (Scene, Kind) {
    let across = across(grid.series.len(), kind, sheet);
    let width = (sheet.width - (across - 1) * APART) / across.max(1);
    let small = Sheet { width, ..*sheet };
    let domain = |grid: &Grid| {
        let values: Vec<f64> = grid.values().collect();
        match kind {
            Kind::Lines | Kind::Dots => {
                Domain::round(values.into_iter(), scale == Scale::Log, lines::TICKS)
            }
            _ => Domain::from_zero(values.into_iter()),
        }
    };
    let all: Vec<Grid> = (0..grid.series.len())
        .map(|number| grid.only(number))
        .collect();
    let domains: Vec<Domain> = match scale {
        Scale::Own => all.iter().map(domain).collect(),
        Scale::Linear | Scale::Log => vec![domain(grid); all.len()],
    };
    let widths = grid
        .values()
        .map(|value| measure::width(&grid.mark(value), small.text, true));
    let widest = px_up(widths.fold(0.0, f64::max));
    let (drawings, kind) = drawings(&all, kind, (&domains, widest), &small);
    let panels: Vec<Scene> = all
        .iter()
        .zip(drawings)
        .enumerate()
        .map(|(number, (grid, drawing))| titled(grid, drawing.in_series(number), &small))
        .collect();
    let mut scene = Scene::new(sheet.width);
    let mut y = 0;
    let mut left = panels.into_iter().peekable();
    while left.peek().is_some() {
        let row: Vec<Scene> = left
            .by_ref()
            .take(usize::try_from(across).unwrap_or(1))
            .collect();
        let height = row
            .iter()
            .map(|panel| panel.height)
            .max()
            .unwrap_or_default();
        for (column, panel) in row.into_iter().enumerate() {
            scene.place(panel, count(column) * (width + APART), y);
        }
        y += height + APART;
    }
    scene.height = (y - APART).max(1);
    (scene, kind)
}

fn across(series: usize, kind: Kind, sheet: &Sheet) -> i32 {
    let most = match (kind, sheet.width >= Sheet::WIDE.width) {
        // Four make two rows of two.
        (Kind::Lines, true) if series != 4 => 3,
        (_, true) => 2,
        (_, false) => 1,
    };
    count(series).clamp(1, most)
}

/// All in the same shape: if one has no room for columns, all are bars.
fn drawings(
    all: &[Grid],
    kind: Kind,
    (domains, widest): (&[Domain], i32),
    small: &Sheet,
) -> (Vec<Scene>, Kind) {
    let bars = |domain: &Domain| bars::Options {
        stacked: false,
        whole: Some((*domain, widest)),
    };
    let lines = |domain: &Domain| lines::Options {
        log: false,
        whole: Some((*domain, widest)),
    };
    let each = || all.iter().zip(domains);
    if kind == Kind::Columns {
        let drawn: Option<Vec<Scene>> = each()
            .map(|(grid, domain)| columns::lay_out(grid, bars(domain), small))
            .collect();
        if let Some(drawn) = drawn {
            return (drawn, Kind::Columns);
        }
    }
    let one = |(grid, domain): (&Grid, &Domain)| match kind {
        Kind::Lines => lines::lay_out(grid, lines(domain), small),
        Kind::Dots => dots::lay_out(grid, lines(domain), small),
        _ => bars::lay_out(grid, bars(domain), small),
    };
    let kind = if kind == Kind::Columns {
        Kind::Bars
    } else {
        kind
    };
    (each().map(one).collect(), kind)
}

/// A drawing under the name of its series.
fn titled(grid: &Grid, drawing: Scene, sheet: &Sheet) -> Scene {
    let mut scene = Scene::new(sheet.width);
    let mut y = 0;
    if let Some(series) = grid.series.first() {
        let room = f64::from(sheet.width);
        let lines = measure::wrap(&series.name.text, sheet.text, true, room).lines;
        let setting = Setting::name(sheet).bold(true);
        scene
            .marks
            .extend(setting.set(&lines, series.name.lang, 0, sheet.line / 2));
        y = count(lines.len()) * sheet.line + 6;
    }
    scene.height = y + drawing.height;
    scene.place(drawing, 0, y);
    scene
}
