//! From the papers taken for a need to its state.

use motcua_domain::{ComponentState, Handover, Truth};

use crate::{
    defect::{Certainty, Defect, MISSING_SHEET},
    need::Need,
    piece::Piece,
};

/// The state of a need, and what led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The state.
    pub(crate) state: ComponentState,
    /// Why, in a sentence.
    pub(crate) reason: String,
    /// The list that was met, as its place among the requirement's lists.
    pub(crate) met: Option<usize>,
    /// Illegible pieces that may be it.
    pub(crate) illegible: Vec<usize>,
}

/// How well a paper, or a list of papers, is served. Worse is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Served {
    Well,
    /// A paper is there that may be it.
    Unsure,
    /// It is there; what matters could not be read.
    Doubtful,
    /// It is there and does not count.
    Badly,
    /// Nothing is there.
    Not,
}

/// How surely a piece must have been told to be taken for a paper without a question.
pub(crate) const SURE: f32 = 0.5;

/// Judges every need. `strangers`: other papers than those asked for were brought, and all pages were read.
pub(crate) fn outcomes(
    needs: &[Need<'_>],
    pieces: &[Piece],
    unassigned: &[usize],
    strangers: bool,
) -> Vec<Outcome> {
    // A paper of which nobody knows what it is may be the one that was shown.
    let untold = |at: &usize| pieces.get(*at).is_some_and(|piece| !piece.is_told());
    let untold = unassigned.iter().any(untold);
    let outcome = |need: &Need<'_>| outcome(need, strangers, untold);
    let mut outcomes: Vec<Outcome> = needs.iter().map(outcome).collect();
    let unread = |(at, piece): &(usize, &Piece)| {
        piece.is_illegible() || (unassigned.contains(at) && piece.is_unread())
    };
    let illegible: Vec<usize> =
        pieces.iter().enumerate().filter(unread).map(|(at, _)| at).collect();
    if !spread_illegible(needs, &illegible, &mut outcomes) {
        for at in illegible {
            add_to_its_paper(needs, pieces, at, &mut outcomes);
        }
    }
    outcomes
}

/// A page that cannot be read, where no paper is lacking, is one of a paper that was brought: of the only one that
/// the same file holds, else of the only one of which something could not be read.
fn add_to_its_paper(needs: &[Need<'_>], pieces: &[Piece], page: usize, outcomes: &mut [Outcome]) {
    use ComponentState as S;
    let files = |at: usize| pieces.get(at).map(Piece::parts).unwrap_or_default();
    let of_page = files(page);
    let beside = |at: usize| files(at).iter().any(|(one, _)| of_page.iter().any(|(o, _)| o == one));
    let counts = |state| matches!(state, S::Provided | S::PresentOnly | S::Unreadable);
    let only = |holds: &dyn Fn(&Need<'_>, &Outcome) -> bool| {
        let all = needs.iter().zip(outcomes.iter()).enumerate();
        let mut found = all.filter(|(_, (need, outcome))| holds(need, outcome)).map(|(at, _)| at);
        found.next().filter(|_| found.next().is_none())
    };
    let in_file = only(&|need, outcome| {
        counts(outcome.state) && need.taken().any(|(_, taken)| beside(taken.piece))
    });
    let paper = in_file.or_else(|| only(&|_, outcome| outcome.state == S::Unreadable));
    if let Some(outcome) = paper.and_then(|at| outcomes.get_mut(at)) {
        outcome.state = S::Unreadable;
        "Có trang không đọc được.".clone_into(&mut outcome.reason);
        outcome.illegible.push(page);
    }
}

fn outcome(need: &Need<'_>, strangers: bool, untold: bool) -> Outcome {
    use ComponentState as S;
    let (served, met) = served(need);
    let there = need.taken().next().is_some();
    let (state, reason) = if need.set_aside {
        let words =
            "Chỉ cần trong trường hợp hiếm gặp mà không ai ghi và không giấy tờ nào cho thấy.";
        (S::NotApplicable, words.to_owned())
    } else if need.applies == Truth::False {
        (S::NotApplicable, "Không thuộc trường hợp này.".to_owned())
    } else if need.replaced == Truth::True {
        let database =
            need.requirement.replaced_by_data.as_ref().map_or("", |data| data.database.as_str());
        (S::ReplacedByData, format!("Đã tra cứu được trong {database}, không phải nộp."))
    } else if need.requirement.handover == Handover::Present {
        presented(need, there, served, untold)
    } else {
        match served {
            Served::Well => (S::Provided, "Đã có giấy tờ.".to_owned()),
            Served::Unsure if need.taken().any(|(_, taken)| taken.defect.is_some()) => {
                (S::Pending, defect_words(need))
            }
            Served::Unsure => {
                (S::Pending, "Có giấy tờ có thể là loại này, cần người xem lại.".to_owned())
            }
            Served::Doubtful => (S::Unreadable, defect_words(need)),
            Served::Badly | Served::Not => not_served(need, served, strangers),
        }
    };
    Outcome { state, reason, met, illegible: Vec::new() }
}

fn presented(
    need: &Need<'_>,
    there: bool,
    served: Served,
    untold: bool,
) -> (ComponentState, String) {
    let shown = need.said.as_ref().is_some_and(|said| said.shown == Some(true));
    // What was shown and does not count is at fault, unless a look-up is known to have made it needless.
    let due = need.applies == Truth::True && need.replaced != Truth::True && !need.is_optional();
    if served == Served::Badly && due {
        (ComponentState::Missing, defect_words(need))
    } else if served == Served::Doubtful && due {
        (ComponentState::Unreadable, defect_words(need))
    } else if need.taken().any(|(_, taken)| taken.alone)
        || (there && need.taken().all(|(_, taken)| taken.defect.is_some()))
    {
        (ComponentState::Pending, defect_words(need))
    } else if there || shown {
        (ComponentState::PresentOnly, "Chỉ xuất trình; đã xuất trình.".to_owned())
    } else if due && need.said.as_ref().is_some_and(|said| said.withheld) {
        (ComponentState::Missing, "Cán bộ ghi là chưa xuất trình.".to_owned())
    } else if need.is_optional() {
        (ComponentState::NotApplicable, "Chỉ xuất trình nếu có.".to_owned())
    } else if need.looked_up_in_vain() {
        let reason = "Tra cứu không được, và chưa ghi nhận đã xem giấy tờ này.";
        // Whoever notes that a look-up failed would note what was shown in its place.
        let lacks = due && !untold;
        let state = if lacks { ComponentState::Missing } else { ComponentState::Pending };
        (state, reason.to_owned())
    } else if need.applies == Truth::True && need.replaced == Truth::False {
        (ComponentState::PresentOnly, "Chỉ xuất trình tại quầy, không phải nộp.".to_owned())
    } else {
        (ComponentState::Pending, waiting(need))
    }
}

/// What was brought is another paper than the one that is due.
const OTHER_PAPER: &str = "Giấy tờ mang đến không phải loại này.";

fn not_served(need: &Need<'_>, served: Served, strangers: bool) -> (ComponentState, String) {
    let said_given =
        need.said.as_ref().is_some_and(|said| said.given == Some(true) || said.copy.is_some());
    if need.is_optional() {
        (ComponentState::NotApplicable, "Nếu có thì nộp; không bắt buộc.".to_owned())
    } else if need.applies == Truth::Unknown
        || need.replaced == Truth::Unknown
        || need.lists.is_empty()
    {
        (ComponentState::Pending, waiting(need))
    } else if served == Served::Badly {
        (ComponentState::Missing, defect_words(need))
    } else if said_given && need.taken().next().is_none() && strangers {
        (ComponentState::Missing, OTHER_PAPER.to_owned())
    } else if said_given && need.taken().next().is_none() {
        (ComponentState::Pending, "Cán bộ ghi là đã nộp nhưng không thấy trong các tệp.".to_owned())
    } else {
        (ComponentState::Missing, "Chưa có giấy tờ này.".to_owned())
    }
}

fn waiting(need: &Need<'_>) -> String {
    if need.applies != Truth::Unknown && need.replaced == Truth::Unknown {
        "Chưa biết kết quả tra cứu cơ sở dữ liệu.".to_owned()
    } else {
        "Chưa đủ thông tin để biết có thuộc trường hợp này không.".to_owned()
    }
}

fn defect_words(need: &Need<'_>) -> String {
    let defect = need.taken().find_map(|(_, taken)| taken.defect.as_ref());
    defect.map_or_else(|| "Chưa có giấy tờ này.".to_owned(), |defect| defect.message.clone())
}

/// How well the need is served, by the best of its lists, and by which list if well.
fn served(need: &Need<'_>) -> (Served, Option<usize>) {
    let alone = need.taken().filter(|(_, taken)| taken.alone);
    if let Some(served) = alone.map(|(_, taken)| serves(taken)).max() {
        return (served, None);
    }
    let by_list: Vec<(Served, usize, Truth)> = need
        .lists
        .iter()
        .map(|list| {
            let papers = list.slots.iter().filter_map(|at| need.slots.get(*at));
            let papers = papers.map(|slot| slot_served(&slot.taken).max(set_served(&slot.taken)));
            let worst = papers.max().unwrap_or(Served::Not);
            (worst, list.index, list.open)
        })
        .collect();
    let best = |open: &[Truth]| {
        by_list
            .iter()
            .filter(|(_, _, truth)| open.contains(truth))
            .min_by_key(|(served, index, _)| (*served, *index))
    };
    match (best(&[Truth::True]), best(&[Truth::Unknown])) {
        (Some((Served::Well, index, _)), _) => (Served::Well, Some(*index)),
        (sure, Some((Served::Well, index, _))) => {
            // It counts only in some cases: whatever the answer, every list must be met.
            let all = by_list.iter().all(|(served, _, _)| *served == Served::Well);
            let otherwise = sure.map_or(Served::Unsure, |(served, _, _)| *served);
            (if all { Served::Well } else { otherwise.min(Served::Unsure) }, Some(*index))
        }
        (sure, unsure) => {
            let both = sure.into_iter().chain(unsure).map(|(served, _, _)| *served);
            (both.min().unwrap_or(Served::Not), None)
        }
    }
}

fn slot_served(taken: &[crate::need::Taken]) -> Served {
    taken.iter().map(serves).min().unwrap_or(Served::Not)
}

/// A set of which a sheet lacks is not served by the sheets that are there; of several forms one was left blank by
/// mistake, or for somebody who has not filled it in yet.
fn set_served(taken: &[crate::need::Taken]) -> Served {
    let of_set = taken.iter().filter_map(|taken| {
        let blank = taken.defect.as_ref().is_some_and(Defect::is_blank);
        if blank { Some(Served::Unsure) } else { lacks_sheet(taken).then(|| serves(taken)) }
    });
    of_set.min().unwrap_or(Served::Well)
}

fn lacks_sheet(taken: &crate::need::Taken) -> bool {
    taken.defect.as_ref().is_some_and(|defect| defect.rule == MISSING_SHEET)
}

fn serves(taken: &crate::need::Taken) -> Served {
    match &taken.defect {
        Some(defect) => match defect.certainty {
            Certainty::Certain => Served::Badly,
            Certainty::Unread => Served::Doubtful,
            Certainty::Undecided => Served::Unsure,
        },
        None if taken.confidence < SURE => Served::Unsure,
        None => Served::Well,
    }
}

/// Papers that were not found may be on the pages that could not be read: then nobody is told that they
/// are missing. If more are lacking than there are such pages, the officer's notes may tell which. Tells whether any
/// paper is lacking.
fn spread_illegible(needs: &[Need<'_>], illegible: &[usize], outcomes: &mut [Outcome]) -> bool {
    if illegible.is_empty() {
        return false;
    }
    let lacking: Vec<usize> = needs
        .iter()
        .zip(outcomes.iter())
        .enumerate()
        .filter(|(_, (need, outcome))| may_be_illegible(need, outcome.state))
        .map(|(at, _)| at)
        .collect();
    let said: Vec<usize> = lacking
        .iter()
        .copied()
        .filter(|at| {
            needs
                .get(*at)
                .and_then(|need| need.said.as_ref())
                .is_some_and(|said| said.given == Some(true))
        })
        .collect();
    let too_many = lacking.len() > illegible.len();
    let chosen = if too_many && said.len() == illegible.len() { said } else { lacking };
    for (order, at) in chosen.iter().enumerate() {
        let one_each = chosen.len() == illegible.len();
        if let Some(outcome) = outcomes.get_mut(*at) {
            outcome.state = ComponentState::Unreadable;
            "Có trang không đọc được, có thể là giấy tờ này.".clone_into(&mut outcome.reason);
            outcome.illegible = match illegible.get(order) {
                Some(piece) if one_each => vec![*piece],
                _ => illegible.to_vec(),
            };
        }
    }
    !chosen.is_empty()
}

/// Due, handed in, and nothing at all was found for one of its papers.
fn may_be_illegible(need: &Need<'_>, state: ComponentState) -> bool {
    let lacks = need.lists.iter().any(|list| {
        list.slots.iter().filter_map(|at| need.slots.get(*at)).any(|slot| slot.taken.is_empty())
    });
    let no_defect = need.taken().all(|(_, taken)| taken.defect.is_none());
    let open = matches!(state, ComponentState::Missing | ComponentState::Pending);
    // What is only shown leaves no page, but where all hangs on it one that cannot be read may be it.
    let submitted = need.requirement.handover == Handover::Submit;
    let awaited = if submitted { need.is_due() } else { need.looked_up_in_vain() };
    let of_sheets = need.taken().any(|(_, taken)| {
        lacks_sheet(taken)
            && taken.defect.as_ref().is_some_and(|defect| defect.certainty == Certainty::Unread)
    });
    awaited && ((open && lacks && no_defect) || of_sheets)
}

/// The state of each row that a need covers: rows that only lists not in use name are not concerned.
pub(crate) fn row_states(need: &Need<'_>, outcome: &Outcome) -> Vec<(usize, ComponentState)> {
    let used = used_rows(need, outcome);
    let state = |row: &usize| {
        if used.contains(row) { outcome.state } else { ComponentState::NotApplicable }
    };
    need.requirement.rows.iter().map(|row| (*row, state(row))).collect()
}

/// The rows that carry the state of a need, in its own order.
pub(crate) fn used_rows(need: &Need<'_>, outcome: &Outcome) -> Vec<usize> {
    let lists = used_lists(need, outcome);
    let of_lists: Vec<&[usize]> = lists
        .iter()
        .filter_map(|at| need.requirement.any_of.get(*at))
        .map(|list| list.rows.as_slice())
        .collect();
    let shared = of_lists.is_empty() || of_lists.iter().any(|rows| rows.is_empty());
    let of_list = |row: &usize| shared || of_lists.iter().any(|rows| rows.contains(row));
    let rows = need.requirement.rows.iter().copied();
    let mut rows: Vec<usize> =
        rows.filter(|row| of_list(row) && !need.foreign_rows.contains(row)).collect();
    // One paper is lacking, not one in each case that this may be.
    if lacks(outcome.state) && rows.iter().all(|row| need.unsure_rows.contains(row)) {
        rows.truncate(1);
    } else if lacks(outcome.state) {
        rows.retain(|row| !need.unsure_rows.contains(row));
    }
    rows
}

fn lacks(state: ComponentState) -> bool {
    matches!(state, ComponentState::Missing | ComponentState::Unreadable)
}

/// The lists in use: the one that was met, else those something was handed in for, else those that
/// something may still be handed in for.
pub(crate) fn used_lists(need: &Need<'_>, outcome: &Outcome) -> Vec<usize> {
    if let Some(met) = outcome.met {
        return vec![met];
    }
    let begun: Vec<usize> = need
        .lists
        .iter()
        .filter(|list| {
            let mut slots = list.slots.iter().filter_map(|at| need.slots.get(*at));
            slots.any(|slot| !slot.taken.is_empty())
        })
        .map(|list| list.index)
        .collect();
    if let Some(first) = begun.first() {
        return vec![*first];
    }
    // Sure ones before those that hang on an answer; of those, first what an answer opened: "không có văn bản nêu
    // trên thì phải có …".
    let mut sure: Vec<usize> = need.lists_open(Truth::True).collect();
    let always =
        |at: &usize| need.requirement.any_of.get(*at).is_some_and(|list| list.when.is_always());
    sure.sort_by_key(always);
    let mut open = if sure.is_empty() { need.lists_open(Truth::Unknown).collect() } else { sure };
    // One paper is lacking, not one for each way to hand it in.
    if lacks(outcome.state) {
        open.truncate(1);
    }
    open
}

/// Which of two states of one row is shown: the one that asks for more attention.
pub(crate) fn worse(a: ComponentState, b: ComponentState) -> bool {
    let rank = |state| match state {
        ComponentState::Missing => 6,
        ComponentState::Unreadable => 5,
        ComponentState::Pending => 4,
        ComponentState::Provided => 3,
        ComponentState::PresentOnly => 2,
        ComponentState::ReplacedByData => 1,
        ComponentState::NotApplicable => 0,
    };
    rank(a) > rank(b)
}
