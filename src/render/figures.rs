//! Charts on pages: from a name or a block in a text to the figure's HTML.

use serde::Serialize;

use crate::content::data::Data;
use crate::content::report::Page;
use crate::diagnostic::{Diagnostic, Place, did_you_mean, line_column};
use crate::lang::Lang;
use crate::render::charts::{self, Figure, Spec};
use crate::render::markdown::links::encode;
use crate::render::markdown::{Charts, Rendered};
use crate::render::site::Context;
use crate::yaml::Origin;

/// What `chart.html` gets.
#[derive(Serialize)]
struct FigureView<'a> {
    root: &'a str,
    figure: &'a Figure,
    words: &'a std::collections::BTreeMap<String, String>,
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
        let report = self.context.report;
        let Some(data) = report.data.get(&spec.data) else {
            return Err(vec![self.no_data(&spec.data, line)]);
        };
        let figure = charts::draw(&spec.data, data, spec, self.page.lang, occurrence + 1)?;
        let (svg, csv) = paths(&spec.data, self.page.lang);
        let view = FigureView {
            root: self.root,
            figure: &figure,
            words: self.context.theme.words(self.page.lang),
            lang: self.page.lang.code(),
            tag: self.page.lang.tag(),
            svg: encode(&svg),
            csv: encode(&csv),
        };
        self.context
            .theme
            .render("chart.html", &view)
            .map_err(|error| vec![*error])
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
pub(super) fn chart_files(name: &str, data: &Data, lang: Lang) -> ChartFiles {
    let file = std::path::PathBuf::from(format!("content/data/{name}.yaml"));
    let place = Place {
        file,
        line: None,
        column: None,
    };
    let spec = Spec::of_data(name, Some(place));
    match charts::draw(name, data, &spec, lang, 1) {
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

fn paths(name: &str, lang: Lang) -> (String, String) {
    (
        format!("charts/{name}.{lang}.svg"),
        format!("charts/{name}.{lang}.csv"),
    )
}
