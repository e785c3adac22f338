//! What a rule is, and what it is given to look at.

use jiff::civil::Date;
use motcua_domain::{Finding, Paper};

use crate::{defect::Defect, judged::Judged, need::Need, piece::Piece};

/// A rule about one paper taken for one need.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PaperRule {
    /// Named as the defect.
    pub(crate) name: &'static str,
    /// Whether it holds for papers that are only shown, too.
    pub(crate) of_shown: bool,
    /// Finds it.
    pub(crate) check: fn(&Held<'_>) -> Option<Defect>,
}

/// A rule about the whole dossier.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DossierRule {
    /// Named as the defect.
    pub(crate) name: &'static str,
    /// Finds it.
    pub(crate) check: fn(&Judged<'_>) -> Vec<Finding>,
}

/// A paper held against what was asked for.
pub(crate) struct Held<'a> {
    /// What was handed in.
    pub(crate) piece: &'a Piece,
    /// What was asked for.
    pub(crate) paper: &'a Paper,
    /// The procedure's name.
    pub(crate) procedure: &'a str,
    /// The procedure's field.
    pub(crate) field: &'a str,
    /// What people call it.
    pub(crate) everyday: &'a [String],
    /// What it is asked for.
    pub(crate) need: &'a Need<'a>,
    /// The day of reception.
    pub(crate) received_on: Date,
    /// What an officer noted in words.
    pub(crate) notes: &'a [(String, String)],
    /// The other papers of the dossier that were read well.
    pub(crate) others: &'a [&'a Piece],
    /// The other papers of the dossier that were not.
    pub(crate) unclear: &'a [&'a Piece],
}
