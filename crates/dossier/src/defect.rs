//! Why a paper does not count, and how sure that is.

use motcua_domain::FindingKind;

use crate::piece::Piece;

/// The name of the rule on forms that were left blank or unsigned.
pub(crate) const UNFILLED_FORM: &str = "unfilled-form";

/// The name of the rule on papers of which a sheet is lacking.
pub(crate) const MISSING_SHEET: &str = "missing-sheet";

/// Why a paper does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Defect {
    /// The rule that found it.
    pub(crate) rule: &'static str,
    /// What kind of defect it is.
    pub(crate) kind: FindingKind,
    /// Whether it may be told to the applicant, or a person must look first.
    pub(crate) certainty: Certainty,
    /// What is wrong, in Vietnamese.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) fix: String,
    /// The lines of the paper that tell, by their places in [`Piece::lines`].
    pub(crate) lines: Vec<usize>,
}

impl Defect {
    /// Whether it is a form that was left blank, or that nobody signed.
    pub(crate) fn is_blank(&self) -> bool {
        self.rule == UNFILLED_FORM
    }
}

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// It may be told to the applicant.
    Certain,
    /// What would decide it could not be read.
    Unread,
    /// It was read, and does not decide it: a person must look.
    Undecided,
}

impl Certainty {
    /// Not certain: unread on a poor page, undecided on a clear one.
    pub(crate) fn doubt(piece: &Piece) -> Self {
        if piece.is_clear() { Self::Undecided } else { Self::Unread }
    }
}
