use anyhow::{Result, bail};
use motcua_inference::manifests;

use crate::{
    arguments::ModelsCommand,
    model::{self, Chosen},
    output::Ended,
};

pub(crate) fn run(command: ModelsCommand) -> Result<Ended> {
    match command {
        ModelsCommand::List => list(),
        ModelsCommand::Fetch { name: Some(name) } => fetch(&name),
        ModelsCommand::Fetch { name: None } => {
            // The small one first: it is of use even if the large one never comes.
            fetch(&crate::embedder::manifest()?.name)?;
            fetch("default")
        }
        ModelsCommand::Verify => verify(),
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
