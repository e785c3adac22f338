//! Vectors of names and of everything people say: computed once for each text, kept in a file, and looked through
//! from end to end. Every search reads all of them, so they are held in memory and not mapped. A
//! structure that skips most would pay from some hundred thousand on.

use std::{
    collections::HashMap,
    fmt::Write as _,
    fs, io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process,
};

use motcua_domain::Procedure;
use sha2::{Digest, Sha256};

use crate::{
    families::FAMILIES,
    foreign::TOPICS,
    store::{remove_oldest, write_whole},
};

const MAGIC: &[u8; 16] = b"motcua-vectors 1";
const EXTENSION: &str = "vectors";
/// Texts computed between two looks at the clock of a person who waits.
const BATCH: usize = 64;
/// So many texts are lost at most when the process is killed.
const SAVED_EVERY: usize = 2048;
type Hash = [u8; 16];

/// Computes vectors of length 1 for texts that will be looked through, one for each, all of one size.
pub type EmbedTexts<'a> = dyn FnMut(&[&str]) -> Result<Vec<Vec<f32>>, String> + 'a;

/// Vectors could not be had.
#[derive(Debug, thiserror::Error)]
pub enum BuildVectorsError {
    /// The embedder failed.
    #[error("{0}")]
    Embed(String),
    /// The caller did not want to wait.
    #[error("chưa tính đủ véc-tơ")]
    Stopped,
    /// The folder cannot be written or read back.
    #[error("không ghi được véc-tơ tại `{}`: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The vectors of a list of procedures, of families and of what is not ours.
pub struct Vectors {
    table: Table,
    rows: Vec<Text>,
}

/// Whose text a row is, by place in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    Name(usize),
    Saying(usize),
    Family(usize),
    Foreign,
}

/// How near a question is to a procedure: cosines, -1 where there is no such text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    pub(crate) name: f32,
    pub(crate) saying: f32,
}

/// How near a question is to everything; all is empty and -1 where there are no vectors.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Nearness {
    pub(crate) procedures: Vec<Near>,
    pub(crate) families: Vec<f32>,
    pub(crate) foreign: f32,
}

impl Nearness {
    /// Of a question without a vector.
    pub(crate) const NONE: Self =
        Self { procedures: Vec::new(), families: Vec::new(), foreign: NOWHERE };
}

/// The cosine of what is not there.
const NOWHERE: f32 = -1.0;

impl Vectors {
    /// Vectors of every name and saying, those of families and foreign topics too, from files under `root` where they are there, else from
    /// `embed`, which the name `model` stands for. Killed and called again, it goes on. `progress` is
    /// told how many of how many are there, once before anything is computed, and may break off.
    ///
    /// # Errors
    /// When the embedder fails, the folder cannot be written, or the caller breaks off.
    pub fn build(
        root: &Path,
        procedures: &[Procedure],
        model: &str,
        embed: &mut EmbedTexts<'_>,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Self, BuildVectorsError> {
        let texts = Texts::of(procedures);
        let path = root.join(format!("{}.{EXTENSION}", texts.key(model)));
        if let Some(table) = Table::open(&path).filter(|table| table.holds(&texts.hashes)) {
            return Ok(Self { table, rows: texts.rows });
        }
        fs::create_dir_all(root).map_err(write_error(root))?;
        let mut known = Known::read(root, model);
        let missing: Vec<usize> =
            (0..texts.all.len()).filter(|at| !known.holds(&texts.hashes[*at])).collect();
        let part = root.join(format!("{model}-part-{}.{EXTENSION}", process::id()));
        let (done, all) = (texts.all.len() - missing.len(), texts.all.len());
        if progress(done, all).is_break() {
            return Err(BuildVectorsError::Stopped);
        }
        for (step, batch) in missing.chunks(BATCH).enumerate() {
            let wanted: Vec<&str> = batch.iter().map(|at| texts.all[*at]).collect();
            let found = embed(&wanted).map_err(BuildVectorsError::Embed)?;
            for (at, vector) in batch.iter().zip(found) {
                known.insert(texts.hashes[*at], &vector);
            }
            let flow = progress(done + step * BATCH + batch.len(), all);
            if (step + 1) % (SAVED_EVERY / BATCH) == 0 || flow.is_break() {
                known.write_new(&part)?;
            }
            if flow.is_break() {
                return Err(BuildVectorsError::Stopped);
            }
        }
        write_table(&path, &known, &texts.hashes)?;
        let _ = fs::remove_file(&part);
        remove_oldest(root, EXTENSION, &path);
        let lost = || io::Error::from(io::ErrorKind::InvalidData);
        let table = Table::open(&path).filter(|table| table.holds(&texts.hashes));
        let table = table.ok_or_else(|| write_error(&path)(lost()))?;
        Ok(Self { table, rows: texts.rows })
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How near a question's vector is to each of `count` procedures, each family, and the rest.
    pub(crate) fn near(&self, question: &[f32], count: usize) -> Nearness {
        if question.len() != self.table.dimensions {
            return Nearness::NONE;
        }
        let mut near = Nearness {
            procedures: vec![Near { name: NOWHERE, saying: NOWHERE }; count],
            families: vec![NOWHERE; FAMILIES.len()],
            foreign: NOWHERE,
        };
        let (question, unit) = quantise(question);
        for (row, text) in self.rows.iter().enumerate() {
            let best = match *text {
                Text::Name(at) => near.procedures.get_mut(at).map(|near| &mut near.name),
                Text::Saying(at) => near.procedures.get_mut(at).map(|near| &mut near.saying),
                Text::Family(at) => near.families.get_mut(at),
                Text::Foreign => Some(&mut near.foreign),
            };
            let Some(best) = best else { continue };
            let (numbers, scale) = self.table.row(row);
            *best = best.max(dot(&question, numbers) * unit * scale);
        }
        near
    }
}

#[expect(clippy::cast_possible_wrap, reason = "the bytes are signed numbers as they were written")]
fn dot(question: &[i8], row: &[u8]) -> f32 {
    let products = question.iter().zip(row).map(|(a, b)| i32::from(*a) * i32::from(*b as i8));
    products.sum::<i32>() as f32
}

/// Numbers from -127 to 127 and what one of them is worth.
#[expect(clippy::cast_possible_truncation, reason = "the scale keeps them within range")]
fn quantise(vector: &[f32]) -> (Vec<i8>, f32) {
    let most = vector.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
    let unit = most / 127.0;
    (vector.iter().map(|x| (x / unit).round() as i8).collect(), unit)
}

/// Every text that gets a vector, in a stable order.
struct Texts<'a> {
    all: Vec<&'a str>,
    hashes: Vec<Hash>,
    rows: Vec<Text>,
}

impl<'a> Texts<'a> {
    fn of(procedures: &'a [Procedure]) -> Self {
        let mut found = Self { all: Vec::new(), hashes: Vec::new(), rows: Vec::new() };
        for (at, procedure) in procedures.iter().enumerate() {
            found.push(&procedure.name, Text::Name(at));
            for saying in &procedure.everyday {
                found.push(saying, Text::Saying(at));
            }
        }
        for (at, family) in FAMILIES.iter().enumerate() {
            for saying in &family.say {
                found.push(saying, Text::Family(at));
            }
        }
        for saying in TOPICS.iter().flat_map(|topic| &topic.say) {
            found.push(saying, Text::Foreign);
        }
        found
    }

    fn push(&mut self, text: &'a str, whose: Text) {
        let digest = Sha256::digest(text.as_bytes());
        let mut hash = [0; size_of::<Hash>()];
        hash.copy_from_slice(&digest[..size_of::<Hash>()]);
        self.all.push(text);
        self.hashes.push(hash);
        self.rows.push(whose);
    }

    fn key(&self, model: &str) -> String {
        let mut hasher = Sha256::new();
        self.hashes.iter().for_each(|hash| hasher.update(hash));
        let digest = hasher.finalize();
        let mut key = format!("{model}-");
        for byte in digest.iter().take(12) {
            // Writing to a string cannot fail.
            let _ = write!(key, "{byte:02x}");
        }
        key
    }
}

/// A file: hashes of texts, then their vectors, each led by what one step of it is worth.
struct Table {
    bytes: Vec<u8>,
    count: usize,
    dimensions: usize,
}

const HEAD: usize = MAGIC.len() + 8;
const SCALE: usize = 4;

impl Table {
    fn open(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let head = bytes.get(..HEAD)?.strip_prefix(MAGIC.as_slice())?;
        let number = |at: usize| {
            let bytes = head.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_le_bytes(bytes)).ok()
        };
        let (count, dimensions) = (number(0)?, number(4)?);
        let row = size_of::<Hash>().checked_add(SCALE)?.checked_add(dimensions)?;
        let is_whole = bytes.len() == HEAD.checked_add(count.checked_mul(row)?)?;
        is_whole.then_some(Self { bytes, count, dimensions })
    }

    fn hashes(&self) -> impl Iterator<Item = Hash> {
        let (hashes, _) = self.bytes[HEAD..HEAD + self.count * size_of::<Hash>()].as_chunks();
        hashes.iter().copied()
    }

    fn holds(&self, hashes: &[Hash]) -> bool {
        self.count == hashes.len() && self.hashes().eq(hashes.iter().copied())
    }

    /// The numbers of a row and what one of them is worth.
    fn row(&self, at: usize) -> (&[u8], f32) {
        let row = self.record(at);
        let mut scale = [0; SCALE];
        scale.copy_from_slice(&row[..SCALE]);
        (&row[SCALE..], f32::from_le_bytes(scale))
    }

    fn record(&self, at: usize) -> &[u8] {
        let length = SCALE + self.dimensions;
        let start = HEAD + self.count * size_of::<Hash>() + at * length;
        &self.bytes[start..start + length]
    }
}

/// Vectors that need not be computed again.
struct Known {
    tables: Vec<Table>,
    places: HashMap<Hash, (usize, usize)>,
    new: HashMap<Hash, Vec<u8>>,
}

impl Known {
    fn read(root: &Path, model: &str) -> Self {
        let tables: Vec<Table> = vector_files(root)
            .filter(|path| {
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(model))
            })
            .filter_map(|path| Table::open(&path))
            .collect();
        let mut places = HashMap::new();
        for (which, table) in tables.iter().enumerate() {
            for (row, hash) in table.hashes().enumerate() {
                places.insert(hash, (which, row));
            }
        }
        Self { tables, places, new: HashMap::new() }
    }

    fn holds(&self, hash: &Hash) -> bool {
        self.places.contains_key(hash) || self.new.contains_key(hash)
    }

    fn get(&self, hash: &Hash) -> Option<&[u8]> {
        let old = || self.places.get(hash).map(|(table, row)| self.tables[*table].record(*row));
        self.new.get(hash).map(Vec::as_slice).or_else(old)
    }

    #[expect(clippy::cast_sign_loss, reason = "the bytes are signed numbers")]
    fn insert(&mut self, hash: Hash, vector: &[f32]) {
        let (numbers, scale) = quantise(vector);
        let numbers = numbers.iter().map(|number| *number as u8);
        self.new.insert(hash, scale.to_le_bytes().into_iter().chain(numbers).collect());
    }

    fn write_new(&self, path: &Path) -> Result<(), BuildVectorsError> {
        let hashes: Vec<Hash> = self.new.keys().copied().collect();
        write_table(path, self, &hashes)
    }
}

fn write_table(path: &Path, known: &Known, hashes: &[Hash]) -> Result<(), BuildVectorsError> {
    let records: Option<Vec<&[u8]>> = hashes.iter().map(|hash| known.get(hash)).collect();
    let records = records.unwrap_or_default();
    let dimensions = records.first().map_or(0, |record| record.len() - SCALE);
    let whole = records.len() == hashes.len()
        && records.iter().all(|record| record.len() == SCALE + dimensions);
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    if !whole {
        return Err(BuildVectorsError::Embed("mô hình nhúng cho véc-tơ không đều".to_owned()));
    }
    let written = write_whole(path, |file| {
        file.write_all(MAGIC)?;
        file.write_all(&number(records.len()))?;
        file.write_all(&number(dimensions))?;
        hashes.iter().try_for_each(|hash| file.write_all(hash))?;
        records.iter().try_for_each(|record| file.write_all(record))
    });
    written.map_err(write_error(path))
}

fn write_error(path: &Path) -> impl FnOnce(io::Error) -> BuildVectorsError {
    let path = path.to_owned();
    move |source| BuildVectorsError::Write { path, source }
}

fn vector_files(root: &Path) -> impl Iterator<Item = PathBuf> {
    let paths = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of a text, counted: near for near texts, and quick.
    fn letters(texts: &[&str]) -> Vec<Vec<f32>> {
        texts
            .iter()
            .map(|text| {
                let mut counts = [0.0f32; 32];
                text.bytes().for_each(|byte| counts[usize::from(byte % 32)] += 1.0);
                let length = counts.iter().map(|x| x * x).sum::<f32>().sqrt();
                counts.iter().map(|x| x / length).collect()
            })
            .collect()
    }

    fn procedures(names: &[&str]) -> Vec<Procedure> {
        names.iter().map(|name| crate::entry::tests::named(name)).collect()
    }

    #[test]
    fn only_new_texts_are_computed_and_the_nearest_is_found() {
        let root = tempfile::tempdir().expect("folder");
        let mut computed = 0;
        let mut build = |names: &[&str]| {
            let embed = &mut |texts: &[&str]| {
                computed += texts.len();
                Ok(letters(texts))
            };
            let built = Vectors::build(root.path(), &procedures(names), "m", embed, &mut |_, _| {
                ControlFlow::Continue(())
            });
            (built.expect("built"), computed)
        };
        let first = build(&["khai sinh", "khai tử"]).1;
        assert_eq!(build(&["khai sinh", "khai tử"]).1, first, "all is there");
        let (vectors, computed) = build(&["khai sinh", "kết hôn", "khai tử"]);
        assert_eq!(computed, first + 1, "one is new");
        let question = &letters(&["kết hôn"])[0];
        let near = vectors.near(question, 3).procedures;
        assert!(near[1].name > 0.99 && near[0].name < 0.95, "{near:?}");
        assert!(near[1].saying < 0.0);
    }

    #[test]
    fn a_failing_embedder_and_a_cut_file_are_no_vectors() {
        let root = tempfile::tempdir().expect("folder");
        let all = procedures(&["khai sinh"]);
        let embed = &mut |_: &[&str]| Err("hết bộ nhớ".to_owned());
        assert!(
            Vectors::build(root.path(), &all, "m", embed, &mut |_, _| ControlFlow::Continue(()))
                .is_err()
        );
        let embed = &mut |texts: &[&str]| Ok(letters(texts));
        Vectors::build(root.path(), &all, "m", embed, &mut |_, _| ControlFlow::Continue(()))
            .expect("built");
        let path = vector_files(root.path()).next().expect("a file");
        let bytes = fs::read(&path).expect("readable");
        fs::write(&path, &bytes[..bytes.len() - 1]).expect("writable");
        let again =
            Vectors::build(root.path(), &all, "m", embed, &mut |_, _| ControlFlow::Continue(()));
        assert!(again.expect("built anew").len() > 1);
    }
}
