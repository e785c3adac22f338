//! Cards and passports.

use jiff::ToSpan;

use super::{motto, paper, text};
use crate::{
    cast::{Cast, Person, short},
    paper::{Block, Paper, Sheet, field},
};

/// Thẻ căn cước, both sides on one sheet of two pages.
pub(crate) fn card(cast: &Cast, of: &Person) -> Paper {
    let until = if cast.run_out {
        cast.received.checked_sub(70.days())
    } else {
        cast.received.checked_add(2_600.days())
    };
    let front = vec![
        motto(),
        Block::Title("CĂN CƯỚC".to_owned()),
        Block::Under("IDENTITY CARD".to_owned()),
        field("Số định danh cá nhân / Personal identification number", &of.number),
        field("Họ, chữ đệm và tên khai sinh / Full name", &of.capitals()),
        field("Ngày, tháng, năm sinh / Date of birth", &short(of.born)),
        text(format!("Giới tính / Sex: {}      Quốc tịch / Nationality: Việt Nam", of.sex())),
        field("Có giá trị đến / Date of expiry", &short(until.unwrap_or(cast.received))),
        Block::NewPage,
        field("Nơi cư trú / Place of residence", &of.lives),
        field("Nơi đăng ký khai sinh / Place of birth", &format!("tỉnh {}", cast.province)),
        field("Ngày, tháng, năm cấp / Date of issue", &short(of.issued)),
        text("BỘ CÔNG AN / MINISTRY OF PUBLIC SECURITY"),
        text(format!("IDVNM{}<<{}", of.number, "<".repeat(12))),
    ];
    Paper { sheet: Sheet::Card, ..paper(cast, "can cuoc", front) }
}

/// Hộ chiếu, the page with the picture.
pub(crate) fn passport(cast: &Cast, of: &Person) -> Paper {
    let until = if cast.run_out {
        cast.received.checked_sub(120.days())
    } else {
        cast.received.checked_add(1_900.days())
    };
    let page = vec![
        motto(),
        Block::Title("HỘ CHIẾU / PASSPORT".to_owned()),
        field("Loại / Type", "P"),
        field(
            "Số hộ chiếu / Passport No",
            &format!("C{}{}", cast.serial[2], of.number.get(6..11).unwrap_or("12345")),
        ),
        field("Họ và tên / Full name", &of.capitals()),
        field("Quốc tịch / Nationality", "VIỆT NAM / VIETNAMESE"),
        field("Ngày sinh / Date of birth", &short(of.born)),
        field("Giới tính / Sex", of.sex()),
        field("Số định danh cá nhân / ID No", &of.number),
        field("Ngày cấp / Date of issue", &short(of.issued)),
        field("Có giá trị đến / Date of expiry", &short(until.unwrap_or(cast.received))),
    ];
    Paper { sheet: Sheet::Card, ..paper(cast, "ho chieu", page) }
}
