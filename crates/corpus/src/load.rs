//! Loading sources of all kinds into one corpus.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    ffi::OsStr,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{BufRead, BufReader, Read},
    num::NonZero,
    panic::resume_unwind,
    path::{Path, PathBuf},
    thread,
};

use jiff::civil::Date;
use liblzma::read::XzDecoder;
use motcua_domain::{Detail, Necessity, Procedure, ProcedureCode, Review};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    LoadCorpusError, Problem,
    catalogue::{CatalogueLine, Named, read_catalogue},
    fact_texts::FactTexts,
    file::read_procedure,
    import::procedure_from_record,
    portal::record_from_portal,
    record::Record,
    versions::Versions,
};

/// Part of every content key: raise it when the same files would give other procedures.
const FORMAT: u32 = 7;

/// Procedures from all sources, sorted by code, each code once.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// The procedures, each in the version that is used on the day the corpus was loaded for.
    pub procedures: Vec<Procedure>,
    /// Of procedures that have several versions, all of them.
    pub versions: Versions,
    /// What was met on the way.
    pub report: LoadReport,
    /// Of procedures that a person wrote and a record holds too: the record's own rows.
    pub record_rows: BTreeMap<ProcedureCode, RowTexts>,
    /// What records say of time, cost and place.
    pub record_facts: BTreeMap<ProcedureCode, FactTexts>,
}

/// What the rows of a record say, by their index.
pub type RowTexts = BTreeMap<usize, String>;

/// What loading met: counted and said, never dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadReport {
    /// Files of the project's own form.
    pub files: usize,
    /// Imported records.
    pub records: usize,
    /// Procedures of which no source holds more than a catalogue's entry.
    pub names_only: usize,
    /// Entries of the project's own catalogue.
    pub catalogued: usize,
    /// Records passed over because an earlier source holds the code with a better review.
    pub superseded: usize,
    /// Versions of other days: earlier ones, and those to come.
    pub other_versions: usize,
    /// Records whose name and content disagree.
    pub suspect: usize,
    /// Component rows met in imports.
    pub rows: usize,
    /// Of these, rows kept as text because their condition could not be read.
    pub rows_pending: usize,
    /// Records with no readable time limit.
    pub without_time: usize,
    /// Records with no readable fee.
    pub without_fee: usize,
    /// Lines whose code is not a procedure code, with their place; kept here, not in the corpus.
    pub unreadable: Vec<String>,
}

impl Corpus {
    /// Loads all sources in order and merges them by code, for use on a day.
    ///
    /// # Errors
    /// When a path cannot be read, an export is not what it should be, or corpus files have
    /// problems (all of them are reported at once).
    pub fn load(sources: &[PathBuf], on: Date) -> Result<Self, LoadCorpusError> {
        Self::of(sources.iter().map(|source| Part::read(source)).collect::<Result<_, _>>()?, on)
    }

    /// Merges what sources hold, in their order, for use on a day.
    ///
    /// # Errors
    /// When corpus files have problems (all of them are reported at once).
    pub fn of(parts: Vec<Part>, on: Date) -> Result<Self, LoadCorpusError> {
        let problems: Vec<Problem> =
            parts.iter().flat_map(|part| part.problems.iter().cloned()).collect();
        if !problems.is_empty() {
            return Err(LoadCorpusError::Invalid { problems });
        }
        let mut merging = Merging::default();
        for part in parts {
            merging.add(part);
        }
        Ok(merging.finish(on))
    }
}

/// What one source holds, by itself: reading a large export takes long, merging does not, so this is
/// what is worth keeping.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Part {
    procedures: Vec<Procedure>,
    named: Named,
    report: LoadReport,
    record_facts: BTreeMap<ProcedureCode, FactTexts>,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// Validates a source of any kind: every procedure file under a folder, or an export's lines. What was read, and
/// all problems.
///
/// # Errors
/// When a file or folder cannot be read, or an export holds no record at all.
pub fn check_source(source: &Path) -> Result<(LoadReport, Vec<Problem>), LoadCorpusError> {
    let part = Part::read(source)?;
    Ok((part.report, part.problems))
}

/// A key that changes whenever the content of the sources does.
///
/// # Errors
/// When a source cannot be read.
pub fn content_key(sources: &[PathBuf]) -> Result<String, LoadCorpusError> {
    let mut hasher = Sha256::new();
    hasher.update(FORMAT.to_le_bytes());
    for file in all_files(sources)? {
        let bytes = fs::read(&file).map_err(read_error(&file))?;
        hasher.update(file.file_name().map(OsStr::as_encoded_bytes).unwrap_or_default());
        hasher.update(bytes.len().to_le_bytes());
        hasher.update(bytes);
    }
    Ok(hex(&hasher.finalize(), 16))
}

/// A number that changes when a file of the sources is written, comes or goes; taken from the folders
/// alone, without reading any file, so that it can be asked for many times a second.
///
/// # Errors
/// When a source cannot be found.
pub fn stamp(sources: &[PathBuf]) -> Result<u64, LoadCorpusError> {
    let mut hasher = DefaultHasher::new();
    for file in all_files(sources)? {
        let about = fs::metadata(&file).map_err(read_error(&file))?;
        (&file, about.len(), about.modified().ok()).hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn all_files(sources: &[PathBuf]) -> Result<Vec<PathBuf>, LoadCorpusError> {
    let mut files = Vec::new();
    for source in sources {
        if source.is_dir() {
            files.extend(procedure_files(source)?);
            files.extend(portal_files(source)?);
            files.extend(catalogue_files(source)?);
        } else {
            files.push(source.clone());
        }
    }
    Ok(files)
}

/// A short hash of a procedure's facts: the version a report names. What people call it is no fact.
pub fn version_of(procedure: &Procedure) -> String {
    let facts = Procedure { everyday: Vec::new(), ..procedure.clone() };
    let bytes = postcard::to_stdvec(&facts).unwrap_or_default();
    hex(&Sha256::digest(&bytes), 6)
}

fn hex(bytes: &[u8], length: usize) -> String {
    bytes.iter().take(length).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn read_error(path: &Path) -> impl FnOnce(std::io::Error) -> LoadCorpusError {
    let path = path.to_owned();
    move |source| LoadCorpusError::Read { path, source }
}

/// Procedure files under a folder, in a stable order. A corpus folder keeps them in `procedures`.
fn procedure_files(folder: &Path) -> Result<Vec<PathBuf>, LoadCorpusError> {
    if folder.is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let nested = folder.join("procedures");
    toml_files(if nested.is_dir() { nested } else { folder.to_owned() })
}

/// The portal's own records in a folder that is no corpus folder, in a stable order.
///
/// # Errors
/// When the folder cannot be read.
pub fn portal_files(folder: &Path) -> Result<Vec<PathBuf>, LoadCorpusError> {
    if !folder.is_dir() || folder.join("procedures").is_dir() {
        return Ok(Vec::new());
    }
    files_ending(folder.to_owned(), "json")
}

/// The files of a corpus folder that name procedures and hold what people say.
fn catalogue_files(folder: &Path) -> Result<Vec<PathBuf>, LoadCorpusError> {
    let nested = folder.join("catalogue");
    if folder.join("procedures").is_dir() && nested.is_dir() {
        toml_files(nested)
    } else {
        Ok(Vec::new())
    }
}

fn toml_files(root: PathBuf) -> Result<Vec<PathBuf>, LoadCorpusError> {
    files_ending(root, "toml")
}

fn files_ending(root: PathBuf, ending: &str) -> Result<Vec<PathBuf>, LoadCorpusError> {
    let mut files = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(read_error(&folder))? {
            let path = entry.map_err(read_error(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending)
                // A pipe would be waited for, and a link to itself leads nowhere.
                && path.is_file()
            {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

impl Part {
    /// Reads a source. Problems of corpus files are kept, so that those of all sources can be told.
    ///
    /// # Errors
    /// When a path cannot be read, or an export is not what it should be.
    pub fn read(source: &Path) -> Result<Self, LoadCorpusError> {
        let mut part = Self::default();
        part.source(source)?;
        Ok(part)
    }

    #[cfg(test)]
    pub(crate) fn of(procedures: Vec<Procedure>) -> Self {
        Self { procedures, ..Self::default() }
    }

    /// Whether it has no problems.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    fn source(&mut self, path: &Path) -> Result<(), LoadCorpusError> {
        if path.is_dir() {
            return self.folder(path);
        }
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        if name.ends_with(".toml") {
            self.procedure_file(path)
        } else if name.ends_with(".jsonl.xz") {
            self.lines(path, XzDecoder::new_multi_decoder(open(path)?))
        } else if name.ends_with(".jsonl") {
            self.lines(path, open(path)?)
        } else if name.ends_with(".json") {
            self.portal_file(path)
        } else {
            Err(LoadCorpusError::UnknownKind { path: path.to_owned() })
        }
    }

    fn folder(&mut self, path: &Path) -> Result<(), LoadCorpusError> {
        for file in procedure_files(path)? {
            self.procedure_file(&file)?;
        }
        for file in portal_files(path)? {
            self.portal_file(&file)?;
        }
        for file in catalogue_files(path)? {
            if let Some(text) = self.text_of(&file)?
                && let Err(problems) = read_catalogue(&file, &text, &mut self.named)
            {
                self.problems.extend(problems);
            }
        }
        self.report.catalogued = self.named.procedures.len();
        Ok(())
    }

    /// A file's text; what is none is a problem of the corpus.
    fn text_of(&mut self, path: &Path) -> Result<Option<String>, LoadCorpusError> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(source) if source.kind() == std::io::ErrorKind::InvalidData => {
                let message = "tệp không phải văn bản UTF-8".to_owned();
                self.problems.push(Problem { file: path.to_owned(), line: 1, message });
                Ok(None)
            }
            Err(source) => Err(read_error(path)(source)),
        }
    }

    fn procedure_file(&mut self, path: &Path) -> Result<(), LoadCorpusError> {
        self.report.files += 1;
        let Some(text) = self.text_of(path)? else { return Ok(()) };
        match read_procedure(path, &text) {
            Ok(procedure) => self.procedures.push(procedure),
            Err(problems) => self.problems.extend(problems),
        }
        Ok(())
    }

    fn portal_file(&mut self, path: &Path) -> Result<(), LoadCorpusError> {
        let text = fs::read_to_string(path).map_err(read_error(path))?;
        let json = |source| LoadCorpusError::Json { path: path.to_owned(), line: 1, source };
        let record = record_from_portal(&text).map_err(json)?;
        match procedure_from_record(&record) {
            Some(procedure) => self.record(procedure, FactTexts::from(&record)),
            None => self.report.unreadable.push(format!("{}:1", path.display())),
        }
        Ok(())
    }

    fn lines(&mut self, path: &Path, reader: impl Read) -> Result<(), LoadCorpusError> {
        let lines: Result<Vec<String>, _> = BufReader::new(reader).lines().collect();
        let lines = lines.map_err(read_error(path))?;
        let (before, mut first_wrong) = (self.procedures.len(), None);
        for (at, parsed) in parse_all(&lines).into_iter().enumerate() {
            let line = at + 1;
            let mut unreadable =
                || self.report.unreadable.push(format!("{}:{line}", path.display()));
            let parsed = match parsed {
                Ok(parsed) => parsed,
                Err(source) => {
                    unreadable();
                    first_wrong.get_or_insert((line, source));
                    continue;
                }
            };
            match parsed {
                Parsed::Nothing => {}
                Parsed::Unreadable => unreadable(),
                Parsed::Name(procedure) => {
                    self.report.names_only += 1;
                    self.procedures.push(*procedure);
                }
                Parsed::Record(read) => {
                    let (procedure, said) = *read;
                    self.record(procedure, said);
                }
            }
        }
        match first_wrong {
            // One bad line costs nobody the others; a file of nothing else is something else.
            Some((line, source)) if self.procedures.len() == before => {
                Err(LoadCorpusError::Json { path: path.to_owned(), line, source })
            }
            _ => Ok(()),
        }
    }

    fn record(&mut self, procedure: Procedure, said: FactTexts) {
        let report = &mut self.report;
        report.records += 1;
        report.rows += procedure.row_count;
        report.rows_pending +=
            procedure.requirements.iter().filter(|r| r.necessity == Necessity::Pending).count();
        report.suspect += usize::from(matches!(procedure.detail, Detail::Suspect(_)));
        report.without_time += usize::from(procedure.times.is_empty());
        report.without_fee += usize::from(procedure.fees.is_empty());
        self.record_facts.entry(procedure.code.clone()).or_insert(said);
        self.procedures.push(procedure);
    }
}

/// Procedures of several sources: of each code the versions, each beginning once, in the order of these days.
#[derive(Default)]
struct Merging {
    by_code: BTreeMap<ProcedureCode, Vec<Procedure>>,
    named: Vec<Named>,
    report: LoadReport,
    record_rows: BTreeMap<ProcedureCode, RowTexts>,
    record_facts: BTreeMap<ProcedureCode, FactTexts>,
}

impl Merging {
    fn add(&mut self, part: Part) {
        self.report.add(part.report);
        for (code, said) in part.record_facts {
            self.record_facts.entry(code).or_insert(said);
        }
        self.named.push(part.named);
        for procedure in part.procedures {
            self.insert(procedure);
        }
    }

    fn insert(&mut self, procedure: Procedure) {
        let versions = self.by_code.entry(procedure.code.clone()).or_default();
        let begins = |version: &Procedure| version.effective.from;
        let loser = match versions.binary_search_by_key(&begins(&procedure), begins) {
            Err(place) => {
                versions.insert(place, procedure);
                return;
            }
            Ok(at) if rank(&versions[at]) >= rank(&procedure) => procedure,
            Ok(at) => std::mem::replace(&mut versions[at], procedure),
        };
        self.report.superseded += 1;
        Self::remember_rows(&mut self.record_rows, &loser);
    }

    /// The rows of a record beside which a person wrote a file.
    fn remember_rows(rows_of: &mut BTreeMap<ProcedureCode, RowTexts>, record: &Procedure) {
        let rows = row_texts(record);
        if !rows.is_empty() {
            rows_of.entry(record.code.clone()).or_insert(rows);
        }
    }

    /// Names fill gaps: whatever a source says of a procedure is more than its name. What people say is added to
    /// what they say elsewhere.
    fn add_named(&mut self) {
        for named in std::mem::take(&mut self.named) {
            for (code, procedure) in named.procedures {
                if let Entry::Vacant(gap) = self.by_code.entry(code) {
                    self.report.names_only += 1;
                    gap.insert(vec![procedure]);
                }
            }
            for (code, phrases) in named.sayings {
                for version in self.by_code.get_mut(&code).into_iter().flatten() {
                    let new = phrases.iter().filter(|phrase| !version.everyday.contains(phrase));
                    let new: Vec<String> = new.cloned().collect();
                    version.everyday.extend(new);
                }
            }
        }
    }

    fn finish(mut self, on: Date) -> Corpus {
        self.add_named();
        let mut versions = Versions::default();
        let mut procedures = Vec::with_capacity(self.by_code.len());
        for mut several in self.by_code.into_values() {
            self.report.superseded += drop_less_reviewed(&mut several);
            if several.len() == 1 {
                procedures.append(&mut several);
                continue;
            }
            for version in &several {
                Self::remember_rows(&mut self.record_rows, version);
            }
            procedures.extend(Versions::in_use(&several, on).cloned());
            versions.keep(several);
        }
        // A record that stands by itself tells its rows itself.
        let by_hand: BTreeSet<&ProcedureCode> =
            procedures.iter().filter(|one| is_by_hand(one)).map(|one| &one.code).collect();
        self.record_rows.retain(|code, _| by_hand.contains(code));
        self.report.other_versions =
            procedures.iter().map(|one| versions.of(&one.code).len().saturating_sub(1)).sum();
        Corpus {
            procedures,
            versions,
            report: self.report,
            record_rows: self.record_rows,
            record_facts: self.record_facts,
        }
    }
}

/// Drops versions that are less well reviewed than one before them, and says how many: what an official approved
/// is in use until an official approves something else.
fn drop_less_reviewed(versions: &mut Vec<Procedure>) -> usize {
    let all = versions.len();
    let mut best = 0;
    versions.retain(|version| {
        best = best.max(rank(version));
        rank(version) == best
    });
    all - versions.len()
}

fn is_by_hand(procedure: &Procedure) -> bool {
    procedure.requirements.iter().all(|requirement| requirement.source_text.is_none())
}

/// What a record's rows say: those that ask for a paper, and the notes among them.
fn row_texts(record: &Procedure) -> RowTexts {
    let asked = record.requirements.iter().filter_map(|requirement| {
        Some((*requirement.rows.first()?, requirement.source_text.clone()?))
    });
    let mut rows: RowTexts = asked.collect();
    if !rows.is_empty() {
        let notes =
            record.notes.iter().flat_map(|note| note.rows.iter().map(move |row| (*row, note)));
        rows.extend(notes.map(|(row, note)| (row, note.text.clone())));
    }
    rows
}

impl LoadReport {
    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.records += other.records;
        self.names_only += other.names_only;
        self.catalogued += other.catalogued;
        self.superseded += other.superseded;
        self.other_versions += other.other_versions;
        self.suspect += other.suspect;
        self.rows += other.rows;
        self.rows_pending += other.rows_pending;
        self.without_time += other.without_time;
        self.without_fee += other.without_fee;
        self.unreadable.extend(other.unreadable);
    }
}

/// What a line of an export holds.
enum Parsed {
    /// It is blank.
    Nothing,
    /// It has no valid code.
    Unreadable,
    /// A catalogue's entry.
    Name(Box<Procedure>),
    /// A record, compiled, and its own words.
    Record(Box<(Procedure, FactTexts)>),
}

/// Parses and compiles the lines on all cores, in their order.
fn parse_all(lines: &[String]) -> Vec<serde_json::Result<Parsed>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = lines.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = lines
            .chunks(share)
            .map(|part| {
                scope.spawn(move || part.iter().map(|line| parse(line)).collect::<Vec<_>>())
            })
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

fn parse(line: &str) -> serde_json::Result<Parsed> {
    // Some programs put a mark of their encoding before the first line.
    let line = line.trim_start_matches('\u{feff}');
    if line.trim().is_empty() {
        return Ok(Parsed::Nothing);
    }
    // Only a catalogue says whether detail exists elsewhere.
    if line.contains("\"has_detail\"") {
        let entry: CatalogueLine = serde_json::from_str(line)?;
        let named = entry.into_procedure().map(Box::new);
        return Ok(named.map_or(Parsed::Unreadable, Parsed::Name));
    }
    let record: Record = serde_json::from_str(line)?;
    let compiled = procedure_from_record(&record);
    let compiled = compiled.map(|procedure| Box::new((procedure, FactTexts::from(&record))));
    Ok(compiled.map_or(Parsed::Unreadable, Parsed::Record))
}

/// Which of two versions of a procedure is kept; at a draw the one loaded first.
fn rank(procedure: &Procedure) -> u8 {
    match (&procedure.review, &procedure.detail) {
        (Review::Approved { .. }, _) => 4,
        (Review::Checked { .. }, _) => 3,
        (Review::Draft, Detail::Full) => 2,
        (Review::Draft, Detail::Suspect(_)) => 1,
        (Review::Draft, Detail::NameOnly) => 0,
    }
}

fn open(path: &Path) -> Result<fs::File, LoadCorpusError> {
    fs::File::open(path).map_err(read_error(path))
}
