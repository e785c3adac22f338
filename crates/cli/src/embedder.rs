//! The embedder of the search: where it lies, and how the kiosk gets it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use motcua_inference::{Embedder, Kind, Manifest, Role, manifests};
use motcua_kiosk::{Kiosk, TextRole};

use crate::{
    model::{fetch, store},
    progress::count_bar,
};

/// The pinned embedder.
pub(crate) fn manifest() -> Result<Manifest> {
    let all = manifests()?;
    all.into_iter()
        .find(|manifest| manifest.kind == Kind::Embedder)
        .context("không có mô hình nhúng")
}

/// The file that `--embedder` names, if it is there: without it the search goes by words.
fn path(name: &str) -> Result<Option<PathBuf>> {
    match name {
        "none" => Ok(None),
        "default" => Ok(store()?.path(&manifest()?)),
        path if Path::new(path).is_file() => Ok(Some(PathBuf::from(path))),
        other => bail!("không có mô hình nhúng `{other}`: dùng none, default, hoặc đường dẫn tệp"),
    }
}

/// Gives the kiosk its embedder if it was fetched, with a bar while vectors are computed.
pub(crate) fn add(kiosk: &Kiosk, name: &str) -> Result<()> {
    match path(name)? {
        Some(path) => load(kiosk, &path),
        None => Ok(()),
    }
}

/// Fetches it first if need be.
pub(crate) fn add_fetching(kiosk: &Kiosk, name: &str) -> Result<()> {
    if name == "default" {
        fetch(&store()?, &manifest()?)?;
    }
    add(kiosk, name)
}

fn load(kiosk: &Kiosk, path: &Path) -> Result<()> {
    let embedder = Embedder::load(path).map_err(|error| anyhow!(error.message))?;
    let bytes = path.metadata().map_or(0, |about| about.len());
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let embed = move |texts: &[&str], role: TextRole| {
        let role = match role {
            TextRole::Question => Role::Query,
            TextRole::Record => Role::Passage,
        };
        embedder.embed(texts, role).map_err(|error| error.to_string())
    };
    let embedder = motcua_kiosk::Embedder {
        name: format!("{}-{bytes}-{}", stem.unwrap_or_default(), Embedder::ARITHMETIC),
        embed: Box::new(embed),
    };
    let bar = count_bar(0, "Tính véc-tơ");
    let added = kiosk.add_embedder(embedder, &mut |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    added.context("tìm theo nghĩa chưa dùng được; đặt --embedder none để chỉ tìm theo từ")
}
