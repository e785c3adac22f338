//! Indexes on disk: reused, refused when foreign, and never half of one.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, SystemTime},
};

use jiff::civil::date;
use motcua_corpus::{Record, procedure_from_record};
use motcua_domain::Procedure;
use motcua_retrieval::{Index, OpenIndexError, Query};

fn procedures() -> Vec<Procedure> {
    ["Đăng ký thường trú", "Đăng ký tạm trú", "Đăng ký khai sinh"]
        .iter()
        .zip(1..)
        .map(|(name, at)| {
            let record = Record {
                code: format!("1.00000{at}"),
                name: (*name).into(),
                level: vec!["commune".into()],
                sequence: (*name).into(),
                ..Record::default()
            };
            procedure_from_record(&record).expect("a sound record")
        })
        .collect()
}

fn build(root: &Path, key: &str) -> Index {
    Index::build(root, &procedures(), key, &mut |_, _| {}).expect("built")
}

fn open(root: &Path, key: &str) -> Result<Index, OpenIndexError> {
    Index::open(root, key, &procedures())
}

fn query(text: &str) -> Query<'_> {
    Query {
        text,
        province: None,
        on: date(2026, 11, 24),
        field: None,
        level: None,
        internal: false,
        vector: None,
    }
}

#[track_caller]
fn finds(index: &Index) {
    let found = index.search(&query("dang ky thuong tru"), 3);
    assert_eq!(found.candidates[0].code.as_str(), "1.000001");
}

#[test]
fn an_index_is_reused() {
    let root = tempfile::tempdir().expect("folder");
    assert!(matches!(open(root.path(), "k1"), Err(OpenIndexError::Missing)));
    let mut told = Vec::new();
    Index::build(root.path(), &procedures(), "k1", &mut |done, all| told.push((done, all)))
        .expect("built");
    assert_eq!(told.last(), Some(&(3, 3)));
    finds(&open(root.path(), "k1").expect("opens"));
}

fn file(root: &Path, key: &str) -> PathBuf {
    root.join(format!("{key}.index"))
}

#[test]
fn an_index_of_other_content_or_format_is_refused() {
    let root = tempfile::tempdir().expect("folder");
    build(root.path(), "k1");
    assert!(matches!(open(root.path(), "k2"), Err(OpenIndexError::Missing)));
    assert!(matches!(
        Index::open(root.path(), "k1", &procedures()[1..]),
        Err(OpenIndexError::Incompatible { .. })
    ));
    // What says it is another content under this name is not trusted.
    fs::copy(file(root.path(), "k1"), file(root.path(), "k3")).expect("copied");
    assert!(matches!(
        open(root.path(), "k3"), Err(OpenIndexError::Incompatible { found }) if found.contains("k1")
    ));
    let bytes = fs::read(file(root.path(), "k1")).expect("readable");
    let other = [b"motcua-index 0\n", &bytes[15..]].concat();
    fs::write(file(root.path(), "k1"), other).expect("written");
    assert!(matches!(open(root.path(), "k1"), Err(OpenIndexError::Incompatible { .. })));
}

#[test]
fn damage_anywhere_is_an_error_and_building_again_mends_it() {
    let root = tempfile::tempdir().expect("folder");
    build(root.path(), "k1");
    let path = file(root.path(), "k1");
    let whole = fs::read(&path).expect("readable");
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        fs::write(&path, damaged).expect("written");
        assert!(open(root.path(), "k1").is_err(), "byte {at} changed");
        fs::write(&path, &whole[..at]).expect("written");
        assert!(open(root.path(), "k1").is_err(), "cut at {at}");
    }
    finds(&build(root.path(), "k1"));
    finds(&open(root.path(), "k1").expect("mended"));
}

#[test]
fn what_a_killed_build_left_is_removed_and_a_living_one_is_let_be() {
    let root = tempfile::tempdir().expect("folder");
    let (left, living) = (root.path().join(".writing-1-0-7"), root.path().join(".writing-2-0-7"));
    let old = fs::File::create(&left).expect("file");
    old.set_modified(SystemTime::now() - Duration::from_hours(1)).expect("set back");
    fs::write(&living, "half").expect("file");
    build(root.path(), "k1");
    assert!(!left.exists());
    assert!(living.exists(), "another process may be at work there");
}

#[test]
fn an_index_renewed_finds_what_is_new_and_not_what_is_gone() {
    let before = procedures();
    let index = Index::in_memory(&before);
    let mut after = before.clone();
    after[0].name = "Đăng ký kết hôn".into();
    after.remove(1);
    let unchanged = |procedure: &Procedure| before.iter().position(|known| known == procedure);
    let renewed = index.renewed(&after, &unchanged);
    let first = |index: &Index, text: &str| {
        let found = index.search(&query(text), 3);
        found.candidates.first().map(|one| one.code.to_string())
    };
    assert_eq!(first(&renewed, "dang ky ket hon").as_deref(), Some("1.000001"));
    assert_eq!(first(&renewed, "khai sinh").as_deref(), Some("1.000003"), "kept from before");
    assert_eq!(renewed.len(), 2);
    let anew = Index::in_memory(&after);
    for text in ["ket hon", "thuong tru", "khai sinh", "dang ky"] {
        assert_eq!(first(&renewed, text), first(&anew, text), "{text}: as if built anew");
    }
    assert_eq!(
        first(&index, "thuong tru").as_deref(),
        Some("1.000001"),
        "the old one is as it was"
    );
}

/// Names the folder in which the process that is to be killed builds.
const CHILD_ROOT: &str = "MOTCUA_TEST_BUILD_ROOT";

/// Does nothing unless started by the test below: then it builds until it is killed.
#[test]
fn builds_until_killed() {
    let Some(root) = env::var_os(CHILD_ROOT) else { return };
    for round in 0.. {
        build(Path::new(&root), if round % 2 == 0 { "k1" } else { "k2" });
    }
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_index_or_none() {
    let root = tempfile::tempdir().expect("folder");
    let program = env::current_exe().expect("this test");
    for moment in 1..25 {
        let mut child = Command::new(&program)
            .args(["--exact", "builds_until_killed"])
            .env(CHILD_ROOT, root.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("started");
        thread::sleep(Duration::from_millis(moment * 7));
        child.kill().expect("killed");
        child.wait().expect("gone");
        for key in ["k1", "k2"] {
            match open(root.path(), key) {
                Ok(index) => finds(&index),
                Err(OpenIndexError::Missing) => {}
                Err(other) => panic!("after {moment}: {other}"),
            }
        }
    }
    finds(&build(root.path(), "k1"));
    finds(&open(root.path(), "k1").expect("opens"));
}

#[test]
fn several_builders_at_once_leave_one_whole_index() {
    let root = tempfile::tempdir().expect("folder");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| finds(&build(root.path(), "k1")));
        }
    });
    finds(&open(root.path(), "k1").expect("opens"));
    let names: Vec<_> = fs::read_dir(root.path())
        .expect("folder")
        .map(|entry| entry.expect("entry").file_name())
        .collect();
    assert_eq!(names, ["k1.index"], "nothing is left beside it");
}

#[test]
fn indexes_of_former_contents_do_not_pile_up() {
    let root = tempfile::tempdir().expect("folder");
    for at in 0..8 {
        build(root.path(), &format!("k{at}"));
    }
    assert!(fs::read_dir(root.path()).expect("folder").count() <= 5);
    finds(&open(root.path(), "k7").expect("the newest stays"));
}
