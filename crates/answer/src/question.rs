use std::sync::LazyLock;

use regex::Regex;

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

/// Hides what tells a person: identity numbers, telephone numbers, mail addresses.
///
/// For logs and statistics; Luật 91/2025/QH15 counts them as personal data.
/// ```
/// let masked = motcua_answer::mask_personal("số 025099001234, gọi 0912 345 678");
/// assert_eq!(masked, "số [số], gọi [số]");
/// ```
pub fn mask_personal(text: &str) -> String {
    #[expect(clippy::expect_used, reason = "fixed patterns, exercised by the tests")]
    static PERSONAL: LazyLock<[(Regex, &str); 2]> = LazyLock::new(|| {
        let mail = Regex::new(r"\S+@\S+\.\S+").expect("pattern is valid");
        let number = Regex::new(r"\+?\d(?:[ .-]?\d){7,}").expect("pattern is valid");
        [(mail, "[thư điện tử]"), (number, "[số]")]
    });
    PERSONAL.iter().fold(text.to_owned(), |text, (pattern, mask)| {
        pattern.replace_all(&text, *mask).into_owned()
    })
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

    #[test]
    fn masks_what_tells_a_person() {
        assert_eq!(mask_personal("thư an@vi.du.vn"), "thư [thư điện tử]");
        assert_eq!(mask_personal("thủ tục 1.001193 năm 2025"), "thủ tục 1.001193 năm 2025");
    }
}
