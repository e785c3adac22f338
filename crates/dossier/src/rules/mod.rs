//! The rules: one file each, named as the defect.
//!
//! A [`PaperRule`] looks at one paper taken for one need and may find that it does not count.
//! A [`DossierRule`] looks at the whole, once the states are known, and writes findings.
//! To add a rule, add a file and a line to the registry below; nothing else knows them by name.

use jiff::civil::Date;
use motcua_domain::{Finding, FindingKind, Paper, Severity};

use crate::{judge::Judged, need::Need, piece::Piece};

mod broken_signature;
mod duplicate_document;
mod expired_document;
mod few_witnesses;
mod guardians_consent;
mod half_filled_form;
mod illegible_page;
mod inconsistent_facts;
mod insufficient_quantity;
mod irrelevant_document;
mod lacking_signature;
mod missing_component;
mod missing_part;
pub(crate) mod missing_sheet;
mod not_shown;
mod noted_lack;
mod other_act;
mod other_agent;
mod other_child;
mod other_issuer;
mod other_purpose;
mod other_thing;
mod outdated_form;
mod receipt;
mod rules_not_in_force;
mod unacceptable_paper;
mod unfilled_form;
mod unread_part;
mod unsealed_copy;
mod wrong_copy_type;
mod wrong_person;

pub(crate) use rules_not_in_force::NAME as RULES_NOT_IN_FORCE;

/// The name of the rule on papers that an officer noted to be lacking.
pub(crate) const NOTED_LACK: &str = noted_lack::RULE.name;

/// Rules about one paper, in order; the first that finds something speaks.
pub(crate) const PAPER_RULES: &[PaperRule] = &[
    broken_signature::RULE,
    other_act::RULE,
    receipt::RULE,
    outdated_form::REPLACED,
    unfilled_form::RULE,
    half_filled_form::RULE,
    guardians_consent::RULE,
    expired_document::RULE,
    other_agent::RULE,
    wrong_copy_type::RULE,
    insufficient_quantity::RULE,
    few_witnesses::RULE,
    missing_sheet::RULE,
    missing_part::RULE,
    wrong_person::RULE,
    other_thing::RULE,
    other_child::RULE,
    other_agent::UNCLEAR,
    other_purpose::RULE,
    lacking_signature::RULE,
    other_issuer::RULE,
    unread_part::RULE,
];

/// Rules about the whole dossier, in the order their findings are listed.
pub(crate) const DOSSIER_RULES: &[DossierRule] = &[
    missing_component::RULE,
    unacceptable_paper::RULE,
    illegible_page::RULE,
    duplicate_document::RULE,
    irrelevant_document::RULE,
    inconsistent_facts::RULE,
    outdated_form::RULE,
    unsealed_copy::RULE,
    not_shown::RULE,
    noted_lack::RULE,
    rules_not_in_force::RULE,
];

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
        self.rule == unfilled_form::RULE.name
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

/// A finding on a row; file and page are added by the rule.
pub(crate) fn finding(
    rule: &str,
    (kind, severity): (FindingKind, Severity),
    row: Option<usize>,
    (message, fix): (String, String),
) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity,
        kind,
        row,
        file: None,
        page: None,
        message,
        fix,
        legal_basis: Vec::new(),
        read_at: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_listed_once() {
        let mut names: Vec<&str> = PAPER_RULES
            .iter()
            .map(|rule| rule.name)
            .chain(DOSSIER_RULES.iter().map(|rule| rule.name))
            .collect();
        let listed = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), listed);
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
        let glossary = include_str!("../../../../docs/GLOSSARY.md");
        // Gives its findings the name of the rule about the paper.
        names.retain(|name| *name != "unacceptable-paper");
        for name in names {
            assert!(glossary.contains(&format!("| `{name}` |")), "GLOSSARY.md lacks {name}");
        }
    }
}
