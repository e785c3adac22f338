use crate::gguf::TensorError;

/// Why a file's model cannot be run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadModelError {
    #[error("tệp không nói `{0}` hoặc nói điều không thể")]
    NoSize(String),
    #[error("chưa chạy được {0}")]
    Unsupported(String),
    #[error(transparent)]
    Tensor(#[from] TensorError),
    #[error("không mở được luồng tính ({0})")]
    Workers(String),
}
