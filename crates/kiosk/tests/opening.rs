//! A kiosk that is opened again: what was compiled before is read back, and each day has its rules.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::civil::{Date, date};
use motcua_generate::Engine;
use motcua_kiosk::{Browse, Kiosk, Limits, Office, Progress, Reception, Settings};

fn open(sources: &[&Path], folder: &Path, on: Date) -> (Kiosk, Vec<Progress>) {
    let settings = Settings {
        approved: None,
        documents: None,
        sources: sources.iter().map(|source| source.to_path_buf()).collect(),
        cache: folder.join("cache"),
        build: "test".into(),
        province: None,
        address: None,
        worker: PathBuf::from("motcua"),
        limits: Limits::default(),
        deadline: Duration::from_secs(1),
        max_tokens: 1,
        office: Office::default(),
        letters: None,
        reception: Reception::default(),
    };
    let mut steps = Vec::new();
    let kiosk = Kiosk::open(settings, on, Engine::absent(), &mut |step| steps.push(step));
    (kiosk.expect("it opens"), steps)
}

/// A record whose rows ask questions, as most do.
const RECORD: &str = r#"{"code": "1.001193", "name": "Thủ tục đăng ký khai sinh", "field": "Hộ tịch",
    "components": [{"case": "Giấy tờ phải nộp", "name": "Tờ khai đăng ký khai sinh"},
        {"name": "Văn bản ủy quyền trong trường hợp ủy quyền thực hiện việc đăng ký khai sinh"}]}"#;

#[test]
fn what_was_compiled_is_read_back() {
    let folder = tempfile::tempdir().expect("folder");
    let source = folder.path().join("export.jsonl");
    fs::write(&source, RECORD.replace('\n', " ")).expect("written");
    let on = date(2026, 11, 27);
    let (first, steps) = open(&[&source], folder.path(), on);
    assert!(steps.contains(&Progress::ReadingCorpus));
    let (second, steps) = open(&[&source], folder.path(), on);
    assert!(!steps.contains(&Progress::ReadingCorpus), "compiled a second time");
    let code = "1.001193".parse().expect("a code");
    assert!(!first.procedure(&code).expect("there").questions.is_empty(), "it asks something");
    assert_eq!(first.procedure(&code), second.procedure(&code));
}

#[test]
fn a_version_is_taken_into_use_when_its_day_comes() {
    let folder = tempfile::tempdir().expect("folder");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/procedures/ho-tich");
    let text = fs::read_to_string(own.join("1.004873.toml")).expect("its file");
    let source = folder.path().join("files");
    fs::create_dir(&source).expect("folder");
    fs::write(source.join("1.004873.toml"), &text).expect("written");
    let name = text.lines().find(|line| line.starts_with("name = ")).expect("a name");
    let coming =
        "name = \"Cấp Giấy xác nhận theo quy định mới\"\neffective = { from = 2027-01-01 }";
    let coming = text.replacen(name, coming, 1);
    fs::write(source.join("1.004873@2027-01-01.toml"), coming).expect("written");

    let code = "1.004873".parse().expect("a code");
    let (today, _) = open(&[&source], folder.path(), date(2026, 12, 31));
    let name = |kiosk: &Kiosk| kiosk.procedure(&code).expect("there").name.clone();
    let old = name(&today);
    assert!(!today.is_of_before(date(2026, 12, 31)));
    assert!(today.renewed(date(2026, 12, 31)).expect("looked at").is_none());
    assert!(today.is_of_before(date(2027, 1, 1)));
    let renewed = today.renewed(date(2027, 1, 1)).expect("looked at").expect("another one");
    assert_eq!(name(&renewed), "Cấp Giấy xác nhận theo quy định mới");
    let before = renewed.procedure_on(&code, date(2026, 12, 31)).expect("there");
    assert_eq!(before.name, old, "a dossier of the day before is judged by the rules of that day");
    let found =
        renewed.search("giấy xác nhận theo quy định mới", date(2027, 1, 1), &Browse::default(), 1);
    assert_eq!(found.candidates.len(), 1, "the search knows it");
}
