//! What an official is told where no procedure, or more than one, fits their question: they ask by document and
//! article, and stand at the counter themselves.

use motcua_domain::Procedure;
use motcua_text::{Mention, MentionKind, fold, mentions};

/// Nothing fits.
pub(crate) fn not_covered(question: &str) -> &'static str {
    if named_law(question).is_empty() {
        "Không thấy thủ tục nào khớp. Tìm bằng tên việc, tên hoặc mã thủ tục, hoặc số hiệu văn bản (ví dụ 123/2015/NĐ-CP)."
    } else {
        "Không tìm thấy thủ tục nào trong kho dẫn văn bản hoặc điều này. Tìm bằng số hiệu đầy đủ (ví dụ \
         123/2015/NĐ-CP), tên hoặc mã thủ tục; văn bản mới có trong kho khi nhập bản ghi mới của cổng."
    }
}

/// Several procedures fit.
pub(crate) fn which(question: &str, options: &[&Procedure]) -> &'static str {
    let named = named_law(question);
    let numbers: Vec<String> = named
        .iter()
        .filter(|mention| mention.kind == MentionKind::DocumentNumber)
        .map(|mention| fold(&mention.canonical))
        .collect();
    if named.is_empty() {
        return "Câu hỏi hợp với vài thủ tục; chọn một:";
    }
    if !numbers.is_empty() && options.iter().all(|procedure| cites(procedure, &numbers)) {
        return "Thủ tục dẫn văn bản này; chọn một:";
    }
    "Không rõ thủ tục nào dẫn văn bản hoặc điều này; gần với câu hỏi:"
}

fn named_law(question: &str) -> Vec<Mention> {
    let is_law = |mention: &Mention| {
        matches!(mention.kind, MentionKind::DocumentNumber | MentionKind::LegalReference)
    };
    mentions(question).into_iter().filter(is_law).collect()
}

fn cites(procedure: &Procedure, numbers: &[String]) -> bool {
    procedure.legal_basis.iter().any(|basis| {
        let said = fold(&format!("{} {}", basis.title, basis.number.as_deref().unwrap_or("")));
        numbers.iter().any(|number| said.contains(number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_stands_at_the_counter_is_not_sent_there() {
        for question in ["118/2025/NĐ-CP", "Điều 16 Luật Hộ tịch", "xin giấy gì đó"]
        {
            let told = [not_covered(question), which(question, &[])];
            assert!(
                told.iter().all(|words| !words.contains("cán bộ") && !words.contains("Ông/bà"))
            );
        }
        assert!(not_covered("Điều 16 Luật Hộ tịch").contains("văn bản hoặc điều này"));
        assert!(!not_covered("xin giấy gì đó").contains("văn bản hoặc điều này"));
    }
}
