//! **unfilled-form**: a form was handed in blank, or nobody signed it.
//!
//! *Why it matters.* A blank form asks for nothing and states nothing: it is as if it were not there. What is
//! not signed nobody vouches for. A place to sign counts as empty only where neither a signature nor a name stands
//! in it: a faint signature has the name beside it. A paper of which only the title is there says nothing.
//!
//! *Legal basis.* The procedure's own form, which is to be filled in.
//!
//! *Fails.* A form printed from the portal, every field still dotted; a draft contract that names nobody; a title alone.
//! *Passes.* A form with some fields left empty: not everything concerns everybody.

use motcua_domain::{FindingKind, Presence};

use crate::{
    dates::dates,
    defect::{Certainty, Defect, UNFILLED_FORM},
    people::people,
    reading,
    rules::rule::{Held, PaperRule},
    sheet::is_motto,
    words::{phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: UNFILLED_FORM, of_shown: false, check };

/// So many fields must be seen before anything is said.
const FIELDS: usize = 5;
/// So many dotted fields beside some that are filled in are no small remainder.
const HARDLY: usize = 6;
/// So many where not one is filled in, not even for whom the form is: its others may stand in a table.
const UNWRITTEN: usize = 3;
/// A form has so many lines; what has fewer was not read, or is none.
const LINES: usize = 12;

/// Whether a line tells where the form comes from, or goes on from one that does: its days are nobody's.
fn is_of_form(line: &str) -> bool {
    let line = phrase(line);
    [
        "ban hanh",
        "kem theo",
        "thong tu",
        "nghi dinh",
        "quyet dinh",
        "cua chinh phu",
        "cua bo truong",
    ]
    .iter()
    .any(|words| line.contains(words))
}

fn check(held: &Held<'_>) -> Option<Defect> {
    if !held.piece.is_clear() {
        return faint(held);
    }
    if is_bare(held) {
        return Some(bare(held));
    }
    let is_form = is_form(held);
    if !(is_form || is_agreement(held)) {
        return None;
    }
    // An agreement is signed in front of whoever certifies it.
    let unsigned = is_form && held.piece.signature() == Presence::Absent;
    let name = &held.paper.name;
    let (certainty, message, fix, lines) = match (blank(held, is_form), unsigned) {
        (Some(certainty), _) => (
            certainty,
            format!("{name} còn để trống, chưa điền."),
            "Điền đủ các mục, ký và ghi rõ họ tên rồi nộp lại.",
            reading::blank_lines(held.piece),
        ),
        (None, true) => (
            Certainty::Certain,
            format!("{name} chưa ký: chỗ ký tên còn trống."),
            "Ký, ghi rõ họ tên rồi nộp lại.",
            Vec::new(),
        ),
        (None, false) => return None,
    };
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty,
        message,
        fix: fix.to_owned(),
        lines,
    })
}

/// Whether a form or an agreement is blank, and how sure that is.
fn blank(held: &Held<'_>, is_form: bool) -> Option<Certainty> {
    let fields = reading::fields(held.piece.lines());
    // The clauses of an agreement are printed, and look filled in where the parties are not.
    let few_filled = if is_form {
        fields.blank >= fields.filled.saturating_mul(6)
    } else {
        people(held.piece).is_nobody()
    };
    let dotted = fields.blank >= FIELDS && few_filled;
    if is_form && dotted {
        return Some(Certainty::Certain);
    }
    if dotted {
        // What was written by hand may not have been read on a picture.
        return Some(if is_text(held) { Certainty::Certain } else { Certainty::Undecided });
    }
    // Whoever fills in a form says who they are and when: where neither stands, only the form's own words do. But a
    // name may stand in a table or be nobody's we know; only fields that are still dotted, or that nobody has written
    // anything into where no writing can be misread, make it sure.
    let official = phrase(&held.paper.name).starts_with("van ban");
    let says_little = fields.filled < FIELDS && held.piece.lines().count() >= LINES;
    let nobodys = is_form && !official && says_little && is_nobodys(held);
    let mostly_dotted = fields.blank >= FIELDS && fields.blank >= fields.filled.saturating_mul(2);
    let unwritten = fields.blank.saturating_add(fields.empty);
    let bare = is_text(held) && fields.filled == 0 && unwritten >= UNWRITTEN;
    let is_sure = mostly_dotted || bare;
    if nobodys {
        return Some(if is_sure { Certainty::Certain } else { Certainty::Undecided });
    }
    // A name and a signature alone tell nobody what is asked for.
    let little = fields.blank >= HARDLY && fields.filled <= 3 && mostly_dotted;
    let hardly_filled = is_form && is_text(held) && little;
    hardly_filled.then_some(Certainty::Undecided)
}

/// Whether every line is as it was written, and not as a picture was read.
fn is_text(held: &Held<'_>) -> bool {
    held.piece.lines_with_certainty().all(|(_, sure)| sure)
}

/// Whether a paper names nobody, bears no number of anybody's and no day but those of the form itself.
fn is_nobodys(held: &Held<'_>) -> bool {
    let mut before = false;
    let is_forms = |line: &str| {
        let own = is_of_form(line);
        own | std::mem::replace(&mut before, own)
    };
    let of_form: Vec<bool> = held.piece.lines().map(is_forms).collect();
    people(held.piece).is_nobody()
        && held.piece.lines().zip(of_form).all(|(line, of_form)| of_form || dates(line).is_empty())
}

/// Whether nothing but a title is there, of a paper that says what it says in words.
fn is_bare(held: &Held<'_>) -> bool {
    let name = phrase(&held.paper.name);
    let is_drawn = ["ban ve", "so do", "ban do", "anh "].iter().any(|word| name.contains(word));
    let titles = held.piece.title_lines().len();
    // The motto stands over every form, and whom it is for above what it says.
    let says = |line: &&str| !is_motto(&words(line)) && !phrase(line).starts_with("kinh gui");
    let said = held.piece.lines().filter(says).count();
    !is_drawn && said <= titles && is_text(held) && is_nobodys(held)
}

fn bare(held: &Held<'_>) -> Defect {
    Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty: Certainty::Undecided,
        message: format!("{}: chỉ thấy tiêu đề, không thấy nội dung nào.", held.paper.name),
        fix: "Xem bản giấy; nếu đúng là trống thì yêu cầu nộp bản đã có nội dung.".to_owned(),
        lines: held.piece.title_lines(),
    }
}

/// A form that was read poorly, and of nothing but its own words: whether it is blank, a person sees.
fn faint(held: &Held<'_>) -> Option<Defect> {
    let lines = held.piece.lines().count();
    (is_form(held) && lines >= LINES && is_nobodys(held)).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty: Certainty::Undecided,
        message: format!("{}: hình mờ, không thấy mục nào đã điền.", held.paper.name),
        fix: "Xem bản giấy; nếu còn trống thì yêu cầu điền, ký rồi nộp lại.".to_owned(),
        lines: Vec::new(),
    })
}

/// Whether it is what people agree on or authorise somebody by, in words that are often printed beforehand.
fn is_agreement(held: &Held<'_>) -> bool {
    let name = phrase(&held.paper.name);
    ["hop dong", "giao dich", "uy quyen", "thoa thuan"].iter().any(|words| name.contains(words))
}

/// Whether the paper is a form to be filled in.
pub(crate) fn is_form(held: &Held<'_>) -> bool {
    let name = phrase(&held.paper.name);
    held.paper.form.is_some()
        || [
            "to khai",
            "don ",
            "giay de nghi",
            "phieu",
            "ban khai",
            "van ban de nghi",
            "van ban dang ky",
            "thong bao ",
            "dang ky ",
            "ban cam ket",
            "giay cam doan",
        ]
        .iter()
        .any(|start| name.starts_with(start))
}
