//! How well rows are read, against rows labelled by hand.

use std::collections::BTreeMap;

use motcua_domain::{CopyType, Necessity};
use serde::Deserialize;

use crate::compile::{CompiledRow, RowKind};

/// A row labelled by hand.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the labels are those of the evaluation set's guidelines")]
pub struct GoldRow {
    pub code: String,
    pub row: usize,
    pub kind: String,
    pub necessity: String,
    pub alternatives: usize,
    pub copy_type: String,
    pub replaced_by_data: bool,
}

/// Counts of agreement; rates are taken by whoever prints them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComponentScore {
    /// Rows compared.
    pub rows: usize,
    /// Gold rows the corpus does not hold.
    pub not_found: usize,
    /// Rows whose kind agrees.
    pub kind: usize,
    /// Rows whose necessity agrees.
    pub necessity: usize,
    /// Rows whose number of alternatives agrees.
    pub alternatives: usize,
    /// Rows whose copy type agrees, of those where the text says one.
    pub copy_type: usize,
    /// Rows where the text says a copy type.
    pub copy_type_stated: usize,
    /// Replaced by data: true positives, false positives, false negatives.
    pub replaced: [usize; 3],
    /// Notes or optional rows taken as required papers.
    pub note_as_required: usize,
    /// Required papers taken as notes.
    pub required_as_note: usize,
    /// `gold -> compiled` kinds with their counts.
    pub kinds: BTreeMap<(String, String), usize>,
}

/// Compares compiled rows with labelled ones.
pub fn score_components<'a>(
    gold: &[GoldRow],
    compiled: impl Fn(&str, usize) -> Option<&'a CompiledRow>,
) -> ComponentScore {
    let mut score = ComponentScore::default();
    for gold in gold {
        match compiled(&gold.code, gold.row) {
            Some(row) => score.add(gold, row),
            None => score.not_found += 1,
        }
    }
    score
}

impl ComponentScore {
    fn add(&mut self, gold: &GoldRow, row: &CompiledRow) {
        self.rows += 1;
        let kind = row.kind.as_str();
        *self.kinds.entry((gold.kind.clone(), kind.to_owned())).or_default() += 1;
        self.kind += usize::from(gold.kind == kind);
        self.necessity += usize::from(gold.necessity == necessity_word(row.necessity));
        self.alternatives += usize::from(gold.alternatives == row.alternatives);
        if gold.copy_type != "unspecified" {
            self.copy_type_stated += 1;
            self.copy_type += usize::from(gold.copy_type == copy_type_word(row.copy_type));
        }
        let [both, only_ours, only_gold] = &mut self.replaced;
        match (gold.replaced_by_data, row.replaced_by_data) {
            (true, true) => *both += 1,
            (false, true) => *only_ours += 1,
            (true, false) => *only_gold += 1,
            (false, false) => {}
        }
        let gold_required = !matches!(gold.necessity.as_str(), "none" | "optional");
        let ours_required = !matches!(row.necessity, None | Some(Necessity::Optional));
        self.note_as_required += usize::from(!gold_required && ours_required);
        self.required_as_note += usize::from(gold_required && row.kind == RowKind::Note);
    }

    /// F1 of "replaced by data"; 1 where there is nothing to find.
    pub fn replaced_f1(&self) -> f64 {
        let [both, only_ours, only_gold] = self.replaced;
        let denominator = 2 * both + only_ours + only_gold;
        if denominator == 0 { 1.0 } else { 2.0 * both as f64 / denominator as f64 }
    }
}

/// The word of the interfaces for a necessity.
pub fn necessity_word(necessity: Option<Necessity>) -> &'static str {
    match necessity {
        None => "none",
        Some(Necessity::Always) => "always",
        Some(Necessity::Conditional) => "conditional",
        Some(Necessity::Optional) => "optional",
        Some(Necessity::Pending) => "pending",
    }
}

/// The word of the interfaces for a copy type.
pub fn copy_type_word(copy_type: CopyType) -> &'static str {
    match copy_type {
        CopyType::Original => "original",
        CopyType::CertifiedCopy => "certified_copy",
        CopyType::PlainCopy => "plain_copy",
        CopyType::OriginalOrCopy => "original_or_copy",
        CopyType::Electronic => "electronic",
        CopyType::Unspecified => "unspecified",
    }
}
