//! Procedures that cite law which another document changes, as far as the corpus itself says so.
//!
//! The national portal's records carry no state of a document; what is known is what titles say: "Nghị định số
//! 18/2026/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 123/2015/NĐ-CP". Where no title says it, nothing is
//! known, and nothing is said.

use std::collections::HashMap;

use motcua_domain::{LegalBasis, ProcedureCode};
use motcua_text::{MentionKind, fold, mentions};

use crate::Kiosk;

/// What one document does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LawChange {
    /// Changes or adds to parts of it (*sửa đổi, bổ sung*).
    Amends,
    /// Stands in its place (*thay thế*).
    Replaces,
    /// Ends it (*bãi bỏ*).
    Repeals,
}

impl LawChange {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Amends => "amends",
            Self::Replaces => "replaces",
            Self::Repeals => "repeals",
        }
    }
}

/// A procedure that cites a changed document and not the one that changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLaw {
    /// The procedure.
    pub code: ProcedureCode,
    /// Its name.
    pub name: String,
    /// The document that it cites.
    pub cited: LegalBasis,
    /// What is done to that document.
    pub change: LawChange,
    /// The document that does it.
    pub by: LegalBasis,
}

impl Kiosk {
    /// Procedures of this kiosk whose law another document of the corpus changes, in order of code.
    pub fn changed_law(&self) -> Vec<ChangedLaw> {
        let here = || self.0.procedures.iter().filter(|procedure| self.holds_here(procedure));
        let mut changes: HashMap<String, Vec<(LawChange, &LegalBasis)>> = HashMap::new();
        let mut read: Vec<&LegalBasis> = here().flat_map(|one| &one.legal_basis).collect();
        read.sort_by(|a, b| (&a.number, &a.title).cmp(&(&b.number, &b.title)));
        read.dedup();
        for basis in read {
            for (cited, change) in said_by(basis) {
                let all = changes.entry(cited).or_default();
                if !all.iter().any(|(_, other)| number_of(other) == number_of(basis)) {
                    all.push((change, basis));
                }
            }
        }
        let mut found = Vec::new();
        for procedure in here() {
            let cited: Vec<String> = procedure.legal_basis.iter().filter_map(number_of).collect();
            for basis in &procedure.legal_basis {
                let all = number_of(basis).and_then(|number| changes.get(&number));
                for (change, by) in all.into_iter().flatten() {
                    // Whoever cites the later document has been brought up to date.
                    if number_of(by).is_some_and(|by| cited.contains(&by)) {
                        continue;
                    }
                    found.push(ChangedLaw {
                        code: procedure.code.clone(),
                        name: procedure.name.clone(),
                        cited: basis.clone(),
                        change: *change,
                        by: (*by).clone(),
                    });
                }
            }
        }
        found.dedup();
        found
    }
}

/// The number of a document, always written alike.
fn number_of(basis: &LegalBasis) -> Option<String> {
    let text = basis.number.as_deref().unwrap_or(&basis.title);
    let mut numbers = numbers(text).into_iter();
    numbers.next().map(|(_, number)| number)
}

/// The documents that a title says are changed by it: their numbers stand behind the word that says so.
fn said_by(basis: &LegalBasis) -> Vec<(String, LawChange)> {
    let title = &basis.title;
    let folded = fold(title);
    let words = [
        ("sua doi", LawChange::Amends),
        ("bo sung mot so", LawChange::Amends),
        ("thay the", LawChange::Replaces),
        ("bai bo", LawChange::Repeals),
    ];
    // The first word decides: who amends some articles and replaces an annex, amends.
    let said = words.iter().filter_map(|(word, change)| Some((folded.find(word)?, *change))).min();
    let Some((_, change)) = said else { return Vec::new() };
    // Some contents of a document are not the document.
    let partly = ["mot so", "mot phan", "dieu ", "khoan ", "phu luc"];
    let change =
        if partly.iter().any(|word| folded.contains(word)) { LawChange::Amends } else { change };
    let own = number_of(basis);
    let lower = title.to_lowercase();
    let verb = ["sửa đổi", "bổ sung một số", "thay thế", "bãi bỏ"];
    let Some(from) = verb.iter().filter_map(|word| lower.find(word)).min() else {
        return Vec::new();
    };
    // "… đã được sửa đổi bởi Nghị định số 07/2025/NĐ-CP" names who changed it before.
    let passive = ["được sửa đổi", "được bổ sung", "được thay thế"];
    let to = passive.iter().filter_map(|word| lower.find(word)).min().unwrap_or(usize::MAX);
    let between = numbers(title).into_iter().filter(|(at, _)| (from..to).contains(at));
    let mut named: Vec<String> = between.map(|(_, number)| number).collect();
    named.retain(|number| Some(number) != own.as_ref());
    named.dedup();
    named.into_iter().map(|number| (number, change)).collect()
}

fn numbers(text: &str) -> Vec<(usize, String)> {
    let found = mentions(text).into_iter();
    let found = found.filter(|mention| mention.kind == MentionKind::DocumentNumber);
    found.map(|mention| (mention.span.start, mention.canonical)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(number: &str, title: &str) -> Vec<(String, LawChange)> {
        said_by(&LegalBasis { number: Some(number.to_owned()), title: title.to_owned() })
    }

    #[test]
    fn titles_tell_what_they_change() {
        let amends = said(
            "18/2026/NĐ-CP",
            "Nghị định số 18/2026/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 123/2015/NĐ-CP",
        );
        let old = number_of(&LegalBasis {
            number: Some("123/2015/NĐ-CP".to_owned()),
            title: String::new(),
        });
        assert_eq!(amends, [(old.clone().expect("a number"), LawChange::Amends)]);
        let repeals = said("7/2026/NĐ-CP", "Nghị định bãi bỏ Nghị định số 123/2015/NĐ-CP");
        assert_eq!(repeals, [(old.expect("a number"), LawChange::Repeals)]);
        let before = said(
            "280/2025/NĐ-CP",
            "Nghị định sửa đổi, bổ sung một số điều của Nghị định số 123/2015/NĐ-CP, đã được sửa đổi bởi \
             Nghị định số 07/2025/NĐ-CP",
        );
        assert_eq!(before, amends, "who changed it before is not changed");
        assert!(said("118/2025/NĐ-CP", "Nghị định về thực hiện thủ tục hành chính").is_empty());
        assert!(
            said("1/2026/TT-BTP", "Thông tư bãi bỏ một số văn bản").is_empty(),
            "none is named"
        );
    }
}
