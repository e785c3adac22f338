use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use jiff::civil::Date;
use motcua_kiosk::{Cell, FigureTable, Figures, Office, WorkbookError};

use crate::{
    clock::today,
    error::{ApiError, ErrorView},
    extract::Params,
    routes::records::{StatisticsParams, counted},
    signed_in::Supervisor,
    state::AppState,
    views::{CountView, StatisticsView},
};

/// A report of figures on paper or as a workbook
#[utoipa::path(
    get, path = "/api/v1/counter/reports/{file}", tag = "counter",
    params(
        ("file" = String, Path, description = "`figures.pdf` or `figures.xlsx`"),
        StatisticsParams,
    ),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 403, body = ErrorView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn get_report_file(
    State(state): State<AppState>,
    Supervisor(_): Supervisor,
    Path(file): Path<String>,
    Params(params): Params<StatisticsParams>,
) -> Result<impl IntoResponse, ApiError> {
    let (is_pdf, kind) = match file.as_str() {
        "figures.pdf" => (true, "application/pdf"),
        "figures.xlsx" => {
            (false, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
        _ => return Err(ApiError::not_found(&format!("báo cáo {file}"))),
    };
    let counts = counted(&state, params).await?;
    let of_unit = counts.unit.as_deref().map(|unit| format!("-{}", in_file_name(unit)));
    let name = format!("thong-ke-{}-{}{}", counts.from, counts.to, of_unit.unwrap_or_default());
    let kiosk = state.kiosk();
    let figures = figures(counts, kiosk.settings().office.clone());
    let making = tokio::task::spawn_blocking(move || {
        if is_pdf {
            kiosk.figures(&figures).map_err(ApiError::from)
        } else {
            figures.workbook().map_err(ApiError::from)
        }
    });
    let bytes = making.await.map_err(|error| ApiError::internal(&error.to_string()))??;
    let ending = if is_pdf { "pdf" } else { "xlsx" };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes))
}

/// Words as a file may be called by them anywhere: small letters without marks.
fn in_file_name(words: &str) -> String {
    let folded = motcua_kiosk::fold(words);
    let parts: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

impl From<WorkbookError> for ApiError {
    fn from(error: WorkbookError) -> Self {
        Self::internal(&error.to_string())
    }
}

fn figures(counts: StatisticsView, office: Office) -> Figures {
    let StatisticsView { from, to, unit, questions, dossiers, decisions, feedback, .. } = counts;
    let of_unit = unit.map(|unit| format!(", {unit}")).unwrap_or_default();
    let right = dossiers
        .first_time_right
        .map(|share| vec![words("Đủ ngay lần đầu"), words(&format!("{:.0}%", share * 100.0))]);
    let totals = [
        ("Câu hỏi", questions.total),
        ("Câu hỏi chưa có câu trả lời", questions.unanswered),
        ("Hồ sơ đối chiếu", dossiers.screened),
        ("Phát hiện cán bộ đồng ý", decisions.accepted),
        ("Phát hiện cán bộ bác", decisions.rejected),
        ("Người dùng thấy có ích", feedback.helpful),
        ("Người dùng thấy chưa ích", feedback.unhelpful),
        ("Phút tiết kiệm (ước tính)", counts.time_saved.minutes),
    ];
    let totals = totals.map(|(name, count)| vec![words(name), Cell::Count(count)]);
    let days = counts.days.iter().map(|day| {
        vec![words(&written(&day.day)), Cell::Count(day.questions), Cell::Count(day.dossiers)]
    });
    let named = |list: &[CountView], name_of: fn(&str) -> &str| {
        list.iter().map(|one| vec![words(name_of(&one.name)), Cell::Count(one.count)]).collect()
    };
    let asked = questions
        .most_asked
        .iter()
        .map(|one| vec![words(&one.name), words(&one.code), Cell::Count(one.count)]);
    let missing = dossiers
        .most_missing
        .iter()
        .map(|one| vec![words(&one.name), words(&one.code), Cell::Count(one.count)]);
    let units = counts.units.iter().map(|one| {
        let name = if one.unit.is_empty() { "(chưa đặt tên)" } else { &one.unit };
        let right = share(one.first_time_right);
        vec![words(name), Cell::Count(one.questions), Cell::Count(one.dossiers), right]
    });
    let fields = counts.fields.iter().map(|one| {
        let name = if one.field.is_empty() { "(không còn trong kho)" } else { &one.field };
        let right = share(one.first_time_right);
        vec![words(name), Cell::Count(one.questions), Cell::Count(one.dossiers), right]
    });
    Figures {
        title: "Thống kê một cửa".to_owned(),
        period: format!("Từ ngày {} đến ngày {}{of_unit}", written(&from), written(&to)),
        until: to.parse().unwrap_or_else(|_| today()),
        office,
        tables: vec![
            table("Tổng hợp", &["Chỉ tiêu", "Số lượng"], totals.into_iter().chain(right).collect()),
            table("Người hỏi", &["Ai", "Số câu"], named(&questions.by_audience, audience)),
            table(
                "Kết quả các lần đối chiếu",
                &["Kết quả", "Số lần đối chiếu"],
                named(&dossiers.by_verdict, verdict),
            ),
            table("Hỏi nhiều nhất", &["Thủ tục", "Mã", "Số câu"], asked.collect()),
            table("Thiếu nhiều nhất", &["Giấy tờ", "Mã thủ tục", "Số lần"], missing.collect()),
            table("Theo lĩnh vực", &FIELD_HEADS, fields.collect()),
            table("Xếp theo đơn vị", &UNIT_HEADS, units.collect()),
            table("Theo ngày", &["Ngày", "Câu hỏi", "Hồ sơ"], days.collect()),
        ],
        remarks: vec![
            format!("Thời gian tiết kiệm, {}.", counts.time_saved.method),
            "Số liệu do máy đếm, không kèm tên người dân nào.".to_owned(),
        ],
    }
}

const UNIT_HEADS: [&str; 4] = ["Đơn vị", "Câu hỏi", "Hồ sơ", "Đủ lần đầu"];
const FIELD_HEADS: [&str; 4] = ["Lĩnh vực", "Câu hỏi", "Hồ sơ", "Đủ lần đầu"];

fn share(share: Option<f64>) -> Cell {
    let share = share.map(|share| format!("{:.0}%", share * 100.0));
    words(share.as_deref().unwrap_or("–"))
}

fn table(title: &str, heads: &[&str], rows: Vec<Vec<Cell>>) -> FigureTable {
    let heads = heads.iter().map(|&head| head.to_owned()).collect();
    FigureTable { title: title.to_owned(), heads, rows }
}

fn words(text: &str) -> Cell {
    Cell::Words(text.to_owned())
}

/// A day as people write it.
fn written(day: &str) -> String {
    let parsed: Option<Date> = day.parse().ok();
    parsed.map_or_else(|| day.to_owned(), |day| day.strftime("%d/%m/%Y").to_string())
}

fn audience(word: &str) -> &str {
    match word {
        "citizen" => "Người dân",
        "official" => "Cán bộ",
        other => other,
    }
}

fn verdict(word: &str) -> &str {
    match word {
        "complete" => "Đủ",
        "incomplete" => "Thiếu",
        "needs_human" => "Cần cán bộ xem",
        other => other,
    }
}
