//! How an answer may be put, in the words of the generator's contract.

use motcua_answer::{Phrase, phrasings};
use motcua_domain::Evidence;
use motcua_generate::shape::{Shape, Statement, Unit};

/// The shape of an answer from these facts; nothing where none of them can be put otherwise than it
/// stands.
pub fn shape(evidence: &[Evidence]) -> Option<Shape> {
    let statements = phrasings(evidence).into_iter().map(|phrasing| Statement {
        mark: format!("[{}]", phrasing.id),
        spans: phrasing
            .spans
            .into_iter()
            .map(|span| span.into_iter().map(unit).collect())
            .collect(),
        needs: phrasing.needs,
        least_units: phrasing.least,
        in_order: phrasing.in_list,
    });
    let shape = Shape { statements: statements.collect() };
    (!shape.is_empty()).then_some(shape)
}

fn unit(phrase: Phrase) -> Unit {
    let Phrase { opens, begins, continues, meets } = phrase;
    Unit { opens, begins, continues, meets }
}
