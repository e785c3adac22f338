use std::{
    fs,
    io::{Read as _, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::Path,
};

use anyhow::{Context, Result, anyhow};
use motcua_domain::DossierReport;
use motcua_generate::Engine;
use motcua_http::views::DossierReportView;
use motcua_kiosk::{Applicant, LetterError, Note};

use crate::{arguments::LetterArguments, output::Ended, settings::Resolved};

pub(crate) fn run(resolved: Resolved, arguments: LetterArguments) -> Result<Ended> {
    let report = read(&arguments.report)?;
    let note = Note {
        applicant: Applicant {
            name: arguments.applicant,
            address: arguments.address,
            phone: arguments.phone,
            email: arguments.email,
        },
        number: arguments.number,
        reason: arguments.reason,
        dated: arguments.dated,
        case: None,
    };
    let kiosk = super::open(resolved, Engine::absent())?;
    let pdf = kiosk.letter(arguments.form, &report, &note).map_err(|error| match error {
        LetterError::Compose(reason) => anyhow!("{reason}. {} (--reason \"…\")", reason.hint()),
        LetterError::Typeset(reason) => anyhow!(reason),
    })?;
    write_whole(&arguments.out, &pdf)
        .with_context(|| format!("không ghi được `{}`", arguments.out.display()))?;
    eprintln!("Đã ghi {}", arguments.out.display());
    if let Some(advice) = motcua_kiosk::advice(arguments.form, &report, &note) {
        eprintln!("Lưu ý: {advice}");
    }
    Ok(Ended::Fine)
}

fn read(path: &Path) -> Result<DossierReport> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    let text = text.with_context(|| format!("không đọc được `{}`", path.display()))?;
    let wrong = || format!("`{}` không phải kết quả của `motcua check --json`", path.display());
    let view: DossierReportView = serde_json::from_str(&text).with_context(wrong)?;
    DossierReport::try_from(view).with_context(wrong)
}

/// A letter is there whole or not at all: a full disk leaves no half of one, and no old one is lost.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let readable = fs::Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new()
        .permissions(readable)
        .tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}
