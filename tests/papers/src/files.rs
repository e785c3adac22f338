//! Papers into files, as people hand them in.

use std::{collections::BTreeMap, process::Command};

use anyhow::{Context as _, Result};
use image::{DynamicImage, ImageFormat, RgbImage, codecs::jpeg::JpegEncoder, imageops};

use crate::{
    assemble::{Dossier, Placed},
    chance::Chance,
    docx, layout,
    paper::{Copy, Paper, Sheet},
    photo::{Care, take},
    typeset::{Press, pictures},
};

/// A file with what is known of it.
pub(crate) struct File {
    pub(crate) placed: Placed,
    pub(crate) bytes: Vec<u8>,
    /// Of pictures: what stands on each page.
    pub(crate) truth: Vec<String>,
}

/// Dots an inch of the pages before they are photographed or scanned.
const DPI: u32 = 160;

/// The files of a dossier.
pub(crate) fn files(
    press: &Press,
    dossier: &Dossier,
    degraded: bool,
    chance: &mut Chance,
) -> Result<Vec<File>> {
    let mut out = Vec::new();
    let whole = chance.percent(if degraded { 20 } else { 15 }) && dossier.handed.len() > 1;
    let twice = dossier.handed.iter().any(|handed| handed.twice);
    if whole && !twice {
        out.push(together(press, dossier, degraded, chance)?);
    } else {
        for (at, handed) in dossier.handed.iter().enumerate() {
            let care = match (handed.illegible, degraded) {
                (true, _) => Some(Care::Spoiled),
                (false, false) => None,
                (false, true) if is_plain(&handed.paper) && chance.percent(15) => None,
                (false, true) if chance.percent(50) => Some(Care::Scanned),
                (false, true) => Some(Care::Photographed),
            };
            let mut made = one(press, &handed.paper, care, chance)?;
            for file in &mut made {
                file.placed.holds = vec![at];
                rename(file, handed.paper.name, chance);
            }
            out.extend(made);
            if handed.twice
                && let Some(last) = out.last()
            {
                let (name, kind) = last.placed.file.rsplit_once('.').unwrap_or(("tep", "pdf"));
                let placed =
                    Placed { file: format!("{name} (1).{kind}"), holds: vec![at], again: true };
                let (bytes, truth) = (last.bytes.clone(), Vec::new());
                out.push(File { placed, bytes, truth });
            }
        }
    }
    tell_apart(&mut out);
    Ok(out)
}

/// Forms are also handed in as Word files.
fn is_plain(paper: &Paper) -> bool {
    paper.copy == Copy::Original && paper.old_form.is_some()
}

fn new(kind: &str, bytes: Vec<u8>, truth: Vec<String>) -> File {
    File {
        placed: Placed { file: format!("tep.{kind}"), holds: Vec::new(), again: false },
        bytes,
        truth,
    }
}

/// All papers in one PDF.
fn together(press: &Press, dossier: &Dossier, degraded: bool, chance: &mut Chance) -> Result<File> {
    let papers: Vec<&Paper> = dossier.handed.iter().map(|handed| &handed.paper).collect();
    let spoiled = dossier.handed.iter().any(|handed| handed.illegible);
    let mut file = if degraded || spoiled {
        let (mut pages, mut truth) = (Vec::new(), Vec::new());
        for handed in &dossier.handed {
            let care = if handed.illegible { Care::Spoiled } else { Care::Scanned };
            pages.extend(taken(press, &handed.paper, care, chance)?);
            truth.extend(if handed.illegible {
                vec![String::new(); handed.paper.text().len()]
            } else {
                handed.paper.text()
            });
        }
        new("pdf", bound(press, &pages, chance)?, truth)
    } else {
        new("pdf", press.pdf(layout::source(&papers), BTreeMap::new())?, Vec::new())
    };
    file.placed.holds = (0..papers.len()).collect();
    file.placed.file =
        format!("{}.pdf", chance.pick(&["ho so", "scan0007", "tai lieu", "ho so day du"]));
    Ok(file)
}

/// One paper as a file, or as one for each page where it was photographed.
fn one(press: &Press, paper: &Paper, care: Option<Care>, chance: &mut Chance) -> Result<Vec<File>> {
    let Some(care) = care else {
        if is_plain(paper) && chance.percent(40) {
            return Ok(vec![new("docx", docx::write(paper)?, Vec::new())]);
        }
        return Ok(vec![new(
            "pdf",
            press.pdf(layout::source(&[paper]), BTreeMap::new())?,
            Vec::new(),
        )]);
    };
    let pages = taken(press, paper, care, chance)?;
    let truth = if care == Care::Spoiled { vec![String::new(); pages.len()] } else { paper.text() };
    if care == Care::Scanned && chance.percent(60) {
        return Ok(vec![new("pdf", bound(press, &pages, chance)?, truth)]);
    }
    let mut files = Vec::new();
    for (page, truth) in pages.iter().zip(truth) {
        let (kind, bytes) = match chance.below(0, 10) {
            0 => ("png", encoded(page, ImageFormat::Png)?),
            1 => ("tiff", encoded(page, ImageFormat::Tiff)?),
            2 => heic(page, chance)?,
            _ => ("jpg", jpeg(page, chance)?),
        };
        files.push(new(kind, bytes, vec![truth]));
    }
    Ok(files)
}

/// The pages of a paper, taken with this care; some stand on their side or upside down.
fn taken(press: &Press, paper: &Paper, care: Care, chance: &mut Chance) -> Result<Vec<RgbImage>> {
    let pdf = press.pdf(layout::source(&[paper]), BTreeMap::new())?;
    let dpi = if paper.sheet == Sheet::Card { 200 } else { DPI };
    let pages = pictures(&pdf, dpi)?;
    Ok(pages
        .iter()
        .map(|page| {
            let picture = take(page, care, chance);
            match chance.below(0, 100) {
                0..7 => imageops::rotate180(&picture),
                7..11 => imageops::rotate90(&picture),
                11..15 => imageops::rotate270(&picture),
                _ => picture,
            }
        })
        .collect())
}

/// Pictures bound to a PDF.
fn bound(press: &Press, pages: &[RgbImage], chance: &mut Chance) -> Result<Vec<u8>> {
    let (mut files, mut names) = (BTreeMap::new(), Vec::new());
    for (at, page) in pages.iter().enumerate() {
        let name = format!("p{at}.jpg");
        files.insert(name.clone(), jpeg(page, chance)?);
        names.push((name, page.width(), page.height()));
    }
    press.pdf(layout::scans(&names), files)
}

fn encoded(page: &RgbImage, format: ImageFormat) -> Result<Vec<u8>> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(page.clone()).write_to(&mut bytes, format)?;
    Ok(bytes.into_inner())
}

fn jpeg(page: &RgbImage, chance: &mut Chance) -> Result<Vec<u8>> {
    let quality = u8::try_from(chance.below(48, 88)).unwrap_or(75);
    let mut bytes = Vec::new();
    page.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))?;
    Ok(bytes)
}

/// As some telephones write; JPEG where libheif's tool is not installed.
fn heic(page: &RgbImage, chance: &mut Chance) -> Result<(&'static str, Vec<u8>)> {
    let folder = tempfile::tempdir()?;
    let (from, to) = (folder.path().join("in.jpg"), folder.path().join("out.heic"));
    std::fs::write(&from, jpeg(page, chance)?)?;
    match Command::new("heif-enc").arg("-q").arg("60").arg("-o").arg(&to).arg(&from).output() {
        Ok(said) if said.status.success() => Ok(("heic", std::fs::read(&to).context("heif-enc")?)),
        _ => Ok(("jpg", std::fs::read(&from)?)),
    }
}

/// Most people name files after what they are; telephones and some people do not.
fn rename(file: &mut File, name: &str, chance: &mut Chance) {
    let kind = file.placed.file.rsplit('.').next().unwrap_or("pdf").to_owned();
    let telephone = matches!(kind.as_str(), "jpg" | "heic");
    let stem = match chance.below(0, 100) {
        _ if telephone && chance.percent(60) => format!("IMG_{}", chance.digits(4)),
        0..15 => format!("scan{}", chance.digits(4)),
        15..25 => {
            (*chance.pick(&["to khai", "giay chung sinh", "cccd", "moi", "hop dong", "ban cuoi"]))
                .to_owned()
        }
        _ => name.to_owned(),
    };
    file.placed.file = format!("{stem}.{kind}");
}

/// No two files of a dossier have one name.
fn tell_apart(files: &mut [File]) {
    for at in 0..files.len() {
        let (before, rest) = files.split_at_mut(at);
        let name = rest[0].placed.file.clone();
        let (stem, kind) = name.rsplit_once('.').unwrap_or((&name, ""));
        let mut number = 2;
        while before.iter().any(|other| other.placed.file == rest[0].placed.file) {
            rest[0].placed.file = format!("{stem} {number}.{kind}");
            number += 1;
        }
    }
}
