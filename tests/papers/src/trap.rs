//! What is planted in a dossier, and where it can be.

use motcua_domain::ComponentState;

use crate::case::{Case, Due, Need};

/// A planted defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trap {
    /// Nothing is wrong.
    None,
    /// A paper was left at home.
    Missing,
    /// A plain copy for a certified one, or no attestation.
    WrongCopy,
    /// A paper that has run out.
    Expired,
    /// Somebody else's paper.
    WrongPerson,
    /// A form as it comes from the printer.
    Blank,
    /// A form that nobody signed; only a picture can show that.
    Unsigned,
    /// A paper that nothing here asks for.
    Irrelevant,
    /// A page that nobody can read.
    Illegible,
    /// The same file twice.
    Duplicate,
    /// A number or a day of birth that differs from paper to paper.
    Inconsistent,
    /// The form of before.
    OldForm,
}

pub(crate) const ALL: [Trap; 12] = [
    Trap::None,
    Trap::Missing,
    Trap::WrongCopy,
    Trap::Expired,
    Trap::WrongPerson,
    Trap::Blank,
    Trap::Unsigned,
    Trap::Irrelevant,
    Trap::Illegible,
    Trap::Duplicate,
    Trap::Inconsistent,
    Trap::OldForm,
];

impl Trap {
    /// The places among a case's needs where it can be planted.
    pub(crate) fn places(
        self,
        case: &Case,
        degraded: bool,
        has_old_form: &dyn Fn(&Need) -> bool,
    ) -> Vec<usize> {
        let has_form = case.needs.iter().any(|need| need.form);
        let handed_in = |need: &Need| need.state == ComponentState::Provided && !need.optional;
        let fits = |need: &Need| match self {
            Self::None | Self::Irrelevant | Self::Duplicate => true,
            // Somebody who brings nothing at all brings no dossier.
            Self::Missing => handed_in(need) && case.needs.len() > 1,
            Self::Illegible => handed_in(need),
            Self::WrongCopy => matches!(need.due, Due::Certified | Due::Attested),
            Self::Expired => need.expires,
            Self::WrongPerson => has_form && need.of.is_some() && handed_in(need),
            Self::Blank => need.form,
            Self::Unsigned => need.form && degraded,
            Self::Inconsistent => has_form && need.of.is_some(),
            Self::OldForm => need.form && has_old_form(need),
        };
        case.needs.iter().enumerate().filter(|(_, need)| fits(need)).map(|(at, _)| at).collect()
    }
}
