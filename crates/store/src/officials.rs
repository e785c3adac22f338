//! Officials, and who is signed in.

use std::fmt::Write as _;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::{Database, Row, Store, StoreError, audit, database::Value};

/// A password shorter than this is guessed too soon.
const SHORTEST_PASSWORD: usize = 10;
/// Longer input only costs time.
const LONGEST_PASSWORD: usize = 200;
/// A screen that nobody touched for so long is signed out.
const IDLE: SignedDuration = SignedDuration::from_hours(1);
/// A day at the counter is over.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// How often it is written down that somebody is still there.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// What somebody may do; each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfficialRole {
    /// Receives dossiers.
    Official,
    /// Reads the figures of the centre and erases cases.
    Supervisor,
    /// Names officials and approves the corpus.
    Admin,
}

impl OfficialRole {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
        }
    }

    /// The role of a word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Official, Self::Supervisor, Self::Admin].into_iter().find(|it| it.as_str() == word)
    }
}

/// Somebody who works at the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    /// What they sign in with.
    pub login: String,
    /// Their name, as letters and timelines show it.
    pub name: String,
    /// What they may do.
    pub role: OfficialRole,
    /// Whether they may sign in.
    pub is_active: bool,
}

/// An official could not be added or changed.
#[derive(Debug, thiserror::Error)]
pub enum AddOfficialError {
    /// There is one of that login.
    #[error("đã có tài khoản `{0}`")]
    Exists(String),
    /// There is none of that login.
    #[error("không có tài khoản `{0}`")]
    Unknown(String),
    /// The login cannot be typed safely everywhere.
    #[error(
        "tên đăng nhập chỉ gồm 2–40 chữ thường không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới"
    )]
    BadLogin,
    /// The password is too short or too long.
    #[error("mật khẩu phải dài từ {SHORTEST_PASSWORD} đến {LONGEST_PASSWORD} ký tự")]
    BadPassword,
    /// Somebody must be left who can name officials.
    #[error("phải còn ít nhất một quản trị viên đang hoạt động")]
    LastAdmin,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Who.
    pub official: Official,
    /// The secret that their browser keeps; here only its hash is.
    pub token: String,
}

impl Store {
    /// Adds an official.
    ///
    /// # Errors
    /// When there is one of that login, or login or password will not do.
    pub fn add_official(
        &self,
        official: &Official,
        password: &str,
        done: &audit::Done,
    ) -> Result<(), AddOfficialError> {
        let Official { login, name, role, is_active } = official;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        if !(2..=40).contains(&login.len()) || !login.chars().all(fits) {
            return Err(AddOfficialError::BadLogin);
        }
        let password = hashed(password)?;
        self.lock()?.whole(|database| {
            let added = database.execute(
                "INSERT INTO official (login, name, role, password, is_active)
                 VALUES (?, ?, ?, ?, ?) ON CONFLICT (login) DO NOTHING",
                &[
                    login.into(),
                    name.into(),
                    role.as_str().into(),
                    password.into(),
                    (*is_active).into(),
                ],
            )?;
            if added == 0 {
                return Err(AddOfficialError::Exists(login.clone()));
            }
            Ok(audit::write(database, done)?)
        })
    }

    /// Changes name, role and whether they may sign in, and the password if one is given; whoever was
    /// signed in under that login is signed out.
    ///
    /// # Errors
    /// When there is no such login, the password will not do, or no admin would be left.
    pub fn change_official(
        &self,
        official: &Official,
        password: Option<&str>,
        done: &audit::Done,
    ) -> Result<(), AddOfficialError> {
        let Official { login, name, role, is_active } = official;
        let password = password.map(hashed).transpose()?;
        self.lock()?.whole(|database| {
            let changed = database.execute(
                "UPDATE official SET name = ?, role = ?, is_active = ? WHERE login = ?",
                &[name.into(), role.as_str().into(), (*is_active).into(), login.into()],
            )?;
            if changed == 0 {
                return Err(AddOfficialError::Unknown(login.clone()));
            }
            if let Some(password) = password {
                database.execute(
                    "UPDATE official SET password = ? WHERE login = ?",
                    &[password.into(), login.into()],
                )?;
            }
            database.execute(
                "DELETE FROM sign_in WHERE official IN (SELECT id FROM official WHERE login = ?)",
                &[login.into()],
            )?;
            audit::write(database, done)?;
            let admins = "SELECT count(*) FROM official WHERE role = 'admin' AND is_active = 1";
            let admins = database.query(admins, &[])?.first().map_or(0, |row| row.int(0));
            if admins == 0 { Err(AddOfficialError::LastAdmin) } else { Ok(()) }
        })
    }

    /// All officials, by login.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn officials(&self) -> Result<Vec<Official>, StoreError> {
        let sql = "SELECT login, name, role, is_active FROM official ORDER BY login";
        Ok(self.lock()?.query(sql, &[])?.iter().map(read).collect())
    }

    /// Signs somebody in with a new `token`; none when login and password do not belong together or
    /// the official may not sign in. Takes the time of a password hash in any case, so that nobody
    /// learns from it which logins there are.
    ///
    /// # Errors
    /// When the store fails.
    pub fn sign_in(
        &self,
        login: &str,
        password: &str,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<SignIn>, StoreError> {
        let sql = "SELECT login, name, role, is_active, password, id FROM official WHERE login = ?";
        let found = self.lock()?.query(sql, &[login.into()])?.pop();
        // Hashing takes tens of milliseconds: nobody waits for the store meanwhile.
        let kept = found.as_ref().map_or_else(|| NOBODY.to_owned(), |row| row.text(4));
        let is_right = password.len() <= LONGEST_PASSWORD * 4 && verified(password, &kept);
        let Some(row) = found.filter(|row| is_right && row.int(3) == 1) else { return Ok(None) };
        let mut database = self.lock()?;
        forget_old(&mut database, now)?;
        database.execute(
            "INSERT INTO sign_in (token, official, since, seen) VALUES (?, ?, ?, ?)",
            &[
                secret(token).into(),
                row.int(5).into(),
                now.to_string().into(),
                now.to_string().into(),
            ],
        )?;
        Ok(Some(SignIn { official: read(&row), token: token.to_owned() }))
    }

    /// Who holds a token, if they are still signed in.
    ///
    /// # Errors
    /// When the store fails.
    pub fn signed_in(&self, token: &str, now: Timestamp) -> Result<Option<Official>, StoreError> {
        let mut database = self.lock()?;
        let sql = "SELECT login, name, role, is_active, since, seen
                   FROM sign_in JOIN official ON official.id = sign_in.official WHERE token = ?";
        let token = secret(token);
        let Some(row) = database.query(sql, &[token.as_str().into()])?.pop() else {
            return Ok(None);
        };
        let since = |at| now.duration_since(audit::time(&row.text(at)));
        if since(4) > LONGEST || since(5) > IDLE || row.int(3) == 0 {
            return Ok(None);
        }
        if since(5) > NOTED {
            database.execute(
                "UPDATE sign_in SET seen = ? WHERE token = ?",
                &[now.to_string().into(), token.into()],
            )?;
        }
        Ok(Some(read(&row)))
    }

    /// Signs out.
    ///
    /// # Errors
    /// When the store fails.
    pub fn sign_out(&self, token: &str) -> Result<(), StoreError> {
        self.lock()?
            .execute("DELETE FROM sign_in WHERE token = ?", &[Value::from(secret(token))])?;
        Ok(())
    }
}

/// What the password of an unknown login is compared with: a hash that no password has.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bW90Y3VhLW5vYm9keQ$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn read(row: &Row) -> Official {
    Official {
        login: row.text(0),
        name: row.text(1),
        role: OfficialRole::of(&row.text(2)).unwrap_or(OfficialRole::Official),
        is_active: row.int(3) == 1,
    }
}

fn forget_old(database: &mut Database, now: Timestamp) -> Result<(), StoreError> {
    let longest = (now - LONGEST).to_string();
    let idle = (now - IDLE).to_string();
    let sql = "DELETE FROM sign_in WHERE since < ? OR seen < ?";
    database.execute(sql, &[longest.into(), idle.into()])?;
    Ok(())
}

/// Argon2id with the crate's parameters, which are those that OWASP recommends (19 MiB, 2 passes).
fn hashed(password: &str) -> Result<String, AddOfficialError> {
    let length = password.chars().count();
    if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
        return Err(AddOfficialError::BadPassword);
    }
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|error| StoreError(error.to_string()))?.to_string())
}

fn verified(password: &str, hash: &str) -> bool {
    let parsed = PasswordHash::new(hash);
    parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Whoever reads the store cannot sign in with what stands in it.
fn secret(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
