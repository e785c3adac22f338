//! **unread-part**: a paper was told by its title, and what it says of anybody could not be made out.
//!
//! *Why it matters.* A certified copy of which only title and stamp can be read may be anybody's; a report of which
//! the page with the confirmations is a white glare may lack them.
//!
//! *Legal basis.* None needed: nothing is held against the applicant.
//!
//! *Fails.* A picture of a certificate on which neither a name nor a number was read; a page of a scan of which seven
//! words were; a page with rows of writing blurred past reading.
//! *Passes.* A paper with text of its own; a short page that was read well.

use motcua_domain::{FindingKind, Legibility};

use crate::{
    defect::{Certainty, Defect},
    people::people,
    rules::rule::{Held, PaperRule},
    sheet::Sheet,
    words::words,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "unread-part", of_shown: true, check };

/// A page with fewer words was not read.
const FEW: usize = 12;
/// A paper with fewer words on a page that names nobody was read in part.
const SHORT: usize = 90;

fn check(held: &Held<'_>) -> Option<Defect> {
    let piece = held.piece;
    let scanned = piece.lines_with_certainty().any(|(_, sure)| !sure);
    if !scanned {
        return None;
    }
    let count = |sheet: &Sheet| words(&sheet.lines.join(" ")).len();
    let glare = |sheet: &&Sheet| sheet.legibility == Legibility::Poor && count(sheet) < FEW;
    let blurred = piece.sheets.iter().any(|sheet| sheet.smeared);
    let unread = piece.sheets.len() > 1 && piece.sheets.iter().any(|sheet| glare(&sheet));
    let read = people(piece);
    // A laboratory's table of markers says nothing of anybody.
    let tabular = piece.is_of("ket-qua-giam-dinh");
    let is_said = |word: &&String| !(tabular && word.contains(|c: char| c.is_ascii_digit()));
    let said = piece.all.iter().filter(is_said).count();
    let short = said < SHORT * piece.sheets.len().max(1);
    let nobody = read.names.is_empty() && read.numbers.is_empty() && short;
    (blurred || unread || nobody).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::Illegible,
        certainty: Certainty::Unread,
        message: format!("{}: có phần nội dung không đọc được.", held.need.requirement.name),
        fix: "Xem bản giấy, hoặc chụp lại cho rõ: đủ sáng, thẳng, không mất góc.".to_owned(),
        lines: Vec::new(),
    })
}
