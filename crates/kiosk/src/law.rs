//! Procedures that cite law which is not what it was: as `corpus/law.toml` tells it, document by document.
//!
//! The national portal's records carry no state of a document, and a title that names another document does not say
//! that the other one is gone. So each change is a fact that a person wrote down with its source; what is not written
//! there is not known, and nothing is said of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use motcua_domain::{LegalBasis, Procedure};
use motcua_text::{MentionKind, mentions};
use serde::{Deserialize, Deserializer};

use crate::{Kiosk, NamedProcedure, OpenKioskError};

/// Its name beside `documents.toml`.
const FILE: &str = "law.toml";

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LawChange {
    /// Another one stands in its place (*thay thế*).
    Replaced,
    /// It was ended (*bãi bỏ*).
    Repealed,
    /// Parts of it are changed or added (*sửa đổi, bổ sung*); the rest stands.
    Amended,
}

impl LawChange {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Repealed => "repealed",
            Self::Amended => "amended",
        }
    }
}

/// One fact of `corpus/law.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedDocument {
    /// The document's number, for example `61/2018/NĐ-CP`.
    pub number: String,
    /// What it is called.
    pub name: String,
    /// What became of it.
    pub change: LawChange,
    /// The number of the document that did it.
    pub by: String,
    /// What that one is called.
    pub by_name: String,
    /// The first day on which it is so; left out where the source states none and the later document is in force.
    #[serde(default, deserialize_with = "day")]
    pub from: Option<Date>,
    /// Where that is said.
    pub source: String,
    /// Whether somebody read that source.
    #[serde(default)]
    pub checked: bool,
}

/// A changed document and the procedures that cite it as if it were not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLaw {
    /// What became of which document.
    pub document: ChangedDocument,
    /// Who cites it, in order of code.
    pub procedures: Vec<NamedProcedure>,
}

/// A date as TOML writes it, which is no text.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let written = toml::value::Datetime::deserialize(from)?.to_string();
    written.parse().map(Some).map_err(serde::de::Error::custom)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    #[serde(default)]
    changes: Vec<ChangedDocument>,
}

/// The project's own, for a program that stands without its folder.
const BUILT_IN: &str = include_str!("../../../corpus/law.toml");

/// All facts, by the number of the document that changed.
#[derive(Debug, Default)]
pub(crate) struct Law(BTreeMap<String, Vec<ChangedDocument>>);

impl Law {
    /// The facts that lie beside the catalogue of papers, none where there is no such file; without a catalogue those
    /// that were built in.
    pub(crate) fn beside(documents: Option<&Path>) -> Result<Self, OpenKioskError> {
        let path = documents.map_or_else(|| PathBuf::from(FILE), |path| path.with_file_name(FILE));
        let wrong = |problem: String| OpenKioskError::Law { path: path.clone(), problem };
        if documents.is_none() {
            return Self::parse(BUILT_IN).map_err(wrong);
        }
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).map_err(wrong),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(wrong(error.to_string())),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        if file.schema != 1 {
            return Err(format!("schema {}, cần 1", file.schema));
        }
        let mut all: BTreeMap<String, Vec<ChangedDocument>> = BTreeMap::new();
        for change in file.changes {
            let number = numbered(&change.number)
                .ok_or_else(|| format!("`{}` không phải số văn bản", change.number))?;
            numbered(&change.by).ok_or_else(|| format!("`{}` không phải số văn bản", change.by))?;
            all.entry(number).or_default().push(change);
        }
        Ok(Self(all))
    }

    /// Who cites what changed by that day.
    fn cited<'a>(
        &self,
        procedures: impl Iterator<Item = &'a Procedure>,
        today: Date,
    ) -> Vec<ChangedLaw> {
        let mut found: Vec<ChangedLaw> = Vec::new();
        for procedure in procedures {
            let cited: BTreeSet<String> =
                procedure.legal_basis.iter().filter_map(number_of).collect();
            let changes = cited.iter().filter_map(|number| self.0.get(number)).flatten();
            for change in changes.filter(|change| change.from.is_none_or(|from| from <= today)) {
                // An amended document stands: whoever cites what amends it has been brought up to date.
                let knows = numbered(&change.by).is_some_and(|by| cited.contains(&by));
                if change.change == LawChange::Amended && knows {
                    continue;
                }
                let named = NamedProcedure {
                    code: procedure.code.to_string(),
                    name: procedure.name.clone(),
                };
                match found.iter_mut().find(|one| one.document == *change) {
                    Some(law) => law.procedures.push(named),
                    None => {
                        found
                            .push(ChangedLaw { document: change.clone(), procedures: vec![named] });
                    }
                }
            }
        }
        for law in &mut found {
            law.procedures.sort_by(|a, b| a.code.cmp(&b.code));
        }
        found.sort_by_key(|law| {
            let is_amended = law.document.change == LawChange::Amended;
            (is_amended, std::cmp::Reverse(law.procedures.len()), law.document.number.clone())
        });
        found
    }
}

impl Kiosk {
    /// Documents that changed by a day and are cited as if they had not: those that are gone first, the most cited
    /// first of each.
    pub fn changed_law(&self, today: Date) -> Vec<ChangedLaw> {
        let here = self.0.procedures.iter().filter(|procedure| self.holds_here(procedure));
        self.0.law.cited(here, today)
    }
}

/// A number by itself, always written alike.
fn numbered(text: &str) -> Option<String> {
    let found = mentions(text).into_iter().find(|found| found.kind == MentionKind::DocumentNumber);
    found.map(|found| found.canonical)
}

/// So many words may stand before a document's own number ("Luật Bảo hiểm xã hội số"); behind more of them a number
/// is that of a document which is only spoken of ("sửa đổi, bổ sung một số điều của Nghị định số").
const WORDS_BEFORE: usize = 6;

/// The number of the document that is cited.
fn number_of(basis: &LegalBasis) -> Option<String> {
    if let Some(number) = &basis.number {
        return numbered(number);
    }
    let mut found = mentions(&basis.title).into_iter();
    let found = found.find(|found| found.kind == MentionKind::DocumentNumber)?;
    let before = basis.title.get(..found.span.start)?.split_whitespace().count();
    (before <= WORDS_BEFORE).then_some(found.canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: &str = include_str!("../../../corpus/law.toml");

    fn own(number: Option<&str>, title: &str) -> Option<String> {
        number_of(&LegalBasis { number: number.map(str::to_owned), title: title.to_owned() })
    }

    #[test]
    fn only_what_is_cited_by_its_own_number_counts() {
        let old = numbered("58/2014/QH13");
        assert!(old.is_some());
        assert_eq!(own(Some("Luật số 58/2014/QH13"), ""), old);
        assert_eq!(own(None, "Luật Bảo hiểm xã hội số 58/2014/QH13 ngày 20/11/2014"), old);
        let spoken_of = "Luật sửa đổi, bổ sung một số điều của Luật số 58/2014/QH13";
        assert_eq!(own(None, spoken_of), None);
        assert_ne!(own(Some("43/2024/QH15"), spoken_of), old);
    }

    #[test]
    fn the_projects_own_facts_are_read_and_each_names_its_source() {
        let law = Law::parse(LAW).expect("the file is right");
        let all: Vec<&ChangedDocument> = law.0.values().flatten().collect();
        assert!(all.len() > 20, "{}", all.len());
        let mut seen = BTreeSet::new();
        for one in all {
            assert!(seen.insert((&one.number, &one.by)), "{} is told twice", one.number);
            assert!(!one.source.is_empty() && !one.name.is_empty() && !one.by_name.is_empty());
            assert_ne!(numbered(&one.number), numbered(&one.by));
        }
    }

    #[test]
    fn a_fact_that_is_none_is_refused() {
        for wrong in ["schema = 2", "schema = 1\n[[changes]]\nnumber = 'Luật cũ'"] {
            assert!(Law::parse(wrong).is_err(), "{wrong}");
        }
    }
}
