//! Rules that hold between the parts of a procedure file.

use std::collections::BTreeSet;

use motcua_domain::{Condition, Necessity, Procedure, Requirement, Review};

use crate::reader::TableReader;

/// Reports what is wrong between the parts: rows, questions, sources, identifiers.
pub(crate) fn check_procedure(procedure: &Procedure, table: &TableReader<'_>) {
    check_rows(procedure, table);
    check_list_rows(procedure, table);
    check_pending(procedure, table);
    check_questions(procedure, table);
    check_sources(procedure, table);
    check_names(procedure, table);
}

fn check_rows(procedure: &Procedure, table: &TableReader<'_>) {
    let of_requirements = procedure.requirements.iter().flat_map(|r| r.rows.iter());
    let of_notes = procedure.notes.iter().flat_map(|note| note.rows.iter());
    let covered: BTreeSet<usize> = of_requirements.chain(of_notes).copied().collect();
    for row in 0..procedure.row_count {
        if !covered.contains(&row) {
            table.problem_at(
                "component_rows",
                format!("dòng {row} không thuộc yêu cầu hay ghi chú nào"),
            );
        }
    }
    for row in covered.range(procedure.row_count..) {
        table.problem_at(
            "component_rows",
            format!("dòng {row} không có: bản ghi chỉ có {} dòng", procedure.row_count),
        );
    }
}

/// A list's rows are rows of its requirement, and once lists share the rows out none is left over: it
/// would carry a state that no list explains.
fn check_list_rows(procedure: &Procedure, table: &TableReader<'_>) {
    for requirement in &procedure.requirements {
        let id = &requirement.id;
        let of_lists: BTreeSet<usize> =
            requirement.any_of.iter().flat_map(|list| list.rows.iter().copied()).collect();
        let of_cases = requirement.row_cases.iter().flat_map(|case| case.rows.iter());
        let named = of_lists.iter().chain(of_cases);
        for row in named.filter(|row| !requirement.rows.contains(row)) {
            let message = format!("`{id}`: dòng {row} không có trong `rows` của yêu cầu");
            table.problem_at("requirements", message);
        }
        if requirement.any_of.iter().any(|list| list.rows.is_empty()) {
            continue;
        }
        for row in requirement.rows.iter().filter(|row| !of_lists.contains(row)) {
            let message = format!("`{id}`: dòng {row} không thuộc `any_of` nào");
            table.problem_at("requirements", message);
        }
    }
}

/// Nobody can stand behind a paper of which it is not known who needs it.
fn check_pending(procedure: &Procedure, table: &TableReader<'_>) {
    if procedure.review == Review::Draft {
        return;
    }
    for requirement in &procedure.requirements {
        if requirement.necessity == Necessity::Pending {
            let rows: Vec<String> =
                requirement.rows.iter().map(|row| (row + 1).to_string()).collect();
            let message = format!(
                "dòng {} (`{}`): máy chưa đọc được ai cần giấy này. Bấm “Sửa dòng này” rồi chọn; sửa thẳng trong \
                 tệp thì bỏ `pending` nếu ai cũng cần, hoặc thay bằng `when`, `optional = true`",
                rows.join(", "),
                requirement.id
            );
            table.problem_at("requirements", message);
        }
    }
}

fn check_questions(procedure: &Procedure, table: &TableReader<'_>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for condition in conditions(procedure) {
        for term in condition.any_of.iter().flat_map(|conjunction| &conjunction.all_of) {
            used.insert(&term.key);
            let Some(question) = procedure.questions.iter().find(|q| q.key == term.key) else {
                table.problem_at(
                    "requirements",
                    format!("`when` hỏi `{}` mà không có câu hỏi đó", term.key),
                );
                continue;
            };
            for value in &term.values {
                if !question.answers.iter().any(|answer| answer.value == *value) {
                    let message = format!("câu hỏi `{}` không có câu trả lời `{value}`", term.key);
                    table.problem_at("requirements", message);
                }
            }
        }
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for question in &procedure.questions {
        if !seen.insert(&question.key) {
            table.problem_at("questions", format!("câu hỏi `{}` có hai lần", question.key));
        }
        if !used.contains(question.key.as_str()) {
            table.problem_at(
                "questions",
                format!("không `when` nào dùng câu hỏi `{}`", question.key),
            );
        }
        let keys = std::iter::once(&question.key).chain(question.answers.iter().map(|a| &a.value));
        for key in keys.filter(|key| !is_identifier(key)) {
            table.problem_at("questions", format!("`{key}` phải là chữ thường không dấu, số và _"));
        }
    }
}

fn conditions(procedure: &Procedure) -> impl Iterator<Item = &Condition> {
    procedure.requirements.iter().flat_map(Requirement::conditions)
}

fn check_sources(procedure: &Procedure, table: &TableReader<'_>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let facts = [
        ("times", procedure.times.iter().map(|f| &f.sources).collect::<Vec<_>>()),
        ("fees", procedure.fees.iter().map(|f| &f.sources).collect()),
        ("places", procedure.places.iter().map(|f| &f.sources).collect()),
        ("steps", procedure.steps.iter().map(|f| &f.sources).collect()),
        ("conditions", procedure.conditions.iter().map(|f| &f.sources).collect()),
        ("results", procedure.results.iter().map(|f| &f.sources).collect()),
        ("requirements", procedure.requirements.iter().map(|f| &f.sources).collect()),
    ];
    for (key, lists) in facts {
        for sources in lists {
            if sources.is_empty() {
                table.problem_at(key, format!("một mục của `{key}` không nêu nguồn"));
            }
            for id in sources {
                if !procedure.sources.iter().any(|source| source.id == *id) {
                    table.problem_at(key, format!("không có nguồn `{id}`"));
                }
                used.insert(id);
            }
        }
    }
    for source in &procedure.sources {
        if !used.contains(source.id.as_str()) {
            table.problem_at("sources", format!("không mục nào dùng nguồn `{}`", source.id));
        }
    }
}

fn check_names(procedure: &Procedure, table: &TableReader<'_>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for requirement in &procedure.requirements {
        if !seen.insert(&requirement.id) {
            table.problem_at("requirements", format!("yêu cầu `{}` có hai lần", requirement.id));
        }
        if !is_identifier(&requirement.id.replace('-', "_")) {
            table.problem_at(
                "requirements",
                format!("`{}` phải là chữ không dấu, số và -", requirement.id),
            );
        }
    }
    // An import is written out as the portal has it, so that somebody can fill in what is lacking.
    if procedure.review == Review::Draft {
        return;
    }
    for (key, empty) in [
        ("levels", procedure.levels.is_empty()),
        ("steps", procedure.steps.is_empty()),
        ("results", procedure.results.is_empty()),
        ("sources", procedure.sources.is_empty()),
        ("times", procedure.times.is_empty()),
        ("everyday", procedure.everyday.len() < 2),
    ] {
        if empty {
            table.problem_at(key, format!("`{key}` chưa đủ"));
        }
    }
    if procedure.name.starts_with("Thủ tục") {
        table.problem_at("name", "bỏ chữ \"Thủ tục\" ở đầu tên");
    }
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
