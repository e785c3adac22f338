use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use liblzma::read::XzDecoder;
use motcua_corpus::{
    CompiledRow, Corpus, Record, RowKind, check_source, compile_rows,
    evaluation::{copy_type_word, necessity_word},
    portal_files, procedure_from_record, record_from_portal, write_procedure, written_rows,
};
use motcua_domain::{Necessity, Procedure, ProcedureCode, Requirement, Review};
use motcua_kiosk::wording;
use serde::Serialize;

use crate::{
    arguments::CorpusCommand,
    output::{Ended, print_json_line},
    progress::count_bar,
    settings::Resolved,
};

pub(crate) fn run(resolved: &Resolved, command: CorpusCommand) -> Result<Ended> {
    match command {
        CorpusCommand::Check { path } => {
            check(path.as_deref().map_or_else(|| resolved.corpus.own().map(PathBuf::as_path), Ok)?)
        }
        CorpusCommand::Import { source, out, procedure } => {
            import(&source, &out, procedure.as_ref())
        }
        CorpusCommand::Compile { procedure, out, json } => {
            compile(resolved, procedure.as_ref(), out.as_deref(), json)
        }
    }
}

fn check(path: &Path) -> Result<Ended> {
    let (report, problems) = check_source(path)?;
    for problem in &problems {
        println!("{problem}");
    }
    for place in &report.unreadable {
        println!("{place}: không đọc được bản ghi có mã thủ tục hợp lệ");
    }
    let (files, records) = (report.files, report.records + report.names_only);
    if files + records == 0 {
        println!("`{}` không có thủ tục nào: cần tệp .toml hoặc bản xuất của cổng", path.display());
    }
    let wrong = problems.len() + report.unreadable.len();
    let named = report.catalogued;
    println!("{files} tệp, {records} bản ghi, {named} tên trong danh mục, {wrong} lỗi");
    Ok(if wrong == 0 && files + records > 0 { Ended::Fine } else { Ended::WithFindings })
}

fn import(source: &Path, out: &Path, only: Option<&ProcedureCode>) -> Result<Ended> {
    let records = records(source)?;
    let bar = count_bar(records.len(), "Nhập");
    let (mut written, mut kept, mut refused) = (0, 0, 0);
    for record in records {
        bar.inc(1);
        let Some(procedure) = procedure_from_record(&record) else {
            refused += 1;
            continue;
        };
        if only.is_some_and(|only| *only != procedure.code) {
            continue;
        }
        match write_draft(out, &procedure)? {
            (_, true) => written += 1,
            (_, false) => kept += 1,
        }
    }
    bar.finish_and_clear();
    println!(
        "{written} tệp mới, {kept} tệp đã có được giữ nguyên, {refused} bản ghi không có mã hợp lệ"
    );
    Ok(Ended::Fine)
}

/// The file of a draft, and whether it is new: one that is there is kept as it is.
fn write_draft(out: &Path, procedure: &Procedure) -> Result<(PathBuf, bool)> {
    let folder = out.join(folder_name(&procedure.field));
    let file = folder.join(format!("{}.toml", procedure.code));
    if file.exists() {
        return Ok((file, false));
    }
    // Written aside and renamed: a killed import leaves no half file that is kept for ever.
    let aside = file.with_extension("partial");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&aside, write_procedure(procedure)))
        .and_then(|()| fs::rename(&aside, &file))
        .with_context(|| format!("không ghi được `{}`", file.display()))?;
    Ok((file, true))
}

fn folder_name(field: &str) -> String {
    let folded: String = motcua_text::fold(field)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let words: Vec<&str> = folded.split('-').filter(|word| !word.is_empty()).take(8).collect();
    if words.is_empty() { "khac".to_owned() } else { words.join("-") }
}

/// The records of one source, whatever its kind.
pub(crate) fn records(source: &Path) -> Result<Vec<Record>> {
    let open =
        || fs::File::open(source).with_context(|| format!("không đọc được `{}`", source.display()));
    let name = source.to_string_lossy();
    if source.is_dir() {
        let all = portal_files(source)?.into_iter().map(|file| records(&file));
        return Ok(all.collect::<Result<Vec<_>>>()?.concat());
    }
    if !source.is_file() {
        bail!("không có tệp `{}`", source.display());
    }
    if name.ends_with(".jsonl.xz") {
        lines(XzDecoder::new_multi_decoder(open()?), source)
    } else if name.ends_with(".jsonl") {
        lines(open()?, source)
    } else if name.ends_with(".json") {
        let text = fs::read_to_string(source)
            .with_context(|| format!("không đọc được `{}`", source.display()))?;
        let record = record_from_portal(&text);
        Ok(vec![
            record
                .with_context(|| format!("`{}` không phải bản ghi của cổng", source.display()))?,
        ])
    } else {
        bail!("`{}` không phải .json, .jsonl hay .jsonl.xz", source.display());
    }
}

fn lines(reader: impl Read, source: &Path) -> Result<Vec<Record>> {
    let (mut records, mut bad) = (Vec::new(), 0);
    for (at, line) in BufReader::new(reader).lines().enumerate() {
        let line = line.with_context(|| format!("không đọc được `{}`", source.display()))?;
        if line.trim().is_empty() || line.contains("\"has_detail\"") {
            continue;
        }
        let line = line.trim_start_matches('\u{feff}');
        match serde_json::from_str(line) {
            Ok(record) => records.push(record),
            // One bad line costs nobody the others.
            Err(error) => {
                eprintln!("Bỏ qua `{}` dòng {}: {error}", source.display(), at + 1);
                bad += 1;
            }
        }
    }
    if records.is_empty() && bad > 0 {
        bail!("`{}` không có bản ghi nào đọc được", source.display());
    }
    Ok(records)
}

/// A compiled row as the interfaces name its fields.
#[derive(Serialize)]
struct RowView<'a> {
    code: &'a str,
    row: usize,
    kind: &'a str,
    necessity: &'a str,
    condition: Option<&'a str>,
    alternatives: usize,
    copy_type: &'a str,
    replaced_by_data: bool,
    validity: Option<&'a str>,
    form: Option<&'a str>,
    review: &'a str,
}

fn compile(
    resolved: &Resolved,
    only: Option<&ProcedureCode>,
    out: Option<&Path>,
    json: bool,
) -> Result<Ended> {
    let named = resolved.corpus.named.as_slice();
    let sources =
        if named.is_empty() { std::slice::from_ref(resolved.corpus.own()?) } else { named };
    let is_wanted = |code: &str| only.is_none_or(|only| only.as_str() == code);
    let mut printed = 0;
    let mut show = |code: &str, review: &str, rows: &[CompiledRow], of: Option<&Procedure>| {
        printed += rows.len();
        if json {
            return rows.iter().try_for_each(|row| print_json_line(&view(code, review, row)));
        }
        if let Some(procedure) = of {
            print_side_by_side(procedure, rows);
        }
        Ok(())
    };
    for source in sources {
        let records = records(source)?;
        if source.is_dir() {
            // What a person wrote, by its requirements.
            let recorded: BTreeSet<&str> = records.iter().map(|one| one.code.trim()).collect();
            let corpus = Corpus::load(std::slice::from_ref(source), motcua_http::today())?;
            let by_hand = |one: &&Procedure| !recorded.contains(one.code.as_str());
            let wanted = corpus.procedures.iter().filter(by_hand);
            for procedure in wanted.filter(|one| is_wanted(one.code.as_str())) {
                let (code, review) = (procedure.code.as_str(), procedure.review.state());
                show(code, review, &written_rows(procedure), Some(procedure))?;
                if out.is_some() && !json {
                    println!("Thủ tục {code} đã có tệp trong kho: không lập bản nháp.");
                }
            }
        }
        for record in records.iter().filter(|one| is_wanted(one.code.trim())) {
            let procedure = (!json).then(|| procedure_from_record(record)).flatten();
            let rows = compile_rows(record);
            show(record.code.trim(), Review::Draft.state(), &rows, procedure.as_ref())?;
            if let (Some(out), Some(procedure)) = (out, &procedure) {
                let (file, new) = write_draft(out, procedure)?;
                let said =
                    if new { "Đã ghi bản nháp" } else { "Đã có sẵn, giữ nguyên" };
                println!("{said}: {}", file.display());
            }
        }
    }
    if printed == 0 {
        bail!("không có dòng thành phần hồ sơ nào trong các nguồn đã nêu");
    }
    Ok(Ended::Fine)
}

fn view<'a>(code: &'a str, review: &'a str, row: &'a CompiledRow) -> RowView<'a> {
    RowView {
        code,
        row: row.row,
        kind: row.kind.as_str(),
        necessity: necessity_word(row.necessity),
        condition: row.condition.as_deref(),
        alternatives: row.alternatives,
        copy_type: copy_type_word(row.copy_type),
        replaced_by_data: row.replaced_by_data,
        validity: row.validity.as_deref(),
        form: row.form.as_deref(),
        review,
    }
}

/// Columns of text on each side.
const SIDE: usize = 58;

/// Each row as the record words it, and beside it what was read out of it.
fn print_side_by_side(procedure: &Procedure, compiled: &[CompiledRow]) {
    println!("{} — {}", procedure.code, procedure.name);
    for row in compiled {
        let left = format!("{}. {}", row.row, row.text);
        let kind = format!("{}{}", kind_vietnamese(row.kind), necessity_vietnamese(row.necessity));
        let covers = |requirement: &&Requirement| requirement.rows.contains(&row.row);
        let read: Vec<String> = procedure
            .requirements
            .iter()
            .filter(covers)
            .map(|requirement| match requirement.rows.first() {
                Some(first) if *first != row.row => format!("như dòng {first}"),
                _ => wording::requirement_text(requirement, procedure),
            })
            .collect();
        let right = format!("[{kind}] {}", read.join("\n"));
        println!("{}", "─".repeat(2 * SIDE + 3));
        print_columns(&left, right.trim_end());
    }
    for question in &procedure.questions {
        let answers: Vec<&str> = question.answers.iter().map(|a| a.label.as_str()).collect();
        println!("Hỏi: {} ({})", question.ask, answers.join(" / "));
    }
    println!();
}

fn kind_vietnamese(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Paper => "giấy tờ nộp",
        RowKind::Present => "giấy tờ xuất trình",
        RowKind::Note => "ghi chú",
        RowKind::Glued => "nhiều giấy tờ",
    }
}

fn necessity_vietnamese(necessity: Option<Necessity>) -> &'static str {
    match necessity {
        None => "",
        Some(Necessity::Always) => " · luôn cần",
        Some(Necessity::Conditional) => " · tùy trường hợp",
        Some(Necessity::Optional) => " · nếu có",
        Some(Necessity::Pending) => " · máy chưa đọc được khi nào cần",
    }
}

fn print_columns(left: &str, right: &str) {
    let (left, right) = (textwrap::wrap(left, SIDE), textwrap::wrap(right, SIDE));
    for at in 0..left.len().max(right.len()) {
        let side = |lines: &[std::borrow::Cow<'_, str>]| {
            lines.get(at).map(ToString::to_string).unwrap_or_default()
        };
        println!("{:SIDE$} │ {}", side(&left), side(&right));
    }
}
