//! A paper as a Word file: its lines as paragraphs, its tables as tables.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};

use anyhow::Result;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::paper::{Block, Paper};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// The bytes of the file.
pub(crate) fn write(paper: &Paper) -> Result<Vec<u8>> {
    let mut body = String::new();
    for block in paper.all_blocks() {
        match block {
            Block::Head { authority, .. } => {
                for line in authority
                    .iter()
                    .map(String::as_str)
                    .chain(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"])
                {
                    paragraph(&mut body, line);
                }
            }
            Block::Form(text)
            | Block::Title(text)
            | Block::Under(text)
            | Block::Text(text)
            | Block::Heading(text)
            | Block::Day(text) => paragraph(&mut body, &text),
            Block::To(to) => paragraph(&mut body, &format!("Kính gửi: {to}")),
            Block::Field { label, value } | Block::Boxes { label, value } => {
                let value = value.unwrap_or_else(|| "…".repeat(20));
                paragraph(&mut body, &format!("{label}: {value}"));
            }
            Block::Table(rows) => table(&mut body, &rows),
            Block::Signed(signers) => {
                let roles: Vec<String> =
                    signers.iter().map(|signer| signer.role.join(" ")).collect();
                let names: Vec<String> =
                    signers.iter().map(|signer| signer.name.clone().unwrap_or_default()).collect();
                table(&mut body, &[roles, names]);
            }
            Block::Drawing => {}
            Block::NewPage => body.push_str(r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#),
        }
    }
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &document),
    ] {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn paragraph(body: &mut String, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = write!(body, r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#);
}

fn table(body: &mut String, rows: &[Vec<String>]) {
    body.push_str("<w:tbl>");
    for row in rows {
        body.push_str("<w:tr>");
        for cell in row {
            body.push_str("<w:tc>");
            paragraph(body, cell);
            body.push_str("</w:tc>");
        }
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl>");
}
