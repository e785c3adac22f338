use anyhow::{Result, anyhow};
use jiff::civil::Date;
use motcua_domain::{Period, ProcedureCode};
use motcua_generate::Engine;
use motcua_http::views::{ProcedureView, candidates_view};
use motcua_kiosk::{Browse, wording};

use crate::{
    output::{Ended, print_json},
    settings::Resolved,
};

pub(crate) fn search(resolved: Resolved, text: &str, json: bool, limit: usize) -> Result<Ended> {
    let kiosk = super::open_for_one(resolved, Engine::absent())?;
    let found = kiosk.search(text, motcua_http::today(), &Browse::default(), limit);
    if json {
        let candidates = candidates_view(&found.candidates);
        print_json(&serde_json::json!({ "query": text, "candidates": candidates }))?;
    } else if found.candidates.is_empty() {
        println!("Không tìm thấy thủ tục nào. Thử tên việc cần làm, ví dụ: đăng ký khai sinh.");
    } else {
        for candidate in &found.candidates {
            println!("{:.2}  {}  {}", candidate.score, candidate.code, candidate.name);
        }
    }
    Ok(Ended::Fine)
}

pub(crate) fn procedure(
    resolved: Resolved,
    code: &ProcedureCode,
    on: Option<Date>,
    json: bool,
) -> Result<Ended> {
    let kiosk = super::open(resolved, Engine::absent())?;
    let found = match on {
        Some(day) => kiosk.procedure_on(code, day),
        None => kiosk.procedure(code),
    };
    let procedure = found.ok_or_else(|| {
        anyhow!("không có thủ tục {code}; thêm nguồn bằng --corpus hoặc tìm bằng `motcua search`")
    })?;
    if json {
        print_json(&ProcedureView::new(procedure, kiosk.version_of(procedure)))?;
        return Ok(Ended::Fine);
    }
    println!("{} — {}", procedure.name, procedure.code);
    println!("Lĩnh vực: {}. Dữ liệu: {}.", procedure.field, wording::data_text(procedure));
    let Period { from, to } = procedure.effective;
    let day = |day: Date| day.strftime("%d/%m/%Y").to_string();
    if let Some(from) = from {
        println!("Có hiệu lực từ ngày {}.", day(from));
    }
    if let Some(to) = to {
        println!("Hết hiệu lực sau ngày {}.", day(to));
    }
    for time in &procedure.times {
        println!("{}", wording::time_text(time));
    }
    for fee in &procedure.fees {
        println!("{}", wording::fee_text(fee));
    }
    for place in &procedure.places {
        println!("{}", wording::place_text(place));
    }
    if procedure.places.is_empty() && !procedure.agencies.is_empty() {
        println!("{}", wording::agencies_text(procedure));
    }
    for requirement in &procedure.requirements {
        println!("• {}", wording::requirement_text(requirement, procedure));
    }
    for (number, step) in (1..).zip(&procedure.steps) {
        println!("{number}. {}", step.text);
    }
    for source in &procedure.sources {
        println!("Nguồn: {}", source.document);
    }
    Ok(Ended::Fine)
}
