//! Several pages of one file, read at once.

use std::{
    fs,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use motcua_domain::Page;

use crate::{IntakeError, work::Work};

/// No more at once, whatever the machine: each keeps its picture, and Tesseract's memory beside it, within the
/// child's bounds.
const MOST: usize = 2;

/// Reads pages, up to two at once where the machine has the processors, each with a folder of its own for its
/// pictures. The pages come in their order; the first error is the answer.
pub(crate) fn in_parallel<T: Sync>(
    sheets: &[T],
    work: &Work,
    read: impl Fn(&T, &Work) -> Result<Page, IntakeError> + Sync,
) -> Result<Vec<Page>, IntakeError> {
    let threads = MOST.min(work.limits.at_once).min(sheets.len());
    if threads < 2 {
        return sheets.iter().map(|sheet| read(sheet, work)).collect();
    }
    let next = AtomicUsize::new(0);
    let parts = thread::scope(|scope| {
        let readers: Vec<_> = (0..threads)
            .map(|reader| {
                let (next, read) = (&next, &read);
                scope.spawn(move || {
                    let folder = work.folder.join(format!("reader-{reader}"));
                    fs::create_dir_all(&folder).map_err(|error| IntakeError::failed(&error))?;
                    let work = work.beside(folder);
                    let mut pages = Vec::new();
                    while let Some(sheet) = sheets.get(next.fetch_add(1, Ordering::Relaxed)) {
                        pages.push(read(sheet, &work)?);
                    }
                    Ok(pages)
                })
            })
            .collect();
        readers
            .into_iter()
            .map(|reader| reader.join().unwrap_or_else(|_| Err(IntakeError::failed(&"a page"))))
            .collect::<Vec<Result<Vec<Page>, IntakeError>>>()
    });
    let mut pages = Vec::with_capacity(sheets.len());
    for part in parts {
        pages.extend(part?);
    }
    pages.sort_by_key(|page: &Page| page.number);
    Ok(pages)
}
