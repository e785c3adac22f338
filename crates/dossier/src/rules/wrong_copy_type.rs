//! **wrong-copy-type**: the paper is there, but not in the form that is asked for: a plain copy where a
//! certified one or the original is due, or a paper without the attestation it needs.
//!
//! *Why it matters.* An unattested authorisation or contract has no force for the counter, and a plain
//! copy proves nothing; but whether a scan shows an original cannot be seen, so only marks on a paper that
//! was read well, or the officer's own words, are held against anybody.
//!
//! *Legal basis.* The procedure's own list; on copies Nghị định 23/2015/NĐ-CP, by which a counter also takes
//! a plain copy when the original is shown with it.
//!
//! *Fails.* "Văn bản ủy quyền (được chứng thực)" is due, and the handed-in page ends with two signatures. A copy that a
//! company stamped "sao y bản chính": only an office that may attest makes it a certified one.
//! *Passes.* A plain copy, where the officer noted that the original was shown to compare.

use motcua_domain::{CopyType, FindingKind, Truth};

use crate::{
    defect::{Certainty, Defect},
    officer::{Declaration, DeclaredCopy, sends_a_stranger},
    piece::Piece,
    reading::{Marks, copy_lines, marks},
    rules::rule::{Held, PaperRule},
    words::phrase,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "wrong-copy-type", of_shown: false, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    let marks = marks(held.piece);
    let said = held.need.said.as_ref();
    if let Some(attestation) = attestation(&held.paper.name, held.paper.copy_type) {
        return unattested(held, marks, attestation);
    }
    let said_copy = said.and_then(|said| said.copy);
    let compared = said.is_some_and(|said| said.shown == Some(true));
    // A draft is signed at the counter, and has no original.
    let is_draft = held.paper.document.as_deref() == Some("du-thao-giao-dich");
    let is_picture = phrase(&held.paper.name).contains("ban chup");
    let hidden = said.is_some_and(|said| said.shown == Some(false));
    let verdict = match held.paper.copy_type {
        CopyType::CertifiedCopy => certified_copy(marks, said_copy, compared),
        CopyType::Original => original(marks, said_copy),
        CopyType::PlainCopy if with_original(&held.paper.name) => {
            uncompared(marks, said_copy, said)
        }
        CopyType::OriginalOrCopy if names_certified_copy(&held.paper.name) => {
            certified_copy(marks, said_copy, compared).filter(|certain| *certain)
        }
        // The paper itself is meant, or a copy that is held against it. Whoever notes that a copy came without it leaves
        // it to a person.
        CopyType::Unspecified | CopyType::OriginalOrCopy | CopyType::Electronic
            if said_copy == Some(DeclaredCopy::Plain) && hidden && !is_draft && !is_picture =>
        {
            Some(false)
        }
        _ => None,
    };
    let certain = verdict?;
    let wanted = match held.paper.copy_type {
        CopyType::OriginalOrCopy if names_certified_copy(&held.paper.name) => {
            "bản chính hoặc bản sao có chứng thực"
        }
        CopyType::Unspecified | CopyType::OriginalOrCopy | CopyType::Electronic => {
            CopyType::Original.vietnamese()
        }
        stated => stated.vietnamese(),
    };
    let message = if certain {
        format!("{}: phải là {wanted}; bản nộp không phải.", held.paper.name)
    } else {
        format!("{}: phải là {wanted}; chưa thấy rõ trên bản nộp.", held.paper.name)
    };
    Some(defect(
        held,
        certain,
        (message, format!("Nộp {wanted}, hoặc mang bản chính đến để đối chiếu.")),
    ))
}

fn defect(held: &Held<'_>, certain: bool, (message, fix): (String, String)) -> Defect {
    let certainty = match certain {
        true => Certainty::Certain,
        false if unread_beside(held) => Certainty::Unread,
        false => Certainty::doubt(held.piece),
    };
    let lines = copy_lines(held.piece);
    Defect { rule: RULE.name, kind: FindingKind::WrongCopyType, certainty, message, fix, lines }
}

/// `Some(true)`: certainly no certified copy; `Some(false)`: it cannot be seen.
fn certified_copy(marks: Marks, said: Option<DeclaredCopy>, compared: bool) -> Option<bool> {
    if marks.certified_copy == Truth::True || compared {
        return None;
    }
    match said {
        Some(DeclaredCopy::Certified | DeclaredCopy::Original) => None,
        Some(DeclaredCopy::Plain) => Some(true),
        // Without a stamp it may be the original itself, and whose stamp it is may be unread: a person must look.
        None => Some(marks.copy == Truth::True && marks.certified_copy == Truth::False),
    }
}

/// A copy that counts only beside the original: whether that was not shown, or is not known.
fn uncompared(
    marks: Marks,
    copy: Option<DeclaredCopy>,
    said: Option<&Declaration>,
) -> Option<bool> {
    let shown = said.is_some_and(|said| said.shown == Some(true));
    let plain = copy == Some(DeclaredCopy::Plain)
        || (copy.is_none() && marks.copy == Truth::True && marks.certified_copy != Truth::True);
    if shown || !plain {
        return None;
    }
    Some(said.is_some_and(|said| said.shown == Some(false)))
}

/// "… kèm bản chính để đối chiếu".
fn with_original(name: &str) -> bool {
    let name = phrase(name);
    name.contains("doi chieu") && ["ban chinh", "ban goc"].iter().any(|words| name.contains(words))
}

fn original(marks: Marks, said: Option<DeclaredCopy>) -> Option<bool> {
    let stamped = marks.copy == Truth::True || marks.certified_copy == Truth::True;
    match said {
        Some(DeclaredCopy::Original) => None,
        Some(DeclaredCopy::Plain | DeclaredCopy::Certified) => Some(true),
        // Extracts are issued as copies, so a stamp alone does not decide it.
        None => stamped.then_some(false),
    }
}

/// How a paper itself, not a copy of it, must be attested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attestation {
    /// Whoever hands it in.
    Always,
    /// Except for some, as kin who are authorised.
    ExceptSome,
}

fn unattested(held: &Held<'_>, marks: Marks, due: Attestation) -> Option<Defect> {
    let said_copy = held.need.said.as_ref().and_then(|said| said.copy);
    if marks.attested == Truth::True || said_copy == Some(DeclaredCopy::Certified) {
        return None;
    }
    let due_here = due == Attestation::Always || sends_a_stranger(held.notes);
    let name = &held.need.requirement.name;
    let (certain, message) = if marks.attested != Truth::False {
        let unread = "phải được công chứng hoặc chứng thực; chưa đọc rõ lời chứng trên bản nộp";
        (false, format!("{name}: {unread}."))
    } else if due_here && unread_beside(held) {
        let unread = "phải được công chứng hoặc chứng thực; trang sau của tệp không đọc được";
        (false, format!("{name}: {unread}."))
    } else if due_here {
        let none = "phải được công chứng hoặc chứng thực; bản nộp không có lời chứng";
        (true, format!("{name}: {none}."))
    } else {
        let unsure = "bản nộp không có lời chứng; xem người này có được miễn chứng thực không";
        (false, format!("{name}: {unsure}."))
    };
    let fix = "Nộp bản đã được công chứng hoặc chứng thực.".to_owned();
    Some(defect(held, certain, (message, fix)))
}

/// Whether a page of the same file could not be read: the attestation comes last.
fn unread_beside(held: &Held<'_>) -> bool {
    let files = |piece: &Piece| piece.parts().into_iter().map(|(file, _)| file).collect::<Vec<_>>();
    let own = files(held.piece);
    let unread = held.unclear.iter().filter(|piece| piece.is_illegible());
    unread.flat_map(|piece| files(piece)).any(|file| own.contains(&file))
}

fn attestation(name: &str, copy_type: CopyType) -> Option<Attestation> {
    if matches!(copy_type, CopyType::CertifiedCopy | CopyType::Electronic)
        || names_certified_copy(name)
    {
        return None;
    }
    let name = format!(" {} ", phrase(name));
    let asked = [
        "duoc cong chung",
        "duoc chung thuc",
        "co cong chung",
        "co chung thuc",
        "da cong chung",
        "da chung thuc",
    ]
    .iter()
    .any(|words| name.contains(&format!(" {words} ")));
    let excused = ["khong phai", "khong can", "khong yeu cau"].iter().any(|words| {
        name.contains(&format!(" {words} cong chung"))
            || name.contains(&format!(" {words} chung thuc"))
    });
    match (asked, excused) {
        (false, _) => None,
        (true, false) => Some(Attestation::Always),
        (true, true) => Some(Attestation::ExceptSome),
    }
}

/// "Bản sao có chứng thực …": the copy is certified, not the paper attested.
fn names_certified_copy(name: &str) -> bool {
    let name = phrase(name);
    [
        "ban sao co chung thuc",
        "ban sao duoc chung thuc",
        "ban sao chung thuc",
        "ban sao dien tu duoc chung thuc",
        "ban sao co cong chung",
    ]
    .iter()
    .any(|words| name.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_an_attested_paper_from_a_certified_copy() {
        let needs = |name| attestation(name, CopyType::Original).is_some();
        assert!(needs("Văn bản ủy quyền (được chứng thực)"));
        assert!(needs("Hợp đồng thuê nhà được công chứng hoặc chứng thực"));
        assert!(!needs("Văn bản ủy quyền (không phải chứng thực)"));
        assert!(!needs("Bản sao có chứng thực giấy khai sinh"));
        assert!(!needs("Giấy chứng sinh"));
    }
}
