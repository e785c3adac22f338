//! Whether one row asks for several papers together.
//!
//! Portal rows run papers together as bulleted lists, as lists with commas, as "X kèm Y", or as two
//! rows whose columns of numbers were lost between them.

use super::wording as w;

/// Whether checking the row takes more than one tick. `lower`: the row, lower-case.
pub(super) fn is_glued(lower: &str) -> bool {
    let left_over_quantity =
        lower.contains("bản chính,") && lower.contains("bản sao") && lower.contains("..");
    left_over_quantity
        || adds_for_some(lower)
        || w::WITH_ANOTHER.is_match(&w::COMPARED.replace_all(lower, ""))
        || is_bulleted_list(lower)
        || is_comma_list(lower)
}

/// A main paper, and a further one that some applicants must add.
fn adds_for_some(lower: &str) -> bool {
    let added =
        ["nộp kèm", "kèm theo các", "nộp thêm", "và các giấy tờ"].iter().any(|s| lower.contains(s));
    added && lower.contains("trường hợp")
}

/// Two items or more that start with a paper and are not joined by "hoặc".
fn is_bulleted_list(lower: &str) -> bool {
    let items: Vec<&str> = w::BULLET.split(lower).map(start_of_item).collect();
    let mut papers = 0;
    let mut choice = false;
    let mut alternative = false;
    for item in items {
        if w::PAPER_NOUN.is_match(item) && !choice && !alternative && !item.starts_with("hoặc ") {
            papers += 1;
        }
        // "Một trong các giấy tờ sau: - A; - B": what follows is a choice, not a list.
        choice |= w::ONE_OF.is_match(item);
        alternative = item.trim_end().ends_with("hoặc");
    }
    papers >= 2
}

fn start_of_item(item: &str) -> &str {
    item.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// "Phiếu xét nghiệm, đơn thuốc, hóa đơn": each part is a paper, and nothing says "hoặc".
fn is_comma_list(lower: &str) -> bool {
    let bare = w::COPY_CHOICE.replace_all(lower, "");
    let clause = bare.split(['.', ';', ':', '(']).next().unwrap_or_default();
    if clause.contains(" hoặc ") || w::ONE_OF.is_match(clause) || clause.contains('/') {
        return false;
    }
    let parts = clause.split(", ").flat_map(|part| part.split(" và "));
    let parts: Vec<&str> = parts.map(start_of_item).collect();
    let first_is_paper = parts.first().is_some_and(|first| w::PAPER_NOUN.is_match(first));
    first_is_paper && parts.iter().filter(|part| w::OWN_PAPER.is_match(part)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_papers_in_one_row_are_seen_however_they_are_joined() {
        for text in [
            "Tờ trình đề nghị của Thủ trưởng hoặc Trưởng khối; - Báo cáo thành tích cá nhân; - Biên bản họp",
            "Đối với cá nhân: + Tờ khai theo mẫu; + Quyết định bổ nhiệm",
            "Phiếu xét nghiệm, đơn thuốc, hóa đơn thu tiền",
            "Bản chính hoặc bản sao có chứng thực giấy ra viện, hóa đơn thanh toán",
            "Tờ khai theo mẫu kèm 02 ảnh 4x6",
        ] {
            assert!(is_glued(&text.to_lowercase()), "{text}");
        }
    }

    #[test]
    fn one_paper_or_a_choice_is_not_a_list() {
        for text in [
            "Một trong các giấy tờ sau: - Giấy khai sinh; - Giấy chứng sinh; - Hộ chiếu",
            "Hộ chiếu, thẻ căn cước hoặc giấy tờ có giá trị thay thế",
            "Bản sao kèm theo bản chính để đối chiếu giấy phép",
            "Đơn đề nghị theo Mẫu số 01 ban hành kèm theo Nghị định số 15/2024/NĐ-CP",
            "Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp",
            "Giấy chứng sinh; trường hợp không có thì nộp văn bản của người làm chứng",
            "Tờ trình kèm danh sách cá nhân đề nghị",
        ] {
            assert!(!is_glued(&text.to_lowercase()), "{text}");
        }
    }
}
