//! Which figures of a text lead to a chart, and which sentence a value leads back to.

use jiff::civil::date;

use super::*;
use crate::content::data::Precision;
use crate::figures::vocabulary;
use crate::names::Names;
use crate::render::charts::{SaidCell, SaidValue};

fn number(value: f64, unit: &str, series: &str, column: usize) -> SaidCell {
    SaidCell {
        column,
        series: series.into(),
        value: SaidValue::Number {
            value,
            unit: unit.into(),
        },
    }
}

fn row(label: &str, cells: Vec<SaidCell>) -> Said {
    Said {
        label: label.into(),
        cells,
    }
}

fn counts() -> Vec<Said> {
    let one = |label, value| row(label, vec![number(value, "", "", 1)]);
    vec![
        one("广东", 111.0),
        one("北京", 73.0),
        one("Shanxi", 5.0),
        one("Shan", 5.0),
    ]
}

fn linked(lang: Lang, said: Vec<Said>, html: &str) -> String {
    let chart = Chart {
        id: "c".into(),
        lang,
        said,
    };
    let known = Known {
        vocabulary: vocabulary(),
        names: Names::built_in(),
    };
    let mut html = html.to_owned();
    link_pieces(vec![&mut html], &[chart], known);
    html.replace(" class=\"chart-link\"", "")
        .replace(" href=\"#c\"", "")
}

fn check(lang: Lang, said: Vec<Said>, html: &str, expect: &str) {
    assert_eq!(linked(lang, said, html), expect);
}

#[test]
fn a_number_is_linked_where_its_name_stands() {
    for (text, expect) in [
        (
            "<p>广东(111条)、北京(73)。</p>",
            "<p>广东(<a id=\"from-c-1-1\">111</a>条)、北京(<a id=\"from-c-2-1\">73</a>)。</p>",
        ),
        (
            "<p><strong>111</strong>部在广东。</p>",
            "<p><strong><a id=\"from-c-1-1\">111</a></strong>部在广东。</p>",
        ),
        (
            "<p>广东111，广东111。</p>",
            "<p>广东<a id=\"from-c-1-1\">111</a>，广东<a>111</a>。</p>",
        ),
        (
            "<p>北京、广东分别为73项、111项。</p>",
            "<p>北京、广东分别为<a id=\"from-c-2-1\">73</a>项、<a id=\"from-c-1-1\">111</a>项。</p>",
        ),
        (
            "<p>广东省有一百一十一部。</p>",
            "<p>广东省有<a id=\"from-c-1-1\">一百一十一</a>部。</p>",
        ),
    ] {
        check(Lang::Zh, counts(), text, expect);
    }
    check(
        Lang::En,
        counts(),
        "<p>In Shanxi, 5 of them.</p>",
        "<p>In Shanxi, <a id=\"from-c-3-1\">5</a> of them.</p>",
    );
}

#[test]
fn no_other_number_is() {
    for text in [
        "<p>广东有。共111条。</p>",
        "<p>广东和北京共111条。</p>",
        "<p>广东1110条，111%，111万，第111条。</p>",
        "<h2>广东111</h2>",
        "<p><a href=\"x\">广东111</a></p>",
        "<figure><td>广东</td><td>111</td></figure>",
    ] {
        check(Lang::Zh, counts(), text, text);
    }
    let text = "<p>Shanxi on 5 million; Shanxi 5th.</p>";
    check(Lang::En, counts(), text, text);
}

#[test]
fn a_unit_of_its_own() {
    let said = || vec![row("广东", vec![number(10.11, "亿元", "", 1)])];
    let text = "<p>广东为10.11亿元。</p>";
    let expect = "<p>广东为<a id=\"from-c-1-1\">10.11亿</a>元。</p>";
    check(Lang::Zh, said(), text, expect);
    let text = "<p>广东为10.11亿美元，广东10.11万元。</p>";
    check(Lang::Zh, said(), text, text);
}

#[test]
fn several_series() {
    let cells = || {
        vec![
            number(97.0, "", "2020年", 1),
            number(111.0, "", "2021年", 2),
        ]
    };
    check(
        Lang::Zh,
        vec![row("广东", cells())],
        "<p>广东由97部增至111部。</p>",
        "<p>广东由<a id=\"from-c-1-1\">97</a>部增至<a id=\"from-c-1-2\">111</a>部。</p>",
    );
    let twins = vec![number(97.0, "", "工业", 1), number(97.0, "", "农业", 2)];
    check(
        Lang::Zh,
        vec![row("广东", twins)],
        "<p>广东农业97部。广东97部。</p>",
        "<p>广东农业<a id=\"from-c-1-2\">97</a>部。广东97部。</p>",
    );
}

#[test]
fn the_date_of_an_event() {
    let said = vec![row(
        "《关于加强节水的通知》",
        vec![SaidCell {
            column: 0,
            series: String::new(),
            value: SaidValue::Time {
                date: date(2016, 11, 3),
                precision: Precision::Day,
            },
        }],
    )];
    check(
        Lang::Zh,
        said,
        "<p>2016年11月3日，市政府印发《关于加强节水的通知》。</p>",
        "<p><a id=\"from-c-1-0\">2016年11月3日</a>，市政府印发《关于加强节水的通知》。</p>",
    );
}

#[test]
fn the_drawing_and_the_table_lead_back() {
    let html = concat!(
        "<p>广东111</p><figure class=\"chart\" id=\"c\"><svg role=\"img\" aria-labelledby=\"t\">",
        "<text data-of=\"1-1\" x=\"1\">111</text><text data-of=\"2-1\" x=\"2\">73</text></svg>",
        "<table><tr id=\"c-1\"><td>广东</td><td class=\"right\">111</td></tr>",
        "<tr id=\"c-2\"><td>北京</td><td>73</td></tr></table></figure>",
    );
    let expect = concat!(
        "<p>广东<a id=\"from-c-1-1\">111</a></p>",
        "<figure class=\"chart\" id=\"c\"><svg role=\"group\" aria-labelledby=\"t\">",
        "<a href=\"#from-c-1-1\" aria-label=\"广东：111，见正文\"><text x=\"1\">111</text></a>",
        "<text x=\"2\">73</text></svg>",
        "<table><tr id=\"c-1\"><td>广东</td>",
        "<td class=\"right\"><a href=\"#from-c-1-1\">111</a></td></tr>",
        "<tr id=\"c-2\"><td>北京</td><td>73</td></tr></table></figure>",
    );
    check(Lang::Zh, counts(), html, expect);
}

#[test]
fn links_can_be_taken_out() {
    let html =
        "<p>广东<a class=\"chart-link\" id=\"x\" href=\"#c\">111</a>，<a href=\"d\">详</a></p>";
    assert_eq!(unlinked(html), "<p>广东111，<a href=\"d\">详</a></p>");
}
