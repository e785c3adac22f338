use std::{fmt, io, path::PathBuf};

/// Something wrong in a corpus file, with the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what was expected, in Vietnamese.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.message)
    }
}

/// A corpus could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadCorpusError {
    /// A path cannot be read.
    #[error("không đọc được `{}`: {source}", path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is of no kind that is known.
    #[error(
        "`{}` không phải thư mục thủ tục, tệp .toml, .json, .jsonl hay .jsonl.xz", path.display()
    )]
    UnknownKind {
        /// The path.
        path: PathBuf,
    },
    /// A line of an export is not the JSON that was expected.
    #[error("`{}` dòng {line}: {source}", path.display())]
    Json {
        /// The path.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What the parser says.
        source: serde_json::Error,
    },
    /// Corpus files have problems; all of them are listed.
    #[error("{} lỗi trong kho thủ tục", problems.len())]
    Invalid {
        /// Every problem found.
        problems: Vec<Problem>,
    },
}
