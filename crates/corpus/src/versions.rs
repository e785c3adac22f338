//! Versions of a procedure: the rules of today, those before, and those that are published for a later day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use motcua_domain::{Procedure, ProcedureCode, Review};

/// All versions of those procedures that have several, each in the order in which they begin.
///
/// A version holds from the day it begins until another one begins, or until its own last day. One that does not
/// say when it began is the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Versions(BTreeMap<ProcedureCode, Vec<Procedure>>);

impl Versions {
    /// The version to be used on a day: the last that has begun, else the first to come.
    pub(crate) fn in_use(versions: &[Procedure], on: Date) -> Option<&Procedure> {
        let begun = versions.iter().rfind(|version| has_begun(version, on));
        begun.or_else(|| versions.first())
    }

    /// Keeps the versions of a procedure if they are several.
    pub(crate) fn keep(&mut self, versions: Vec<Procedure>) {
        if let [first, _, ..] = versions.as_slice() {
            self.0.insert(first.code.clone(), versions);
        }
    }

    /// The versions of a procedure; none where there is only one, which the corpus has.
    pub fn of(&self, code: &ProcedureCode) -> &[Procedure] {
        self.0.get(code).map_or(&[], Vec::as_slice)
    }

    /// The version in force on a day, where there are several. A draft that does not say when it began is held to
    /// tell of today's rules: of those before another version it tells nothing.
    pub fn in_force(&self, code: &ProcedureCode, on: Date) -> Option<&Procedure> {
        let version = Self::in_use(self.of(code), on)?;
        let tells_of_the_past = version.effective.from.is_some() || version.review != Review::Draft;
        (tells_of_the_past && version.effective.contains(on)).then_some(version)
    }

    /// The first day after this one on which a version begins.
    pub fn next_change(&self, after: Date) -> Option<Date> {
        self.begins().filter(|from| *from > after).min()
    }

    /// The last day up to this one on which a version began.
    pub fn last_change(&self, on: Date) -> Option<Date> {
        self.begins().filter(|from| *from <= on).max()
    }

    fn begins(&self) -> impl Iterator<Item = Date> {
        self.0.values().flatten().filter_map(|version| version.effective.from)
    }
}

fn has_begun(version: &Procedure, on: Date) -> bool {
    version.effective.from.is_none_or(|from| from <= on)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use motcua_domain::Review;

    use crate::{Corpus, Part, Record, procedure_from_record};

    use super::*;

    fn version(from: Option<Date>, review: Review, name: &str) -> Procedure {
        let record = Record { code: "1.001193".into(), name: name.into(), ..Record::default() };
        let mut procedure = procedure_from_record(&record).expect("a procedure");
        procedure.effective.from = from;
        procedure.review = review;
        procedure
    }

    fn checked() -> Review {
        Review::Checked { on: date(2026, 1, 1) }
    }

    fn approved() -> Review {
        Review::Approved { on: date(2026, 1, 1), by: "A".into() }
    }

    fn corpus(versions: Vec<Procedure>, on: Date) -> Corpus {
        Corpus::of(vec![Part::of(versions)], on).expect("sound")
    }

    #[track_caller]
    fn holds(corpus: &Corpus, on: Date, name: &str) {
        let code = "1.001193".parse().expect("a code");
        let found = corpus.versions.in_force(&code, on).map(|one| one.name.as_str());
        assert_eq!(found, Some(name), "on {on}");
    }

    #[test]
    fn each_day_has_the_version_that_began_last() {
        let first = || version(None, checked(), "first");
        let second = || version(Some(date(2026, 7, 1)), checked(), "second");
        let coming = || version(Some(date(2027, 1, 1)), checked(), "coming");
        let loaded = corpus(vec![coming(), first(), second()], date(2026, 11, 27));
        assert_eq!(loaded.procedures.len(), 1);
        assert_eq!(loaded.procedures[0].name, "second");
        assert_eq!(loaded.report.other_versions, 2);
        holds(&loaded, date(2026, 6, 30), "first");
        holds(&loaded, date(2026, 7, 1), "second");
        holds(&loaded, date(2027, 1, 1), "coming");
        assert_eq!(loaded.versions.next_change(date(2026, 11, 27)), Some(date(2027, 1, 1)));
        assert_eq!(loaded.versions.last_change(date(2026, 11, 27)), Some(date(2026, 7, 1)));
        let later = corpus(vec![coming(), first(), second()], date(2027, 1, 1));
        assert_eq!(later.procedures[0].name, "coming");
    }

    #[test]
    fn a_version_ends_on_its_last_day() {
        let mut ended = version(Some(date(2025, 1, 1)), checked(), "ended");
        ended.effective.to = Some(date(2025, 12, 31));
        let now = version(Some(date(2026, 7, 1)), checked(), "now");
        let loaded = corpus(vec![ended, now], date(2026, 11, 27));
        holds(&loaded, date(2025, 12, 31), "ended");
        let code = "1.001193".parse().expect("a code");
        assert_eq!(loaded.versions.in_force(&code, date(2026, 1, 1)), None);
    }

    #[test]
    fn a_draft_without_a_day_says_nothing_of_the_past() {
        let draft = version(None, Review::Draft, "draft");
        let now = version(Some(date(2026, 7, 1)), checked(), "now");
        let loaded = corpus(vec![draft, now], date(2026, 11, 27));
        let code = "1.001193".parse().expect("a code");
        assert_eq!(loaded.versions.in_force(&code, date(2026, 6, 30)), None);
        holds(&loaded, date(2026, 7, 1), "now");
    }

    #[test]
    fn what_was_approved_is_not_replaced_by_what_is_less_reviewed() {
        let own = version(None, approved(), "approved");
        let newer = version(Some(date(2026, 7, 1)), checked(), "checked");
        let loaded = corpus(vec![newer, own], date(2026, 11, 27));
        assert_eq!(loaded.procedures[0].name, "approved");
        assert_eq!(loaded.report.superseded, 1);
    }
}
