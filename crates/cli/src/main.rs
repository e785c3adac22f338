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
mod in_use;
mod model;
mod output;
mod progress;
mod settings;

use std::process::ExitCode;

use clap::{
    Parser,
    error::{ContextKind, ErrorKind},
};

use crate::{
    arguments::{Arguments, Command},
    output::Ended,
};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misused(&error),
    };
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

/// Help and version as they are asked for; of what the command line does not take, one line.
fn misused(error: &clap::Error) -> ExitCode {
    let asked_for =
        !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if asked_for {
        error.exit();
    }
    let named = |kind| error.get(kind).map(ToString::to_string);
    let part = named(ContextKind::InvalidArg).or_else(|| named(ContextKind::InvalidSubcommand));
    let value = named(ContextKind::InvalidValue).filter(|value| !value.is_empty());
    let why = match (error.kind(), part, value) {
        (ErrorKind::UnknownArgument, Some(part), _) => format!("không có tham số `{part}`"),
        (ErrorKind::InvalidSubcommand, Some(part), _) => format!("không có lệnh `{part}`"),
        (ErrorKind::MissingRequiredArgument, Some(part), _) => format!("còn thiếu {part}"),
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Some(part), Some(value)) => {
            let known = named(ContextKind::ValidValue).map(|known| format!(" (nhận: {known})"));
            format!("`{value}` không dùng được cho {part}{}", known.unwrap_or_default())
        }
        (ErrorKind::InvalidValue, Some(part), None) => format!("{part} cần một giá trị"),
        (ErrorKind::ArgumentConflict, Some(part), _) => {
            format!("{part} không đi cùng tham số khác đã nêu")
        }
        _ => "dòng lệnh không đúng".to_owned(),
    };
    eprintln!("motcua: {}; xem cách dùng: thêm --help vào lệnh", why.replace('\n', " "));
    ExitCode::from(2)
}
