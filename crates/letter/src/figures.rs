//! A report of figures (*báo cáo thống kê*) on paper and as a workbook, from the same tables.

use jiff::civil::Date;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde::Serialize;

use crate::Office;

/// A report for the head of a centre: tables of counts, nobody's name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// What it is called.
    pub title: String,
    /// Which days, in words.
    pub period: String,
    /// The last of these days, by which the paper is dated.
    pub until: Date,
    /// The office it is of.
    pub office: Office,
    /// Its tables, in order.
    pub tables: Vec<FigureTable>,
    /// How figures were reckoned that are not plain counts.
    pub remarks: Vec<String>,
}

/// One table; the first column is words, the others are numbers or words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureTable {
    /// What it tells; a sheet of a workbook has at most 31 characters of it.
    pub title: String,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Its rows, each as long as the heads.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Words.
    Words(String),
    /// A count.
    Count(u64),
}

/// A workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("không lập được bảng tính: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// Sheet names may not be longer, and may not hold these.
const LONGEST_NAME: usize = 31;
const FORBIDDEN: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// Wide enough for names of procedures, in characters.
const WIDTHS: [f64; 2] = [60.0, 18.0];

impl Figures {
    /// As a workbook of Office Open XML, a sheet for each table. Words are words: nothing that came
    /// from elsewhere is read as a formula.
    ///
    /// # Errors
    /// When two tables have the same name, or a text is longer than a cell may be.
    pub fn workbook(&self) -> Result<Vec<u8>, WorkbookError> {
        let mut workbook = Workbook::new();
        let (title, head) = (Format::new().set_bold().set_font_size(14), Format::new().set_bold());
        for table in &self.tables {
            let sheet = workbook.add_worksheet();
            let name = table.title.replace(FORBIDDEN, " ");
            sheet.set_name(name.chars().take(LONGEST_NAME).collect::<String>())?;
            sheet.write_string_with_format(0, 0, &table.title, &title)?;
            sheet.write_string(1, 0, format!("{} · {}", self.title, self.period))?;
            for (column, words) in (0..).zip(&table.heads) {
                sheet.write_string_with_format(3, column, words, &head)?;
                sheet.set_column_width(column, WIDTHS[usize::from(column > 0)])?;
            }
            for (row, cells) in (4..).zip(&table.rows) {
                for (column, cell) in (0..).zip(cells) {
                    match cell {
                        Cell::Words(words) => sheet.write_string(row, column, words)?,
                        Cell::Count(count) => sheet.write_number(row, column, *count as f64)?,
                    };
                }
            }
        }
        Ok(workbook.save_to_buffer()?)
    }
}
