//! `motcua.toml`: every key optional, unknown keys refused.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use motcua_kiosk::Office;
use serde::Deserialize;

/// The keys of `motcua.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Config {
    /// Sources of procedures beside the project's own.
    pub(crate) corpus: Vec<PathBuf>,
    /// Leave the project's own corpus out.
    pub(crate) corpus_only: bool,
    /// The model: `none`, `default`, a name, a path, or `hf:OWNER/NAME:FILE`.
    pub(crate) model: Option<String>,
    /// A model server of the centre's own, `http://host:port`, that writes instead of the model.
    pub(crate) remote_model: Option<String>,
    /// The model's name on that server; without one the first that it has.
    pub(crate) remote_name: Option<String>,
    /// A file with the key that the server wants to see.
    pub(crate) remote_key_file: Option<PathBuf>,
    /// The embedder: `none`, `default`, or a path.
    pub(crate) embedder: Option<String>,
    /// The kiosk's province.
    pub(crate) province: Option<String>,
    /// Where indexes are kept.
    pub(crate) cache: Option<PathBuf>,
    /// Where decisions and counts are kept.
    pub(crate) data: Option<PathBuf>,
    /// A PostgreSQL server that keeps them instead, `postgres://user:password@host/database`.
    pub(crate) database: Option<String>,
    /// After how many days without anything new a case loses what it says of people.
    pub(crate) keep_cases_days: Option<u32>,
    /// Where the server listens.
    pub(crate) listen: Option<SocketAddr>,
    /// Where phones reach the server, `https://…`.
    pub(crate) address: Option<String>,
    /// A folder of letter templates and fonts of the centre's own.
    pub(crate) letters: Option<PathBuf>,
    /// The office that issues letters.
    pub(crate) office: Office,
    /// By what the time saved is reckoned.
    pub(crate) statistics: Statistics,
}

/// The keys of `[statistics]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Statistics {
    /// Minutes that receiving a dossier took before.
    pub(crate) minutes_before: Option<u32>,
    /// Minutes that it takes once the dossier was screened.
    pub(crate) minutes_after: Option<u32>,
}

/// Names of environment variables, each the same as a key.
pub(crate) mod env {
    pub(crate) const CORPUS: &str = "MOTCUA_CORPUS";
    pub(crate) const MODEL: &str = "MOTCUA_MODEL";
    pub(crate) const REMOTE_MODEL: &str = "MOTCUA_REMOTE_MODEL";
    pub(crate) const REMOTE_NAME: &str = "MOTCUA_REMOTE_NAME";
    pub(crate) const REMOTE_KEY_FILE: &str = "MOTCUA_REMOTE_KEY_FILE";
    /// The key itself; it has no key in the file, which others may read.
    pub(crate) const REMOTE_KEY: &str = "MOTCUA_REMOTE_KEY";
    pub(crate) const EMBEDDER: &str = "MOTCUA_EMBEDDER";
    pub(crate) const PROVINCE: &str = "MOTCUA_PROVINCE";
    pub(crate) const CACHE: &str = "MOTCUA_CACHE";
    pub(crate) const DATA: &str = "MOTCUA_DATA";
    pub(crate) const DATABASE: &str = "MOTCUA_DATABASE";
    pub(crate) const LISTEN: &str = "MOTCUA_LISTEN";
    pub(crate) const ADDRESS: &str = "MOTCUA_ADDRESS";
    pub(crate) const LETTERS: &str = "MOTCUA_LETTERS";
    /// Where model files are kept; it has no key, because a folder shared by users is set once.
    pub(crate) const MODELS: &str = "MOTCUA_MODELS";
}

/// Reads the file, then lets the environment speak over it.
pub(crate) fn load(named: Option<&Path>) -> Result<Config> {
    let path = named.unwrap_or(Path::new("motcua.toml"));
    let mut config = match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text)
            .with_context(|| format!("`{}` không đúng, xem docs/OPERATIONS.md", path.display()))?,
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            Config::default()
        }
        Err(error) => {
            return Err(error).with_context(|| format!("không đọc được `{}`", path.display()));
        }
    };
    let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(paths) = var(env::CORPUS) {
        config.corpus = std::env::split_paths(&paths).collect();
    }
    config.model = var(env::MODEL).or(config.model);
    config.remote_model = var(env::REMOTE_MODEL).or(config.remote_model);
    config.remote_name = var(env::REMOTE_NAME).or(config.remote_name);
    let key_file = var(env::REMOTE_KEY_FILE).map(PathBuf::from);
    config.remote_key_file = key_file.or(config.remote_key_file);
    config.embedder = var(env::EMBEDDER).or(config.embedder);
    config.province = var(env::PROVINCE).or(config.province);
    config.cache = var(env::CACHE).map(PathBuf::from).or(config.cache);
    config.data = var(env::DATA).map(PathBuf::from).or(config.data);
    config.database = var(env::DATABASE).or(config.database);
    config.address = var(env::ADDRESS).or(config.address);
    config.letters = var(env::LETTERS).map(PathBuf::from).or(config.letters);
    if let Some(listen) = var(env::LISTEN) {
        let parsed =
            listen.parse().with_context(|| format!("{}={listen} không phải địa chỉ", env::LISTEN));
        config.listen = Some(parsed?);
    }
    Ok(config)
}
