//! Two papers of one kind that were each taken for the other.

use std::collections::BTreeSet;

use crate::{
    Submission,
    judge::find_defects_of,
    need::{Need, Taken},
    piece::Piece,
    rules::Certainty,
    words::{holds, words},
};

/// Exchanges two papers of one kind, of which two needs hold one each, where less is wrong with them the other way
/// round. A letter of authority looks like the next; that one of them is attested tells which was meant for the row
/// that asks for it.
pub(crate) fn exchange(needs: &mut [Need<'_>], pieces: &[Piece], submission: &Submission<'_>) {
    for first in 0..needs.len() {
        for second in first.saturating_add(1)..needs.len() {
            let (Some(one), Some(other)) = (needs.get(first), needs.get(second)) else { continue };
            let Some((a, b)) = of_one_kind(one, other) else { continue };
            let now = faults(one, other);
            if now.0 == 0 || !speak_for_each_other(one, other, pieces) {
                continue;
            }
            let [mut one, mut other] = [put(one, b), put(other, a)];
            find_defects_of(&mut one, pieces, submission);
            find_defects_of(&mut other, pieces, submission);
            if faults(&one, &other) < now {
                for (at, need) in [(first, one), (second, other)] {
                    if let Some(place) = needs.get_mut(at) {
                        *place = need;
                    }
                }
            }
        }
    }
}

/// The piece that each of two needs holds, if each holds one alone and both are asked for as papers of one kind.
fn of_one_kind<'a>(one: &'a Need<'_>, other: &'a Need<'_>) -> Option<(&'a Taken, &'a Taken)> {
    let held = |need: &'a Need<'_>| {
        let mut taken = need.slots.iter().flat_map(|slot| {
            slot.taken.iter().map(|taken| (slot.paper.document.as_deref(), taken))
        });
        let (kind, first) = taken.next()?;
        let alone = taken.all(|(other, taken)| other == kind && taken.piece == first.piece);
        alone.then_some((kind?, first))
    };
    let ((kind, a), (other_kind, b)) = (held(one)?, held(other)?);
    let both = one.may_apply() && other.may_apply();
    (both && kind == other_kind && a.piece != b.piece).then_some((a, b))
}

/// Whether each of two papers says more of what the other was taken for: of the neighbouring words that only one of the
/// two names has. That one is attested does not make it speak of what it is needed for.
fn speak_for_each_other(one: &Need<'_>, other: &Need<'_>, pieces: &[Piece]) -> bool {
    let (asked, asked_other) = (pairs(one), pairs(other));
    let says = |need: &Need<'_>, own: &BTreeSet<Pair>, others: &BTreeSet<Pair>| {
        let piece = need.taken().next().and_then(|(_, taken)| pieces.get(taken.piece));
        let said = |pair: &&Pair| piece.is_some_and(|piece| holds(&piece.all, pair.as_slice()));
        own.difference(others).filter(said).count()
    };
    let now = says(one, &asked, &asked_other).saturating_add(says(other, &asked_other, &asked));
    let exchanged =
        says(one, &asked_other, &asked).saturating_add(says(other, &asked, &asked_other));
    exchanged > now
}

type Pair = [String; 2];

/// How a paper is attested tells nothing of what it is about.
const OF_ATTESTING: &[&str] = &["cong", "chung", "thuc", "ban", "sao"];

/// Neighbouring words of the names of what is needed.
fn pairs(need: &Need<'_>) -> BTreeSet<Pair> {
    let papers = need.slots.iter().map(|slot| slot.paper.name.as_str());
    let names = papers.chain([need.requirement.name.as_str()]).map(words);
    let of_name = |name: Vec<String>| {
        name.windows(2).filter_map(|pair| pair.to_vec().try_into().ok()).collect::<Vec<Pair>>()
    };
    let is_telling = |pair: &Pair| !pair.iter().any(|word| OF_ATTESTING.contains(&word.as_str()));
    names.flat_map(of_name).filter(is_telling).collect()
}

/// A need with another piece in the place of its own.
fn put<'a>(need: &Need<'a>, taken: &Taken) -> Need<'a> {
    let mut need = need.clone();
    for held in need.slots.iter_mut().flat_map(|slot| &mut slot.taken) {
        *held = taken.clone();
    }
    need
}

/// How many faults of two needs are certain, and how many there are at all.
fn faults(one: &Need<'_>, other: &Need<'_>) -> (usize, usize) {
    let taken = || one.taken().chain(other.taken());
    let defects = || taken().filter_map(|(_, taken)| taken.defect.as_ref());
    (defects().filter(|defect| defect.certainty == Certainty::Certain).count(), defects().count())
}
