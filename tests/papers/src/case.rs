//! What a procedure asks for in one case: which rows, which papers serve them, and what an officer notes.

use motcua_domain::ComponentState;

use crate::{
    cast::{Cast, Person},
    paper::Paper,
};

/// How a paper of a row has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// As it is.
    Any,
    /// As a certified copy.
    Certified,
    /// Signed before a notary or the commune.
    Attested,
    /// A plain copy will do.
    Plain,
}

/// Papers for one row.
pub(crate) struct Need {
    pub(crate) row: usize,
    pub(crate) state: ComponentState,
    pub(crate) due: Due,
    /// A form to be filled in.
    pub(crate) form: bool,
    /// Can run out.
    pub(crate) expires: bool,
    /// Whose paper it is; a form names the same person.
    pub(crate) of: Option<fn(&mut Cast) -> &mut Person>,
    /// What an officer calls it.
    pub(crate) called: &'static str,
    /// Need not be there.
    pub(crate) optional: bool,
    pub(crate) make: fn(&Cast) -> Paper,
}

/// A case of a procedure.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) procedure: &'static str,
    /// Of civil status or residence.
    pub(crate) civil: bool,
    pub(crate) answers: &'static [(&'static str, &'static str)],
    pub(crate) needs: Vec<Need>,
    /// Rows that are not concerned, or for which a database stands in.
    pub(crate) rest: &'static [(usize, ComponentState)],
    /// Rows whose text is not clear for the case.
    pub(crate) unscored: &'static [usize],
}

impl Need {
    pub(crate) fn new(row: usize, called: &'static str, make: fn(&Cast) -> Paper) -> Self {
        Self {
            row,
            state: ComponentState::Provided,
            due: Due::Any,
            form: false,
            expires: false,
            of: None,
            called,
            optional: false,
            make,
        }
    }

    pub(crate) fn form(row: usize, called: &'static str, make: fn(&Cast) -> Paper) -> Self {
        Self { form: true, ..Self::new(row, called, make) }
    }

    /// Somebody's, who is named in the form too.
    pub(crate) fn of(mut self, of: fn(&mut Cast) -> &mut Person) -> Self {
        self.of = Some(of);
        self
    }

    pub(crate) fn due(mut self, due: Due) -> Self {
        self.due = due;
        self
    }

    pub(crate) fn expires(mut self) -> Self {
        self.expires = true;
        self
    }

    pub(crate) fn shown(mut self) -> Self {
        self.state = ComponentState::PresentOnly;
        self
    }

    pub(crate) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}
