//! Which model is meant, where it lies, and an engine that owns it.

use std::{
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use motcua_generate::{Engine, EngineState, LoadError};
use motcua_inference::{Manifest, ModelStore, Options, load, manifests};

use crate::{config::env, progress::bytes_bar, settings::Resolved};

/// Requests that may wait behind those that are served, which on the local model are eight at once:
/// nobody waits minutes in a queue, and as many kiosks may ask in the same moment.
const QUEUE: usize = 8;

/// What `--model` names.
pub(crate) enum Chosen {
    /// No model.
    None,
    /// One with a manifest.
    Manifest(Manifest),
    /// A file.
    File(PathBuf),
}

impl Chosen {
    pub(crate) fn parse(name: &str) -> Result<Self> {
        if name == "none" {
            return Ok(Self::None);
        }
        if name.starts_with("hf:") {
            return Ok(Self::Manifest(Manifest::unpinned(name)?));
        }
        let known = manifests()?;
        let names: Vec<&str> = known.iter().map(|manifest| manifest.name.as_str()).collect();
        let unknown = format!(
            "không có mô hình `{name}`: dùng none, default, {}, đường dẫn tệp .gguf, hoặc hf:CHỦ/TÊN:TỆP",
            names.join(", ")
        );
        let meant =
            |manifest: &Manifest| manifest.name == name || (name == "default" && manifest.default);
        if let Some(manifest) = known.into_iter().find(meant) {
            return Ok(Self::Manifest(manifest));
        }
        let path = Path::new(name);
        if path.is_file() { Ok(Self::File(path.to_owned())) } else { bail!(unknown) }
    }
}

/// The folder of model files: `MOTCUA_MODELS`, or the user's cache folder.
pub(crate) fn store() -> Result<ModelStore> {
    let folder = match std::env::var_os(env::MODELS).filter(|value| !value.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => crate::settings::default_cache()?.join("models"),
    };
    Ok(ModelStore::new(folder))
}

/// Whether a named model needs no fetch.
pub(crate) fn is_fetched(name: &str) -> bool {
    let Ok(Chosen::Manifest(manifest)) = Chosen::parse(name) else { return false };
    store().is_ok_and(|store| store.path(&manifest).is_some())
}

/// Fetches a model with a bar.
pub(crate) fn fetch(store: &ModelStore, manifest: &Manifest) -> Result<PathBuf> {
    let bar = bytes_bar(format!("Tải {}", manifest.name));
    let fetched = store.fetch(manifest, &mut |have, all| {
        bar.set_length(all);
        bar.set_position(have);
    });
    bar.finish_and_clear();
    fetched.context("chưa tải được mô hình; chạy lại để tải tiếp, hoặc dùng --model none")
}

/// Prompts read before are kept in the user's cache folder, beside everything else that can be made anew.
fn options(cache: &Path) -> Options {
    Options { folder: Some(cache.join("prefixes")), ..Options::default() }
}

/// An engine whose model must be there already.
pub(crate) fn engine(name: &str, cache: &Path) -> Result<Engine> {
    let path = match Chosen::parse(name)? {
        Chosen::None => return Ok(Engine::absent()),
        Chosen::File(path) => path,
        Chosen::Manifest(manifest) => store()?.path(&manifest).with_context(|| {
            format!(
                "mô hình {0} chưa được tải: chạy `motcua models fetch {0}`, hoặc dùng --model none",
                manifest.name
            )
        })?,
    };
    let options = options(cache);
    Ok(Engine::spawn(QUEUE, move || load(&path, &options)))
}

/// An engine that fetches its model first if need be, behind everything else.
pub(crate) fn engine_fetching(name: &str, cache: &Path) -> Result<Engine> {
    let manifest = match Chosen::parse(name)? {
        Chosen::Manifest(manifest) => manifest,
        Chosen::None | Chosen::File(_) => return engine(name, cache),
    };
    let (store, options) = (store()?, options(cache));
    Ok(Engine::spawn(QUEUE, move || {
        let path = fetch(&store, &manifest)
            .map_err(|error| LoadError { message: crate::output::one_line(&error) })?;
        load(&path, &options)
    }))
}

/// The engine that the settings ask for, with what must be there already: the centre's model server
/// if there is one, else the model `name`.
pub(crate) fn engine_of(resolved: &Resolved, name: &str) -> Result<Engine> {
    match &resolved.remote {
        Some(remote) => engine_remote(remote, name, &resolved.kiosk.cache),
        None => engine(name, &resolved.kiosk.cache),
    }
}

/// The same for a server that runs on: a model that is not there is fetched behind everything else.
pub(crate) fn engine_of_fetching(resolved: &Resolved, name: &str) -> Result<Engine> {
    match &resolved.remote {
        Some(remote) => engine_remote(remote, name, &resolved.kiosk.cache),
        None => engine_fetching(name, &resolved.kiosk.cache),
    }
}

/// An engine that writes on a model server. A local model, if it is there, is loaded when the server
/// fails for the first time.
fn engine_remote(remote: &motcua_remote::Options, name: &str, cache: &Path) -> Result<Engine> {
    let path = match Chosen::parse(name)? {
        Chosen::None => None,
        Chosen::File(path) => Some(path),
        Chosen::Manifest(manifest) => store()?.path(&manifest),
    };
    let (remote, options) = (remote.clone(), options(cache));
    Ok(Engine::spawn(QUEUE, move || {
        let fallback =
            path.map(|path| Box::new(move || load(&path, &options)) as motcua_remote::LoadFallback);
        motcua_remote::connect(remote, fallback)
    }))
}

/// Waits until the model is ready.
pub(crate) fn wait_until_loaded(engine: &Engine) -> Result<()> {
    loop {
        match engine.state() {
            EngineState::Loading => thread::sleep(Duration::from_millis(10)),
            EngineState::Failed(reason) => bail!(reason),
            EngineState::Absent | EngineState::Ready(_) => return Ok(()),
        }
    }
}
