//! A dossier: the papers that are handed in, and what a check should come to. The expectation follows from
//! what was put in and left out; no checker is asked.

use std::collections::BTreeMap;

use jiff::ToSpan;
use motcua_domain::{ComponentState, FindingKind, Verdict};
use motcua_dossier::evaluation::{Expected, ExpectedComponent, ExpectedFinding};

use crate::{
    case::{Case, Due, Need},
    cast::Cast,
    chance::Chance,
    kinds,
    paper::{Block, Copy, Paper},
    trap::Trap,
};

/// A paper that is handed in.
pub(crate) struct Handed {
    pub(crate) paper: Paper,
    /// The need it serves, by its place; none for what nothing asks for.
    pub(crate) need: Option<usize>,
    /// Nobody can read it.
    pub(crate) illegible: bool,
    /// Handed in twice.
    pub(crate) twice: bool,
}

/// A dossier before it is put into files.
pub(crate) struct Dossier {
    pub(crate) handed: Vec<Handed>,
    pub(crate) answers: BTreeMap<String, String>,
    pub(crate) trap: Trap,
    /// The need where the trap is.
    pub(crate) place: usize,
}

/// Puts a dossier together.
pub(crate) fn assemble(
    case: &Case,
    cast: &Cast,
    stranger: &Cast,
    (trap, place): (Trap, usize),
    chance: &mut Chance,
) -> Dossier {
    let mut answers: BTreeMap<String, String> = case
        .answers
        .iter()
        .map(|(about, says)| ((*about).to_owned(), (*says).to_owned()))
        .collect();
    let mut handed = Vec::new();
    for (at, need) in case.needs.iter().enumerate() {
        let here = (at == place).then_some(trap);
        if here == Some(Trap::Missing) {
            continue;
        }
        handed.push(Handed {
            paper: made(need, cast, stranger, here, (&mut answers, chance)),
            need: Some(at),
            illegible: here == Some(Trap::Illegible),
            twice: here == Some(Trap::Duplicate),
        });
    }
    if trap == Trap::Irrelevant {
        let anywhere = [
            kinds::driving_licence as fn(&Cast) -> Paper,
            kinds::diploma,
            kinds::insurance_card,
            kinds::tax_receipt,
        ];
        let elsewhere =
            [kinds::marriage as fn(&Cast) -> Paper, kinds::birth_extract, kinds::single];
        // At the counters for births and marriages these may be looked at.
        let make = if case.civil || chance.percent(50) {
            *chance.pick(&anywhere)
        } else {
            *chance.pick(&elsewhere)
        };
        handed.push(Handed { paper: make(cast), need: None, illegible: false, twice: false });
    }
    if chance.percent(40) {
        let last = handed.len().saturating_sub(1);
        handed.swap(0, last);
    }
    Dossier { handed, answers, trap, place }
}

fn made(
    need: &Need,
    cast: &Cast,
    stranger: &Cast,
    trap: Option<Trap>,
    (answers, chance): (&mut BTreeMap<String, String>, &mut Chance),
) -> Paper {
    let mut cast = match trap {
        Some(Trap::WrongPerson) => stranger.clone(),
        _ => cast.clone(),
    };
    cast.run_out = trap == Some(Trap::Expired);
    if trap == Some(Trap::Inconsistent) {
        disagree(need, &mut cast, chance);
    }
    let mut paper = (need.make)(&cast);
    let wrong = trap == Some(Trap::WrongCopy);
    match need.due {
        Due::Attested if !wrong => {
            let people = [cast.applicant.name.clone(), cast.agent.name.clone()];
            paper = kinds::attested(&cast, paper, &people.each_ref().map(String::as_str));
        }
        Due::Certified if wrong => {
            paper.copy = Copy::Plain { stamped: chance.percent(50) };
            answers.insert(
                need.called.to_owned(),
                "nộp bản chụp, không có chứng thực, không xuất trình bản chính".to_owned(),
            );
        }
        Due::Certified => paper.copy = Copy::Certified,
        Due::Plain if chance.percent(50) => paper.copy = Copy::Plain { stamped: false },
        _ => {}
    }
    match trap {
        Some(Trap::Blank) => paper.blank(),
        Some(Trap::Unsigned) => paper.unsigned(),
        Some(Trap::OldForm) => paper.on_old_form(),
        _ => paper,
    }
}

/// One number or day of birth on this paper is another than on the rest.
fn disagree(need: &Need, cast: &mut Cast, chance: &mut Chance) {
    let Some(of) = need.of else { return };
    let without_day =
        ["Giấy phép xây dựng", "Văn bản chấp thuận", "Giấy chứng nhận"].contains(&need.called);
    let by_number = without_day || chance.percent(50);
    let who = of(cast);
    if by_number {
        let digit = |c: char| char::from(b'0' + (c as u8 - b'0' + 3) % 10);
        who.number =
            who.number.char_indices().map(|(at, c)| if at >= 9 { digit(c) } else { c }).collect();
    } else {
        who.born = who.born.checked_sub((2 * 365 + 40).days()).unwrap_or(who.born);
    }
}

/// Which files hold what.
pub(crate) struct Placed {
    pub(crate) file: String,
    /// Places among what was handed in.
    pub(crate) holds: Vec<usize>,
    /// The second of two like files.
    pub(crate) again: bool,
}

/// What a check of the dossier should come to.
pub(crate) fn expected(case: &Case, dossier: &Dossier, placed: &[Placed]) -> Expected {
    let mut rows: Vec<usize> = case.needs.iter().map(|need| need.row).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut components: Vec<ExpectedComponent> =
        rows.iter().map(|row| component(*row, case, dossier, placed)).collect();
    components.extend(case.rest.iter().map(|(row, state)| ExpectedComponent {
        row: *row,
        state: *state,
        also_accept: if *state == ComponentState::ReplacedByData {
            vec![ComponentState::NotApplicable]
        } else {
            Vec::new()
        },
        files: Vec::new(),
        files_also_accept: Vec::new(),
        partial_files: Vec::new(),
    }));
    components.sort_by_key(|component| component.row);
    let any = |state| components.iter().any(|component| component.state == state);
    let verdict = if any(ComponentState::Missing) {
        Verdict::Incomplete
    } else if any(ComponentState::Unreadable) {
        Verdict::NeedsHuman
    } else {
        Verdict::Complete
    };
    let mut findings: Vec<ExpectedFinding> = finding(case, dossier, placed).into_iter().collect();
    // Where another's paper came in place of the one that names whoever was sent, their card stands alone.
    if dossier.trap == Trap::WrongPerson {
        let again = ExpectedFinding {
            row: None,
            file_any: Vec::new(),
            optional: true,
            ..findings[0].clone()
        };
        findings.push(again);
    }
    Expected { verdict, components, findings, unscored_rows: case.unscored.to_vec() }
}

fn component(row: usize, case: &Case, dossier: &Dossier, placed: &[Placed]) -> ExpectedComponent {
    let here: Vec<usize> = case
        .needs
        .iter()
        .enumerate()
        .filter(|(_, need)| need.row == row)
        .map(|(at, _)| at)
        .collect();
    let trapped = here.contains(&dossier.place);
    let state = match dossier.trap {
        Trap::Missing
        | Trap::WrongCopy
        | Trap::Expired
        | Trap::WrongPerson
        | Trap::Blank
        | Trap::Unsigned
            if trapped =>
        {
            ComponentState::Missing
        }
        Trap::Illegible if trapped => ComponentState::Unreadable,
        _ => case.needs[here[0]].state,
    };
    let serves = |at: &usize| dossier.handed[*at].need.is_some_and(|need| here.contains(&need));
    let mut files: Vec<String> = placed
        .iter()
        .filter(|file| !file.again && file.holds.iter().any(serves))
        .map(|file| file.file.clone())
        .collect();
    let again = placed
        .iter()
        .filter(|file| file.again && file.holds.iter().any(serves))
        .map(|file| file.file.clone())
        .collect();
    let mut partial_files = Vec::new();
    if state == ComponentState::Missing {
        std::mem::swap(&mut files, &mut partial_files);
    }
    let optional = here.iter().all(|at| case.needs[*at].optional);
    let also_accept = match state {
        ComponentState::PresentOnly if dossier.trap == Trap::WrongPerson => {
            vec![ComponentState::Provided, ComponentState::Pending]
        }
        ComponentState::PresentOnly => vec![ComponentState::Provided],
        ComponentState::Provided if optional => vec![ComponentState::NotApplicable],
        _ => Vec::new(),
    };
    ExpectedComponent { row, state, also_accept, files, files_also_accept: again, partial_files }
}

fn finding(case: &Case, dossier: &Dossier, placed: &[Placed]) -> Option<ExpectedFinding> {
    let kind = match dossier.trap {
        Trap::None => return None,
        Trap::Missing => FindingKind::Missing,
        Trap::WrongCopy => FindingKind::WrongCopyType,
        Trap::Expired => FindingKind::Expired,
        Trap::WrongPerson => FindingKind::WrongPerson,
        Trap::Blank | Trap::Unsigned => FindingKind::UnfilledForm,
        Trap::Irrelevant => FindingKind::IrrelevantDocument,
        Trap::Illegible => FindingKind::Illegible,
        Trap::Duplicate => FindingKind::Duplicate,
        Trap::Inconsistent => FindingKind::Inconsistent,
        Trap::OldForm => FindingKind::OutdatedForm,
    };
    let about = |at: &usize| match dossier.trap {
        Trap::Irrelevant => dossier.handed[*at].need.is_none(),
        _ => dossier.handed[*at].need == Some(dossier.place),
    };
    let mut file_any: Vec<String> = placed
        .iter()
        .filter(|file| file.holds.iter().any(about))
        .map(|file| file.file.clone())
        .collect();
    let of_row = !matches!(dossier.trap, Trap::Irrelevant | Trap::Duplicate | Trap::Inconsistent);
    if dossier.trap == Trap::Inconsistent {
        // Either of the two papers that disagree may be named.
        file_any = placed.iter().map(|file| file.file.clone()).collect();
    }
    Some(ExpectedFinding {
        kind,
        also_accept: Vec::new(),
        row: of_row.then(|| case.needs[dossier.place].row),
        row_any: Vec::new(),
        file: None,
        file_any,
        optional: false,
    })
}

/// Whether a need's form has another one before it.
pub(crate) fn has_old_form(need: &Need, cast: &Cast) -> bool {
    let paper = (need.make)(cast);
    paper.old_form.is_some() && paper.blocks.iter().any(|block| matches!(block, Block::Form(_)))
}
