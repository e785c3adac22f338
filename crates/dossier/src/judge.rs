//! The pipeline: papers, needs, who serves whom, states, findings, verdict.

use motcua_domain::{CaseFacts, DossierReport, FindingKind, Handover, Paper};

use crate::{
    catalogue::Catalogue,
    dates::dates,
    defect::{Certainty, Defect},
    exchange::exchange,
    judged::Judged,
    need::{
        Need, Taken, deny_circumstances, link_declarations, set_aside_unusual, settle_look_ups,
    },
    officer,
    people::people,
    piece::{Piece, pieces},
    rules::{Held, PAPER_RULES},
    state::outcomes,
    submission::Submission,
    take::take,
    words::Weights,
};

/// Judges a dossier.
pub(crate) fn check(submission: &Submission<'_>, catalogue: &Catalogue) -> DossierReport {
    let procedure = submission.procedure;
    let weights = vocabulary(submission, catalogue);
    let answered = officer::matches(procedure, submission.facts);
    let mut facts: CaseFacts = submission.answers.iter().collect();
    for answer in answered.iter().flatten() {
        facts.narrow(&answer.key, &answer.values);
    }
    let mut needs = Need::all(procedure, &facts, catalogue);
    let denied = deny_circumstances(&mut needs, submission.facts);
    let declarations: Vec<_> = submission.facts.iter().map(officer::declaration).collect();
    let understood = link_declarations(&mut needs, &declarations, catalogue, &weights);
    settle_look_ups(&mut needs);
    let profiles: Vec<_> =
        needs.iter().flat_map(|need| need.slots.iter().map(|slot| &slot.profile)).collect();
    let pieces = pieces(submission.documents, catalogue, &profiles, &weights);
    drop(profiles);
    let (unassigned, known_elsewhere) = take(&mut needs, &pieces, catalogue, &weights);
    exchange(&mut needs, &pieces);
    find_defects(&mut needs, &pieces, submission);
    find_alone(&mut needs, &pieces);
    leave_companions(&mut needs, &pieces);
    if facts != CaseFacts::default() {
        set_aside_unusual(&mut needs, procedure, &facts, submission.facts);
    }
    let strangers = strangers(&pieces, &unassigned, &known_elsewhere);
    let outcomes = outcomes(&needs, &pieces, &unassigned, strangers);
    let notes = submission.facts.iter().zip(answered.iter().zip(understood.iter().zip(&denied)));
    let unmatched = notes
        .filter(|(_, (answers, (understood, denied)))| {
            answers.is_empty() && !**understood && !**denied
        })
        .map(|(note, _)| note)
        .collect();
    let judged = Judged {
        submission,
        needs,
        outcomes,
        pieces,
        unassigned,
        known_elsewhere,
        unmatched,
        catalogue,
    };
    judged.report(&facts)
}

/// How much words tell, over the names of the procedure's own papers and of the common ones.
fn vocabulary(submission: &Submission<'_>, catalogue: &Catalogue) -> Weights {
    let papers =
        submission.procedure.requirements.iter().flat_map(|requirement| &requirement.any_of);
    let mut names: Vec<&str> =
        papers.flat_map(|list| &list.all_of).map(|paper| paper.name.as_str()).collect();
    // A procedure repeats the same paper in many rows; that makes its words no less telling.
    names.sort_unstable();
    names.dedup();
    Weights::over(names.into_iter().chain(catalogue.kinds().iter().map(|kind| kind.name.as_str())))
}

fn find_defects(needs: &mut [Need<'_>], pieces: &[Piece], submission: &Submission<'_>) {
    for need in needs {
        let held = need.clone();
        for (slot, found) in held.slots.iter().zip(&mut need.slots) {
            for (taken, found) in slot.taken.iter().zip(&mut found.taken) {
                found.defect = defect(&held, slot.paper, taken.piece, (pieces, submission));
            }
        }
    }
}

/// What is wrong with the piece at a place, held against what it was taken for.
fn defect(
    need: &Need<'_>,
    paper: &Paper,
    at: usize,
    (pieces, submission): (&[Piece], &Submission<'_>),
) -> Option<Defect> {
    let others = pieces.iter().enumerate().filter(|(other, _)| *other != at);
    let (others, unclear): (Vec<&Piece>, Vec<&Piece>) =
        others.map(|(_, other)| other).partition(|other| other.is_clear());
    let held = Held {
        piece: pieces.get(at)?,
        paper,
        procedure: &submission.procedure.name,
        field: &submission.procedure.field,
        everyday: &submission.procedure.everyday,
        need,
        received_on: submission.received_on,
        notes: submission.facts,
        others: &others,
        unclear: &unclear,
    };
    let shown = need.requirement.handover == Handover::Present;
    let rules = PAPER_RULES.iter().filter(|rule| !shown || rule.of_shown);
    let defects: Vec<_> = rules.filter_map(|rule| (rule.check)(&held)).collect();
    // What is certain before what a person has to look at.
    let certain = defects.iter().find(|defect| defect.certainty == Certainty::Certain);
    certain.or(defects.first()).cloned()
}

/// Whoever copies two cards onto one sheet brought one more than was asked for, as whoever comes for another brings their
/// own: such a card is no fault beside the right person's. One of somebody whom no paper knows stands alone.
fn leave_companions(needs: &mut [Need<'_>], pieces: &[Piece]) {
    let is_wrong = |taken: &Taken| {
        let card = pieces.get(taken.piece).is_some_and(Piece::is_identity);
        let defect = taken.defect.as_ref();
        card && defect.is_some_and(|defect| defect.kind == FindingKind::WrongPerson)
    };
    let file = |at: usize| pieces.get(at).and_then(Piece::start).map(|(document, _)| document);
    let is_known = |at: usize| {
        pieces.get(at).is_some_and(|own| {
            let mut others = pieces.iter().enumerate().filter(|(other, _)| *other != at);
            others.any(|(_, other)| {
                people(own).share_someone(&other.all, people(other)) || is_misread_of(own, other)
            })
        })
    };
    for need in needs {
        let right = need.taken().filter(|(_, taken)| {
            let piece = pieces.get(taken.piece);
            !is_wrong(taken) && piece.is_some_and(|piece| !people(piece).names.is_empty())
        });
        let right: Vec<_> = right.map(|(_, taken)| file(taken.piece)).collect();
        if right.is_empty() {
            continue;
        }
        for slot in &mut need.slots {
            let comes_along =
                |taken: &Taken| right.contains(&file(taken.piece)) || is_known(taken.piece);
            slot.taken.retain(|taken| !(is_wrong(taken) && comes_along(taken)));
            for taken in slot.taken.iter_mut().filter(|taken| is_wrong(taken)) {
                taken.alone = true;
            }
        }
    }
}

/// Whether a card is that of somebody whose name was misread in one syllable, the given one at that, on a paper that
/// bears a day of the card: "Lưu Đức Hạnh" as a form in handwriting was read, born on the day of Lưu Đức Mạnh.
fn is_misread_of(card: &Piece, paper: &Piece) -> bool {
    let read =
        [card, paper].iter().any(|piece| piece.lines_with_certainty().any(|(_, sure)| !sure));
    let days = |piece: &Piece| piece.lines().flat_map(dates).collect::<Vec<_>>();
    let of_card = days(card);
    let nearly = |name: &Vec<String>| {
        paper.all.windows(name.len()).any(|run| {
            let apart = run.iter().zip(name).filter(|(a, b)| a != b).count();
            name.len() >= 3 && apart <= 1
        })
    };
    read && days(paper).iter().any(|day| of_card.contains(day))
        && people(card).names.iter().any(nearly)
}

/// Whether another paper than any that is asked for was brought, and every page was read: it was brought in place of
/// what is said to have been handed in and is on none of them.
fn strangers(pieces: &[Piece], unassigned: &[usize], known_elsewhere: &[usize]) -> bool {
    let all_read = pieces.iter().all(|piece| !piece.is_illegible() && !piece.is_unread());
    let stranger = |at: &usize| {
        let piece = pieces.get(*at).filter(|_| !known_elsewhere.contains(at));
        piece.is_some_and(|piece| {
            piece.is_clear() && ((piece.is_told() && !piece.is_identity()) || is_private(piece))
        })
    };
    all_read && unassigned.iter().any(stranger)
}

/// What no office issues and no list asks for, by its title: "THIỆP MỜI" proves no marriage.
fn is_private(piece: &Piece) -> bool {
    // Bills are brought along for other reasons, and stand in for nothing.
    const PRIVATE: [&[&str]; 3] = [&["thiep"], &["giay", "moi"], &["thu", "moi"]];
    let starts = |title: &crate::sheet::Title| {
        PRIVATE.iter().any(|words| {
            title.head.len() >= words.len() && title.head.iter().zip(*words).all(|(a, b)| a == b)
        })
    };
    !piece.is_told() && piece.titles.iter().any(starts)
}

/// Of two people who show who they are, one may do so with a card that is no longer valid: the other's
/// does not stand in for it.
fn find_alone(needs: &mut [Need<'_>], pieces: &[Piece]) {
    for need in needs {
        let sound: Vec<&Piece> = need
            .taken()
            .filter(|(_, taken)| taken.defect.is_none())
            .filter_map(|(_, taken)| pieces.get(taken.piece))
            // The back of a card says nothing of how long it is valid.
            .filter(|piece| piece.titled)
            .collect();
        for taken in need.slots.iter_mut().flat_map(|slot| &mut slot.taken) {
            let defect = taken.defect.as_ref();
            let spoilt = defect.is_some_and(|defect| defect.kind == FindingKind::Expired);
            let piece = pieces.get(taken.piece).filter(|piece| spoilt && piece.is_identity());
            taken.alone = piece.is_some_and(|piece| {
                let own = people(piece);
                !own.is_nobody()
                    && !sound.iter().any(|other| own.share_someone(&other.all, people(other)))
            });
        }
    }
}
