//! **other-plot**: a certificate is about another plot of land than the one that is asked for.
//!
//! *Why it matters.* Whoever owns two plots easily brings the wrong certificate, and it proves nothing of this one.
//! Plots are numbered anew when a map is drawn anew, so a person looks; where an officer noted the plot that the form
//! names, the certificate does not count.
//!
//! *Legal basis.* The row that asks for the certificate: it is that of the land in question.
//!
//! *Fails.* "Thửa đất số: 96; tờ bản đồ số: 24", and the form and the drawings say 69.
//! *Passes.* A certificate for several plots, one of them the right one; a form that names no plot.

use motcua_domain::FindingKind;

use crate::{
    piece::Piece,
    rules::{Certainty, Defect, Held, PaperRule, wrong_person::asks},
    words::words,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "other-plot", of_shown: true, check };

/// How the catalogue calls certificates of land.
const CERTIFICATE: &str = "giay-chung-nhan-qsdd";

/// A plot by its number and that of its map.
type Plot = (String, String);

fn check(held: &Held<'_>) -> Option<Defect> {
    let of_land = held.piece.kind.as_ref().is_some_and(|(kind, _)| kind == CERTIFICATE);
    if !of_land || !held.piece.is_clear() {
        return None;
    }
    let own = plots(&held.piece.all);
    let forms = held.others.iter().filter(|piece| asks(piece));
    let wanted: Vec<Plot> = forms.flat_map(|piece: &&Piece| plots(&piece.all)).collect();
    if own.is_empty() || wanted.is_empty() || own.iter().any(|plot| wanted.contains(plot)) {
        return None;
    }
    let noted =
        held.notes.iter().flat_map(|(about, says)| plots(&words(&format!("{about}: {says}"))));
    let sure = noted.into_iter().any(|plot| wanted.contains(&plot));
    let name = |plots: &[Plot]| {
        let named = plots.first().map(|(plot, map)| format!("thửa {plot}, tờ bản đồ {map}"));
        named.unwrap_or_default()
    };
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty: if sure { Certainty::Certain } else { Certainty::Undecided },
        message: format!(
            "{}: là của {}, đơn xin cho {}.",
            held.need.requirement.name,
            name(&own),
            name(&wanted)
        ),
        fix: "Nộp giấy tờ của đúng thửa đất, hoặc giải trình nếu thửa đã được đánh số lại."
            .to_owned(),
        lines: Vec::new(),
    })
}

/// "Thửa đất số: 96; tờ bản đồ số: 24" and "Lô đất số 96 tờ bản đồ số 24".
fn plots(text: &[String]) -> Vec<Plot> {
    let is = |at: usize, phrase: &[&str]| {
        phrase.iter().enumerate().all(|(step, word)| {
            text.get(at.saturating_add(step)).is_some_and(|other| other == word)
        })
    };
    // The number stands right after the words, or after "số".
    let number = |at: usize| {
        let skip = usize::from(text.get(at).is_some_and(|word| word == "so"));
        let word = text.get(at.saturating_add(skip))?;
        let plain = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| word.trim_start_matches('0').to_owned())
    };
    let mut plots = Vec::new();
    for at in 0..text.len() {
        let after = match () {
            () if is(at, &["thua", "dat"]) || is(at, &["lo", "dat"]) => at.saturating_add(2),
            () if is(at, &["thua", "so"]) => at.saturating_add(1),
            () => continue,
        };
        let Some(plot) = number(after) else { continue };
        let map = (after..after.saturating_add(8)).find(|at| is(*at, &["to", "ban", "do"]));
        if let Some(map) = map.and_then(|map| number(map.saturating_add(3))) {
            plots.push((plot, map));
        }
    }
    plots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plots_are_read_however_they_are_put() {
        let read = |text: &str| plots(&words(text));
        let plot = |plot: &str, map: &str| vec![(plot.to_owned(), map.to_owned())];
        assert_eq!(read("a) Thửa đất số: 96; tờ bản đồ số: 24"), plot("96", "24"));
        assert_eq!(read("Lô đất số: 069, tờ bản đồ số 24 Diện tích"), plot("69", "24"));
        assert_eq!(read("quyền sử dụng thửa đất 77 tờ bản đồ 9"), plot("77", "9"));
        assert!(read("Sơ đồ thửa đất, nhà ở").is_empty());
    }
}
