//! Arguments over environment over file, resolved once.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use jiff::SignedDuration;
use motcua_kiosk::{Limits, Reception, Settings};
use motcua_remote::{Key, Options as RemoteOptions};

use crate::{arguments::Common, config};

/// Two cores write some ten tokens a second: an answer of four short sentences fits well.
const DEADLINE: Duration = Duration::from_secs(90);
const MAX_TOKENS: usize = 220;

/// Longer than most procedures take, and than people have to supplement what is missing.
const KEEP_CASES_DAYS: u32 = 180;

/// So many days, for reckoning with times.
///
/// # Errors
/// When it is nothing, which somebody may take for "for ever", or longer than a calendar reaches.
pub(crate) fn days(days: u32) -> Result<SignedDuration> {
    if !(1..=LONGEST_DAYS).contains(&days) {
        bail!("số ngày giữ hồ sơ phải từ 1 đến {LONGEST_DAYS}, không phải {days}");
    }
    Ok(SignedDuration::from_hours(24 * i64::from(days)))
}

/// A hundred years.
const LONGEST_DAYS: u32 = 36_500;

/// Everything that a command may need.
pub(crate) struct Resolved {
    pub(crate) kiosk: Settings,
    pub(crate) corpus: Corpora,
    pub(crate) model: Option<String>,
    /// The model server that writes instead, if there is one.
    pub(crate) remote: Option<RemoteOptions>,
    pub(crate) embedder: String,
    pub(crate) listen: SocketAddr,
    /// Where decisions and counts are kept.
    pub(crate) data: PathBuf,
    /// The PostgreSQL server that keeps them instead, if there is one.
    pub(crate) database: Option<String>,
    /// How long a case in which nothing happens keeps what it says of people.
    pub(crate) keep_cases: SignedDuration,
}

/// Where procedures come from.
pub(crate) struct Corpora {
    /// The project's own corpus folder, where there is one.
    pub(crate) own: Option<PathBuf>,
    /// The sources named.
    pub(crate) named: Vec<PathBuf>,
}

/// What to do where the project's own corpus is needed and is not there.
const NO_OWN_CORPUS: &str = "không thấy kho thủ tục của dự án: chạy trong thư mục dự án, đặt thư mục corpus cạnh chương trình, hoặc nêu nguồn bằng --corpus";

impl Corpora {
    /// The project's own corpus folder.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) fn own(&self) -> Result<&PathBuf> {
        self.own.as_ref().context(NO_OWN_CORPUS)
    }
}

pub(crate) fn resolve(common: &Common) -> Result<Resolved> {
    let config = config::load(common.config.as_deref())?;
    let named = if common.corpus.is_empty() { config.corpus } else { common.corpus.clone() };
    let own = own_corpus();
    let corpus_only = common.corpus_only || config.corpus_only;
    if corpus_only && named.is_empty() {
        bail!("--corpus-only cần ít nhất một --corpus");
    }
    let base = own.clone().filter(|_| !corpus_only);
    let sources: Vec<PathBuf> = base.into_iter().chain(named.clone()).collect();
    let data = config.data.map_or_else(default_data, Ok)?;
    // What the centre approved goes first; drafts alone leave it out, like the project's own files.
    let approved = (!corpus_only).then(|| data.join("corpus"));
    let approved_sources = approved.clone().filter(|folder| folder.is_dir());
    let sources = approved_sources.into_iter().chain(sources).collect();
    let worker = std::env::current_exe().context("không biết chương trình đang chạy ở đâu")?;
    let kiosk = Settings {
        sources,
        approved,
        documents: own.as_ref().map(|own| own.join("documents.toml")),
        cache: common.cache.clone().or(config.cache).map_or_else(default_cache, Ok)?,
        build: build_of(&worker),
        province: common.province.clone().or(config.province).map(|name| plain_province(&name)),
        address: config.address.as_deref().map(public_address).transpose()?,
        worker,
        limits: Limits::default(),
        office: config.office,
        letters: config.letters.map(letters_folder).transpose()?,
        deadline: DEADLINE,
        max_tokens: MAX_TOKENS,
        reception: reception(&config.statistics),
    };
    Ok(Resolved {
        kiosk,
        corpus: Corpora { own, named },
        embedder: common
            .embedder
            .clone()
            .or(config.embedder)
            .unwrap_or_else(|| "default".to_owned()),
        data,
        database: config.database.map(database_url).transpose()?,
        keep_cases: days(config.keep_cases_days.unwrap_or(KEEP_CASES_DAYS))?,
        remote: remote(
            common.remote_model.clone().or(config.remote_model),
            common.remote_name.clone().or(config.remote_name),
            config.remote_key_file.as_deref(),
        )?,
        model: common.model.clone().or(config.model),
        listen: config.listen.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))),
    })
}

fn reception(given: &config::Statistics) -> Reception {
    let usual = Reception::default();
    Reception {
        before: given.minutes_before.unwrap_or(usual.before),
        after: given.minutes_after.unwrap_or(usual.after),
    }
}

/// The model server that is named, with its key: from the environment, or a file that only the
/// service reads.
fn remote(
    url: Option<String>,
    model: Option<String>,
    key_file: Option<&Path>,
) -> Result<Option<RemoteOptions>> {
    let Some(url) = url.filter(|url| url != "none") else { return Ok(None) };
    let given = std::env::var(config::env::REMOTE_KEY).ok().filter(|key| !key.trim().is_empty());
    let key = match (given, key_file) {
        (Some(key), _) => Some(key),
        (None, Some(file)) => Some(std::fs::read_to_string(file).with_context(|| {
            format!("không đọc được khóa của máy chủ mô hình ở `{}`", file.display())
        })?),
        (None, None) => None,
    };
    let key = key.as_deref().map(Key::new);
    Ok(Some(RemoteOptions { model, key, ..RemoteOptions::new(url) }))
}

/// The corpus beside where the command is run, or beside the program, or above it.
fn own_corpus() -> Option<PathBuf> {
    let here = PathBuf::from("corpus");
    let program = std::env::current_exe().unwrap_or_default();
    let above = program.ancestors().skip(1);
    let candidates = std::iter::once(here).chain(
        above.flat_map(|folder| [folder.join("corpus"), folder.join("share/motcua/corpus")]),
    );
    let mut candidates = candidates.filter(|folder| folder.join("documents.toml").is_file());
    candidates.next()
}

pub(crate) fn default_cache() -> Result<PathBuf> {
    let cache = users_folder("XDG_CACHE_HOME", ".cache");
    cache.context("không biết thư mục cache: đặt --cache hoặc HOME")
}

fn default_data() -> Result<PathBuf> {
    let data = users_folder("XDG_DATA_HOME", ".local/share");
    data.context("không biết thư mục dữ liệu: đặt MOTCUA_DATA hoặc HOME")
}

/// Our own folder where the user keeps such things (XDG Base Directory Specification).
fn users_folder(variable: &str, in_home: &str) -> Option<PathBuf> {
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(in_home));
    let folder = std::env::var_os(variable).map(PathBuf::from).or_else(home);
    Some(folder?.join("motcua"))
}

/// Size and date of the program: a new build never reads what an old one compiled.
fn build_of(program: &Path) -> String {
    let Ok(about) = program.metadata() else { return "unknown".to_owned() };
    let age = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("{:x}{:x}", about.len(), age.unwrap_or_default().as_micros())
}

/// The address that a QR code leads to, as it was named: a phone needs to know how to speak there.
pub(crate) fn public_address(named: &str) -> Result<String> {
    let plain = named.trim().trim_end_matches('/');
    let host = plain.strip_prefix("https://").or_else(|| plain.strip_prefix("http://"));
    if host.is_none_or(|host| host.is_empty() || host.contains(['?', '#', ' '])) {
        bail!("địa chỉ của máy chủ phải như https://motcua.example.gov.vn, không phải `{named}`");
    }
    Ok(plain.to_owned())
}

/// The folder of letter templates, which must be there: letters of the built-in kind must not go out unnoticed.
fn letters_folder(folder: PathBuf) -> Result<PathBuf> {
    if !folder.is_dir() {
        bail!("không có thư mục mẫu phiếu `{}`: sửa khóa `letters`", folder.display());
    }
    Ok(folder)
}

fn database_url(url: String) -> Result<String> {
    if !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        bail!(
            "khóa `database` phải có dạng postgres://người_dùng@máy_chủ/kho; bỏ trống thì dùng SQLite"
        );
    }
    Ok(url)
}

fn plain_province(name: &str) -> String {
    let name = name.trim();
    ["tỉnh ", "Tỉnh ", "thành phố ", "Thành phố ", "TP. ", "TP "]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name)
        .to_owned()
}
