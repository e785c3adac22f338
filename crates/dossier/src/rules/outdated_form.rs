//! **outdated-form**: a form that a repealed decree or circular was issued with.
//!
//! *Why it matters.* What the new form asks may not stand on it, and the authority may have to send it back.
//!
//! *Legal basis.* The document by which the procedure's own list or legal basis names the form.
//!
//! *Fails.* "Mẫu CT01 ban hành kèm theo Thông tư số 56/2021/TT-BCA", where the list names Thông tư số 53/2025/TT-BCA.
//! *Passes.* A form that names no document; a document of another kind than those the procedure rests on.

use motcua_domain::{Finding, FindingKind, Procedure, Severity};
use motcua_text::{MentionKind, mentions};

use crate::{
    defect::{Certainty, Defect},
    judged::{Judged, finding},
    need::{Need, Taken},
    rules::rule::{DossierRule, Held, PaperRule},
    state::used_rows,
    words::{phrase, words},
};

pub(crate) const RULE: DossierRule = DossierRule { name: "outdated-form", check };

/// A form of another number, of a decree that the list's own has replaced, does not count.
pub(crate) const REPLACED: PaperRule =
    PaperRule { name: "replaced-form", of_shown: false, check: replaced };

/// A form says in its first lines where it comes from.
const TOP: usize = 8;

fn replaced(held: &Held<'_>) -> Option<Defect> {
    let wanted = held.paper.form.as_deref().filter(|_| held.piece.is_clear())?;
    let new = numbers(wanted).into_iter().next()?;
    let mut top = held.piece.lines_with_certainty().take(TOP).enumerate();
    let (at, old, sure) = top.find_map(|(at, (line, sure))| {
        let old = numbers(line).into_iter().next()?;
        let replaced = kind(&old) == kind(&new) && year(&old) < year(&new);
        let other = form_number(line)? != form_number(wanted)?;
        (replaced && other).then_some((at, old, sure))
    })?;
    Some(Defect {
        rule: REPLACED.name,
        kind: FindingKind::OutdatedForm,
        // A year or a number that a recogniser made out accuses nobody.
        certainty: if sure { Certainty::Certain } else { Certainty::Undecided },
        message: format!("{}: khai trên mẫu cũ của {old}, nay là {wanted}.", held.paper.name),
        fix: format!("Khai lại theo {wanted}."),
        lines: vec![at],
    })
}

/// "18" of "Mẫu số 18": which form it is.
fn form_number(text: &str) -> Option<String> {
    let words = words(text);
    let at = words.windows(2).position(|pair| pair == ["mau", "so"])?;
    let number = words.get(at.saturating_add(2))?;
    number.bytes().all(|b| b.is_ascii_digit()).then(|| number.trim_start_matches('0').to_owned())
}

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let procedure = judged.submission.procedure;
    let mut findings = Vec::new();
    let mut seen = Vec::new();
    for (need, outcome) in judged.needs_with_outcomes() {
        let replaced = |taken: &&Taken| {
            taken.defect.as_ref().is_some_and(|defect| defect.rule == REPLACED.name)
        };
        for taken in need.taken().map(|(_, taken)| taken).filter(|taken| !replaced(taken)) {
            let Some(piece) = judged.pieces.get(taken.piece).filter(|piece| piece.is_clear())
            else {
                continue;
            };
            if seen.contains(&taken.piece) {
                continue;
            }
            let Some((old, new, at)) = outdated(piece.lines().take(TOP), need, procedure) else {
                continue;
            };
            seen.push(taken.piece);
            let message = format!(
                "{}: mẫu ban hành kèm theo văn bản {old}, nay là mẫu theo {new}.",
                need.requirement.name
            );
            let fix = format!(
                "Kiểm tra xem mẫu còn dùng được không; nếu không, khai lại theo mẫu của {new}."
            );
            let kind = (FindingKind::OutdatedForm, Severity::Warning);
            let row = used_rows(need, outcome).first().copied();
            let mut finding = finding(RULE.name, kind, row, (message, fix));
            judged.point_at(&mut finding, taken.piece, &[at]);
            findings.push(finding);
        }
    }
    findings
}

/// The document that the form names, the later one that it should come from, and the line that names it.
fn outdated<'a>(
    top: impl Iterator<Item = &'a str>,
    need: &Need<'_>,
    procedure: &Procedure,
) -> Option<(String, String, usize)> {
    let lines: Vec<&str> = top.collect();
    let (at, origin) = lines.iter().enumerate().find_map(|(at, line)| {
        let folded = phrase(line);
        let says = ["mau so", "mau ct", "ban hanh kem theo", "phu luc"]
            .iter()
            .any(|says| folded.contains(says));
        let next = lines.get(at.saturating_add(1)).copied().unwrap_or_default();
        let numbers = says.then(|| numbers(&format!("{line} {next}")))?;
        (!numbers.is_empty()).then_some((at, numbers))
    })?;
    let named = named(need);
    let listed = procedure.legal_basis.iter().filter_map(|basis| basis.number.clone());
    // What the list itself names decides; a legal basis may go on listing what was replaced.
    let decides =
        origin.first().is_some_and(|old| named.iter().any(|number| kind(number) == kind(old)));
    let listed = listed.filter(|_| !decides);
    let known: Vec<String> =
        named.iter().cloned().chain(listed).map(|number| plain(&number)).collect();
    if origin.iter().any(|number| known.contains(&plain(number))) {
        return None;
    }
    let of_forms =
        procedure.legal_basis.iter().filter(|basis| phrase(&basis.title).contains("mau"));
    let of_forms: Vec<String> = of_forms.filter_map(|basis| basis.number.clone()).collect();
    let others: Vec<String> =
        procedure.legal_basis.iter().filter_map(|basis| basis.number.clone()).collect();
    let old = origin.into_iter().next()?;
    // The list's own words first, then what issued the forms, then a later document of the same office.
    let new = named
        .iter()
        .chain(&of_forms)
        .find(|number| kind(number) == kind(&old) && year(number) > year(&old))
        .or_else(|| {
            others.iter().find(|number| office(number) == office(&old) && year(number) > year(&old))
        })?;
    Some((old, new.clone(), at))
}

/// The documents that the procedure's list names for the paper.
fn named(need: &Need<'_>) -> Vec<String> {
    let requirement = need.requirement;
    let papers = requirement.any_of.iter().flat_map(|list| &list.all_of);
    let texts =
        papers.flat_map(|paper| [Some(paper.name.as_str()), paper.form.as_deref()]).flatten();
    let texts = texts.chain(
        [Some(requirement.name.as_str()), requirement.note.as_deref()].into_iter().flatten(),
    );
    texts.flat_map(numbers).collect()
}

fn numbers(text: &str) -> Vec<String> {
    let found =
        mentions(text).into_iter().filter(|mention| mention.kind == MentionKind::DocumentNumber);
    // "Mẫu số 11/ĐK" numbers a form and no document.
    found.map(|mention| mention.canonical).filter(|number| year(number) > 0).collect()
}

fn plain(number: &str) -> String {
    phrase(number)
}

/// "151/2025/NĐ-CP": the part after the year.
fn office(number: &str) -> String {
    number.rsplit('/').next().map(phrase).unwrap_or_default()
}

/// "tt", "nd", "qd".
fn kind(number: &str) -> String {
    office(number).split(' ').next().unwrap_or_default().to_owned()
}

fn year(number: &str) -> u16 {
    number.split('/').filter(|part| part.len() == 4).find_map(|part| part.parse().ok()).unwrap_or(0)
}
