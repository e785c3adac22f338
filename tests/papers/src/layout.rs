//! Papers as typst source.

use std::fmt::Write as _;

use crate::paper::{Block, Copy, Paper, Sheet, Signer};

const PRELUDE: &str = include_str!("prelude.typ");

/// Several papers one after the other, as one document.
pub(crate) fn source(papers: &[&Paper]) -> String {
    let mut out = PRELUDE.to_owned();
    out.push_str("#set text(font: \"Libertinus Serif\", size: 13pt, lang: \"vi\")\n#set par(justify: false, leading: 0.62em)\n");
    for paper in papers {
        page(&mut out, paper);
    }
    out
}

/// Pages given as pictures, each filling a sheet of its own size.
pub(crate) fn scans(pictures: &[(String, u32, u32)]) -> String {
    let mut out = String::new();
    for (name, width, height) in pictures {
        // A sheet of A4 is 595 points high or wide.
        let points = 595.0 / f64::from((*width).min(*height));
        let (w, h) = (f64::from(*width) * points, f64::from(*height) * points);
        let _ = writeln!(
            out,
            "#page(width: {w:.1}pt, height: {h:.1}pt, margin: 0pt, image({}, width: 100%, height: 100%))",
            quoted(name)
        );
    }
    out
}

fn page(out: &mut String, paper: &Paper) {
    let grey = paper.copy != Copy::Original;
    let setting = match paper.sheet {
        Sheet::White => "paper: \"a4\", margin: (x: 2.2cm, top: 1.9cm, bottom: 1.6cm)".to_owned(),
        Sheet::Card => {
            let fill = if grey { "luma(250)" } else { "rgb(\"#e6f0fa\")" };
            format!("width: 15cm, height: 9.5cm, margin: (x: 0.9cm, y: 0.6cm), fill: {fill}")
        }
        Sheet::Rimmed => {
            let rim = if grey { "luma(120)" } else { "rgb(\"#c98a8a\")" };
            format!(
                "paper: \"a4\", margin: (x: 2.4cm, y: 2.2cm), background: rect(width: 92%, height: 94%, stroke: 3pt + {rim})"
            )
        }
    };
    let _ = writeln!(out, "#page({setting})[\n#grey-copy.update({grey})");
    if paper.sheet == Sheet::Card {
        out.push_str("#set text(size: 12pt)\n");
    }
    match paper.copy {
        Copy::Certified => out.push_str("#stamp[BẢN SAO]\n"),
        Copy::Plain { stamped: true } => out.push_str("#stamp[BẢN CHỤP]\n"),
        _ => {}
    }
    let own = paper.blocks.len();
    for (at, block) in paper.all_blocks().iter().enumerate() {
        if matches!(block, Block::NewPage) {
            let _ = writeln!(out, "]\n#page({setting})[");
            continue;
        }
        draw(out, block, at >= own, paper);
    }
    out.push_str("]\n");
}

fn draw(out: &mut String, block: &Block, fresh: bool, paper: &Paper) {
    let body = |text: &str| format!("#{}", quoted(text));
    match block {
        Block::Head { authority, number } => {
            let lines: Vec<String> = authority.iter().map(|line| quoted(line)).collect();
            let number = number.as_ref().map_or("none".to_owned(), |number| quoted(number));
            let comma = if lines.len() == 1 { "," } else { "" };
            let _ = writeln!(out, "#head(({}{comma}), {number})", lines.join(", "));
        }
        Block::Form(text) => {
            let _ = writeln!(
                out,
                "#align(right, text(size: 10.5pt, style: \"italic\", {}))",
                quoted(text)
            );
        }
        Block::Title(text) => {
            let _ = writeln!(out, "#title({})", quoted(text));
        }
        Block::Under(text) => {
            let _ = writeln!(out, "#under({})", quoted(text));
        }
        Block::Heading(text) if fresh => {
            let _ = writeln!(
                out,
                "#align(center, text(fill: rgb(\"#d2232a\"), weight: \"bold\", {}))",
                quoted(text)
            );
        }
        Block::Heading(text) => {
            let _ = writeln!(out, "*{}*\n", body(text));
        }
        Block::To(text) => {
            let _ = writeln!(out, "#align(center)[Kính gửi: {}]\n", body(text));
        }
        Block::Field { label, value } => {
            let _ = match value {
                None => writeln!(out, "#field({}, none, true)", quoted(label)),
                Some(value) if paper.sheet == Sheet::White && is_form(paper) => {
                    writeln!(out, "#field({}, {}, {})", quoted(label), quoted(value), paper.dots)
                }
                Some(value) => writeln!(out, "#printed({}, {})", quoted(label), quoted(value)),
            };
        }
        Block::Boxes { label, value } => {
            let value = value.as_ref().map_or("none".to_owned(), |value| quoted(value));
            let _ = writeln!(out, "#boxes({}, {value})", quoted(label));
        }
        Block::Text(text) => {
            let _ = writeln!(out, "{}\n", body(text));
        }
        Block::Table(rows) => table(out, rows),
        Block::Day(text) => {
            let _ = writeln!(out, "#align(right, text(style: \"italic\", {}))", quoted(text));
        }
        Block::Signed(all) => signed(out, all, fresh),
        Block::Drawing => out.push_str("#drawing\n"),
        Block::NewPage => {}
    }
}

/// Forms are filled in by hand, other papers by the authority's printer.
fn is_form(paper: &Paper) -> bool {
    paper.blocks.iter().any(|block| matches!(block, Block::To(_)))
}

fn table(out: &mut String, rows: &[Vec<String>]) {
    let columns = rows.first().map_or(1, Vec::len);
    let cells: Vec<String> =
        rows.iter().flatten().map(|cell| format!("[#{}]", quoted(cell))).collect();
    let _ = writeln!(out, "#table(columns: {columns}, inset: 0.4em, {})", cells.join(", "));
}

fn signed(out: &mut String, all: &[Signer], fresh: bool) {
    let one = |signer: &Signer| {
        let role: Vec<String> = signer.role.iter().map(|line| quoted(line)).collect();
        let option =
            |text: &Option<String>| text.as_ref().map_or("none".to_owned(), |text| quoted(text));
        let seed: u32 = signer.name.iter().flat_map(|name| name.chars()).map(u32::from).sum();
        format!(
            "(role: ({},), name: {}, signs: {}, seal: {}, seed: {seed})",
            role.join(", "),
            option(&signer.name),
            signer.signs,
            option(&signer.seal)
        )
    };
    let all: Vec<String> = all.iter().map(one).collect();
    let _ = writeln!(out, "#signers(({},), fresh: {fresh})", all.join(", "));
}

/// A typst string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
