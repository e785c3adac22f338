use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use motcua_kiosk::records::{CaseQuery, Store};
use serde_json::{Value, json};

use crate::{
    arguments::DataCommand,
    output::Ended,
    settings::{Resolved, days},
};

/// The store's file and what SQLite keeps beside it.
const FILES: [&str; 3] = ["motcua.db", "motcua.db-wal", "motcua.db-shm"];
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
        DataCommand::Export { out } => export(resolved, &out)?,
        DataCommand::Erase { code } => {
            let code = code.to_uppercase();
            super::open_store(resolved)?.erase_case(&code, "", Timestamp::now())?;
            eprintln!("Đã xóa thông tin cá nhân của hồ sơ {code}.");
        }
        DataCommand::Prune { days: asked } => {
            let now = Timestamp::now();
            let keep = asked.map_or(resolved.keep_cases, days);
            let erased = super::open_store(resolved)?.erase_cases_before(now - keep, now)?;
            eprintln!("Đã xóa thông tin cá nhân của {erased} hồ sơ.");
        }
    }
    Ok(Ended::Fine)
}

fn restore(resolved: &Resolved, from: &Path, replace: bool) -> Result<()> {
    if resolved.database.is_some() {
        bail!("kho ở PostgreSQL được phục hồi bằng công cụ của máy chủ, ví dụ pg_restore");
    }
    let file = from.join(FILES[0]);
    if !file.is_file() {
        bail!("`{}` không có bản sao lưu (tệp {})", from.display(), FILES[0]);
    }
    let to = &resolved.data;
    fs::create_dir_all(to).with_context(|| format!("không tạo được `{}`", to.display()))?;
    let told = || format!("không ghi được vào `{}`", to.display());
    // The copy is whole and readable before anything that is there is touched.
    let aside = tempfile::tempdir_in(to).with_context(told)?;
    fs::copy(&file, aside.path().join(FILES[0])).with_context(told)?;
    drop(Store::open(aside.path()).context("bản sao lưu không mở được, kho giữ nguyên")?);
    if to.join(FILES[0]).exists() {
        if !replace {
            bail!("`{}` đã có kho; dùng --replace để thay (kho cũ được giữ)", to.display());
        }
        let stamp = Timestamp::now().as_second();
        for name in FILES.iter().filter(|name| to.join(name).exists()) {
            let kept = to.join(format!("{name}.before-{stamp}"));
            fs::rename(to.join(name), &kept).with_context(told)?;
        }
        eprintln!("Kho cũ được giữ ở {}/motcua.db.before-{stamp}", to.display());
    }
    for name in FILES.iter().filter(|name| aside.path().join(name).exists()) {
        fs::rename(aside.path().join(name), to.join(name)).with_context(told)?;
    }
    eprintln!("Đã phục hồi từ {}", file.display());
    Ok(())
}

fn export(resolved: &Resolved, out: &Path) -> Result<()> {
    let store = super::open_store(resolved)?;
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
