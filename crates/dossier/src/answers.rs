//! Answers given by key, as a machine or a form gives them.

use motcua_domain::{CaseFacts, Procedure};

/// An answer that the procedure does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownAnswer {
    /// There is no such question.
    #[error("không có câu hỏi `{given}`, chỉ có: {}", known.join(", "))]
    Key {
        /// The key that was given.
        given: String,
        /// The keys of the procedure's questions.
        known: Vec<String>,
    },
    /// The question has no such answer.
    #[error("câu hỏi `{key}` không có câu trả lời `{given}`, chỉ có: {}", known.join(", "))]
    Value {
        /// The question's key.
        key: String,
        /// The value that was given.
        given: String,
        /// The values the question knows.
        known: Vec<String>,
    },
}

/// Turns `key`, `value` pairs into case facts. A later answer to the same question wins.
///
/// # Errors
/// If a key or a value is not one of the procedure's; the error lists those it knows.
pub fn resolve_answers(
    procedure: &Procedure,
    answers: &[(String, String)],
) -> Result<CaseFacts, UnknownAnswer> {
    let mut facts = CaseFacts::default();
    for (key, value) in answers {
        let Some(question) = procedure.questions.iter().find(|question| question.key == *key)
        else {
            let known = procedure.questions.iter().map(|question| question.key.clone()).collect();
            return Err(UnknownAnswer::Key { given: key.clone(), known });
        };
        if !question.answers.iter().any(|answer| answer.value == *value) {
            let known = question.answers.iter().map(|answer| answer.value.clone()).collect();
            return Err(UnknownAnswer::Value { key: key.clone(), given: value.clone(), known });
        }
        facts.insert(key, value);
    }
    Ok(facts)
}
