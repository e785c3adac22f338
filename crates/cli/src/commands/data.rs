use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use motcua_kiosk::records::{CaseQuery, PICTURES, Store, copy_pictures};
use serde_json::{Value, json};

use crate::{
    arguments::DataCommand,
    in_use,
    output::Ended,
    settings::{Resolved, days},
};

/// The store's file, what SQLite keeps beside it, and the pictures of pages.
const KEPT: [&str; 4] = ["motcua.db", "motcua.db-wal", "motcua.db-shm", PICTURES];
/// Cases read at once.
const PAGE: usize = 500;

pub(crate) fn run(resolved: &Resolved, command: DataCommand) -> Result<Ended> {
    match command {
        DataCommand::Backup { folder } => {
            let file = super::open_store(resolved)?.back_up(&folder)?;
            // A copy that does not open is no backup.
            Store::open(&folder).context("bản sao lưu không mở lại được")?;
            eprintln!("Đã sao lưu vào {}", file.display());
        }
        DataCommand::Restore { folder, replace } => restore(resolved, &folder, replace)?,
        DataCommand::Export { out, pages } => {
            let store = super::open_store(resolved)?;
            export(&store, &out)?;
            if let Some(folder) = pages {
                export_pages(&resolved.data, &folder)?;
            }
        }
        DataCommand::Erase { code } => {
            let code = code.to_uppercase();
            super::open_store(resolved)?.erase_case(&code, "", Timestamp::now())?;
            eprintln!("Đã xóa thông tin cá nhân của hồ sơ {code}.");
        }
        DataCommand::Prune { days: asked } => {
            let now = Timestamp::now();
            let keep = asked.map_or(Ok(resolved.keep_cases), days)?;
            let store = super::open_store(resolved)?;
            let erased = store.erase_cases_before(now - keep, now)?;
            store.sweep_pictures()?;
            eprintln!("Đã xóa thông tin cá nhân của {erased} hồ sơ.");
        }
    }
    Ok(Ended::Fine)
}

fn restore(resolved: &Resolved, from: &Path, replace: bool) -> Result<()> {
    if resolved.database.is_some() {
        bail!("kho ở PostgreSQL được phục hồi bằng công cụ của máy chủ, ví dụ pg_restore");
    }
    let file = from.join(KEPT[0]);
    if !file.is_file() {
        bail!("`{}` không có bản sao lưu (tệp {})", from.display(), KEPT[0]);
    }
    let to = &resolved.data;
    let _alone = in_use::alone(to)?;
    fs::create_dir_all(to).with_context(|| format!("không tạo được `{}`", to.display()))?;
    let told = || format!("không ghi được vào `{}`", to.display());
    // The copy is whole and readable before anything that is there is touched.
    let aside = tempfile::tempdir_in(to).with_context(told)?;
    fs::copy(&file, aside.path().join(KEPT[0])).with_context(told)?;
    copy_pictures(&from.join(PICTURES), &aside.path().join(PICTURES)).with_context(told)?;
    let copy = Store::open(aside.path()).context("bản sao lưu không mở được, kho giữ nguyên")?;
    // A backup takes the pages after the records: those of a case that was opened in between belong to none.
    copy.sweep_pictures()?;
    drop(copy);
    if to.join(KEPT[0]).exists() {
        if !replace {
            bail!("`{}` đã có kho; dùng --replace để thay (kho cũ được giữ)", to.display());
        }
        let stamp = Timestamp::now().as_second();
        for name in KEPT.iter().filter(|name| to.join(name).exists()) {
            let kept = to.join(format!("{name}.before-{stamp}"));
            fs::rename(to.join(name), &kept).with_context(told)?;
        }
        eprintln!("Kho cũ được giữ ở {}/motcua.db.before-{stamp}", to.display());
    }
    for name in KEPT.iter().filter(|name| aside.path().join(name).exists()) {
        fs::rename(aside.path().join(name), to.join(name)).with_context(told)?;
    }
    eprintln!("Đã phục hồi từ {}", file.display());
    Ok(())
}

/// Copies the pictures of pages into a folder that is not there yet, a folder for each case.
fn export_pages(data: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        bail!("`{}` đã có, chọn thư mục khác", folder.display());
    }
    let told = || format!("không ghi được vào `{}`", folder.display());
    copy_pictures(&data.join(PICTURES), folder).with_context(told)
}

fn export(store: &Store, out: &Path) -> Result<()> {
    let mut text = Vec::new();
    let mut offset = 0;
    loop {
        let page = CaseQuery { offset, limit: PAGE, ..CaseQuery::default() };
        let (cases, _) = store.cases(&page)?;
        if cases.is_empty() {
            break;
        }
        offset += cases.len();
        for case in cases {
            line(
                &mut text,
                &json!({
                    "case": case.code, "unit": case.unit, "procedure": case.procedure,
                    "received_on": case.received_on, "opened_at": case.opened_at.to_string(),
                    "changed_at": case.changed_at.to_string(), "official": case.official,
                    "state": case.state.as_str(), "verdict": case.verdict, "versions": case.versions,
                }),
            )?;
            for picture in store.pictures(&case.code) {
                line(
                    &mut text,
                    &json!({
                        "page_of": case.code, "document": picture.sha256, "page": picture.page,
                    }),
                )?;
            }
            for decision in store.decisions(&case.code)? {
                line(
                    &mut text,
                    &json!({
                        "decision_on": decision.case, "version": decision.version,
                        "at": decision.at.to_string(), "official": decision.official,
                        "finding": decision.finding, "rule": decision.rule, "kind": decision.kind,
                        "row": decision.row, "accepted": decision.accepted, "reason": decision.reason,
                    }),
                )?;
            }
        }
    }
    for done in store.all_done()? {
        line(
            &mut text,
            &json!({
                "done": done.action, "at": done.at.to_string(), "official": done.official,
                "subject": done.subject, "detail": done.detail,
            }),
        )?;
    }
    if out == Path::new("-") {
        return io::stdout().write_all(&text).context("không in ra được");
    }
    fs::write(out, text).with_context(|| format!("không ghi được `{}`", out.display()))
}

fn line(text: &mut Vec<u8>, value: &Value) -> Result<()> {
    serde_json::to_writer(&mut *text, value)?;
    text.push(b'\n');
    Ok(())
}
