//! Writes development dossiers, digital and as photographs, and measures how well their pages are read.
//!
//! ```text
//! motcua-papers write target/papers          # 112 digital dossiers, 60 as pictures, each set in its folder
//! motcua-papers read target/papers/degraded  # character error rate, time a page
//! ```
//! Everybody in them is invented; the same seed gives the same dossiers.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "a tool on the command line")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "pixels and chances are small, and a tool of the tests may stop where they are not"
)]
#![expect(
    clippy::similar_names,
    clippy::many_single_char_names,
    reason = "a case has a cast, and pictures have x, y, u and v"
)]

mod assemble;
mod case;
mod cases;
mod cast;
mod chance;
mod docx;
mod files;
mod kinds;
mod layout;
mod paper;
mod photo;
mod read;
mod trap;
mod typeset;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use jiff::civil::date;
use serde_json::{Value, json};

use crate::{case::Case, cast::Cast, chance::Chance, files::File, trap::Trap, typeset::Press};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: What,
}

#[derive(Subcommand)]
enum What {
    /// Write dossiers below a folder, in `digital/` and `degraded/`.
    Write {
        out: PathBuf,
        #[arg(long, default_value_t = 20_261_126)]
        seed: u64,
        /// How many digital ones.
        #[arg(long, default_value_t = 120)]
        digital: usize,
        /// How many of photographs and scans.
        #[arg(long, default_value_t = 60)]
        degraded: usize,
    },
    /// Read the pictures of a set and hold what was read against what stands on them.
    Read {
        /// A folder that `write` filled.
        folder: PathBuf,
    },
}

fn main() -> Result<ExitCode> {
    // The reading child, which `read` starts.
    if std::env::args().nth(1).as_deref() == Some("intake-worker") {
        return Ok(motcua_intake::worker_main());
    }
    match Arguments::parse().command {
        What::Write { out, seed, digital, degraded } => {
            let press = Press::new();
            write(&press, &out.join("digital"), seed, digital, false)?;
            write(&press, &out.join("degraded"), seed ^ 0xDE, degraded, true)?;
        }
        What::Read { folder } => read::measure(&folder)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn write(press: &Press, out: &Path, seed: u64, count: usize, degraded: bool) -> Result<()> {
    let cases = cases::all();
    let mut planted: BTreeMap<Trap, usize> = BTreeMap::new();
    for at in 0..count {
        let case = &cases[at % cases.len()];
        let received = date(2026, 11, 10);
        let cast = Cast::new(seed, at as u64, received);
        let stranger = Cast::new(seed, at as u64 + 1_000_000, received);
        let mut chance = Chance::new(seed, at as u64 + 2_000_000);
        let (trap, place) = choose(case, &cast, degraded, &planted, &mut chance);
        *planted.entry(trap).or_default() += 1;
        let dossier = assemble::assemble(case, &cast, &stranger, (trap, place), &mut chance);
        let files = files::files(press, &dossier, degraded, &mut chance)?;
        let id = format!("{at:04}-{}-{}", case.name, format!("{trap:?}").to_lowercase());
        save(&out.join(&id), &id, case, (&dossier, &files, received))?;
    }
    println!("{}: {count} dossiers, {planted:?}", out.display());
    Ok(())
}

/// The defect planted least often of those that can be in this case; complete ones count for half.
fn choose(
    case: &Case,
    cast: &Cast,
    degraded: bool,
    planted: &BTreeMap<Trap, usize>,
    chance: &mut Chance,
) -> (Trap, usize) {
    let has_old_form = |need: &case::Need| assemble::has_old_form(need, cast);
    let mut possible: Vec<(usize, i64, Trap, Vec<usize>)> = Vec::new();
    for trap in trap::ALL {
        let places = trap.places(case, degraded, &has_old_form);
        if !places.is_empty() {
            let often = planted.get(&trap).copied().unwrap_or(0);
            let weighed = if trap == Trap::None { often / 2 } else { often };
            possible.push((weighed, chance.below(0, 1_000), trap, places));
        }
    }
    possible.sort_by_key(|(often, tie, ..)| (*often, *tie));
    let (_, _, trap, places) = &possible[0];
    (*trap, *chance.pick(places))
}

fn save(
    folder: &Path,
    id: &str,
    case: &Case,
    (dossier, files, received): (&assemble::Dossier, &[File], jiff::civil::Date),
) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    let listed: Vec<Value> = files
        .iter()
        .map(|file| {
            let what: Vec<&str> =
                file.placed.holds.iter().map(|at| dossier.handed[*at].paper.name).collect();
            json!({"name": file.placed.file, "what": what.join("; "), "truth": file.truth})
        })
        .collect();
    for file in files {
        fs::write(folder.join(&file.placed.file), &file.bytes)?;
    }
    let placed: Vec<assemble::Placed> = files
        .iter()
        .map(|file| assemble::Placed {
            file: file.placed.file.clone(),
            holds: file.placed.holds.clone(),
            again: file.placed.again,
        })
        .collect();
    let label = json!({
        "id": id,
        "procedure": case.procedure,
        "received_on": received.to_string(),
        "sample": true,
        "trap": format!("{:?}", dossier.trap),
        "answers": dossier.answers,
        "files": listed,
        "expected": assemble::expected(case, dossier, &placed),
    });
    fs::write(folder.join("dossier.json"), serde_json::to_string_pretty(&label)?)?;
    Ok(())
}
