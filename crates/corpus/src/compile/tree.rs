//! Compiled rows to a draft requirement tree.

use std::collections::BTreeMap;

use motcua_domain::{
    CaseAnswer, CaseQuestion, Condition, Conjunction, DataReplacement, Handover, Necessity, Note,
    Paper, PaperList, Requirement, Term,
};
use motcua_text::fold;

use super::{
    CompiledRow, RowKind,
    glued::listed_papers,
    wording::{CASE_CLAUSE, CHANNEL as CHANNEL_CASE, FALLBACK, LOOKED_UP, LOOKUP_FAILED},
};
use crate::facts::RECORD_SOURCE;

/// What is longer says more than a paper's name.
const LONGEST_NAME: usize = 160;
const YES: &str = "co";
const NO: &str = "khong";
const FOUND: &str = "duoc";
const CASE: &str = "truong_hop";
const CHANNEL: &str = "hinh_thuc_nop";
const IN_PERSON: &str = "truc_tiep";
const BY_POST: &str = "buu_chinh";
const ONLINE: &str = "truc_tuyen";

/// A requirement tree with the questions that decide it.
pub(crate) struct DraftTree {
    pub(crate) questions: Vec<CaseQuestion>,
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) notes: Vec<Note>,
}

/// Each conditional row hangs on a yes-or-no question that quotes its own words; rows with the
/// same words share one. A heading that excludes others becomes one choice, and so do the channels.
pub(crate) fn draft_tree(rows: &[CompiledRow]) -> DraftTree {
    let mut drafter = Drafter { headings: case_headings(rows), ..Drafter::default() };
    if drafter.headings.len() > 1 {
        drafter.questions.push(heading_question(&drafter.headings));
    }
    let mut tree = DraftTree { questions: Vec::new(), requirements: Vec::new(), notes: Vec::new() };
    for row in rows {
        if row.kind == RowKind::Note {
            tree.notes.push(Note { rows: vec![row.row], text: row.text.clone() });
            continue;
        }
        tree.requirements.push(drafter.requirement(row));
    }
    join_fallbacks(&mut tree.requirements, rows);
    tree.questions = drafter.used_questions(&tree.requirements);
    tree
}

/// Headings that serve as conditions, in order.
fn case_headings(rows: &[CompiledRow]) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| row.condition.as_ref() == Some(&row.heading)) {
        if !headings.contains(&row.heading) {
            headings.push(row.heading.clone());
        }
    }
    headings
}

fn heading_question(headings: &[String]) -> CaseQuestion {
    let answers = headings.iter().enumerate().map(|(at, heading)| {
        CaseAnswer::new(format!("{CASE}_{}", at + 1), heading.trim_end_matches(':'))
    });
    let other = CaseAnswer::new("khac", "Trường hợp khác");
    CaseQuestion {
        key: CASE.to_owned(),
        ask: "Hồ sơ thuộc trường hợp nào?".to_owned(),
        answers: answers.chain([other]).collect(),
        lookup: false,
        usual: None,
    }
}

/// Turns rows into requirements, and keeps the questions they hang on.
#[derive(Default)]
struct Drafter {
    headings: Vec<String>,
    questions: Vec<CaseQuestion>,
    /// Keys of the questions by their folded words.
    asked: BTreeMap<String, String>,
}

impl Drafter {
    fn requirement(&mut self, row: &CompiledRow) -> Requirement {
        let replaced_by_data = row.replaced_by_data.then(|| self.look_up(row));
        let when = self.condition(row);
        let necessity = match row.necessity {
            Some(Necessity::Always) if !when.is_always() => Necessity::Conditional,
            // Its case is the look-up itself.
            Some(Necessity::Conditional) if when.is_always() && replaced_by_data.is_some() => {
                Necessity::Always
            }
            Some(Necessity::Conditional) | None if when.is_always() => Necessity::Pending,
            necessity => necessity.unwrap_or(Necessity::Pending),
        };
        Requirement {
            id: format!("dong-{}", row.row),
            rows: vec![row.row],
            row_cases: Vec::new(),
            name: row.text.clone(),
            necessity,
            when,
            handover: if row.kind == RowKind::Present {
                Handover::Present
            } else {
                Handover::Submit
            },
            any_of: vec![PaperList {
                when: Condition::always(),
                all_of: papers(row),
                rows: Vec::new(),
            }],
            replaced_by_data,
            note: None,
            source_text: Some(row.text.clone()),
            sources: vec![RECORD_SOURCE.to_owned()],
        }
    }

    /// The case its heading states, and its own.
    fn condition(&mut self, row: &CompiledRow) -> Condition {
        let by_heading = self.headings.iter().position(|heading| *heading == row.heading);
        let by_heading = by_heading
            .filter(|_| self.headings.len() > 1)
            .map(|at| Term { key: CASE.to_owned(), values: vec![format!("{CASE}_{}", at + 1)] });
        let clause =
            row.condition.as_ref().filter(|_| row.necessity == Some(Necessity::Conditional));
        let own = clause
            .filter(|clause| by_heading.is_none() || **clause != row.heading)
            .and_then(|clause| self.own_case(row, clause));
        let all_of: Vec<Term> = by_heading.into_iter().chain(own).collect();
        if all_of.is_empty() {
            return Condition::always();
        }
        Condition { any_of: vec![Conjunction { all_of }] }
    }

    fn own_case(&mut self, row: &CompiledRow, clause: &str) -> Option<Term> {
        let lower = clause.to_lowercase();
        if row.replaced_by_data && LOOKUP_FAILED.is_match(&lower) {
            return None;
        }
        let (key, values) = if let Some(values) = channels(row, &lower) {
            (self.ask(channel_question()), values)
        } else {
            let needed_when = if is_exception(&row.text, clause) { NO } else { YES };
            (self.ask(yes_or_no(&format!("dong_{}", row.row), clause)), vec![needed_when])
        };
        Some(Term { key, values: values.into_iter().map(str::to_owned).collect() })
    }

    /// Whether the look-up worked is not known from the row: an official says.
    fn look_up(&mut self, row: &CompiledRow) -> DataReplacement {
        let key = self.ask(lookup_question(row));
        DataReplacement {
            database: "Cơ sở dữ liệu dùng chung".to_owned(),
            when: Condition::equals(key, FOUND),
        }
    }

    /// The key under which this is asked; questions with the same words are one.
    fn ask(&mut self, question: CaseQuestion) -> String {
        let key = question.key.clone();
        let questions = &mut self.questions;
        let asked = self.asked.entry(fold(&question.ask)).or_insert_with(|| {
            questions.push(question);
            key
        });
        asked.clone()
    }

    fn used_questions(self, requirements: &[Requirement]) -> Vec<CaseQuestion> {
        let conditions: Vec<&Condition> =
            requirements.iter().flat_map(Requirement::conditions).collect();
        let used = |question: &CaseQuestion| {
            conditions.iter().any(|when| when.keys().contains(&question.key.as_str()))
        };
        self.questions.into_iter().filter(used).collect()
    }
}

/// The channels a case names, if it is nothing but a channel. What is handed in on paper at the counter
/// is also what is posted; what is shown there is not.
fn channels(row: &CompiledRow, lower: &str) -> Option<Vec<&'static str>> {
    if !CHANNEL_CASE.is_match(lower) {
        return None;
    }
    let named = [
        (IN_PERSON, lower.contains("trực tiếp")),
        (BY_POST, lower.contains("bưu chính") || lower.contains("bưu điện")),
        (
            ONLINE,
            ["trực tuyến", "điện tử", "qua mạng", "cổng dịch vụ công"]
                .iter()
                .any(|w| lower.contains(w)),
        ),
    ];
    let mut values: Vec<&str> =
        named.into_iter().filter(|(_, named)| *named).map(|(value, _)| value).collect();
    if values == [IN_PERSON] && row.kind != RowKind::Present {
        values.push(BY_POST);
    }
    (!values.is_empty() && values.len() < named.len()).then_some(values)
}

/// "…, trừ trường hợp …": the paper is due in every other case.
fn is_exception(text: &str, clause: &str) -> bool {
    let before = text.find(clause).and_then(|at| text.get(..at)).unwrap_or_default();
    before.to_lowercase().trim_end().ends_with("trừ")
}

fn channel_question() -> CaseQuestion {
    question(
        CHANNEL,
        "Nộp hồ sơ bằng hình thức nào?",
        &[(IN_PERSON, "Trực tiếp"), (BY_POST, "Qua bưu chính"), (ONLINE, "Trực tuyến")],
    )
}

fn yes_or_no(key: &str, clause: &str) -> CaseQuestion {
    let lookup = LOOKUP_FAILED.is_match(&clause.to_lowercase());
    // What follows is the duty, not the case.
    let duties = [" thì ", ", kèm theo ", ", phải "];
    let end = duties.iter().filter_map(|duty| clause.find(duty)).min();
    let case = end.and_then(|end| clause.get(..end)).unwrap_or(clause);
    let ask = format!("Hồ sơ có thuộc trường hợp này không: “{case}”?");
    CaseQuestion { lookup, ..question(key, &ask, &[(YES, "Có"), (NO, "Không")]) }
}

fn lookup_question(row: &CompiledRow) -> CaseQuestion {
    let lower = row.text.to_lowercase();
    let says_what = LOOKUP_FAILED.is_match(&lower);
    let looked_up = LOOKED_UP.captures(&lower).and_then(|found| found.name("what"));
    let links = ["hoặc ", "trong ", "trên ", "từ ", "theo ", "không "];
    let what = match looked_up.map(|what| what.as_str()).filter(|_| says_what) {
        Some(what)
            if what.split_whitespace().count() >= 3
                && !links.iter().any(|link| what.starts_with(link)) =>
        {
            what
        }
        _ => row.text.as_str(),
    };
    let what: Vec<&str> = what.split_whitespace().take(16).collect();
    let ask = format!("Có khai thác được trong cơ sở dữ liệu không: {}?", what.join(" "));
    let answers = [(FOUND, "Khai thác được"), (NO, "Không khai thác được")];
    let key = format!("tra_cuu_{}", row.row);
    CaseQuestion { lookup: true, ..question(&key, &ask, &answers) }
}

fn question(key: &str, ask: &str, answers: &[(&str, &str)]) -> CaseQuestion {
    let answers = answers.iter().map(|(value, label)| CaseAnswer::new(*value, *label));
    CaseQuestion {
        key: key.to_owned(),
        ask: ask.to_owned(),
        answers: answers.collect(),
        lookup: false,
        usual: None,
    }
}

/// "Trường hợp không có văn bản nêu trên thì phải có …" is an alternative to the paper it points back to,
/// where only one can be meant.
fn join_fallbacks(requirements: &mut Vec<Requirement>, rows: &[CompiledRow]) {
    let fallbacks: Vec<&CompiledRow> = rows
        .iter()
        .filter(|row| row.kind != RowKind::Note && FALLBACK.is_match(&row.text.to_lowercase()))
        .collect();
    for fallback in fallbacks {
        let meant: Vec<usize> = rows
            .iter()
            .filter(|row| row.row != fallback.row && may_be_meant(row, fallback))
            .map(|row| row.row)
            .collect();
        let [meant] = meant.as_slice() else { continue };
        let of_row =
            |row: usize| move |requirement: &Requirement| requirement.rows.first() == Some(&row);
        let Some(at) = requirements.iter().position(of_row(fallback.row)) else { continue };
        let Some(to) = requirements.iter().position(of_row(*meant)) else { continue };
        let mut lists = requirements[at].any_of.clone();
        for list in &mut lists {
            list.rows = vec![fallback.row];
        }
        let home = &mut requirements[to];
        for list in home.any_of.iter_mut().filter(|list| list.rows.is_empty()) {
            list.rows.clone_from(&home.rows);
        }
        home.rows.push(fallback.row);
        home.any_of.extend(lists);
        requirements.remove(at);
    }
}

/// A paper that everybody under the same heading needs, named by the word the fallback uses for it.
fn may_be_meant(row: &CompiledRow, fallback: &CompiledRow) -> bool {
    let (text, lower) = (row.text.to_lowercase(), fallback.text.to_lowercase());
    let called = ["văn bản", "giấy tờ", "tài liệu", "chứng cứ"];
    let called =
        called.iter().filter(|noun| lower.contains(*noun)).min_by_key(|noun| lower.find(**noun));
    row.kind == RowKind::Paper
        && row.necessity == Some(Necessity::Always)
        && row.heading == fallback.heading
        && called.is_some_and(|noun| text.contains(noun))
}

/// A row that plainly lists several papers asks for each of them. Where it states cases, choices or
/// what a paper holds, the list cannot be told apart, and it asks for what it says as a whole.
fn papers(row: &CompiledRow) -> Vec<Paper> {
    let listed = listed_papers(&row.text);
    let is_plain = row.kind == RowKind::Glued
        && row.alternatives == 1
        && !CASE_CLAUSE.is_match(&row.text.to_lowercase())
        && !row.text.contains("gồm")
        && listed.iter().all(|paper| paper.chars().count() <= LONGEST_NAME);
    if !is_plain || listed.len() < 2 {
        return vec![paper(row)];
    }
    let part = |name: &str| Paper { name: name.to_owned(), quantity: 1, form: None, ..paper(row) };
    listed.into_iter().map(part).collect()
}

fn paper(row: &CompiledRow) -> Paper {
    Paper {
        name: row.text.clone(),
        document: None,
        copy_type: row.copy_type,
        quantity: row.quantity,
        form: row.form.clone(),
        validity: row.validity.clone(),
        contents: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use motcua_domain::{CaseFacts, Truth};

    use super::*;
    use crate::{
        compile::compile_rows,
        record::{ComponentRecord, Record},
    };

    fn draft(rows: &[(&str, &str)]) -> DraftTree {
        let component = |(case, name): &(&str, &str)| ComponentRecord {
            case: (*case).to_owned(),
            name: (*name).to_owned(),
            originals: 1,
            ..ComponentRecord::default()
        };
        let components = rows.iter().map(component).collect();
        draft_tree(&compile_rows(&Record { components, ..Record::default() }))
    }

    fn due(tree: &DraftTree, at: usize, answers: &[(&str, &str)]) -> Truth {
        let facts: CaseFacts = answers.iter().copied().collect();
        tree.requirements[at].when.evaluate(&facts)
    }

    #[test]
    fn a_form_and_its_electronic_twin_hang_on_the_channel() {
        let tree = draft(&[
            (
                "",
                "Tờ khai đăng ký kết hôn (nếu người có yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tiếp)",
            ),
            (
                "",
                "Mẫu điện tử tương tác đăng ký kết hôn (nếu người có yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tuyến)",
            ),
        ]);
        assert_eq!(due(&tree, 0, &[(CHANNEL, BY_POST)]), Truth::True);
        assert_eq!(due(&tree, 0, &[(CHANNEL, ONLINE)]), Truth::False);
        assert_eq!(due(&tree, 1, &[(CHANNEL, ONLINE)]), Truth::True);
        assert_eq!(due(&tree, 1, &[(CHANNEL, IN_PERSON)]), Truth::False);
    }

    #[test]
    fn a_failed_look_up_is_asked_as_one() {
        let tree = draft(&[(
            "",
            "Giấy tờ chứng minh nơi cư trú trong trường hợp cơ quan đăng ký không thể khai thác được thông tin về nơi cư trú của công dân",
        )]);
        let [requirement] = tree.requirements.as_slice() else { panic!("one requirement") };
        assert!(requirement.when.is_always() && requirement.replaced_by_data.is_some());
        assert!(tree.questions.iter().all(|question| question.lookup));
    }

    #[test]
    fn an_exception_is_due_in_every_other_case() {
        let tree = draft(&[("", "Giấy khám sức khỏe, trừ trường hợp người đề nghị là quân nhân")]);
        assert_eq!(due(&tree, 0, &[("dong_0", NO)]), Truth::True);
        assert_eq!(due(&tree, 0, &[("dong_0", YES)]), Truth::False);
    }

    #[test]
    fn the_case_of_the_heading_holds_beside_that_of_the_row() {
        let tree = draft(&[
            ("Đối với công trình tôn giáo", "Đơn đề nghị"),
            ("Đối với nhà ở", "Đơn đề nghị"),
            ("Đối với nhà ở", "Bản cam kết đối với trường hợp có công trình liền kề"),
        ]);
        assert_eq!(due(&tree, 2, &[(CASE, "truong_hop_1"), ("dong_2", YES)]), Truth::False);
        assert_eq!(due(&tree, 2, &[(CASE, "truong_hop_2"), ("dong_2", YES)]), Truth::True);
    }

    #[test]
    fn what_stands_in_for_a_paper_is_its_alternative() {
        let tree = draft(&[
            ("", "Trường hợp không có văn bản nêu trên thì phải có văn bản cam đoan"),
            ("", "Văn bản của cơ quan y tế xác nhận quan hệ cha con"),
        ]);
        let [requirement] = tree.requirements.as_slice() else { panic!("one requirement") };
        let rows: Vec<&[usize]> =
            requirement.any_of.iter().map(|list| list.rows.as_slice()).collect();
        assert_eq!(
            (requirement.rows.as_slice(), rows),
            ([1, 0].as_slice(), vec![&[1][..], &[0][..]])
        );
    }
}
