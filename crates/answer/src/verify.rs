//! Is a sentence borne out by the evidence it cites?
//!
//! Strict on purpose: a true sentence that is dropped costs nothing, because the extract stands; a
//! false one sends somebody home.

use std::sync::LazyLock;

use motcua_domain::{DropReason, Evidence, EvidenceId, EvidenceKind, Sentence};
use motcua_text::{
    Mention, MentionKind, contains_phrase, fold, is_vietnamese, mentions, syllables,
};
use regex::Regex;

/// The least share of a sentence's own words that its evidence must hold.
const MIN_SUPPORT: f32 = 0.7;
/// The least share of a condition's words that a sentence about the conditional fact must repeat.
const MIN_CONDITION: f32 = 0.5;

/// Checks one sentence of a draft, citation marks included, and returns it without them.
///
/// # Errors
/// The first reason for which it must not be shown.
pub fn verify(raw: &str, evidence: &[Evidence]) -> Result<Sentence, DropReason> {
    let (text, citations) = split_citations(raw)?;
    if citations.is_empty() {
        return Err(DropReason::NoCitation);
    }
    let cited: Option<Vec<&Evidence>> =
        citations.iter().map(|id| evidence.iter().find(|piece| piece.id == *id)).collect();
    let cited = cited.ok_or(DropReason::UnknownCitation)?;
    if !is_vietnamese(&text) {
        return Err(DropReason::NotVietnamese);
    }
    let sources: Vec<Source> = cited.iter().map(|piece| Source::new(piece)).collect();
    check_mentions(&text, &sources)?;
    check_papers(&text, &sources)?;
    let names: Vec<&str> = evidence
        .iter()
        .filter(|piece| piece.kind == EvidenceKind::Overview)
        .map(|piece| piece.text.as_str())
        .collect();
    check_support(&text, &sources, &names)?;
    Ok(Sentence { text, citations })
}

/// A cited piece with what is looked up in it.
struct Source {
    lower: String,
    mentions: Vec<Mention>,
}

impl Source {
    fn new(piece: &Evidence) -> Self {
        let lower = motcua_text::normalize(&piece.text).to_lowercase();
        Self { lower, mentions: mentions(&piece.text) }
    }

    /// The words after "Chỉ cần khi:" and its like: when the fact holds.
    fn condition(&self) -> Option<&str> {
        CONDITION_HEADS.iter().find_map(|head| {
            let (_, rest) = self.lower.split_once(head)?;
            Some(rest.split(". ").next().unwrap_or(rest))
        })
    }
}

/// What the condition of a fact is announced by.
pub(crate) const CONDITION_HEADS: [&str; 3] = ["chỉ cần khi: ", "áp dụng khi: ", "(khi: "];

fn split_citations(raw: &str) -> Result<(String, Vec<EvidenceId>), DropReason> {
    #[expect(clippy::expect_used, reason = "fixed pattern, exercised by the tests")]
    static MARKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*[\[(]\s*E\s?\d+(?:\s*[,;]?\s*E\s?\d+)*\s*[\])]").expect("pattern is valid")
    });
    let mut citations: Vec<EvidenceId> = Vec::new();
    for mark in MARKS.find_iter(raw) {
        let numbers = mark.as_str().split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
        for number in numbers {
            let id = EvidenceId(number.parse().map_err(|_| DropReason::UnknownCitation)?);
            if !citations.contains(&id) {
                citations.push(id);
            }
        }
    }
    let text = motcua_text::normalize(&MARKS.replace_all(raw, ""));
    let text = text.trim_start_matches(['-', '*', '•', ' ']).replace(" .", ".");
    Ok((text, citations))
}

fn check_mentions(text: &str, sources: &[Source]) -> Result<(), DropReason> {
    let channels = channels_in(&text.to_lowercase());
    for mention in mentions(text) {
        let holds = |source: &&Source| source.mentions.iter().any(|m| bears_out(&mention, m));
        let mut bearers = sources.iter().filter(holds).peekable();
        if bearers.peek().is_none() {
            return Err(reason(mention.kind));
        }
        let quantity = matches!(mention.kind, MentionKind::Money | MentionKind::Duration);
        // A limit or fee of one channel must not be said of another.
        let fits = |source: &Source| {
            let own = channels_in(&source.lower);
            own.is_empty() || channels.is_empty() || channels.iter().all(|c| own.contains(c))
        };
        if quantity && !bearers.any(fits) {
            return Err(DropReason::NumberNotInEvidence);
        }
    }
    Ok(())
}

fn channels_in(lower: &str) -> Vec<&'static str> {
    let known = ["trực tiếp", "trực tuyến", "bưu chính"];
    known.into_iter().filter(|channel| contains_phrase(lower, channel)).collect()
}

/// Whether the evidence's mention says what the sentence's does.
fn bears_out(claim: &Mention, held: &Mention) -> bool {
    use MentionKind as K;
    match (claim.kind, held.kind) {
        (K::LegalReference, K::LegalReference) => {
            let held: Vec<&str> = held.canonical.split(' ').collect();
            claim.canonical.split(' ').all(|part| held.contains(&part))
        }
        // "118/2025" for "118/2025/NĐ-CP", but not "18/2025".
        (K::DocumentNumber, K::DocumentNumber) => {
            let rest = held.canonical.strip_prefix(claim.canonical.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        (K::FormCode, K::FormCode) => {
            let code = |mention: &Mention| mention.canonical.trim_start_matches("mau ").to_owned();
            code(claim) == code(held)
        }
        // "10.000" where the evidence says "10.000 đồng"; but a bare "3" is not "3 ngày".
        (K::Number, K::Money) => Some(claim.canonical.as_str()) == held.amount(),
        (claimed, kind) => claimed == kind && claim.canonical == held.canonical,
    }
}

fn reason(kind: MentionKind) -> DropReason {
    match kind {
        MentionKind::Date => DropReason::DateNotInEvidence,
        MentionKind::FormCode => DropReason::FormNotInEvidence,
        MentionKind::LegalReference | MentionKind::DocumentNumber => {
            DropReason::LegalReferenceNotInEvidence
        }
        MentionKind::Money
        | MentionKind::Duration
        | MentionKind::Number
        | MentionKind::ProcedureCode => DropReason::NumberNotInEvidence,
    }
}

/// How many syllables after its head tell one paper from another: "tờ khai đăng ký kết hôn".
const PAPER_SYLLABLES: usize = 4;

/// Words that a paper's name begins with.
const PAPER_HEADS: [&str; 22] = [
    "giấy",
    "tờ khai",
    "đơn",
    "văn bản",
    "hộ chiếu",
    "thẻ",
    "sổ",
    "hợp đồng",
    "trích lục",
    "bản án",
    "quyết định",
    "biên bản",
    "chứng minh nhân dân",
    "căn cước",
    "học bạ",
    "bằng",
    "chứng chỉ",
    "phiếu",
    "di chúc",
    "lý lịch",
    "ảnh",
    "hóa đơn",
];

/// Every paper that is named must be named so in the evidence: its head and the syllables that
/// follow, marks included.
fn check_papers(text: &str, sources: &[Source]) -> Result<(), DropReason> {
    let lower = text.to_lowercase();
    for head in PAPER_HEADS {
        for (at, _) in lower.match_indices(head) {
            let Some(name) = paper_name(&lower, at, head) else { continue };
            if !sources.iter().any(|source| contains_phrase(&source.lower, name)) {
                return Err(DropReason::PaperNotInEvidence);
            }
        }
    }
    Ok(())
}

/// The head at `at` with up to [`PAPER_SYLLABLES`] further syllables of the same phrase; none where it is part of
/// another word or names no paper of its own ("giấy tờ này").
fn paper_name<'a>(lower: &'a str, at: usize, head: &str) -> Option<&'a str> {
    let before = lower[..at].chars().next_back();
    let rest = &lower[at + head.len()..];
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if is_word(before) || is_word(rest.chars().next()) {
        return None;
    }
    let phrase_end =
        rest.find([',', ';', '.', '(', ')', ':', '"', '“', '”', '/']).unwrap_or(rest.len());
    let phrase = &rest[..phrase_end];
    let mut end = 0;
    let mut taken = 0;
    for word in syllables(phrase) {
        if taken == PAPER_SYLLABLES || LOOSE.contains(&word) {
            break;
        }
        // `syllables` slices `phrase`, so the distance of the pointers is an offset into it.
        end = word.as_ptr() as usize - phrase.as_ptr() as usize + word.len();
        taken += 1;
    }
    let standing_alone = taken == 0
        && !matches!(head, "hộ chiếu" | "căn cước" | "học bạ" | "di chúc" | "chứng minh nhân dân");
    (!standing_alone).then(|| &lower[at..at + head.len() + end])
}

/// Words that follow a paper's head without being part of its name.
const LOOSE: [&str; 44] = [
    "này", "đó", "trên", "của", "do", "và", "hoặc", "khi", "nếu", "để", "cho", "tại", "ở", "là",
    "có", "phải", "được", "theo", "trong", "từ", "đến", "thì", "với", "bản", "cần", "gốc", "đã",
    "mà", "tờ", "các", "bạn", "ông", "bà", "mẫu", "không", "nộp", "xuất", "mang", "kèm", "về",
    "còn", "chính", "một", "gồm",
];

fn check_support(text: &str, sources: &[Source], names: &[&str]) -> Result<(), DropReason> {
    let lower = text.to_lowercase();
    let held: Vec<String> = sources
        .iter()
        .map(|s| s.lower.clone())
        .chain(names.iter().map(|n| n.to_lowercase()))
        .collect();
    let in_evidence = |word: &str| held.iter().any(|text| contains_phrase(text, word));
    let supported = share(&lower, in_evidence) >= MIN_SUPPORT;
    let conditions_kept = sources
        .iter()
        .filter_map(Source::condition)
        .all(|condition| share(condition, |word| contains_phrase(&lower, word)) >= MIN_CONDITION);
    let negations_agree = negations_agree(&lower, sources);
    if supported && conditions_kept && negations_agree {
        Ok(())
    } else {
        Err(DropReason::NotSupported)
    }
}

/// The share of a text's content words that hold; 1 for a text without any.
fn share(text: &str, holds: impl Fn(&str) -> bool) -> f32 {
    let words: Vec<&str> = syllables(text).filter(|word| !FUNCTION_WORDS.contains(word)).collect();
    if words.is_empty() {
        return 1.0;
    }
    words.iter().filter(|word| holds(word)).count() as f32 / words.len() as f32
}

const FUNCTION_WORDS: [&str; 42] = [
    "là", "và", "của", "cho", "thì", "được", "phải", "cần", "có", "các", "những", "một", "này",
    "đó", "khi", "nếu", "để", "tại", "ở", "theo", "với", "trong", "từ", "đến", "bạn", "ông", "bà",
    "người", "hoặc", "do", "về", "sẽ", "cũng", "bao", "gồm", "như", "sau", "mức", "việc", "ra",
    "vào", "mà",
];

/// "Không phải nộp" must not become "phải nộp", nor the other way round.
fn negations_agree(lower: &str, sources: &[Source]) -> bool {
    let negators = ["không", "miễn", "chưa", "trừ"];
    let said = |text: &str, negator: &str| contains_phrase(text, negator);
    let denies_more = negators
        .iter()
        .any(|negator| said(lower, negator) && !sources.iter().any(|s| said(&s.lower, negator)));
    let asserts_more = ["phải", "cần", "được", "nộp", "yêu cầu", "bắt buộc"].iter().any(|verb| {
        let denied = format!("không {verb}");
        let affirms = |text: &str| {
            contains_phrase(text, verb)
                && text.matches(verb).count() > text.matches(denied.as_str()).count()
        };
        let only_denied = |s: &Source| contains_phrase(&s.lower, &denied) && !affirms(&s.lower);
        affirms(lower) && !sources.is_empty() && sources.iter().all(only_denied)
    });
    !denies_more && !asserts_more
}

/// Two sentences that say the same.
pub(crate) fn same_sentence(one: &str, other: &str) -> bool {
    let words = |text: &str| fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
    words(one) == words(other)
}

#[cfg(test)]
mod tests;
