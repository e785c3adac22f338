use std::fmt::Write as _;

use axum::{
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::IntoResponse,
};
use motcua_kiosk::{Applicant, Form, LetterError, Note, TypesetError, case_of};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    dossiers::lock,
    error::{ApiError, ErrorView, not_checked},
    extract::Params,
    opened::Opened,
    routes::counter::cases,
    state::AppState,
};

/// What the official adds to a letter.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LetterParams {
    /// The official's own reason. Needed for a receipt of a dossier that is not complete, for a request
    /// to supplement or a refusal of one in which nothing was found, and for letters 02 and 03 of a case
    /// of which findings are still undecided; else a refusal states what was found.
    reason: Option<String>,
    /// The letter's number in the register.
    number: Option<String>,
    /// Who handed in.
    applicant: Option<String>,
    /// Where they live.
    address: Option<String>,
    /// Their telephone.
    phone: Option<String>,
    /// Their electronic mail.
    email: Option<String>,
}

/// The longest reason on a letter, in characters.
const LONGEST_REASON: usize = 1_000;
/// The longest of everything else.
const LONGEST: usize = 200;

/// What is left empty is a dotted line, as if it had not been given. Lines of a reason stay lines.
fn given(text: Option<String>, most: usize) -> Result<Option<String>, ApiError> {
    let printed = |text: String| {
        let text = text.replace("\r\n", "\n").replace('\t', " ");
        text.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>()
    };
    let text = text.map(|text| printed(text).trim().to_owned()).filter(|text| !text.is_empty());
    if text.as_ref().is_some_and(|text| text.chars().count() > most) {
        let hint = format!("Viết không quá {most} ký tự.");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(ApiError::new(status, "text_too_long", "Lời viết dài quá.", hint));
    }
    Ok(text)
}

impl TryFrom<LetterParams> for Note {
    type Error = ApiError;

    fn try_from(params: LetterParams) -> Result<Self, ApiError> {
        let LetterParams { reason, number, applicant, address, phone, email } = params;
        let applicant = Applicant {
            name: given(applicant, LONGEST)?,
            address: given(address, LONGEST)?,
            phone: given(phone, LONGEST)?,
            email: given(email, LONGEST)?,
        };
        let (number, reason) = (given(number, LONGEST)?, given(reason, LONGEST_REASON)?);
        Ok(Self { applicant, number, reason, ..Self::default() })
    }
}

/// Print a letter
///
/// 01 receipt, 02 request to supplement, 03 refusal, from the last check. A person signs it.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{id}/letters/{form}", tag = "dossiers",
    params(
        ("id" = String, Path, description = "Dossier identifier"),
        ("form" = String, Path, description = "`01.pdf`, `02.pdf` or `03.pdf`"),
        LetterParams,
    ),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/pdf"),
        (status = 404, body = ErrorView),
        (status = 409, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn get_letter(
    State(state): State<AppState>,
    opened: Opened,
    Path((_, form)): Path<(String, String)>,
    Params(params): Params<LetterParams>,
) -> Result<impl IntoResponse, ApiError> {
    let unknown = || ApiError::not_found(&format!("phiếu {form}"));
    let form: Form =
        form.strip_suffix(".pdf").and_then(|number| number.parse().ok()).ok_or_else(unknown)?;
    let ((checked, decided), case, undecided) = {
        let dossier = lock(&opened.dossier);
        let checked = dossier.checked.clone().zip(dossier.decided()).ok_or_else(not_checked)?;
        (checked, dossier.case.clone(), dossier.undecided())
    };
    // The case is the report as the machine made it, whatever was decided since.
    let code = case.as_ref().map_or_else(|| case_of(&checked.report), |case| case.code.clone());
    let mut note = Note { case: Some(code), ..params.try_into()? };
    let mut decided = decided;
    if form == Form::Receipt && opened.login().is_empty() {
        // Only an official takes in what is not complete: a visitor's own reasons and decisions make no receipt.
        decided = checked.report.clone();
        note.reason = None;
    }
    if case.is_some() && form != Form::Receipt && note.reason.is_none() && undecided > 0 {
        return Err(findings_undecided(form, undecided));
    }
    let kiosk = state.kiosk();
    let advice = kiosk.advice(form, &decided, &note);
    let setting = tokio::task::spawn_blocking(move || kiosk.letter(form, &decided, &note));
    let pdf = setting.await.map_err(|error| ApiError::internal(&error.to_string()))??;
    if let Some(case) = case {
        cases::note(&state, &opened.login(), "letter_printed", &case.code, &form.to_string())
            .await?;
    }
    let name = format!("inline; filename=\"phieu-{form}.pdf\"");
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (ADVICE, advice.as_deref().map(escaped).unwrap_or_default()),
    ];
    Ok((StatusCode::OK, headers, pdf))
}

/// What a centre asks of people, or refuses them, is what its official found, not the machine. A dossier
/// of nobody's case has no official: its letters are drafts.
fn findings_undecided(form: Form, undecided: usize) -> ApiError {
    let message = format!("Còn {undecided} phát hiện chưa quyết nên chưa lập được phiếu {form}.");
    let hint = "Đồng ý hoặc bác từng phát hiện; nếu vẫn lập ngay, ghi rõ lý do.";
    ApiError::new(StatusCode::CONFLICT, "letter_not_supported", message, hint)
}

/// What an official should think of before signing: UTF-8, escaped as in an address; empty where there is nothing. The
/// command line says the same but for papers beyond the published list, which it does not look for.
const ADVICE: HeaderName = HeaderName::from_static("x-motcua-advice");

/// A header holds ASCII only.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() {
            escaped.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

impl From<LetterError> for ApiError {
    fn from(error: LetterError) -> Self {
        match error {
            LetterError::Compose(reason) => {
                let message = crate::error::sentence(&reason.to_string());
                Self::new(StatusCode::CONFLICT, "letter_not_supported", message, reason.hint())
            }
            LetterError::Typeset(reason @ TypesetError::NoGlyph { .. }) => {
                let message = crate::error::sentence(&reason.to_string());
                let hint = "Viết bằng chữ cái La-tinh, như tên trong hộ chiếu.";
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "no_such_letter", message, hint)
            }
            LetterError::Typeset(reason) => Self::internal(&reason.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_official_writes_is_kept_by_its_lines() {
        let reason = |text: &str| given(Some(text.to_owned()), LONGEST_REASON).ok().flatten();
        assert_eq!(reason("Thiếu:\r\n- tờ\tkhai\u{1b}\n").as_deref(), Some("Thiếu:\n- tờ khai"));
        assert_eq!(reason(" \n"), None);
        assert!(given(Some("a".repeat(LONGEST + 1)), LONGEST).is_err());
    }
}
