//! Which procedures a centre takes in, and which it shows first: a small file beside those that it approved.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use jiff::civil::Date;
use motcua_domain::{Jurisdiction, Procedure, ProcedureCode};
use motcua_retrieval::{Decision, Query};
use motcua_text::{contains_phrase, fold};

use crate::{ApproveError, Browse, Kiosk, Settings, disk::write_whole};

/// How a procedure is shown at this centre.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shown {
    /// As every other.
    #[default]
    Plain,
    /// Not taken in here: no answer, no candidate, in no list.
    Hidden,
    /// First in every list.
    Pinned,
}

impl Shown {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Hidden => "hidden",
            Self::Pinned => "pinned",
        }
    }

    /// What a word stands for.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Plain, Self::Hidden, Self::Pinned].into_iter().find(|it| it.as_str() == word)
    }
}

/// Not `.toml`: that would be read as a procedure.
const FILE: &str = "shown.txt";

/// Whoever changes the file reads it and writes it whole: one at a time.
static CHANGING: Mutex<()> = Mutex::new(());

/// What is not shown as every other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ShownHere(BTreeMap<ProcedureCode, Shown>);

impl ShownHere {
    /// As the file says now; nothing where there is none.
    ///
    /// # Errors
    /// When there is one that cannot be read: what the centre has hidden must not come back.
    pub(crate) fn read(settings: &Settings) -> io::Result<Self> {
        let Some(path) = place(settings) else { return Ok(Self::default()) };
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// One line for each: `hidden 1.001193`. A line that says nothing we know changes nothing.
    fn parse(text: &str) -> Self {
        let line = |line: &str| {
            let (word, code) = line.trim().split_once(' ')?;
            Some((code.parse().ok()?, Shown::of(word)?))
        };
        Self(text.lines().filter_map(line).collect())
    }

    fn write(&self) -> String {
        let lines: Vec<String> =
            self.0.iter().map(|(code, shown)| format!("{} {code}\n", shown.as_str())).collect();
        lines.concat()
    }

    pub(crate) fn of(&self, code: &ProcedureCode) -> Shown {
        self.0.get(code).copied().unwrap_or_default()
    }

    fn hidden(&self) -> impl Iterator<Item = &ProcedureCode> {
        self.0.iter().filter(|(_, shown)| **shown == Shown::Hidden).map(|(code, _)| code)
    }

    /// Tells apart indexes that leave out different procedures; empty where none is left out.
    pub(crate) fn key(&self) -> String {
        if self.hidden().next().is_none() {
            return String::new();
        }
        let mut hasher = DefaultHasher::new();
        self.hidden().for_each(|code| code.hash(&mut hasher));
        format!("-{:016x}", hasher.finish())
    }

    /// The procedures as the search is to see them: one that is not taken in here is nobody's to ask for.
    pub(crate) fn findable<'a>(&self, procedures: &'a [Procedure]) -> Cow<'a, [Procedure]> {
        if self.hidden().next().is_none() {
            return Cow::Borrowed(procedures);
        }
        let seen = |procedure: &Procedure| match self.of(&procedure.code) {
            Shown::Hidden => {
                Procedure { jurisdiction: Jurisdiction::Internal, ..procedure.clone() }
            }
            Shown::Plain | Shown::Pinned => procedure.clone(),
        };
        Cow::Owned(procedures.iter().map(seen).collect())
    }
}

/// A number that changes when the file does.
pub(crate) fn stamp(settings: &Settings) -> u64 {
    let about = place(settings).and_then(|path| fs::metadata(path).ok());
    let mut hasher = DefaultHasher::new();
    about.map(|about| (about.len(), about.modified().ok())).hash(&mut hasher);
    hasher.finish()
}

fn place(settings: &Settings) -> Option<PathBuf> {
    settings.approved.as_deref().map(|folder: &Path| folder.join(FILE))
}

impl Kiosk {
    /// How a procedure is shown here.
    pub fn shown(&self, code: &ProcedureCode) -> Shown {
        self.0.shown.of(code)
    }

    /// Those that are shown otherwise than every other, in order of code.
    pub fn shown_here(&self) -> impl Iterator<Item = (&ProcedureCode, Shown)> {
        self.0.shown.0.iter().map(|(code, shown)| (code, *shown))
    }

    /// The hidden procedure that a text means: by its code, or because the search would find it were it not hidden.
    pub(crate) fn hidden_meant(&self, text: &str, on: Date) -> Option<&Procedure> {
        // Most centres hide nothing, and are not kept waiting by a second search.
        self.0.shown.hidden().next()?;
        if let Some(code) = self.0.shown.hidden().find(|code| text.contains(code.as_str())) {
            return self.procedure(code);
        }
        let query = Query { internal: true, ..self.query(text, on, &Browse::default()) };
        let found = self.0.index.search(&query, 1);
        let code = match &found.decision {
            Decision::One(code) => code,
            // Whoever says the whole name is not to be asked which one they mean.
            Decision::Clarify(_) => {
                let first = &found.candidates.first()?.code;
                let name = fold(&self.procedure(first)?.name);
                contains_phrase(&fold(text), name.trim_start_matches("thu tuc "))
                    .then_some(first)?
            }
            Decision::NotCovered(_) => return None,
        };
        self.procedure(code).filter(|_| self.shown(code) == Shown::Hidden)
    }

    /// Shows a procedure so from the moment that the sources are looked at again.
    ///
    /// # Errors
    /// When there is no place for it or it cannot be written; then it is shown as before.
    pub fn show(&self, code: &ProcedureCode, shown: Shown) -> Result<(), ApproveError> {
        let path = place(&self.0.settings).ok_or(ApproveError::NoPlace)?;
        let _turn = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let read = ShownHere::read(&self.0.settings);
        let mut here = read.map_err(|source| ApproveError::Write { path: path.clone(), source })?;
        match shown {
            Shown::Plain => here.0.remove(code),
            Shown::Hidden | Shown::Pinned => here.0.insert(code.clone(), shown),
        };
        write_whole(&path, here.write().as_bytes())
            .map_err(|source| ApproveError::Write { path, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_what_is_odd_is_passed_over() {
        let text = "hidden 1.001193\npinned 1.004194\nshiny 1.000894\nhidden x\n\nplain";
        let here = ShownHere::parse(text);
        assert_eq!(here.write(), "hidden 1.001193\npinned 1.004194\n");
        assert_eq!(ShownHere::parse(&here.write()), here);
        let code: ProcedureCode = "1.000894".parse().expect("a code");
        assert_eq!(here.of(&code), Shown::Plain);
    }

    #[test]
    fn only_what_is_hidden_makes_another_index() {
        let key = |text| ShownHere::parse(text).key();
        assert_eq!(key("pinned 1.004194"), "");
        assert_ne!(key("hidden 1.004194"), key("hidden 1.001193"));
    }
}
