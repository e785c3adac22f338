//! Papers of birth, marriage and death.

use super::{chairman, head, paper, signers, text, title};
use crate::{
    cast::{Cast, after, in_words, short},
    paper::{Block, Paper, field, sealed, signer},
};

/// Giấy chứng sinh of a hospital.
pub(crate) fn birth_note(cast: &Cast) -> Paper {
    let mother = cast.mother();
    let hospital = format!("Bệnh viện Đa khoa {}", cast.province);
    let weight = format!("{} gam", 2_600 + i32::from(mother.born.day()) * 41);
    let blocks = vec![
        head(&["Sở Y tế", &hospital], &format!("{}/GCS", cast.serial[3])),
        title("Giấy chứng sinh"),
        field("Họ và tên mẹ hoặc người nuôi dưỡng", &mother.name),
        field("Ngày, tháng, năm sinh", &short(mother.born)),
        field("Nơi đăng ký thường trú", &mother.lives),
        field("Số định danh cá nhân/Căn cước", &mother.number),
        field("Dân tộc", "Kinh"),
        field("Họ và tên cha", &cast.father().name),
        text(format!("Đã sinh con vào lúc: 07 giờ 25 phút, {}", in_words(cast.child.born))),
        field("Tại", &hospital),
        text("Số lần sinh: 01. Số con hiện sống: 01. Số con trong lần sinh này: 01"),
        text(format!("Giới tính của con: {}. Cân nặng: {weight}", cast.child.sex())),
        field("Dự định đặt tên con là", &cast.child.name),
        Block::Day(cast.place_and(after(cast.child.born, 2))),
        signers(vec![
            signer("Cha, mẹ", &mother.name),
            signer("Người đỡ đẻ", &cast.agent.name),
            sealed("Thủ trưởng cơ sở y tế", &cast.official.name, &hospital),
        ]),
    ];
    paper(cast, "giay chung sinh", blocks)
}

/// Trích lục khai sinh (bản sao).
pub(crate) fn birth_extract(cast: &Cast) -> Paper {
    let of = &cast.applicant;
    let blocks = vec![
        head(&[&cast.committee()], &format!("{}/TLKS-BS", cast.serial[4])),
        title("Trích lục khai sinh (bản sao)"),
        field("Họ, chữ đệm, tên", &of.capitals()),
        field("Ngày, tháng, năm sinh", &short(of.born)),
        text(format!("Giới tính: {}    Dân tộc: Kinh    Quốc tịch: Việt Nam", of.sex())),
        field("Số định danh cá nhân", &of.number),
        field("Họ, chữ đệm, tên người cha", &cast.dead.name),
        field("Nơi đăng ký khai sinh", &cast.committee()),
        Block::Day(cast.place_and(cast.issued)),
        chairman(cast),
    ];
    paper(cast, "trich luc khai sinh", blocks)
}

/// Giấy chứng nhận kết hôn.
pub(crate) fn marriage(cast: &Cast) -> Paper {
    let (wife, husband) = (cast.mother(), cast.father());
    let half = |who: &crate::cast::Person, is: &str| {
        vec![
            field(&format!("Họ, chữ đệm, tên {is}"), &who.capitals()),
            field("Ngày, tháng, năm sinh", &short(who.born)),
            field("Nơi cư trú", &who.lives),
            field("Giấy tờ tùy thân", &format!("Thẻ căn cước số {}", who.number)),
        ]
    };
    let mut blocks = vec![
        head(&[&cast.committee()], &format!("{}/2021", cast.serial[5])),
        title("Giấy chứng nhận kết hôn"),
    ];
    blocks.extend(half(husband, "chồng"));
    blocks.extend(half(wife, "vợ"));
    blocks.extend([
        text("Giấy chứng nhận kết hôn này có giá trị kể từ ngày đăng ký."),
        signers(vec![signer("Chồng", &husband.name), signer("Vợ", &wife.name)]),
        chairman(cast),
    ]);
    paper(cast, "giay chung nhan ket hon", blocks)
}

/// Giấy báo tử of a hospital.
pub(crate) fn death_note(cast: &Cast) -> Paper {
    let dead = &cast.dead;
    let hospital = format!("Bệnh viện Đa khoa {}", cast.province);
    let blocks = vec![
        head(&["Sở Y tế", &hospital], &format!("{}/GBT", cast.serial[6])),
        title("Giấy báo tử"),
        field("Họ, chữ đệm, tên người chết", &dead.capitals()),
        field("Ngày, tháng, năm sinh", &short(dead.born)),
        text(format!("Giới tính: {}    Dân tộc: Kinh    Quốc tịch: Việt Nam", dead.sex())),
        field("Số định danh cá nhân", &dead.number),
        field("Nơi cư trú cuối cùng", &dead.lives),
        text(format!("Đã chết vào lúc: 21 giờ 10 phút, {}", in_words(cast.death()))),
        field("Nơi chết", &hospital),
        field("Nguyên nhân chết", "Bệnh lý tim mạch"),
        text("Giấy báo tử này được cấp cho thân nhân để đăng ký khai tử."),
        Block::Day(cast.place_and(cast.issued)),
        signers(vec![sealed("Thủ trưởng cơ sở y tế", &cast.official.name, &hospital)]),
    ];
    paper(cast, "giay bao tu", blocks)
}

/// Trích lục khai tử (bản sao).
pub(crate) fn death_extract(cast: &Cast) -> Paper {
    let dead = &cast.dead;
    let blocks = vec![
        head(&[&cast.committee()], &format!("{}/TLKT-BS", cast.serial[7])),
        title("Trích lục khai tử (bản sao)"),
        field("Họ, chữ đệm, tên", &dead.capitals()),
        field("Ngày, tháng, năm sinh", &short(dead.born)),
        text(format!("Giới tính: {}    Dân tộc: Kinh    Quốc tịch: Việt Nam", dead.sex())),
        field("Số định danh cá nhân", &dead.number),
        field("Nơi cư trú cuối cùng", &dead.lives),
        text(format!("Đã chết vào lúc: 21 giờ 10 phút, {}", in_words(cast.death()))),
        field("Nguyên nhân chết", "Bệnh lý tim mạch"),
        field("Nơi đăng ký khai tử", &cast.committee()),
        Block::Day(cast.place_and(cast.issued)),
        chairman(cast),
    ];
    paper(cast, "trich luc khai tu", blocks)
}

/// Giấy xác nhận tình trạng hôn nhân; good for six months.
pub(crate) fn single(cast: &Cast) -> Paper {
    let of = &cast.applicant;
    let issued = if cast.run_out { after(cast.issued, -270) } else { cast.issued };
    let blocks = vec![
        head(&[&cast.committee()], &format!("{}/UBND-XNTTHN", cast.serial[8])),
        title("Giấy xác nhận tình trạng hôn nhân"),
        text(format!("{} xác nhận:", cast.committee())),
        field("Họ, chữ đệm, tên", &of.capitals()),
        field("Ngày, tháng, năm sinh", &short(of.born)),
        field("Nơi cư trú", &of.lives),
        field("Giấy tờ tùy thân", &format!("Thẻ căn cước số {}", of.number)),
        field("Tình trạng hôn nhân", "Chưa đăng ký kết hôn với ai"),
        text("Giấy này có giá trị 6 tháng kể từ ngày cấp, được sử dụng để đăng ký kết hôn."),
        Block::Day(cast.place_and(issued)),
        chairman(cast),
    ];
    paper(cast, "xac nhan tinh trang hon nhan", blocks)
}
