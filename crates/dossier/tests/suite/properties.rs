//! What must hold whatever is handed in and however much is known.

use jiff::civil::date;
use motcua_domain::{
    CaseFacts, ComponentState, CopyType, DossierReport, Procedure, Truth, Verdict,
};
use motcua_dossier::{Catalogue, Submission, check, match_facts, resolve_answers};
use proptest::prelude::*;

use crate::{
    literate::{catalogue, document},
    loader,
};

pub(crate) const PROCEDURE: &str = r#"
component_rows = 4
[[questions]]
key = "a"
ask = "Có ủy quyền không?"
answers = [["co", "Có"], ["khong", "Không"]]
[[questions]]
key = "b"
ask = "Người đi thay là ai?"
answers = [["than", "Người thân thích"], ["khac", "Người khác"]]
[[questions]]
key = "c"
ask = "Có tra cứu được nơi cư trú không?"
answers = [["duoc", "Tra cứu được"], ["khong", "Không tra cứu được"]]
lookup = true
[[requirements]]
id = "to-khai"
rows = [0]
name = "Tờ khai đăng ký khai sinh"
any_of = [{ papers = [{ name = "Tờ khai đăng ký khai sinh", document = "to-khai" }] }]
[[requirements]]
id = "uy-quyen"
rows = [1]
name = "Văn bản ủy quyền"
when = [{ a = "co", b = "khac" }, { a = "co", b = "than", c = "khong" }]
any_of = [{ papers = [{ name = "Văn bản ủy quyền", document = "van-ban-uy-quyen" }] }]
[[requirements]]
id = "cu-tru"
rows = [2]
name = "Giấy tờ chứng minh nơi cư trú"
when = [{ a = "khong" }, { b = ["than", "khac"] }]
replaced_by_data = { database = "Cơ sở dữ liệu", when = [{ c = "duoc" }] }
any_of = [{ papers = [{ name = "Giấy tờ chứng minh nơi cư trú", document = "giay-xac-nhan-cu-tru" }] }]
[[requirements]]
id = "can-cuoc"
rows = [3]
name = "Giấy tờ tùy thân"
handover = "present"
any_of = [{ papers = [{ name = "Thẻ căn cước", document = "can-cuoc" }] }]
"#;

/// The same, with a paper about a circumstance that is seldom so and that its own name repeats.
const DIVORCED: &str = r#"
component_rows = 5
[[questions]]
key = "a"
ask = "Hai bên có từng ly hôn tại cơ quan của nước ngoài không?"
answers = [["co", "Có"], ["khong", "Không"]]
usual = "khong"
[[questions]]
key = "b"
ask = "Trẻ thuộc trường hợp nào?"
answers = [["than", "Trẻ em bị bỏ rơi"], ["khac", "Trường hợp khác"]]
[[questions]]
key = "c"
ask = "Có tra cứu được nơi cư trú không?"
answers = [["duoc", "Tra cứu được"], ["khong", "Không tra cứu được"]]
lookup = true
[[requirements]]
id = "trich-luc"
rows = [0]
name = "Bản sao Trích lục ghi chú ly hôn (hoặc hủy việc kết hôn)"
when = [{ a = "co" }]
any_of = [{ papers = [{ name = "Bản sao Trích lục ghi chú ly hôn hoặc hủy việc kết hôn" }] }]
[[requirements]]
id = "bien-ban"
rows = [1]
name = "Biên bản về việc trẻ em bị bỏ rơi"
when = [{ b = "than" }]
any_of = [{ papers = [{ name = "Biên bản về việc trẻ em bị bỏ rơi" }] }]
[[requirements]]
id = "uy-quyen"
rows = [2]
name = "Văn bản ủy quyền được chứng thực"
when = [{ a = "co", b = "khac" }]
any_of = [{ papers = [{ name = "Văn bản ủy quyền", document = "van-ban-uy-quyen" }] }]
[[requirements]]
id = "cu-tru"
rows = [3]
name = "Giấy tờ chứng minh nơi cư trú"
replaced_by_data = { database = "Cơ sở dữ liệu", when = [{ c = "duoc" }] }
any_of = [{ papers = [{ name = "Giấy tờ chứng minh nơi cư trú", document = "giay-xac-nhan-cu-tru" }] }]
[[requirements]]
id = "ban-an"
rows = [4]
name = "Giấy tờ chứng minh đã ly hôn, kèm trích lục ghi chú ly hôn"
when = [{ a = "co", b = "than" }]
any_of = [{ papers = [{ name = "Giấy tờ kèm trích lục ghi chú ly hôn" }] }]
"#;

fn run(
    procedure: &Procedure,
    answers: &CaseFacts,
    files: &[&str],
    catalogue: &Catalogue,
) -> DossierReport {
    run_noted(procedure, (answers, &[]), files, catalogue)
}

/// As [`run`], where somebody also noted something in words.
fn run_noted(
    procedure: &Procedure,
    (answers, notes): (&CaseFacts, &[(&str, &str)]),
    files: &[&str],
    catalogue: &Catalogue,
) -> DossierReport {
    let notes: Vec<(String, String)> =
        notes.iter().map(|(about, says)| ((*about).to_owned(), (*says).to_owned())).collect();
    let documents: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(at, text)| document(&format!("{at}.pdf"), &text.lines().collect::<Vec<_>>()))
        .collect();
    check(
        &Submission {
            procedure,
            procedure_version: "",
            received_on: date(2026, 11, 10),
            answers,
            facts: &notes,
            documents: &documents,
        },
        catalogue,
    )
}

fn state(report: &DossierReport, row: usize) -> ComponentState {
    report.components[row].state
}

fn answers() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let one = |key: &'static str, values: [&'static str; 2]| {
        prop_oneof![Just(None), Just(Some((key, values[0]))), Just(Some((key, values[1])))]
    };
    (one("a", ["co", "khong"]), one("b", ["than", "khac"]), one("c", ["duoc", "khong"]))
        .prop_map(|(a, b, c)| [a, b, c].into_iter().flatten().collect())
}

/// The same answers as an official would note them.
fn in_words((key, value): (&str, &str)) -> (&'static str, &'static str) {
    match (key, value) {
        ("a", "co") => ("Ủy quyền", "có"),
        ("a", _) => ("Ủy quyền", "không"),
        ("b", "than") => ("Người đi thay", "người thân thích"),
        ("b", _) => ("Người đi thay", "người khác"),
        (_, "duoc") => ("Tra cứu nơi cư trú", "tra cứu được"),
        _ => ("Tra cứu nơi cư trú", "không tra cứu được"),
    }
}

/// Answers by key, and those that were noted in words.
type Known = (Vec<(&'static str, &'static str)>, Vec<(&'static str, &'static str)>);

fn known_by(answers: &[(&'static str, &'static str)], worded: &[bool]) -> Known {
    let is_worded = |key: &str| match key {
        "a" => worded[0],
        "b" => worded[1],
        _ => worded[2],
    };
    let (words, keys): (Vec<_>, Vec<_>) = answers.iter().partition(|(key, _)| is_worded(key));
    (keys, words.into_iter().map(in_words).collect())
}

/// How an official notes that a paper is not there.
const LACKS: [&str; 8] = [
    "chưa nộp",
    "không nộp",
    "không có",
    "chưa có, hẹn bổ sung sau",
    "chưa xin được",
    "không mang theo",
    "chưa mang",
    "để quên ở nhà, mang đến sau",
];

const PAPERS: [&str; 4] = [
    "TỜ KHAI ĐĂNG KÝ KHAI SINH\nXã Hùng Việt, ngày 06 tháng 11 năm 2026",
    "GIẤY ỦY QUYỀN\nBên ủy quyền: A",
    "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ",
    "CĂN CƯỚC\nNationality: Việt Nam\nDate of birth",
];

/// How good a verdict is for the applicant.
fn goodness(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Incomplete => 0,
        Verdict::NeedsHuman => 1,
        Verdict::Complete => 2,
    }
}

#[test]
fn kleene_tables() {
    use Truth::{False, True, Unknown};
    let all = [True, False, Unknown];
    let and = [[True, False, Unknown], [False, False, False], [Unknown, False, Unknown]];
    let or = [[True, True, True], [True, False, Unknown], [True, Unknown, Unknown]];
    for (i, a) in all.into_iter().enumerate() {
        for (j, b) in all.into_iter().enumerate() {
            assert_eq!(a.and(b), and[i][j], "{a:?} and {b:?}");
            assert_eq!(a.or(b), or[i][j], "{a:?} or {b:?}");
        }
    }
}

#[test]
fn rules_of_another_day_decide_nothing() {
    let mut procedure = loader::procedure(PROCEDURE);
    let answers: CaseFacts = [("a", "khong"), ("b", "than"), ("c", "duoc")].into_iter().collect();
    let judged =
        |procedure: &Procedure, files: &[&str]| run(procedure, &answers, files, &catalogue());
    let whole = [PAPERS[0], PAPERS[3]];
    assert_eq!(judged(&procedure, &whole).verdict, Verdict::Complete);
    assert_eq!(judged(&procedure, &[]).verdict, Verdict::Incomplete);
    procedure.effective.from = Some(date(2026, 11, 11));
    for files in [&whole[..], &[]] {
        let report = judged(&procedure, files);
        assert_eq!(report.verdict, Verdict::NeedsHuman);
        assert!(report.findings.iter().any(|finding| finding.rule == "rules-not-in-force"));
    }
    procedure.effective.from = Some(date(2026, 11, 10));
    assert_eq!(judged(&procedure, &whole).verdict, Verdict::Complete);
}

/// Names of papers as officials write them, with the row of each.
const CALLED: [(usize, &str); 9] = [
    (0, "Trích lục ghi chú ly hôn"),
    (0, "Bản sao trích lục ghi chú ly hôn"),
    (0, "Bản chính trích lục ghi chú ly hôn (hoặc hủy việc kết hôn)"),
    (1, "Biên bản về việc trẻ em bị bỏ rơi"),
    (1, "Biên bản"),
    (2, "Văn bản ủy quyền"),
    (2, "Giấy ủy quyền"),
    (3, "Giấy tờ chứng minh nơi cư trú"),
    (4, "Trích lục ghi chú ly hôn"),
];

/// What is said not to be there may be due all the same: unknown does not become false.
#[test]
fn a_paper_that_lacks_is_still_asked_for() {
    let procedure = loader::procedure(DIVORCED);
    let catalogue = catalogue();
    let known: [&[(&str, &str)]; 4] = [&[], &[("c", "duoc")], &[("b", "khac")], &[("a", "co")]];
    for known in known {
        let facts: CaseFacts = known.iter().copied().collect();
        let judged =
            |notes: &[(&str, &str)]| run_noted(&procedure, (&facts, notes), &[], &catalogue);
        let without = judged(&[]);
        for ((row, about), lack) in
            CALLED.iter().flat_map(|called| LACKS.map(|lack| (called, lack)))
        {
            let (old, new) = (state(&without, *row), state(&judged(&[(about, lack)]), *row));
            assert!(
                new != ComponentState::NotApplicable || old == new,
                "{about} = {lack}: row {row} was {old:?} with {known:?}"
            );
        }
    }
}

#[test]
fn the_form_of_a_paper_is_that_of_all_that_may_be_handed_in() {
    let of = |second: &str| {
        let toml = format!(
            r#"
component_rows = 1
[[requirements]]
id = "giay"
rows = [0]
name = "Giấy chứng sinh"
any_of = [
  {{ papers = [{{ name = "Giấy chứng sinh", copy_type = "original" }}] }},
  {{ papers = [{{ name = "Bản sao giấy chứng sinh", copy_type = "{second}" }}] }},
]
"#
        );
        let procedure = loader::procedure(&toml);
        let report = run(&procedure, &CaseFacts::default(), &[], &catalogue());
        report.components[0].copy_type
    };
    assert_eq!(of("original"), CopyType::Original);
    assert_eq!(of("certified_copy"), CopyType::Unspecified);
}

#[test]
fn unknown_answers_are_refused_with_the_known_ones() {
    let procedure = loader::procedure(PROCEDURE);
    let pair = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
    let key = resolve_answers(&procedure, &pair("d", "co")).unwrap_err().to_string();
    assert_eq!(key, "không có câu hỏi `d`, chỉ có: a, b, c");
    let value = resolve_answers(&procedure, &pair("a", "maybe")).unwrap_err().to_string();
    assert_eq!(value, "câu hỏi `a` không có câu trả lời `maybe`, chỉ có: co, khong");
}

#[test]
fn notes_that_contradict_each_other_answer_nothing() {
    let procedure = loader::procedure(PROCEDURE);
    let note = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let (facts, unmatched) =
        match_facts(&procedure, &[note("Ủy quyền", "có"), note("Có ủy quyền", "không")]);
    assert_eq!(facts, CaseFacts::default());
    assert_eq!(unmatched.len(), 2);
    let (facts, unmatched) =
        match_facts(&procedure, &[note("Ủy quyền", "có"), note("Thời tiết", "nắng")]);
    assert_eq!(facts.get("a"), Some("co"));
    assert_eq!(unmatched, ["Thời tiết=nắng"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// A row once decided keeps its state when more is answered; only what was open may change.
    #[test]
    fn answering_more_turns_nothing_back(
        known in answers(), more in answers(), worded in proptest::collection::vec(any::<bool>(), 3),
        handed in proptest::collection::vec(any::<bool>(), 4)
    ) {
        let procedure = loader::procedure(PROCEDURE);
        let catalogue = catalogue();
        let files: Vec<&str> = PAPERS.iter().zip(handed).filter(|(_, there)| *there).map(|(paper, _)| *paper).collect();
        let is_new = |(key, _): &&(&str, &str)| known.iter().all(|(known, _)| known != key);
        let all: Vec<_> = known.iter().chain(more.iter().filter(is_new)).copied().collect();
        let (few, few_noted) = known_by(&known, &worded);
        let (many, many_noted) = known_by(&all, &worded);
        let judged = |facts: &[(&str, &str)], notes: &[(&str, &str)]| {
            let facts: CaseFacts = facts.iter().copied().collect();
            run_noted(&procedure, (&facts, notes), &files, &catalogue)
        };
        let (before, after) = (judged(&few, &few_noted), judged(&many, &many_noted));
        for row in 0..4 {
            let (old, new) = (state(&before, row), state(&after, row));
            // "Provided" may turn out not to have been needed at all; nothing else that is decided moves.
            let free = matches!(old, ComponentState::Pending | ComponentState::Provided | ComponentState::PresentOnly);
            prop_assert!(old == new || free, "row {row}: {old:?} became {new:?} with {many:?} {many_noted:?}");
            prop_assert!(!(old == ComponentState::Provided && new == ComponentState::Missing));
        }
    }

    /// Whatever the pages say, there is a report with an entry for every row.
    #[test]
    fn never_panics(pages in proptest::collection::vec("[\\PC\n]{0,120}", 0..4), note in "\\PC{0,30}", says in "\\PC{0,30}") {
        let procedure = loader::procedure(PROCEDURE);
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let report = run(&procedure, &CaseFacts::default(), &pages, &catalogue());
        prop_assert_eq!(report.components.len(), 4);
        match_facts(&procedure, &[(note, says)]);
    }

    /// A paper that has nothing to do with the procedure never helps.
    #[test]
    fn irrelevant_papers_never_help(known in answers(), strange in prop_oneof![
        Just("GIẤY PHÉP LÁI XE\nHạng: A1"),
        Just("HÓA ĐƠN TIỀN ĐIỆN\nKỳ tháng 10"),
        Just("SƠ YẾU LÝ LỊCH\nHọ tên: A"),
        Just("thơ văn vần gió thổi ngoài hiên"),
        Just("QUYẾT ĐỊNH\nVề việc bổ nhiệm cán bộ"),
    ], handed in proptest::collection::vec(any::<bool>(), 4)) {
        let procedure = loader::procedure(PROCEDURE);
        let catalogue = catalogue();
        let facts: CaseFacts = known.into_iter().collect();
        let mut files: Vec<&str> = PAPERS.iter().zip(handed).filter(|(_, there)| *there).map(|(paper, _)| *paper).collect();
        let without = run(&procedure, &facts, &files, &catalogue);
        files.push(strange);
        let with = run(&procedure, &facts, &files, &catalogue);
        prop_assert!(goodness(with.verdict) <= goodness(without.verdict), "{strange}: {:?}", with.verdict);
    }
}
