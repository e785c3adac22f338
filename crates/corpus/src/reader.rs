//! Reads a TOML table key by key and collects every problem with its line, so that an editor sees
//! all mistakes of a file at once. (Deriving a deserialiser would stop at the first.)

use std::{
    cell::RefCell,
    ops::Range,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::Problem;

/// Problems of one file, in the order found.
pub(crate) struct Problems {
    file: PathBuf,
    line_starts: Vec<usize>,
    found: RefCell<Vec<Problem>>,
}

impl Problems {
    pub(crate) fn new(file: &Path, text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        Self { file: file.to_owned(), line_starts, found: RefCell::default() }
    }

    pub(crate) fn push(&self, span: &Range<usize>, message: impl Into<String>) {
        let line = self.line_starts.partition_point(|start| *start <= span.start);
        let problem = Problem { file: self.file.clone(), line, message: message.into() };
        self.found.borrow_mut().push(problem);
    }

    pub(crate) fn into_inner(self) -> Vec<Problem> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|problem| problem.line);
        found
    }
}

/// One table being read. Keys nobody asked for are reported by [`TableReader::finish`].
pub(crate) struct TableReader<'a> {
    table: &'a DeTable<'a>,
    span: Range<usize>,
    problems: &'a Problems,
    /// Keys that were asked for. A file's tables are small, so a list is enough.
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> TableReader<'a> {
    pub(crate) fn new(table: &'a DeTable<'a>, span: Range<usize>, problems: &'a Problems) -> Self {
        Self { table, span, problems, asked: RefCell::default() }
    }

    pub(crate) fn problem(&self, message: impl Into<String>) {
        self.problems.push(&self.span, message);
    }

    pub(crate) fn problem_at(&self, key: &str, message: impl Into<String>) {
        let span = self.table.get(key).map_or(self.span.clone(), Spanned::span);
        self.problems.push(&span, message);
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    fn wrong_type(&self, key: &str, expected: &str, value: &Spanned<DeValue<'_>>) {
        let found = value.get_ref().type_str();
        self.problems
            .push(&value.span(), format!("`{key}` phải là {expected}, không phải {found}"));
    }

    fn missing<T>(&self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.table.contains_key(key) {
            self.problem(format!("thiếu `{key}`"));
        }
        value
    }

    pub(crate) fn is_string(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.get_ref().is_str())
    }

    pub(crate) fn optional_string(&self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some(motcua_text::normalize(text)),
            Some(_) => {
                self.problem_at(key, format!("`{key}` để trống"));
                None
            }
            None => {
                self.wrong_type(key, "chuỗi", value);
                None
            }
        }
    }

    /// A required string; a problem and an empty string where it is missing.
    pub(crate) fn string(&self, key: &'static str) -> String {
        self.missing(key, self.optional_string(key)).unwrap_or_default()
    }

    pub(crate) fn integer(&self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        let parsed = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        if parsed.is_none() {
            self.wrong_type(key, "số nguyên", value);
        }
        parsed
    }

    pub(crate) fn count(&self, key: &'static str) -> Option<usize> {
        let number = self.integer(key)?;
        let count = usize::try_from(number).ok();
        if count.is_none() {
            self.problem_at(key, format!("`{key}` không được âm"));
        }
        count
    }

    /// A number, whole or with a fraction.
    pub(crate) fn number(&self, key: &'static str) -> Option<f64> {
        let value = self.value(key)?;
        let parsed = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if parsed.is_none() {
            self.wrong_type(key, "số", value);
        }
        parsed
    }

    pub(crate) fn boolean(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        let parsed = value.get_ref().as_bool();
        if parsed.is_none() {
            self.wrong_type(key, "true hoặc false", value);
        }
        parsed.unwrap_or(false)
    }

    pub(crate) fn date(&self, key: &'static str) -> Option<Date> {
        let value = self.value(key)?;
        let parsed = value.get_ref().as_datetime().and_then(|stamp| stamp.to_string().parse().ok());
        if parsed.is_none() {
            self.wrong_type(key, "ngày dạng 2026-11-24", value);
        }
        parsed
    }

    /// A list of strings; empty where the key is missing.
    pub(crate) fn strings(&self, key: &'static str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        self.strings_of(key, value)
    }

    fn strings_of(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, "danh sách chuỗi", value);
            return Vec::new();
        };
        let mut strings = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => strings.push(motcua_text::normalize(text)),
                None => self.wrong_type(key, "danh sách chuỗi", item),
            }
        }
        strings
    }

    /// A list of row numbers.
    pub(crate) fn rows(&self, key: &'static str) -> Vec<usize> {
        if self.value(key).is_none() {
            self.problem(format!("thiếu `{key}`"));
        }
        self.optional_rows(key)
    }

    /// A list of row numbers that may be left out.
    pub(crate) fn optional_rows(&self, key: &'static str) -> Vec<usize> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, "danh sách số dòng", value);
            return Vec::new();
        };
        let mut rows = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref().as_integer().and_then(|number| number.as_str().parse().ok()) {
                Some(row) => rows.push(row),
                None => self.wrong_type(key, "danh sách số dòng", item),
            }
        }
        rows
    }

    /// A list of `[value, label]` pairs.
    pub(crate) fn pairs(&self, key: &'static str) -> Vec<(String, String)> {
        if self.value(key).is_none() {
            self.problem(format!("thiếu `{key}`"));
        }
        self.optional_pairs(key)
    }

    pub(crate) fn optional_pairs(&self, key: &'static str) -> Vec<(String, String)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, "danh sách cặp [giá trị, nhãn]", value);
            return Vec::new();
        };
        let mut pairs = Vec::with_capacity(items.len());
        for item in items {
            match <[String; 2]>::try_from(self.strings_of(key, item)) {
                Ok([value, label]) => pairs.push((value, label)),
                Err(_) => self.problems.push(&item.span(), "mỗi câu trả lời là [giá trị, nhãn]"),
            }
        }
        pairs
    }

    pub(crate) fn table(&self, key: &'static str) -> Option<TableReader<'a>> {
        let value = self.value(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(key, "bảng", value);
        }
        table.map(|table| TableReader::new(table, value.span(), self.problems))
    }

    /// What a list of tables says, each read whole.
    pub(crate) fn all<T>(&self, key: &'static str, read_one: fn(&TableReader<'_>) -> T) -> Vec<T> {
        let read = |item: TableReader<'_>| {
            let value = read_one(&item);
            item.finish();
            value
        };
        self.tables(key).into_iter().map(read).collect()
    }

    /// A list of tables; empty where the key is missing.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<TableReader<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, "danh sách bảng", value);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => tables.push(TableReader::new(table, item.span(), self.problems)),
                None => self.wrong_type(key, "danh sách bảng", item),
            }
        }
        tables
    }

    /// Every key with the strings it holds: `{ key = "a", other = ["b", "c"] }`.
    pub(crate) fn terms(&self) -> Vec<(String, Vec<String>)> {
        let mut terms = Vec::with_capacity(self.table.len());
        for (key, value) in self.table {
            let key = key.get_ref().to_string();
            let values = match value.get_ref().as_str() {
                Some(text) => vec![text.to_owned()],
                None => self.strings_of(&key, value),
            };
            terms.push((key, values));
        }
        terms
    }

    /// One of a closed set of words.
    pub(crate) fn word<T: Copy>(&self, key: &'static str, known: &[(&str, T)]) -> Option<T> {
        let text = self.optional_string(key)?;
        let found = known.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            self.problem_at(key, not_one_of(key, &text, known));
        }
        found
    }

    /// Several of a closed set of words.
    pub(crate) fn words<T: Copy>(&self, key: &'static str, known: &[(&str, T)]) -> Vec<T> {
        let mut values = Vec::new();
        for text in self.strings(key) {
            match known.iter().find(|(word, _)| *word == text) {
                Some((_, value)) => values.push(*value),
                None => self.problem_at(key, not_one_of(key, &text, known)),
            }
        }
        values
    }

    /// Reports the keys that nothing asked for.
    pub(crate) fn finish(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table {
            if !asked.iter().any(|known| *known == key.get_ref().as_ref()) {
                self.problems.push(&key.span(), format!("không có khóa `{}` ở đây", key.get_ref()));
            }
        }
    }
}

fn not_one_of<T>(key: &str, text: &str, known: &[(&str, T)]) -> String {
    let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    format!("`{key}` không nhận `{text}`, chỉ nhận: {}", words.join(", "))
}
