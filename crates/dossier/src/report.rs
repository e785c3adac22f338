//! A judged dossier as the report that leaves this crate.

use motcua_domain::{
    AssignedFile, CaseFacts, ComponentReport, ComponentState, CopyType, DossierReport, Finding,
    FindingKind, Handover, OpenQuestion, Paper, PaperList, Severity, Truth, UnassignedDocument,
    Verdict,
};

use crate::{
    judged::Judged,
    need::{Need, Slot},
    piece::Piece,
    rules::{DOSSIER_RULES, NOTED_LACK, RULES_NOT_IN_FORCE},
    state::{Outcome, SURE, row_states, used_lists, worse},
};

/// Whether a finding on the whole asks for a person: a page that cannot be read, somebody with two numbers or
/// birthdays, a form that was replaced, a paper that somebody noted to be lacking.
pub(crate) fn is_unsettled(finding: &Finding) -> bool {
    use FindingKind::{Illegible, Inconsistent, OutdatedForm};
    let of_whole = matches!(finding.kind, Illegible | Inconsistent | OutdatedForm);
    (of_whole || finding.rule == NOTED_LACK) && finding.severity >= Severity::Warning
}

/// Without those that say of a file, and of no row, what another one says of it with its row: a paper that serves two
/// requirements is at fault once.
fn said_once(findings: Vec<Finding>) -> Vec<Finding> {
    let of_row = |one: &Finding| {
        findings.iter().any(|other| {
            other.row.is_some()
                && other.file == one.file
                && (&other.rule, other.kind, other.page) == (&one.rule, one.kind, one.page)
        })
    };
    let again: Vec<bool> =
        findings.iter().map(|one| one.row.is_none() && one.file.is_some() && of_row(one)).collect();
    findings.into_iter().zip(again).filter(|(_, again)| !again).map(|(one, _)| one).collect()
}

impl Judged<'_> {
    /// Findings, rows, questions and verdict.
    pub(crate) fn report(self, facts: &CaseFacts) -> DossierReport {
        let components = self.components();
        let findings = DOSSIER_RULES.iter().flat_map(|rule| (rule.check)(&self)).collect();
        let findings = said_once(findings);
        let unassigned = self.unassigned_documents();
        let mut report = DossierReport {
            procedure: self.submission.procedure.code.clone(),
            procedure_version: self.submission.procedure_version.to_owned(),
            rules_in_force: self.submission.procedure.effective,
            received_on: self.submission.received_on,
            verdict: Verdict::NeedsHuman,
            questions: self.open_questions(facts),
            components,
            findings,
            unassigned,
            unmatched_facts: self
                .unmatched
                .iter()
                .map(|(about, says)| format!("{about} = {says}"))
                .collect(),
        };
        report.verdict = verdict(&report, self.submission.documents.is_empty());
        report
    }

    fn components(&self) -> Vec<ComponentReport> {
        let mut rows: Vec<ComponentReport> =
            (0..self.submission.procedure.row_count).map(|row| self.note(row)).collect();
        let mut seen = vec![false; rows.len()];
        for (need, outcome) in self.needs_with_outcomes() {
            for (row, state) in row_states(need, outcome) {
                let (Some(slot), Some(seen)) = (rows.get_mut(row), seen.get_mut(row)) else {
                    continue;
                };
                if !*seen || worse(state, slot.state) {
                    let mut files =
                        if *seen { std::mem::take(&mut slot.files) } else { Vec::new() };
                    files.extend(self.files(need, outcome, state));
                    *slot = self.component(row, need, (outcome, state), files);
                } else {
                    slot.files.extend(self.files(need, outcome, state));
                }
                *seen = true;
            }
        }
        rows
    }

    /// A row that no requirement covers: it asks for nothing.
    fn note(&self, row: usize) -> ComponentReport {
        let note = self.submission.procedure.notes.iter().find(|note| note.rows.contains(&row));
        ComponentReport {
            row,
            id: String::new(),
            name: note.map(|note| note.text.clone()).unwrap_or_default(),
            state: ComponentState::NotApplicable,
            copy_type: CopyType::Unspecified,
            quantity: 0,
            files: Vec::new(),
            only_shown: false,
            reason: "Chỉ là ghi chú, không phải giấy tờ.".to_owned(),
            legal_basis: Vec::new(),
        }
    }

    fn component(
        &self,
        row: usize,
        need: &Need<'_>,
        (outcome, state): (&Outcome, ComponentState),
        files: Vec<AssignedFile>,
    ) -> ComponentReport {
        let used = used_lists(need, outcome);
        let lists = &need.requirement.any_of;
        let list = used.first().and_then(|used| lists.get(*used)).or(lists.first());
        let paper = list.and_then(|list| list.all_of.first());
        let own = state == outcome.state;
        ComponentReport {
            row,
            id: need.requirement.id.clone(),
            name: need.requirement.name.clone(),
            state,
            copy_type: copy_type(need, outcome, row, paper),
            quantity: paper.map_or(1, |paper| paper.quantity),
            files,
            only_shown: own && only_shown(need, state),
            reason: if own {
                outcome.reason.clone()
            } else {
                "Dùng dòng khác của cùng giấy tờ này.".to_owned()
            },
            legal_basis: self.legal_basis(need),
        }
    }

    fn files(
        &self,
        need: &Need<'_>,
        outcome: &Outcome,
        state: ComponentState,
    ) -> Vec<AssignedFile> {
        if state == ComponentState::NotApplicable {
            return Vec::new();
        }
        // Named by the list that was met, where one was.
        let met = need.lists.iter().filter(|list| Some(list.index) == outcome.met);
        let met: Vec<usize> = met.flat_map(|list| list.slots.iter().copied()).collect();
        let mut slots: Vec<(usize, &Slot<'_>)> = need.slots.iter().enumerate().collect();
        slots.sort_by_key(|(at, _)| !met.contains(at));
        let taken = slots.into_iter().flat_map(|(_, slot)| {
            slot.taken
                .iter()
                .map(move |taken| (taken.piece, self.called(taken.piece, slot), taken.confidence))
        });
        let illegible = outcome.illegible.iter().map(|piece| (*piece, String::new(), 0.0));
        let mut seen = Vec::new();
        taken
            .chain(illegible)
            .filter(|(piece, ..)| {
                let first = !seen.contains(piece);
                seen.push(*piece);
                first
            })
            .filter_map(|(piece, name, confidence)| {
                Some((self.pieces.get(piece)?, name, confidence))
            })
            .flat_map(|(piece, name, confidence)| {
                piece
                    .parts()
                    .into_iter()
                    .map(move |(document, pages)| (document, pages, name.clone(), confidence))
            })
            .map(|(document, pages, document_type, confidence)| AssignedFile {
                name: self.file_name(document).to_owned(),
                pages,
                document_type,
                confidence,
            })
            .collect()
    }

    /// What a piece taken for a paper is called: what it is, where it is known. A list calls it as it should be,
    /// "văn bản ủy quyền được chứng thực", which this one may not be.
    fn called(&self, piece: usize, slot: &Slot<'_>) -> String {
        let told = self.pieces.get(piece).filter(|piece| piece.is_told());
        let kind = told.and_then(|piece| piece.kind.as_ref()).map(|(kind, _)| kind.as_str());
        let asked = slot.paper.document.as_deref();
        kind.filter(|kind| asked == Some(kind))
            .and_then(|kind| self.catalogue.get(kind))
            .filter(|kind| !kind.broad)
            .map_or_else(|| slot.paper.name.clone(), |kind| kind.name.clone())
    }

    fn unassigned_documents(&self) -> Vec<UnassignedDocument> {
        let look = |piece: &Piece| match &piece.kind {
            Some((kind, surely)) if *surely >= SURE => self.kind_name(kind),
            _ => piece.titles.first().map(|title| title.text.clone()).unwrap_or_default(),
        };
        self.unassigned
            .iter()
            .filter_map(|at| self.pieces.get(*at))
            .flat_map(|piece| {
                piece.parts().into_iter().map(|(document, _)| UnassignedDocument {
                    file: self.file_name(document).to_owned(),
                    document_type: look(piece),
                })
            })
            .collect()
    }

    /// Unanswered questions on which a pending row hangs.
    fn open_questions(&self, facts: &CaseFacts) -> Vec<OpenQuestion> {
        let questions = self.submission.procedure.questions.iter();
        questions
            .filter(|question| facts.get(&question.key).is_none())
            .filter_map(|question| {
                let hangs = |need: &Need<'_>| {
                    let requirement = need.requirement;
                    let data = requirement.replaced_by_data.as_ref().map(|data| &data.when);
                    let lists = requirement.any_of.iter().map(|list| &list.when);
                    std::iter::once(&requirement.when).chain(data).chain(lists).any(|when| {
                        when.evaluate(facts) == Truth::Unknown
                            && when.keys().contains(&question.key.as_str())
                    })
                };
                let mut rows: Vec<usize> = self
                    .needs_with_outcomes()
                    .filter(|(need, outcome)| {
                        (outcome.state == ComponentState::Pending || need.set_aside) && hangs(need)
                    })
                    .flat_map(|(need, _)| need.requirement.rows.iter().copied())
                    .collect();
                rows.sort_unstable();
                rows.dedup();
                (!rows.is_empty())
                    .then(|| OpenQuestion { question: question.clone(), decides_rows: rows })
            })
            .collect()
    }
}

/// Whether a row waits for an answer that decides nothing but what has to be shown: that leaves no file. Where a
/// look-up is known to have failed, or what was shown is at fault, all hangs on it.
fn only_shown(need: &Need<'_>, state: ComponentState) -> bool {
    need.requirement.handover == Handover::Present
        && state == ComponentState::Pending
        && !need.looked_up_in_vain()
        && need.taken().all(|(_, taken)| taken.defect.is_none())
}

/// In what form a paper is due: that of the list that was met or begun; before that, where lists that may be used
/// differ, none in particular.
fn copy_type(need: &Need<'_>, outcome: &Outcome, row: usize, paper: Option<&Paper>) -> CopyType {
    let first = paper.map_or(CopyType::Unspecified, |paper| paper.copy_type);
    // A picture of what is only shown does not tell which of its forms was shown.
    let handed_in = need.requirement.handover == Handover::Submit;
    let chosen = handed_in && (outcome.met.is_some() || need.taken().next().is_some());
    let sure = need.lists_open(Truth::True).next().is_some();
    let open = need.lists_open(if sure { Truth::True } else { Truth::Unknown });
    let of_row = open.filter_map(|at| need.requirement.any_of.get(at));
    let mut of_row = of_row.filter(|list| list.rows.is_empty() || list.rows.contains(&row));
    let differs = |list: &PaperList| list.all_of.first().is_some_and(|own| own.copy_type != first);
    if !chosen && of_row.any(differs) { CopyType::Unspecified } else { first }
}

/// Incomplete if anything certainly due is missing; else a person must look if anything could not be read or decided;
/// else complete.
///
/// A paper that is only shown leaves no file, so whether it has to be shown decides nothing: the row stays pending and
/// its question is asked. Where a look-up is known to have failed, all hangs on that paper. But nothing handed in is
/// complete only where nothing is due: nobody has seen what was to be shown.
pub(crate) fn verdict(report: &DossierReport, nothing_handed_in: bool) -> Verdict {
    use ComponentState as S;
    let any = |holds: &dyn Fn(&ComponentReport) -> bool| report.components.iter().any(holds);
    let shown = |row: &ComponentReport| row.state == S::PresentOnly || row.only_shown;
    let open = |row: &ComponentReport| matches!(row.state, S::Unreadable | S::Pending);
    // Judged by rules of another day: neither complete nor incomplete may be said.
    let other_rules = |finding: &Finding| {
        finding.rule == RULES_NOT_IN_FORCE && finding.severity >= Severity::Warning
    };
    if report.findings.iter().any(other_rules) {
        Verdict::NeedsHuman
    } else if any(&|row| row.state == S::Missing) {
        Verdict::Incomplete
    } else if any(&|row| open(row) && !row.only_shown)
        || report.findings.iter().any(is_unsettled)
        || (nothing_handed_in && any(&shown))
    {
        Verdict::NeedsHuman
    } else {
        Verdict::Complete
    }
}
