//! Two papers of one kind that were each taken for the other.

use std::collections::BTreeSet;

use crate::{
    need::{Need, Taken},
    piece::Piece,
    words::{holds, words},
};

/// Exchanges two papers of one kind, of which two needs hold one each, where each says clearly more of what the other
/// was taken for. One letter of authority is titled like the next; what it is for stands below.
pub(crate) fn exchange(needs: &mut [Need<'_>], pieces: &[Piece]) {
    for first in 0..needs.len() {
        for second in first.saturating_add(1)..needs.len() {
            let (Some(one), Some(other)) = (needs.get(first), needs.get(second)) else { continue };
            let Some((a, b)) = of_one_kind(one, other) else { continue };
            if !speak_for_each_other((one, a), (other, b), pieces) {
                continue;
            }
            let exchanged = [(first, put(one, b)), (second, put(other, a))];
            for (at, need) in exchanged {
                if let Some(place) = needs.get_mut(at) {
                    *place = need;
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

/// So much more must be said: a pair of words may stand anywhere by chance.
const CLEARLY: usize = 2;

/// Whether each of two papers says more of what the other was taken for: of the neighbouring words that only one of the
/// two names has.
fn speak_for_each_other(
    (one, a): (&Need<'_>, &Taken),
    (other, b): (&Need<'_>, &Taken),
    pieces: &[Piece],
) -> bool {
    let (asked, asked_other) = (pairs(one), pairs(other));
    let says = |taken: &Taken, own: &BTreeSet<Pair>, others: &BTreeSet<Pair>| {
        let piece = pieces.get(taken.piece);
        let said = |pair: &&Pair| piece.is_some_and(|piece| holds(&piece.all, pair.as_slice()));
        own.difference(others).filter(said).count()
    };
    let now = says(a, &asked, &asked_other).saturating_add(says(b, &asked_other, &asked));
    let exchanged = says(a, &asked_other, &asked).saturating_add(says(b, &asked, &asked_other));
    exchanged >= now.saturating_add(CLEARLY)
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
