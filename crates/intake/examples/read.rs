//! Prints what is read from files: `cargo run -p motcua-intake --example read -- FILE…`
//! The worker must have been built: `cargo build -p motcua-intake`.
#![expect(clippy::print_stdout, reason = "it is what a command line example is for")]

use std::{env, path::Path, time::Instant};

use motcua_intake::{Limits, Reader};

fn main() {
    let worker = env::current_exe()
        .ok()
        .and_then(|path| Some(path.parent()?.parent()?.join("motcua-intake-worker")));
    let Some(worker) = worker else { return };
    let reader = Reader::new(worker, Limits::default());
    for argument in env::args().skip(1) {
        let started = Instant::now();
        let read = reader.read_path(Path::new(&argument));
        println!("== {argument} in {:.1} s", started.elapsed().as_secs_f32());
        match read {
            Ok(documents) => documents.iter().for_each(print),
            Err(error) => println!("{}: {} | {error}", error.code(), error.vietnamese()),
        }
    }
}

fn print(document: &motcua_domain::Document) {
    let full = env::var_os("FULL").is_some();
    for page in &document.pages {
        let sum: f32 = page.lines.iter().map(|line| line.confidence).sum();
        let mean = sum / page.lines.len().max(1) as f32;
        let text = page.text().replace('\n', if full { "\n    " } else { " / " });
        let start: String = text.chars().take(if full { usize::MAX } else { 100 }).collect();
        println!(
            "{} {:?} p{} {:?} {:?} mean {mean:.2} lines {} | {start}",
            document.name,
            document.kind,
            page.number,
            page.reading,
            page.legibility,
            page.lines.len()
        );
    }
}
