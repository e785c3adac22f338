//! What changed in the corpus since it was last read: remembered beside the approved files, so that an official
//! sees what an import brought.

use std::{
    collections::BTreeMap,
    fs, io,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use motcua_domain::{Procedure, Requirement};
use serde::{Deserialize, Serialize};

use crate::{Kiosk, disk::write_whole};

const FILE: &str = "changes.bin";
/// Raised when what is remembered is remembered otherwise; what another number wrote is forgotten.
const FORMAT: u32 = 1;
/// So many times of change are remembered.
const KEPT: usize = 20;

static NOTING: Mutex<()> = Mutex::new(());

/// A part of a procedure that people ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// What it is called.
    Name,
    /// What must be brought, and when.
    Papers,
    /// What it costs.
    Fee,
    /// How long it takes.
    Time,
    /// Where it is handed in, and who decides.
    Place,
    /// The law it rests on.
    LegalBasis,
    /// The forms that are filled in.
    Form,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Name,
        Self::Papers,
        Self::Fee,
        Self::Time,
        Self::Place,
        Self::LegalBasis,
        Self::Form,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Papers => "papers",
            Self::Fee => "fee",
            Self::Time => "time",
            Self::Place => "place",
            Self::LegalBasis => "legal_basis",
            Self::Form => "form",
        }
    }

    fn print(self, procedure: &Procedure) -> u64 {
        match self {
            Self::Name => print(&procedure.name),
            Self::Papers => {
                let papers: Vec<Requirement> =
                    procedure.requirements.iter().map(without_forms).collect();
                print(&(papers, &procedure.notes, &procedure.questions))
            }
            Self::Fee => print(&procedure.fees),
            Self::Time => print(&procedure.times),
            Self::Place => print(&(&procedure.places, &procedure.agencies)),
            Self::LegalBasis => print(&procedure.legal_basis),
            Self::Form => print(&forms(procedure)),
        }
    }
}

/// A procedure by code and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedProcedure {
    /// Its code.
    pub code: String,
    /// Its name, as it was last known.
    pub name: String,
}

/// A procedure of which something changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedProcedure {
    /// Which.
    pub procedure: NamedProcedure,
    /// What of it.
    pub parts: Vec<Part>,
}

/// What changed at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSet {
    /// When it was noticed.
    pub at: Timestamp,
    /// Procedures that were not there before.
    pub new: Vec<NamedProcedure>,
    /// Procedures that are there no more.
    pub gone: Vec<NamedProcedure>,
    /// Procedures that say something else.
    pub changed: Vec<ChangedProcedure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    name: String,
    prints: [u64; Part::ALL.len()],
}

/// By code.
type AllSeen = BTreeMap<String, Seen>;

#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    format: u32,
    seen: AllSeen,
    /// The latest last.
    sets: Vec<ChangeSet>,
}

impl Kiosk {
    /// Compares the corpus with what it was when this was last called, and remembers both what changed and how it
    /// is now. Nothing where nothing changed, where nothing was remembered yet, or where nothing can be.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note_changes(&self, at: Timestamp) -> io::Result<Option<ChangeSet>> {
        let Some(path) = self.place_of_changes() else { return Ok(None) };
        let _turn = NOTING.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = seen(&self.0.procedures);
        let before = self.remembered();
        let set = before.as_ref().and_then(|before| compared(&before.seen, &seen, at));
        if before.is_some() && set.is_none() {
            return Ok(None);
        }
        let mut sets = before.map(|before| before.sets).unwrap_or_default();
        sets.extend(set.clone());
        let old = sets.len().saturating_sub(KEPT);
        sets.drain(..old);
        let bytes = postcard::to_stdvec(&Remembered { format: FORMAT, seen, sets });
        write_whole(&path, &bytes.map_err(io::Error::other)?)?;
        Ok(set)
    }

    /// What changed at the last times, the latest first; none where the corpus was only read once.
    pub fn changes(&self) -> Vec<ChangeSet> {
        let sets = self.remembered().map(|before| before.sets).unwrap_or_default();
        sets.into_iter().rev().collect()
    }

    fn place_of_changes(&self) -> Option<PathBuf> {
        self.0.settings.approved.as_deref().map(|folder| folder.join(FILE))
    }

    fn remembered(&self) -> Option<Remembered> {
        let bytes = fs::read(self.place_of_changes()?).ok()?;
        let remembered: Remembered = postcard::from_bytes(&bytes).ok()?;
        (remembered.format == FORMAT).then_some(remembered)
    }
}

fn seen(procedures: &[Procedure]) -> AllSeen {
    let one = |procedure: &Procedure| {
        let prints = Part::ALL.map(|part| part.print(procedure));
        (procedure.code.to_string(), Seen { name: procedure.name.clone(), prints })
    };
    procedures.iter().map(one).collect()
}

/// What is not the same; none where all is.
fn compared(before: &AllSeen, now: &AllSeen, at: Timestamp) -> Option<ChangeSet> {
    let named = |(code, seen): (&String, &Seen)| NamedProcedure {
        code: code.clone(),
        name: seen.name.clone(),
    };
    let not_in = |all: &AllSeen, others: &AllSeen| -> Vec<NamedProcedure> {
        all.iter().filter(|(code, _)| !others.contains_key(*code)).map(named).collect()
    };
    let changed = now.iter().filter_map(|(code, seen)| {
        let old = before.get(code)?;
        let pairs = seen.prints.iter().zip(&old.prints).zip(Part::ALL);
        let parts: Vec<Part> =
            pairs.filter(|((new, old), _)| new != old).map(|(_, part)| part).collect();
        let procedure = named((code, seen));
        (!parts.is_empty()).then_some(ChangedProcedure { procedure, parts })
    });
    let set = ChangeSet {
        at,
        new: not_in(now, before),
        gone: not_in(before, now),
        changed: changed.collect(),
    };
    let nothing = set.new.is_empty() && set.gone.is_empty() && set.changed.is_empty();
    (!nothing).then_some(set)
}

fn without_forms(requirement: &Requirement) -> Requirement {
    let mut requirement = requirement.clone();
    for paper in requirement.any_of.iter_mut().flat_map(|list| &mut list.all_of) {
        paper.form = None;
    }
    requirement
}

fn forms(procedure: &Procedure) -> Vec<&str> {
    let lists = procedure.requirements.iter().flat_map(|requirement| &requirement.any_of);
    lists.flat_map(|list| &list.all_of).filter_map(|paper| paper.form.as_deref()).collect()
}

/// Tells one content from another, the same in every build (FNV-1a).
fn print(content: &impl Serialize) -> u64 {
    let bytes = postcard::to_stdvec(content).unwrap_or_default();
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(list: &[(&str, u64)]) -> AllSeen {
        let one = |(code, fee): &(&str, u64)| {
            let prints = [1, 2, *fee, 4, 5, 6, 7];
            ((*code).to_owned(), Seen { name: format!("Thủ tục {code}"), prints })
        };
        list.iter().map(one).collect()
    }

    #[test]
    fn what_is_new_gone_and_changed_is_told_apart() {
        let (before, now) =
            (all(&[("a", 1), ("b", 1), ("c", 1)]), all(&[("b", 1), ("c", 9), ("d", 1)]));
        let set = compared(&before, &now, Timestamp::UNIX_EPOCH).expect("a change");
        let codes = |list: &[NamedProcedure]| -> Vec<String> {
            list.iter().map(|one| one.code.clone()).collect()
        };
        assert_eq!(
            (codes(&set.new), codes(&set.gone)),
            (vec!["d".to_owned()], vec!["a".to_owned()])
        );
        let [changed] = &set.changed[..] else { panic!("one changed: {set:?}") };
        assert_eq!((changed.procedure.code.as_str(), &changed.parts[..]), ("c", &[Part::Fee][..]));
        assert_eq!(compared(&now, &now, Timestamp::UNIX_EPOCH), None);
    }
}
