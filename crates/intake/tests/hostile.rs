//! What is made to keep the machine busy, to hide what it is, or to be read for nobody.

use std::{
    ffi::OsStr,
    fs::{self, Permissions},
    io::{Cursor, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use motcua_domain::{Document, Legibility, Page, Reading};
use motcua_intake::{IntakeError, Limits, Reader, Stop};
use zip::{ZipWriter, write::SimpleFileOptions};

fn reader() -> Reader {
    reader_with(Limits::default())
}

fn reader_with(limits: Limits) -> Reader {
    Reader::new(PathBuf::from(env!("CARGO_BIN_EXE_motcua-intake-worker")), limits)
}

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Document>, IntakeError> {
    reader().read(name, bytes)
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], code: &str) -> IntakeError {
    let error = read(name, bytes).expect_err("must be refused");
    assert_eq!(error.code(), code, "{error}");
    assert!(!error.vietnamese().is_empty() && !error.hint().is_empty());
    error
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("entry");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("archive").into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\">{body}</w:document>");
    zip(&[("word/document.xml", document.as_bytes())])
}

/// A PDF of A4 pages with these contents; its font is Helvetica, `/F1`.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 4 + 2 * at)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    for (at, contents) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R\
             /Resources<</Font<</F1 3 0 R>>>>>>",
            5 + 2 * at
        ));
        objects.push(format!("<</Length {}>>stream\n{contents}\nendstream\n", contents.len()));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes();
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).expect("memory");
        writeln!(file, "{} 0 obj{object}endobj", at + 1).expect("memory");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.extend(table);
    write!(file, "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").expect("memory");
    file
}

/// A form's first lines, drawn as the operators before them say, from so many points up.
fn written(drawn: &str, up: u32) -> String {
    let lines = [
        "CONG HOA XA HOI CHU NGHIA VIET NAM",
        "Doc lap - Tu do - Hanh phuc",
        "TO KHAI DANG KY KHAI SINH",
        "Kinh gui: Uy ban nhan dan xa Phong Thanh",
        "Ho, chu dem, ten nguoi yeu cau: Nguyen Thi Hong",
    ];
    let lines = lines.map(|line| format!("({line}) Tj T* ")).concat();
    format!("BT /F1 12 Tf 24 TL 70 {up} Td {drawn} {lines} ET")
}

const SEEN: &str = "0 g 0 Tr";

fn lengths(page: &Page) -> impl Iterator<Item = usize> {
    page.lines.iter().map(|line| line.text.chars().count())
}

#[test]
fn text_without_end_is_refused_before_it_fills_the_memory() {
    let started = Instant::now();
    let error = refused("a.txt", &b"a\n".repeat(4 << 20), "file_too_large");
    assert!(error.vietnamese().contains("10.000 dòng"), "{}", error.vietnamese());
    let error = refused("a.txt", "đơn ".repeat(1_200_000).as_bytes(), "file_too_large");
    assert!(error.vietnamese().contains("1.000.000 ký tự"), "{}", error.vietnamese());
    refused("a.txt", &b"a\x0c".repeat(2 << 20), "too_many_pages");
    let paragraph = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a".repeat(5 << 20));
    refused("a.docx", &docx(&paragraph), "file_too_large");
    refused("a.docx", &docx(&paragraph.repeat(2)), "file_too_large");
    refused("a.docx", &docx(&"<p><t>a</t></p>".repeat(20_000)), "file_too_large");
    // Each of its files is short enough, and together they are not.
    let part = "đơn ".repeat(100_000);
    let parts: Vec<String> = (0..4).map(|at| format!("{at}.txt")).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|n| (n.as_str(), part.as_bytes())).collect();
    assert_eq!(read("a.zip", &zip(&parts[..2])).map(|documents| documents.len()), Ok(2));
    let error = refused("a.zip", &zip(&parts), "file_too_large");
    assert!(matches!(error, IntakeError::TooMuchText { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_mins(1), "{:?}", started.elapsed());
}

#[test]
fn a_pdf_with_more_text_than_papers_have_is_refused() {
    let line = format!("({}) Tj T* ", "Nguyen Van An ".repeat(18));
    let page = format!("BT /F1 4 Tf 4 TL 10 832 Td {} ET", line.repeat(200));
    let error = read("a.pdf", &pdf(&[page.as_str(); 25])).map(|documents| documents.len());
    assert_eq!(error.map_err(|error| error.code()), Err("file_too_large"));
}

#[test]
fn a_long_line_is_folded_and_a_heap_of_marks_goes() {
    let long = read("a.txt", "Giấy ủy quyền ".repeat(20_000).as_bytes()).expect("read");
    let page = &long[0].pages[0];
    let whole = page.lines.len() - 1;
    assert!(whole > 100 && lengths(page).take(whole).all(|length| (900..=1_000).contains(&length)));
    assert!(page.lines.iter().all(|line| line.text.starts_with(['G', 'ủ', 'q'])));
    let heap = format!("Họ tên: a{}n", "\u{301}".repeat(3_000_000));
    let started = Instant::now();
    let page = &read("a.txt", heap.as_bytes()).expect("read")[0].pages[0];
    assert!(lengths(page).all(|length| length < 30), "{:?}", page.lines);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

/// What a large dossier really has: a hundred pages set closely, and a list of five thousand people.
#[test]
fn a_real_dossier_is_within_the_limits() {
    let line =
        "Ủy ban nhân dân xã xác nhận ông Nguyễn Văn An cư trú tại thôn Phong Thạnh, xã Tân An\n";
    let pages = vec![line.repeat(55); 100].join("\u{c}");
    assert_eq!(read("a.txt", pages.as_bytes()).expect("read")[0].pages.len(), 100);
    let list =
        "1 Nguyễn Thị Đượm 01/02/1960 079160000001 Ấp 3, xã Phong Thạnh, hộ nghèo\n".repeat(5_000);
    assert_eq!(read("a.txt", list.as_bytes()).expect("read")[0].pages[0].lines.len(), 5_000);
}

#[test]
fn many_pages_without_anything_are_read_at_once() {
    let started = Instant::now();
    let document = read("trang.pdf", &pdf(&[""; 200])).expect("read").remove(0);
    assert_eq!(document.pages.len(), 200);
    assert!(document.pages.iter().all(|page| page.legibility == Legibility::Blank));
    // Recognised one by one they took two minutes.
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}

#[test]
fn text_that_a_page_does_not_show_is_not_what_it_says() {
    let page =
        |contents: &str| read("a.pdf", &pdf(&[contents])).expect("read").remove(0).pages.remove(0);
    let shown = page(&written(SEEN, 760));
    assert_eq!((shown.reading, shown.lines.len()), (Reading::TextLayer, 5));
    // In no colour, in that of the paper, and outside of what is painted.
    for drawn in ["0 g 3 Tr", "1 g 0 Tr", "0 g 7 Tr"] {
        let hidden = page(&written(drawn, 760));
        assert_eq!((hidden.legibility, hidden.lines.len()), (Legibility::Blank, 0), "{drawn}");
    }
    // A few words are not taken either, however few.
    let few = page("BT /F1 12 Tf 3 Tr 70 700 Td (GIAY CHUNG SINH) Tj ET");
    assert_eq!((few.legibility, few.lines.len()), (Legibility::Blank, 0));
}

#[test]
fn a_page_that_shows_other_text_than_it_carries_is_read_as_it_looks() {
    let both = format!(
        "BT /F1 14 Tf 0 Tr 70 300 Td (Giay uy quyen cho ong Tran Van Binh) Tj ET {}",
        written("3 Tr", 760)
    );
    let page = read("a.pdf", &pdf(&[&both])).expect("read").remove(0).pages.remove(0);
    assert_eq!(page.reading, Reading::Ocr);
    assert!(!page.text().contains("KHAI SINH"), "{}", page.text());
    assert!(page.text().to_lowercase().contains("quyen"), "{}", page.text());
}

#[test]
fn text_recognised_on_a_scan_is_shown_by_the_scan() {
    // Strokes where the lines stand, in place of the picture that a scan has there.
    let strokes = [761, 737, 713, 689, 665].map(|up| format!("70 {up} 420 5 re f ")).concat();
    let scan = format!("0.3 g {strokes} {}", written("3 Tr", 760));
    let page = read("a.pdf", &pdf(&[&scan])).expect("read").remove(0).pages.remove(0);
    assert_eq!((page.reading, page.lines.len()), (Reading::TextLayer, 5));
}

#[test]
fn text_on_its_side_and_on_a_large_sheet_is_shown_text() {
    let rotated = String::from_utf8(pdf(&[&written(SEEN, 760)])).expect("ASCII");
    for (from, to) in [("[0 0 595 842]", "[0 0 595 842]/Rotate 90"), ("595 842]", "5950 842]")] {
        // The table of offsets is rebuilt.
        let changed = rotated.replace(from, to);
        let page = read("a.pdf", changed.as_bytes()).expect("read").remove(0).pages.remove(0);
        assert_eq!(
            (page.reading, page.legibility),
            (Reading::TextLayer, Legibility::Clear),
            "{to}"
        );
    }
}

#[test]
fn names_are_made_harmless() {
    let names = |name: &str, bytes: &[u8]| -> Vec<String> {
        read(name, bytes).expect("read").into_iter().map(|document| document.name).collect()
    };
    let text = "Tờ khai".as_bytes();
    assert_eq!(names("/etc/\u{202e}to\u{1b}[2J khai.txt", text), ["to[2J khai.txt"]);
    let long = names(&format!("{}.txt", "ữ".repeat(4_000)), text);
    assert!(long[0].chars().count() == 200 && long[0].ends_with("ữ.txt"), "{long:?}");
    assert_eq!(names("\u{7}", text), ["tệp"]);
    let entries = zip(&[("a/\u{2066}Đơn\r\nđề nghị.txt", text), ("..\\..\\b\u{0}.txt", text)]);
    assert_eq!(names("a.zip", &entries), ["Đơn đề nghị.txt", "b.txt"]);
    let error =
        refused("a.zip", &zip(&[("\u{1b}[31mvirus.exe", b"MZ\x90\x00")]), "unsupported_type");
    assert!(!error.vietnamese().contains('\u{1b}'), "{}", error.vietnamese());
}

#[test]
fn what_is_no_file_is_told_so_at_once() {
    let folder = tempfile::tempdir().expect("folder");
    let pipe = folder.path().join("ống");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let started = Instant::now();
    let link = folder.path().join("tờ khai.pdf");
    std::os::unix::fs::symlink("/dev/zero", &link).expect("a link");
    for (path, what) in [
        (folder.path(), "thư mục"),
        (&pipe, "đường ống"),
        (Path::new("/dev/zero"), "thiết bị"),
        (&link, "thiết bị"),
    ] {
        let error = reader().read_path(path).expect_err("no file");
        assert_eq!(error.code(), "not_a_file", "{error}");
        assert!(error.vietnamese().contains(what), "{}", error.vietnamese());
    }
    let missing = reader().read_path(Path::new(OsStr::new("/nonexistent"))).map_err(|e| e.code());
    assert_eq!(missing, Err("cannot_open"));
    assert!(started.elapsed() < Duration::from_secs(5));
}

/// A worker that is a script and hangs; it notes what it started.
fn hanging(folder: &Path) -> Reader {
    let path = folder.join("worker.sh");
    let note = folder.join("note");
    let script = format!(
        "#!/bin/sh\nsleep 1000 & echo $! > {}; pwd > {}.folder; wait\n",
        note.display(),
        note.display()
    );
    fs::write(&path, script).expect("script");
    fs::set_permissions(&path, Permissions::from_mode(0o700)).expect("executable");
    Reader::new(path, Limits { at_once: 1, ..Limits::default() })
}

fn wait_for(path: &Path) -> String {
    let started = Instant::now();
    loop {
        let text = fs::read_to_string(path).unwrap_or_default();
        if text.ends_with('\n') {
            return text.trim().to_owned();
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{} is not written", path.display());
        thread::sleep(Duration::from_millis(10));
    }
}

fn is_running(pid: &str) -> bool {
    let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // A killed process stays as a zombie until its new parent looks at it.
    !state.is_empty() && !state.contains(") Z ")
}

#[test]
fn a_reading_that_nobody_waits_for_ends_with_all_it_started() {
    let folder = tempfile::tempdir().expect("folder");
    let reader = hanging(folder.path());
    let (reading, waiting) = (Stop::new(), Stop::new());
    thread::scope(|scope| {
        let first = scope.spawn(|| reader.read_until("a", &vec![1; 1 << 20], &reading));
        let grandchild = wait_for(&folder.path().join("note"));
        let private = wait_for(&folder.path().join("note.folder"));
        // The only place is taken, so the second waits for it; whoever asked for it goes.
        let second = scope.spawn(|| reader.read_shown_until("b", &[1], &waiting));
        let started = Instant::now();
        drop(waiting.on_drop());
        let ended = second.join().expect("no panic").map_err(|error| error.code());
        assert_eq!(ended.map(|_| ()), Err("stopped"));
        assert!(is_running(&grandchild), "one stop ended another's reading");
        reading.stop();
        let ended = first.join().expect("no panic").map_err(|error| error.code());
        assert_eq!(ended, Err("stopped"));
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
        assert!(!is_running(&grandchild), "the grandchild lives");
        assert!(!Path::new(&private).exists(), "the private folder is left behind");
    });
    // What is stopped stays so, and a place is free again for others.
    assert_eq!(reader.read_until("c", &[1], &reading).map_err(|e| e.code()), Err("stopped"));
    assert_eq!(reader.read_until("d", b"", &Stop::new()).map_err(|e| e.code()), Err("file_empty"));
}
