//! How well the pictures of a set are read: characters wrong, pages told to be illegible, time.

use std::{fs, path::Path, time::Instant};

use anyhow::{Context as _, Result};
use motcua_domain::{Legibility, Page};
use motcua_intake::{Limits, Reader};
use serde::Deserialize;

#[derive(Deserialize)]
struct Label {
    files: Vec<LabelledFile>,
}

#[derive(Deserialize)]
struct LabelledFile {
    name: String,
    truth: Vec<String>,
}

#[derive(Default)]
struct Sums {
    pages: usize,
    wrong: usize,
    letters: usize,
    illegible: usize,
    poor: usize,
    spoiled: usize,
    spoiled_passed: usize,
    seconds: f64,
}

/// Reads every picture below `folder` and prints the figures.
pub(crate) fn measure(folder: &Path) -> Result<()> {
    let reader = Reader::new(std::env::current_exe()?, Limits::default());
    let mut sums = Sums::default();
    let mut folders: Vec<_> = fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for dossier in folders {
        let label: Label = serde_json::from_str(
            &fs::read_to_string(dossier.join("dossier.json")).context("dossier.json")?,
        )?;
        for file in label.files.iter().filter(|file| !file.truth.is_empty()) {
            let path = dossier.join(&file.name);
            let started = Instant::now();
            let documents = reader.read_path(&path).with_context(|| path.display().to_string())?;
            sums.seconds += started.elapsed().as_secs_f64();
            let pages = documents.iter().flat_map(|document| &document.pages);
            for (page, truth) in pages.zip(&file.truth) {
                let said = sums.add(page, truth);
                println!("{} p{}: {said}", path.display(), page.number);
            }
        }
    }
    let readable = sums.pages - sums.spoiled;
    println!(
        "pages {}, of them spoiled {} (not told so: {})\nreadable pages: character error rate {:.4}, called illegible {}, read with doubt {}\nseconds a page {:.2}",
        sums.pages,
        sums.spoiled,
        sums.spoiled_passed,
        sums.wrong as f64 / sums.letters.max(1) as f64,
        sums.illegible,
        sums.poor,
        sums.seconds / sums.pages.max(1) as f64,
    );
    println!("of {readable} readable pages");
    Ok(())
}

impl Sums {
    fn add(&mut self, page: &Page, truth: &str) -> String {
        self.pages += 1;
        let unread = page.legibility <= Legibility::Illegible;
        if truth.is_empty() {
            self.spoiled += 1;
            self.spoiled_passed += usize::from(!unread);
            return format!("spoiled, {:?}", page.legibility);
        }
        self.illegible += usize::from(unread);
        self.poor += usize::from(page.legibility == Legibility::Poor);
        let read = plain(&page.text());
        let (mut wrong, mut letters) = (0, 0);
        for line in truth.lines().map(plain).filter(|line| !line.is_empty()) {
            wrong += nearest(&line, &read).min(line.len());
            letters += line.len();
        }
        self.wrong += wrong;
        self.letters += letters;
        format!("{:?} cer {:.3}", page.legibility, wrong as f64 / letters.max(1) as f64)
    }
}

/// Letters and digits alone, spaces between words kept: rows of dots are no text.
fn plain(text: &str) -> Vec<char> {
    let words = motcua_text::normalize(text);
    let words: Vec<String> = words
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect())
        .collect();
    words
        .into_iter()
        .filter(|word: &String| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .collect()
}

/// The fewest changes that make the line out of some stretch of the text (Sellers, 1980): lines may have been
/// read in another order.
fn nearest(line: &[char], text: &[char]) -> usize {
    let mut row: Vec<usize> = vec![0; text.len() + 1];
    for (at, wanted) in line.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, found) in text.iter().enumerate() {
            let change = diagonal + usize::from(wanted != found);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.into_iter().min().unwrap_or(line.len())
}
