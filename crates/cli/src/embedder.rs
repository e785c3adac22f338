//! The embedder of the search: where it lies, and how the kiosk gets it.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, anyhow, bail};
use motcua_inference::{Embedder, Kind, Manifest, Role, manifests};
use motcua_kiosk::{BuildVectorsError, Kiosk, TextRole};

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

/// A person who asks one question does not wait for more new vectors than this.
const WORTH_WAITING: usize = 1500;

/// Gives the kiosk its embedder if it was fetched, with a bar while vectors are computed.
pub(crate) fn add(kiosk: &Kiosk, name: &str) -> Result<()> {
    match path(name)? {
        Some(path) => load(kiosk, &path, usize::MAX),
        None => Ok(()),
    }
}

/// The same, unless that would take long: then the search goes by words.
pub(crate) fn add_if_quick(kiosk: &Kiosk, name: &str) -> Result<()> {
    match path(name)? {
        Some(path) => load(kiosk, &path, WORTH_WAITING),
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

fn load(kiosk: &Kiosk, path: &Path, most: usize) -> Result<()> {
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
    let embedder = Arc::new(motcua_kiosk::Embedder {
        name: format!("{}-{bytes}-{}", stem.unwrap_or_default(), Embedder::identity()),
        embed: Box::new(embed),
    });
    let bar = count_bar(0, "Tính véc-tơ");
    let mut missing = None;
    let added = kiosk.add_embedder(embedder, &mut |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        let missing = *missing.get_or_insert(all - done);
        if missing > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    bar.finish_and_clear();
    if let Err(BuildVectorsError::Stopped) = added {
        eprintln!("Chỉ tìm theo từ; chạy `motcua index build` một lần để tìm cả theo nghĩa.");
        return Ok(());
    }
    added.context("tìm theo nghĩa chưa dùng được; đặt --embedder none để chỉ tìm theo từ")
}
