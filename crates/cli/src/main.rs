//! `motcua`: the product on a command line.
//!
//! Exit codes: 0 fine, 1 the answer or dossier has findings, 2 the tool failed (one line says why
//! and what to do).
#![forbid(unsafe_code)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line speaks on its standard streams"
)]

mod arguments;
mod commands;
mod config;
mod embedder;
mod model;
mod output;
mod progress;
mod settings;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    arguments::{Arguments, Command},
    output::Ended,
};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The reading child must do nothing else: no configuration, no log, no thread.
    if matches!(arguments.command, Command::IntakeWorker) {
        return motcua_intake::worker_main();
    }
    output::start_logging(arguments.verbose);
    output::end_quietly_on_closed_pipe();
    match commands::run(arguments) {
        Ok(Ended::Fine) => ExitCode::SUCCESS,
        Ok(Ended::WithFindings) => ExitCode::from(1),
        Err(error) => {
            eprintln!("motcua: {}", output::one_line(&error));
            ExitCode::from(2)
        }
    }
}
