use std::time::Instant;

use anyhow::Result;
use motcua_generate::Engine;

use crate::{output::Ended, settings::Resolved};

pub(crate) fn build(resolved: Resolved) -> Result<Ended> {
    let started = Instant::now();
    let kiosk = super::open_with_vectors(resolved, Engine::absent())?;
    let health = kiosk.health();
    let report = kiosk.load_report();
    println!("{} thủ tục, khóa nội dung {}", health.procedures, health.corpus_key);
    println!(
        "{} tệp của dự án, {} bản ghi nhập, {} chỉ có tên, {} bản bị bản tốt hơn thay",
        report.files, report.records, report.names_only, report.superseded
    );
    println!(
        "{} dòng thành phần, {} dòng chưa rõ trường hợp, {} bản ghi nghi ngờ, {} không có thời hạn, {} không có phí",
        report.rows, report.rows_pending, report.suspect, report.without_time, report.without_fee
    );
    if report.other_versions > 0 {
        println!("{} bản của ngày khác, dùng cho hồ sơ nhận ngày ấy", report.other_versions);
    }
    for place in &report.unreadable {
        println!("Mã không hợp lệ: {place}");
    }
    println!("Xong trong {:.2} s", started.elapsed().as_secs_f64());
    Ok(Ended::Fine)
}
