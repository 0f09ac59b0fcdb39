//! The command line: one small file per command, and the only place that prints.
//!
//! In: the program's arguments. Out: what was asked for, messages on standard error, and the exit
//! code: 0 fine, 1 something wrong with the content, 2 wrong usage or environment.

mod build;
pub mod damage;
pub mod evaluate;
pub mod import;
mod init;
pub mod repair;
mod report;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::content::load::Options;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

/// Restores damaged Chinese text and builds bilingual Chinese/English reports from it
#[derive(Debug, Parser)]
#[command(name = "mingwen", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command understands.
#[derive(Debug, Args)]
struct Common {
    /// The report's folder
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Say only what is wrong
    #[arg(long, short, global = true)]
    quiet: bool,
    /// How to say what is wrong
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a line, for machines
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site from content/ and themes/ into output/
    #[command(after_help = "Open output/index.html afterwards: no server is needed.")]
    Build {
        /// Where the site goes [default: output in the report's folder]
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
        /// Where the site will be published, for absolute links and the sitemap
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// Build pages marked as drafts too
        #[arg(long)]
        drafts: bool,
    },
    /// Say everything that is wrong with the content, without building
    Check {
        /// Check pages marked as drafts too
        #[arg(long)]
        drafts: bool,
    },
    /// Turn a source document into content/*.zh.md and content/data/*.yaml
    #[command(
        after_help = "Damaged lines are repaired. A page that you have edited is never \
        touched: the new text is put beside it."
    )]
    Import {
        /// The source, a text file
        file: PathBuf,
    },
    /// Restore the damaged lines of a text; every other line stays byte for byte
    #[command(
        after_help = "As many lines come out as go in. `mingwen damage --help` lists the channels."
    )]
    Repair(repair::Arguments),
    /// Damage a clean text as the web does, to make samples and tests
    #[command(after_help = damage::list())]
    Damage {
        /// How to damage it [default: UTF-8 read as GBK, bytes dropped, full-width forms folded]
        #[arg(long, value_name = "NAME")]
        channel: Option<String>,
        /// The text [default: standard input]
        file: Option<PathBuf>,
    },
    /// Damage clean texts, repair them, and count what came back
    #[command(after_help = "Only lines that the damage changes are counted. Nothing is written.")]
    Evaluate {
        /// How to damage them [default: UTF-8 read as GBK, bytes dropped, full-width forms folded]
        #[arg(long, value_name = "NAME", conflicts_with = "sound")]
        channel: Option<String>,
        /// Do not damage them: name every line that repair would change
        #[arg(long)]
        sound: bool,
        /// The texts
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Make a new, empty report
    Init {
        /// The folder for it; it may exist if it is empty
        dir: PathBuf,
    },
}

/// Runs the program with its arguments (the first is its own name).
#[must_use]
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; all else is wrong usage. If the terminal is gone,
            // there is nobody to tell.
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let Cli { command, common } = cli;
    let reporter = report::Reporter::new(&common);
    match dispatch(command, &common, &reporter) {
        Ok(diagnostics) => reporter.finish(&diagnostics),
        // `mingwen repair FILE | head -1`: the reader has enough, and that is no trouble.
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => reporter.fail(&error),
    }
}

fn dispatch(
    command: Command,
    common: &Common,
    reporter: &report::Reporter,
) -> Result<Vec<Diagnostic>> {
    match command {
        Command::Build {
            output,
            base_url,
            drafts,
        } => {
            let output = output.unwrap_or_else(|| common.root.join("output"));
            build::run(
                &common.root,
                &output,
                &Options { drafts, base_url },
                reporter,
            )
        }
        Command::Check { drafts } => {
            let options = Options {
                drafts,
                base_url: None,
            };
            let run = crate::check::check(&common.root, &options)?;
            let (texts, pages) = (run.texts, run.pages);
            reporter.say(&format!("checked {texts} texts ({pages} pages)"));
            Ok(run.diagnostics)
        }
        Command::Import { file } => {
            if !common.root.is_dir() {
                return Err(no_root(&common.root));
            }
            let mut diagnostics = Vec::new();
            let config = crate::content::load::read_config(&common.root, &mut diagnostics)?;
            diagnostics.extend(import::run(
                &common.root,
                &file,
                &config,
                &mut reporter.out(),
            )?);
            Ok(diagnostics)
        }
        Command::Repair(arguments) => repair::run(&arguments, &mut std::io::stdout()),
        Command::Damage { channel, file } => {
            damage::run(channel.as_deref(), file.as_deref(), &mut std::io::stdout())
        }
        Command::Evaluate {
            channel,
            sound,
            files,
        } => {
            let json = common.format == Format::Json;
            if sound {
                return evaluate::sound::run(&files, json, &mut std::io::stdout());
            }
            let channel = damage::named(channel.as_deref())?;
            evaluate::run(channel, &files, json, &mut std::io::stdout())?;
            Ok(Vec::new())
        }
        Command::Init { dir } => init::run(&dir, reporter),
    }
}

/// A mistyped `--root` must not become a folder with pages in it.
fn no_root(root: &Path) -> Error {
    Error::usage(
        format!("there is no folder {}", root.display()),
        "name the report's folder with --root, or make a report with `mingwen init DIR`",
    )
}
