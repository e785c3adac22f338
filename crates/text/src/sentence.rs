/// The sentences of a text, trimmed, in order; line breaks end a sentence too.
///
/// A dot inside a number, a code or after an abbreviation does not end one.
/// ```
/// let cut = motcua_text::sentences("Phí là 10.000 đồng. Nộp tại UBND xã (Điều 5. khoản 2).");
/// assert_eq!(cut.len(), 2);
/// ```
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut depth = 0_i32;
    while let Some((at, c)) = chars.next() {
        match c {
            '(' => depth += 1,
            ')' => depth = (depth - 1).max(0),
            _ => {}
        }
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match c {
            '\n' => true,
            '!' | '?' | '…' => depth == 0 && next.is_none_or(char::is_whitespace),
            '.' => {
                depth == 0
                    && next.is_none_or(char::is_whitespace)
                    && !is_abbreviation(&text[start..at])
            }
            _ => false,
        };
        if ends {
            depth = 0;
            push_trimmed(&mut found, &text[start..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
    }
    push_trimmed(&mut found, &text[start..]);
    found
}

fn push_trimmed<'a>(found: &mut Vec<&'a str>, piece: &'a str) {
    let piece = piece.trim();
    if piece.chars().any(char::is_alphanumeric) {
        found.push(piece);
    }
}

/// "TP." and single capital letters as in "Nguyễn V. An", and list numbers "1." at the start.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let alone = before.trim() == word;
    matches!(word, "TP" | "Tp" | "TT" | "P" | "Q" | "Tx" | "TX" | "v.v")
        || (word.chars().count() == 1 && word.chars().all(char::is_uppercase))
        || (alone && word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(sentences(text), expected);
    }

    #[test]
    fn cuts_at_sentence_ends_only() {
        check(
            "Nộp tờ khai. Lệ phí 8.000 đồng! Xong?",
            &["Nộp tờ khai.", "Lệ phí 8.000 đồng!", "Xong?"],
        );
        check("Ở TP. Hồ Chí Minh. Hết", &["Ở TP. Hồ Chí Minh.", "Hết"]);
        check("1. Nộp đơn\n2. Nhận kết quả", &["1. Nộp đơn", "2. Nhận kết quả"]);
        check(" \n ... ", &[]);
    }
}
