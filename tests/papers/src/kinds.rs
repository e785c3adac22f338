//! The papers, laid out by us after those in use. Each is a function of the cast alone.

mod civil;
mod contracts;
mod forms;
mod identity;
mod land;
mod offices;
mod other;

pub(crate) use civil::*;
pub(crate) use contracts::*;
pub(crate) use forms::*;
pub(crate) use identity::*;
pub(crate) use land::*;
pub(crate) use offices::*;
pub(crate) use other::*;

use crate::{
    cast::{Cast, in_words},
    paper::{Block, Copy, Paper, Sheet, Signer, sealed},
};

/// A paper of these parts.
fn paper(cast: &Cast, name: &'static str, blocks: Vec<Block>) -> Paper {
    let day = format!(
        "Số chứng thực: {}; quyển số 01/2026-SCT/BS; {}",
        cast.serial[0],
        in_words(cast.written)
    );
    Paper {
        name,
        blocks,
        copy: Copy::Original,
        sheet: Sheet::White,
        dots: cast.dots,
        certifier: (cast.committee(), day, cast.official.name.clone()),
        old_form: None,
    }
}

fn motto() -> Block {
    Block::Head { authority: Vec::new(), number: None }
}

fn head(authority: &[&str], number: &str) -> Block {
    let authority = authority.iter().map(|line| line.to_uppercase()).collect();
    Block::Head { authority, number: Some(number.to_owned()) }
}

fn title(text: &str) -> Block {
    Block::Title(text.to_uppercase())
}

fn text(text: impl Into<String>) -> Block {
    Block::Text(text.into())
}

/// The chairman of the ward's committee signs and seals.
fn chairman(cast: &Cast) -> Block {
    let committee = cast.committee();
    Block::Signed(vec![sealed(
        &format!("TM. {}\nCHỦ TỊCH", committee.to_uppercase()),
        &cast.official.name,
        &committee,
    )])
}

/// A commune's attestation of signatures (*lời chứng*), as a further part of a paper.
pub(crate) fn attested(cast: &Cast, mut paper: Paper, people: &[&str]) -> Paper {
    let people = people.join(" và ");
    let committee = cast.committee();
    paper.blocks.extend([
        Block::Heading("LỜI CHỨNG CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN".to_owned()),
        text(format!("Hôm nay, {}, tại {committee}, tỉnh {}, tôi {} chứng thực: ông, bà {people} đã tự nguyện giao kết, có năng lực hành vi dân sự và đã ký trước mặt tôi.", in_words(cast.written), cast.province, cast.official.name)),
        text(format!("Số chứng thực: {}; quyển số 02/2026-SCT/CK,ĐC", cast.serial[1])),
        Block::Signed(vec![sealed("CHỦ TỊCH", &cast.official.name, &committee)]),
    ]);
    paper
}

fn signers(all: Vec<Signer>) -> Block {
    Block::Signed(all)
}
