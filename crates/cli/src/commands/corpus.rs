use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use anyhow::{Context, Result, bail};
use liblzma::read::XzDecoder;
use motcua_corpus::{
    CompiledRow, Record, check_folder, compile_rows,
    evaluation::{copy_type_word, necessity_word},
    procedure_from_record, record_from_portal, write_procedure,
};
use motcua_domain::ProcedureCode;
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
            check(&path.unwrap_or_else(|| resolved.corpus.own.clone()))
        }
        CorpusCommand::Import { source, out, procedure } => {
            import(&source, &out, procedure.as_ref())
        }
        CorpusCommand::Compile { procedure, json } => compile(resolved, procedure.as_ref(), json),
    }
}

fn check(path: &Path) -> Result<Ended> {
    let (files, problems) = check_folder(path)?;
    for problem in &problems {
        println!("{problem}");
    }
    println!("{files} tệp, {} lỗi", problems.len());
    Ok(if problems.is_empty() { Ended::Fine } else { Ended::WithFindings })
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
        let folder = out.join(folder_name(&procedure.field));
        let file = folder.join(format!("{}.toml", procedure.code));
        if file.exists() {
            kept += 1;
            continue;
        }
        // Written aside and renamed: a killed import leaves no half file that is kept for ever.
        let aside = file.with_extension("partial");
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&aside, write_procedure(&procedure)))
            .and_then(|()| fs::rename(&aside, &file))
            .with_context(|| format!("không ghi được `{}`", file.display()))?;
        written += 1;
    }
    bar.finish_and_clear();
    println!(
        "{written} tệp mới, {kept} tệp đã có được giữ nguyên, {refused} bản ghi không có mã hợp lệ"
    );
    Ok(Ended::Fine)
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
    let mut records = Vec::new();
    for (at, line) in BufReader::new(reader).lines().enumerate() {
        let line = line.with_context(|| format!("không đọc được `{}`", source.display()))?;
        if line.trim().is_empty() || line.contains("\"has_detail\"") {
            continue;
        }
        let place = || format!("`{}` dòng {}", source.display(), at + 1);
        records.push(serde_json::from_str(&line).with_context(place)?);
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

fn compile(resolved: &Resolved, only: Option<&ProcedureCode>, json: bool) -> Result<Ended> {
    if resolved.corpus.named.is_empty() {
        bail!("nêu nguồn bản ghi bằng --corpus TỆP (.json, .jsonl, .jsonl.xz)");
    }
    let mut printed = 0;
    for source in resolved.corpus.named.iter().filter(|source| source.is_file()) {
        for record in records(source)? {
            let code = record.code.trim();
            if only.is_some_and(|only| only.as_str() != code) {
                continue;
            }
            for row in compile_rows(&record) {
                printed += 1;
                if json {
                    print_json_line(&view(code, &row))?;
                } else {
                    print_row(code, &row);
                }
            }
        }
    }
    if printed == 0 {
        bail!("không có dòng thành phần hồ sơ nào trong các nguồn đã nêu");
    }
    Ok(Ended::Fine)
}

fn view<'a>(code: &'a str, row: &'a CompiledRow) -> RowView<'a> {
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
        review: "draft",
    }
}

fn print_row(code: &str, row: &CompiledRow) {
    println!("{code} #{}  {} · {}", row.row, row.kind.as_str(), necessity_word(row.necessity));
    println!("    {}", row.text);
    if let Some(condition) = &row.condition {
        println!("    điều kiện: {condition}");
    }
}
