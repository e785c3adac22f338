//! The requirement tree of a procedure file.

use motcua_domain::{
    CaseAnswer, CaseQuestion, Condition, Conjunction, Content, CopyType, DataReplacement, Handover,
    Necessity, Note, Paper, PaperList, Requirement, RowCase, Term,
};

use crate::reader::TableReader;

pub(crate) const COPY_TYPES: [(&str, CopyType); 6] = [
    ("original", CopyType::Original),
    ("certified_copy", CopyType::CertifiedCopy),
    ("plain_copy", CopyType::PlainCopy),
    ("original_or_copy", CopyType::OriginalOrCopy),
    ("electronic", CopyType::Electronic),
    ("unspecified", CopyType::Unspecified),
];
pub(crate) const HANDOVERS: [(&str, Handover); 2] =
    [("submit", Handover::Submit), ("present", Handover::Present)];

pub(crate) fn read_question(table: &TableReader<'_>) -> CaseQuestion {
    let mut answers: Vec<CaseAnswer> = table
        .pairs("answers")
        .into_iter()
        .map(|(value, label)| CaseAnswer::new(value, label))
        .collect();
    for (value, words) in table.optional_pairs("noted_as") {
        match answers.iter_mut().find(|answer| answer.value == value) {
            Some(answer) => answer.noted_as.push(words),
            None => table.problem("`noted_as` phải nói về một trong các câu trả lời"),
        }
    }
    if answers.len() < 2 {
        table.problem("một câu hỏi cần ít nhất hai câu trả lời");
    }
    let usual = table.optional_string("usual");
    if usual.as_ref().is_some_and(|usual| answers.iter().all(|answer| answer.value != *usual)) {
        table.problem("`usual` phải là một trong các câu trả lời");
    }
    CaseQuestion {
        key: table.string("key"),
        ask: table.string("ask"),
        answers,
        lookup: table.boolean("lookup"),
        usual,
    }
}

pub(crate) fn read_requirement(table: &TableReader<'_>) -> Requirement {
    let when = read_condition(table);
    let any_of = table.all("any_of", read_paper_list);
    if any_of.is_empty() {
        table.problem("cần ít nhất một [[requirements.any_of]]");
    }
    let (pending, optional) = (table.boolean("pending"), table.boolean("optional"));
    if pending && (optional || !when.is_always()) {
        table.problem(
            "`pending` nói chưa rõ ai cần, mà `when` hoặc `optional` đã nói: bỏ `pending`",
        );
    }
    let necessity = match (pending, optional, when.is_always()) {
        (true, ..) => Necessity::Pending,
        (_, true, _) => Necessity::Optional,
        (_, false, true) => Necessity::Always,
        (_, false, false) => Necessity::Conditional,
    };
    Requirement {
        id: table.string("id"),
        rows: table.rows("rows"),
        row_cases: table.all("row_cases", read_row_case),
        name: table.string("name"),
        necessity,
        when,
        handover: table.word("handover", &HANDOVERS).unwrap_or(Handover::Submit),
        any_of,
        replaced_by_data: table.table("replaced_by_data").map(|replacement| {
            let read = DataReplacement {
                database: replacement.string("database"),
                when: read_condition(&replacement),
            };
            replacement.finish();
            read
        }),
        note: table.optional_string("note"),
        source_text: None,
        sources: table.strings("sources"),
    }
}

fn read_row_case(table: &TableReader<'_>) -> RowCase {
    let case = RowCase { when: read_condition(table), rows: table.rows("rows") };
    if case.when.is_always() || case.rows.is_empty() {
        table.problem("`row_cases` cần `when` và `rows`");
    }
    case
}

fn read_paper_list(table: &TableReader<'_>) -> PaperList {
    let all_of = table.all("papers", read_paper);
    if all_of.is_empty() {
        table.problem("`papers` để trống");
    }
    PaperList { when: read_condition(table), all_of, rows: table.optional_rows("rows") }
}

fn read_paper(table: &TableReader<'_>) -> Paper {
    if table.optional_string("copy_type").is_none() {
        table.problem("giấy tờ thiếu `copy_type`");
    }
    let quantity = table.count("quantity").unwrap_or(1);
    if quantity == 0 {
        table.problem_at("quantity", "`quantity` ít nhất là 1");
    }
    Paper {
        name: table.string("name"),
        document: table.optional_string("document"),
        copy_type: table.word("copy_type", &COPY_TYPES).unwrap_or(CopyType::Unspecified),
        quantity: u32::try_from(quantity).unwrap_or(1).max(1),
        form: table.optional_string("form"),
        validity: table.optional_string("validity"),
        contents: table.all("contents", read_content),
    }
}

fn read_content(table: &TableReader<'_>) -> Content {
    let seen_as = table.strings("seen_as");
    if seen_as.is_empty() {
        table.problem("`contents` cần `seen_as`");
    }
    Content { name: table.string("name"), seen_as }
}

/// `when = [{ a = "x", b = ["y", "z"] }, …]`: any of the tables, all terms of one.
fn read_condition(table: &TableReader<'_>) -> Condition {
    let any_of = table
        .tables("when")
        .into_iter()
        .map(|conjunction| {
            let terms = conjunction.terms();
            if terms.is_empty() {
                conjunction.problem("điều kiện để trống");
            }
            let all_of = terms.into_iter().map(|(key, values)| Term { key, values }).collect();
            Conjunction { all_of }
        })
        .collect();
    Condition { any_of }
}

pub(crate) fn read_note(table: &TableReader<'_>) -> Note {
    Note { rows: table.rows("rows"), text: table.string("text") }
}
