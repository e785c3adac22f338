//! Indexes on disk: reused, refused when foreign, and never half of one.

use std::{env, fs, path::Path, process::Command, thread, time::Duration};

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

#[track_caller]
fn finds(index: &Index) {
    let query = Query {
        text: "dang ky thuong tru",
        province: None,
        on: date(2026, 11, 24),
        field: None,
        level: None,
        internal: false,
        vector: None,
    };
    let found = index.search(&query, 3);
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

#[test]
fn an_index_of_other_content_or_format_is_refused() {
    let root = tempfile::tempdir().expect("folder");
    build(root.path(), "k1");
    assert!(matches!(
        open(root.path(), "k2"), Err(OpenIndexError::Stale { found }) if found == "k1"
    ));
    assert!(matches!(
        Index::open(root.path(), "k1", &procedures()[1..]),
        Err(OpenIndexError::Incompatible { .. })
    ));
    fs::write(root.path().join("k1/format"), "motcua-index 0\nk1").expect("write");
    assert!(matches!(open(root.path(), "k1"), Err(OpenIndexError::Incompatible { .. })));
    // What says it is another content under this name is not trusted either.
    fs::rename(root.path().join("k1"), root.path().join("k3")).expect("renamed");
    build(root.path(), "k1");
    fs::remove_dir_all(root.path().join("k3")).expect("removed");
    fs::rename(root.path().join("k1"), root.path().join("k3")).expect("renamed");
    assert!(matches!(open(root.path(), "k3"), Err(OpenIndexError::Stale { .. })));
}

#[test]
fn damage_in_any_file_is_an_error_and_building_again_mends_it() {
    let root = tempfile::tempdir().expect("folder");
    for file in ["format", "words", "meta.json"] {
        for content in [&b""[..], &b"\xff\xff\xff\xff\xff"[..], &b"{}"[..]] {
            build(root.path(), "k1");
            fs::write(root.path().join("k1").join(file), content).expect("write");
            assert!(open(root.path(), "k1").is_err(), "{file} holding {content:?}");
            build(root.path(), "k1");
            finds(&open(root.path(), "k1").expect("mended"));
            fs::remove_file(root.path().join("k1").join(file)).expect("removed");
            assert!(open(root.path(), "k1").is_err(), "without {file}");
        }
    }
}

#[test]
fn what_a_killed_build_left_is_removed_and_a_living_one_is_let_be() {
    let root = tempfile::tempdir().expect("folder");
    let left = root.path().join(".building-1-0-7");
    fs::create_dir_all(left.join("half")).expect("folder");
    fs::write(root.path().join(".building-1-0-7.lock"), "").expect("lock");
    let without_lock = root.path().join(".building-2-0-7");
    fs::create_dir_all(&without_lock).expect("folder");
    let living = root.path().join(".building-3-0-7");
    fs::create_dir_all(&living).expect("folder");
    let lock = fs::File::create(root.path().join(".building-3-0-7.lock")).expect("lock");
    lock.lock().expect("locked");
    build(root.path(), "k1");
    assert!(!left.exists() && !root.path().join(".building-1-0-7.lock").exists());
    assert!(!without_lock.exists());
    assert!(living.exists(), "another process is at work there");
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
                Err(OpenIndexError::Missing | OpenIndexError::Stale { .. }) => {}
                Err(other) => panic!("after {moment}: {other}"),
            }
        }
    }
    build(root.path(), "k1");
    let left = fs::read_dir(root.path()).expect("folder").flatten();
    let left: Vec<_> =
        left.map(|entry| entry.file_name()).filter(|n| n != "k1" && n != "k2").collect();
    assert!(left.is_empty(), "leftovers {left:?}");
}

#[test]
fn half_an_index_is_never_opened() {
    let root = tempfile::tempdir().expect("folder");
    fs::create_dir_all(root.path().join("k1")).expect("folder");
    assert!(matches!(open(root.path(), "k1"), Err(OpenIndexError::Missing)));
    finds(&build(root.path(), "k1"));
    finds(&open(root.path(), "k1").expect("built over it"));
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
    assert_eq!(names, ["k1"], "nothing is left beside it");
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
