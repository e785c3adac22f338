//! What is kept, what is counted, and what cannot be undone.

mod databases;

use databases::{on_each, on_each_with_pictures};
use jiff::{Timestamp, civil::date};
use motcua_store::{
    Decision, DossierChecked, Feedback, MissingPaper, Period, QuestionAsked, Store,
};

fn question(day: i8, outcome: &str, procedure: Option<&str>) -> QuestionAsked {
    QuestionAsked {
        day: date(2026, 11, day),
        unit: "Hùng Việt".to_owned(),
        audience: "citizen".to_owned(),
        outcome: outcome.to_owned(),
        procedure: procedure.map(str::to_owned),
    }
}

fn checked(verdict: &str, is_first: bool, missing: &[&str]) -> DossierChecked {
    let paper =
        |id: &&str| MissingPaper { requirement: (*id).to_owned(), name: format!("Giấy {id}") };
    DossierChecked {
        day: date(2026, 11, 10),
        unit: "Hùng Việt".to_owned(),
        procedure: "1.001193".to_owned(),
        verdict: verdict.to_owned(),
        is_first,
        missing: missing.iter().map(paper).collect(),
    }
}

fn decision(accepted: bool) -> Decision {
    Decision {
        at: "2026-11-10T03:00:00Z".parse::<Timestamp>().expect("a time"),
        unit: "Hùng Việt".to_owned(),
        official: "lan".to_owned(),
        case: "MC-1".to_owned(),
        version: 1,
        procedure: "1.001193".to_owned(),
        procedure_version: "v1".to_owned(),
        finding: 2,
        rule: "missing-component".to_owned(),
        kind: "missing".to_owned(),
        row: Some(4),
        accepted,
        reason: "Đã xem bản giấy".to_owned(),
    }
}

fn november() -> Period {
    Period { from: date(2026, 11, 1), to: date(2026, 11, 30), unit: None }
}

#[test]
fn counts_are_of_the_days_and_the_office_asked_for() {
    on_each(|store| counting(&store));
}

/// Some days of a small centre.
fn fill(store: &Store) {
    for asked in [
        question(9, "answered", Some("1.001193")),
        question(10, "answered", Some("1.001193")),
        question(10, "answered", Some("2.000815")),
        question(11, "not_covered", None),
        QuestionAsked { day: date(2026, 12, 1), ..question(1, "answered", Some("2.000815")) },
    ] {
        store.add_question(&asked).expect("kept");
    }
    for check in [
        checked("incomplete", true, &["a", "b"]),
        checked("complete", false, &[]),
        checked("complete", true, &[]),
        checked("incomplete", true, &["a"]),
    ] {
        store.add_check(&check).expect("kept");
    }
    store.add_decision(&decision(true)).expect("kept");
    store.add_decision(&decision(false)).expect("kept");
    let thanks = Feedback {
        day: date(2026, 11, 10),
        unit: "Hùng Việt".to_owned(),
        procedure: None,
        helpful: true,
        comment: String::new(),
    };
    store.add_feedback(&thanks).expect("kept");
}

fn counting(store: &Store) {
    fill(store);
    let found = store.statistics(&november()).expect("read");
    assert_eq!(found.questions.total, 4);
    assert_eq!(found.questions.most_asked[0].procedure, "1.001193");
    assert_eq!(found.questions.most_asked[0].count, 2);
    assert_eq!(found.questions.by_outcome[1].name, "not_covered");
    assert_eq!(found.dossiers.screened, 3);
    assert_eq!(found.dossiers.first_time_right.map(|share| (share * 3.0).round()), Some(1.0));
    assert_eq!((found.dossiers.most_missing[0].count, found.dossiers.most_missing.len()), (2, 2));
    assert_eq!((found.decisions.accepted, found.decisions.rejected), (1, 1));
    assert_eq!((found.feedback.helpful, found.feedback.unhelpful), (1, 0));
    let of_procedure: Vec<_> =
        found.procedures.iter().map(|one| (&*one.procedure, one.questions, one.dossiers)).collect();
    assert_eq!(of_procedure, [("1.001193", 2, 3), ("2.000815", 1, 0)]);
    assert_eq!(found.days.len(), 3);
    assert_eq!((found.days[1].questions, found.days[1].dossiers), (2, 3));

    assert_eq!(found.units.len(), 1);
    let unit = &found.units[0];
    assert_eq!((unit.questions, unit.dossiers, unit.right_at_first), (4, 3, 1));

    let elsewhere = Period { unit: Some("Nơi khác".to_owned()), ..november() };
    assert_eq!(store.statistics(&elsewhere).expect("read").questions.total, 0);
    let nothing = Period { from: date(2020, 1, 1), to: date(2020, 1, 2), unit: None };
    assert_eq!(store.statistics(&nothing).expect("read").dossiers.first_time_right, None);
}

#[test]
fn a_restored_backup_gives_the_same_report() {
    on_each_with_pictures(|store, _, copied| {
        fill(store);
        let report = store.statistics(&november()).expect("read");
        let copy = tempfile::tempdir().expect("folder");
        let restored = copied(copy.path());
        store.add_decision(&decision(true)).expect("kept");
        assert_ne!(store.statistics(&november()).expect("read"), report, "it goes on counting");
        assert_eq!(restored.statistics(&november()).expect("read"), report);
        assert_eq!(restored.decisions("MC-1").expect("read").len(), 2);
        restored.add_decision(&decision(true)).expect("and the copy goes on too");
    });
}

#[test]
fn a_decision_is_there_after_opening_again_and_cannot_be_undone() {
    let folder = tempfile::tempdir().expect("folder");
    let store = Store::open(folder.path()).expect("a store");
    store.add_decision(&decision(false)).expect("kept");
    // As a killed process leaves it: not closed.
    std::mem::forget(store);
    let again = Store::open(folder.path()).expect("opened again");
    assert_eq!(again.decisions("MC-1").expect("read"), [decision(false)]);
    assert!(again.decisions("MC-2").expect("read").is_empty());

    let raw = rusqlite::Connection::open(folder.path().join("motcua.db")).expect("open");
    for statement in ["DELETE FROM decision", "UPDATE decision SET reason = ''"] {
        assert!(raw.execute(statement, []).is_err(), "{statement}");
    }
}

#[test]
fn a_program_that_starts_waits_for_one_that_is_writing() {
    let folder = tempfile::tempdir().expect("folder");
    let other = rusqlite::Connection::open(folder.path().join("motcua.db")).expect("open");
    other.execute_batch("BEGIN EXCLUSIVE; CREATE TABLE x (y)").expect("locked");
    std::thread::scope(|scope| {
        let opening = scope.spawn(|| Store::open(folder.path()).map(|_| ()));
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(!opening.is_finished(), "opened a file that another one holds, or gave up");
        other.execute_batch("COMMIT").expect("let go");
        opening.join().expect("no panic").expect("opened");
    });
}

#[test]
fn a_store_of_a_newer_program_or_no_store_at_all_is_an_error() {
    let folder = tempfile::tempdir().expect("folder");
    drop(Store::open(folder.path()).expect("a store"));
    let path = folder.path().join("motcua.db");
    let raw = rusqlite::Connection::open(&path).expect("open");
    raw.pragma_update(None, "user_version", 99).expect("written");
    drop(raw);
    let error = Store::open(folder.path()).err().expect("refused").to_string();
    assert!(error.contains("mới hơn"), "{error}");
    for wal in ["motcua.db-wal", "motcua.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(wal));
    }
    std::fs::write(&path, "not a database at all, but long enough to be looked at").expect("write");
    assert!(Store::open(folder.path()).is_err());
    assert!(Store::open(&path.join("below a file")).is_err());
}

/// The tables as the first released version made them.
const FIRST: &str = "
    CREATE TABLE question (id INTEGER PRIMARY KEY, day TEXT NOT NULL, unit TEXT NOT NULL,
        audience TEXT NOT NULL, outcome TEXT NOT NULL, procedure TEXT) STRICT;
    CREATE TABLE dossier_check (id INTEGER PRIMARY KEY, day TEXT NOT NULL, unit TEXT NOT NULL,
        procedure TEXT NOT NULL, verdict TEXT NOT NULL, is_first INTEGER NOT NULL) STRICT;
    CREATE TABLE missing_paper (dossier_check INTEGER NOT NULL REFERENCES dossier_check (id),
        requirement TEXT NOT NULL, name TEXT NOT NULL) STRICT;
    CREATE TABLE decision (id INTEGER PRIMARY KEY, at TEXT NOT NULL, unit TEXT NOT NULL,
        case_code TEXT NOT NULL, procedure TEXT NOT NULL, procedure_version TEXT NOT NULL,
        finding INTEGER NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL, component INTEGER,
        accepted INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
    CREATE TRIGGER decision_stays BEFORE UPDATE ON decision
        BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
    CREATE TABLE feedback (id INTEGER PRIMARY KEY, day TEXT NOT NULL, unit TEXT NOT NULL,
        procedure TEXT, helpful INTEGER NOT NULL, comment TEXT NOT NULL) STRICT;
    INSERT INTO decision VALUES (1, '2026-11-10T03:00:00Z', 'Hùng Việt', 'MC-1', '1.001193', 'v1', 2,
        'missing-component', 'missing', 4, 0, 'Đã xem bản giấy');
    PRAGMA user_version = 1;
";

#[test]
fn a_store_of_the_first_version_is_brought_up_to_date_with_what_it_holds() {
    let folder = tempfile::tempdir().expect("folder");
    let raw = rusqlite::Connection::open(folder.path().join("motcua.db")).expect("open");
    raw.execute_batch(FIRST).expect("made");
    drop(raw);
    let store = Store::open(folder.path()).expect("brought up to date");
    let before = Decision { official: String::new(), version: 0, ..decision(false) };
    assert_eq!(store.decisions("MC-1").expect("read"), [before]);
    store.add_decision(&decision(true)).expect("kept");
    assert_eq!(store.decisions("MC-1").expect("read").len(), 2);
    assert!(store.officials().expect("read").is_empty());
}
