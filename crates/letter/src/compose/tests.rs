use jiff::civil::date;
use motcua_domain::{
    CaseQuestion, ComponentReport, ComponentState, CopyType, DossierReport, Finding, FindingKind,
    OpenQuestion, Period, Severity, Verdict,
};

use super::*;

fn component(row: usize, id: &str, state: ComponentState, copy_type: CopyType) -> ComponentReport {
    ComponentReport {
        row,
        id: id.to_owned(),
        name: format!("Giấy {id}"),
        state,
        copy_type,
        quantity: 1,
        files: Vec::new(),
        only_shown: false,
        reason: String::new(),
        legal_basis: Vec::new(),
    }
}

fn finding(row: Option<usize>, kind: FindingKind, severity: Severity) -> Finding {
    Finding {
        rule: "rule".to_owned(),
        severity,
        kind,
        row,
        file: None,
        page: None,
        message: "Sai chỗ này.".to_owned(),
        fix: "Sửa thế kia.".to_owned(),
        legal_basis: vec!["Luật X".to_owned()],
        read_at: Vec::new(),
    }
}

fn report(verdict: Verdict, components: Vec<ComponentReport>) -> DossierReport {
    DossierReport {
        procedure: "1.001193".parse().expect("a code"),
        procedure_version: "v".to_owned(),
        rules_in_force: Period::default(),
        received_on: date(2026, 11, 10),
        verdict,
        components,
        questions: Vec::new(),
        findings: Vec::new(),
        unassigned: Vec::new(),
        unmatched_facts: Vec::new(),
    }
}

fn letter(
    form: Form,
    report: &DossierReport,
    reason: Option<&str>,
) -> Result<Letter, ComposeError> {
    let note = Note { reason: reason.map(str::to_owned), ..Note::default() };
    compose(form, report, &About::default(), &Office::default(), &note)
}

#[test]
fn a_request_lists_what_is_missing_or_wrong_and_nothing_else() {
    let mut report = report(
        Verdict::Incomplete,
        vec![
            component(0, "a", ComponentState::Provided, CopyType::Original),
            component(1, "b", ComponentState::Missing, CopyType::CertifiedCopy),
            component(2, "c", ComponentState::Provided, CopyType::PlainCopy),
            component(3, "b", ComponentState::Missing, CopyType::CertifiedCopy),
            component(4, "d", ComponentState::NotApplicable, CopyType::Original),
            component(5, "e", ComponentState::Unreadable, CopyType::OriginalOrCopy),
        ],
    );
    report.findings = vec![
        finding(Some(1), FindingKind::Missing, Severity::Blocking),
        finding(Some(2), FindingKind::WrongPerson, Severity::Warning),
        // Of another row of the same paper: said on its one line.
        Finding {
            fix: "Công chứng.".to_owned(),
            ..finding(Some(3), FindingKind::WrongCopyType, Severity::Warning)
        },
        finding(Some(0), FindingKind::Duplicate, Severity::Info),
        finding(None, FindingKind::IrrelevantDocument, Severity::Warning),
    ];
    let letter = letter(Form::Supplement, &report, None).expect("a letter");
    let names: Vec<&str> = letter.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["Giấy b", "Giấy c", "Giấy e"]);
    let [b, c, e] = letter.lines.as_slice() else { panic!("three lines") };
    assert_eq!(
        (b.certified, b.notes.as_slice()),
        (Some(1), ["Sửa thế kia.".to_owned(), "Sai chỗ này. Công chứng.".to_owned()].as_slice())
    );
    assert_eq!(c.notes, ["Sai chỗ này. Sửa thế kia."]);
    assert_eq!(e.either.as_deref(), Some("01 bản chính hoặc bản sao"));
    assert_eq!(letter.remarks, ["Sai chỗ này. Sửa thế kia."]);
    assert_eq!(letter.legal_basis.last().map(String::as_str), Some("Luật X"));
}

#[test]
fn open_questions_are_put_to_the_applicant_unless_an_official_looks_them_up() {
    let mut report = report(Verdict::NeedsHuman, Vec::new());
    let question = |ask: &str, lookup| {
        let question = CaseQuestion {
            key: ask.to_lowercase(),
            ask: ask.to_owned(),
            answers: Vec::new(),
            lookup,
            usual: None,
        };
        OpenQuestion { question, decides_rows: vec![0] }
    };
    report.questions = vec![question("Ai nộp?", false), question("Tra cứu được không?", true)];
    let letter = letter(Form::Supplement, &report, None).expect("a letter");
    assert_eq!(letter.to_clarify, ["Ai nộp?"]);
}

#[test]
fn a_receipt_is_never_made_out_for_an_incomplete_dossier_by_the_machine_alone() {
    for verdict in [Verdict::Incomplete, Verdict::NeedsHuman] {
        let report = report(verdict, Vec::new());
        assert_eq!(letter(Form::Receipt, &report, None), Err(ComposeError::NotComplete));
        let letter =
            letter(Form::Receipt, &report, Some("Nợ giấy, nộp sau 2 ngày")).expect("by hand");
        assert_eq!(letter.reason.as_deref(), Some("Nợ giấy, nộp sau 2 ngày"));
    }
}

#[test]
fn a_receipt_tells_what_was_kept_shown_and_looked_up() {
    let report = report(
        Verdict::Complete,
        vec![
            component(0, "a", ComponentState::Provided, CopyType::Original),
            component(1, "b", ComponentState::PresentOnly, CopyType::Original),
            component(2, "c", ComponentState::ReplacedByData, CopyType::Original),
        ],
    );
    let letter = letter(Form::Receipt, &report, None).expect("a letter");
    assert_eq!(letter.lines.len(), 1);
    assert!(letter.remarks.iter().any(|remark| remark.contains("Giấy b")), "{:?}", letter.remarks);
    assert!(letter.remarks.iter().any(|remark| remark.contains("Giấy c")), "{:?}", letter.remarks);
}

#[test]
fn nothing_to_say_is_said_so() {
    let report = report(Verdict::Complete, Vec::new());
    let supplement = letter(Form::Supplement, &report, None);
    assert_eq!(supplement, Err(ComposeError::NothingToSupplement));
    assert_eq!(letter(Form::Refusal, &report, None), Err(ComposeError::NoReason));
    assert!(letter(Form::Refusal, &report, Some("Không thuộc thẩm quyền")).is_ok());
}

#[test]
fn the_case_is_the_report_and_names_nobody() {
    let one = report(Verdict::Complete, Vec::new());
    let other = report(Verdict::Incomplete, Vec::new());
    assert_eq!(case_of(&one), case_of(&one.clone()));
    assert_ne!(case_of(&one), case_of(&other));
    assert!(case_of(&one).starts_with("MC-20261110-"), "{}", case_of(&one));
}
