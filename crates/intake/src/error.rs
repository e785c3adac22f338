use serde::{Deserialize, Serialize};

/// A file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum IntakeError {
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are taken.
    #[error("the file has {bytes} bytes, at most {most} are taken")]
    TooLarge {
        /// How many.
        bytes: u64,
        /// How many are taken.
        most: u64,
    },
    /// Not a kind that is read.
    #[error("unsupported type, looks like `{looks_like}`")]
    UnsupportedType {
        /// What it looks like, in Vietnamese.
        looks_like: String,
    },
    /// A PDF that opens only with a password.
    #[error("the PDF is encrypted")]
    EncryptedPdf,
    /// An archive whose files open only with a password.
    #[error("the archive is encrypted")]
    EncryptedArchive,
    /// Cut off or broken.
    #[error("the file is damaged: {detail}")]
    Damaged {
        /// What the reading tool says.
        detail: String,
    },
    /// More pages than are taken.
    #[error("{pages} pages, at most {most} are taken")]
    TooManyPages {
        /// How many.
        pages: usize,
        /// How many are taken.
        most: usize,
    },
    /// More text than is taken.
    #[error("too much text, at most {most} characters are taken")]
    TooMuchText {
        /// How many characters are taken.
        most: usize,
    },
    /// More lines on one page than are taken.
    #[error("too many lines on a page, at most {most} are taken")]
    TooManyLines {
        /// How many are taken.
        most: usize,
    },
    /// Unpacks to more than is taken, or has too many entries.
    #[error("the archive unpacks to too much")]
    ArchiveTooLarge,
    /// A picture of too many pixels.
    #[error("the picture is too large: {width}x{height}")]
    PictureTooLarge {
        /// Pixels across; 0 when the picture does not say.
        width: u32,
        /// Pixels down; 0 when the picture does not say.
        height: u32,
    },
    /// A file of an archive could not be read, so the archive is not taken.
    #[error("`{entry}` in the archive: {error}")]
    InArchive {
        /// Its name.
        entry: String,
        /// Why.
        error: Box<IntakeError>,
    },
    /// Took longer than allowed.
    #[error("reading took longer than {seconds} s")]
    TimedOut {
        /// How long was allowed.
        seconds: u64,
    },
    /// Wanted more memory than allowed.
    #[error("reading wants more memory than allowed")]
    OutOfMemory,
    /// As many uploads as allowed are being read, and none finished in time.
    #[error("all readers are busy")]
    Busy,
    /// The child could not be started or ended without an answer.
    #[error("the reading process failed: {detail}")]
    WorkerFailed {
        /// How it ended.
        detail: String,
    },
    /// The file could not be opened.
    #[error("cannot open the file: {detail}")]
    CannotOpen {
        /// What the system says.
        detail: String,
    },
    /// A folder, a pipe or a device was named in place of a file.
    #[error("not a file: {what}")]
    NotAFile {
        /// What it is, in Vietnamese.
        what: String,
    },
    /// Whoever asked for it wants it no longer.
    #[error("reading was stopped")]
    Stopped,
    /// A tool is not installed.
    #[error("`{tool}` is not installed, Debian package `{package}`")]
    ToolMissing {
        /// The tool.
        tool: String,
        /// Debian's package that has it.
        package: String,
    },
}

impl IntakeError {
    /// The stable code of the HTTP interface; for a file inside an archive, that file's.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::TooLarge { .. } | Self::TooMuchText { .. } | Self::TooManyLines { .. } => {
                "file_too_large"
            }
            Self::UnsupportedType { .. } => "unsupported_type",
            Self::EncryptedPdf => "encrypted_pdf",
            Self::EncryptedArchive => "encrypted_archive",
            Self::Damaged { .. } => "damaged_file",
            Self::TooManyPages { .. } => "too_many_pages",
            Self::ArchiveTooLarge => "archive_too_large",
            Self::PictureTooLarge { .. } => "picture_too_large",
            Self::InArchive { error, .. } => error.code(),
            Self::TimedOut { .. } => "timed_out",
            Self::OutOfMemory => "out_of_memory",
            Self::Busy => "busy",
            Self::WorkerFailed { .. } => "worker_failed",
            Self::CannotOpen { .. } => "cannot_open",
            Self::NotAFile { .. } => "not_a_file",
            Self::Stopped => "stopped",
            Self::ToolMissing { .. } => "tool_missing",
        }
    }

    /// One sentence for people.
    pub fn vietnamese(&self) -> String {
        match self {
            Self::Empty => "Tệp rỗng, không có nội dung.".to_owned(),
            Self::TooLarge { bytes, most } => {
                format!("Tệp nặng {}, chỉ nhận tối đa {}.", megabytes(*bytes), megabytes(*most))
            }
            Self::UnsupportedType { looks_like } => {
                format!("Không đọc được loại tệp này ({looks_like}).")
            }
            Self::EncryptedPdf => "Tệp PDF bị khóa bằng mật khẩu.".to_owned(),
            Self::EncryptedArchive => "Tệp nén bị khóa bằng mật khẩu.".to_owned(),
            Self::Damaged { .. } => "Tệp bị hỏng hoặc bị cắt mất một phần.".to_owned(),
            Self::TooManyPages { pages, most } => {
                format!("Tệp có {pages} trang, chỉ nhận tối đa {most} trang.")
            }
            Self::TooMuchText { most } => {
                format!("Tệp có quá nhiều chữ, chỉ nhận tối đa {} ký tự.", thousands(*most))
            }
            Self::TooManyLines { most } => {
                format!("Một trang có quá nhiều dòng, chỉ nhận tối đa {} dòng.", thousands(*most))
            }
            Self::ArchiveTooLarge => {
                "Tệp nén khi mở ra quá lớn hoặc chứa quá nhiều tệp.".to_owned()
            }
            Self::PictureTooLarge { width: 0, .. } => "Ảnh quá lớn.".to_owned(),
            Self::PictureTooLarge { width, height } => {
                format!("Ảnh quá lớn ({width}×{height} điểm ảnh).")
            }
            Self::InArchive { entry, error } => {
                format!("Trong tệp nén, tệp “{entry}” không đọc được: {}", error.vietnamese())
            }
            Self::TimedOut { seconds } => format!("Đọc tệp quá {seconds} giây mà chưa xong."),
            Self::OutOfMemory => "Tệp này cần quá nhiều bộ nhớ để đọc.".to_owned(),
            Self::Busy => "Máy đang đọc nhiều tệp khác, chưa đến lượt tệp này.".to_owned(),
            Self::WorkerFailed { .. } => "Không đọc được tệp này.".to_owned(),
            Self::CannotOpen { .. } => "Không mở được tệp.".to_owned(),
            Self::NotAFile { what } => format!("Đây là {what}, không phải tệp."),
            Self::Stopped => "Đã dừng, chưa đọc xong tệp này.".to_owned(),
            Self::ToolMissing { tool, .. } => format!("Máy chủ chưa cài công cụ {tool}."),
        }
    }

    /// What to do about it, one sentence.
    pub fn hint(&self) -> String {
        match self {
            Self::Empty | Self::Damaged { .. } => {
                "Mở lại tệp gốc, lưu hoặc quét lại rồi nộp lại.".to_owned()
            }
            Self::TooLarge { .. } => {
                "Quét ở mức 200-300 dpi hoặc tách thành nhiều tệp rồi nộp lại.".to_owned()
            }
            Self::UnsupportedType { .. } => {
                "Nộp tệp PDF, Word (.docx, .doc), Excel (.xlsx), ảnh (JPG, PNG, HEIC, TIFF, WebP), văn bản thuần hoặc ZIP."
                    .to_owned()
            }
            Self::EncryptedPdf | Self::EncryptedArchive => {
                "Bỏ mật khẩu của tệp rồi nộp lại.".to_owned()
            }
            Self::TooManyPages { .. } | Self::TooMuchText { .. } | Self::TooManyLines { .. } => {
                "Tách tệp và chỉ nộp những trang thuộc hồ sơ.".to_owned()
            }
            Self::ArchiveTooLarge => "Mở tệp nén ra và nộp từng giấy tờ.".to_owned(),
            Self::PictureTooLarge { .. } => {
                "Chụp hoặc quét lại ở khổ A4, mức 200-300 dpi.".to_owned()
            }
            Self::InArchive { error, .. } => error.hint(),
            Self::Busy => "Chờ một phút rồi nộp lại.".to_owned(),
            Self::TimedOut { .. } | Self::OutOfMemory | Self::WorkerFailed { .. } => {
                "Nộp từng giấy tờ một; nếu vẫn không được, đưa bản giấy cho cán bộ.".to_owned()
            }
            Self::CannotOpen { .. } => "Kiểm tra lại tên tệp và quyền đọc tệp.".to_owned(),
            Self::NotAFile { .. } => "Ghi tên từng tệp giấy tờ cần đọc.".to_owned(),
            Self::Stopped => "Nộp lại tệp nếu vẫn cần.".to_owned(),
            Self::ToolMissing { package, .. } => {
                format!("Người quản trị máy chủ cần cài gói Debian {package}.")
            }
        }
    }

    pub(crate) fn damaged(detail: &impl ToString) -> Self {
        Self::Damaged { detail: detail.to_string() }
    }

    pub(crate) fn unsupported(looks_like: &str) -> Self {
        Self::UnsupportedType { looks_like: looks_like.to_owned() }
    }

    pub(crate) fn failed(detail: &impl ToString) -> Self {
        Self::WorkerFailed { detail: detail.to_string() }
    }
}

/// Megabytes as people read them; a file just over the limit must not look like the limit.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    match tenths % 10 {
        0 => format!("{} MB", tenths / 10),
        rest => format!("{},{rest} MB", tenths / 10),
    }
}

/// A number with a point after each three digits, as it is written in Vietnamese.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    groups.map(String::from_utf8_lossy).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000_000), "1.000.000");
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(megabytes(50 << 20), "50 MB");
        assert_eq!(megabytes((50 << 20) + 1), "50,1 MB");
        assert_eq!(megabytes(1 << 30), "1024 MB");
    }

    #[test]
    fn an_entry_keeps_its_own_code() {
        let error = IntakeError::InArchive {
            entry: "a.pdf".to_owned(),
            error: Box::new(IntakeError::EncryptedPdf),
        };
        assert_eq!(error.code(), "encrypted_pdf");
        assert_eq!(
            error.vietnamese(),
            "Trong tệp nén, tệp “a.pdf” không đọc được: Tệp PDF bị khóa bằng mật khẩu."
        );
    }
}
