//! Uploads as they come, hostile ones included, through the real child process.

use std::{
    fs::{self, Permissions},
    io::{Cursor, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use image::{GrayImage, ImageFormat, Luma};
use motcua_domain::{DigitalSignature, Document, FileKind, Integrity, Legibility, Reading};
use motcua_intake::{IntakeError, Limits, Reader};
use zip::{ZipWriter, write::SimpleFileOptions};

fn reader_with(limits: Limits) -> Reader {
    Reader::new(PathBuf::from(env!("CARGO_BIN_EXE_motcua-intake-worker")), limits)
}

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Document>, IntakeError> {
    reader_with(Limits::default()).read(name, bytes)
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], code: &str) {
    let error = read(name, bytes).expect_err("must be refused");
    assert_eq!(error.code(), code, "{error}");
    assert!(!error.vietnamese().is_empty() && !error.hint().is_empty());
}

/// A PDF of blank pages with right offsets, as small as they come.
fn pdf(pages: usize, extra: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|at| format!("{} 0 R", at + 3)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {pages}/Kids[{}]>>", kids.join(" ")),
    ];
    objects
        .extend((0..pages).map(|_| "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>".to_owned()));
    let size = objects.len() + 1;
    let mut text = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes();
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", text.len()).expect("memory");
        writeln!(text, "{} 0 obj{object}endobj", at + 1).expect("memory");
    }
    let start = text.len();
    text.extend(table);
    write!(text, "trailer<</Size {size}/Root 1 0 R{extra}>>\nstartxref\n{start}\n%%EOF")
        .expect("memory");
    text
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("entry");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("archive").into_inner()
}

fn png(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).expect("png");
    bytes.into_inner()
}

fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: Vec<String> =
        paragraphs.iter().map(|p| format!("<w:p><w:r><w:t>{p}</w:t></w:r></w:p>")).collect();
    let body = body.concat();
    zip(&[(
        "word/document.xml",
        format!("<w:document xmlns:w=\"w\">{body}</w:document>").as_bytes(),
    )])
}

#[test]
fn word_and_text_files_are_read() {
    let documents =
        read("to khai.docx", &docx(&["TỜ KHAI ĐĂNG KÝ KHAI SINH", "Họ tên:"])).expect("read");
    assert_eq!(documents[0].kind, FileKind::Docx);
    assert_eq!(documents[0].pages[0].text(), "TỜ KHAI ĐĂNG KÝ KHAI SINH\nHọ tên:");
    let documents = read("a.txt", "Đơn đề nghị".as_bytes()).expect("read");
    assert_eq!(documents[0].pages[0].lines[0].text, "Đơn đề nghị");
}

/// A workbook of one sheet with these rows, as they stand in the file.
fn workbook(rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{packages}\"><Relationship Id=\"r1\" Type=\"{links}/{kind}\" \
             Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{links}\"><sheets>\
         <sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    // The second style is a day.
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/>\
         <xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
    zip(&[
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn cell(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn a_workbook_is_read_row_by_row_and_its_days_as_days() {
    let (title, name) = (cell("DANH SÁCH HỘ NGHÈO"), cell("Nguyễn Thị Đượm"));
    let born = "<c s=\"1\"><v>45000</v></c>";
    let bytes = workbook(&format!("<row>{title}</row><row>{name}{born}</row>"));
    let documents = read("danh sach.docx", &bytes).expect("read");
    assert_eq!(documents[0].kind, FileKind::Xlsx);
    assert_eq!(documents[0].pages[0].text(), "DANH SÁCH HỘ NGHÈO\nNguyễn Thị Đượm 15/03/2023");
}

#[test]
fn a_workbook_that_is_empty_damaged_or_endless_is_told_so() {
    refused("a.xlsx", &workbook(""), "file_empty");
    refused("a.xlsx", &zip(&[("xl/workbook.xml", b"<workbook")]), "damaged_file");
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
               <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    refused("a.xlsx", &workbook(far), "out_of_memory");
}

#[test]
fn text_typed_before_unicode_is_read_as_it_was_meant() {
    let typed = ["Céng hßa x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc"];
    let documents = read("don.docx", &docx(&typed)).expect("read");
    let meant = "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc";
    assert_eq!(documents[0].pages[0].text(), meant);
}

#[test]
fn an_old_word_file_is_read_and_what_only_looks_like_one_is_refused() {
    let form = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/forms/ct04.doc");
    if let Ok(bytes) = std::fs::read(form) {
        let documents = read("ct04.pdf", &bytes).expect("read");
        assert_eq!(documents[0].kind, FileKind::Doc);
        let text = documents[0].pages.iter().map(motcua_domain::Page::text).collect::<String>();
        assert!(text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "{text}");
    } else {
        println!("skipped: no reference forms beside this checkout");
    }
    let head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    refused("a.doc", &[head.as_slice(), &[0; 5000]].concat(), "unsupported_type");
}

#[test]
fn a_photograph_as_telephones_take_it_is_read() {
    let folder = tempfile::tempdir().expect("folder");
    let (from, to) = (folder.path().join("a.png"), folder.path().join("a.heic"));
    std::fs::write(&from, png(&GrayImage::from_pixel(320, 240, Luma([255])))).expect("write");
    let made = std::process::Command::new("heif-enc").arg(&from).arg("-o").arg(&to).output();
    let bytes = made.ok().and_then(|_| std::fs::read(&to).ok());
    let Some(bytes) = bytes else {
        println!("skipped: no encoder for HEIC on this machine");
        return;
    };
    let documents = read("IMG_0001.jpg", &bytes).expect("read");
    assert_eq!(documents[0].kind, FileKind::Heic);
    assert_eq!(documents[0].pages[0].legibility, Legibility::Blank);
    let cut = &bytes[..bytes.len() / 2];
    refused("cut.heic", cut, "damaged_file");
    // In an archive the second must not be taken for the first.
    refused("a.zip", &zip(&[("a.heic", &bytes), ("b.heic", cut)]), "damaged_file");
}

#[test]
fn a_name_that_lies_does_not_matter() {
    let picture = png(&GrayImage::from_pixel(200, 200, Luma([255])));
    let documents = read("don.pdf", &picture).expect("read as a picture");
    assert_eq!(documents[0].kind, FileKind::Png);
    assert_eq!(documents[0].pages[0].legibility, Legibility::Blank);
    assert_eq!(documents[0].pages[0].reading, Reading::Ocr);
}

#[test]
fn an_archive_gives_its_files() {
    let inner = docx(&["Giấy ủy quyền"]);
    let bytes = zip(&[("../../etc/a.docx", &inner), ("b/c.txt", "Tờ khai".as_bytes())]);
    let names: Vec<String> =
        read("ho so.zip", &bytes).expect("read").into_iter().map(|d| d.name).collect();
    assert_eq!(names, ["a.docx", "c.txt"]);
}

#[test]
fn a_word_file_has_its_header_first_and_its_photographs_last() {
    let header =
        b"<w:hdr xmlns:w=\"w\"><w:p><w:t>M\xe1\xba\xabu s\xe1\xbb\x91 01</w:t></w:p></w:hdr>";
    let photograph = png(&GrayImage::from_pixel(900, 1200, Luma([255])));
    let logo = png(&GrayImage::from_pixel(90, 90, Luma([0])));
    let document =
        |text: &str| format!("<w:document xmlns:w=\"w\"><w:p><w:t>{text}</w:t></w:p></w:document>");
    let file = |text: &str| {
        zip(&[
            ("word/document.xml", document(text).as_bytes()),
            ("word/header1.xml", header),
            ("word/header2.xml", header),
            ("word/media/image1.png", &photograph),
            ("word/media/image2.png", &logo),
        ])
    };
    let pages = |text: &str| read("a.docx", &file(text)).expect("read").remove(0).pages;
    let short = pages("Tờ khai");
    assert_eq!(short[0].text(), "Mẫu số 01\nTờ khai");
    let kinds: Vec<(u32, Reading)> = short.iter().map(|page| (page.number, page.reading)).collect();
    assert_eq!(kinds, [(1, Reading::TextLayer), (2, Reading::Ocr)]);
    // A long text is the paper itself; its pictures are decoration.
    assert_eq!(pages(&"Nội dung đơn. ".repeat(30)).len(), 1);
}

#[test]
fn an_archive_that_lies_about_sizes_is_still_bounded() {
    let limits = Limits { max_archive_bytes: 1 << 20, ..Limits::default() };
    let mut bomb = zip(&[("a.txt", &vec![b'0'; 8 << 20])]);
    let lie = 10_u32.to_le_bytes();
    // The size in the entry's own header, and again in the archive's list of entries.
    for (mark, at) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let start = bomb.windows(4).rposition(|window| window == mark).expect("header");
        bomb[start + at..start + at + 4].copy_from_slice(&lie);
    }
    let error = reader_with(limits).read("bom.zip", &bomb).expect_err("bounded");
    assert!(["archive_too_large", "damaged_file"].contains(&error.code()), "{error}");
}

#[test]
fn an_archive_names_the_file_that_is_wrong() {
    let inner = zip(&[("don.txt", "Đơn".as_bytes()), ("virus.exe", b"MZ\x90\x00")]);
    let error = read("ho so.zip", &inner).expect_err("refused");
    assert_eq!(error.code(), "unsupported_type");
    assert!(error.vietnamese().contains("virus.exe"), "{}", error.vietnamese());
    // What a computer leaves behind in a folder is nobody's paper.
    let litter = zip(&[("__MACOSX/._a", b"\x00\x05"), ("Thumbs.db", b"\xd0\xcf"), ("a.txt", b"a")]);
    assert_eq!(read("ho so.zip", &litter).map(|documents| documents.len()), Ok(1));
    refused("trong.zip", &zip(&[]), "file_empty");
}

#[test]
fn a_pdf_page_without_anything_is_blank() {
    let document = read("trang.pdf", &pdf(2, "")).expect("read").remove(0);
    let pages: Vec<(u32, Legibility)> =
        document.pages.iter().map(|page| (page.number, page.legibility)).collect();
    assert_eq!(pages, [(1, Legibility::Blank), (2, Legibility::Blank)]);
    assert_eq!(document.sha256.len(), 64);
}

#[test]
fn what_cannot_be_read_is_refused_with_a_reason() {
    refused("a", b"", "file_empty");
    refused("a", b"\x00", "unsupported_type");
    refused("a.txt", b"abc\xff\xfe\x00\x01", "unsupported_type");
    refused("a.exe", b"MZ\x90\x00", "unsupported_type");
    refused("a.pdf", b"%PDF-1.7\nnothing else", "damaged_file");
    refused("a.pdf", &pdf(3, "")[..80], "damaged_file");
    refused("a.zip", &zip(&[("b.zip", &zip(&[("c.txt", b"x")]))]), "unsupported_type");
    refused("a.png", &png(&GrayImage::from_pixel(64, 64, Luma([0])))[..60], "damaged_file");
    refused("a.docx", &zip(&[("word/document.xml", b"<w:p><w:t>")]), "damaged_file");
}

#[test]
fn an_encrypted_pdf_says_so() {
    let encryption = format!(
        "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{o}>/U<{u}>>>/ID[<00><00>]",
        o = "41".repeat(32),
        u = "42".repeat(32)
    );
    refused("khoa.pdf", &pdf(1, &encryption), "encrypted_pdf");
}

/// A PDF that an office of this machine's own has signed.
fn signed_pdf() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let keys = format!("sql:{}", folder.path().display());
    fs::write(place("plain.pdf"), pdf(1, "")).expect("written");
    fs::write(place("noise"), [7; 64]).expect("written");
    let run = |program: &str, arguments: &[&str]| {
        let ended = Command::new(program).args(arguments).output();
        let ended = ended.unwrap_or_else(|error| panic!("{program} (make test-packages): {error}"));
        assert!(ended.status.success(), "{program}: {}", String::from_utf8_lossy(&ended.stderr));
    };
    let subject = "CN=UBND xa Mau,C=VN";
    run("certutil", &["-N", "-d", &keys, "--empty-password"]);
    let who = ["-n", "key", "-s", subject, "-x", "-t", "CT,C,C", "-v", "12"];
    let noise = place("noise");
    run("certutil", &[&["-S", "-d", &keys, "-z", &noise], who.as_slice()].concat());
    let (plain, signed) = (place("plain.pdf"), place("signed.pdf"));
    run("pdfsig", &["-nssdir", &keys, "-add-signature", "-nick", "key", &plain, &signed]);
    fs::read(signed).expect("signed")
}

#[test]
fn a_digital_signature_tells_whether_the_file_was_changed() {
    let signatures = |bytes: &[u8]| read("a.pdf", bytes).expect("read").remove(0).signatures;
    let by =
        |integrity| vec![DigitalSignature { signer: Some("UBND xa Mau".to_owned()), integrity }];
    assert_eq!(signatures(&pdf(1, "")), []);
    let signed = signed_pdf();
    assert_eq!(signatures(&signed), by(Integrity::Intact));
    let mut changed = signed.clone();
    let at = changed.windows(9).position(|part| part == b"0 200 200").expect("a page's size");
    changed[at + 2] = b'3';
    assert_eq!(signatures(&changed), by(Integrity::Broken));
    let mut longer = signed;
    longer.extend(b"\n% more\n");
    assert_eq!(signatures(&longer), by(Integrity::Added));
}

#[test]
fn thousands_of_pages_are_refused_quickly() {
    let started = Instant::now();
    refused("dai.pdf", &pdf(5_000, ""), "too_many_pages");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn bombs_do_not_go_off() {
    let zeros = vec![b'0'; 210 << 20];
    let bomb = zip(&[("a.txt", &zeros)]);
    assert!(bomb.len() < 2 << 20);
    refused("bom.zip", &bomb, "archive_too_large");
    refused("bom.docx", &zip(&[("word/document.xml", &zeros)]), "archive_too_large");
    let many: Vec<(String, Vec<u8>)> =
        (0..600).map(|at| (format!("{at}.txt"), vec![b'x'])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    refused("nhieu.zip", &zip(&many), "archive_too_large");
    let started = Instant::now();
    refused("to.png", &png_header(60_000, 60_000), "picture_too_large");
    assert!(started.elapsed() < Duration::from_secs(5));
}

/// A PNG that says it is so large and has no more to show, its checksum right.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 0, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(13_u32.to_be_bytes());
    bytes.extend(&chunk);
    bytes.extend(crc32(&chunk).to_be_bytes());
    bytes.extend([0, 0, 0, 0]);
    bytes.extend(b"IDAT");
    bytes.extend(crc32(b"IDAT").to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    })
}

#[test]
fn a_file_beyond_the_limit_is_not_even_loaded() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("lon.pdf");
    std::fs::File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("sparse file");
    let started = Instant::now();
    let error = reader_with(Limits::default()).read_path(&path).expect_err("too large");
    assert_eq!(error.code(), "file_too_large");
    assert!(started.elapsed() < Duration::from_secs(1));
}

/// A worker that is a script: it runs in the private folder, so what it writes beside itself
/// tells what became of it.
fn scripted(folder: &Path, script: &str, limits: Limits) -> Reader {
    let path = folder.join("worker.sh");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("script");
    std::fs::set_permissions(&path, Permissions::from_mode(0o700)).expect("executable");
    Reader::new(path, limits)
}

fn is_running(pid: &str) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    // A killed process stays as a zombie until its new parent looks at it.
    !state.is_empty() && !state.contains(") Z ")
}

#[test]
fn a_child_that_hangs_is_killed_with_what_it_started() {
    let folder = tempfile::tempdir().expect("folder");
    let note = folder.path().join("note");
    let script = format!(
        "sleep 1000 & echo $! > {note}; pwd >> {note}; touch left-behind; sleep 1000",
        note = note.display()
    );
    let limits = Limits { wall_time: Duration::from_millis(500), ..Limits::default() };
    let started = Instant::now();
    let error = scripted(folder.path(), &script, limits)
        .read("a.pdf", &vec![1; 4 << 20])
        .expect_err("killed");
    assert_eq!(error.code(), "timed_out");
    assert!(started.elapsed() < Duration::from_secs(5));
    let note = std::fs::read_to_string(note).expect("the script ran");
    let (grandchild, private) = note.split_once('\n').expect("two lines");
    assert!(!is_running(grandchild), "the grandchild lives");
    assert!(!Path::new(private.trim()).exists(), "the private folder is left behind");
}

#[test]
fn a_child_that_dies_is_reported_for_what_it_died_of() {
    let folder = tempfile::tempdir().expect("folder");
    let code = |script: &str| {
        let reader = scripted(folder.path(), script, Limits::default());
        reader.read("a.pdf", &[1]).map_err(|error| error.code())
    };
    assert_eq!(code("kill -ABRT $$"), Err("out_of_memory"));
    assert_eq!(code("kill -KILL $$"), Err("out_of_memory"));
    assert_eq!(code("kill -XCPU $$"), Err("timed_out"));
    assert_eq!(code("exit 7"), Err("worker_failed"));
    assert_eq!(code("echo this is no answer"), Err("worker_failed"));
}

#[test]
fn a_full_house_says_so() {
    let folder = tempfile::tempdir().expect("folder");
    let limits = Limits {
        at_once: 1,
        wall_time: Duration::from_secs(2),
        wait_time: Duration::from_millis(100),
        ..Limits::default()
    };
    let reader = scripted(folder.path(), "sleep 1000", limits);
    thread::scope(|scope| {
        let first = scope.spawn(|| reader.read("a", &[1]).map_err(|error| error.code()));
        thread::sleep(Duration::from_millis(500));
        assert_eq!(reader.read("b", &[1]).map_err(|error| error.code()), Err("busy"));
        assert_eq!(first.join().expect("no panic"), Err("timed_out"));
    });
}

#[test]
fn a_missing_worker_is_an_error_not_a_crash() {
    let reader = Reader::new(PathBuf::from("/nonexistent"), Limits::default());
    assert_eq!(reader.read("a", &[1]).map_err(|e| e.code()), Err("worker_failed"));
}

#[test]
fn too_little_memory_ends_in_an_error() {
    let limits = Limits { address_space: 64 << 20, ..Limits::default() };
    let picture = png(&GrayImage::from_pixel(9_000, 9_000, Luma([200])));
    let error = reader_with(limits).read("a.png", &picture).expect_err("out of memory");
    assert_eq!(error.code(), "out_of_memory", "{error}");
}

/// The sample papers: every page that is meant to be read is, and the two that nobody can read
/// are told apart.
#[test]
fn sample_papers_are_read() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/dev/dossiers");
    if !samples.is_dir() {
        println!("skipped: no reference data beside this checkout");
        return;
    }
    let reader = reader_with(Limits::default());
    let mut illegible = Vec::new();
    for dossier in std::fs::read_dir(samples).expect("samples").flatten() {
        for file in std::fs::read_dir(dossier.path()).expect("dossier").flatten() {
            let path = file.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                continue;
            }
            let started = Instant::now();
            let documents = reader.read_path(&path).expect("sample is read");
            for page in documents.iter().flat_map(|document| &document.pages) {
                let first: String = page.text().chars().take(60).collect();
                let name =
                    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                println!(
                    "{name} {} {:?} {:?} {} {:?}",
                    page.number,
                    page.reading,
                    page.legibility,
                    first.replace('\n', "|"),
                    started.elapsed()
                );
                if page.legibility <= Legibility::Illegible {
                    illegible.push((name, page.number));
                }
            }
        }
    }
    illegible.sort();
    let expected = [("ho so.pdf".to_owned(), 3), ("scan0012.pdf".to_owned(), 2)];
    assert_eq!(illegible, expected);
}

/// A PDF of one page with these lines of text on it, each so many points from the bottom.
fn written_pdf(lines: &[(u32, &str)]) -> Vec<u8> {
    let text: Vec<String> =
        lines.iter().map(|(up, line)| format!("BT /F1 10 Tf 20 {up} Td ({line}) Tj ET")).collect();
    let text = text.join("\n");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 400]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream\n", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes();
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).expect("memory");
        writeln!(file, "{} 0 obj{object}endobj", at + 1).expect("memory");
    }
    let start = file.len();
    file.extend(table);
    write!(file, "trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").expect("memory");
    file
}

#[test]
fn pages_are_shown_to_those_who_ask_with_a_box_for_each_line() {
    let lines = [
        (360, "GIAY CHUNG SINH"),
        (300, "Ho va ten me: Vu Thi Man"),
        (100, "sinh con vao luc tam gio"),
    ];
    let bytes = written_pdf(&lines);
    let reader = reader_with(Limits::default());
    let read = reader.read_shown("a.pdf", &bytes).expect("read");
    let [picture] = &read.pictures[..] else { panic!("one page, one picture") };
    assert_eq!((&picture.sha256, picture.page), (&read.documents[0].sha256, 1));
    let seen = image::load_from_memory_with_format(&picture.jpeg, ImageFormat::Jpeg).expect("JPEG");
    assert_eq!((seen.width(), seen.height()), (800, 1600));
    // There is ink where the boxes are, and none between them.
    let grey = seen.to_luma8();
    let dark = |top: f32, height: f32| {
        let within = |y: u32| (top..top + height).contains(&(y as f32 / 1600.0));
        grey.enumerate_pixels().any(|(_, y, pixel)| within(y) && pixel.0[0] < 100)
    };
    for (line, (up, _)) in read.documents[0].pages[0].lines.iter().zip(lines) {
        let area = line.area.expect("a box");
        let baseline = 1.0 - up as f32 / 400.0;
        assert!(area.top < baseline && area.top + area.height > baseline - 0.01, "{line:?}");
        assert!(dark(area.top, area.height), "{line:?}");
    }
    assert!(!dark(0.4, 0.2));
    // A citizen's own check makes no pictures, and what has no pages to see has none.
    let unseen = &reader.read("a.pdf", &bytes).expect("read")[0];
    assert!(unseen.pages[0].lines.iter().all(|line| line.area.is_none()));
    let word = reader.read_shown("a.docx", &docx(&["Giấy ủy quyền"])).expect("read");
    assert!(word.pictures.is_empty());
}

#[test]
fn a_photograph_is_shown_small_and_without_its_own_bytes() {
    let photograph = png(&GrayImage::from_pixel(900, 2400, Luma([255])));
    let upload = zip(&[("a.png", &photograph), ("b.txt", "Tờ khai".as_bytes())]);
    let reader = reader_with(Limits::default());
    let read = reader.read_shown("ho so.zip", &upload).expect("read");
    let [picture] = &read.pictures[..] else { panic!("one picture") };
    assert_eq!(picture.sha256, read.documents[0].sha256);
    let seen = image::load_from_memory_with_format(&picture.jpeg, ImageFormat::Jpeg).expect("JPEG");
    assert_eq!((seen.width(), seen.height()), (600, 1600));
}
