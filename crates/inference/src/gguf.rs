//! A GGUF file in memory: what it says of itself, and its tensors where they lie.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
    sync::Arc,
};

use candle_core::quantized::gguf_file::{Content, Value};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::quant::{Format, Matrix};

/// A file that is read whole: matrices point into it.
pub(crate) struct Gguf {
    content: Content,
    bytes: Arc<Vec<u8>>,
    architecture: String,
}

/// Why a file is no model.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadFileError {
    #[error("không đọc được tệp ({0})")]
    Read(#[from] io::Error),
    #[error("không phải tệp GGUF đọc được ({0})")]
    Content(#[from] candle_core::Error),
}

/// A tensor cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TensorError {
    #[error("thiếu `{0}`")]
    Missing(String),
    #[error("`{name}` có kiểu {format} chưa chạy được")]
    Format { name: String, format: String },
    #[error("`{name}` có cỡ {found:?}, cần {rows} × {width}")]
    Size { name: String, found: Vec<usize>, rows: usize, width: usize },
    #[error("tệp bị cắt cụt ở `{0}`")]
    Cut(String),
}

impl Gguf {
    /// Reads a file. What it says of itself is read first, so that a wrong one is told at once.
    pub(crate) fn open(path: &Path) -> Result<Self, ReadFileError> {
        let file = File::open(path)?;
        let content = Content::read(&mut io::BufReader::with_capacity(1 << 20, &file))?;
        Ok(Self::new(content, read_whole(&file, path)?))
    }

    #[cfg(test)]
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Result<Self, ReadFileError> {
        Ok(Self::new(Content::read(&mut io::Cursor::new(&bytes))?, bytes))
    }

    fn new(content: Content, bytes: Vec<u8>) -> Self {
        let architecture = content.metadata.get("general.architecture");
        let architecture = architecture.and_then(|value| value.to_string().ok());
        let architecture = architecture.cloned().unwrap_or_else(|| "?".to_owned());
        Self { content, bytes: Arc::new(bytes), architecture }
    }

    /// Tells models apart without reading all of them: a hash of the head, the length, and samples
    /// all over the weights.
    pub(crate) fn key(&self) -> [u8; 32] {
        const SAMPLES: usize = 512;
        const SAMPLE: usize = 4096;
        let bytes = self.bytes.as_slice();
        let head = usize::try_from(self.content.tensor_data_offset).unwrap_or(usize::MAX);
        let mut hash = Sha256::new_with_prefix(&bytes[..head.min(bytes.len())]);
        hash.update(bytes.len().to_le_bytes());
        for at in 0..SAMPLES {
            let start = bytes.len() / SAMPLES * at;
            hash.update(&bytes[start..bytes.len().min(start + SAMPLE)]);
        }
        hash.finalize().into()
    }

    pub(crate) fn content(&self) -> &Content {
        &self.content
    }

    pub(crate) fn architecture(&self) -> &str {
        &self.architecture
    }

    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.content.metadata.get(key)?.to_string().ok().map(String::as_str)
    }

    pub(crate) fn number(&self, key: &str) -> Option<u32> {
        as_number(self.content.metadata.get(key)?)
    }

    pub(crate) fn real(&self, key: &str) -> Option<f32> {
        self.content.metadata.get(key)?.to_f32().ok()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.content.tensor_infos.contains_key(name)
    }

    /// A matrix of `width` numbers in each row; of `rows` rows if that is known.
    pub(crate) fn matrix(
        &self,
        name: &str,
        rows: Option<usize>,
        width: usize,
    ) -> Result<Matrix, TensorError> {
        let missing = || TensorError::Missing(name.to_owned());
        let info = self.content.tensor_infos.get(name).ok_or_else(missing)?;
        let format = Format::of(info.ggml_dtype).ok_or_else(|| TensorError::Format {
            name: name.to_owned(),
            format: format!("{:?}", info.ggml_dtype),
        })?;
        let found = info.shape.dims();
        let (have, wide) = match found {
            [wide] => (1, *wide),
            [have, wide] => (*have, *wide),
            _ => (0, 0),
        };
        if wide != width || rows.is_some_and(|rows| rows != have) || have == 0 {
            let (found, rows) = (found.to_vec(), rows.unwrap_or(have));
            return Err(TensorError::Size { name: name.to_owned(), found, rows, width });
        }
        let start = self.content.tensor_data_offset.checked_add(info.offset);
        let start = start.and_then(|start| usize::try_from(start).ok());
        start
            .and_then(|start| Matrix::new(&self.bytes, start, format, have, width))
            .ok_or_else(|| TensorError::Cut(name.to_owned()))
    }

    /// A vector as plain numbers.
    pub(crate) fn vector(&self, name: &str, width: usize) -> Result<Vec<f32>, TensorError> {
        let mut numbers = vec![0.0; width];
        self.matrix(name, Some(1), width)?.row(0, &mut numbers);
        Ok(numbers)
    }
}

/// So much is read by one worker at a time.
const PART: usize = 1 << 24;

/// All bytes, read by several workers.
fn read_whole(file: &File, path: &Path) -> io::Result<Vec<u8>> {
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(io::Error::other)?;
    bytes.resize(length, 0);
    bytes.par_chunks_mut(PART).enumerate().try_for_each(|(at, part)| {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start((at * PART) as u64))?;
        file.read_exact(part)
    })?;
    Ok(bytes)
}

pub(crate) fn as_number(value: &Value) -> Option<u32> {
    match value {
        Value::U32(n) => Some(*n),
        Value::I32(n) => u32::try_from(*n).ok(),
        Value::U64(n) => u32::try_from(*n).ok(),
        Value::U16(n) => Some(u32::from(*n)),
        Value::U8(n) => Some(u32::from(*n)),
        _ => None,
    }
}
