//! Vectors for the search: who computes them, and when they are there.

use std::{ops::ControlFlow, sync::Arc};

use motcua_retrieval::{BuildVectorsError, Vectors, usually_spelt, without_introduction};

use crate::Kiosk;

/// What a text is to the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextRole {
    /// What somebody asks.
    Question,
    /// A name or a saying that is looked through.
    Record,
}

/// Computes a vector of length 1 for each text.
pub type Embed = dyn Fn(&[&str], TextRole) -> Result<Vec<Vec<f32>>, String> + Send + Sync;

/// An embedder; the search works without one, by words alone.
pub struct Embedder {
    /// A name that changes with its weights, in plain letters: vectors are kept under it.
    pub name: String,
    /// Runs it.
    pub embed: Box<Embed>,
}

impl Kiosk {
    /// Takes an embedder in hand: computes what is not in the cache yet, and from then on searches
    /// by meaning too. Searches meanwhile go on by words. The first embedder stays. `progress` is told
    /// how many vectors of how many are there, once before any is computed, and may break off.
    ///
    /// # Errors
    /// When the embedder fails, the cache cannot be written, or `progress` breaks off; the search then
    /// stays as it was.
    pub fn add_embedder(
        &self,
        embedder: Arc<Embedder>,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<(), BuildVectorsError> {
        let root = self.0.settings.cache.join("vectors");
        let mut embed = |texts: &[&str]| (embedder.embed)(texts, TextRole::Record);
        let vectors =
            Vectors::build(&root, &self.0.procedures, &embedder.name, &mut embed, progress)?;
        self.0.index.add_vectors(vectors);
        let _ = self.0.embedder.set(embedder);
        Ok(())
    }

    /// Takes in hand the embedder that another kiosk has, if it has one.
    ///
    /// # Errors
    /// As [`Self::add_embedder`].
    pub fn add_embedder_of(&self, other: &Self) -> Result<(), BuildVectorsError> {
        let embedder = other.0.embedder.get().cloned();
        let go_on = &mut |_, _| ControlFlow::Continue(());
        embedder.map_or(Ok(()), |embedder| self.add_embedder(embedder, go_on))
    }

    /// The vector of a question, if there is an embedder.
    pub(crate) fn vector_of(&self, question: &str) -> Option<Vec<f32>> {
        let embedder = self.0.embedder.get()?;
        let asked = usually_spelt(&without_introduction(question));
        match (embedder.embed)(&[&asked], TextRole::Question) {
            Ok(vectors) => vectors.into_iter().next(),
            Err(error) => {
                tracing::error!(error, "searching by words alone");
                None
            }
        }
    }
}
