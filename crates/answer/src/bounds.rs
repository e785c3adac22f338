//! What of a fact is said whole or not at all.
//!
//! "Không phải nộp nếu tra cứu được" is no longer true without its end, "A hoặc B" not with "và", "trên 100 triệu" not
//! without "trên": a sentence that keeps some of these words and leaves others turns the fact round.

use std::ops::Range;

use motcua_domain::{Channel, EvidenceKind};
use motcua_text::{contains_phrase, sentences};

/// Bytes of a fact's normalised text that are never cut.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Said whole or not at all.
    pub(crate) wholes: Vec<Range<usize>>,
    /// When the fact holds: part of every sentence about it.
    pub(crate) conditions: Vec<Range<usize>>,
    /// On which channels it holds, "nộp trực tiếp, trực tuyến": every sentence about it names one of these.
    pub(crate) channels: Option<Range<usize>>,
}

/// What a sentence that says nothing but the condition of the fact begins with.
pub(crate) const CONDITION_HEADS: [&str; 2] = ["chỉ cần khi: ", "áp dụng khi: "];

/// What the condition of one of several papers begins with, in brackets.
pub(crate) const WHEN: &str = "khi: ";

/// Words that turn or bound what stands beside them: a denial, a condition, a choice, a limit.
const BINDING: [&str; 32] = [
    "không",
    "chẳng",
    "chưa",
    "miễn",
    "trừ",
    "khỏi",
    "nếu",
    "khi",
    "hoặc",
    "hay",
    "chỉ",
    "riêng",
    "quá",
    "trên",
    "dưới",
    "từ",
    "trước",
    "sau",
    "đến",
    "tới",
    "trường hợp",
    "tối đa",
    "tối thiểu",
    "ít nhất",
    "nhiều nhất",
    "đối với",
    "trở lên",
    "trở xuống",
    "thay",
    "có thể",
    "bắt buộc",
    "bất kỳ",
];

/// Whether a text, in small letters, holds words that turn or bound it.
pub(crate) fn binds(lower: &str) -> bool {
    BINDING.iter().any(|word| contains_phrase(lower, word))
}

impl Bounds {
    /// What of a fact's text, normalised, is never cut.
    pub(crate) fn of(kind: EvidenceKind, text: &str) -> Self {
        let lower = text.to_lowercase();
        // Vietnamese letters keep their length when they are made small, others may not.
        let lower = if lower.len() == text.len() { lower } else { text.to_owned() };
        let mut bounds = Self { channels: channels(kind, &lower), ..Self::default() };
        for (number, sentence) in sentences(&lower).into_iter().enumerate() {
            // `sentences` slices the text, so the distance of the pointers is an offset into it.
            let from = sentence.as_ptr() as usize - lower.as_ptr() as usize;
            bounds.add_sentence(kind, number == 0, from, trimmed(sentence));
        }
        bounds
    }

    fn add_sentence(&mut self, kind: EvidenceKind, is_first: bool, from: usize, sentence: &str) {
        let end = self.channels.as_ref().map(|channels| channels.start.saturating_sub(2));
        let end =
            end.filter(|end| (from..from + sentence.len()).contains(end)).map(|end| end - from);
        if let Some(head) = CONDITION_HEADS.iter().find(|head| sentence.starts_with(**head)) {
            let end = end.unwrap_or(sentence.len()).max(head.len());
            self.conditions.push(from + head.len()..from + end);
            return;
        }
        let core = if is_first { core(kind, sentence) } else { None };
        let brackets = brackets(sentence);
        let outside =
            |range: &Range<usize>| !brackets.iter().any(|bracket| bracket.contains(&range.start));
        let mut bound = binding(kind, sentence).into_iter().filter(outside).peekable();
        if bound.peek().is_some() {
            let within = |core: &Range<usize>| {
                bound.all(|range| core.start <= range.start && range.end <= core.end)
            };
            let Some(core) = core.filter(within) else {
                self.wholes.push(from..from + end.unwrap_or(sentence.len()));
                return;
            };
            self.wholes.push(from + core.start..from + core.end);
        }
        for bracket in brackets {
            self.add_bracket(from, &sentence[bracket.clone()], bracket);
        }
    }

    fn add_bracket(&mut self, from: usize, text: &str, at: Range<usize>) {
        let inner = text.strip_prefix(['(', '[', '"']).unwrap_or(text);
        let start = from + at.start + (text.len() - inner.len());
        let inner = inner.strip_suffix([')', ']', '"']).unwrap_or(inner);
        if self.channels.as_ref().is_some_and(|channels| channels.start == start) {
            return;
        }
        if let Some(condition) = inner.strip_prefix(WHEN) {
            self.conditions.push(start + WHEN.len()..start + WHEN.len() + condition.len());
        } else if binds(inner) {
            self.wholes.push(start..start + inner.len());
        }
    }
}

/// A sentence without the signs that end it.
pub(crate) fn trimmed(sentence: &str) -> &str {
    sentence.trim_end_matches(['.', ';', '!', ' '])
}

/// Where words stand that turn or bound a sentence. Papers that are asked for together are all asked for.
fn binding(kind: EvidenceKind, sentence: &str) -> Vec<Range<usize>> {
    let together = (kind == EvidenceKind::Paper).then_some("và");
    let words = BINDING.iter().copied().chain(together);
    let found =
        words.flat_map(|word| sentence.match_indices(word).map(move |(at, _)| at..at + word.len()));
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    found
        .filter(|range| {
            !is_word(sentence[..range.start].chars().next_back())
                && !is_word(sentence[range.end..].chars().next())
        })
        .collect()
}

/// "nộp trực tiếp, trực tuyến" at the end of a fee, a time limit or a place.
fn channels(kind: EvidenceKind, lower: &str) -> Option<Range<usize>> {
    if !matches!(kind, EvidenceKind::Fee | EvidenceKind::Time | EvidenceKind::Place) {
        return None;
    }
    let inner_end = trimmed(lower).strip_suffix(')')?.len();
    let start = lower[..inner_end].rfind(" (nộp ")? + " (".len();
    let named = lower[start..inner_end].strip_prefix("nộp ")?;
    let is_channel = |name: &str| Channel::ALL.iter().any(|channel| channel.vietnamese() == name);
    named.split(", ").all(is_channel).then_some(start..inner_end)
}

/// In "Nộp: Tờ khai đăng ký khai sinh (bản chính)" the paper, in "Lệ phí: 8.000 đồng" the amount.
pub(crate) fn core(kind: EvidenceKind, sentence: &str) -> Option<Range<usize>> {
    use EvidenceKind as K;
    if matches!(kind, K::Step | K::Condition | K::Overview) {
        return None;
    }
    let start = sentence.find(": ")? + 2;
    let rest = &sentence[start..];
    let ends = [" (", "; ", " - "].iter().filter_map(|end| rest.find(end));
    let end = ends.min().unwrap_or(rest.len());
    (end > 0).then_some(start..start + end)
}

/// Brackets and quotations; one that is not closed goes on to the end.
pub(crate) fn brackets(sentence: &str) -> Vec<Range<usize>> {
    let (mut found, mut open, mut depth) = (Vec::new(), 0, 0_usize);
    let mut quoted = None;
    for (at, c) in sentence.char_indices() {
        match c {
            '(' | '[' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            ')' | ']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(open..at + 1);
                }
            }
            '"' => match quoted.take() {
                Some(start) => found.push(start..at + 1),
                None => quoted = Some(at),
            },
            _ => {}
        }
    }
    let unclosed = (depth > 0).then_some(open).into_iter().chain(quoted).min();
    found.extend(unclosed.map(|from| from..sentence.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: EvidenceKind, text: &str, wholes: &[&str], conditions: &[&str]) {
        let bounds = Bounds::of(kind, text);
        let cut = |ranges: &[Range<usize>]| {
            ranges.iter().map(|range| text[range.clone()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            (cut(&bounds.wholes), cut(&bounds.conditions)),
            (owned(wholes), owned(conditions))
        );
    }

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn denials_choices_and_limits_are_whole() {
        use EvidenceKind as K;
        check(
            K::Paper,
            "Nộp: Giấy tờ về chỗ ở (bản chính). Không phải nộp nếu tra cứu được trong: Kho dữ liệu.",
            &["Không phải nộp nếu tra cứu được trong: Kho dữ liệu"],
            &[],
        );
        check(K::Fee, "Lệ phí: Không quá 50.000 đồng (một lần).", &["Không quá 50.000 đồng"], &[]);
        check(
            K::Paper,
            "Nộp: Sổ A; hoặc sổ B (khi: mất sổ A).",
            &["Nộp: Sổ A; hoặc sổ B (khi: mất sổ A)"],
            &[],
        );
        check(
            K::Paper,
            "Nộp: Đơn và ảnh (bản chính hoặc bản sao).",
            &["Đơn và ảnh", "bản chính hoặc bản sao"],
            &[],
        );
        check(
            K::Step,
            "Công dân nộp đơn. Nếu đủ thì nhận giấy hẹn.",
            &["Nếu đủ thì nhận giấy hẹn"],
            &[],
        );
    }

    #[test]
    fn conditions_are_told_from_the_fact() {
        use EvidenceKind as K;
        check(
            K::Paper,
            "Nộp: Văn bản. Chỉ cần khi: ủy quyền; hoặc ốm.",
            &[],
            &["ủy quyền; hoặc ốm"],
        );
        check(K::Paper, "Nộp: Văn bản (khi: ủy quyền).", &[], &["ủy quyền"]);
        let fee = "Lệ phí: 10.000 đồng. Áp dụng khi: nộp quá hạn (nộp trực tiếp, qua bưu chính).";
        check(K::Fee, fee, &[], &["nộp quá hạn"]);
        let channels = Bounds::of(K::Fee, fee).channels.map(|range| fee[range].to_owned());
        assert_eq!(channels.as_deref(), Some("nộp trực tiếp, qua bưu chính"));
        assert_eq!(Bounds::of(K::Place, "Nơi nộp: Xã (nộp ở tầng 2).").channels, None);
    }
}
