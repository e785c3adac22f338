//! Which pieces are taken for which papers.

use motcua_domain::{Handover, Truth};

use crate::{
    assign::best_total,
    catalogue::Catalogue,
    need::{Need, Taken},
    piece::Piece,
    profile::Profile,
    state::SURE,
    words::{Weights, phrase},
};

/// Below this, what a piece shares with a paper's name is chance.
const WEAK: f32 = 0.36;

/// Takes pieces for papers, one to one with the best total; further pieces of the same paper join it.
/// Gives the pieces that serve no need, and those of them that another case would ask for.
pub(crate) fn take(
    needs: &mut [Need<'_>],
    pieces: &[Piece],
    catalogue: &Catalogue,
    weights: &Weights,
) -> (Vec<usize>, Vec<usize>) {
    let places: Vec<(usize, usize)> = needs
        .iter()
        .enumerate()
        .flat_map(|(need, n)| (0..n.slots.len()).map(move |slot| (need, slot)))
        .collect();
    let legible: Vec<usize> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| !piece.is_illegible())
        .map(|(at, _)| at)
        .collect();
    let raw: Vec<Vec<f32>> = legible
        .iter()
        .filter_map(|at| pieces.get(*at))
        .map(|piece| {
            places.iter().map(|place| affinity(needs, *place, piece, catalogue, weights)).collect()
        })
        .collect();
    let weighed: Vec<Vec<f32>> = raw
        .iter()
        .map(|row| {
            row.iter()
                .zip(&places)
                .map(|(score, (need, _))| weight(score * priority(needs.get(*need))))
                .collect()
        })
        .collect();
    let chosen = best_total(&weighed);
    let mut unassigned = Vec::new();
    let mut elsewhere = Vec::new();
    for ((piece, scores), column) in legible.iter().zip(&raw).zip(chosen) {
        let column = column.or_else(|| shared(scores, &places, needs));
        let place = column.and_then(|column| Some((*places.get(column)?, *scores.get(column)?)));
        if let Some(((need, slot), confidence)) = place {
            if let Some(slot) = needs.get_mut(need).and_then(|need| need.slots.get_mut(slot)) {
                slot.taken.push(Taken { piece: *piece, confidence, defect: None, alone: false });
            }
            continue;
        }
        unassigned.push(*piece);
        if scores.iter().any(|score| *score >= WEAK) {
            elsewhere.push(*piece);
        }
    }
    share_alternatives(needs, pieces, catalogue, weights);
    share_same_paper(needs);
    (unassigned, elsewhere)
}

/// "The original, or a certified copy, or a copy with the original to compare": whichever of these a paper was
/// told to be, it is held against the others too, since its look tells the kind and not the form it is in.
fn share_alternatives(
    needs: &mut [Need<'_>],
    pieces: &[Piece],
    catalogue: &Catalogue,
    weights: &Weights,
) {
    for need in 0..needs.len() {
        let Some(lists) = needs.get(need).map(|need| need.lists.clone()) else { continue };
        let together = |a: usize, b: usize| {
            lists.iter().any(|list| list.slots.contains(&a) && list.slots.contains(&b))
        };
        let slots = needs.get(need).map_or(0, |need| need.slots.len());
        let held: Vec<Vec<Taken>> = needs
            .get(need)
            .into_iter()
            .flat_map(|need| &need.slots)
            .map(|slot| slot.taken.clone())
            .collect();
        for (from, taken) in held.iter().enumerate().filter(|(_, taken)| !taken.is_empty()) {
            for to in (0..slots).filter(|to| *to != from && !together(from, *to)) {
                for one in taken {
                    let Some(piece) = pieces.get(one.piece) else { continue };
                    let score = affinity(needs, (need, to), piece, catalogue, weights);
                    let slot = needs.get_mut(need).and_then(|need| need.slots.get_mut(to));
                    if let Some(slot) = slot
                        && score >= SURE
                        && slot.taken.iter().all(|other| other.piece != one.piece)
                    {
                        slot.taken.push(Taken { confidence: score, ..one.clone() });
                    }
                }
            }
        }
    }
}

/// Nobody hands in the same paper twice: rows that name the very same paper share it.
fn share_same_paper(needs: &mut [Need<'_>]) {
    let name = |paper: &motcua_domain::Paper| (paper.document.clone(), phrase(&paper.name));
    let held: Vec<_> = needs
        .iter()
        .flat_map(|need| &need.slots)
        .filter(|slot| !slot.taken.is_empty())
        .map(|slot| (name(slot.paper), slot.taken.clone()))
        .collect();
    for slot in needs.iter_mut().filter(|need| need.may_apply()).flat_map(|need| &mut need.slots) {
        if slot.taken.is_empty() {
            let same = held.iter().find(|(held, _)| *held == name(slot.paper));
            slot.taken = same.map(|(_, taken)| taken.clone()).unwrap_or_default();
        }
    }
}

/// One sure match outweighs two weak ones.
fn weight(score: f32) -> f32 {
    score * score * score
}

/// A need that certainly concerns the case comes before one that may; one that does not, never.
fn priority(need: Option<&Need<'_>>) -> f32 {
    match need {
        None => 0.0,
        Some(need) if need.applies == Truth::False => 0.0,
        Some(need) if need.replaced == Truth::True => 0.8,
        Some(need) if need.applies == Truth::Unknown => 0.9,
        Some(need) if need.is_optional() => 0.95,
        // What must be handed in is more likely to be among the files than what is only shown.
        Some(need) if need.requirement.handover == Handover::Present => 0.93,
        Some(_) => 1.0,
    }
}

/// The place that a piece left over shares with another of its kind: three identity cards, five forms.
fn shared(scores: &[f32], places: &[(usize, usize)], needs: &[Need<'_>]) -> Option<usize> {
    scores
        .iter()
        .zip(places)
        .enumerate()
        .filter(|(_, (score, (need, _)))| {
            **score >= SURE && needs.get(*need).is_some_and(Need::may_apply)
        })
        .max_by(|a, b| a.1.0.total_cmp(b.1.0).then(b.0.cmp(&a.0)))
        .map(|(column, _)| column)
}

/// How surely a piece is the paper of a place; 0 where it is more surely another kind of paper.
fn affinity(
    needs: &[Need<'_>],
    (need, slot): (usize, usize),
    piece: &Piece,
    catalogue: &Catalogue,
    weights: &Weights,
) -> f32 {
    let Some(slot) = needs.get(need).and_then(|need| need.slots.get(slot)) else { return 0.0 };
    let score = slot.profile.score(&piece.face(), weights);
    if score < WEAK {
        return 0.0;
    }
    let foreign = piece.kind.as_ref().is_some_and(|(kind, surely)| {
        let other = catalogue
            .get(kind)
            .filter(|kind| !kind.broad && slot.paper.document.as_ref() != Some(&kind.id));
        *surely > score + 0.08
            && *surely >= 0.55
            && other.is_some_and(|kind| slot.profile.contradicts(&Profile::of_kind(kind), weights))
    });
    match () {
        () if foreign => 0.0,
        () if is_summary(&slot.paper.name) != is_summarising(piece) => score * OF_SUMMARY,
        () => score,
    }
}

/// A summary shares all words with what it sums up: it comes second for that, and that for it.
const OF_SUMMARY: f32 = 0.85;

fn is_summary(name: &str) -> bool {
    phrase(name).contains("tom tat")
}

fn is_summarising(piece: &Piece) -> bool {
    piece.titles.iter().any(|title| is_summary(&title.text))
}
