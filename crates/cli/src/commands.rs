//! One module for each command.

mod ask;
mod bench;
mod check;
mod corpus;
mod data;
mod doctor;
mod eval;
mod index;
mod letter;
mod lookup;
mod models;
mod officials;
mod serve;

use anyhow::{Context, Error, Result, anyhow};
use motcua_corpus::LoadCorpusError;
use motcua_generate::Engine;
use motcua_kiosk::{Kiosk, OpenKioskError, records::Store};

use crate::{
    arguments::{Arguments, Command},
    embedder,
    output::Ended,
    progress::OpeningBar,
    settings::{Resolved, resolve},
};

pub(crate) fn run(arguments: Arguments) -> Result<Ended> {
    let resolved = resolve(&arguments.common)?;
    match arguments.command {
        Command::Serve { listen, address } => serve::run(resolved, listen, address.as_deref()),
        Command::Ask { question, json, procedure, audience } => {
            ask::run(resolved, &question, json, procedure, audience)
        }
        Command::Search { text, json, limit } => lookup::search(resolved, &text, json, limit),
        Command::Procedure { code, on, json } => lookup::procedure(resolved, &code, on, json),
        Command::Check(check) => check::run(resolved, check),
        Command::Letter(letter) => letter::run(resolved, letter),
        Command::Corpus(command) => corpus::run(&resolved, command),
        Command::Index(_) => index::build(resolved),
        Command::Models(command) => models::run(resolved, command),
        Command::Officials(command) => officials::run(&resolved, command),
        Command::Data(command) => data::run(&resolved, command),
        Command::Eval(command) => eval::run(resolved, command),
        Command::Bench(command) => bench::run(&resolved, &command),
        Command::Doctor => Ok(doctor::run(&resolved)),
        Command::IntakeWorker => Ok(Ended::Fine),
    }
}

/// Opens what outlives a visit: a PostgreSQL server if one is named, else a file in the data folder.
fn open_store(resolved: &Resolved) -> Result<Store> {
    if let Some(url) = &resolved.database {
        let hint = "kiểm tra máy chủ PostgreSQL và khóa `database`";
        return Ok(Store::connect(url).context(hint)?.with_pictures(&resolved.data));
    }
    Store::open(&resolved.data).map_err(|error| {
        let folder = resolved.data.display();
        let hint = if error.is_damaged() {
            format!("kho ở `{folder}` bị hỏng: phục hồi bằng `motcua data restore THƯ_MỤC_SAO_LƯU --replace` (kho hỏng được giữ lại)")
        } else {
            format!("cần một thư mục ghi được để giữ quyết định và thống kê: kiểm tra `{folder}` hoặc đặt MOTCUA_DATA")
        };
        Error::new(error).context(hint)
    })
}

/// Opens the kiosk for one question: with its embedder if that is soon at hand.
fn open_for_one(resolved: Resolved, engine: Engine) -> Result<Kiosk> {
    let name = resolved.embedder.clone();
    let kiosk = open(resolved, engine)?;
    embedder::add_if_quick(&kiosk, &name)?;
    Ok(kiosk)
}

/// Opens the kiosk as [`open`] does, and gives it its embedder if that was fetched.
fn open_with_vectors(resolved: Resolved, engine: Engine) -> Result<Kiosk> {
    let name = resolved.embedder.clone();
    let kiosk = open(resolved, engine)?;
    embedder::add(&kiosk, &name)?;
    Ok(kiosk)
}

/// Opens the kiosk with a bar while it takes long.
fn open(resolved: Resolved, engine: Engine) -> Result<Kiosk> {
    if resolved.corpus.named.is_empty() {
        // What the centre approved is no corpus by itself; this says what to do.
        resolved.corpus.own()?;
    }
    let bar = OpeningBar::new();
    let cache = resolved.kiosk.cache.clone();
    Kiosk::open(resolved.kiosk, motcua_http::today(), engine, &mut |progress| bar.show(progress))
        .map_err(|error| match &error {
            OpenKioskError::Corpus(LoadCorpusError::Invalid { problems }) => {
                let listed: Vec<String> =
                    problems.iter().take(3).map(ToString::to_string).collect();
                anyhow!("{error}: {}; xem hết bằng `motcua corpus check`", listed.join("; "))
            }
            OpenKioskError::Index(_) => anyhow!(
                "{error}; kiểm tra chỗ trống và quyền ghi ở `{}`, hoặc đặt --cache nơi khác",
                cache.display()
            ),
            _ => Error::new(error),
        })
        .context("không mở được")
}
