//! Papers that nothing here asks for.

use super::{head, motto, paper, signers, text, title};
use crate::{
    cast::{Cast, after, short},
    paper::{Block, Paper, field, sealed},
};

/// Giấy phép lái xe.
pub(crate) fn driving_licence(cast: &Cast) -> Paper {
    let of = &cast.applicant;
    let blocks = vec![
        motto(),
        title("Giấy phép lái xe"),
        Block::Under("DRIVER'S LICENSE".to_owned()),
        field("Số/No", &format!("{}{}", cast.serial[0], of.number)),
        field("Họ tên/Full name", &of.capitals()),
        field("Ngày sinh/Date of Birth", &short(of.born)),
        field("Hạng/Class", "B"),
        field("Nơi cư trú/Address", &of.lives),
        field("Ngày trúng tuyển", &short(after(cast.issued, -900))),
    ];
    Paper { sheet: crate::paper::Sheet::Card, ..paper(cast, "giay phep lai xe", blocks) }
}

/// Bằng tốt nghiệp trung học phổ thông.
pub(crate) fn diploma(cast: &Cast) -> Paper {
    let of = &cast.applicant;
    let office = format!("Sở Giáo dục và Đào tạo {}", cast.province);
    let blocks = vec![
        head(&[&office], &cast.serial[1]),
        title("Bằng tốt nghiệp trung học phổ thông"),
        field("Cấp cho", &of.capitals()),
        field("Ngày sinh", &short(of.born)),
        field("Học sinh trường", &format!("Trường THPT {}", cast.ward)),
        field("Khóa thi", "tháng 6"),
        Block::Day(cast.place_and(after(cast.issued, -3_000))),
        signers(vec![sealed("GIÁM ĐỐC", &cast.official.name, &office)]),
    ];
    paper(cast, "bang tot nghiep", blocks)
}

/// Thẻ bảo hiểm y tế.
pub(crate) fn insurance_card(cast: &Cast) -> Paper {
    let of = &cast.applicant;
    let blocks = vec![
        head(&["Bảo hiểm xã hội Việt Nam"], &cast.serial[2]),
        title("Thẻ bảo hiểm y tế"),
        field("Mã số", &format!("GD4{}", of.number)),
        field("Họ và tên", &of.capitals()),
        field("Ngày sinh", &short(of.born)),
        field("Giá trị sử dụng từ ngày", &short(after(cast.issued, -60))),
        field("Nơi đăng ký khám chữa bệnh ban đầu", &format!("Trạm y tế {}", cast.ward)),
        text("Thời điểm đủ 05 năm liên tục: theo quy định."),
    ];
    Paper { sheet: crate::paper::Sheet::Card, ..paper(cast, "the bhyt", blocks) }
}
