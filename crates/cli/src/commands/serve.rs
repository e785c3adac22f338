use std::{net::SocketAddr, thread, time::Duration};

use anyhow::{Context, Result};
use jiff::SignedDuration;
use motcua_http::AppState;

use crate::{
    embedder, in_use, model,
    output::{Ended, one_line},
    settings::{Resolved, public_address},
};

pub(crate) fn run(
    mut resolved: Resolved,
    listen: Option<SocketAddr>,
    address: Option<&str>,
) -> Result<Ended> {
    if let Some(named) = address {
        resolved.kiosk.address = Some(public_address(named)?);
    }
    let address = listen.unwrap_or(resolved.listen);
    let name = resolved.model.clone().unwrap_or_else(|| "default".to_owned());
    let left = motcua_kiosk::remove_leftovers();
    if left > 0 {
        tracing::warn!(left, "what a killed server was reading is removed");
    }
    let store = super::open_store(&resolved)?;
    let _working = in_use::with_others(&resolved.data)?;
    let keep_cases = resolved.keep_cases;
    let resolved = with_place_for_approved(resolved)?;
    // The model loads behind; everything else is up without it.
    let engine = model::engine_of_fetching(&resolved, &name)?;
    let embedder = resolved.embedder.clone();
    let kiosk = super::open(resolved, engine)?;
    let state = AppState::new(kiosk, store);
    // So does the embedder: until its vectors are there the search goes by words.
    let searched = state.clone();
    thread::spawn(move || {
        if let Err(error) = add_embedder(&searched, &embedder) {
            eprintln!("{}", one_line(&error));
        }
    });
    let watched = state.clone();
    thread::spawn(move || watch(&watched));
    let pruned = state.clone();
    thread::spawn(move || prune(&pruned, keep_cases));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("không khởi động được")?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.with_context(|| {
            format!("không lắng nghe được ở {address}: cổng đang bận? đổi bằng --listen")
        })?;
        let bound = listener.local_addr()?;
        eprintln!("Một Cửa đang chạy: http://{bound}/  (Ctrl+C để dừng)");
        motcua_http::serve(listener, state, stopped()).await.context("máy chủ dừng vì lỗi")
    })?;
    Ok(Ended::Fine)
}

/// Makes the folder of approved files a source before there is one in it, so that the first is seen.
fn with_place_for_approved(mut resolved: Resolved) -> Result<Resolved> {
    let Some(folder) = resolved.kiosk.approved.clone() else { return Ok(resolved) };
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("không tạo được `{}`", folder.display()))?;
    if resolved.kiosk.sources.first() != Some(&folder) {
        resolved.kiosk.sources.insert(0, folder);
    }
    Ok(resolved)
}

/// Gives the kiosk its embedder, and the one that has taken its place meanwhile.
fn add_embedder(state: &AppState, name: &str) -> Result<()> {
    let kiosk = state.kiosk();
    embedder::add_fetching(&kiosk, name)?;
    let now = state.kiosk();
    if !now.health().vectors {
        now.add_embedder_of(&kiosk)?;
    }
    Ok(())
}

/// How often cases are looked through for those whose time is over.
const PRUNE: Duration = Duration::from_hours(6);

/// Erases what old cases say of people, now and from time to time.
fn prune(state: &AppState, keep: SignedDuration) {
    loop {
        match state.erase_cases_older_than(keep) {
            Ok(0) => {}
            Ok(erased) => tracing::info!(erased, "cases whose time is over are erased"),
            Err(error) => tracing::error!(%error, "old cases are not erased"),
        }
        thread::sleep(PRUNE);
    }
}

/// How often the sources are looked at.
const LOOK: Duration = Duration::from_millis(150);

/// Puts a new kiosk in place whenever a file of the sources has changed or another version of a procedure begins. What cannot be read is said,
/// and the kiosk stays as it is until the next change.
fn watch(state: &AppState) {
    state.note_corpus_changes();
    let (mut seen, mut day) = (Some(state.kiosk().stamp()), motcua_http::today());
    loop {
        thread::sleep(LOOK);
        let kiosk = state.kiosk();
        let today = motcua_http::today();
        let now = kiosk.stamp_now().ok();
        let begins = today != day && kiosk.is_of_before(today);
        if now == seen && !begins {
            continue;
        }
        (seen, day) = (now, today);
        match kiosk.renewed(today) {
            Ok(None) => {}
            Ok(Some(renewed)) => {
                state.put(renewed.clone());
                state.note_corpus_changes();
                tracing::info!(corpus = renewed.health().corpus_key, "the sources have changed");
                if let Err(error) = renewed.add_embedder_of(&kiosk) {
                    tracing::error!(%error, "searching by words alone");
                }
            }
            Err(error) => {
                let error = anyhow::Error::new(error);
                eprintln!(
                    "Kho thủ tục đã đổi nhưng chưa dùng được, vẫn chạy với kho cũ: {}. Xem từng lỗi: motcua corpus check",
                    one_line(&error)
                );
            }
        }
    }
}

/// Ctrl+C, or a polite end from the system.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
