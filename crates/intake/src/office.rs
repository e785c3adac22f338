//! Papers of office programs other than DOCX: workbooks, and Word files of before 2007.

use std::{fs, io::Cursor, time::Duration};

use calamine::{Data, Reader as _, Xlsx};
use motcua_domain::{Legibility, Page};

use crate::{
    IntakeError, archive,
    text::{self, MAX_TEXT_BYTES},
    tool::Tool,
    work::Work,
};

const ANTIWORD: Tool = Tool {
    name: "antiword",
    package: "antiword",
    time: Duration::from_secs(15),
    most: MAX_TEXT_BYTES as u64,
};

/// The sheets of a workbook, one page each: a row is a line, and empty cells are left out.
pub(crate) fn read_workbook(bytes: &[u8], work: &mut Work) -> Result<Vec<Page>, IntakeError> {
    // Refuses what says itself that it unpacks to too much; what lies about it meets the child's limits.
    archive::open(bytes, &work.limits)?;
    let mut workbook =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| IntakeError::damaged(&error))?;
    let mut texts = Vec::new();
    let mut left = MAX_TEXT_BYTES;
    for name in workbook.sheet_names() {
        let sheet = workbook.worksheet_range(&name).map_err(|e| IntakeError::damaged(&e))?;
        let mut text = String::new();
        for row in sheet.rows() {
            let cells: Vec<String> = row.iter().filter_map(words_of).collect();
            if !cells.is_empty() {
                text.push_str(&cells.join(" "));
                text.push('\n');
            }
            if text.len() > left {
                return Err(IntakeError::TooMuchText { most: work.limits.max_chars });
            }
        }
        left = left.saturating_sub(text.len());
        if !text.is_empty() {
            texts.push(text);
        }
    }
    if texts.is_empty() {
        return Err(IntakeError::Empty);
    }
    text::pages(&texts, work)
}

/// A cell as a reader sees it: a day is written as days are, not as the number that stands for it.
fn words_of(cell: &Data) -> Option<String> {
    let text = match cell {
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{day:02}/{month:02}/{year}")
        }
        other => other.to_string(),
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A Word file of before 2007. What else is in the same container (Excel, a locked file) is refused.
pub(crate) fn read_old_word(bytes: &[u8], work: &mut Work) -> Result<Vec<Page>, IntakeError> {
    let path = work.folder.join("upload.doc");
    fs::write(&path, bytes).map_err(|error| IntakeError::failed(&error))?;
    // Lines as long as paragraphs: a name that is broken in two is not found.
    let said = ANTIWORD.run(&["-m", "UTF-8.txt", "-w", "0", &path.to_string_lossy()]);
    let said = said.map_err(|error| text::told_by_a_tool(error, &work.limits))?;
    if !said.status.success() {
        return Err(IntakeError::unsupported("tệp Word, Excel đời cũ, hỏng hoặc có mật khẩu"));
    }
    let text = String::from_utf8_lossy(&said.output).replace('|', " ");
    let mut pages = text::pages_of(&text, work)?;
    // What has no words may hold pictures of papers, which are not read here: a person must look.
    if pages.iter().all(|page| page.lines.is_empty()) {
        for page in &mut pages {
            page.legibility = Legibility::Illegible;
        }
    }
    Ok(pages)
}
