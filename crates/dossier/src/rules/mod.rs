//! The rules: one file each, named as the defect.
//!
//! A [`PaperRule`] looks at one paper taken for one need and may find that it does not count.
//! A [`DossierRule`] looks at the whole, once the states are known, and writes findings.
//! To add a rule, add a file and a line to the registry below; nothing else knows them by name.

mod broken_signature;
mod denying_result;
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
mod missing_sheet;
mod not_shown;
mod noted_lack;
mod other_act;
mod other_agent;
mod other_child;
mod other_issuer;
mod other_nominee;
mod other_purpose;
mod other_thing;
mod outdated_form;
mod receipt;
mod rule;
mod rules_not_in_force;
mod unacceptable_paper;
mod unfilled_form;
mod unread_part;
mod unsealed_copy;
mod wrong_copy_type;
mod wrong_person;

pub(crate) use rule::{DossierRule, Held, PaperRule};
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
    denying_result::RULE,
    wrong_person::RULE,
    other_thing::RULE,
    other_child::RULE,
    other_nominee::RULE,
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
