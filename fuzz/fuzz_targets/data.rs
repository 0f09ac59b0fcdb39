//! Any YAML: data, a chart block and the configuration are read or refused with a diagnostic.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use mingwen::config::Config;
use mingwen::content::data;
use mingwen::lang::Lang;
use mingwen::render::charts::{Spec, draw, parse_spec};
use mingwen::yaml::Origin;

fuzz_target!(|text: &str| {
    let file = Path::new("data.yaml");
    if let Ok(data) = data::parse(text, file) {
        for lang in Lang::ALL {
            let _ = draw(&data, &Spec::of_data("data", None), lang, 1);
        }
    }
    let _ = parse_spec(text, Origin::file(file));
    let _ = Config::parse(text);
});
