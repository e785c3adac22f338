//! Whether one row asks for several papers together.
//!
//! Portal rows run papers together as bulleted lists, as lists with commas, as "X kèm Y", or as two
//! rows whose columns of numbers were lost between them.

use regex::Captures;

use super::wording as w;

/// Whether checking the row takes more than one tick. `lower`: the row, lower-case.
pub(super) fn is_glued(lower: &str) -> bool {
    let lower = &*papers_only(lower);
    let lower = w::CASE_BEFORE.find(lower).map_or(lower, |case| &lower[case.end()..]);
    let left_over_quantity =
        lower.contains("bản chính,") && lower.contains("bản sao") && lower.contains("..");
    left_over_quantity
        || w::LEFT_OVER.is_match(lower)
        || names_another_of_a_kind(lower)
        || adds_for_some(lower)
        || has_further_paper(lower)
        || comes_with_another(lower)
        || w::AND_ANOTHER.is_match(&w::BRACKETS.replace_all(lower, ""))
        || is_bulleted_list(lower)
        || is_comma_list(lower)
}

/// "Bảng đối chiếu dự toán và bảng đối chiếu tình hình": the second is a paper of the kind of the first.
fn names_another_of_a_kind(lower: &str) -> bool {
    let first = without_copies(start_of_item(lower)).trim_start();
    let kind: Vec<&str> = first.split(' ').take(2).collect();
    let kind = format!("{} ", kind.join(" "));
    // "Cam kết" is what one does, too.
    let is_paper = w::PAPER_NOUN.is_match(&kind) && !kind.starts_with("cam kết");
    let named = first.split(['(', ';', '.']).next().unwrap_or(first);
    let mut others = named.split(" và ").skip(1);
    is_paper && !named.contains(" hoặc ") && others.any(|other| other.starts_with(&kind))
}

/// The row without what names papers it does not ask for: what is written in one ("… gồm các nội dung: …"),
/// examples of one in brackets, and pairs of words for one.
fn papers_only(lower: &str) -> String {
    let contents = w::LISTED_CONTENTS.find(lower).filter(|_| w::NAMES_PAPER.is_match(lower));
    let contents = contents.map_or(lower.len(), |m| m.start());
    let asked_for = w::LIST_IN_BRACKETS.replace_all(&lower[..contents], |list: &Captures<'_>| {
        let is_whole = list[0].starts_with("(gồm") || list[0].starts_with("(bao gồm");
        if is_whole { list[0].to_owned() } else { String::new() }
    });
    w::ONE_IN_TWO_WORDS.replace_all(&asked_for, "$one").into_owned()
}

/// How many variants of one paper the row lists, of which each applicant has one; 1 where it lists none.
pub(super) fn variants(lower: &str) -> usize {
    let lower = &*papers_only(lower);
    let by_case = papers_by_case(lower).into_iter().filter(|item| !names_only_issuer(item)).count();
    by_case.max(comma_list(lower).map_or(1, |list| list.variants()))
}

/// "A đối với X; B đối với Y": each paper has a case of its own. Empty where it is no such list.
pub(super) fn papers_by_case(lower: &str) -> Vec<&str> {
    let items = lower.split(';').map(start_of_item).filter(|item| !item.is_empty());
    let items: Vec<&str> = items.map(|item| item.trim_start_matches("hoặc ")).collect();
    let has_case =
        |item: &&str| (is_named(item) || names_only_issuer(item)) && w::ITS_CASE.is_match(item);
    if items.len() > 1 && items.iter().all(has_case) { items } else { Vec::new() }
}

/// "Nghị quyết của chủ sở hữu đối với …; của Hội đồng thành viên đối với …": the paper is the same.
pub(super) fn names_only_issuer(item: &str) -> bool {
    item.starts_with("của ")
}

/// "Sơ đồ; trường hợp thay đổi chủ phải có giấy tờ chứng minh": not where the first is lacking, for which
/// the second stands in.
fn has_further_paper(lower: &str) -> bool {
    w::NAMES_PAPER.is_match(lower)
        && w::FURTHER_PAPER.captures_iter(lower).any(|found| {
            let (case, duty) = (found.name("case"), found.name("duty"));
            let lacking = case.is_none_or(|case| w::LACKING.is_match(case.as_str()));
            // "Nộp" is said of each of several cases, too, of which the first one is no further.
            let one_of_cases = duty.is_some_and(|duty| duty.as_str() == "nộp")
                && case.is_some_and(|case| w::CASE_WORD.is_match(&lower[..case.start()]));
            !lacking && !one_of_cases
        })
}

/// A main paper, and a further one that some applicants must add.
fn adds_for_some(lower: &str) -> bool {
    let lower = w::RELIEF.replace_all(lower, "");
    let added = ["nộp kèm", "kèm theo các", "nộp thêm", "xuất trình thêm", "và các giấy tờ"]
        .iter()
        .any(|s| lower.contains(s));
    let by_contract = w::CONTRACT_AND_LETTER.is_match(&lower);
    by_contract
        || w::AND_MORE.is_match(&lower) && w::NAMES_PAPER.is_match(&lower)
        || added && lower.contains("trường hợp") && w::NAMES_PAPER.is_match(&lower)
}

/// "Tờ khai kèm 02 ảnh"; a row that opens with a case and does not go on with what is due names no paper
/// for another to come with.
fn comes_with_another(lower: &str) -> bool {
    let names_paper = w::NAMES_PAPER.is_match(lower) || w::DUE_WITH.is_match(lower);
    names_paper && w::WITH_ANOTHER.is_match(&w::COMPARED.replace_all(lower, ""))
}

/// The papers that a glued row lists, by the words it lists them with; none where it is no list.
pub(super) fn listed_papers(text: &str) -> Vec<&str> {
    let bulleted = bulleted_papers(text);
    if bulleted.len() >= 2 {
        return bulleted;
    }
    comma_list(text).map_or_else(Vec::new, |list| list.papers)
}

fn is_bulleted_list(lower: &str) -> bool {
    bulleted_papers(lower).len() >= 2 && papers_by_case(lower).is_empty()
}

/// Items that start with a paper and are not joined by "hoặc".
pub(super) fn bulleted_papers(text: &str) -> Vec<&str> {
    let mut papers = Vec::new();
    let mut choice = false;
    let mut alternative = false;
    for item in w::BULLET.split(text).map(start_of_item) {
        let lower = item.to_lowercase();
        let follows = choice || alternative || lower.starts_with("hoặc ");
        // "Mẫu số 18 - Quyết định số 73/2026/QĐ-UBND" says where the form stands.
        let is_law = lower.starts_with("quyết định số");
        let is_heading = lower.trim_end().ends_with(':');
        // "Đơn đề nghị; một trong các giấy tờ: A; B": one of the latter is due too.
        let chosen = w::ONE_OF_THOSE.is_match(&lower)
            || !papers.is_empty() && w::ONE_OF.find(&lower).is_some_and(|m| m.start() == 0);
        let is_paper = is_named(&lower) && !is_heading || chosen;
        if !follows && !is_law && is_paper {
            papers.push(item.trim_end_matches([';', ',', '.', ' ']));
        }
        // "Một trong các giấy tờ sau: - A; - B": what follows is a choice, not a list; it is not after
        // "Một trong các giấy tờ theo Điều 137; sơ đồ".
        choice |= w::ONE_OF.is_match(&lower) && !w::ONE_OF_THOSE.is_match(&lower);
        alternative = lower.trim_end().ends_with("hoặc");
    }
    papers
}

/// Whether an item names a paper at its start, whichever copies of it will do.
fn is_named(item: &str) -> bool {
    w::PAPER_NOUN.is_match(item) || w::PAPER_NOUN.is_match(without_copies(item).trim_start())
}

/// An item without its bullet or its number: "(ii) Giấy giới thiệu".
fn start_of_item(item: &str) -> &str {
    let number = w::ITEM_NUMBER.find(item).map_or(0, |number| number.end());
    item[number..].trim_start_matches(|c: char| !c.is_alphanumeric())
}

pub(super) fn is_comma_list(lower: &str) -> bool {
    comma_list(lower).is_some_and(|list| list.variants() == 1)
}

/// A paper's name without which copies of it will do, several of which stand one after the other.
pub(super) fn without_copies(text: &str) -> &str {
    let mut rest = text;
    let opens = |before: &str| !before.contains(char::is_alphanumeric) && !before.contains('(');
    while let Some(copy) = w::COPY_CHOICE.find(rest).filter(|m| opens(&rest[..m.start()])) {
        rest = &rest[copy.end()..];
    }
    rest
}

/// Papers with commas between them.
struct CommaList<'a> {
    papers: Vec<&'a str>,
    /// Whether nothing else stands between the commas.
    only_papers: bool,
}

impl CommaList<'_> {
    /// "Quyết định giao đất, quyết định cho thuê đất, quyết định cho phép …": whoever has one of these has
    /// no other.
    fn variants(&self) -> usize {
        let kind =
            |paper: &&str| Some(w::GRANTED.captures(&paper.to_lowercase())?["kind"].to_owned());
        let mut kinds = self.papers.iter().map(kind);
        let first = kinds.next().flatten();
        let same = self.only_papers && first.is_some() && kinds.all(|kind| kind == first);
        if same { self.papers.len() } else { 1 }
    }
}

/// "Phiếu xét nghiệm, đơn thuốc, hóa đơn": parts that are papers, and no choice among papers.
fn comma_list(text: &str) -> Option<CommaList<'_>> {
    let clause = without_copies(text).split(['.', ';', ':', '(']).next()?;
    let lower = clause.to_lowercase();
    // "…, bản vẽ đối với luồng làm mới hoặc cải tạo": the case offers a choice, the papers do not.
    let case = w::CASE_CLAUSE.find(&lower).map_or(lower.len(), |case| case.start());
    let chooses = lower[..case].contains(" hoặc ")
        || lower.split(" hoặc ").skip(1).any(|item| w::CHOICE_ITEM.is_match(item));
    let chooses = chooses || lower.split('/').skip(1).any(|item| w::CHOICE_ITEM.is_match(item));
    if chooses || w::ONE_OF.is_match(&lower) {
        return None;
    }
    let parts = clause.split(", ").flat_map(|part| part.split(" và ")).map(start_of_item);
    let parts: Vec<&str> = parts.collect();
    let is_paper = |part: &&&str| w::OWN_PAPER.is_match(&part.to_lowercase());
    let first_is_paper =
        parts.first().is_some_and(|first| w::PAPER_NOUN.is_match(&first.to_lowercase()));
    let papers: Vec<&str> = parts.iter().filter(is_paper).copied().collect();
    let only_papers = papers.len() == parts.len();
    // "Bản thuyết minh về tổ chức, nhân sự và kế hoạch": what it is about, though a plan may be a paper.
    if parts.len() > 1 && parts[0].contains(" về ") && !is_paper(&&parts[1]) {
        return None;
    }
    (first_is_paper && papers.len() >= 2).then_some(CommaList { papers, only_papers })
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
            "Danh sách (bản gốc) của ban vận động và tài liệu liên quan (bản chính)",
            "Văn bằng chuyên môn; người đã tập huấn có thêm giấy xác nhận",
            "Quyết định cử đi công tác và bản sao thị thực nhập cảnh",
            "Đối với trường hợp mất tích: Bản khai theo mẫu kèm theo phiếu xác minh",
            "Hồ sơ bao gồm: a) Báo cáo thành tích; b) Bản sao quyết định khen thưởng",
            "Biên bản nghiệm thu, bản vẽ hoàn công đối với luồng làm mới hoặc luồng được cải tạo",
            "Trường hợp bảo lưu, hồ sơ đề nghị gồm đơn đề nghị, ảnh màu và thông báo kết quả",
            "Hồ sơ xin cấp giấy: Quyết định giao đất, phương án bồi thường",
            "Sơ đồ vị trí; trường hợp thay đổi chủ cơ sở phải có giấy tờ chứng minh",
            "Trường hợp ủy quyền phải kèm theo giấy ủy quyền và xuất trình tài khoản định danh",
            "Trường hợp ủy quyền cho tổ chức, hồ sơ phải có: (i) Bản sao hợp đồng; (ii) Giấy giới thiệu",
            "a) Đơn đề nghị; b) Một trong các giấy tờ sau: Giấy phép; Giấy chứng nhận",
            "Nộp cho Cảng vụ: Bản khai chung theo mẫu, danh sách thuyền viên theo mẫu",
            "Bảng đối chiếu dự toán bằng lệnh chi tiền và bảng đối chiếu tình hình sử dụng kinh phí",
            "Báo cáo đề xuất theo Mẫu số 22.docx1 bản chính01 bản chính văn bản đề nghị cấp phép",
            "Trường hợp làm thủ tục lần đầu thì nộp thêm: g.1) Giấy phép: 01 bản chụp; g.2) Giấy chứng nhận",
            "Dự thảo giao dịch. Trong trường hợp có tài sản thì người yêu cầu phải nộp bản sao giấy tờ",
        ] {
            assert!(is_glued(&text.to_lowercase()), "{text}");
        }
    }

    #[test]
    fn the_papers_of_a_list_are_named_apart() {
        let listed = listed_papers("Hồ sơ gồm: - Tờ khai theo Mẫu số 01; - Biên bản họp.");
        assert_eq!(listed, ["Tờ khai theo Mẫu số 01", "Biên bản họp"]);
        let listed = listed_papers("Phiếu xét nghiệm, đơn thuốc, hóa đơn thu tiền");
        assert_eq!(listed, ["Phiếu xét nghiệm", "đơn thuốc", "hóa đơn thu tiền"]);
        assert!(listed_papers("Giấy khai sinh").is_empty());
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
            "Tờ trình của cơ quan, đơn vị theo mẫu",
            "Đơn đăng ký theo Mẫu số 18 - Quyết định số 73/2026/QĐ-UBND",
            "Trường hợp gửi qua bưu chính thì gửi kèm theo bản sao có chứng thực các giấy tờ nêu trên",
            "Văn bằng, chứng chỉ đề nghị chỉnh sửa",
            "Quyết định giao đất, quyết định cho thuê đất, quyết định cho phép chuyển mục đích",
            "Biên bản xác nhận đối với trẻ em bị bỏ rơi; Giấy chứng tử đối với trẻ em mồ côi",
            "Hồ sơ pháp lý của tài sản (Quyết định giao tài sản; Biên bản bàn giao hoặc giấy tờ khác)",
            "Báo cáo trong đó gồm các nội dung: Phương án khai thác; sơ đồ tổ chức",
            "Bản thuyết minh về tổ chức, nhân sự, trụ sở và kế hoạch triển khai",
            "Nghị quyết của chủ sở hữu đối với công ty một thành viên; của Đại hội đồng đối với công ty cổ phần",
            "Thẻ thường trú; trường hợp thẻ bị mất thì phải có đơn báo mất",
            "Bản sao hợp đồng nhà thầu, hợp đồng nhà thầu phụ có xác nhận",
            "Điều lệ; trường hợp khai thác được thông tin thì không phải nộp bản sao giấy chứng nhận",
            "Giấy tờ chứng minh: + Trường hợp có cha thì nộp giấy khai sinh; nếu có ông thì nộp bản sao giấy tờ",
        ] {
            assert!(!is_glued(&text.to_lowercase()), "{text}");
        }
    }
}
