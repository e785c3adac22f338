use serde::{Deserialize, Serialize};

/// A fact read from a paper: three-valued, because "not found" and "could not be read" lead to
/// different verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact<T> {
    /// Read, and this is it.
    Known(T),
    /// The paper could be read and does not hold it.
    Absent,
    /// The paper could not be read well enough to tell.
    Unreadable,
}

/// What a file is, told from its bytes, never from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// Word, Office Open XML.
    Docx,
    /// Word of before 2007.
    Doc,
    /// Excel, Office Open XML.
    Xlsx,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// TIFF.
    Tiff,
    /// WebP.
    Webp,
    /// HEIC, as telephones take photographs.
    Heic,
    /// Plain UTF-8 text.
    Text,
    /// Bytes that could not be read; the file still counts as handed in.
    Unknown,
}

/// How the text of a page was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// The file carries its own text.
    TextLayer,
    /// Recognised from an image.
    Ocr,
}

/// Whether a page can be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Legibility {
    /// Nothing on it: a blank sheet.
    Blank,
    /// Too blurred, dark or cut to be judged: a person must look.
    Illegible,
    /// Read with doubt: fit to tell what the paper is, not to accuse anybody.
    Poor,
    /// Read well.
    Clear,
}

/// Whether something can be seen on a page: three-valued, as grey scans, shadows and screens hide it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// It is there.
    Present,
    /// It would be seen if it were there, and is not.
    Absent,
    /// It cannot be told.
    #[default]
    Unclear,
}

/// A line of text as it stands on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextLine {
    /// The text.
    pub text: String,
    /// 0 to 1; 1 for text layers.
    pub confidence: f32,
    /// It has numbers, and each was read alike by two different sets of data: such a number may be
    /// held against somebody even on a page that is read with doubt.
    #[serde(default)]
    pub numbers_confirmed: bool,
    /// Where it stands on the picture of the page; none where that is not known.
    #[serde(default)]
    pub area: Option<Area>,
}

/// A box on the picture of a page, in shares of its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// From the left edge, 0 to 1.
    pub left: f32,
    /// From the top edge, 0 to 1.
    pub top: f32,
    /// 0 to 1.
    pub width: f32,
    /// 0 to 1.
    pub height: f32,
}

/// One page of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// 1-based, as people count.
    pub number: u32,
    /// Lines in reading order.
    pub lines: Vec<TextLine>,
    /// How they were come by.
    pub reading: Reading,
    /// Whether they can be relied on.
    pub legibility: Legibility,
    /// An office's red seal; unclear on text layers and grey pictures.
    #[serde(default)]
    pub seal: Presence,
    /// A signature where the page asks for one; absent where every such place is empty.
    #[serde(default)]
    pub signature: Presence,
    /// What stands above places to sign that are empty, where others on the page are signed.
    #[serde(default)]
    pub unsigned: Vec<String>,
    /// Whether a part of it carries writing that cannot be read, whatever the rest is like.
    #[serde(default)]
    pub smeared: bool,
}

impl Page {
    /// The text of the page, lines joined by newlines.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }
}

/// Whether a file is still what somebody signed digitally.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Integrity {
    /// Every byte is as it was signed.
    Intact,
    /// What was signed is as it was, and something was added afterwards: another signature, or more.
    Added,
    /// What was signed has been changed.
    Broken,
    /// It could not be checked.
    Unchecked,
}

/// A digital signature of a PDF (ISO 32000-1, 12.8). Who issued the certificate, and whether it was still
/// valid, is not looked up: that needs the issuer's lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigitalSignature {
    /// The name on the certificate, where it could be read.
    pub signer: Option<String>,
    /// Whether the file is what was signed.
    pub integrity: Integrity,
}

/// One uploaded file, read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The name it was uploaded under; never trusted to tell what it is.
    pub name: String,
    /// What its bytes are.
    pub kind: FileKind,
    /// SHA-256 of its bytes, lower-case hexadecimal; tells duplicates.
    pub sha256: String,
    /// Its pages, in order.
    pub pages: Vec<Page>,
    /// Its digital signatures, in order of signing.
    #[serde(default)]
    pub signatures: Vec<DigitalSignature>,
}

impl Document {
    /// Whether the file was changed after somebody signed it.
    pub fn is_tampered(&self) -> bool {
        self.signatures.iter().any(|signature| signature.integrity == Integrity::Broken)
    }
}
