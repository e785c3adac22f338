//! **wrong-person**: nobody named on the paper is named on any other paper of the dossier.
//!
//! *Why it matters.* A paper about somebody else proves nothing here, and is easily handed over by mistake.
//! Names are read by machine and people act for each other, so a name alone never accuses: a person looks. Only
//! where names and personal numbers were read on both sides, and neither a name nor a number is shared with any
//! paper of the dossier, does the paper not count.
//!
//! *Legal basis.* None needed for what an officer is to look at; else the row that asks for the paper.
//!
//! *Fails.* A birth certificate of the hospital for another mother than the one in the form; the card of whoever
//! was authorised where that of whoever authorised is asked for; a report on the achievements of somebody whom no
//! other paper of the proposal names; a brother's certificate of another plot. One letter of a name and two digits of a number apart is a doubt.
//! *Passes.* Any paper that shares one name or personal number with another one; a paper without names.

use jiff::civil::Date;
use motcua_domain::{FindingKind, Handover};

use crate::{
    defect::{Certainty, Defect},
    people::{
        Identified, People, Stated, born_below, identified, named_on, people, stated, subjects,
    },
    piece::Piece,
    rules::other_thing::is_another_certificate,
    rules::rule::{Held, PaperRule},
    rules::unfilled_form::is_form,
    words::{likeness, phrase},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "wrong-person", of_shown: true, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    let of_asker = OF_ASKER.iter().any(|words| phrase(&held.paper.name).contains(words));
    // A poor picture may have lost the name that counts; where it must be of one person, its number will do.
    if is_form(held) || !(of_asker || held.piece.is_clear()) {
        return None;
    }
    let own = people(held.piece);
    let others: Vec<(&Piece, &People)> =
        held.others.iter().map(|piece| (*piece, people(piece))).collect();
    // A proposal has no form, and each of its papers names whom it is for.
    let of_proposal = held.piece.is_of("bao-cao-thanh-tich") && !others.is_empty();
    if let Some(defect) = stranger(held, &others).filter(|_| of_proposal && held.piece.is_clear()) {
        return Some(defect);
    }
    // The form names everybody concerned; without it there is nothing to hold a paper against.
    let forms = || others.iter().filter(|(piece, people)| piece.asks() && !people.is_nobody());
    if own.names.is_empty() || forms().next().is_none() {
        return of_nobody_numbered(held, own);
    }
    if held.piece.is_clear() && is_of_sibling(held.piece, &subjects(held.piece), &others) {
        return Some(of_somebody_else(held, Certainty::Certain));
    }
    // Whoever is named here is named there, or the other way round: a witness names the mother in running text.
    let namesake = others.iter().any(|(piece, _)| piece.asks() && is_namesake(held.piece, piece));
    let same = |piece: &Piece, people: &People| {
        let numbered = !own.numbers.is_empty() && !people.numbers.is_empty();
        // Of one person it must be: "Bùi Thị Miền", misread in the given name, looks like her niece Bùi Diệu Hiền.
        if namesake || of_asker && numbered && !own.names.iter().any(|name| stands_on(piece, name))
        {
            let exact = own.numbers.iter().any(|number| people.numbers.contains(number));
            let near = own.numbers.iter().any(|number| is_number_of(number, people));
            return exact || near && !namesake && own.share_someone(&piece.all, &People::default());
        }
        own.share_someone(&piece.all, people)
            || (!of_asker && people.share_someone(&held.piece.all, own))
    };
    let known = others
        .iter()
        .filter(|(piece, _)| !of_asker || piece.asks())
        .any(|(piece, people)| same(piece, people));
    if known {
        return stranger(held, &others).filter(|_| held.piece.is_clear());
    }
    // Neither a name nor a number in common, both read: that is no misreading.
    let numbered = !own.numbers.is_empty() && forms().any(|(_, people)| !people.numbers.is_empty());
    let submitted = held.need.requirement.handover == Handover::Submit;
    if !held.piece.is_clear() && !numbered {
        return None;
    }
    let here = identified(held.piece);
    let mut identified_there = others.iter().flat_map(|(piece, _)| identified(piece));
    let misread = identified_there.any(|other| here.iter().any(|one| is_misread(one, other)));
    // Neither the holder, nor the plot, nor the number of the certificate that the form names.
    let of_another_thing = held.piece.is_clear() && is_another_certificate(held);
    // It is another's beyond doubt: name and number are those of somebody the other papers name, and not the one.
    let of_another = || of_asker && others.iter().any(|(piece, people)| is_of(own, piece, people));
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty: if submitted
            && !own.more
            && (of_another_thing
                || (numbered && !misread && (held.piece.is_clear() || of_another())))
        {
            Certainty::Certain
        } else {
            Certainty::Undecided
        },
        message: format!(
            "{}: người ghi trên giấy tờ không thấy có tên trong {}.",
            held.need.requirement.name,
            if of_asker {
                "tờ khai, đơn đề nghị"
            } else {
                "các giấy tờ khác của hồ sơ"
            }
        ),
        fix: "Nộp giấy tờ của đúng người trong hồ sơ, hoặc giải trình nếu có lý do khác."
            .to_owned(),
        lines: named_on(held.piece),
    })
}

/// Beside a form in handwriting that could not be read but for its numbers: a paper of which neither number nor name is
/// anybody's in the dossier is looked at by a person.
fn of_nobody_numbered(held: &Held<'_>, own: &People) -> Option<Defect> {
    let all: Vec<&Piece> = held.others.iter().chain(held.unclear).copied().collect();
    let nobody = People::default();
    let has_form =
        held.unclear.iter().any(|piece| piece.asks() && !people(piece).numbers.is_empty());
    let numbered = own
        .numbers
        .iter()
        .any(|number| all.iter().any(|piece| is_number_of(number, people(piece))));
    let named = all.iter().any(|piece| own.share_someone(&piece.all, &nobody));
    let of_nobody = has_form && !own.numbers.is_empty() && !numbered && !named;
    (of_nobody && held.piece.is_clear()).then(|| of_somebody_else(held, Certainty::Undecided))
}

/// Whether a number is one of theirs, two digits at most misread.
fn is_number_of(number: &str, people: &People) -> bool {
    let apart = |other: &str| number.chars().zip(other.chars()).filter(|(a, b)| a != b).count();
    people.numbers.iter().any(|other| apart(other) <= 2)
}

/// Whether both name and number are found there, to the letter.
fn is_of(own: &People, piece: &Piece, people: &People) -> bool {
    let nobody = People::default();
    own.numbers.iter().any(|number| people.numbers.contains(number))
        && own.share_someone(&piece.all, &nobody)
}

/// Whether the two papers name people of one name, or of two that look alike, whom number and year of birth tell apart,
/// and nobody else in common. A father and a son whose names look alike are both named on one of them.
fn is_namesake(own: &Piece, other: &Piece) -> bool {
    let (here, there) = (identified(own), identified(other));
    let apart = |a: &Identified, b: &Identified| {
        let both = a.name != b.name && (stands_on(own, &b.name) || stands_on(other, &a.name));
        are_alike(a, b) && a.year != b.year && !both
    };
    let pairs = || here.iter().flat_map(|a| there.iter().map(move |b| (a, b)));
    pairs().any(|(a, b)| apart(a, b)) && !pairs().any(|(a, b)| a.number == b.number)
}

/// How lists ask for a paper of whoever asks for the procedure, and of nobody who comes in their place.
const OF_ASKER: &[&str] = &["cua nguoi uy quyen", "cua chu ho kinh doanh"];

/// A contract of the right landlord with another tenant, a finding about another child of the right father: a
/// person looks, as people act for each other and names are misread.
fn stranger(held: &Held<'_>, others: &[(&Piece, &People)]) -> Option<Defect> {
    let mut subjects = subjects(held.piece);
    // A name that was broken at the end of a line.
    let all = subjects.clone();
    let broken = |name: &Vec<String>| {
        all.iter().any(|(whole, _)| whole.len() > name.len() && whole.starts_with(name))
    };
    subjects.retain(|(name, _)| !broken(name));
    let nobody = People::default();
    let own = identified(held.piece);
    let is_known = |name: &Vec<String>| {
        let subject = People { names: vec![name.clone()], ..People::default() };
        let named = |piece: &Piece| subject.share_someone(&piece.all, &nobody);
        let known = others.iter().any(|(piece, _)| named(piece));
        let to_the_letter = others.iter().any(|(piece, _)| stands_on(piece, name));
        let lookalike = || own.iter().any(|one| one.name == *name && is_lookalike(one, others));
        known && (to_the_letter || !lookalike())
    };
    let lines = subjects.iter().map(|(_, line)| *line).collect();
    // A number that the birthday beside it bears out, and that nobody else has, is no misreading.
    let numbers: Vec<&String> = others.iter().flat_map(|(_, people)| &people.numbers).collect();
    let is_another = |one: &Identified| {
        subjects.iter().any(|(name, _)| *name == one.name)
            && !numbers.contains(&&one.number)
            && !others.iter().any(|(piece, _)| identified(piece).iter().any(|o| is_misread(one, o)))
            && (!authorises(held.piece) || others.iter().any(|(piece, _)| has_kin(one, piece)))
    };
    let another = own.iter().any(is_another);
    if authorises(held.piece) && !another {
        return None;
    }
    let submitted = held.need.requirement.handover == Handover::Submit;
    let of_stranger = || submitted && is_of_stranger(held.piece, &subjects, others);
    let sure = (submitted && !numbers.is_empty() && another) || of_stranger();
    let certainty = if sure { Certainty::Certain } else { Certainty::Undecided };
    (!subjects.is_empty() && !subjects.iter().any(|(name, _)| is_known(name)))
        .then(|| Defect { lines, ..of_somebody_else(held, certainty) })
}

/// Whom a paper speaks of is nobody whom the others name.
fn of_somebody_else(held: &Held<'_>, certainty: Certainty) -> Defect {
    Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty,
        message: format!(
            "{}: người được nói đến trên giấy tờ (bên thuê, bên nhận, bên ủy quyền, người có thành tích, cháu, con) không thấy có tên \
             trong các giấy tờ khác của hồ sơ.",
            held.need.requirement.name
        ),
        fix: "Nộp giấy tờ của đúng người trong hồ sơ, hoặc giải trình nếu có lý do khác."
            .to_owned(),
        lines: subjects(held.piece).iter().map(|(_, line)| *line).collect(),
    }
}

/// Whether the others name nobody of this number, but one of a name that looks alike and born in another year.
fn is_lookalike(one: &Identified, others: &[(&Piece, &People)]) -> bool {
    let same = others.iter().any(|(_, people)| people.numbers.contains(&one.number));
    let all = || others.iter().flat_map(|(piece, _)| identified(piece));
    !same && all().any(|other| are_alike(one, other) && one.year != other.year)
}

/// Whether a name stands on a paper to the letter.
fn stands_on(piece: &Piece, name: &[String]) -> bool {
    piece.all.windows(name.len()).any(|run| run == name)
}

fn are_alike(a: &Identified, b: &Identified) -> bool {
    let mut syllables = a.name.iter().zip(&b.name);
    a.name.len() == b.name.len() && syllables.all(|(a, b)| likeness(a, b) > 0.0)
}

/// Whether two are so nearly the same, one letter of the name and at most two digits apart, that a picture was rather
/// misread in both than shows somebody else.
fn is_misread(a: &Identified, b: &Identified) -> bool {
    let apart = |a: &str, b: &str| a.chars().zip(b.chars()).filter(|(a, b)| a != b).count();
    let lengths = |one: &Identified| -> Vec<usize> { one.name.iter().map(String::len).collect() };
    let letters = a.name.iter().zip(&b.name).map(|(a, b)| apart(a, b)).sum::<usize>();
    lengths(a) == lengths(b) && letters <= 1 && apart(&a.number, &b.number) <= 2
}

/// A letter by somebody whom no form names may be right, as kin ask for kin; one by whoever bears all of an applicant's
/// name but the last, and another number, is a sister's.
fn has_kin(one: &Identified, piece: &Piece) -> bool {
    let family = |name: &[String]| name.split_last().map(|(_, family)| family.to_vec());
    piece.asks()
        && one.name.len() >= 3
        && identified(piece).iter().any(|other| family(&other.name) == family(&one.name))
}

/// Whether a birth certificate is that of a brother or sister of whom a form names: the family's name before another
/// name, and day, month or year of birth apart in two of three at least; in all three where the names look alike, as
/// "Khôi" and "Khải". No misreading makes all that.
fn is_of_sibling(
    piece: &Piece,
    subjects: &[(Vec<String>, usize)],
    others: &[(&Piece, &People)],
) -> bool {
    let forms = others.iter().filter(|(piece, _)| piece.asks());
    let concerned: Vec<Stated> = forms.flat_map(|(piece, _)| stated(piece)).collect();
    // A chain of kin may be proved by several certificates.
    let only = !others.iter().any(|(piece, _)| piece.is_of("giay-khai-sinh"));
    // Whoever is named on the certificate is a parent, and whoever is named on the form is concerned.
    let on_form = |name: &[String]| concerned.iter().any(|one| one.name == name);
    let is_sibling = |name: &[String], born: Date, other: &Stated| {
        let (Some((given, family)), Some((other_given, other_family))) =
            (name.split_last(), other.name.split_last())
        else {
            return false;
        };
        let kin = family.len() >= 2
            && family.len() == other_family.len()
            && family.iter().zip(other_family).all(|(a, b)| likeness(a, b) > 0.0);
        let all_apart = given != other_given && likeness(given, other_given) <= 0.0;
        let apart = if kin && all_apart { 2 } else { 3 };
        (kin || only && is_of_one_family(name, born, other, &concerned))
            && !stands_on(piece, &other.name)
            && !on_form(name)
            && given != other_given
            && other.born.is_some_and(|other| parts_apart(born, other) >= apart)
    };
    let born =
        |(name, line): &(Vec<String>, usize)| Some((name.clone(), born_below(piece, *line)?));
    piece.is_of("giay-khai-sinh")
        && subjects.iter().find_map(born).is_some_and(|(name, born)| {
            concerned.iter().any(|other| is_sibling(&name, born, other))
        })
}

/// Whether a name shares its family's with somebody of about the same age, and no other syllable with anybody
/// concerned: "Đinh Thu Thảo" beside "Đinh Công Khôi".
fn is_of_one_family(name: &[String], born: Date, other: &Stated, concerned: &[Stated]) -> bool {
    let Some((family, own)) = name.split_first() else { return false };
    let mut given = concerned.iter().flat_map(|one| one.name.iter().skip(1));
    let shared = given.any(|other| own.iter().any(|own| likeness(own, other) > 0.0));
    let years = other.born.map(|other| born.year().abs_diff(other.year()));
    other.name.first() == Some(family) && !shared && years.is_some_and(|years| years < GENERATION)
}

/// Brothers and sisters are less than so many years apart, and parents and children more.
const GENERATION: u16 = 15;

/// Whether a report names twice, above and where it is signed, somebody whom no other paper of the proposal knows, while
/// two of these, all well read, agree on whom the proposal is for.
fn is_of_stranger(
    piece: &Piece,
    subjects: &[(Vec<String>, usize)],
    others: &[(&Piece, &People)],
) -> bool {
    let times = |name: &Vec<String>| {
        piece.all.windows(name.len()).filter(|window| *window == name.as_slice()).count()
    };
    let nobody = People::default();
    let agree = others.iter().any(|(one, people)| {
        others.iter().any(|(other, _)| {
            !std::ptr::eq(*one, *other) && people.share_someone(&other.all, &nobody)
        })
    });
    piece.is_of("bao-cao-thanh-tich")
        && subjects.iter().any(|(name, _)| times(name) >= 2)
        && others.iter().all(|(other, _)| other.is_clear())
        && agree
}

/// In how many of day, month and year two days differ; day and month are often exchanged.
fn parts_apart(a: Date, b: Date) -> usize {
    if a.year() == b.year() && (a.day(), a.month()) == (b.month(), b.day()) {
        return 0;
    }
    let apart = [a.day() != b.day(), a.month() != b.month(), a.year() != b.year()];
    apart.into_iter().filter(|apart| *apart).count()
}

fn authorises(piece: &Piece) -> bool {
    piece.is_of("van-ban-uy-quyen")
}
