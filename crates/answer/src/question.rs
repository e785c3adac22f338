/// The longest question that is read, in characters. Spoken questions stay far below it.
pub const MAX_QUESTION_CHARS: usize = 1_000;

/// A question that has been checked: normalised, not empty, not too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question(String);

/// Why a text is no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseQuestionError {
    /// Nothing but white space and punctuation.
    #[error("câu hỏi để trống")]
    Empty,
    /// Longer than [`MAX_QUESTION_CHARS`].
    #[error("câu hỏi dài {chars} ký tự, chỉ nhận tối đa {MAX_QUESTION_CHARS}")]
    TooLong {
        /// How long it is.
        chars: usize,
    },
}

impl Question {
    /// Checks and normalises what was typed.
    ///
    /// # Errors
    /// When nothing is asked, or too much at once.
    pub fn parse(raw: &str) -> Result<Self, ParseQuestionError> {
        let chars = raw.chars().count();
        if chars > MAX_QUESTION_CHARS {
            return Err(ParseQuestionError::TooLong { chars });
        }
        let text = motcua_text::normalize(raw);
        if !text.chars().any(char::is_alphanumeric) {
            return Err(ParseQuestionError::Empty);
        }
        Ok(Self(text))
    }

    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_question_and_refuses_what_is_none() {
        let parsed = Question::parse("  Làm khai sinh   cần gì?\n").map(|q| q.0);
        assert_eq!(parsed.as_deref(), Ok("Làm khai sinh cần gì?"));
        assert_eq!(Question::parse(" ?! "), Err(ParseQuestionError::Empty));
        let long = "a".repeat(100_000);
        assert_eq!(Question::parse(&long), Err(ParseQuestionError::TooLong { chars: 100_000 }));
    }
}
