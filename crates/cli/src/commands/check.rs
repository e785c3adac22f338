use anyhow::{Result, anyhow};
use motcua_domain::{ComponentState, Verdict};
use motcua_generate::Engine;
use motcua_http::views::DossierReportView;
use motcua_kiosk::{Check, Checked, Upload, UploadBytes};

use crate::{
    arguments::CheckArguments,
    output::{Ended, print_json},
    progress::count_bar,
    settings::Resolved,
};

pub(crate) fn run(resolved: Resolved, arguments: CheckArguments) -> Result<Ended> {
    let mut uploads = Vec::with_capacity(arguments.files.len());
    for path in arguments.files {
        // A wrong path is the caller's slip, not a paper that cannot be read.
        if !path.is_file() {
            return Err(anyhow!("không có tệp `{}`", path.display()));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        uploads.push(Upload { name: name.unwrap_or_default(), bytes: UploadBytes::File(path) });
    }
    let kiosk = super::open(resolved, Engine::absent())?;
    let check = Check {
        procedure: arguments.procedure,
        answers: arguments.answers,
        facts: arguments.facts,
        received_on: arguments.received_on.unwrap_or_else(motcua_http::today),
        documents: Vec::new(),
        unread: Vec::new(),
    };
    let bar = count_bar(uploads.len(), "Đọc hồ sơ");
    let checked = kiosk.check_uploads(check, &uploads, &mut || bar.inc(1));
    bar.finish_and_clear();
    let checked = checked.map_err(|error| anyhow!("{error}"))?;
    if arguments.json {
        print_json(&DossierReportView::from(&checked))?;
    } else {
        print_report(&checked);
    }
    let complete = checked.report.verdict == Verdict::Complete;
    Ok(if complete { Ended::Fine } else { Ended::WithFindings })
}

fn print_report(checked: &Checked) {
    let report = &checked.report;
    let verdict = match report.verdict {
        Verdict::Complete => "ĐỦ: mọi giấy tờ cần có đều đã nộp",
        Verdict::Incomplete => "CHƯA ĐỦ: cần bổ sung",
        Verdict::NeedsHuman => "CẦN CÁN BỘ XEM: có chỗ máy không đọc được hoặc chưa đủ thông tin",
    };
    println!("{verdict}\n");
    let asked_for = |state| state != ComponentState::NotApplicable;
    for component in report.components.iter().filter(|component| asked_for(component.state)) {
        let files: Vec<&str> = component.files.iter().map(|file| file.name.as_str()).collect();
        let files =
            if files.is_empty() { String::new() } else { format!(" [{}]", files.join(", ")) };
        println!("{:<16} {}{files}", state_word(component.state), component.name);
    }
    for finding in &report.findings {
        println!("\n! {}\n  → {}", finding.message, finding.fix);
    }
    for open in &report.questions {
        let values: Vec<String> = open
            .question
            .answers
            .iter()
            .map(|answer| format!("{}={} ({})", open.question.key, answer.value, answer.label))
            .collect();
        println!("\n? {}\n  --answer {}", open.question.ask, values.join(" | "));
    }
    for words in &report.unmatched_facts {
        println!("\nKhông khớp câu hỏi nào: {words}");
    }
}

fn state_word(state: ComponentState) -> &'static str {
    match state {
        ComponentState::Provided => "có",
        ComponentState::Missing => "THIẾU",
        ComponentState::NotApplicable => "không cần",
        ComponentState::ReplacedByData => "đã có dữ liệu",
        ComponentState::PresentOnly => "chỉ xuất trình",
        ComponentState::Unreadable => "KHÔNG ĐỌC ĐƯỢC",
        ComponentState::Pending => "CHƯA RÕ",
    }
}
