//! What an answer may look like, as plain data, and the automaton that walks along it.
//!
//! A [`Shape`] is made of statements. A sentence of the answer makes one of them: it is put
//! together from pieces of the statement's spans, with commas between them, and ends with the
//! statement's mark. Numbers, names and whatever else must stand as it is are units
//! that cannot be cut. So a model that is held to a shape chooses what to say and in which order,
//! and cannot write a word that its source does not hold.
//!
//! The [`Automaton`] takes bytes, because tokens end in the middle of characters.

mod automaton;

pub use automaton::{Ahead, Automaton, State};

/// What an answer may look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// What may be said, each once.
    pub statements: Vec<Statement>,
}

/// What one sentence may be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// How the sentence ends apart from its full stop, for example `[E2]`.
    pub mark: String,
    /// Runs of units. A piece of a run is written in its order, without gaps.
    pub spans: Vec<Vec<Unit>>,
    /// The sentence must hold units that together meet all these bits.
    pub needs: u32,
    /// The fewest units of a sentence.
    pub least_units: u8,
    /// It comes behind the statements in order that stand before it, as the items of a list do; others may be
    /// made at any time.
    pub in_order: bool,
}

/// What cannot be cut: a word, or a number with its unit, or a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// How it is written where it opens a sentence; empty where it does not.
    pub opens: Vec<String>,
    /// How it is written after a comma, white space left out.
    pub begins: Vec<String>,
    /// How it is written after the unit before it, with what stands between them.
    pub continues: Vec<String>,
    /// Which of the statement's needs it meets.
    pub meets: u32,
}

impl Shape {
    /// The automaton that accepts the answers of this shape.
    pub fn automaton(&self) -> Automaton {
        Automaton::new(self)
    }

    /// Whether nothing at all can be said.
    pub fn is_empty(&self) -> bool {
        self.statements.iter().all(|statement| statement.spans.iter().all(Vec::is_empty))
    }
}
