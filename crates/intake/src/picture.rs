//! Pictures: decoded within bounds, turned as the camera says, brought to a size that reads well.

use std::{fs, io::Cursor, time::Duration};

use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageError, ImageReader, Limits as DecodeLimits,
    RgbImage, error::LimitErrorKind, imageops::FilterType,
};
use motcua_domain::{Legibility, Page, Presence, Reading};

use crate::{
    IntakeError, Limits, legibility, light, ocr, seal, show, straighten::Step, text, tiff,
    tool::Tool, work::Work,
};

/// Below this many pixels on the longer side letters are too small for Tesseract, which wants
/// them about 20 pixels high: A4 at 150 dpi is 1,754, and a photographed card is mostly less.
const MIN_SIDE: u32 = 1_700;

/// Above this nothing more is read, it only takes longer: A3 at 200 dpi.
const MAX_SIDE: u32 = 3_400;

/// A page as it was taken: grey for reading, small and coloured for what is red on it, and coloured for people to
/// look at where that is wanted.
pub(crate) struct Picture {
    pub(crate) grey: GrayImage,
    pub(crate) small: RgbImage,
    pub(crate) shown: Option<RgbImage>,
}

impl Picture {
    pub(crate) fn of(picture: DynamicImage, is_shown: bool) -> Self {
        let small = picture.thumbnail(seal::SIDE, seal::SIDE).into_rgb8();
        let shown = is_shown.then(|| show::small(&picture));
        Self { grey: to_grey(picture), small, shown }
    }
}

/// A page that was read from its picture, and what people are shown of it.
pub(crate) struct Seen {
    pub(crate) page: Page,
    pub(crate) shown: Option<RgbImage>,
}

impl Seen {
    /// Hands the picture over; the page goes on.
    pub(crate) fn show(self, work: &Work) -> Result<Page, IntakeError> {
        work.show(self.page.number, self.shown.as_ref().and_then(show::jpeg))?;
        Ok(self.page)
    }
}

/// The pages of a picture file.
pub(crate) fn read(bytes: &[u8], work: &mut Work) -> Result<Vec<Page>, IntakeError> {
    work.found_pages(1)?;
    let picture = decode(bytes, work)?;
    Ok(vec![read_page(1, picture, work)?.show(work)?])
}

/// The pages of a TIFF file.
pub(crate) fn read_tiff(bytes: &[u8], work: &mut Work) -> Result<Vec<Page>, IntakeError> {
    let mut sheets = tiff::Pages::of(bytes, work.limits.max_pages)?;
    work.found_pages(sheets.count())?;
    let mut pages = Vec::new();
    for number in (1..).take(sheets.count()) {
        if let Some(bytes) = sheets.page(pages.len()) {
            let picture = decode(bytes, work)?;
            pages.push(read_page(number, picture, work)?.show(work)?);
        }
    }
    Ok(pages)
}

const HEIF_CONVERT: Tool = Tool {
    name: "heif-convert",
    package: "libheif-examples",
    time: Duration::from_secs(20),
    most: 64 << 10,
};

/// The page of a telephone's photograph; the tool turns it upright.
pub(crate) fn read_heic(bytes: &[u8], work: &mut Work) -> Result<Vec<Page>, IntakeError> {
    let (from, to) = (work.folder.join("upload.heic"), work.folder.join("upload.jpg"));
    // A file of several pictures gives `upload-1.jpg` and so on; the first is the one taken.
    let first = work.folder.join("upload-1.jpg");
    // What another file of the same archive left there must not pass for this one's picture.
    for left in [&to, &first] {
        let _ = fs::remove_file(left);
    }
    fs::write(&from, bytes).map_err(|error| IntakeError::failed(&error))?;
    let [input, output] = [&from, &to].map(|path| path.to_string_lossy().into_owned());
    let said = HEIF_CONVERT.run(&["-q", "95", &input, &output])?;
    match fs::read(&to).or_else(|_| fs::read(&first)) {
        Ok(bytes) if said.status.success() => read(&bytes, work),
        _ => Err(IntakeError::damaged(&said.errors.lines().last().unwrap_or("not a picture"))),
    }
}

/// Recognises and judges one page.
pub(crate) fn read_page(number: u32, picture: Picture, work: &Work) -> Result<Seen, IntakeError> {
    let page = to_reading_size(&picture.grey);
    let ink = legibility::ink(&page);
    // Tesseract takes a second to find nothing on a page of which that can be seen at once.
    let recognised = if legibility::is_bare(&page) {
        ocr::Recognised::default()
    } else {
        ocr::recognise(light::evened(&page).unwrap_or(page), &work.folder)?
    };
    let legibility = legibility::judge(ink, &recognised);
    let readable = legibility == Legibility::Clear;
    let told = |presence: Presence| if readable { presence } else { Presence::Unclear };
    // What is shown goes the same way as what was read, so that boxes of lines fit it.
    let shown = picture.shown.map(|shown| {
        let go = |shown: RgbImage, step: &Step| step.of(&shown, image::Rgb([u8::MAX; 3]));
        recognised.steps.iter().fold(shown, go)
    });
    let page = Page {
        number,
        lines: text::folded_all(recognised.lines, &work.limits)?,
        reading: Reading::Ocr,
        legibility,
        seal: seal::presence(&picture.small),
        signature: told(recognised.signature),
        unsigned: if readable { recognised.unsigned } else { Vec::new() },
        smeared: recognised.smeared,
    };
    Ok(Seen { page, shown })
}

/// A page that shows nothing, as [`read_page`] finds it.
pub(crate) fn blank_page(number: u32) -> Page {
    Page {
        number,
        lines: Vec::new(),
        reading: Reading::Ocr,
        legibility: Legibility::Blank,
        seal: Presence::Unclear,
        signature: Presence::Unclear,
        unsigned: Vec::new(),
        smeared: false,
    }
}

/// Decodes a picture, upright as its EXIF data says.
pub(crate) fn decode(bytes: &[u8], work: &Work) -> Result<Picture, IntakeError> {
    let limits: &Limits = &work.limits;
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| IntakeError::damaged(&error))?;
    let mut bounds = DecodeLimits::default();
    // Eight bytes a pixel is the most that a format here has; what the decoder keeps beside is
    // bounded by the address space.
    bounds.max_alloc = Some(limits.max_pixels.saturating_mul(8));
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(|error| decode_error(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width).saturating_mul(u64::from(height)) > limits.max_pixels {
        return Err(IntakeError::PictureTooLarge { width, height });
    }
    // A picture with broken EXIF data is still a picture.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| decode_error(&error))?;
    picture.apply_orientation(orientation);
    Ok(Picture::of(picture, work.is_shown()))
}

/// Transparent pixels are paper, not ink.
fn to_grey(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let picture = picture.into_luma_alpha8();
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [grey, alpha] = picture.get_pixel(x, y).0.map(u32::from);
        let paper = 255_u32.saturating_sub(alpha).saturating_mul(255);
        let mixed = grey.saturating_mul(alpha).saturating_add(paper) / 255;
        image::Luma([u8::try_from(mixed).unwrap_or(u8::MAX)])
    })
}

fn to_reading_size(picture: &GrayImage) -> GrayImage {
    let side = picture.width().max(picture.height()).max(1);
    let (wanted, filter) = match side {
        // Doubling is the most that helps: what is not there cannot be read.
        _ if side < MIN_SIDE => (MIN_SIDE.min(side.saturating_mul(2)), FilterType::CatmullRom),
        _ if side > MAX_SIDE => (MAX_SIDE, FilterType::Triangle),
        _ => return picture.clone(),
    };
    let scaled = |length: u32| {
        let product = u64::from(length).saturating_mul(u64::from(wanted));
        let scaled = product.checked_div(u64::from(side)).unwrap_or(0);
        u32::try_from(scaled).unwrap_or(wanted).max(1)
    };
    image::imageops::resize(picture, scaled(picture.width()), scaled(picture.height()), filter)
}

fn decode_error(error: &ImageError) -> IntakeError {
    match error {
        ImageError::Limits(limit) => match limit.kind() {
            LimitErrorKind::InsufficientMemory | LimitErrorKind::DimensionError => {
                IntakeError::PictureTooLarge { width: 0, height: 0 }
            }
            _ => IntakeError::damaged(error),
        },
        ImageError::Unsupported(_) => {
            IntakeError::UnsupportedType { looks_like: "ảnh kiểu hiếm gặp".to_owned() }
        }
        _ => IntakeError::damaged(error),
    }
}
