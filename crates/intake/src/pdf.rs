//! PDF through poppler's tools: the text it carries, and pictures of the pages that carry none.

use std::{fs, thread};

use motcua_domain::{DigitalSignature, Legibility, Page, Presence, Reading};

use crate::{
    IntakeError, digital_signature,
    glance::{self, Glance, Sheet},
    pages,
    picture::{self, Picture, Seen},
    placed::{self, PlacedWord, Size},
    show,
    signature::{self, Signatures},
    text,
    tool::{Said, Tool},
    words::Words,
    work::Work,
};

const PDFINFO: Tool = Tool::poppler("pdfinfo", 15, 1 << 20);
const PDFTOTEXT: Tool = Tool::poppler("pdftotext", 30, text::MAX_TEXT_BYTES as u64);
/// Each word stands on a line of its own with its box.
const PLACES: Tool = Tool::poppler("pdftotext", 30, 32 << 20);
const PDFIMAGES: Tool = Tool::poppler("pdfimages", 15, 4 << 20);
const PDFTOPPM: Tool = Tool::poppler("pdftoppm", 30, 64 << 20);

/// How finely a page is rendered: body text of 12 points has letters 20 pixels high.
const DPI: f32 = 200.0;

/// A4 in points; pages smaller than this, such as a scanned card, are rendered finer.
const A4_SIDE: f32 = 842.0;

/// The most pixels on the longer side of a rendered page: A3 at 200 dpi.
const MAX_SIDE: f32 = 3_400.0;

/// Below this many letters a page that shows something else is not one that carries its text: a
/// stamp of the scanning program or a page number.
const FEW_LETTERS: usize = 40;

/// The same for a page covered by a picture: a digital signature's block has up to 200.
const FEW_LETTERS_ON_A_SCAN: usize = 300;

/// The share of the page from which a picture is a scan of a sheet.
const SCAN_COVERAGE: f32 = 0.6;

/// Below this share of possible words the text layer is in an old font's own code or was
/// recognised in the wrong language.
const JUNK_SHARE: f32 = 0.6;

/// The longer side of the picture on which a signature is looked for, in pixels: some hundred an inch.
const SIGNATURE_SIDE: u32 = 1200;

/// The pages of a PDF and its digital signatures.
pub(crate) fn read(
    bytes: &[u8],
    work: &mut Work,
) -> Result<(Vec<Page>, Vec<DigitalSignature>), IntakeError> {
    let path = work.folder.join("upload.pdf");
    fs::write(&path, bytes).map_err(|error| IntakeError::failed(&error))?;
    let pdf = Pdf { path: path.to_string_lossy().into_owned() };
    let sizes = pdf.sizes(bytes, work)?;
    let carried = pdf.carried(&sizes, work)?;
    let pages = pages::in_parallel(&carried, work, |carried, work| {
        let seen = pdf.page(carried, work)?;
        if seen.page.reading == Reading::Ocr || !work.is_shown() {
            return seen.show(work);
        }
        let (Seen { mut page, .. }, size) = (seen, carried.size);
        let words = carried.words.as_deref().unwrap_or_default();
        placed::place(&mut page.lines, words, (size.width, size.height));
        work.show(page.number, pdf.shown(page.number)?)?;
        Ok(page)
    })?;
    let signatures = digital_signature::read(bytes, &pdf.path)?;
    Ok((if signatures.is_empty() { pages } else { signed(pages) }, signatures))
}

/// Who signs a file digitally leaves the place for a pen empty.
fn signed(pages: Vec<Page>) -> Vec<Page> {
    let unclear = |page: Page| match page.signature {
        Presence::Absent => Page { signature: Presence::Unclear, ..page },
        _ => Page { unsigned: Vec::new(), ..page },
    };
    pages.into_iter().map(unclear).collect()
}

/// What is known of a page before it is read.
struct Carried {
    number: u32,
    size: Size,
    /// The text that it carries; empty where it may not be taken or the tool fails.
    text: String,
    letters: usize,
    /// Its words and where they stand; none where the tool fails.
    words: Option<Vec<PlacedWord>>,
    /// The share of it that its largest picture covers; looked at where that matters.
    covered: f32,
    glance: Glance,
}

impl Carried {
    fn of(number: u32, size: Size, text: String, words: Option<Vec<PlacedWord>>) -> Self {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        Self { number, size, text, letters, words, covered: 0.0, glance: Glance::UNKNOWN }
    }

    /// Whether a glance tells more than what is looked at later: of a page that carries nothing but a picture,
    /// it does not.
    fn is_worth_a_glance(&self) -> bool {
        self.letters > 0 || self.covered <= 0.0
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet { number: self.number, size: self.size, words: self.words.as_deref() }
    }
}

struct Pdf {
    path: String,
}

impl Pdf {
    /// The sizes of all pages.
    fn sizes(&self, bytes: &[u8], work: &mut Work) -> Result<Vec<Size>, IntakeError> {
        let last = work.limits.max_pages.to_string();
        let said = PDFINFO.run(&["-f", "1", "-l", &last, &self.path])?;
        if !said.status.success() {
            return Err(refusal(&said));
        }
        let info = String::from_utf8_lossy(&said.output);
        let pages = page_count(&info).filter(|pages| *pages > 0);
        let pages = pages.ok_or_else(|| IntakeError::damaged(&"no pages"))?;
        if was_cut_off(bytes, &said.errors) {
            return Err(IntakeError::damaged(&"cut off"));
        }
        work.found_pages(pages)?;
        let mut sizes = page_sizes(&info);
        sizes.resize(pages, Size { width: 595.0, height: A4_SIDE });
        Ok(sizes)
    }

    /// What each page carries, and whether it shows it.
    fn carried(&self, sizes: &[Size], work: &Work) -> Result<Vec<Carried>, IntakeError> {
        let pages = sizes.len();
        // Each opens the file anew and waits for nothing but itself.
        let (texts, placed) = thread::scope(|scope| {
            let placed = scope.spawn(|| self.placed_words(pages));
            let texts = self.texts(pages, work);
            (texts, placed.join().map_err(|_| IntakeError::failed(&"a reading thread")))
        });
        let (texts, placed) = (texts?, placed??);
        let words = placed
            .map_or_else(|| vec![None; pages], |placed| placed.into_iter().map(Some).collect());
        let sheets = (1..).zip(sizes).zip(texts).zip(words);
        let mut carried: Vec<Carried> = sheets
            .map(|(((number, size), text), words)| Carried::of(number, *size, text, words))
            .collect();
        // Where every page has more text than is written beside a scan, there is none to be told apart.
        if carried.iter().any(|page| page.letters < FEW_LETTERS_ON_A_SCAN) {
            let covered = self.coverage(sizes)?;
            carried.iter_mut().zip(covered).for_each(|(page, covered)| page.covered = covered);
        }
        let sheets: Vec<Sheet<'_>> =
            carried.iter().filter(|page| page.is_worth_a_glance()).map(Carried::sheet).collect();
        let glances = glance::glances(&self.path, &sheets)?;
        let worth = carried.iter_mut().filter(|page| page.is_worth_a_glance());
        worth.zip(glances).for_each(|(page, glance)| page.glance = glance);
        Ok(carried)
    }

    /// The text that each page carries; empty where it may not be taken or the tool fails.
    fn texts(&self, pages: usize, work: &Work) -> Result<Vec<String>, IntakeError> {
        let said = PDFTOTEXT.run(&["-layout", "-enc", "UTF-8", &self.path, "-"]);
        let output = match said {
            Ok(said) => said.output,
            Err(IntakeError::TimedOut { .. }) => Vec::new(),
            Err(error) => return Err(text::told_by_a_tool(error, &work.limits)),
        };
        let output = String::from_utf8_lossy(&output);
        Ok(pages_from_text(&text::without_heaps(&output), pages))
    }

    /// The share of each page that its largest picture covers.
    fn coverage(&self, sizes: &[Size]) -> Result<Vec<f32>, IntakeError> {
        let listed = match PDFIMAGES.run(&["-list", &self.path]) {
            Ok(said) => String::from_utf8_lossy(&said.output).into_owned(),
            Err(IntakeError::TimedOut { .. } | IntakeError::TooLarge { .. }) => String::new(),
            Err(error) => return Err(error),
        };
        let mut covered = vec![0.0_f32; sizes.len()];
        for image in listed.lines().filter_map(ListedImage::parse) {
            let at = image.page.wrapping_sub(1);
            if let (Some(size), Some(covered)) = (sizes.get(at), covered.get_mut(at)) {
                *covered = covered.max(image.area / (size.width * size.height).max(1.0));
            }
        }
        Ok(covered)
    }

    /// Where the words of each page stand; none where the tool fails.
    fn placed_words(&self, pages: usize) -> Result<Option<Vec<Vec<PlacedWord>>>, IntakeError> {
        match PLACES.run(&["-tsv", "-enc", "UTF-8", &self.path, "-"]) {
            Ok(said) => {
                let table = String::from_utf8_lossy(&said.output);
                Ok(Some(placed::words(&text::without_heaps(&table), pages)))
            }
            // What leads the eye may be missing where everything else is there.
            Err(IntakeError::TimedOut { .. } | IntakeError::TooLarge { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What people are shown of a page that carries its text; none when it cannot be rendered.
    fn shown(&self, number: u32) -> Result<Option<Vec<u8>>, IntakeError> {
        let (page, side) = (number.to_string(), show::SIDE.to_string());
        let said = PDFTOPPM.run(&[
            "-jpeg",
            "-jpegopt",
            "quality=75",
            "-f",
            &page,
            "-l",
            &page,
            "-scale-to",
            &side,
            &self.path,
        ]);
        match said {
            Ok(said) => Ok(show::bounded(said.output)),
            Err(IntakeError::TimedOut { .. } | IntakeError::TooLarge { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn page(&self, sheet: &Carried, work: &Work) -> Result<Seen, IntakeError> {
        let (number, glance) = (sheet.number, sheet.glance);
        // Whoever wants pictures gets those of empty pages too.
        if glance.is_blank && !work.is_shown() {
            return Ok(Seen { page: picture::blank_page(number), shown: None });
        }
        let carried = text::page(number, &sheet.text, &work.limits)?;
        let words = Words::of(&sheet.text);
        let few = if sheet.covered >= SCAN_COVERAGE { FEW_LETTERS_ON_A_SCAN } else { FEW_LETTERS };
        if !glance.hides && sheet.letters >= few && words.share() >= JUNK_SHARE {
            let asked = signature::is_asked(&sheet.text);
            let found = if asked { self.signatures(sheet)? } else { Signatures::default() };
            let (signature, unsigned) = (found.presence, found.lacking);
            return Ok(Seen { page: Page { signature, unsigned, ..carried }, shown: None });
        }
        let Some(picture) = self.render(number, sheet.size, work)? else {
            let page = Page { legibility: Legibility::Illegible, ..carried };
            return Ok(Seen { page, shown: None });
        };
        let seen = picture::read_page(number, picture, work)?;
        // Text that the page does not show is nothing to choose from.
        if glance.hides {
            return Ok(seen);
        }
        Ok(Seen { page: better(carried, words, seen.page), shown: seen.shown })
    }

    /// Who signed a page that carries its text, as its picture shows.
    fn signatures(&self, sheet: &Carried) -> Result<Signatures, IntakeError> {
        // A page of which that cannot be told is looked at by a person.
        let Some(words) = &sheet.words else { return Ok(Signatures::default()) };
        let (page, longest) = (sheet.number.to_string(), SIGNATURE_SIDE.to_string());
        let rendered =
            PDFTOPPM.run(&["-f", &page, "-l", &page, "-gray", "-scale-to", &longest, &self.path]);
        let rendered = match rendered {
            Ok(rendered) => rendered.output,
            Err(IntakeError::TimedOut { .. } | IntakeError::TooLarge { .. }) => {
                return Ok(Signatures::default());
            }
            Err(error) => return Err(error),
        };
        let picture = image::load_from_memory_with_format(&rendered, image::ImageFormat::Pnm);
        let Ok(picture) = picture else { return Ok(Signatures::default()) };
        let (picture, size) = (picture.into_luma8(), sheet.size);
        let (across, down) =
            (picture.width() as f32 / size.width, picture.height() as f32 / size.height);
        // A page shown in part or on its side: the words do not stand where they would be looked for.
        let is_whole = (across - down).abs() <= 0.02 * down;
        if !is_whole {
            return Ok(Signatures::default());
        }
        Ok(signature::look(&picture, &placed::on_picture(words, down)))
    }

    /// A picture of a page; none when it cannot be rendered.
    fn render(&self, number: u32, size: Size, work: &Work) -> Result<Option<Picture>, IntakeError> {
        let longer = size.width.max(size.height).max(1.0);
        let pixels = longer / 72.0 * DPI * (A4_SIDE / longer).clamp(1.0, 2.0);
        let scaled = pixels.clamp(1.0, MAX_SIDE).round().to_string();
        let page = number.to_string();
        let said = PDFTOPPM.run(&["-f", &page, "-l", &page, "-scale-to", &scaled, &self.path]);
        let output = match said {
            Ok(said) => said.output,
            Err(IntakeError::TimedOut { .. } | IntakeError::TooLarge { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let picture = image::load_from_memory_with_format(&output, image::ImageFormat::Pnm);
        Ok(picture.ok().map(|picture| Picture::of(picture, work.is_shown())))
    }
}

/// Of what a page carries and what is seen on it, that which has more sense.
fn better(carried: Page, words: Words, seen: Page) -> Page {
    let seen_words = Words::of(&seen.text());
    // A layer that says what is seen on the page is sound, whatever its words are: the back of a card.
    if agrees(&carried.text(), &seen.text()) {
        return Page { seal: seen.seal, ..carried };
    }
    let merit = |words: Words| words.possible as f32 * words.share();
    if merit(seen_words) >= merit(words) || seen.legibility == Legibility::Clear {
        return seen;
    }
    let sound = words.share() >= JUNK_SHARE;
    // Text that is there beside a scan that cannot be read must not pass for the scan.
    let legibility = match seen.legibility {
        Legibility::Illegible => Legibility::Illegible,
        _ if sound => Legibility::Clear,
        _ => Legibility::Poor,
    };
    Page { legibility, reading: Reading::TextLayer, seal: seen.seal, ..carried }
}

/// Whether most longer words of a text layer are seen on the page too.
fn agrees(carried: &str, seen: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = motcua_text::fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 3);
        words.map(str::to_owned).collect()
    };
    let (carried, seen) = (words(carried), words(seen));
    let shared = carried.iter().filter(|word| seen.contains(word)).count();
    carried.len() >= 8 && shared.saturating_mul(3) >= carried.len().saturating_mul(2)
}

/// Why `pdfinfo` would not open a file.
fn refusal(said: &Said) -> IntakeError {
    if said.errors.contains("Incorrect password") {
        return IntakeError::EncryptedPdf;
    }
    let complaint = said.errors.lines().last().unwrap_or("not a PDF");
    IntakeError::damaged(&complaint.chars().take(200).collect::<String>())
}

/// Poppler rebuilds the index of a PDF that lost its end and shows what is left of it; pages
/// missing in silence would be worse than no pages.
fn was_cut_off(bytes: &[u8], complaints: &str) -> bool {
    let rebuilt = ["xref", "trailer"].iter().any(|word| complaints.contains(word));
    let tail = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or(bytes);
    rebuilt && !tail.windows(5).any(|window| window == b"%%EOF")
}

fn page_count(info: &str) -> Option<usize> {
    info.lines().find_map(|line| line.strip_prefix("Pages:"))?.trim().parse().ok()
}

/// From lines such as `Page    2 size: 595.68 x 841.92 pts (A4)`.
fn page_sizes(info: &str) -> Vec<Size> {
    let size = |line: &str| {
        let (_, numbers) = line.strip_prefix("Page ")?.split_once("size:")?;
        let mut numbers = numbers.split_whitespace();
        let width = numbers.next()?.parse::<f32>().ok()?;
        let height = numbers.nth(1)?.parse::<f32>().ok()?;
        let sound = |side: f32| side.is_finite() && side > 0.0;
        (sound(width) && sound(height)).then_some(Size { width, height })
    };
    info.lines().filter_map(size).collect()
}

/// A row of `pdfimages -list`.
struct ListedImage {
    page: usize,
    /// Square points.
    area: f32,
}

impl ListedImage {
    /// Columns: page num type width height color comp bpc enc interp object ID x-ppi y-ppi …
    fn parse(row: &str) -> Option<Self> {
        let columns: Vec<&str> = row.split_whitespace().collect();
        let number = |at: usize| columns.get(at)?.parse::<f32>().ok().filter(|n| *n > 0.0);
        let area = number(3)? / number(12)? * number(4)? / number(13)? * (72.0 * 72.0);
        Some(Self { page: columns.first()?.parse().ok()?, area })
    }
}

/// The pages in `pdftotext`'s output, always `pages` of them.
pub fn pages_from_text(text: &str, pages: usize) -> Vec<String> {
    let mut texts: Vec<String> = text.split('\u{c}').take(pages).map(str::to_owned).collect();
    texts.resize(pages, String::new());
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    #[test]
    fn reads_what_pdfinfo_says() {
        let info = "Title: x\nPages:          2\nPage    1 size:  595.68 x 841.92 pts (A4)\n\
                    Page    1 rot:   0\nPage    2 size:  10 x 20 pts\n";
        assert_eq!(page_count(info), Some(2));
        let sizes = page_sizes(info);
        assert_eq!(sizes.get(1), Some(&Size { width: 10.0, height: 20.0 }));
        assert_eq!(sizes.len(), 2);
    }

    #[test]
    fn measures_a_scan() {
        let row = "   1     0 image    1241  1754  gray    1   8  jpeg   no         3  0   150   150  204K 9.6%";
        let image = ListedImage::parse(row).map(|image| (image.page, image.area.round()));
        assert_eq!(image, Some((1, 501_515.0)));
        assert!(ListedImage::parse("page   num  type   width height color").is_none());
    }

    #[test]
    fn text_always_has_all_pages() {
        assert_eq!(pages_from_text("a\u{c}b\u{c}", 2), ["a", "b"]);
        assert_eq!(pages_from_text("", 2), ["", ""]);
        assert_eq!(pages_from_text("a\u{c}b\u{c}c", 2), ["a", "b"]);
    }

    fn carried(text: &str) -> Page {
        text::page(1, text, &Limits::default()).expect("a page")
    }

    #[test]
    fn junk_text_gives_way_to_what_is_seen() {
        let seen = Page { reading: Reading::Ocr, ..carried("Cộng hòa xã hội chủ nghĩa") };
        let junk = "Céng hßa x· héi chñ nghÜa";
        assert_eq!(better(carried(junk), Words::of(junk), seen.clone()), seen);
        let blur = Page { legibility: Legibility::Illegible, lines: Vec::new(), ..seen };
        let stamp = "Ký bởi: Nguyễn Văn An";
        let page = better(carried(stamp), Words::of(stamp), blur);
        assert_eq!(page.legibility, Legibility::Illegible);
        assert_eq!(page.text(), stamp);
    }
}
