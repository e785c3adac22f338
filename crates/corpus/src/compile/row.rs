//! One row.

use std::borrow::Cow;

use motcua_domain::{CopyType, Necessity};
use motcua_text::normalize;
use regex::Captures;

use super::{
    CompiledRow, RowKind, glued,
    necessity::{Case, case_clause, necessity},
    wording as w,
};
use crate::record::ComponentRecord;

/// Reads one row. `headings` are the case headings of all rows of the record, by which a heading
/// that states a case is told from one that only heads the single list.
pub fn compile_row(row: usize, component: &ComponentRecord, headings: &[&str]) -> CompiledRow {
    let text = normalize(&component.name);
    let heading = normalize(&component.case);
    let lower = text.to_lowercase().replace("bảo sao", "bản sao");
    let lower_heading = heading.to_lowercase();
    let asked_for = component.originals + component.copies;
    let kind = match kind(&lower, &lower_heading, asked_for) {
        _ if text.is_empty() || is_drawn_up_inside(&lower_heading, headings) => RowKind::Note,
        kind => kind,
    };
    let replaced_by_data = replaced_by_data(&lower);
    let case_heading = states_a_case(&lower_heading, headings);
    let own = case_clause(&lower);
    let case = match (&own, case_heading) {
        (_, true) => Case::OfHeading,
        (Some(clause), false) => Case::OfRow { start: clause.start },
        (None, false) => Case::None,
    };
    let own = own.map(|clause| {
        // Lower-casing Vietnamese keeps byte lengths, but not that of every script.
        let words = text.get(clause.clone()).unwrap_or(&lower[clause]);
        words.trim_end_matches([',', ' ']).to_owned()
    });
    let condition = own.or_else(|| case_heading.then(|| heading.clone()));
    let necessity = necessity(kind, &lower, case, replaced_by_data);
    CompiledRow {
        row,
        kind,
        necessity,
        condition: condition.filter(|_| necessity.is_some_and(|n| n != Necessity::Always)),
        alternatives: if kind == RowKind::Note { 1 } else { alternatives(&lower) },
        copy_type: row_copy_type(kind, &lower, &lower_heading),
        replaced_by_data,
        validity: w::VALIDITY.find(&lower).and_then(|m| text.get(m.range())).map(str::to_owned),
        form: form(&text, component),
        quantity: component.originals.max(component.copies).max(1),
        text,
        heading,
    }
}

fn kind(lower: &str, heading: &str, asked_for: u32) -> RowKind {
    let counted = w::COUNTED.is_match(lower);
    let names_paper = counted || w::NAMES_PAPER.is_match(lower);
    // "không phải nộp" holds the words of a duty.
    let duty = counted
        || w::DUTY.is_match(&w::ATTRIBUTE.replace_all(&w::RELIEF.replace_all(lower, ""), ""));
    let under_note = heading.contains("lưu ý") || lower.starts_with("lưu ý");
    let relief_only = w::RELIEF.is_match(lower) && !duty && !w::MAY_BRING.is_match(lower);
    let starts_as_case = ["trường hợp", "đối với", "nếu ", "khi "]
        .iter()
        .any(|s| lower.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(s));
    let heads_a_list = heads_a_list(lower);
    let lost_its_list = names_paper && !w::LIST_FOLLOWS.is_match(lower);
    let only_heads = heads_a_list && !lost_its_list && (!duty || starts_as_case && !names_paper);
    let said = w::ATTRIBUTE.replace_all(lower, "");
    let explains = w::EXPLAINS.is_match(&said) && !counted;
    let fallback = w::LOOKUP_FAILED.is_match(lower) && w::THEN_ASKED.is_match(lower);
    let note = if asked_for > 0 {
        let speaks_of_people = lower.contains("chịu trách nhiệm trước pháp luật") && !names_paper;
        only_heads || starts_as_case && relief_only || under_note && relief_only || speaks_of_people
    } else {
        heads_a_list
            || !fallback
                && !(duty && (starts_as_case || names_paper) && !explains)
                && (!names_paper || heads_a_list || under_note || relief_only || explains)
    };
    if note || w::NOT_DUE.is_match(lower) || w::CONTENTS_HEADING.is_match(heading) {
        return RowKind::Note;
    }
    if glued::is_glued(lower) {
        return RowKind::Glued;
    }
    // "Bản sao các giấy tờ phải xuất trình": handed in, though the words are there.
    let shows = w::COMPARED.replace_all(heading, "").contains("xuất trình")
        && !lower.contains("gửi kèm")
        || w::SHOWS.is_match(&said)
            && !w::COMPARED.is_match(lower)
            && !lower.starts_with("bản sao")
        || w::SHOWS_THESE.is_match(lower)
        || lower.starts_with("xuất trình ");
    if shows { RowKind::Present } else { RowKind::Paper }
}

/// Whether a heading is of what one office sends another, after what the applicant files.
fn is_drawn_up_inside(heading: &str, headings: &[&str]) -> bool {
    let inside = |heading: &str| w::INSIDE_HEADING.is_match(heading);
    let others = headings.iter().map(|other| normalize(other).to_lowercase());
    inside(heading) && others.into_iter().any(|other| !other.is_empty() && !inside(&other))
}

/// What it announces stands in other rows.
fn heads_a_list(lower: &str) -> bool {
    let text = lower.trim_end();
    let announces = [":", "bao gồm", "gồm có"].iter().any(|end| text.ends_with(end));
    announces && text.chars().count() < 250
}

fn replaced_by_data(lower: &str) -> bool {
    let relieves = |sentence: &str| {
        let sentence = w::AS_COPIES.replace_all(sentence, "");
        let says = w::RELIEF.is_match(&sentence) || w::LOOKUP_FAILED.is_match(&sentence);
        says && !w::NO_RELIEF.is_match(&sentence)
    };
    lower.split(". ").any(relieves) && w::DATABASE.is_match(lower)
}

/// Headings that begin with so many same words head lists for different requests.
const SAME_OPENING: usize = 3;

/// A heading is a condition only where the record has several that exclude each other.
fn states_a_case(heading: &str, headings: &[&str]) -> bool {
    let others = headings.iter().map(|other| normalize(other).to_lowercase());
    let others: Vec<String> = others.filter(|other| other != heading).collect();
    let is_plain = w::PLAIN_HEADING.is_match(heading) || w::OFFICE_HEADING.is_match(heading);
    if others.is_empty() || is_plain || heading.contains("lưu ý") {
        return false;
    }
    // "Hồ sơ đề nghị cấp mới …" beside "Hồ sơ đề nghị cấp lại …": each is for one request.
    let opening = |heading: &str| {
        let words =
            heading.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1);
        words.take(SAME_OPENING).map(str::to_owned).collect::<Vec<_>>()
    };
    let own = opening(heading);
    let is_one_of_several = own.len() == SAME_OPENING
        && !w::STEP_HEADING.is_match(heading)
        && !w::PAPERS_HEADING.is_match(heading)
        && others.iter().any(|other| opening(other) == own && !w::STEP_HEADING.is_match(other));
    let is_request =
        |heading: &str| w::REQUEST_HEADING.is_match(heading) && !w::STEP_HEADING.is_match(heading);
    let is_act = |heading: &str| w::ACT_HEADING.is_match(heading);
    w::CASE_HEADING.is_match(heading)
        || is_one_of_several
        || is_act(heading) && others.iter().any(|other| is_act(other))
        || is_request(heading) && others.iter().any(|other| is_request(other))
}

fn offers_fallback(lower: &str) -> bool {
    ["; trường hợp không có", "nếu không có", ". trường hợp không", "; trường hợp"]
        .iter()
        .any(|s| lower.contains(s))
}

/// How many papers are listed of which one suffices.
fn alternatives(lower: &str) -> usize {
    let lower = &*w::COPIES_ASIDE.replace_all(lower, "");
    let lower = &*without_data(lower);
    if let Some((before, list)) = lower.split_once("một trong") {
        // "b) Một trong các giấy tờ: A; B; c) Sơ yếu lý lịch": the next item is no choice.
        let lettered = w::ITEM_BEFORE.is_match(before);
        let next = w::NEXT_ITEM.find(list).filter(|_| lettered);
        let list = next.map_or(list, |next| &list[..next.start()]);
        return 1 + separators(list).max(choices(before, false));
    }
    let fallbacks = lower.matches("không có").filter(|_| offers_fallback(lower)).count()
        + w::STANDS_IN.find_iter(lower).count();
    // "Trường hợp đã được cấp thẻ căn cước công dân hoặc thẻ căn cước thì …": whoever has one, not what is due.
    let due = w::CASE_THEN.replace_all(lower, "");
    let contents = w::CONTENTS.find(&due).filter(|_| w::NAMES_PAPER.is_match(&due));
    let due = contents.map_or(&*due, |contents| &due[..contents.start()]);
    let choices = choices(due, !glued::is_comma_list(lower));
    (1 + fallbacks.max(choices)).max(glued::variants(lower))
}

/// What stands between the papers of "một trong …": bullets, or semicolons, or "hoặc" and commas.
fn separators(list: &str) -> usize {
    let bullets = w::LINE_ITEM.find_iter(list).count();
    if bullets > 1 {
        return bullets - 1;
    }
    let end = w::SENTENCE.find(list).map_or(list.len(), |end| end.start());
    let list = &list[..end];
    let after_comma = || {
        let (_, list) = list.split_once(':').unwrap_or_default();
        list.split(", ").skip(1).filter(|item| w::CHOICE_ITEM.is_match(item)).count()
    };
    match list.matches(';').count() {
        0 => {
            let listed = list.split_once(':').map_or(0, |(_, list)| choices(list, true));
            list.matches(" hoặc ").count().max(after_comma()).max(listed)
        }
        1 => 1 + choices(list, false).max(after_comma()),
        apart => apart,
    }
}

/// How often a paper is followed by another that will do instead: "A hoặc B", and with commas "A, B hoặc C".
fn choices(lower: &str, with_commas: bool) -> usize {
    let parts: Vec<&str> =
        lower.split(" hoặc ").flat_map(|part| part.split('/')).map(str::trim).collect();
    let is_choice = |pair: &&[&str]| {
        let [before, after] = pair else { return false };
        w::CHOICE_ITEM.is_match(after) && !w::ONLY_COPY.is_match(before)
    };
    let before_commas = |before: &str| {
        let clause = before.rsplit(['.', ';', ':']).next().unwrap_or(before);
        let items: Vec<&str> = clause.split(", ").collect();
        items.windows(2).filter(is_choice).count()
    };
    let of_pair = |pair: &[&str]| 1 + if with_commas { before_commas(pair[0]) } else { 0 };
    parts.windows(2).filter(is_choice).map(of_pair).sum()
}

/// The row's own words; where they are silent, its heading's ("01 bản chính Báo cáo … gồm:").
fn row_copy_type(kind: RowKind, lower: &str, heading: &str) -> CopyType {
    if kind == RowKind::Note {
        return CopyType::Unspecified;
    }
    let lower = &*without_data(lower);
    // What follows the paper as a case of its own says how else it may come, not what is due.
    let case_after = [". trường hợp", "; trường hợp"].iter().filter_map(|s| lower.find(s)).min();
    let own = case_after.filter(|_| w::NAMES_PAPER.is_match(lower));
    let own = own.and_then(|at| lower.get(..at)).unwrap_or(lower);
    if kind == RowKind::Glued && !w::SENT_ONLINE.is_match(heading) {
        let of_heading =
            || if w::ALL_SO.is_match(heading) { copy_type(heading) } else { CopyType::Unspecified };
        return match copy_type_of_all(own) {
            CopyType::Unspecified if copy_type(own) == CopyType::Unspecified => of_heading(),
            stated => stated,
        };
    }
    match copy_type(own) {
        CopyType::Unspecified if w::COPY_WITH_ORIGINAL.is_match(lower) => CopyType::OriginalOrCopy,
        CopyType::Unspecified if w::SENT_ONLINE.is_match(heading) => CopyType::Electronic,
        CopyType::Unspecified => copy_type(heading),
        stated => stated,
    }
}

/// The row without what it says in brackets of databases.
fn without_data(lower: &str) -> Cow<'_, str> {
    w::BRACKETS.replace_all(lower, |aside: &Captures<'_>| {
        if w::DATABASE.is_match(&aside[0]) { String::new() } else { aside[0].to_owned() }
    })
}

/// Of several papers each has its own form, unless one is said of all, at the start, or of each.
fn copy_type_of_all(lower: &str) -> CopyType {
    let parts: Vec<&str> = lower.split("; ").collect();
    let of_all = |types: Vec<CopyType>| {
        let first = types.first().copied().unwrap_or(CopyType::Unspecified);
        if types.iter().all(|other| *other == first) { first } else { CopyType::Unspecified }
    };
    if w::COPY_FIRST.is_match(lower) {
        // "Bản chính giấy phép và bản sao quyết định": each has its own.
        let apart = w::AND_COPY.replace_all(lower, "; bản $which");
        let stated = apart.split("; ").map(copy_type).filter(|own| *own != CopyType::Unspecified);
        return of_all(stated.collect());
    }
    if parts.len() == 1 && !w::COPY_LAST.is_match(lower) {
        return CopyType::Unspecified;
    }
    of_all(parts.into_iter().map(copy_type).collect())
}

fn copy_type(lower: &str) -> CopyType {
    // "Bản sao y bản chính" is a copy.
    let original = w::ORIGINAL.is_match(&w::OF_ORIGINAL.replace_all(lower, ""));
    let certified = w::CERTIFIED.is_match(lower) && !w::ANY_COPY.is_match(lower);
    let plain = w::PLAIN_COPY.is_match(lower) && !certified;
    let choice = lower.contains("hoặc")
        || w::COMPARED.is_match(lower)
        || w::ORIGINAL_AND_COPY.is_match(lower);
    match (original, certified, plain) {
        (true, ..) if choice && w::ELECTRONIC.is_match(lower) => CopyType::OriginalOrCopy,
        _ if w::ELECTRONIC.is_match(lower) && !original && !certified => CopyType::Electronic,
        (true, true, _) | (true, _, true) if choice => CopyType::OriginalOrCopy,
        (_, true, _) => CopyType::CertifiedCopy,
        (_, _, true) => CopyType::PlainCopy,
        (true, _, _) => CopyType::Original,
        _ => CopyType::Unspecified,
    }
}

fn form(text: &str, component: &ComponentRecord) -> Option<String> {
    if let Some(found) = w::FORM.find(text) {
        return Some(found.as_str().to_owned());
    }
    component
        .form
        .first()
        .cloned()
        .or_else(|| w::BY_FORM.is_match(&text.to_lowercase()).then(|| "theo mẫu".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(case: &str, name: &str, originals: u32) -> CompiledRow {
        let component = ComponentRecord {
            case: case.into(),
            name: name.into(),
            originals,
            ..ComponentRecord::default()
        };
        compile_row(0, &component, &[case])
    }

    #[test]
    fn a_paper_everybody_needs() {
        let row = read("Thành phần hồ sơ", "Đơn đề nghị theo Mẫu số 18", 1);
        assert_eq!((row.kind, row.necessity), (RowKind::Paper, Some(Necessity::Always)));
        assert_eq!(row.form.as_deref(), Some("Mẫu số 18"));
    }

    #[test]
    fn a_paper_in_one_case() {
        let text = "Trường hợp trẻ em bị bỏ rơi thì phải có biên bản do cơ quan có thẩm quyền lập";
        let row = read("Giấy tờ phải nộp:", text, 1);
        assert_eq!((row.kind, row.necessity), (RowKind::Paper, Some(Necessity::Conditional)));
        assert!(
            row.condition.is_some_and(|clause| clause.starts_with("Trường hợp trẻ em bị bỏ rơi"))
        );
    }

    #[test]
    fn a_paper_only_shown() {
        let row =
            read("Giấy tờ phải xuất trình:", "Hộ chiếu hoặc Thẻ căn cước còn giá trị sử dụng", 1);
        assert_eq!(row.kind, RowKind::Present);
        assert_eq!(row.validity.as_deref(), Some("còn giá trị sử dụng"));
        assert_eq!(row.alternatives, 2);
        let row = read("", "Xuất trình bản chính giấy tờ tùy thân (để đối chiếu)", 1);
        assert_eq!(row.kind, RowKind::Present);
    }

    #[test]
    fn an_exemption_is_a_note() {
        let text = "Trường hợp đã khai thác được dữ liệu điện tử thì không phải nộp bản giấy";
        let row = read("Giấy tờ phải nộp:", text, 0);
        assert_eq!((row.kind, row.necessity, row.replaced_by_data), (RowKind::Note, None, true));
    }

    #[test]
    fn what_an_office_does_is_a_note() {
        for text in [
            "Số lượng hồ sơ: 01 bộ",
            "Đơn vị nhận hồ sơ chỉ nhận hồ sơ khi người đăng ký nộp đủ giấy tờ trên",
            "Được hợp pháp hóa lãnh sự, trừ trường hợp điều ước quốc tế có quy định khác",
            "Thành phần hồ sơ của UBND cấp xã lập gửi UBND cấp tỉnh bao gồm: Tờ trình",
            "Đối với dự án trong phạm vi bảo vệ đê, hồ sơ đề nghị cấp phép phải bổ sung:",
            "Trường hợp có nhiều người thì phải có đầy đủ chữ ký của những người này",
            "Trường hợp nộp hồ sơ trực tuyến thì giấy tờ phải được chứng thực điện tử",
            "Các tài liệu trong hồ sơ đề nghị quy định tại điểm b là bản sao từ sổ gốc",
            "Báo cáo kết quả xác minh nội dung khiếu nại",
            "Đề án thành lập có các nội dung sau:",
            "Cục Thuế hoặc Chi cục Thuế thông báo cho người nộp thuế",
            "Người yêu cầu có trách nhiệm nộp đầy đủ bản sao các giấy tờ nêu trên (nếu có)",
            "Đối với cơ sở có nhiều người thì Bản khai trong hồ sơ áp dụng đối với người đứng tên",
            "Trường hợp thiết kế đã được thẩm định, các bản vẽ nêu trên là bản sao hoặc tệp tin",
        ] {
            assert_eq!(read("", text, 1).kind, RowKind::Note, "{text}");
        }
        let heading = "Văn bản chấp thuận gồm các nội dung sau:";
        assert_eq!(read(heading, "Tên nhà đầu tư lập hồ sơ", 1).kind, RowKind::Note);
        let heading = "Các tài liệu được miễn nộp đối với hồ sơ đăng ký";
        assert_eq!(read(heading, "Báo cáo thử nghiệm", 1).kind, RowKind::Note);
        let text = "Giấy tờ phải xuất trình: Hộ chiếu hoặc giấy tờ có giá trị thay hộ chiếu";
        assert_eq!(read("", text, 0).kind, RowKind::Present, "that is its name");
        let text = "Vận tải đơn hoặc chứng từ vận tải khác: 01 bản chụp";
        assert_eq!(read("", text, 0).kind, RowKind::Paper, "its copies are counted");
        let text = "Thông báo miễn kiểm tra của cơ quan kiểm tra chuyên ngành: 01 bản chính";
        assert_eq!(read("", text, 0).kind, RowKind::Paper, "its copies are counted");
        for text in ["Thông báo về việc lập chi nhánh", "Sơ đồ kho, bãi khu vực mở rộng:"]
        {
            assert_eq!(read("", text, 1).kind, RowKind::Paper, "{text}");
        }
    }

    #[test]
    fn a_part_that_may_be_lacking_does_not_make_the_paper_optional() {
        let text = "Đơn đăng ký được ký, đóng dấu (nếu có) bởi đại diện hợp pháp";
        assert_eq!(read("", text, 1).necessity, Some(Necessity::Always));
        assert_eq!(read("", "Giấy ủy thác (nếu có)", 1).necessity, Some(Necessity::Optional));
        let text = "Các tài liệu khác có liên quan";
        assert_eq!(read("", text, 1).necessity, Some(Necessity::Optional));
    }

    #[test]
    fn a_clause_is_a_case_only_where_it_says_when_the_paper_is_due() {
        for (text, necessity) in [
            ("Tờ khai thuế đối với hoạt động cho thuê nhà", Necessity::Always),
            ("Đơn đề nghị cấp lại chứng chỉ (Tất cả các trường hợp)", Necessity::Always),
            ("Đề án, trong đó nêu rõ: quyền đối với thành viên góp vốn", Necessity::Always),
            ("Giấy tờ nhận thừa kế (người định cư ở nước ngoài)", Necessity::Conditional),
            ("Bản vẽ và sơ đồ vị trí đối với trường hợp tách thửa", Necessity::Conditional),
            ("Bản vẽ; sơ đồ vị trí đối với trường hợp tách thửa", Necessity::Always),
        ] {
            assert_eq!(read("", text, 1).necessity, Some(necessity), "{text}");
        }
        let office = ["Đối với Sở Tư pháp nơi đi", "Đối với Sở Tư pháp nơi đến"];
        let component = ComponentRecord {
            case: office[0].into(),
            name: "Giấy đề nghị".into(),
            originals: 1,
            ..ComponentRecord::default()
        };
        let row = compile_row(0, &component, &office);
        assert_eq!(row.necessity, Some(Necessity::Always), "whom it goes to is no case");
    }

    #[test]
    fn a_look_up_that_only_the_office_goes_on_with_stands_in_for_no_paper() {
        let replaced = |text: &str| read("", text, 0).replaced_by_data;
        assert!(replaced("Trường hợp thông tin đã có trong CSDLQGVDC thì không phải tải lên"));
        for text in [
            "Trường hợp thông tin không có trong CSDLQGVDC thì đề nghị người yêu cầu kê khai đầy đủ",
            "Người yêu cầu có thể nộp bản sao hoặc giấy tờ được tích hợp trên VNeID",
            "Trường hợp không tra cứu được trong cơ sở dữ liệu thì đề nghị Ủy ban nhân dân xã xác minh",
        ] {
            assert!(!replaced(text), "{text}");
        }
    }

    #[test]
    fn headings_for_several_requests_are_cases_and_those_of_two_parties_are_not() {
        let necessity = |headings: [&str; 2]| {
            let component = ComponentRecord {
                case: headings[0].into(),
                name: "Đơn đề nghị".into(),
                originals: 1,
                ..ComponentRecord::default()
            };
            compile_row(0, &component, &headings).necessity
        };
        let requests = ["2. Hoàn thuế giá trị cho dự án", "3. Hoàn thuế giá trị theo quyết định"];
        assert_eq!(necessity(requests), Some(Necessity::Conditional));
        let acts = ["a2. Cấp sửa đổi phép bay", "a1. Cấp phép bay"];
        assert_eq!(necessity(acts), Some(Necessity::Conditional));
        let parties = ["Hồ sơ của người nhận con nuôi", "Hồ sơ của người được nhận"];
        assert_eq!(necessity(parties), Some(Necessity::Always));
        let steps = ["Hồ sơ đề nghị thẩm định", "Hồ sơ đề nghị phê duyệt"];
        assert_eq!(necessity(steps), Some(Necessity::Always));
        let makers = ["Hồ sơ đề nghị chuyển giao (do tổ chức lập)", "Hồ sơ đề nghị xác lập"];
        assert_eq!(necessity(makers), Some(Necessity::Always));
        let ways = ["Các giấy tờ phải nộp (bản chính)", "Các giấy tờ phải xuất trình"];
        assert_eq!(necessity(ways), Some(Necessity::Always));
        let inside = ["Hồ sơ Sở Tài chính trình Ủy ban", "Hồ sơ tổ chức nộp"];
        assert_eq!(necessity(inside), None, "an office draws it up for another");
        let inside = ["(ii) Hồ sơ trình phê duyệt", "(i) Hồ sơ tổ chức nộp"];
        assert_eq!(necessity(inside), None, "so it does where it is not named");
    }

    #[test]
    fn each_paper_of_a_choice_counts_and_its_copies_do_not() {
        for (text, count) in [
            ("Bản sao Giấy chứng tử hoặc bản sao Giấy khai tử hoặc bản sao Quyết định", 3),
            ("Hộ chiếu/Thẻ căn cước công dân/Thẻ căn cước hoặc các giấy tờ khác", 4),
            ("Một trong các loại giấy tờ: Thẻ căn cước, Hộ chiếu, Giấy khai sinh", 3),
            ("Bản chính hoặc bản sao có chứng thực giấy khai sinh", 1),
            ("Bản sao kèm bản chính để đối chiếu hoặc bản sao có chứng thực Giấy khai sinh", 1),
            ("Hộ chiếu, Giấy chứng minh nhân dân hoặc giấy tờ có giá trị thay thế", 3),
            ("Hợp đồng thuê nhà (01 bản chính hoặc 01 bản sao có chứng thực)", 1),
            ("Một trong các giấy tờ: Giấy phép hoặc giấy xác nhận; Quyết định; Hợp đồng", 3),
            ("a) Đơn; b) Một trong các giấy tờ: Giấy phép hoặc thẻ; c) Ảnh; d) Sơ yếu lý lịch", 2),
            ("Một trong các giấy tờ: Bằng khen của Bộ, Bằng khen của tỉnh hoặc Quyết định", 3),
            ("Một trong các giấy tờ: Căn cước điện tử; bản sao Hộ chiếu hoặc Thẻ căn cước", 3),
            ("Một trong các giấy tờ sau: + Giấy phép hoặc thẻ; + Quyết định. Văn bản này", 2),
            ("Giấy chứng sinh; nếu sinh ở nhà thì được thay bằng văn bản của người làm chứng", 2),
            (
                "Giấy tờ nơi cư trú. Trường hợp có thẻ căn cước công dân hoặc thẻ căn cước thì khai số",
                1,
            ),
        ] {
            assert_eq!(read("", text, 1).alternatives, count, "{text}");
        }
    }

    #[test]
    fn a_choice_of_copies() {
        let text = "Bản chính hoặc bản sao có chứng thực của giấy tờ tùy thân";
        assert_eq!(read("", text, 1).copy_type, CopyType::OriginalOrCopy);
        assert_eq!(
            read("", "Bản sao có chứng thực giấy khai sinh", 1).copy_type,
            CopyType::CertifiedCopy
        );
        assert_eq!(read("", "Bản chụp giấy khai sinh", 1).copy_type, CopyType::PlainCopy);
        for (text, copy_type) in [
            ("Hóa đơn của nhà thầu (Bản sao y bản chính)", CopyType::CertifiedCopy),
            ("Bản sao hoặc bản sao có chứng thực giấy đăng ký xe", CopyType::PlainCopy),
            ("Chứng từ xuất xứ: 01 bản chính hoặc dạng dữ liệu điện tử", CopyType::OriginalOrCopy),
            ("Tài liệu, chứng từ nộp về Quỹ (bản chính/sao y)", CopyType::OriginalOrCopy),
            ("Bản gốc và một bản sao Giấy chứng nhận", CopyType::OriginalOrCopy),
            ("Đơn đăng ký hình thành trên Hệ thống", CopyType::Electronic),
            (
                "Văn bản về trụ sở. Trường hợp giấy tờ là bản sao thì phải xuất trình bản chính để đối chiếu",
                CopyType::OriginalOrCopy,
            ),
            (
                "Giấy khai sinh (khai thác cơ sở dữ liệu quốc gia để thay thế bản sao giấy khai sinh)",
                CopyType::Unspecified,
            ),
        ] {
            assert_eq!(read("", text, 1).copy_type, copy_type, "{text}");
        }
        let heading = "Các giấy tờ phải nộp (bản chính), mỗi loại 01 bản, gồm:";
        let text = "Bản khai chung theo mẫu, Danh sách thuyền viên theo mẫu";
        assert_eq!(read(heading, text, 1).copy_type, CopyType::Original);
        let heading = "Trường hợp hồ sơ được gửi trên môi trường điện tử:";
        assert_eq!(read(heading, "Giấy đề nghị", 1).copy_type, CopyType::Electronic);
        let heading = "Hồ sơ gồm bản sao và xuất trình bản chính để đối chiếu";
        assert_eq!(read(heading, "Giấy phép", 1).kind, RowKind::Paper, "it is handed in");
    }

    #[test]
    fn several_papers_have_one_form_where_it_is_said_of_all_or_of_each() {
        for (text, copy_type) in [
            ("Giấy đề nghị: 02 bản gốc; Bảng đối chiếu: 02 bản gốc", CopyType::Original),
            ("Giấy phép và hợp đồng lao động: 01 bản chụp", CopyType::PlainCopy),
            ("(ii) Bản sao hợp đồng và bản sao văn bản đề nghị", CopyType::PlainCopy),
            ("Bản chính giấy phép và bản sao quyết định phê duyệt", CopyType::Unspecified),
            ("Giấy đề nghị: 02 bản gốc; Bảng đối chiếu: 01 bản chụp", CopyType::Unspecified),
        ] {
            let row = read("", text, 1);
            assert_eq!((row.kind, row.copy_type), (RowKind::Glued, copy_type), "{text}");
        }
    }
}
