//! How a sentence about a piece of evidence may be put, so that [`verify`](crate::verify) lets it
//! through: in pieces of the evidence as they stand, from where something begins to wherever it may
//! end. With joining words between them, small models wrote sentences that held and meant nothing.
//!
//! Tighter than the verifier where a machine's free choice could turn a fact round: what is denied,
//! and under which condition a fact holds, is said whole or not at all, and no "and" or "or" is put
//! where the evidence has none.

use std::ops::Range;

use motcua_domain::{Evidence, EvidenceId, EvidenceKind};
use motcua_text::{is_vietnamese, mentions, normalize, sentences};

use crate::bounds::{Bounds, CONDITION_HEADS, brackets, core, trimmed};

/// How a sentence about one piece of evidence may be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrasing {
    /// The piece.
    pub id: EvidenceId,
    /// Its words, each run in the order in which they stand.
    pub spans: Vec<Vec<Phrase>>,
    /// Bits of which a sentence must meet every one.
    pub needs: u32,
    /// The fewest phrases of a sentence.
    pub least: u8,
    /// It is an item of a list, papers or steps, which keeps its order.
    pub in_list: bool,
}

/// What is never cut: a word, a number with its unit, a bracket, a denial, a condition, a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// At the opening of a sentence; nothing where it may not stand there.
    pub opens: Vec<String>,
    /// After a comma; nothing where it may not begin a piece.
    pub begins: Vec<String>,
    /// After the phrase before it, white space and punctuation between them included.
    pub continues: Vec<String>,
    /// Which needs it meets.
    pub meets: u32,
}

impl Phrase {
    /// Whether a reader would take its middle or end for the end of a sentence.
    fn begins_anew(&self) -> bool {
        self.continues.iter().any(|form| sentences(&format!("a{form} a")).len() > 1)
    }
}

/// What the fact is about: without it a sentence says nothing.
const CORE: u32 = 1;
/// When it holds: the first of as many needs as there are conditions.
const CONDITION: u32 = 2;

/// Prose has no core; a sentence of it takes at least so many words.
const LEAST_OF_PROSE: u8 = 6;

/// How sentences about these pieces may be put. What the procedure is called is no answer unless
/// there is no other; a piece that cannot be cut without harm has no phrasing.
pub fn phrasings(evidence: &[Evidence]) -> Vec<Phrasing> {
    let only_overview = evidence.iter().all(|piece| piece.kind == EvidenceKind::Overview);
    let told = |piece: &&Evidence| only_overview || piece.kind != EvidenceKind::Overview;
    evidence.iter().filter(told).filter_map(phrasing).collect()
}

fn phrasing(piece: &Evidence) -> Option<Phrasing> {
    let text = normalize(&piece.text);
    if !is_vietnamese(&text) {
        return None;
    }
    let bounds = Bounds::of(piece.kind, &text);
    let conditions = conditions(&bounds);
    let mut spans = Vec::new();
    let mut has_core = false;
    for (number, sentence) in sentences(&text).into_iter().enumerate() {
        let from = sentence.as_ptr() as usize - text.as_ptr() as usize;
        let sentence = trimmed(sentence);
        let lower = sentence.to_lowercase();
        if let Some(head) = CONDITION_HEADS.iter().find(|head| lower.starts_with(**head)) {
            spans.extend(conditions_alone(
                &text,
                from + head.len()..from + sentence.len(),
                &conditions,
            ));
            continue;
        }
        let core = if number == 0 { core(piece.kind, sentence) } else { None };
        has_core |= core.is_some();
        let zones = zones(sentence, from, core, &bounds, &conditions);
        spans.extend(loose_brackets(sentence, &zones));
        spans.push(cut(sentence, &zones));
    }
    let spans: Vec<Vec<Phrase>> = spans
        .into_iter()
        // Whatever ends a sentence within a phrase would tear it apart.
        .flat_map(|span: Vec<Phrase>| {
            let parts = span.split(Phrase::begins_anew).map(<[Phrase]>::to_vec);
            parts.collect::<Vec<_>>()
        })
        .filter(|span| span.first().is_some_and(|first| !first.begins.is_empty()))
        .collect();
    let of_conditions = conditions.iter().fold(0, |needs, zone| needs | zone.meets);
    let needs = if has_core { CORE } else { 0 } | of_conditions;
    let met = spans.iter().flatten().fold(0, |met, phrase: &Phrase| met | phrase.meets);
    let units = spans.iter().flatten().count().try_into().unwrap_or(u8::MAX);
    let least = if has_core { 1 } else { LEAST_OF_PROSE.min(units) };
    let in_list = matches!(piece.kind, EvidenceKind::Paper | EvidenceKind::Step);
    (met & needs == needs).then_some(Phrasing { id: piece.id, spans, needs, least, in_list })
}

/// Bytes that are never cut, and what saying them meets.
#[derive(Clone)]
struct Zone {
    range: Range<usize>,
    meets: u32,
}

/// All that a sentence must say of when and on which channels the fact holds, each a need of its own.
fn conditions(bounds: &Bounds) -> Vec<Zone> {
    let ranges = bounds.conditions.iter().chain(&bounds.channels);
    let bits = (CONDITION.trailing_zeros()..u32::BITS).map(|bit| 1 << bit);
    ranges.zip(bits).map(|(range, meets)| Zone { range: range.clone(), meets }).collect()
}

/// The conditions in a part of a text, each to be said by itself.
fn conditions_alone<'a>(
    text: &'a str,
    within: Range<usize>,
    conditions: &'a [Zone],
) -> impl Iterator<Item = Vec<Phrase>> + 'a {
    let within =
        move |zone: &&Zone| within.start <= zone.range.start && zone.range.end <= within.end;
    conditions
        .iter()
        .filter(within)
        .map(|zone| vec![phrase(&text[zone.range.clone()], "", zone.meets, true)])
}

fn zones(
    sentence: &str,
    from: usize,
    core: Option<Range<usize>>,
    bounds: &Bounds,
    conditions: &[Zone],
) -> Vec<Zone> {
    let whole = |range: &Range<usize>| Zone { range: range.clone(), meets: 0 };
    let bound = bounds.wholes.iter().map(whole).chain(conditions.iter().cloned());
    let within = |zone: &Zone| from <= zone.range.start && zone.range.end <= from + sentence.len();
    let inner = |zone: Zone| Zone { range: zone.range.start - from..zone.range.end - from, ..zone };
    let mut zones: Vec<Zone> = brackets(sentence).iter().map(whole).collect();
    zones.extend(core.map(|range| Zone { range, meets: CORE }));
    zones.extend(bound.filter(within).map(inner));
    zones.extend(words_apart(sentence));
    zones
}

/// What is never cut wherever it stands: numbers with their units, and what an "and" joins.
fn words_apart(sentence: &str) -> Vec<Zone> {
    let pairs = words(sentence).zip(words(sentence).skip(1));
    let joined = pairs.filter(|(word, _)| is_conjunction(&sentence[word.clone()]));
    let joined = joined.map(|(word, next)| word.start..next.end);
    let whole = |range| Zone { range, meets: 0 };
    joined.chain(mentions(sentence).into_iter().map(|mention| mention.span)).map(whole).collect()
}

/// The words of a text between white space.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// What stands in a bracket by itself, as in "(bản chính, số lượng 02)", can also be said without it.
fn loose_brackets(sentence: &str, zones: &[Zone]) -> Vec<Vec<Phrase>> {
    let apart = |bracket: &Range<usize>| {
        let holds =
            |zone: &&Zone| zone.range.start <= bracket.start && bracket.end <= zone.range.end;
        zones.iter().filter(holds).count() == 1
    };
    let inner = |bracket: Range<usize>| {
        let inner = sentence[bracket.clone()].strip_prefix('(')?.strip_suffix(')')?;
        (!inner.contains(": ")).then_some((bracket.start + 1, inner))
    };
    let loose = |(start, inner): (usize, &str)| {
        let within =
            |zone: &&Zone| start <= zone.range.start && zone.range.end <= start + inner.len();
        let zones = zones.iter().filter(within).map(|zone| Zone {
            range: zone.range.start - start..zone.range.end - start,
            meets: zone.meets,
        });
        cut(inner, &zones.collect::<Vec<_>>())
    };
    brackets(sentence).into_iter().filter(apart).filter_map(inner).map(loose).collect()
}

/// Cuts a sentence between words, never within a zone.
fn cut(sentence: &str, zones: &[Zone]) -> Vec<Phrase> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for word in words(sentence) {
        let glued = zones.iter().any(|zone| {
            let starts_before = pieces.last().is_some_and(|last| zone.range.start < last.end);
            starts_before && zone.range.end > word.start
        });
        match pieces.last_mut() {
            Some(last) if glued => last.end = word.end,
            _ => pieces.push(word),
        }
    }
    let mut span = Vec::new();
    let mut end_of_last = 0;
    for piece in pieces {
        let text = &sentence[piece.clone()];
        let bare = text.trim_matches([',', ';', ':', '-', ' ', '.']);
        if bare.is_empty() {
            continue;
        }
        let start = bare.as_ptr() as usize - sentence.as_ptr() as usize;
        let range = start..start + bare.len();
        let meets = zones
            .iter()
            .filter(|zone| range.start <= zone.range.start && zone.range.end <= range.end)
            .fold(0, |meets, zone| meets | zone.meets);
        span.push(phrase(bare, &sentence[end_of_last..start], meets, span.is_empty()));
        end_of_last = range.end;
    }
    span
}

fn phrase(text: &str, before: &str, meets: u32, first: bool) -> Phrase {
    let small = with_first(text, char::to_lowercase);
    let mut continues = vec![format!("{before}{text}")];
    // "Nộp: Tờ khai" may be read out as "Nộp tờ khai", "Lệ phí: 8.000 đồng" as "Lệ phí là ...".
    if before == ": " && meets & CORE != 0 {
        let is = if text.starts_with(|c: char| c.is_ascii_digit()) { " là" } else { "" };
        continues.push(format!("{is} {small}"));
    }
    let joins = words(text).next().is_some_and(|word| is_conjunction(&text[word]));
    let alone = !joins && text.starts_with(|c: char| c.is_alphanumeric() || c == '"');
    let (mut opens, mut begins) = (Vec::new(), Vec::new());
    // From the middle of a phrase on nothing reads well.
    if alone && meets >= CONDITION {
        opens.push(format!("Khi {small}"));
        begins.push(format!("khi {small}"));
    } else if alone && (first || meets != 0) {
        opens.push(with_first(text, char::to_uppercase));
        begins.push(small);
    }
    Phrase { opens, begins, continues, meets }
}

/// What parts of a list hang together by: never the end or beginning of a piece, so that nothing is
/// joined that the fact does not join.
fn is_conjunction(word: &str) -> bool {
    matches!(word.trim_matches(|c: char| !c.is_alphanumeric()), "và" | "hoặc")
}

/// A text with its first letter changed, unless its first word is written in capitals.
fn with_first<I: Iterator<Item = char>>(text: &str, change: fn(char) -> I) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), second)
            if !second.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) =>
        {
            change(first).chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use motcua_domain::EvidenceSource;

    use super::*;

    /// The pieces of a text as they would be cut, `|` between them, one span a line.
    fn cut_up(kind: EvidenceKind, text: &str) -> String {
        let source = EvidenceSource { document: "nguồn".into(), url: None, effective_from: None };
        let procedure = "1.001193".parse().expect("code");
        let piece = Evidence { id: EvidenceId(2), kind, text: text.into(), procedure, source };
        let spans = phrasings(&[piece]).into_iter().flat_map(|phrasing| phrasing.spans);
        let lines = spans.map(|span| {
            let forms = span.iter().filter_map(|phrase| phrase.continues.first().cloned());
            forms.collect::<Vec<_>>().join("|")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn amounts_names_and_conditions_stay_whole() {
        let fee = "Lệ phí: 8.000 đồng/lần. Áp dụng khi: Nộp quá hạn.";
        assert_eq!(cut_up(EvidenceKind::Fee, fee), "Lệ| phí|: 8.000 đồng/lần\nNộp quá hạn");
        assert_eq!(
            cut_up(EvidenceKind::Paper, "Nộp: Tờ khai đăng ký (bản chính và bản sao)."),
            "bản| chính| và bản| sao\nNộp|: Tờ khai đăng ký| (bản chính và bản sao)"
        );
        assert_eq!(
            cut_up(EvidenceKind::Fee, "Lệ phí: 5.000 đồng (nộp trực tiếp)."),
            "nộp trực tiếp\nLệ| phí|: 5.000 đồng| (nộp trực tiếp)"
        );
    }

    #[test]
    fn denials_are_said_whole() {
        let text = "Không phải nộp nếu tra cứu được, cán bộ tự tra.";
        assert_eq!(
            cut_up(EvidenceKind::Step, text),
            "Không phải nộp nếu tra cứu được, cán bộ tự tra"
        );
    }

    #[test]
    fn the_overview_is_told_only_where_nothing_else_is() {
        assert_eq!(cut_up(EvidenceKind::Overview, "Thủ tục này có tên."), "Thủ| tục| này| có| tên");
    }
}
