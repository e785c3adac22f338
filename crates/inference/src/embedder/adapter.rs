//! What this project taught the embedder: changes of low rank to some of its matrices (Hu et al.
//! 2021, "LoRA: Low-Rank Adaptation of Large Language Models"), added while it is loaded.
//! `make fit-embedder` learns them from the sayings of `corpus/`.

use std::{fmt::Write as _, sync::LazyLock};

use candle_core::{DType, Device, Tensor};
use safetensors::SafeTensors;
use sha2::{Digest, Sha256};

use super::file::ReadFileError;

/// The adapter of the pinned embedder, as it was when the program was built.
const OWN: &[u8] = include_bytes!("../../../../models/multilingual-e5-small.adapter.safetensors");
/// Under this name the file holds the SHA-256 of the model that it belongs to.
const BASE: &str = "base_sha256";

/// The hash of the adapter, shortened: vectors made with another one do not compare.
pub(crate) static IDENTITY: LazyLock<String> = LazyLock::new(|| hash(OWN)[..12].to_owned());

/// An adapter whose directory has been read.
pub(crate) struct Adapter<'a>(SafeTensors<'a>);

impl Adapter<'static> {
    /// The project's own, for a model of these bytes.
    pub(crate) fn for_model(model: &[u8]) -> Result<Self, ReadFileError> {
        Adapter::read(OWN, model)
    }
}

impl<'a> Adapter<'a> {
    /// Refuses a model other than the one that the adapter was learned for.
    fn read(bytes: &'a [u8], model: &[u8]) -> Result<Self, ReadFileError> {
        let broken = |_| ReadFileError::Broken("phần học thêm");
        let (_, about) = SafeTensors::read_metadata(bytes).map_err(broken)?;
        let base = about.metadata().as_ref().and_then(|about| about.get(BASE));
        if base != Some(&hash(model)) {
            return Err(ReadFileError::OtherBase);
        }
        Ok(Self(SafeTensors::deserialize(bytes).map_err(broken)?))
    }

    /// What is added to a matrix, if anything is.
    pub(crate) fn change(
        &self,
        name: &str,
        out: usize,
        into: usize,
    ) -> Result<Option<Tensor>, ReadFileError> {
        let Some(up) = self.tensor(&format!("{name}.up"))? else { return Ok(None) };
        let down = self.tensor(&format!("{name}.down"))?;
        let change = down.map(|down| up.matmul(&down)).transpose()?;
        let change = change.filter(|change| change.dims() == [out, into]);
        change.map(Some).ok_or_else(|| ReadFileError::NoTensor(format!("{name}.down")))
    }

    fn tensor(&self, name: &str) -> Result<Option<Tensor>, ReadFileError> {
        let Ok(view) = self.0.tensor(name) else { return Ok(None) };
        if view.dtype() != safetensors::Dtype::F16 {
            return Err(ReadFileError::NoTensor(name.to_owned()));
        }
        let halves = Tensor::from_raw_buffer(view.data(), DType::F16, view.shape(), &Device::Cpu)?;
        Ok(Some(halves.to_dtype(DType::F32)?))
    }
}

fn hash(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, manifests};

    #[test]
    fn it_belongs_to_the_pinned_embedder_and_to_no_other() {
        let (_, about) = SafeTensors::read_metadata(OWN).expect("a file of tensors");
        let base = about.metadata().as_ref().and_then(|about| about.get(BASE)).expect("its base");
        let pinned = manifests().expect("manifests").into_iter().find(|m| m.kind == Kind::Embedder);
        assert_eq!(Some(base), pinned.expect("an embedder").sha256.as_ref());
        let refused = Adapter::for_model(b"E5S1 of somebody else");
        assert!(matches!(refused, Err(ReadFileError::OtherBase)));
        let broken = Adapter::read(&OWN[..OWN.len() / 2], b"");
        assert!(broken.is_err());
    }

    #[test]
    fn a_change_has_the_shape_of_its_matrix() {
        let adapter = Adapter(SafeTensors::deserialize(OWN).expect("a file of tensors"));
        let change = adapter.change("l11.fi", 1536, 384).expect("whole").expect("the last layer's");
        let most = change.abs().and_then(|all| all.max_all()).and_then(|most| most.to_scalar());
        let most: f32 = most.expect("a number");
        assert!(most > 0.0 && most < 1.0, "{most}");
        assert!(adapter.change("l0.q", 384, 384).expect("whole").is_none(), "lower layers stay");
        assert!(adapter.change("l11.fi", 384, 384).is_err());
    }
}
