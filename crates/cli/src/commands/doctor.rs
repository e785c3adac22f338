use std::{
    path::Path,
    process::{Command, Stdio},
};

use crate::{model, output::Ended, settings::Resolved};

/// What is looked for, why, and what mends it.
struct Need {
    what: &'static str,
    present: bool,
    mend: String,
}

pub(crate) fn run(resolved: &Resolved) -> Ended {
    let apt = |packages: &str| format!("sudo apt-get install {packages}");
    let languages = printed("tesseract", &["--list-langs"]);
    let needs = [
        Need {
            what: "Tesseract (đọc ảnh, bản quét)",
            present: printed("tesseract", &["--version"]).is_some(),
            mend: apt("tesseract-ocr tesseract-ocr-vie"),
        },
        Need {
            what: "Tesseract tiếng Việt",
            present: languages.is_some_and(|list| list.lines().any(|line| line.trim() == "vie")),
            mend: apt("tesseract-ocr-vie"),
        },
        Need {
            what: "Poppler (đọc PDF)",
            present: printed("pdfinfo", &["-v"]).is_some(),
            mend: apt("poppler-utils"),
        },
        Need {
            what: "antiword (đọc Word đời cũ, .doc)",
            present: printed("antiword", &["-h"]).is_some(),
            mend: apt("antiword"),
        },
        Need {
            what: "heif-convert (đọc ảnh HEIC của điện thoại)",
            present: printed("heif-convert", &["--help"]).is_some(),
            mend: apt("libheif-examples"),
        },
        Need {
            what: "Kho thủ tục của dự án",
            present: (resolved.corpus.own.as_ref())
                .is_some_and(|own| own.join("procedures").is_dir()),
            mend: "chạy trong thư mục dự án, hoặc đặt thư mục corpus cạnh chương trình".to_owned(),
        },
        Need {
            what: "Mô hình mặc định",
            present: model::is_fetched("default"),
            mend: "motcua models fetch (không bắt buộc: thiếu mô hình vẫn trả lời bằng trích dẫn)"
                .to_owned(),
        },
        Need {
            what: "Mô hình nhúng (tìm theo nghĩa)",
            present: model::is_fetched("multilingual-e5-small"),
            mend: "motcua models fetch (không bắt buộc: thiếu mô hình nhúng vẫn tìm theo từ)"
                .to_owned(),
        },
        Need {
            what: "Thư mục lưu chỉ mục ghi được",
            present: is_writable(&resolved.kiosk.cache),
            mend: format!("kiểm tra quyền ghi ở {}", resolved.kiosk.cache.display()),
        },
    ];
    let mut missing = false;
    for need in &needs {
        if need.present {
            println!("có     {}", need.what);
        } else {
            missing = true;
            println!("THIẾU  {}\n       → {}", need.what, need.mend);
        }
    }
    if missing { Ended::WithFindings } else { Ended::Fine }
}

/// Whether a file can be made there: a folder may exist on a disk that is full or read-only.
fn is_writable(folder: &Path) -> bool {
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    let made = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&probe, "motcua"));
    let _ = std::fs::remove_file(&probe);
    made.is_ok()
}

/// What a tool prints, if it is there; some print their version on standard error.
fn printed(tool: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(tool).args(arguments).stdin(Stdio::null()).output().ok()?;
    Some(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}
