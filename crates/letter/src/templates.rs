//! Which template sets a letter: the centre's own, most special first, else the built-in one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{Form, Letter};

/// What all built-in templates share; a centre may replace it alone.
pub(crate) const COMMON: (&str, &str) = ("common.typ", include_str!("../templates/common.typ"));

/// A template of the centre's own cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("không đọc được mẫu phiếu `{}`: {source}", path.display())]
pub struct TemplateError {
    path: PathBuf,
    #[source]
    source: io::Error,
}

fn built_in(form: Form) -> &'static str {
    match form {
        Form::Receipt => include_str!("../templates/01.typ"),
        Form::Supplement => include_str!("../templates/02.typ"),
        Form::Refusal => include_str!("../templates/03.typ"),
    }
}

/// The template's name and text. In the folder `02-1.004194.typ` is for one procedure only and goes
/// before `02.typ`, which is for all.
pub(crate) fn of(
    letter: &Letter,
    folder: Option<&Path>,
) -> Result<(String, String), TemplateError> {
    let form = letter.form.number();
    let names = [format!("{form}-{}.typ", letter.procedure_code), format!("{form}.typ")];
    for name in &names {
        if let Some(text) = read(folder, name)? {
            return Ok((name.clone(), text));
        }
    }
    let [_, general] = names;
    Ok((general, built_in(letter.form).to_owned()))
}

/// The template of a report of figures.
pub(crate) fn figures(folder: Option<&Path>) -> Result<(String, String), TemplateError> {
    let name = "figures.typ";
    let built_in = || include_str!("../templates/figures.typ").to_owned();
    Ok((name.to_owned(), read(folder, name)?.unwrap_or_else(built_in)))
}

/// A text file of the folder; none if there is no such file.
fn read(folder: Option<&Path>, name: &str) -> Result<Option<String>, TemplateError> {
    let Some(path) = folder.map(|folder| folder.join(name)) else { return Ok(None) };
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(TemplateError { path, source }),
    }
}
