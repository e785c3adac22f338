//! A portal record to a procedure: facts read where they can be, kept as text where they cannot.

use motcua_domain::{
    Detail, Jurisdiction, LegalBasis, Level, Period, Place, Procedure, Review, Source, Statement,
};
use motcua_text::{fold, normalize, normalize_lines};

use crate::{
    compile::{compile_rows, draft_tree},
    facts::{self, RECORD_SOURCE},
    record::{LegalRecord, Record},
};

/// Turns a record into a procedure with `review: draft`. None if its code is not a code.
pub fn procedure_from_record(record: &Record) -> Option<Procedure> {
    let code: motcua_domain::ProcedureCode = record.code.parse().ok()?;
    let tree = draft_tree(&compile_rows(record));
    let mut times: Vec<_> = record.channels.iter().filter_map(facts::time_limit).collect();
    merge_channels(&mut times, |t| (t.text.clone(), t.span), |t| &mut t.channels);
    let mut fees: Vec<_> = record.channels.iter().flat_map(facts::fees).collect();
    merge_channels(&mut fees, |f| (f.text.clone(), f.name.clone()), |f| &mut f.channels);
    Some(Procedure {
        name: plain_name(&record.name),
        field: normalize(&record.field),
        ministry: normalize(&record.ministry),
        decision: non_empty(&record.decision),
        levels: record.level.iter().map(|level| self::level(level)).collect(),
        jurisdiction: jurisdiction(record),
        subjects: split_list(&record.subjects),
        agencies: distinct(record.agencies.iter().map(|agency| normalize(agency))),
        times,
        fees,
        places: places(record),
        steps: statements(&record.sequence),
        conditions: statements(&record.requirements),
        results: record.result.iter().filter_map(|text| statement(text)).collect(),
        questions: tree.questions,
        requirements: tree.requirements,
        notes: tree.notes,
        row_count: record.components.len(),
        sets: None,
        legal_basis: record.legal_basis.iter().filter_map(legal_basis).collect(),
        everyday: split_list(&record.keywords),
        effective: Period::default(),
        sources: vec![source(record)],
        review: Review::Draft,
        detail: detail(record),
        code,
    })
}

/// Facts that are alike but for the channel become one fact with several channels.
fn merge_channels<T, K: PartialEq>(
    facts: &mut Vec<T>,
    key: impl Fn(&T) -> K,
    channels: impl Fn(&mut T) -> &mut Vec<motcua_domain::Channel>,
) {
    let mut merged: Vec<T> = Vec::with_capacity(facts.len());
    for mut fact in facts.drain(..) {
        match merged.iter_mut().find(|kept| key(kept) == key(&fact)) {
            Some(kept) => {
                let more = std::mem::take(channels(&mut fact));
                let kept = channels(kept);
                kept.extend(more);
                kept.sort();
                kept.dedup();
            }
            None => merged.push(fact),
        }
    }
    *facts = merged;
}

fn plain_name(name: &str) -> String {
    let name = normalize(name);
    let rest = name.strip_prefix("Thủ tục ").or_else(|| name.strip_prefix("THỦ TỤC "));
    let Some(rest) = rest else { return name };
    let mut chars = rest.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn level(word: &str) -> Level {
    match word {
        "commune" => Level::Commune,
        "province" => Level::Province,
        "ministry" => Level::Ministry,
        _ => Level::Other,
    }
}

fn jurisdiction(record: &Record) -> Jurisdiction {
    let ministry = normalize(&record.ministry);
    let province = ["UBND tỉnh ", "UBND Thành phố ", "UBND thành phố ", "Ủy ban nhân dân tỉnh "]
        .iter()
        .find_map(|prefix| ministry.strip_prefix(prefix));
    match (record.scope.as_str(), province) {
        ("internal", _) => Jurisdiction::Internal,
        (_, Some(province)) => Jurisdiction::Province(province.to_owned()),
        // A provincial centre publishes under its own name.
        ("province-specific", None) => {
            let name = ministry.rsplit("Thành phố ").next().unwrap_or(&ministry);
            Jurisdiction::Province(name.to_owned())
        }
        _ => Jurisdiction::National,
    }
}

fn places(record: &Record) -> Vec<Place> {
    let text = match normalize(&record.receiving) {
        text if !text.is_empty() => text,
        _ => return Vec::new(),
    };
    vec![Place { channels: Vec::new(), text, sources: vec![RECORD_SOURCE.to_owned()] }]
}

fn statements(text: &str) -> Vec<Statement> {
    normalize_lines(text).lines().filter_map(statement).collect()
}

fn statement(text: &str) -> Option<Statement> {
    let text = normalize(text);
    let nothing = ["", "không", "không có", "không quy định", "khong", "không có thông tin"];
    if nothing.contains(&text.to_lowercase().trim_end_matches('.')) {
        return None;
    }
    Some(Statement { text, sources: vec![RECORD_SOURCE.to_owned()] })
}

/// The portal pads some numbers ("01365/2014/NĐ-CP" for 65/2014); a number with a leading zero is
/// not printed.
fn legal_basis(record: &LegalRecord) -> Option<LegalBasis> {
    let (code, title) = (normalize(&record.code), normalize(&record.name));
    if code.is_empty() && title.is_empty() {
        return None;
    }
    let sound = !code.is_empty()
        && !code.starts_with('0')
        && code.contains('/')
        && code.starts_with(|c: char| c.is_ascii_digit());
    let title = if title.is_empty() { code.clone() } else { title };
    Some(LegalBasis { number: sound.then_some(code), title })
}

fn source(record: &Record) -> Source {
    let decision = match normalize(&record.decision) {
        text if text.is_empty() => String::new(),
        text => format!(", công bố tại Quyết định {text}"),
    };
    Source {
        id: RECORD_SOURCE.to_owned(),
        document: format!("Cổng Dịch vụ công quốc gia, thủ tục {}{decision}", record.code.trim()),
        url: non_empty(&record.url),
        effective_from: None,
        retrieved: record.fetched.parse().ok(),
    }
}

fn non_empty(text: &str) -> Option<String> {
    Some(normalize(text)).filter(|text| !text.is_empty())
}

/// A list separated by commas; a comma inside brackets does not separate.
fn split_list(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    for c in normalize(text).chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = (depth - 1).max(0),
            _ => {}
        }
        if depth == 0 && (c == ',' || c == ';') {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn distinct(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for item in items {
        if !item.is_empty() && !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

/// Some records carry another procedure's detail under their name. None of the content words of
/// such a name stand anywhere in the content.
fn detail(record: &Record) -> Detail {
    let content_rows: String = record.components.iter().map(|row| row.name.as_str()).collect();
    let content =
        fold(&format!("{} {} {}", record.sequence, content_rows, record.result.join(" ")));
    if record.sequence.trim().is_empty() && record.components.is_empty() {
        return Detail::NameOnly;
    }
    if name_is_another_document(&record.name) {
        return Detail::Suspect("Tên bản ghi không phải tên một thủ tục".to_owned());
    }
    let folded_name = fold(&plain_name(&record.name));
    let words: Vec<&str> = motcua_text::syllables(&folded_name)
        .filter(|word| word.len() > 2 && !COMMON.contains(word))
        .collect();
    let known = words.iter().filter(|word| motcua_text::contains_phrase(&content, word)).count();
    if words.len() >= 4 && known * 4 < words.len() {
        return Detail::Suspect("Tên và nội dung bản ghi không nói về cùng một việc".to_owned());
    }
    Detail::Full
}

fn name_is_another_document(name: &str) -> bool {
    let folded = fold(name);
    folded.starts_with("cong bo danh muc") || folded.contains("quy trinh noi bo thu tuc")
}

/// Words that most names and most contents share.
const COMMON: [&str; 14] = [
    "cap", "thu", "tuc", "giay", "cua", "cho", "quyet", "doi", "voi", "dang", "nguoi", "quan",
    "hoac", "trong",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record {
            code: "1.000001".into(),
            name: "Thủ tục đăng ký tạm trú".into(),
            sequence: "Bước 1: người dân đăng ký tạm trú".into(),
            ..Record::default()
        }
    }

    #[test]
    fn names_lose_the_leading_word() {
        let name = |name: &str| plain_name(name);
        assert_eq!(name("Thủ tục đăng ký lại khai tử"), "Đăng ký lại khai tử");
        assert_eq!(name("Tách hộ"), "Tách hộ");
    }

    #[test]
    fn tells_the_province() {
        let mut record = record();
        record.ministry = "UBND tỉnh Bắc Ninh".into();
        let read = procedure_from_record(&record).map(|p| p.jurisdiction);
        assert_eq!(read, Some(Jurisdiction::Province("Bắc Ninh".into())));
    }

    #[test]
    fn a_record_with_another_ones_content_is_suspect() {
        let mut record = record();
        record.name = "Hỗ trợ phát triển sản xuất cộng đồng nông thôn".into();
        record.sequence = "Tàu thuyền vào cảng khai báo".into();
        let read = procedure_from_record(&record).map(|p| p.detail);
        assert!(matches!(read, Some(Detail::Suspect(_))));
    }

    #[test]
    fn padded_document_numbers_are_not_printed() {
        let entry =
            LegalRecord { code: "01365/2014/NĐ-CP".into(), name: "Nghị định 65".into() };
        assert_eq!(legal_basis(&entry).and_then(|basis| basis.number), None);
    }

    #[test]
    fn lists_split_outside_brackets() {
        let list = "Công dân, Tổ chức (không bao gồm doanh nghiệp, HTX)";
        assert_eq!(split_list(list), ["Công dân", "Tổ chức (không bao gồm doanh nghiệp, HTX)"]);
    }
}
