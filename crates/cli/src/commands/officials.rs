use std::io::Read as _;

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use motcua_kiosk::records::{Done, Official, OfficialRole};
use serde_json::json;

use crate::{
    arguments::{OfficialsCommand, RoleWord},
    output::{Ended, print_json},
    settings::Resolved,
};

/// Letters and digits that are not taken for one another when copied from a screen.
const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyzA";
const PASSWORD_LETTERS: usize = 16;

pub(crate) fn run(resolved: &Resolved, command: OfficialsCommand) -> Result<Ended> {
    let store = super::open_store(resolved)?;
    match command {
        OfficialsCommand::Add { login, name, role, password_stdin } => {
            let name = name.unwrap_or_else(|| login.clone());
            let official = Official { login, name, role: role.into(), is_active: true };
            let (password, is_made) = password(password_stdin)?;
            store.add_official(&official, &password, &done("official_added", &official))?;
            eprintln!("Đã thêm tài khoản {} ({}).", official.login, official.role.as_str());
            tell(is_made, &password);
        }
        OfficialsCommand::List { json } => {
            let officials = store.officials()?;
            if json {
                let all = officials.iter().map(|official| {
                    let Official { login, name, role, is_active } = official;
                    json!({ "login": login, "name": name, "role": role.as_str(), "is_active": is_active })
                });
                print_json(&all.collect::<Vec<_>>())?;
            } else if officials.is_empty() {
                eprintln!("Chưa có tài khoản nào. Thêm: motcua officials add TÊN --role admin");
            } else {
                for Official { login, name, role, is_active } in officials {
                    let state = if is_active { "" } else { "  (đã khóa)" };
                    println!("{login}  {name}  {}{state}", role.as_str());
                }
            }
        }
        OfficialsCommand::Reset { login, password_stdin } => {
            let known = store.officials()?.into_iter().find(|official| official.login == login);
            let Some(official) = known else {
                bail!("không có tài khoản `{login}`; xem: motcua officials list");
            };
            let official = Official { is_active: true, ..official };
            let (password, is_made) = password(password_stdin)?;
            let done = done("password_reset", &official);
            store.change_official(&official, Some(&password), &done)?;
            eprintln!("Đã đặt lại mật khẩu của {login}.");
            tell(is_made, &password);
        }
    }
    Ok(Ended::Fine)
}

impl From<RoleWord> for OfficialRole {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Official => Self::Official,
            RoleWord::Supervisor => Self::Supervisor,
            RoleWord::Admin => Self::Admin,
        }
    }
}

/// What was done on the machine itself is nobody's login.
fn done(action: &str, official: &Official) -> Done {
    Done {
        at: Timestamp::now(),
        official: String::new(),
        action: action.to_owned(),
        subject: official.login.clone(),
        detail: official.role.as_str().to_owned(),
    }
}

/// The password, and whether it was made here.
fn password(from_stdin: bool) -> Result<(String, bool)> {
    if from_stdin {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("không đọc được mật khẩu")?;
        return Ok((text.trim_end_matches(['\r', '\n']).to_owned(), false));
    }
    let mut bytes = [0; PASSWORD_LETTERS];
    getrandom::fill(&mut bytes).context("máy không tạo được số ngẫu nhiên")?;
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    Ok((bytes.iter().map(letter).collect(), true))
}

fn tell(is_made: bool, password: &str) {
    if is_made {
        println!("{password}");
        eprintln!("Dòng trên là mật khẩu, chỉ hiện một lần; đăng nhập tại /counter rồi đổi ngay.");
    }
}
