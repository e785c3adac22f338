//! A judged dossier, and how findings point at it.

use motcua_domain::{Finding, FindingKind, ReadAt, Severity};

use crate::{
    catalogue::Catalogue,
    need::Need,
    piece::Piece,
    state::{Outcome, used_rows},
    submission::Submission,
};

/// A dossier whose states are known, for the rules that write findings.
pub(crate) struct Judged<'a> {
    /// What was handed in.
    pub(crate) submission: &'a Submission<'a>,
    /// What was asked for.
    pub(crate) needs: Vec<Need<'a>>,
    /// The state of each need.
    pub(crate) outcomes: Vec<Outcome>,
    /// The papers found.
    pub(crate) pieces: Vec<Piece>,
    /// Papers that serve no need; illegible ones are not among them.
    pub(crate) unassigned: Vec<usize>,
    /// Those of them that the procedure asks for in another case.
    pub(crate) known_elsewhere: Vec<usize>,
    /// Notes of which nobody knows what they are about.
    pub(crate) unmatched: Vec<&'a (String, String)>,
    pub(crate) catalogue: &'a Catalogue,
}

impl<'a> Judged<'a> {
    /// Each need with its outcome.
    pub(crate) fn needs_with_outcomes(&self) -> impl Iterator<Item = (&Need<'a>, &Outcome)> {
        self.needs.iter().zip(&self.outcomes)
    }

    /// The name of a file by its place in the submission.
    pub(crate) fn file_name(&self, document: usize) -> &'a str {
        self.submission.documents.get(document).map_or("", |document| document.name.as_str())
    }

    /// The file and page a piece begins on.
    pub(crate) fn place(&self, piece: usize) -> (Option<String>, Option<u32>) {
        match self.pieces.get(piece).and_then(Piece::start) {
            Some((document, page)) => (Some(self.file_name(document).to_owned()), Some(page)),
            None => (None, None),
        }
    }

    /// Says of a finding which piece it is about, and on which of its lines it rests.
    pub(crate) fn point_at(&self, finding: &mut Finding, piece: usize, lines: &[usize]) {
        (finding.file, finding.page) = self.place(piece);
        finding.read_at.extend(self.read_at(piece, lines));
    }

    /// Where lines of a piece stand.
    pub(crate) fn read_at(&self, piece: usize, lines: &[usize]) -> Vec<ReadAt> {
        let stand = self.pieces.get(piece).map(|piece| piece.stand(lines)).unwrap_or_default();
        let file = |document| self.file_name(document).to_owned();
        let stand = stand.into_iter();
        stand.map(|(document, page, line)| ReadAt { file: file(document), page, line }).collect()
    }

    /// The name of a kind of the catalogue.
    pub(crate) fn kind_name(&self, id: &str) -> String {
        self.catalogue.get(id).map_or_else(|| id.to_owned(), |kind| kind.name.clone())
    }

    /// A finding on a need, on the first row that shows its state, with the law behind it.
    pub(crate) fn finding(
        &self,
        rule: &str,
        kind: (FindingKind, Severity),
        (need, outcome): (&Need<'_>, &Outcome),
        words: (String, String),
    ) -> Finding {
        let row = used_rows(need, outcome).first().copied();
        let mut finding = finding(rule, kind, row, words);
        finding.legal_basis = self.legal_basis(need);
        finding
    }

    /// The sources that state a requirement.
    pub(crate) fn legal_basis(&self, need: &Need<'_>) -> Vec<String> {
        let sources = &self.submission.procedure.sources;
        let cited = need
            .requirement
            .sources
            .iter()
            .filter_map(|id| sources.iter().find(|source| source.id == *id));
        cited.map(|source| source.document.clone()).collect()
    }
}

/// A finding on a row; file and page are added by the rule.
pub(crate) fn finding(
    rule: &str,
    (kind, severity): (FindingKind, Severity),
    row: Option<usize>,
    (message, fix): (String, String),
) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity,
        kind,
        row,
        file: None,
        page: None,
        message,
        fix,
        legal_basis: Vec::new(),
        read_at: Vec::new(),
    }
}
