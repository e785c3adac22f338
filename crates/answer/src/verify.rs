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

use crate::bounds::Bounds;

mod support;

use support::{Fact, is_borne_out};

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
    let overviews = evidence.iter().filter(|piece| piece.kind == EvidenceKind::Overview);
    let names: Vec<Fact> =
        overviews.filter_map(|piece| quoted(&piece.text)).map(Fact::of_name).collect();
    let facts: Vec<Fact> = cited.iter().map(|piece| Fact::new(piece)).collect();
    if !is_borne_out(&text, &facts, &names) {
        return Err(DropReason::NotSupported);
    }
    Ok(Sentence { text, citations })
}

/// Whether the sentences that cite a fact say all of it that must not be left out: when it holds, for which channels,
/// what is denied of it and what may stand in its place.
pub fn is_told_whole(piece: &Evidence, sentences: &[Sentence]) -> bool {
    let citing = sentences.iter().filter(|sentence| sentence.citations.contains(&piece.id));
    let citing: Vec<&str> = citing.map(|sentence| sentence.text.as_str()).collect();
    !citing.is_empty() && Fact::new(piece).is_told_by(&citing)
}

/// What a text calls by its name.
fn quoted(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('“')?;
    rest.split_once('”').map(|(name, _)| name)
}

/// A cited piece with what is looked up in it.
struct Source {
    lower: String,
    /// Where it is said on which channels all of it holds, or its end.
    before_channels: usize,
    mentions: Vec<Mention>,
}

impl Source {
    fn new(piece: &Evidence) -> Self {
        let text = motcua_text::normalize(&piece.text);
        let lower = text.to_lowercase();
        let before_channels =
            Bounds::of(piece.kind, &text).channels.map_or(lower.len(), |channels| channels.start);
        Self { lower, before_channels, mentions: mentions(&piece.text) }
    }

    /// The channels of each part of the text that bears a mention out, those of the whole left out: in "trực tiếp:
    /// 20.000 đồng; trực tuyến: 10.000 đồng" each amount has one.
    fn channels_beside(&self, mention: &Mention) -> Vec<Vec<&'static str>> {
        let bears = |part: &&str| mentions(part).iter().any(|held| bears_out(mention, held));
        let said = self.lower.get(..self.before_channels).unwrap_or(&self.lower);
        let signs = [", ", "; ", ". "];
        let cut = signs.iter().fold(said.to_owned(), |text, sign| text.replace(sign, "\n"));
        cut.split('\n').filter(bears).map(channels_in).collect()
    }
}

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
            let at = |own: &[&str]| channels.iter().all(|channel| own.contains(channel));
            let own = channels_in(&source.lower);
            let beside = source.channels_beside(&mention);
            own.is_empty() || at(&own) && beside.iter().any(|own| own.is_empty() || at(own))
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

/// Two sentences that say the same.
pub(crate) fn same_sentence(one: &str, other: &str) -> bool {
    let words = |text: &str| fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
    words(one) == words(other)
}

#[cfg(test)]
mod tests;
