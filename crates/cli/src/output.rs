use std::io::IsTerminal;

use anyhow::Result;
use serde::Serialize;
use tracing_subscriber::EnvFilter;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Nothing to complain of.
    Fine,
    /// The answer was refused, the dossier is not complete, or a command that looks for faults found some.
    WithFindings,
}

/// Prints JSON on standard output.
pub(crate) fn print_json(value: &impl Serialize) -> Result<()> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Prints one line of JSON.
pub(crate) fn print_json_line(value: &impl Serialize) -> Result<()> {
    println!("{}", serde_json::to_string(value)?);
    Ok(())
}

/// An error with its causes in one line.
pub(crate) fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain().map(ToString::to_string) {
        // Some messages name their cause themselves.
        if !line.contains(&cause) {
            let joint = if line.is_empty() { "" } else { ": " };
            line = format!("{line}{joint}{cause}");
        }
    }
    line.replace('\n', " ")
}

/// `motcua … | head` closes our output early: that is no failure, and no reason for a backtrace.
#[expect(clippy::exit, reason = "nothing is left to do when nobody reads")]
pub(crate) fn end_quietly_on_closed_pipe() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let message = panic.payload().downcast_ref::<String>().map_or("", String::as_str);
        if message.starts_with("failed printing to stdout") && message.contains("Broken pipe") {
            std::process::exit(0);
        }
        told(panic);
    }));
}

/// Warnings by default; questions and names never at any level.
pub(crate) fn start_logging(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_env("MOTCUA_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .try_init();
}
