//! Charts on pages: from a name or a block in a text to the figure's HTML.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::content::csv;
use crate::content::data::Data;
use crate::content::load::CONTENT;
use crate::content::report::{Page, join};
use crate::diagnostic::{Diagnostic, Place, did_you_mean, line_column, slashed};
use crate::lang::Lang;
use crate::names::Names;
use crate::render::charts::{self, Figure, From, Several, Spec};
use crate::render::figure_links::Chart;
use crate::render::markdown::links::encode;
use crate::render::markdown::{Charts, Rendered};
use crate::render::site::Context;
use crate::yaml::Origin;

/// What `chart.html` gets.
#[derive(Serialize)]
struct FigureView<'a> {
    root: &'a str,
    figure: &'a Figure,
    /// Where it stands: on a `page`, in a `column` beside another language's, or on `paper`.
    place: &'static str,
    words: &'a BTreeMap<String, String>,
    /// Code and tag of the language of the figure.
    lang: &'a str,
    tag: &'a str,
    /// The addresses of the files to take away, from the site's top.
    svg: String,
    csv: String,
}

/// The charts of one page.
pub(super) struct PageCharts<'a> {
    pub context: &'a Context<'a>,
    pub page: &'a Page,
    pub root: &'a str,
    /// Where they stand: on a `page`, in a `column` beside another language's, or on `paper`.
    pub place: &'static str,
    /// The files of the charts that are not drawn from the data alone, by address.
    pub files: Mutex<BTreeMap<String, String>>,
    /// What the charts of the page say, in their order.
    pub said: Mutex<Vec<Chart>>,
}

impl Charts for PageCharts<'_> {
    fn block(&self, spec: &str, line: usize, occurrence: usize) -> Result<String, Vec<Diagnostic>> {
        let origin = Origin {
            file: &self.page.file,
            first_line: line + 1,
        };
        let spec = charts::parse_spec(spec, origin).map_err(|error| vec![*error])?;
        self.figure(&spec, line, occurrence)
    }
}

impl PageCharts<'_> {
    /// Adds the charts that the front matter names to the end of the text.
    pub(super) fn append_named(&self, rendered: &mut Rendered, first_chart: usize) {
        for (at, name) in self.page.meta.charts.iter().enumerate() {
            let line = self.line_of(name);
            let place = Place {
                file: self.page.file.clone(),
                line: Some(line),
                column: None,
            };
            let spec = Spec::of_data(name, Some(place));
            // Far from the numbers of the charts in the text.
            match self.figure(&spec, line, first_chart + 1000 + at) {
                Ok(html) => rendered.tail.push(html),
                Err(mut wrong) => rendered.diagnostics.append(&mut wrong),
            }
        }
    }

    /// The line of the front matter on which a chart is named.
    fn line_of(&self, name: &str) -> usize {
        let head = self
            .page
            .text
            .get(..self.page.body_start)
            .unwrap_or_default();
        let after = head.find("charts:").unwrap_or(0);
        let at = head
            .get(after..)
            .and_then(|rest| rest.find(name))
            .map_or(after, |at| after + at);
        line_column(head, at).0
    }

    fn figure(
        &self,
        spec: &Spec,
        line: usize,
        occurrence: usize,
    ) -> Result<String, Vec<Diagnostic>> {
        let data = self.data(spec, line).map_err(|wrong| vec![*wrong])?;
        let data = charts::with_tiles(data, spec, &self.context.report.names);
        let figure = charts::draw(&data, spec, self.page.lang, occurrence + 1)?;
        let (svg, csv) = paths(&file_name(self.page, spec), self.page.lang);
        if !spec.is_plain() {
            let files = [
                (svg.clone(), &figure.svg_file),
                (csv.clone(), &figure.csv_file),
            ];
            let mut all = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            all.extend(files.map(|(path, text)| (path, text.clone())));
        }
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.push(Chart {
            id: figure.id.clone(),
            lang: self.page.lang,
            said: figure.said.clone(),
        });
        drop(said);
        let view = FigureView {
            root: self.root,
            figure: &figure,
            place: self.place,
            words: self.context.theme.words(self.page.lang),
            lang: self.page.lang.code(),
            tag: self.page.lang.tag(),
            svg: encode(&svg),
            csv: encode(&csv),
        };
        self.context
            .theme
            .render("chart.html", &[], &view)
            .map_err(|error| vec![*error])
    }

    /// The figures of a chart, wherever they are.
    fn data<'s>(&self, spec: &'s Spec, line: usize) -> Result<Cow<'s, Data>, Box<Diagnostic>>
    where
        Self: 's,
    {
        let report = self.context.report;
        match &spec.from {
            From::Named(name) => match report.data.get(name) {
                Some(data) => Ok(Cow::Borrowed(data)),
                None => Err(Box::new(self.no_data(name, line))),
            },
            From::Inline(data) => Ok(Cow::Borrowed(data)),
            From::Csv(file) => self.sheet(file, line).map(Cow::Owned),
        }
    }

    /// A CSV file beside the page.
    fn sheet(&self, file: &str, line: usize) -> Result<Data, Box<Diagnostic>> {
        let sheets = &self.context.report.sheets;
        let path = join(&self.page.folder, file);
        let place = std::path::Path::new(CONTENT).join(&path);
        match sheets.get(&path) {
            Some(Some(text)) => csv::parse(text, &place),
            Some(None) => Err(Box::new(csv::undecodable(&place))),
            None => {
                let hint = match did_you_mean(&path, sheets.keys().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        "`csv:` takes the path of a file from the folder of the page".to_owned()
                    }
                };
                let message = format!("there is no file {}", slashed(&place));
                Err(Box::new(
                    Diagnostic::error(message)
                        .at(&self.page.file, line, Some(1))
                        .hint(hint),
                ))
            }
        }
    }

    fn no_data(&self, name: &str, line: usize) -> Diagnostic {
        let known: Vec<&str> = self
            .context
            .report
            .data
            .keys()
            .map(String::as_str)
            .collect();
        let hint = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => format!("write the figures to content/data/{name}.yaml"),
            None => format!("the data are: {}", known.join(", ")),
        };
        Diagnostic::error(format!("there are no data `{name}` in content/data/"))
            .at(&self.page.file, line, Some(1))
            .hint(hint)
    }
}

/// A chart's files, or what keeps them from being drawn.
pub(super) struct ChartFiles {
    pub files: Vec<(String, String)>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The files that readers can take away: the drawing and the table.
pub(super) fn chart_files(name: &str, data: &Data, lang: Lang, known: &Names) -> ChartFiles {
    let file = std::path::PathBuf::from(format!("content/data/{name}.yaml"));
    let place = Place {
        file,
        line: None,
        column: None,
    };
    let mut spec = Spec::of_data(name, Some(place));
    if matches!(data, Data::Table(table) if table.series.len() > charts::SERIES) {
        spec.layout.several = Several::Panels;
    }
    let data = charts::with_tiles(Cow::Borrowed(data), &spec, known);
    match charts::draw(&data, &spec, lang, 1) {
        Ok(figure) => {
            let (svg, csv) = paths(name, lang);
            let files = vec![(svg, figure.svg_file), (csv, figure.csv_file)];
            ChartFiles {
                files,
                diagnostics: Vec::new(),
            }
        }
        Err(diagnostics) => ChartFiles {
            files: Vec::new(),
            diagnostics,
        },
    }
}

/// The name of a chart's files: the data's if it is drawn from the data alone; with its own shape and
/// a digest of what was asked for, if there may be others of the same data.
fn file_name(page: &Page, spec: &Spec) -> String {
    if spec.is_plain() {
        return spec.name().to_owned();
    }
    let digest = Sha256::digest(format!("{}\n{}", page.folder, spec.written()));
    let number = digest
        .iter()
        .take(4)
        .fold(0_u32, |all, byte| (all << 8) | u32::from(*byte));
    let digest = format!("{number:08x}");
    let name = match &spec.from {
        From::Named(name) => name.clone(),
        From::Csv(_) | From::Inline(_) => page.stem.clone(),
    };
    match spec.kind {
        Some(kind) => format!("{name}-{}-{digest}", kind.word()),
        None => format!("{name}-{digest}"),
    }
}

fn paths(name: &str, lang: Lang) -> (String, String) {
    (
        format!("charts/{name}.{lang}.svg"),
        format!("charts/{name}.{lang}.csv"),
    )
}
