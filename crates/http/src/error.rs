use std::{fmt::Write as _, time::Duration};

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use motcua_domain::ProcedureCode;
use motcua_kiosk::{AskError, CheckError, IntakeError, records::AddOfficialError};
use serde::Serialize;
use utoipa::ToSchema;

/// Every error, as it leaves.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorView {
    /// What went wrong.
    pub error: ErrorBody,
}

/// What went wrong and what to do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorBody {
    /// Stable code for programs.
    pub code: String,
    /// One Vietnamese sentence.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Identifier to quote; the log has the detail under it.
    pub incident: String,
}

/// An error with its status.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    hint: String,
    /// After how long it is worth trying again.
    after: Option<Duration>,
}

impl ApiError {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { status, code, message: message.into(), hint: hint.into(), after: None }
    }

    /// The same, with the time after which it is worth trying again.
    pub(crate) fn after(self, wait: Duration) -> Self {
        Self { after: Some(wait), ..self }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        let hint = "Kiểm tra lại mã hoặc địa chỉ.";
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("Không có {what}."), hint)
    }

    /// A procedure that is known and not taken in at this centre.
    pub(crate) fn hidden(code: &ProcedureCode) -> Self {
        let message = format!("Trung tâm này không tiếp nhận thủ tục {code}.");
        let hint = "Mời ông/bà hỏi cán bộ tại quầy để được chỉ nơi nộp.";
        Self::new(StatusCode::NOT_FOUND, "procedure_hidden", message, hint)
    }

    pub(crate) fn internal(detail: &str) -> Self {
        tracing::error!(detail, "internal error");
        let hint = "Thử lại; nếu vẫn lỗi, báo quản trị kèm mã sự cố.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Hệ thống gặp lỗi.", hint)
    }

    pub(crate) fn view(self) -> (StatusCode, ErrorView) {
        let incident = random_id(4).unwrap_or_default();
        if self.status.is_server_error() {
            tracing::error!(incident, code = self.code, "request failed");
        }
        let code = self.code.to_owned();
        let body = ErrorBody { code, message: self.message, hint: self.hint, incident };
        (self.status, ErrorView { error: body })
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let after = self.after;
        let (status, view) = self.view();
        let mut response = (status, Json(view)).into_response();
        if let Some(wait) = after {
            let seconds = HeaderValue::from(wait.as_secs().saturating_add(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

impl From<AskError> for ApiError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Question(reason) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_question",
                sentence(&reason.to_string()),
                "Hỏi ngắn gọn bằng một hoặc hai câu.",
            ),
            AskError::UnknownProcedure(code) => Self::not_found(&format!("thủ tục {code}")),
            AskError::HiddenProcedure(code) => Self::hidden(&code),
        }
    }
}

impl From<AddOfficialError> for ApiError {
    fn from(error: AddOfficialError) -> Self {
        let (status, code, hint) = match &error {
            AddOfficialError::Store(reason) => return Self::internal(&reason.to_string()),
            AddOfficialError::Exists(_) => {
                (StatusCode::CONFLICT, "official_exists", "Chọn tên đăng nhập khác.")
            }
            AddOfficialError::Unknown(_) => {
                (StatusCode::NOT_FOUND, "not_found", "Kiểm tra lại tên đăng nhập.")
            }
            AddOfficialError::LastAdmin => {
                (StatusCode::CONFLICT, "last_admin", "Thêm một quản trị viên khác trước.")
            }
            AddOfficialError::BadLogin => {
                (StatusCode::UNPROCESSABLE_ENTITY, "bad_login", "Ví dụ: lan.nguyen")
            }
            AddOfficialError::BadPassword => {
                (StatusCode::UNPROCESSABLE_ENTITY, "bad_password", "Dùng một câu dễ nhớ.")
            }
        };
        Self::new(status, code, sentence(&error.to_string()), hint)
    }
}

impl From<CheckError> for ApiError {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::UnknownProcedure(code) => Self::not_found(&format!("thủ tục {code}")),
            CheckError::UnknownAnswer(reason) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "unknown_answer",
                sentence(&reason.to_string()),
                "Dùng đúng khóa và giá trị trong danh sách câu hỏi của thủ tục.",
            ),
            CheckError::NoComponents(_) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "no_components",
                sentence(&error.to_string()),
                "Chọn thủ tục khác hoặc gặp cán bộ tại quầy.",
            ),
        }
    }
}

impl From<IntakeError> for ApiError {
    fn from(error: IntakeError) -> Self {
        let code = error.code();
        let status = match code {
            "file_too_large" | "too_many_pages" | "archive_too_large" | "picture_too_large" => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            "unsupported_type" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "busy" => StatusCode::TOO_MANY_REQUESTS,
            "tool_missing" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, code, error.vietnamese(), error.hint())
    }
}

/// Capital at the start, full stop at the end.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}

/// Random bytes in hexadecimal; nobody can guess the next one. None where the system has none.
pub(crate) fn random_id(bytes: usize) -> Option<String> {
    let mut buffer = vec![0; bytes];
    getrandom::fill(&mut buffer).ok()?;
    let id = buffer.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    Some(id)
}

/// A dossier has no report yet.
pub(crate) fn not_checked() -> ApiError {
    let message = "Hồ sơ chưa được kiểm tra.";
    let hint = "Gọi POST …/check trước.";
    ApiError::new(StatusCode::NOT_FOUND, "not_checked", message, hint)
}
