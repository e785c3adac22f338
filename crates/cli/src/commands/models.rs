use anyhow::{Context as _, Result, bail};
use jiff::ToSpan as _;
use motcua_domain::ProcedureCode;
use motcua_generate::Event;
use motcua_inference::manifests;
use motcua_kiosk::records::{Period, Store};

use crate::{
    arguments::ModelsCommand,
    model::{self, Chosen},
    output::Ended,
    progress::count_bar,
    settings::Resolved,
};

pub(crate) fn run(resolved: Resolved, command: ModelsCommand) -> Result<Ended> {
    match command {
        ModelsCommand::List => list(),
        ModelsCommand::Fetch { name: Some(name) } => fetch(&name),
        ModelsCommand::Fetch { name: None } => {
            // The small one first: it is of use even if the large one never comes.
            fetch(&crate::embedder::manifest()?.name)?;
            fetch("default")
        }
        ModelsCommand::Verify => verify(),
        ModelsCommand::Warm { procedures } => warm(resolved, procedures),
    }
}

fn list() -> Result<Ended> {
    let store = model::store()?;
    for manifest in manifests()? {
        let state = if store.path(&manifest).is_some() { "đã tải" } else { "chưa tải" };
        let default = if manifest.default { ", mặc định" } else { "" };
        let megabytes = manifest.bytes / 1_000_000;
        println!("{}  ({state}{default}, {megabytes} MB, {})", manifest.name, manifest.licence);
        println!("    {}", manifest.about);
    }
    println!("Thư mục: {}", store.folder().display());
    Ok(Ended::Fine)
}

fn fetch(name: &str) -> Result<Ended> {
    let Chosen::Manifest(manifest) = Chosen::parse(name)? else {
        bail!("`{name}` không phải mô hình để tải; xem `motcua models list`")
    };
    let path = model::fetch(&model::store()?, &manifest)?;
    println!("{} đã có ở {}", manifest.name, path.display());
    if manifest.sha256.is_none() {
        println!("Mô hình này không có mã băm ghim sẵn: dự án không xác nhận được nội dung.");
    }
    Ok(Ended::Fine)
}

/// Only what has been fetched is verified; nothing fetched is nothing wrong.
fn verify() -> Result<Ended> {
    let store = model::store()?;
    let mut ended = Ended::Fine;
    for manifest in manifests()? {
        if !store.folder().join(&manifest.file).exists() {
            println!("chưa tải  {}", manifest.name);
            continue;
        }
        match store.verify(&manifest) {
            Ok(()) => println!("đúng      {}", manifest.name),
            Err(error) => {
                ended = Ended::WithFindings;
                println!(
                    "SAI       {}: {error}; xóa tệp rồi chạy motcua models fetch {0}",
                    manifest.name
                );
            }
        }
    }
    Ok(ended)
}

/// Lets the model read what it will be given when somebody asks, and keeps that on disk.
fn warm(resolved: Resolved, named: Vec<ProcedureCode>) -> Result<Ended> {
    let codes = if named.is_empty() { most_asked(&resolved)? } else { named };
    if codes.is_empty() {
        bail!(
            "nơi này chưa có câu hỏi nào được ghi: nêu mã thủ tục, ví dụ `motcua models warm 1.001193`"
        );
    }
    let name = resolved.model.clone().unwrap_or_else(|| "default".to_owned());
    let engine = model::engine(&name, &resolved.kiosk.cache)?;
    model::wait_until_loaded(&engine)?;
    let kiosk = super::open(resolved, engine.clone())?;
    let mut requests = Vec::new();
    for code in &codes {
        let procedure =
            kiosk.procedure(code).with_context(|| format!("không có thủ tục {code}"))?;
        requests.extend(kiosk.readings(procedure));
    }
    let bar = count_bar(requests.len(), "Đọc trước");
    for request in requests {
        for event in engine.submit(request)? {
            if let Event::Failed(error) = event {
                bail!(error);
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!("Đã đọc trước {} thủ tục.", codes.len());
    Ok(Ended::Fine)
}

/// What was asked about most in the last year.
fn most_asked(resolved: &Resolved) -> Result<Vec<ProcedureCode>> {
    let to = motcua_http::today();
    let period = Period { from: to.saturating_sub(1.year()), to, unit: None };
    let asked = Store::open(&resolved.data)?.statistics(&period)?.questions.most_asked;
    Ok(asked.iter().filter_map(|asked| asked.procedure.parse().ok()).collect())
}
