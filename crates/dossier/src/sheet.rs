//! One page as the checker sees it: its lines, what may be its title, its marks.

use motcua_domain::{Document, Legibility, Page, Presence, TextLine};
use motcua_text::normalize;

use crate::words::{holds, phrase, words};

/// A page with what its layout tells.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own on the page")]
pub(crate) struct Sheet {
    /// The file's place in the submission.
    pub(crate) document: usize,
    /// 1-based number of the page in its file.
    pub(crate) number: u32,
    /// Lines in reading order, normalised, without empty ones.
    pub(crate) lines: Vec<String>,
    /// Whether the numbers on each line may be held against somebody.
    pub(crate) sure: Vec<bool>,
    /// Where each line stands among those of its page.
    pub(crate) at: Vec<usize>,
    /// What may be its title, best first.
    pub(crate) titles: Vec<Title>,
    /// Quốc hiệu stands near the top: a paper begins here.
    pub(crate) motto: bool,
    /// It carries an attestation or nothing but the back of a certified copy.
    pub(crate) attestation: bool,
    /// Whether it can be read.
    pub(crate) legibility: Legibility,
    /// An office's red seal.
    pub(crate) seal: Presence,
    /// A signature where the page asks for one.
    pub(crate) signature: Presence,
    /// What stands above places to sign that are empty beside signed ones.
    pub(crate) unsigned: Vec<String>,
    /// A part of it carries writing that cannot be read.
    pub(crate) smeared: bool,
    /// The file was changed after it was signed digitally.
    pub(crate) tampered: bool,
}

/// Words that may be a paper's title.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Title {
    /// As written.
    pub(crate) text: String,
    /// The title alone, folded.
    pub(crate) head: Vec<String>,
    /// The title with the line under it ("Về việc …"), folded.
    pub(crate) full: Vec<String>,
    /// 0 to 1: how much it looks like a title.
    pub(crate) strength: f32,
}

/// How far down a title is looked for, in lines.
pub(crate) const TITLE_ZONE: usize = 25;

impl Sheet {
    pub(crate) fn new(document: usize, page: &Page) -> Self {
        let read = page.lines.iter().enumerate();
        let read = read.map(|(at, line)| (at, normalize(&line.text), is_sure(line)));
        let (mut at, mut lines, mut sure) = (Vec::new(), Vec::new(), Vec::new());
        // A stamp or a pattern behind the text that was read as capitals is no heading.
        let mut headings = Vec::new();
        for (place, line, is_sure) in read.filter(|(_, line, _)| !line.is_empty()) {
            let scrawl = page.lines.get(place).is_some_and(|line| line.confidence < SCRAWL);
            headings.push(if scrawl { String::new() } else { line.clone() });
            at.push(place);
            lines.push(line);
            sure.push(is_sure);
        }
        let readable = page.legibility >= Legibility::Poor;
        let top: Vec<String> = words(&lines.iter().take(10).cloned().collect::<Vec<_>>().join(" "));
        let all = words(&lines.join(" "));
        Self {
            document,
            number: page.number,
            titles: if readable { titles(&headings) } else { Vec::new() },
            motto: readable && is_motto(&top),
            attestation: readable && starts_with_attestation(&all, &lines),
            legibility: page.legibility,
            seal: page.seal,
            signature: page.signature,
            unsigned: page.unsigned.clone(),
            smeared: page.smeared,
            tampered: false,
            lines,
            sure,
            at,
        }
    }

    /// All pages of a submission, in order; blank pages inside a file that holds others are left out.
    pub(crate) fn all(documents: &[Document]) -> Vec<Self> {
        let mut sheets = Vec::new();
        for (at, document) in documents.iter().enumerate() {
            let blank = document.pages.iter().all(|page| page.legibility == Legibility::Blank);
            for page in &document.pages {
                if blank || page.legibility != Legibility::Blank {
                    let tampered = document.is_tampered();
                    sheets.push(Self { tampered, ..Self::new(at, page) });
                }
            }
        }
        sheets
    }

    pub(crate) fn is_illegible(&self) -> bool {
        self.legibility <= Legibility::Illegible
    }
}

/// What is read with less confidence is hardly ever words.
const SCRAWL: f32 = 0.5;

/// Text layers have a confidence of 1; a recogniser makes 4442 of a hand-written 1992 and says that it is
/// sure, so what it read counts only where it was read twice and alike.
fn is_sure(line: &TextLine) -> bool {
    line.confidence >= 0.999 || line.numbers_confirmed
}

pub(crate) fn is_motto(folded: &[String]) -> bool {
    ["cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc"]
        .iter()
        .any(|motto| holds(folded, &words(motto)))
}

/// A page that only attests what stands before it belongs to the paper before it.
fn starts_with_attestation(all: &[String], lines: &[String]) -> bool {
    let head = words(&lines.iter().take(4).cloned().collect::<Vec<_>>().join(" "));
    ["loi chung", "chung thuc ban sao dung voi ban chinh", "ban sao dung voi ban chinh"]
        .iter()
        .any(|phrase| holds(&head, &words(phrase)))
        || (all.len() < 60 && holds(all, &words("ban sao dung voi ban chinh")))
}

fn titles(lines: &[String]) -> Vec<Title> {
    let top: Vec<&String> = lines.iter().take(TITLE_ZONE).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < top.len() {
        let run: Vec<&str> = top
            .iter()
            .skip(at)
            .take(5)
            .map(|line| line.as_str())
            .take_while(|line| is_heading(line))
            .collect();
        if run.is_empty() {
            at += 1;
            continue;
        }
        let under = subtitle(top.iter().skip(at + run.len()).map(|line| line.as_str()));
        for skip in 0..run.len() {
            let text = run.iter().skip(skip).copied().collect::<Vec<_>>().join(" ");
            found.push(title(&text, &under, if skip == 0 { 1.0 } else { 0.95 }));
        }
        at += run.len();
    }
    // A decision prints "QUYẾT ĐỊNH" again before its articles, without what it is about.
    let mut heads: Vec<Vec<String>> = Vec::new();
    found.retain(|title: &Title| {
        let first = !heads.contains(&title.head);
        heads.push(title.head.clone());
        first
    });
    found.extend(official_letter(&top));
    // Some write their titles in small letters.
    for (at, line) in top.iter().take(12).enumerate() {
        let count = words(line).len();
        if (2..=14).contains(&count)
            && !is_heading(line)
            && !line.contains(':')
            && !ends_titles(line)
        {
            let later = 0.015 * at as f32;
            found.push(title(line, "", 0.88 - later));
        }
    }
    found
}

/// Official letters have no title but a number, "142/CV-TTBT", and what they are about: "V/v đề nghị …".
/// Nghị định 30/2020/NĐ-CP, Phụ lục I, has them so.
fn official_letter(top: &[&String]) -> Option<Title> {
    let is_numbered = |line: &&String| line.to_lowercase().contains("/cv");
    top.iter().find(|line| is_numbered(line))?;
    let mut about = top.iter().skip_while(|line| {
        let folded = phrase(line);
        !["ve viec ", "v v "].iter().any(|start| folded.starts_with(start))
    });
    let first = about.next()?.to_lowercase();
    let matter = ["về việc", "v/v:", "v/v"].iter().find_map(|start| first.strip_prefix(start));
    let rest = about.take_while(|line| !ends_titles(line)).map(|line| line.as_str());
    let text: Vec<&str> = matter.into_iter().chain(rest).collect();
    (!text.is_empty()).then(|| title(&format!("Công văn {}", text.join(" ").trim()), "", 0.9))
}

/// So many words of a title count, with those of the line under it: more is running text.
const LONGEST: usize = 300;

fn title(text: &str, under: &str, strength: f32) -> Title {
    Title {
        text: text.to_owned(),
        head: words(text).into_iter().take(LONGEST).collect(),
        full: words(&format!("{text} {under}")).into_iter().take(LONGEST).collect(),
        strength,
    }
}

/// The line or two under a title that say what it is about.
fn subtitle<'a>(below: impl Iterator<Item = &'a str>) -> String {
    let lines: Vec<&str> =
        below.take(2).take_while(|line| !ends_titles(line) && !is_heading(line)).collect();
    lines.join(" ")
}

/// A line that can no longer belong to a title.
fn ends_titles(line: &str) -> bool {
    let folded = words(line).join(" ");
    line.contains(':')
        || [
            "kinh gui",
            "hom nay",
            "can cu",
            "dieu 1",
            "toi la",
            "chung toi",
            "ho ten",
            "ho va ten",
            "ho chu dem",
        ]
        .iter()
        .any(|start| folded.starts_with(start))
        || (folded.starts_with("so ") && !folded.starts_with("so yeu"))
}

/// Capital letters, and neither the national motto nor an authority's name.
fn is_heading(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    let folded = words(line);
    letters >= 4
        && capitals * 10 >= letters * 7
        && (2..=LONGEST).contains(&folded.len())
        && !is_motto(&folded)
        && !is_authority(line, &folded.join(" "))
}

/// "SỞ TƯ PHÁP" is one, "SƠ YẾU LÝ LỊCH" is not; a recogniser that loses the marks leaves both open.
fn is_authority(line: &str, folded: &str) -> bool {
    let department = folded.starts_with("so ") && !folded.starts_with("so yeu");
    if department && !line.to_lowercase().trim_start().starts_with("sơ ") {
        return true;
    }
    [
        "uy ban nhan dan",
        "ubnd",
        "bo ",
        "cuc ",
        "phong ",
        "chi cuc",
        "cong an",
        "benh vien",
        "truong ",
        "trung tam",
        "van phong",
        "cong ty",
        "hoi dong",
        "chu tich",
        "tm ",
        "kt ",
        "vien ",
        "tram ",
        "toa an",
    ]
    .iter()
    .any(|start| folded.starts_with(start))
}
