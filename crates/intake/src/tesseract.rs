//! Tesseract, and the words it reads.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    time::Duration,
};

use image::GrayImage;

use crate::{IntakeError, area::Area, tool::Tool};

const TESSERACT: Tool = Tool {
    name: "tesseract",
    package: "tesseract-ocr",
    time: Duration::from_secs(40),
    most: 16 << 20,
};

/// Block, paragraph and line.
pub(crate) type Place = [u32; 3];

/// A word as Tesseract reads it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word {
    pub(crate) place: Place,
    /// 0 to 1.
    pub(crate) confidence: f32,
    pub(crate) text: String,
    pub(crate) area: Area,
    pub(crate) reading: NumberReading,
}

/// How a word that is a number was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum NumberReading {
    /// It is none.
    #[default]
    NoNumber,
    /// Once, or twice and differently.
    Once,
    /// Twice and alike.
    Confirmed,
}

impl Word {
    /// Columns: level page block par line word left top width height conf text.
    pub(crate) fn parse(row: &str) -> Option<Self> {
        let mut columns = row.splitn(12, '\t');
        let level = columns.next()?;
        let _page = columns.next()?;
        let mut number = || columns.next()?.parse::<u32>().ok();
        let place = [number()?, number()?, number()?];
        let _word = number()?;
        let area = Area { left: number()?, top: number()?, width: number()?, height: number()? };
        let confidence = columns.next()?.parse::<f32>().ok().filter(|c| c.is_finite())?;
        // Under a tone mark a "t" looks like a dagger; no paper at a counter bears one.
        let text = without_dots(columns.next()?.trim()).replace('†', "t");
        let is_word = level == "5" && confidence >= 0.0 && !text.is_empty();
        let confidence = (confidence / 100.0).min(1.0);
        let reading = NumberReading::default();
        is_word.then_some(Self { place, confidence, text, area, reading })
    }
}

/// What is left of a row of dots clings to the word before it.
fn without_dots(text: &str) -> &str {
    if text.ends_with("...") { text.trim_end_matches('.') } else { text }
}

/// What Tesseract reads with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// A page of any layout.
    Vietnamese,
    /// A column of numbers.
    English,
}

/// The words on a picture; none when Tesseract cannot finish it.
pub(crate) fn read_words(
    page: &GrayImage,
    language: Language,
    folder: &Path,
) -> Result<Vec<Word>, IntakeError> {
    let path = folder.join("page.pgm");
    write_pgm(page, &path).map_err(|error| IntakeError::failed(&error))?;
    let path = path.to_string_lossy();
    let (data, layout) = match language {
        Language::Vietnamese => ("vie", "3"),
        // As scattered words: taken for lines of one text, the shape of each number is bent to
        // that of its neighbours.
        Language::English => ("eng", "11"),
    };
    let said =
        TESSERACT.run(&[&*path, "stdout", "-l", data, "--psm", layout, "--dpi", "200", "tsv"]);
    match said {
        Ok(said) if said.status.success() => {
            let table = String::from_utf8_lossy(&said.output).into_owned();
            Ok(table.lines().filter_map(Word::parse).collect())
        }
        Ok(said) if language == Language::Vietnamese && said.errors.contains("traineddata") => {
            Err(IntakeError::ToolMissing {
                tool: "tesseract (vie)".to_owned(),
                package: "tesseract-ocr-vie".to_owned(),
            })
        }
        // A page that Tesseract cannot finish is a page that cannot be read; the others can.
        Ok(_) | Err(IntakeError::TimedOut { .. } | IntakeError::TooLarge { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn write_pgm(page: &GrayImage, path: &Path) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    write!(file, "P5\n{} {}\n255\n", page.width(), page.height())?;
    file.write_all(page.as_raw())?;
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dagger_is_a_letter() {
        let word = Word::parse("5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\tViệ†").expect("a word");
        assert_eq!(word.text, "Việt");
    }
}
