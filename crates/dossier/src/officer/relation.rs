//! How people are related, as far as notes and answers say so.

use motcua_domain::CaseAnswer;

use crate::words::phrase;

/// Whether somebody is kin to the other, as far as words say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Kin,
    Stranger,
}

/// "Con gái", "em trai", "ủy quyền cho vợ": kin of whoever is spoken of.
fn is_close_kin(folded: &str) -> bool {
    let named = ["con trai", "con gai", "con de", "em trai", "em gai", "anh trai", "chi gai"];
    let given = ["vo", "chong", "con", "cha", "bo", "me", "me de", "cha de", "bo de"];
    named.iter().any(|kin| folded.contains(&format!(" {kin} ")))
        || given.iter().any(|kin| {
            let to = |verb: &str| folded.ends_with(&format!(" {verb} {kin} "));
            to("cho") || to("nho") || folded.contains(&format!(" {kin} cua nguoi uy quyen "))
        })
}

/// Answers that do not contradict how the note says people are related.
pub(super) fn of_relation<'a>(
    answers: impl Iterator<Item = &'a CaseAnswer>,
    note: &str,
) -> Vec<&'a CaseAnswer> {
    let note = relation(note);
    let fits = |answer: &&CaseAnswer| {
        let answer = relation(&answer.label);
        note.is_none() || answer.is_none() || answer == note
    };
    answers.filter(fits).collect()
}

fn relation(text: &str) -> Option<Relation> {
    let folded = format!(" {} ", phrase(text));
    let has = |any: &[&str]| any.iter().any(|phrase| folded.contains(&format!(" {phrase} ")));
    // Whose letter must be attested: they are not among those whom the law exempts.
    let distant = ["co", "chu", "bac", "cau", "di", "mo", "thim", "duong"];
    if distant.iter().any(|kin| folded.contains(&format!(" {kin} ruot "))) {
        return Some(Relation::Stranger);
    }
    let by_marriage = ["em re", "anh re", "con re", "con dau", "chi dau", "em dau"];
    let by_name = ["anh ho", "chi ho", "em ho", "chau ho"];
    // "Con dâu của người mất, được chồng ủy quyền": whom one is sent by counts.
    let sent_by_close =
        has(&["duoc chong", "duoc vo", "duoc cha", "duoc me", "duoc bo", "duoc con"]);
    if !sent_by_close && (has(&by_marriage) || has(&by_name)) {
        return Some(Relation::Stranger);
    }
    if has(&["khong phai nguoi than", "khong phai than nhan", "khong than thich"])
        || has(&["khong co quan he", "nguoi ngoai", "hang xom", "nguoi quen"])
        || has(&["dong nghiep", "luat su", "ban be"])
    {
        return Some(Relation::Stranger);
    }
    // "Ông", "bà", "anh", "chị" alone are how anybody is addressed.
    let kin = ["ong", "ba", "cha", "me", "con", "vo", "chong", "anh", "chi", "em"];
    let listed = kin.iter().filter(|word| folded.contains(&format!(" {word} "))).count();
    if has(&["ruot", "nguoi than", "than thich", "than nhan"])
        || listed >= 4
        || is_close_kin(&folded)
    {
        return Some(Relation::Kin);
    }
    has(&["nguoi khac"]).then_some(Relation::Stranger)
}

/// Whether the notes say that whoever comes in another's place is no kin of theirs.
pub(crate) fn sends_a_stranger(notes: &[(String, String)]) -> bool {
    notes.iter().any(|(about, says)| {
        let note = phrase(&format!("{about} {says}"));
        let of_the_sent = ["uy quyen", "nguoi di", "nguoi nop", "quan he"];
        relation(&format!("{about}, {says}")) == Some(Relation::Stranger)
            && of_the_sent.iter().any(|words| note.contains(words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_by_marriage_are_not_exempt_unless_close_kin_sent_them() {
        let is = |text: &str| relation(text).map(|relation| relation == Relation::Stranger);
        assert_eq!(is("em rể của người yêu cầu (chồng cô em gái)"), Some(true));
        assert_eq!(is("cháu họ đi thay"), Some(true));
        assert_eq!(is("con dâu người mất, được chồng ủy quyền cho vợ"), Some(false));
        assert_eq!(is("em gái ruột"), Some(false));
    }
}
