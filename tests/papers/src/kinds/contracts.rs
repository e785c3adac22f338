//! Authorisations, contracts and drafts between people.

use super::{motto, paper, signers, text, title};
use crate::{
    cast::{Cast, Person, in_words, short},
    paper::{Block, Paper, field, signer},
};

fn party(of: &Person) -> Vec<Block> {
    vec![
        field("Ông/Bà", &of.name),
        field("Ngày sinh", &short(of.born)),
        field("Số định danh cá nhân", &of.number),
        field("Nơi cư trú", &of.lives),
    ]
}

/// Giấy ủy quyền, not attested by itself.
pub(crate) fn authority_for(cast: &Cast, what: &str) -> Paper {
    let (from, to) = (&cast.applicant, &cast.agent);
    let mut blocks = vec![
        motto(),
        title("Giấy ủy quyền"),
        text(format!("Hôm nay, {}, tại {}, chúng tôi gồm:", in_words(cast.written), cast.ward)),
        Block::Heading("BÊN ỦY QUYỀN".to_owned()),
    ];
    blocks.extend(party(from));
    blocks.push(Block::Heading("BÊN ĐƯỢC ỦY QUYỀN".to_owned()));
    blocks.extend(party(to));
    blocks.extend([
        text(format!("Nội dung ủy quyền: Bên ủy quyền giao cho Bên được ủy quyền thay mặt nộp hồ sơ và nhận kết quả {what}.")),
        text("Thời hạn ủy quyền: kể từ ngày ký đến khi thực hiện xong công việc."),
        signers(vec![signer("BÊN ỦY QUYỀN", &from.name), signer("BÊN ĐƯỢC ỦY QUYỀN", &to.name)]),
    ]);
    paper(cast, "giay uy quyen", blocks)
}

/// Hợp đồng thuê nhà ở.
pub(crate) fn lease(cast: &Cast) -> Paper {
    let (owner, tenant) = (&cast.owner, &cast.applicant);
    let mut blocks = vec![
        motto(),
        title("Hợp đồng thuê nhà ở"),
        text(format!("Hôm nay, {}, chúng tôi gồm:", in_words(cast.written))),
        Block::Heading("BÊN CHO THUÊ (BÊN A)".to_owned()),
    ];
    blocks.extend(party(owner));
    blocks.push(Block::Heading("BÊN THUÊ (BÊN B)".to_owned()));
    blocks.extend(party(tenant));
    blocks.extend([
        text(format!(
            "Điều 1. Bên A cho Bên B thuê ngôi nhà tại {}, diện tích sử dụng 64 m² để ở.",
            owner.lives
        )),
        text("Điều 2. Thời hạn thuê: 24 tháng kể từ ngày ký hợp đồng."),
        text("Điều 3. Giá thuê: 3.500.000 đồng/tháng, trả vào ngày 05 hằng tháng."),
        text("Điều 4. Bên A đồng ý cho Bên B đăng ký cư trú tại ngôi nhà này."),
        signers(vec![signer("BÊN CHO THUÊ", &owner.name), signer("BÊN THUÊ", &tenant.name)]),
    ]);
    paper(cast, "hop dong thue nha", blocks)
}

/// Hợp đồng cung cấp dịch vụ.
pub(crate) fn service_contract(cast: &Cast) -> Paper {
    let company = service_company(cast);
    let mut blocks = vec![
        motto(),
        title("Hợp đồng cung cấp dịch vụ"),
        Block::Under("Về việc thực hiện thủ tục đăng ký hộ kinh doanh".to_owned()),
        Block::Heading("BÊN A (Bên thuê dịch vụ)".to_owned()),
    ];
    blocks.extend(party(&cast.applicant));
    blocks.extend([
        Block::Heading("BÊN B (Bên cung cấp dịch vụ)".to_owned()),
        field("Tên tổ chức", &company),
        field("Đại diện", &cast.owner.name),
        text("Điều 1. Bên B thay mặt Bên A thực hiện thủ tục liên quan đến đăng ký hộ kinh doanh tại cơ quan đăng ký kinh doanh."),
        text("Điều 2. Phí dịch vụ: 800.000 đồng, trả khi có kết quả."),
        Block::Signed(vec![signer("BÊN A", &cast.applicant.name), crate::paper::sealed("BÊN B", &cast.owner.name, &company)]),
    ]);
    paper(cast, "hop dong dich vu", blocks)
}

/// Who does things for others.
pub(crate) fn service_company(cast: &Cast) -> String {
    format!("Công ty TNHH Dịch vụ {}", cast.owner.name.rsplit(' ').next().unwrap_or("An"))
}

/// Dự thảo văn bản từ chối nhận di sản.
pub(crate) fn renunciation(cast: &Cast) -> Paper {
    let (heir, dead) = (&cast.applicant, &cast.dead);
    let mut blocks = vec![
        motto(),
        title("Văn bản từ chối nhận di sản"),
        Block::Under("(Dự thảo)".to_owned()),
        text("Tôi là:"),
    ];
    blocks.extend(party(heir));
    blocks.extend([
        text(format!("Tôi là người thừa kế của ông/bà {}, chết {}.", dead.name, in_words(cast.death()))),
        text(format!("Di sản là quyền sử dụng đất thửa số {}, tờ bản đồ số {} tại {}.", cast.serial[2], cast.serial[3], cast.ward)),
        text("Nay tôi tự nguyện từ chối nhận di sản nói trên, không nhằm trốn tránh nghĩa vụ tài sản đối với người khác."),
        Block::Heading("NGƯỜI TỪ CHỐI NHẬN DI SẢN".to_owned()),
        text("(Ký khi chứng thực)"),
    ]);
    paper(cast, "du thao tu choi di san", blocks)
}

/// Dự thảo hợp đồng chuyển nhượng quyền sử dụng đất.
pub(crate) fn sale_draft(cast: &Cast) -> Paper {
    let mut blocks = vec![
        motto(),
        title("Hợp đồng chuyển nhượng quyền sử dụng đất"),
        Block::Under("(Dự thảo)".to_owned()),
        Block::Heading("BÊN CHUYỂN NHƯỢNG (BÊN A)".to_owned()),
    ];
    blocks.extend(party(&cast.applicant));
    blocks.push(Block::Heading("BÊN NHẬN CHUYỂN NHƯỢNG (BÊN B)".to_owned()));
    blocks.extend(party(&cast.owner));
    blocks.extend([
        text(format!("Điều 1. Bên A chuyển nhượng cho Bên B thửa đất số {}, tờ bản đồ số {}, diện tích 210,5 m² tại {}.", cast.serial[2], cast.serial[3], cast.ward)),
        text("Điều 2. Giá chuyển nhượng: 640.000.000 đồng."),
        text("Điều 3. Hợp đồng có hiệu lực từ thời điểm được chứng thực."),
        text("BÊN A                              BÊN B"),
        text("(Ký khi chứng thực)"),
    ]);
    paper(cast, "du thao hop dong", blocks)
}
