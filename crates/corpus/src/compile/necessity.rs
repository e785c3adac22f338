//! Whether everybody has to bring what a row asks for, and in which case.
//!
//! A clause that opens with "đối với" or "trường hợp" is not always the case in which a paper is due: it may
//! be part of a name, say which copy comes, or say what stands in where the paper is lacking.

use std::ops::Range;

use motcua_domain::Necessity;
use regex::{Captures, Match, Regex};

use super::{RowKind, glued, wording as w};

/// Where the row says in which case it is due.
pub(super) fn case_clause(lower: &str) -> Option<Range<usize>> {
    // What one does in either channel, everybody does.
    let in_any_channel = w::ON_PAPER.is_match(lower) && w::ON_LINE.is_match(lower);
    let lower = &*without_asides(lower, in_any_channel);
    let found = w::CASE_CLAUSE.find_iter(lower).find(|m| {
        let if_any = w::IF_ANY.find(m.as_str()).is_some_and(|if_any| if_any.start() == 0);
        let one_channel = in_any_channel && w::CHANNEL_CASE.is_match(m.as_str());
        !if_any && !one_channel && m.as_str().len() > 8 && says_when_due(lower, m)
    });
    let who = |words: &'static Regex| words.captures(lower)?.name("who");
    let found = found.or_else(|| who(&w::WHOSE)).or_else(|| who(&w::MUST_HAVE))?;
    // Where each paper has its case, the row is due in any of them.
    let end = if glued::papers_by_case(lower).is_empty() { found.end() } else { lower.len() };
    Some(found.start()..end)
}

/// The row, as long as before, with spaces for how old the paper may be and, where both channels are
/// named, for which copy comes in which.
fn without_asides(lower: &str, in_any_channel: bool) -> String {
    let blank = |aside: &Captures<'_>| " ".repeat(aside[0].len());
    let dated = w::VALID_IF.replace_all(lower, blank);
    if !in_any_channel {
        return dated.into_owned();
    }
    w::CHANNEL_ASIDE.replace_all(&dated, blank).into_owned()
}

/// Whether a clause is about when the paper is due, not about something the paper is or holds.
fn says_when_due(lower: &str, clause: &Match<'_>) -> bool {
    let Some(before) = lower.get(..clause.start()) else { return false };
    let about_else = is_aside(before, lower)
        || is_about_something_else(before, clause.as_str())
        || is_for_one_form(before, &lower[clause.start()..])
        || w::NAME_GOES_ON.is_match(&lower[..end_of_words(clause)]);
    !about_else && !w::IN_ITS_CONTENTS.is_match(before) && !w::LISTED_CONTENTS.is_match(before)
}

/// Whether a clause says which copy comes, what is exempt from being legalised, or goes with the word
/// before it ("nghĩa vụ đối với …", where "đối với trường hợp" can only be a case).
fn is_about_something_else(before: &str, clause: &str) -> bool {
    let is_object =
        clause.strip_prefix("đối với ").is_some_and(|what| !what.contains("trường hợp"));
    let is_exception = before.trim_end().ends_with("trừ");
    w::WHICH_COPY.is_match(clause)
        || w::LANGUAGE.is_match(clause) && before.contains(char::is_alphabetic)
        || w::CHANNEL.is_match(clause) && w::FORM_OF_PAPER.is_match(before)
        || is_exception && w::NOT_LEGALISED.is_match(clause)
        || is_object && w::GOVERNS.is_match(before)
}

/// Whether a clause says for whom one of several forms is: "theo Mẫu số 17 (đối với tổ chức), Mẫu số 18 …".
fn is_for_one_form(before: &str, from_clause: &str) -> bool {
    w::WHICH_FORM.is_match(before) && from_clause.contains("mẫu ")
}

/// Where a clause ends before what follows it in brackets: "đối với hoạt động … (Mẫu số 01)".
fn end_of_words(clause: &Match<'_>) -> usize {
    let words = clause.as_str().find('(').filter(|at| *at > 0);
    clause.start() + words.unwrap_or(clause.len())
}

/// Whether a clause lies in brackets that only say which form a paper has, or which of several papers
/// is whose: "(bản gốc trong trường hợp nộp trực tiếp)", "một trong … giấy khai sinh (đối với trẻ em)".
fn is_aside(before: &str, lower: &str) -> bool {
    let Some((_, inside)) = before.rsplit_once('(') else { return false };
    if inside.contains(')') {
        return false;
    }
    let about_form = ["bản ", "tệp "].iter().any(|start| inside.starts_with(start));
    about_form
        || !inside.is_empty() && w::ONE_OF.is_match(lower)
        || inside.is_empty() && w::ONE_OF.is_match(before)
}

/// Where the case is said in which a row is due.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    None,
    /// In the row, from this byte on.
    OfRow {
        start: usize,
    },
    OfHeading,
}

/// Whether everybody has to bring it; none on notes.
pub(super) fn necessity(
    kind: RowKind,
    lower: &str,
    case: Case,
    replaced: bool,
) -> Option<Necessity> {
    if kind == RowKind::Note {
        return None;
    }
    let authorises = lower.contains("ủy quyền") || lower.contains("uỷ quyền");
    if may_be_lacking(kind, lower) {
        return Some(if authorises { Necessity::Conditional } else { Necessity::Optional });
    }
    if w::OTHERS.is_match(lower) {
        return Some(Necessity::Optional);
    }
    match case {
        Case::None => Some(Necessity::Always),
        Case::OfHeading => Some(Necessity::Conditional),
        Case::OfRow { start } => Some(necessity_in_case(kind, lower, start, replaced)),
    }
}

/// Whether "nếu có" is said of what the row asks for: not of a part of the paper, of what is written in
/// it, of the people concerned ("Đối với hành khách (nếu có): …") or of a further paper only.
fn may_be_lacking(kind: RowKind, lower: &str) -> bool {
    let contents = w::CONTENTS.find(lower).map_or(lower.len(), |m| m.start());
    let asked_for = &lower[..contents];
    if w::WHOLE_IF_ANY.is_match(asked_for) {
        return true;
    }
    let is_said_of = |paper: &str| {
        w::IF_ANY.is_match(&w::PART_IF_ANY.replace_all(paper, ""))
            && !w::DUE_WITH_IF_ANY.is_match(paper)
    };
    if kind != RowKind::Glued {
        return is_said_of(asked_for);
    }
    let papers = glued::bulleted_papers(asked_for);
    if papers.len() > 1 {
        return papers.into_iter().all(is_said_of);
    }
    // After one of several with commas it is said of that one, at the end perhaps of all.
    let first = asked_for.split_once(';').map_or(asked_for, |(first, _)| first);
    is_said_of(first) && !w::IF_ANY_BETWEEN.is_match(first)
}

/// A row with a case of its own, from byte `start` on, is due in that case only, unless the case says
/// something else of the paper.
fn necessity_in_case(kind: RowKind, lower: &str, start: usize, replaced: bool) -> Necessity {
    let failed_lookup = w::LOOKUP_FAILED.is_match(lower);
    let only_relief = replaced && !failed_lookup && relief_is_the_case(lower);
    // "Giấy X; trường hợp không có thì Y": the paper is always due, the case picks which.
    // So it does in "một trong các giấy tờ sau: A đối với …; B đối với …".
    let picks = w::NAMES_PAPER.is_match(lower)
        && (lower.contains("nếu không có")
            || is_sentence_after_paper(lower, start)
            || w::LIST_OF_CHOICES.is_match(&lower[..start]));
    let picks_variant = same_opening(&glued::papers_by_case(lower));
    // "Tờ khai …; đối với người chưa thành niên thì phải ghi rõ …": the case only says how to fill it in.
    let fills_in = w::NAMES_PAPER.is_match(lower) && w::FILLED_IN.is_match(lower);
    // "A và B; trường hợp … thì thêm C": A is always due. "A và B đối với …" is of both.
    let ends_in_case = !lower.contains("; ")
        && w::CASE_CLAUSE
            .find_iter(lower)
            .last()
            .is_some_and(|case| lower[case.end()..].trim_matches([')', '.', ';', ' ']).is_empty());
    let glued_tail = kind == RowKind::Glued && w::NAMES_PAPER.is_match(lower) && !ends_in_case;
    // "Bản sao giấy tờ; - Văn bản ủy quyền trong trường hợp …": a case of the last is none of the first.
    let listed = glued::bulleted_papers(lower);
    let one_always =
        listed.len() > 1 && w::NAMES_PAPER.is_match(lower) && !w::CASE_CLAUSE.is_match(listed[0]);
    if only_relief || picks || picks_variant || fills_in || glued_tail || one_always {
        return Necessity::Always;
    }
    Necessity::Conditional
}

/// "Đơn theo Mẫu số 21 đối với …; Đơn theo Mẫu số 24 đối với …": everybody needs one of the two.
fn same_opening(papers: &[&str]) -> bool {
    let opening = |paper: &&str| {
        let name = paper.rsplit(": ").next().unwrap_or(paper);
        let name = glued::without_copies(name);
        name.split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut openings = papers.iter().filter(|paper| !glued::names_only_issuer(paper)).map(opening);
    openings.next().is_some_and(|first| openings.all(|other| other == first))
}

/// Whether a case is a sentence of its own after the paper, and does not take the duty back:
/// "Giấy chứng nhận; trường hợp chưa được cấp thì không phải nộp".
fn is_sentence_after_paper(lower: &str, start: usize) -> bool {
    let (before, from_case) = lower.split_at(start);
    if from_case.starts_with("(trừ") {
        return false;
    }
    let sentence = from_case.split([';', '.']).next().unwrap_or(from_case);
    // After a comma a case goes with the paper, unless it says that the paper is lost.
    let lost = before.trim_end().ends_with(',') && w::LOST.is_match(sentence);
    let starts = lost
        || before.trim_end().ends_with(':')
        || before.trim_end_matches([' ', '-', '+', '*']).ends_with(['.', ';']);
    starts && !w::TAKES_BACK.is_match(sentence)
}

/// Whether the first case stated is the one that relieves: "trường hợp … khai thác được thì không phải nộp".
fn relief_is_the_case(lower: &str) -> bool {
    let case = w::CASE_CLAUSE.find_iter(lower).find(|m| !m.as_str().starts_with("nếu có"));
    let from_case = case.and_then(|case| lower.get(case.start()..)).unwrap_or(lower);
    let sentence = from_case.split(". ").next().unwrap_or(from_case);
    w::RELIEF.is_match(sentence)
}

#[cfg(test)]
mod tests {
    use motcua_domain::Necessity;

    use crate::{Record, compile_row, compile_rows, record::ComponentRecord};

    fn necessity(name: &str) -> Option<Necessity> {
        let component =
            ComponentRecord { name: name.into(), originals: 1, ..ComponentRecord::default() };
        compile_row(0, &component, &[""]).necessity
    }

    #[test]
    fn a_sentence_after_the_paper_says_what_stands_in_for_it() {
        for (text, expected) in [
            ("Thẻ thường trú, trường hợp thẻ bị mất phải có đơn báo mất", Necessity::Always),
            (
                "Giấy khám sức khỏe. Đối với người ở nước ngoài, do cơ sở tại đó cấp",
                Necessity::Always,
            ),
            ("Một trong các giấy tờ sau: Giấy A đối với trẻ em; Giấy B", Necessity::Always),
            (
                "Tờ khai theo mẫu Trường hợp hộ gia đình có yêu cầu thì trong Đơn phải thể hiện thông tin",
                Necessity::Always,
            ),
            (
                "Giấy phép trong trường hợp phải có; trường hợp nộp bản sao thì kèm bản chính",
                Necessity::Conditional,
            ),
            (
                "Giấy chứng nhận đã cấp; trường hợp chưa được cấp thì không phải nộp",
                Necessity::Conditional,
            ),
            (
                "Văn bản xác nhận: + Trường hợp là vợ chồng: Giấy kết hôn. + Trường hợp độc thân: tra cứu",
                Necessity::Conditional,
            ),
        ] {
            assert_eq!(necessity(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_that_go_on_with_doi_voi_state_no_case() {
        for (text, expected) in [
            ("Giấy tờ chứng minh quyền sử dụng đối với trụ sở", Necessity::Always),
            (
                "Thông báo hoàn thành nghĩa vụ nộp tiền đối với diện tích chuyển mục đích",
                Necessity::Always,
            ),
            ("Tờ khai thuế đối với hoạt động cho thuê nhà (Mẫu số 01/BĐS)", Necessity::Always),
            (
                "5) Tác phẩm của tác giả đã chết, phải có văn bản cam kết thỏa thuận",
                Necessity::Conditional,
            ),
            (
                "Chứng chỉ đã được hợp pháp hóa, trừ trường hợp được miễn hợp pháp hóa",
                Necessity::Always,
            ),
            (
                "Giấy phép (trường hợp nộp bản sao thì phải mang bản gốc để đối chiếu)",
                Necessity::Always,
            ),
            (
                "Danh sách thành viên, trong đó có các nội dung: mã số (đối với cá nhân)",
                Necessity::Always,
            ),
            (
                "Quyết định thôi trợ cấp đối với trường hợp đang hưởng trợ cấp",
                Necessity::Conditional,
            ),
            ("Xác nhận của cơ quan có thẩm quyền đối với người nhiễm bệnh", Necessity::Conditional),
            ("Văn bản đề nghị theo Mẫu số 17 (đối với tổ chức), Mẫu số 18", Necessity::Always),
            ("Văn bản cam kết chịu mọi rủi ro nếu dự án không được chấp thuận", Necessity::Always),
            ("Kết quả đấu thầu (nếu bằng tiếng nước ngoài phải được dịch)", Necessity::Always),
            ("Văn bản nêu chi tiết về trường hợp bị thương", Necessity::Always),
            ("Phiếu lý lịch có giá trị sử dụng nếu được cấp chưa quá 06 tháng", Necessity::Always),
            (
                "Giấy khám có giá trị sử dụng nếu được cấp chưa quá 06 tháng (trừ trường hợp cha nuôi)",
                Necessity::Conditional,
            ),
        ] {
            assert_eq!(necessity(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_due_in_either_channel_is_always_due() {
        for (text, expected) in [
            (
                "Tờ khai nhập khẩu đối với hồ sơ giấy; số, ngày tờ khai đối với hồ sơ điện tử",
                Necessity::Always,
            ),
            (
                "Bản sao (trường hợp nộp hồ sơ trực tiếp); bản sao có chứng thực (trường hợp nộp hồ sơ \
                 qua bưu chính) hợp đồng trong trường hợp thuê dịch vụ",
                Necessity::Conditional,
            ),
            ("Tờ khai (nếu lựa chọn nộp hồ sơ theo hình thức trực tiếp)", Necessity::Conditional),
            ("Mẫu hộ tịch điện tử tương tác đăng ký khai tử", Necessity::Conditional),
            (
                "Bản sao giấy tờ hộ tịch. - Văn bản ủy quyền trong trường hợp ủy quyền",
                Necessity::Always,
            ),
        ] {
            assert_eq!(necessity(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_only_form_of_a_request_is_everybodys() {
        let necessity = |names: &[&str]| {
            let components = names.iter().map(|name| ComponentRecord {
                name: (*name).into(),
                originals: 1,
                ..ComponentRecord::default()
            });
            let record = Record { components: components.collect(), ..Record::default() };
            compile_rows(&record)[0].necessity
        };
        let form = "Đơn đề nghị giám định lại tỷ lệ tổn thương đối với thương binh";
        assert_eq!(necessity(&[form, "Giấy xác nhận"]), Some(Necessity::Always));
        let other = "Đơn đề nghị giám định đối với bệnh binh";
        assert_eq!(necessity(&[form, other]), Some(Necessity::Conditional));
    }

    #[test]
    fn what_the_procedure_is_about_is_no_case() {
        let necessity = |procedure: &str| {
            let row = "Bản sao quyết định phê duyệt kế hoạch đối với cảng dầu khí ngoài khơi";
            let component =
                ComponentRecord { name: row.into(), originals: 1, ..ComponentRecord::default() };
            let record =
                Record { name: procedure.into(), components: vec![component], ..Record::default() };
            compile_rows(&record)[0].necessity
        };
        assert_eq!(necessity("Công bố mở cảng dầu khí ngoài khơi"), Some(Necessity::Always));
        assert_eq!(necessity("Công bố mở cảng biển"), Some(Necessity::Conditional));
    }

    #[test]
    fn a_heading_of_a_stage_states_no_case() {
        let component = |case: &str| ComponentRecord {
            case: case.into(),
            name: "Tờ trình của đơn vị".into(),
            originals: 1,
            ..ComponentRecord::default()
        };
        let stages = [
            "Thành phần, số lượng hồ sơ trình Hội đồng cấp cơ sở",
            "Thành phần, số lượng hồ sơ trình Hội đồng cấp Bộ",
        ];
        let row = compile_row(0, &component(stages[0]), &stages);
        assert_eq!(row.necessity, Some(Necessity::Always));
    }

    #[test]
    fn if_any_makes_optional_only_what_it_is_said_of() {
        for (text, expected) in [
            ("Giấy xác nhận điểm bảo lưu (nếu có) do Hiệu trưởng cấp", Necessity::Optional),
            (
                "Tờ khai thực hiện nghĩa vụ; giấy tờ chứng minh được miễn (nếu có)",
                Necessity::Always,
            ),
            ("Báo cáo (nếu có); - Biên bản họp (nếu có)", Necessity::Optional),
            (
                "Bản khai chung, danh sách hành khách (nếu có) theo mẫu, bản khai hàng hóa",
                Necessity::Always,
            ),
            ("Văn bản báo cáo, trong đó có đề nghị phê duyệt điều lệ (nếu có)", Necessity::Always),
            ("Đối với hành khách (nếu có): Hộ chiếu", Necessity::Conditional),
            ("Danh sách thuyền viên (nếu có thay đổi so với khi đến)", Necessity::Conditional),
            (
                "Trường hợp tai nạn thì phải có bệnh án và tài liệu kèm theo, nếu có",
                Necessity::Conditional,
            ),
        ] {
            assert_eq!(necessity(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn variants_by_case_are_due_from_all_or_in_any_of_their_cases() {
        let text = "Đơn đăng ký theo Mẫu số 21 đối với trường hợp chưa được cấp; \
                    Đơn đăng ký theo Mẫu số 24 đối với trường hợp đã được cấp";
        assert_eq!(necessity(text), Some(Necessity::Always));
        let text =
            "Biên bản xác nhận đối với trẻ em bị bỏ rơi; Giấy chứng tử đối với trẻ em mồ côi";
        let component = ComponentRecord { name: text.into(), originals: 1, ..Default::default() };
        let row = compile_row(0, &component, &[""]);
        assert_eq!((row.necessity, row.alternatives), (Some(Necessity::Conditional), 2));
        let condition = row.condition.unwrap_or_default();
        assert!(condition.contains("bị bỏ rơi") && condition.ends_with("trẻ em mồ côi"));
    }
}
