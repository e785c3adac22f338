//! Who works on a data folder: a restore must not take the store away from a server that writes to it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    path::Path,
};

use anyhow::{Context, Result, bail};

const FILE: &str = "in-use.lock";

fn file(data: &Path) -> Result<File> {
    let path = data.join(FILE);
    let opened = fs::create_dir_all(data)
        .and_then(|()| OpenOptions::new().create(true).truncate(false).write(true).open(&path));
    opened.with_context(|| format!("không ghi được `{}`", path.display()))
}

/// Says that a server works on the folder, for as long as what is returned is kept; several may.
///
/// # Errors
/// When the folder cannot be written, or is just being restored.
pub(crate) fn with_others(data: &Path) -> Result<File> {
    let file = file(data)?;
    match file.try_lock_shared() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("kho ở `{}` đang được phục hồi: chờ xong rồi chạy lại", data.display())
        }
        // Some network folders know no locks: the server must run all the same.
        Err(TryLockError::Error(error)) => {
            tracing::warn!(%error, "a restore under this server will not be noticed");
            Ok(file)
        }
    }
}

/// Keeps servers off the folder for as long as what is returned is kept.
///
/// # Errors
/// When the folder cannot be written, or a server works on it.
pub(crate) fn alone(data: &Path) -> Result<File> {
    let file = file(data)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "máy chủ đang chạy trên kho ở `{}`: dừng máy chủ rồi phục hồi, nếu không hồ sơ mới sẽ mất",
            data.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| {
            format!("không biết có máy chủ nào đang chạy trên kho ở `{}` không", data.display())
        }),
    }
}
