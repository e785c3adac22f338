//! The catalogue of common papers: what each is called, and the words by which it is told on a page.

use std::collections::BTreeSet;

use serde::Deserialize;

/// The catalogue of common papers, read from `corpus/documents.toml`.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    kinds: Vec<DocumentKind>,
}

/// One kind of paper.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentKind {
    /// ASCII identifier that procedure files refer to, for example `giay-chung-sinh`.
    pub id: String,
    /// Its name as a reader is shown it.
    pub name: String,
    /// Other names people and records use for it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Further words that stand in the title of such a paper.
    #[serde(default)]
    pub title: Vec<String>,
    /// Words of its body; two of them tell the paper where no title can be read.
    #[serde(default)]
    pub body: Vec<String>,
    /// True for a whole class of papers ("tờ khai", "quyết định"): its name alone tells too little.
    #[serde(default)]
    pub broad: bool,
}

/// The catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ParseCatalogueError {
    /// It is not TOML, or holds an unknown key.
    #[error("the catalogue of papers cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// It was written for another version of the program.
    #[error("the catalogue of papers has schema {found}, expected 1")]
    Schema {
        /// What it says.
        found: u32,
    },
    /// Two entries share an identifier.
    #[error("the catalogue of papers names `{id}` twice")]
    Twice {
        /// The identifier.
        id: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    #[serde(default)]
    documents: Vec<DocumentKind>,
}

impl Catalogue {
    /// Reads the text of `corpus/documents.toml`.
    ///
    /// # Errors
    /// If it is not TOML of schema 1, holds an unknown key, or names an identifier twice.
    pub fn parse(toml: &str) -> Result<Self, ParseCatalogueError> {
        let file: File = toml::from_str(toml)?;
        if file.schema != 1 {
            return Err(ParseCatalogueError::Schema { found: file.schema });
        }
        let mut seen = BTreeSet::new();
        for kind in &file.documents {
            if !seen.insert(kind.id.as_str()) {
                return Err(ParseCatalogueError::Twice { id: kind.id.clone() });
            }
        }
        Ok(Self { kinds: file.documents })
    }

    /// The kind with this identifier.
    pub fn get(&self, id: &str) -> Option<&DocumentKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// All kinds, in the order of the file.
    pub fn kinds(&self) -> &[DocumentKind] {
        &self.kinds
    }
}

impl DocumentKind {
    /// Every name by which its title may be told.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str())
            .chain(self.also.iter().map(String::as_str))
            .chain(self.title.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(Catalogue::parse("schema = 2").is_err());
        assert!(
            Catalogue::parse("schema = 1\n[[documents]]\nid = 'a'\nname = 'A'\ncolour = 'red'")
                .is_err()
        );
        let twice =
            "schema = 1\n[[documents]]\nid = 'a'\nname = 'A'\n[[documents]]\nid = 'a'\nname = 'B'";
        assert!(matches!(Catalogue::parse(twice), Err(ParseCatalogueError::Twice { .. })));
    }
}
