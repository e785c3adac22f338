//! Papers that offices, schools, doctors and clubs write.

use super::{chairman, head, motto, paper, service_company, signers, text, title};
use crate::{
    cast::{Cast, after, short},
    paper::{Block, Paper, field, sealed, signer},
};

/// Giấy giới thiệu, good until the day it says.
pub(crate) fn introduction(cast: &Cast) -> Paper {
    let company = service_company(cast);
    let until = if cast.run_out { after(cast.received, -12) } else { after(cast.received, 25) };
    let blocks = vec![
        head(&[&company], &format!("{}/GGT", cast.serial[9])),
        title("Giấy giới thiệu"),
        text(format!("Kính chào: {}", cast.committee())),
        text(format!("{company} trân trọng giới thiệu:")),
        field("Ông/Bà", &cast.agent.name),
        field("Số định danh cá nhân", &cast.agent.number),
        field("Được cử đến", &cast.committee()),
        text(format!(
            "Về việc: thực hiện thủ tục liên quan đến đăng ký hộ kinh doanh của ông/bà {}.",
            cast.applicant.name
        )),
        text(format!("Giấy này có giá trị đến ngày {}.", short(until))),
        Block::Day(cast.place_and(if cast.run_out {
            after(cast.written, -45)
        } else {
            cast.written
        })),
        signers(vec![sealed("GIÁM ĐỐC", &cast.owner.name, &company)]),
    ];
    paper(cast, "giay gioi thieu", blocks)
}

/// Tóm tắt bệnh án.
pub(crate) fn medical_record(cast: &Cast) -> Paper {
    let of = &cast.applicant;
    let hospital = format!("Bệnh viện Đa khoa {}", cast.province);
    let blocks = vec![
        head(&["Sở Y tế", &hospital], &format!("{}/BA", cast.serial[10])),
        title("Tóm tắt hồ sơ bệnh án"),
        field("Họ và tên người bệnh", &of.capitals()),
        field("Ngày sinh", &short(of.born)),
        field("Số định danh cá nhân", &of.number),
        field("Địa chỉ", &of.lives),
        field("Vào viện", &short(after(cast.issued, -30))),
        field("Ra viện", &short(after(cast.issued, -12))),
        field("Chẩn đoán", "Di chứng chấn thương tủy sống, liệt hai chi dưới"),
        field("Quá trình điều trị", "Phẫu thuật cố định cột sống, phục hồi chức năng"),
        Block::Day(cast.place_and(cast.issued)),
        signers(vec![sealed(
            "Đại diện cơ sở khám bệnh, chữa bệnh",
            &cast.official.name,
            &hospital,
        )]),
    ];
    paper(cast, "benh an", blocks)
}

/// Giấy chứng nhận người có công.
pub(crate) fn merit(cast: &Cast) -> Paper {
    let blocks = vec![
        head(&["Bộ Nội vụ"], &format!("{}/GCN", cast.serial[11])),
        title("Giấy chứng nhận người có công với cách mạng"),
        field("Họ và tên", &cast.dead.capitals()),
        field("Ngày sinh", &short(cast.dead.born)),
        field("Số định danh cá nhân", &cast.dead.number),
        field("Nguyên quán", &format!("tỉnh {}", cast.province)),
        text("Là thương binh, tỷ lệ tổn thương cơ thể 41%."),
        Block::Day(cast.place_and(after(cast.issued, -4_000))),
        chairman(cast),
    ];
    paper(cast, "giay chung nhan nguoi co cong", blocks)
}

/// Sơ yếu lý lịch.
pub(crate) fn life(cast: &Cast) -> Paper {
    let of = &cast.agent;
    let blocks = vec![
        motto(),
        title("Sơ yếu lý lịch"),
        field("Họ và tên", &of.capitals()),
        field("Ngày sinh", &short(of.born)),
        field("Giới tính", of.sex()),
        field("Số định danh cá nhân", &of.number),
        field("Nơi cư trú", &of.lives),
        field("Trình độ văn hóa", "12/12"),
        Block::Heading("Quá trình hoạt động của bản thân".to_owned()),
        text(
            "Từ năm 2010 đến nay: làm nghề buôn bán tại địa phương, tham gia sinh hoạt tôn giáo cùng nhóm.",
        ),
        text("Tôi cam đoan những lời khai trên là đúng sự thật."),
        Block::Day(cast.place_and(cast.written)),
        signers(vec![signer("Người khai", &of.name)]),
    ];
    paper(cast, "so yeu ly lich", blocks)
}

/// Văn bản chấp thuận of a religious organisation.
pub(crate) fn consent(cast: &Cast) -> Paper {
    let church = format!("Hội thánh Tin lành tỉnh {}", cast.province);
    let blocks = vec![
        head(&[&church], &format!("{}/VBCT", cast.serial[8])),
        title("Văn bản chấp thuận"),
        Block::Under(
            "Về việc thay đổi người đại diện của nhóm sinh hoạt tôn giáo tập trung".to_owned(),
        ),
        text(format!(
            "{church} chấp thuận ông/bà {}, số định danh cá nhân {}, làm người đại diện mới của nhóm sinh hoạt tôn giáo tập trung tại {}.",
            cast.agent.name, cast.agent.number, cast.ward
        )),
        text(format!("Người đại diện cũ: ông/bà {}.", cast.applicant.name)),
        Block::Day(cast.place_and(cast.written)),
        signers(vec![sealed("TRƯỞNG BAN ĐẠI DIỆN", &cast.official.name, &church)]),
    ];
    paper(cast, "van ban chap thuan", blocks)
}

/// Văn bản đề nghị đăng ký tạm trú of a company, and its list.
pub(crate) fn stay_request(cast: &Cast) -> Paper {
    let company = service_company(cast);
    let blocks = vec![
        head(&[&company], &format!("{}/CV", cast.serial[3])),
        title("Văn bản đề nghị đăng ký tạm trú"),
        text(format!(
            "{company} đề nghị Công an {} đăng ký tạm trú cho 03 người lao động có tên trong danh sách kèm theo.",
            cast.ward
        )),
        text(format!(
            "Chỗ ở hợp pháp: nhà ở công nhân tại {}, thuộc quyền sở hữu của công ty.",
            cast.owner.lives
        )),
        text("Thời hạn tạm trú: 24 tháng."),
        Block::Day(cast.place_and(cast.written)),
        signers(vec![sealed("GIÁM ĐỐC", &cast.owner.name, &company)]),
    ];
    paper(cast, "van ban de nghi tam tru", blocks)
}

/// The list that goes with it.
pub(crate) fn stay_list(cast: &Cast) -> Paper {
    let company = service_company(cast);
    let mut rows = vec![
        ["STT", "Họ, chữ đệm và tên", "Ngày sinh", "Giới tính", "Số định danh cá nhân", "Thời hạn"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for (at, who) in [&cast.applicant, &cast.spouse, &cast.agent].into_iter().enumerate() {
        rows.push(vec![
            (at + 1).to_string(),
            who.name.clone(),
            short(who.born),
            who.sex().to_owned(),
            who.number.clone(),
            "24 tháng".to_owned(),
        ]);
    }
    let blocks = vec![
        head(&[&company], &format!("{}/DS", cast.serial[4])),
        title("Danh sách người tạm trú"),
        Block::Table(rows),
        Block::Day(cast.place_and(cast.written)),
        signers(vec![sealed("GIÁM ĐỐC", &cast.owner.name, &company)]),
    ];
    paper(cast, "danh sach tam tru", blocks)
}
