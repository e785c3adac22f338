//! The papers found on the uploaded pages: one file may hold several, one may span several files.

use std::{cell::OnceCell, collections::BTreeSet};

use motcua_domain::{Document, Legibility, Presence};

use crate::{
    catalogue::Catalogue,
    people::person::{Identified, People},
    profile::{Face, Profile, is_request},
    sheet::{Sheet, TITLE_ZONE, Title, is_motto},
    words::{Vocabulary, Weights, holds, phrase, words, words_of_line},
};

/// One paper.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Its pages, in order.
    pub(crate) sheets: Vec<Sheet>,
    /// What may be its title.
    pub(crate) titles: Vec<Title>,
    /// The first [`PAGE`] folded words of its first page.
    pub(crate) first: Vec<String>,
    /// How often each of them stands there.
    vocabulary: Vocabulary,
    /// Folded words of all its pages.
    pub(crate) all: Vec<String>,
    /// How often each of them stands there.
    words: Vocabulary,
    /// The kind of the catalogue it looks like, with how surely.
    pub(crate) kind: Option<(String, f32)>,
    /// Whether a title, not only its body, tells the kind.
    pub(crate) titled: bool,
    /// How badly its worst page can be read.
    pub(crate) legibility: Legibility,
    /// The people it names, once they were asked for: it is held against every other paper.
    pub(crate) people: OnceCell<People>,
    /// Those of them who are identified.
    pub(crate) identified: OnceCell<Vec<Identified>>,
}

/// No printed page has more words. A file without pages may be a book, and what stands deep in it does not tell what
/// it is.
const PAGE: usize = 3000;

/// What heads a paper takes so many lines at the most.
const HEAD: usize = 6;

impl Piece {
    fn new(sheets: Vec<Sheet>) -> Self {
        let text = |sheet: &Sheet| words_of_line(&sheet.lines.join(" "));
        let all: Vec<String> = sheets.iter().flat_map(text).collect();
        let first: Vec<String> =
            sheets.first().map(text).into_iter().flatten().take(PAGE).collect();
        Self {
            vocabulary: Vocabulary::of(first.iter()),
            words: Vocabulary::of(all.iter()),
            titles: sheets.first().map(|sheet| sheet.titles.clone()).unwrap_or_default(),
            first,
            all,
            kind: None,
            titled: false,
            legibility: sheets
                .iter()
                .map(|sheet| sheet.legibility)
                .min()
                .unwrap_or(Legibility::Blank),
            people: OnceCell::new(),
            identified: OnceCell::new(),
            sheets,
        }
    }

    /// Whether it is what asks for the procedure: a form, an application, a notice, a contract yet to be signed.
    pub(crate) fn asks(&self) -> bool {
        self.is_draft()
            || self.titles.iter().any(|title| {
                is_request(&title.head)
                    || title.head.first().is_some_and(|word| word == "phieu")
                    || title.head.starts_with(&["dang".to_owned(), "ky".to_owned()])
            })
    }

    /// A contract that is yet to be signed names everybody concerned, as a form does.
    fn is_draft(&self) -> bool {
        self.is_of("du-thao-giao-dich")
            || self.lines().take(TITLE_ZONE).any(|line| phrase(line) == "du thao")
    }

    /// One page as a paper of its own.
    pub(crate) fn of_page(sheet: Sheet) -> Self {
        Self::new(vec![sheet])
    }

    /// What profiles are held against.
    pub(crate) fn face(&self) -> Face<'_> {
        let Self { titles, first, vocabulary, all, words, .. } = self;
        Face { titles, first, vocabulary, all, words }
    }

    /// Whether the phrase stands anywhere on it, forgiving scanner errors.
    pub(crate) fn holds(&self, phrase: &[String]) -> bool {
        self.words.may_hold(phrase) && holds(&self.all, phrase)
    }

    /// Whether it tells who somebody is: any counter may look at it.
    pub(crate) fn is_identity(&self) -> bool {
        self.kind.as_ref().is_some_and(|(kind, _)| IDENTITY.contains(&kind.as_str()))
    }

    /// Whether it was taken for a paper of this kind of the catalogue.
    pub(crate) fn is_of(&self, id: &str) -> bool {
        self.kind.as_ref().is_some_and(|(kind, _)| kind == id)
    }

    /// Its title tells surely of which kind it is.
    pub(crate) fn is_told(&self) -> bool {
        self.titled && self.kind.as_ref().is_some_and(|(_, surely)| *surely >= 0.6)
    }

    /// Nothing on it can be relied on.
    pub(crate) fn is_illegible(&self) -> bool {
        self.legibility <= Legibility::Illegible
    }

    /// Read with doubt, and nothing on it tells what it is; or nothing at all was read but what heads every paper, with
    /// office, number and day on a picture, as glare lies on the rest.
    pub(crate) fn is_unread(&self) -> bool {
        let doubtful = self.legibility == Legibility::Poor || self.says_nothing();
        doubtful && self.kind.is_none()
    }

    fn says_nothing(&self) -> bool {
        let motto = |line: &str| is_motto(&words(line));
        let untitled = || self.titles.iter().all(|title| motto(&title.text));
        let is_head = || untitled() && self.lines().any(motto) && self.lines().count() <= HEAD;
        let misread = || self.lines_with_certainty().any(|(_, sure)| !sure);
        !self.all.is_empty() && (self.lines().all(motto) || (misread() && is_head()))
    }

    /// Read well enough to hold something against it.
    pub(crate) fn is_clear(&self) -> bool {
        self.legibility == Legibility::Clear
    }

    /// Whether a seal is on any of its pages; absent only if it would be seen on every one.
    pub(crate) fn seal(&self) -> Presence {
        overall(self.sheets.iter().map(|sheet| sheet.seal), |all| {
            all.iter().all(|seal| *seal == Presence::Absent)
        })
    }

    /// Whether somebody signed it where it asks for that; absent if a page asks and none is signed.
    pub(crate) fn signature(&self) -> Presence {
        overall(self.sheets.iter().map(|sheet| sheet.signature), |all| {
            all.contains(&Presence::Absent)
        })
    }

    /// Its lines with whether the numbers on them may be held against somebody.
    pub(crate) fn lines_with_certainty(&self) -> impl Iterator<Item = (&str, bool)> {
        self.sheets.iter().flat_map(|sheet| {
            sheet.lines.iter().map(String::as_str).zip(sheet.sure.iter().copied())
        })
    }

    /// Its lines, page after page.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().flat_map(|sheet| sheet.lines.iter().map(String::as_str))
    }

    /// Where the lines of these places among [`Self::lines`] stand: document, page, and place on the page.
    pub(crate) fn stand(&self, lines: &[usize]) -> Vec<(usize, u32, usize)> {
        let all = self
            .sheets
            .iter()
            .flat_map(|sheet| sheet.at.iter().map(move |at| (sheet.document, sheet.number, *at)));
        let lines: BTreeSet<usize> = lines.iter().copied().collect();
        all.enumerate()
            .filter(|(place, _)| lines.contains(place))
            .map(|(_, where_)| where_)
            .collect()
    }

    /// The places of the lines that make up its title.
    pub(crate) fn title_lines(&self) -> Vec<usize> {
        let Some(title) = self.titles.first() else { return Vec::new() };
        self.lines()
            .take(TITLE_ZONE)
            .enumerate()
            .filter(|(_, line)| title.text.contains(*line))
            .map(|(at, _)| at)
            .collect()
    }

    /// The files it stands in with their pages, in order.
    pub(crate) fn parts(&self) -> Vec<(usize, Vec<u32>)> {
        let mut parts: Vec<(usize, Vec<u32>)> = Vec::new();
        for sheet in &self.sheets {
            match parts.last_mut() {
                Some((document, pages)) if *document == sheet.document => pages.push(sheet.number),
                _ => parts.push((sheet.document, vec![sheet.number])),
            }
        }
        parts
    }

    /// The file and page it begins on.
    pub(crate) fn start(&self) -> Option<(usize, u32)> {
        self.sheets.first().map(|sheet| (sheet.document, sheet.number))
    }
}

fn overall(
    pages: impl Iterator<Item = Presence>,
    absent: impl Fn(&[Presence]) -> bool,
) -> Presence {
    let all: Vec<Presence> = pages.collect();
    if all.contains(&Presence::Present) {
        Presence::Present
    } else if absent(&all) {
        Presence::Absent
    } else {
        Presence::Unclear
    }
}

/// Kinds of the catalogue that tell who somebody is.
const IDENTITY: &[&str] = &["can-cuoc", "ho-chieu"];

/// How surely a kind must be told to count.
pub(crate) const SURE: f32 = 0.5;

/// Cuts the uploaded pages into papers and tells their kinds.
pub(crate) fn pieces(
    documents: &[Document],
    catalogue: &Catalogue,
    wanted: &[&Profile],
    weights: &Weights,
) -> Vec<Piece> {
    let kinds: Vec<(String, Profile)> =
        catalogue.kinds().iter().map(|kind| (kind.id.clone(), Profile::of_kind(kind))).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<Vec<Sheet>> = None;
    for sheet in Sheet::all(documents) {
        match open.as_mut() {
            Some(sheets) if continues(sheets, &sheet, &kinds, wanted, weights) => {
                sheets.push(sheet);
            }
            _ => {
                pieces.extend(open.replace(vec![sheet]).map(Piece::new));
            }
        }
    }
    pieces.extend(open.map(Piece::new));
    for piece in &mut pieces {
        tell_kind(piece, &kinds, weights);
    }
    join_across_files(pieces, &kinds, weights)
}

fn continues(
    sheets: &[Sheet],
    next: &Sheet,
    kinds: &[(String, Profile)],
    wanted: &[&Profile],
    weights: &Weights,
) -> bool {
    let Some(previous) = sheets.last() else { return false };
    if previous.document != next.document || previous.is_illegible() || next.is_illegible() {
        return false;
    }
    if next.attestation {
        return true;
    }
    if next.motto {
        return false;
    }
    let best = |sheet: &Sheet| {
        let piece = Piece::new(vec![sheet.clone()]);
        let face = piece.face();
        let score = |profile: &Profile| {
            if profile.is_titled(&face, weights) { profile.score(&face, weights) } else { 0.0 }
        };
        let of_wanted = wanted.iter().enumerate().map(|(at, profile)| (at, score(profile)));
        let of_kinds = kinds
            .iter()
            .enumerate()
            .map(|(at, (_, profile))| (wanted.len().saturating_add(at), score(profile)));
        of_wanted.chain(of_kinds).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    };
    match best(next) {
        Some((kind, score)) if score >= 0.6 => {
            sheets.first().and_then(best).is_some_and(|(first, _)| first == kind)
        }
        _ => true,
    }
}

fn tell_kind(piece: &mut Piece, kinds: &[(String, Profile)], weights: &Weights) {
    let face = piece.face();
    let best = kinds
        .iter()
        .map(|(id, profile)| (id, profile, profile.score(&face, weights)))
        .max_by(|a, b| a.2.total_cmp(&b.2));
    let told = best.filter(|(_, _, score)| *score >= 0.3);
    let titled = told.is_some_and(|(_, profile, _)| profile.is_titled(&face, weights));
    let kind = told.map(|(id, _, score)| (id.clone(), score));
    piece.titled = titled;
    piece.kind = kind;
}

/// A piece without a title of its own is a further page of another file's paper if it shares that
/// paper's kind or its serial number.
fn join_across_files(
    pieces: Vec<Piece>,
    kinds: &[(String, Profile)],
    weights: &Weights,
) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        let loose = !piece.titled && !piece.is_illegible() && !has_motto(&piece);
        let home =
            if loose { joined.iter().rposition(|other| belongs(&piece, other)) } else { None };
        match home.and_then(|at| joined.get_mut(at)) {
            Some(other) => {
                let mut sheets = other.sheets.clone();
                sheets.extend(piece.sheets);
                *other = Piece::new(sheets);
                tell_kind(other, kinds, weights);
            }
            None => joined.push(piece),
        }
    }
    joined
}

fn has_motto(piece: &Piece) -> bool {
    piece.sheets.first().is_some_and(|sheet| sheet.motto)
}

fn belongs(piece: &Piece, to: &Piece) -> bool {
    if !to.titled || to.is_illegible() {
        return false;
    }
    let same_kind = matches!((&piece.kind, &to.kind), (Some(a), Some(b)) if a.0 == b.0 && a.1 >= SURE && b.1 >= SURE);
    let second_page =
        ["trang 2", "trang 3", "mat sau"].iter().any(|phrase| piece.holds(&words(phrase)));
    let serial = || {
        let known: BTreeSet<&String> = serials(&to.all).collect();
        serials(&piece.all).any(|serial| known.contains(serial))
    };
    same_kind || (second_page && serial())
}

/// Long numbers that number a paper: with at least six digits, but no personal number (twelve).
fn serials(words: &[String]) -> impl Iterator<Item = &String> {
    words
        .iter()
        .filter(|word| (6..=10).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()))
}
