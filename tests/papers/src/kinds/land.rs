//! Papers of land and building.

use super::{chairman, head, motto, paper, signers, text, title};
use crate::{
    cast::{Cast, Person, short},
    paper::{Block, Paper, Sheet, field, sealed},
};

/// Giấy chứng nhận quyền sử dụng đất: two pages.
pub(crate) fn land_certificate(cast: &Cast, of: &Person) -> Paper {
    let serial = format!("CT {}{}", cast.serial[0], cast.serial[1]);
    let blocks = vec![
        motto(),
        title("Giấy chứng nhận"),
        Block::Under("QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT".to_owned()),
        Block::Heading("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất".to_owned()),
        text(format!(
            "Ông/bà: {}, năm sinh {}, căn cước số {}",
            of.capitals(),
            of.born.year(),
            of.number
        )),
        text(format!("Địa chỉ thường trú: {}", of.lives)),
        Block::Heading("2. Thông tin thửa đất".to_owned()),
        text(format!("a) Thửa đất số: {}; tờ bản đồ số: {}", cast.serial[2], cast.serial[3])),
        text("b) Diện tích: 210,5 m²"),
        text("c) Loại đất: Đất ở"),
        text("d) Thời hạn sử dụng đất: Lâu dài"),
        text("đ) Hình thức sử dụng đất: Sử dụng riêng"),
        text("e) Nguồn gốc sử dụng: Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"),
        text(format!("g) Địa chỉ: {}, tỉnh {}", cast.ward, cast.province)),
        Block::Heading("3. Thông tin tài sản gắn liền với đất: -/-".to_owned()),
        chairman(cast),
        text(format!("Số vào sổ cấp Giấy chứng nhận: {}                 {serial}", cast.serial[4])),
        Block::NewPage,
        Block::Heading("4. Sơ đồ thửa đất".to_owned()),
        Block::Drawing,
        Block::Heading("5. Ghi chú: Không".to_owned()),
        Block::Heading("6. Những thay đổi sau khi cấp Giấy chứng nhận".to_owned()),
        Block::Table(vec![
            vec![
                "Nội dung thay đổi và cơ sở pháp lý".to_owned(),
                "Xác nhận của cơ quan có thẩm quyền".to_owned(),
            ],
            vec![" ".to_owned(), " ".to_owned()],
        ]),
        text(format!("Trang 2                 {serial}")),
    ];
    Paper { sheet: Sheet::Rimmed, ..paper(cast, "so do", blocks) }
}

/// Bản vẽ tách thửa đất.
pub(crate) fn parcel_drawing(cast: &Cast) -> Paper {
    let office = format!("Chi nhánh Văn phòng đăng ký đất đai {}", cast.ward);
    let blocks = vec![
        Block::Form("Mẫu số 22".to_owned()),
        motto(),
        title("Bản vẽ tách thửa đất, hợp thửa đất"),
        text(format!(
            "1. Thửa đất gốc số: {}; tờ bản đồ số: {}; diện tích: 210,5 m²",
            cast.serial[2], cast.serial[3]
        )),
        text(format!("2. Người sử dụng đất: {}", cast.applicant.name)),
        text(format!("3. Địa chỉ thửa đất: {}, tỉnh {}", cast.ward, cast.province)),
        Block::Heading("4. Sơ đồ tách thửa".to_owned()),
        Block::Drawing,
        Block::Table(vec![
            vec!["Thửa mới".to_owned(), "Diện tích (m²)".to_owned(), "Loại đất".to_owned()],
            vec!["Thửa A".to_owned(), "110,2".to_owned(), "ONT".to_owned()],
            vec!["Thửa B".to_owned(), "100,3".to_owned(), "ONT".to_owned()],
        ]),
        Block::Day(cast.place_and(cast.written)),
        signers(vec![sealed("Người đại diện đơn vị đo đạc", &cast.official.name, &office)]),
    ];
    paper(cast, "ban ve tach thua", blocks)
}

/// Giấy phép xây dựng.
pub(crate) fn building_permit(cast: &Cast) -> Paper {
    let blocks = vec![
        head(&[&cast.committee()], &format!("{}/GPXD", cast.serial[5])),
        title("Giấy phép xây dựng"),
        Block::Under("(Sử dụng cho nhà ở riêng lẻ)".to_owned()),
        text(format!(
            "1. Cấp cho: Ông/bà {}, căn cước số {}",
            cast.applicant.name, cast.applicant.number
        )),
        text(format!("Địa chỉ: {}", cast.applicant.lives)),
        text("2. Được phép xây dựng công trình: Nhà ở riêng lẻ, cấp công trình: cấp III"),
        text(
            "Diện tích xây dựng tầng 1: 92 m²; tổng diện tích sàn: 184 m²; chiều cao: 7,8 m; số tầng: 02",
        ),
        text(format!(
            "3. Giấy tờ về đất đai: thửa số {}, tờ bản đồ số {}",
            cast.serial[2], cast.serial[3]
        )),
        text(
            "4. Giấy phép này có hiệu lực khởi công xây dựng trong thời hạn 12 tháng kể từ ngày cấp.",
        ),
        Block::Day(cast.place_and(cast.issued)),
        chairman(cast),
    ];
    paper(cast, "giay phep xay dung", blocks)
}

/// Biên lai thuế đất: of no use anywhere here.
pub(crate) fn tax_receipt(cast: &Cast) -> Paper {
    let blocks = vec![
        head(&["Cục Thuế", &format!("Thuế cơ sở {}", cast.province)], &cast.serial[6]),
        title("Biên lai thu thuế sử dụng đất phi nông nghiệp"),
        field("Người nộp thuế", &cast.owner.name),
        field("Địa chỉ", &cast.owner.lives),
        field("Số tiền", "184.000 đồng"),
        Block::Day(format!("Ngày {}", short(cast.issued))),
        signers(vec![sealed("Người thu tiền", &cast.official.name, "Cục Thuế")]),
    ];
    paper(cast, "bien lai thue", blocks)
}
