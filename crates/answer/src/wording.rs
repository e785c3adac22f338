//! How facts are put into Vietnamese sentences.

use motcua_domain::{
    CaseFacts, CaseQuestion, Channel, Condition, CopyType, Detail, Fee, Handover, Necessity, Paper,
    PaperList, Place, Procedure, Requirement, Term, TimeLimit, Truth,
};
use motcua_text::fold;

use crate::clause::{clause, tidy};

/// A condition as clauses, made of the case questions and their answers: "nộp qua bưu chính", never a question.
pub fn condition_text(condition: &Condition, questions: &[CaseQuestion]) -> String {
    let alternatives: Vec<String> = condition
        .any_of
        .iter()
        .map(|conjunction| {
            let terms = conjunction.all_of.iter().map(|term| term_text(term, questions));
            terms.collect::<Vec<_>>().join("; và ")
        })
        .collect();
    alternatives.join("; hoặc ")
}

/// How far what is known of a procedure can be relied on, as the end of a sentence.
pub fn data_text(procedure: &Procedure) -> String {
    match &procedure.detail {
        Detail::Full => procedure.review.vietnamese(),
        Detail::NameOnly => "danh mục mới có tên, chưa có giấy tờ, lệ phí, thời hạn: mời hỏi cán bộ tại quầy và đọc mã này".to_owned(),
        Detail::Suspect(reason) => format!("không dùng để trả lời: {}", reason.to_lowercase()),
    }
}

/// Who decides.
pub fn agencies_text(procedure: &Procedure) -> String {
    format!("Cơ quan thực hiện: {}.", procedure.agencies.join("; "))
}

/// How the channels of handing in are answered, folded.
const CHANNELS: [(&str, Channel); 5] = [
    ("truc tiep", Channel::InPerson),
    ("truc tuyen", Channel::Online),
    ("qua buu chinh", Channel::Postal),
    ("buu chinh", Channel::Postal),
    ("qua dich vu buu chinh", Channel::Postal),
];

fn channel_of(label: &str) -> Option<Channel> {
    let folded = fold(label);
    CHANNELS.iter().find(|(words, _)| *words == folded).map(|(_, channel)| *channel)
}

/// What handing in on a channel answers to the procedure's question after it: key and value.
pub fn channel_answer(procedure: &Procedure, channel: Channel) -> Option<(&str, &str)> {
    let by_channel = |question: &&CaseQuestion| {
        question.answers.iter().all(|answer| channel_of(&answer.label).is_some())
    };
    let question = procedure.questions.iter().find(by_channel)?;
    let answer =
        question.answers.iter().find(|answer| channel_of(&answer.label) == Some(channel))?;
    Some((&question.key, &answer.value))
}

fn term_text(term: &Term, questions: &[CaseQuestion]) -> String {
    let Some(question) = questions.iter().find(|question| question.key == term.key) else {
        return format!("{} {}", term.key, term.values.join(" / "));
    };
    let labels: Vec<&str> = term
        .values
        .iter()
        .map(|value| {
            let answer = question.answers.iter().find(|answer| answer.value == *value);
            answer.map_or(value.as_str(), |answer| &answer.label)
        })
        .collect();
    if labels.iter().all(|label| channel_of(label).is_some()) {
        let channels: Vec<String> = labels.iter().map(|label| tidy(label)).collect();
        return format!("nộp {}", channels.join(" hoặc "));
    }
    let answers: Vec<&str> = question.answers.iter().map(|answer| answer.label.as_str()).collect();
    clause(&question.ask, &labels, &answers)
}

/// What is left of a requirement once some of the case is known: conditions that hold are no longer
/// spoken of, alternatives that are closed are gone.
pub fn narrowed(requirement: &Requirement, facts: &CaseFacts) -> Requirement {
    let mut narrowed = requirement.clone();
    narrowed.any_of.retain(|list| list.when.evaluate(facts) != Truth::False);
    if narrowed.any_of.is_empty() {
        // Nothing is open in this case: what the rule says in full is truer than nothing.
        narrowed.any_of.clone_from(&requirement.any_of);
    }
    for list in &mut narrowed.any_of {
        if list.when.evaluate(facts) == Truth::True {
            list.when = Condition::always();
        }
    }
    let decided = narrowed.when.evaluate(facts) == Truth::True;
    if decided && narrowed.necessity == Necessity::Conditional {
        narrowed.necessity = Necessity::Always;
    }
    narrowed
}

/// A requirement as one statement, complete in itself.
pub fn requirement_text(requirement: &Requirement, procedure: &Procedure) -> String {
    let verb = match requirement.handover {
        Handover::Submit => "Nộp",
        Handover::Present => "Xuất trình",
    };
    let mut text = format!("{verb}: {}", options_text(requirement, &procedure.questions));
    match requirement.necessity {
        Necessity::Conditional => {
            let when = condition_text(&requirement.when, &procedure.questions);
            text.push_str(&format_sentence("Chỉ cần khi", &when));
        }
        Necessity::Optional => text.push_str(". Nộp nếu có, không bắt buộc"),
        Necessity::Pending => text.push_str(". Cán bộ cần xem trường hợp nào phải nộp"),
        Necessity::Always => {}
    }
    if let Some(replacement) = &requirement.replaced_by_data {
        text.push_str(&format_sentence(
            "Không phải nộp nếu tra cứu được trong",
            &replacement.database,
        ));
    }
    if let Some(note) = &requirement.note {
        text.push_str(". ");
        text.push_str(note.trim_end_matches('.'));
    }
    text.push('.');
    text
}

fn format_sentence(head: &str, rest: &str) -> String {
    format!(". {head}: {}", rest.trim_end_matches('.'))
}

fn options_text(requirement: &Requirement, questions: &[CaseQuestion]) -> String {
    let lists: Vec<String> =
        requirement.any_of.iter().map(|list| list_text(list, questions)).collect();
    let single = requirement.any_of.len() == 1
        && requirement.any_of.first().is_some_and(|list| list.all_of.len() == 1);
    let named = requirement
        .any_of
        .iter()
        .flat_map(|list| &list.all_of)
        .any(|paper| fold(&paper.name).contains(&fold(&requirement.name)));
    let options = lists.join("; hoặc ");
    if single || named { options } else { format!("{} — {options}", requirement.name) }
}

fn list_text(list: &PaperList, questions: &[CaseQuestion]) -> String {
    let papers: Vec<String> = list.all_of.iter().map(paper_text).collect();
    let mut text = papers.join(" và ");
    if !list.when.is_always() {
        text.push_str(" (khi: ");
        text.push_str(&condition_text(&list.when, questions));
        text.push(')');
    }
    text
}

fn paper_text(paper: &Paper) -> String {
    let mut details: Vec<String> = Vec::new();
    if let Some(form) = &paper.form
        && !fold(&paper.name).contains(&fold(form))
    {
        details.push(format!("mẫu: {form}"));
    }
    let says_copy =
        fold(&paper.name).contains("ban sao") || fold(&paper.name).contains("ban chinh");
    if paper.copy_type != CopyType::Unspecified && !says_copy {
        details.push(paper.copy_type.vietnamese().to_owned());
    }
    if paper.quantity > 1 {
        details.push(format!("số lượng {:02}", paper.quantity));
    }
    if let Some(validity) = &paper.validity
        && !paper.name.contains(validity.as_str())
    {
        details.push(validity.clone());
    }
    let name = paper.name.trim_end_matches(['.', ';']);
    if details.is_empty() { name.to_owned() } else { format!("{name} ({})", details.join(", ")) }
}

/// A fee with its condition and channels.
pub fn fee_text(fee: &Fee) -> String {
    let text = format!("{}: {}", fee.name, fee.text.trim_end_matches('.'));
    qualified(text, &fee.channels, fee.condition.as_deref())
}

/// A time limit with its condition and channels.
pub fn time_text(time: &TimeLimit) -> String {
    let text = format!("Thời hạn giải quyết: {}", time.text.trim_end_matches('.'));
    qualified(text, &time.channels, time.condition.as_deref())
}

/// A place with its channels.
pub fn place_text(place: &Place) -> String {
    qualified(format!("Nơi nộp: {}", place.text.trim_end_matches('.')), &place.channels, None)
}

/// Adds in which case and on which channels something holds.
fn qualified(mut text: String, channels: &[Channel], condition: Option<&str>) -> String {
    if let Some(condition) = condition {
        text.push_str(&format_sentence("Áp dụng khi", condition));
    }
    if !channels.is_empty() && channels.len() < Channel::ALL.len() {
        let names: Vec<&str> = channels.iter().map(|channel| channel.vietnamese()).collect();
        text.push_str(" (nộp ");
        text.push_str(&names.join(", "));
        text.push(')');
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use motcua_domain::{CaseAnswer, Conjunction};

    use super::*;

    fn question(ask: &str, labels: &[&str]) -> CaseQuestion {
        let answers =
            labels.iter().enumerate().map(|(at, label)| CaseAnswer::new(format!("v{at}"), *label));
        CaseQuestion {
            key: "k".into(),
            ask: ask.into(),
            answers: answers.collect(),
            lookup: false,
            usual: None,
        }
    }

    #[track_caller]
    fn check(question: &CaseQuestion, values: &[&str], expected: &str) {
        let term = Term { key: "k".into(), values: values.iter().map(|v| (*v).into()).collect() };
        let condition = Condition { any_of: vec![Conjunction { all_of: vec![term] }] };
        assert_eq!(condition_text(&condition, std::slice::from_ref(question)), expected);
    }

    #[test]
    fn conditions_read_as_people_speak() {
        let channel =
            question("Nộp bằng hình thức nào?", &["Trực tiếp", "Qua bưu chính", "Trực tuyến"]);
        check(&channel, &["v0", "v1"], "nộp trực tiếp hoặc qua bưu chính");
        let proxy = question("Có ủy quyền cho người khác không?", &["Có", "Không"]);
        check(&proxy, &["v0"], "ủy quyền cho người khác");
        check(&proxy, &["v1"], "không ủy quyền cho người khác");
        let whose = question("Nhà của ai?", &["Hộ gia đình, cá nhân", "Tổ chức"]);
        check(&whose, &["v0"], "hộ gia đình, cá nhân");
        check(&whose, &["v1"], "nhà của tổ chức");
    }
}
