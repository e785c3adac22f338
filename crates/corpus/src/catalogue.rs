//! Name-only catalogues: worth finding, not worth answering from.

use motcua_domain::{Detail, Procedure};
use serde::Deserialize;

use crate::{import::procedure_from_record, record::Record};

/// A line of a catalogue: like a record, but its subjects are a list and nothing else is known.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct CatalogueLine {
    code: String,
    name: String,
    field: String,
    ministry: String,
    agencies: Vec<String>,
    subjects: Vec<String>,
    scope: String,
    id: String,
}

impl CatalogueLine {
    pub(crate) fn into_procedure(self) -> Option<Procedure> {
        let record = Record {
            code: self.code,
            name: self.name,
            field: self.field,
            ministry: self.ministry,
            agencies: self.agencies,
            subjects: self.subjects.join(", "),
            scope: self.scope,
            url: format!("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{}", self.id),
            ..Record::default()
        };
        let mut procedure = procedure_from_record(&record)?;
        procedure.detail = Detail::NameOnly;
        Some(procedure)
    }
}
