//! Forms that people fill in.

use super::{motto, paper, service_company, signers, text, title};
use crate::{
    cast::{Cast, Person, after, in_words, short},
    paper::{Block, Paper, field, signer},
};

/// What a form is called, and where it comes from.
struct Form {
    name: &'static str,
    line: &'static str,
    /// What the line said on the form before it.
    old: Option<&'static str>,
    title: &'static str,
    under: Option<&'static str>,
    to: String,
}

fn form(cast: &Cast, of: Form, fields: Vec<Block>, (role, who): (&str, &Person)) -> Paper {
    let mut blocks = vec![Block::Form(of.line.to_owned()), motto(), title(of.title)];
    blocks.extend(of.under.map(|line| Block::Under(line.to_owned())));
    blocks.push(Block::To(of.to));
    blocks.extend(fields);
    blocks.extend([
        text("Tôi cam đoan những nội dung khai trên là đúng sự thật và chịu trách nhiệm trước pháp luật về cam đoan của mình."),
        Block::Day(cast.place_and(cast.written)),
        signers(vec![signer(role, &who.name)]),
    ]);
    Paper { old_form: of.old, ..paper(cast, of.name, blocks) }
}

/// Name, number, day of birth and address of somebody.
fn about(label: &str, of: &Person) -> Vec<Block> {
    vec![
        field(label, &of.name),
        field("Ngày, tháng, năm sinh", &short(of.born)),
        field("Giới tính", of.sex()),
        field("Số định danh cá nhân", &of.number),
        field("Nơi cư trú", &of.lives),
    ]
}

fn civil(cast: &Cast, name: &'static str, called: &'static str) -> Form {
    Form { name, line: "", old: None, title: called, under: None, to: cast.committee() }
}

/// Tờ khai đăng ký khai sinh.
pub(crate) fn birth_form(cast: &Cast) -> Paper {
    let (mother, father) = (cast.mother(), cast.father());
    let mut fields = vec![
        field("Họ, chữ đệm, tên người yêu cầu", &cast.applicant.name),
        field("Nơi cư trú", &cast.applicant.lives),
        field("Giấy tờ tùy thân", &format!("Căn cước số {}", cast.applicant.number)),
        field("Quan hệ với người được khai sinh", if cast.applicant.man { "Cha" } else { "Mẹ" }),
        Block::Heading("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:".to_owned()),
        field("Họ, chữ đệm, tên", &cast.child.capitals()),
        field(
            "Ngày, tháng, năm sinh",
            &format!("{}, ghi bằng chữ: {}", short(cast.child.born), in_words(cast.child.born)),
        ),
        field("Giới tính", cast.child.sex()),
        field("Nơi sinh", &format!("Bệnh viện Đa khoa {}", cast.province)),
        field("Quê quán", &format!("tỉnh {}", cast.province)),
    ];
    for (who, is) in [(mother, "mẹ"), (father, "cha")] {
        fields.push(field(&format!("Họ, chữ đệm, tên người {is}"), &who.name));
        fields.push(field("Ngày, tháng, năm sinh", &short(who.born)));
        fields.push(field("Giấy tờ tùy thân", &format!("Căn cước số {}", who.number)));
    }
    form(
        cast,
        civil(cast, "to khai khai sinh", "Tờ khai đăng ký khai sinh"),
        fields,
        ("Người yêu cầu", &cast.applicant),
    )
}

/// Tờ khai đăng ký kết hôn.
pub(crate) fn marriage_form(cast: &Cast) -> Paper {
    let mut fields = Vec::new();
    for (is, who) in [("Bên nam", cast.father()), ("Bên nữ", cast.mother())] {
        fields.push(Block::Heading(is.to_owned()));
        fields.extend(about("Họ, chữ đệm, tên", who));
        fields.push(field("Giấy tờ tùy thân", &format!("Căn cước cấp ngày {}", short(who.issued))));
        fields.push(field("Kết hôn lần thứ mấy", "Lần thứ nhất"));
    }
    let of = civil(cast, "to khai ket hon", "Tờ khai đăng ký kết hôn");
    let mut paper = form(cast, of, fields, ("Bên nữ", cast.mother()));
    paper.blocks.pop();
    paper.blocks.push(signers(vec![
        signer("Bên nam", &cast.father().name),
        signer("Bên nữ", &cast.mother().name),
    ]));
    paper
}

/// Tờ khai đăng ký khai tử.
pub(crate) fn death_form(cast: &Cast) -> Paper {
    let dead = &cast.dead;
    let mut fields = about("Họ, chữ đệm, tên người yêu cầu", &cast.applicant);
    fields.push(field("Quan hệ với người đã chết", "Con"));
    fields.push(Block::Heading(
        "Đề nghị cơ quan đăng ký khai tử cho người có tên dưới đây:".to_owned(),
    ));
    fields.extend(about("Họ, chữ đệm, tên", dead));
    fields.extend([
        field("Đã chết vào lúc", &format!("21 giờ 10 phút, {}", in_words(cast.death()))),
        field("Nơi chết", &format!("Bệnh viện Đa khoa {}", cast.province)),
        field("Nguyên nhân chết", "Bệnh lý tim mạch"),
        field("Số Giấy báo tử", &format!("{}/GBT", cast.serial[6])),
    ]);
    form(
        cast,
        civil(cast, "to khai khai tu", "Tờ khai đăng ký khai tử"),
        fields,
        ("Người yêu cầu", &cast.applicant),
    )
}

/// Tờ khai cấp Giấy xác nhận tình trạng hôn nhân.
pub(crate) fn single_form(cast: &Cast) -> Paper {
    let mut fields = about("Họ, chữ đệm, tên người yêu cầu", &cast.applicant);
    fields.push(Block::Heading(
        "Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:".to_owned(),
    ));
    fields.extend(about("Họ, chữ đệm, tên", &cast.applicant));
    fields.push(field("Tình trạng hôn nhân", "Chưa đăng ký kết hôn với ai"));
    fields.push(field("Mục đích sử dụng", "Để đăng ký kết hôn"));
    form(
        cast,
        civil(cast, "to khai xac nhan hon nhan", "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân"),
        fields,
        ("Người yêu cầu", &cast.applicant),
    )
}

/// CT01 of one person.
pub(crate) fn residence_form(cast: &Cast, of: &Person, what: &str) -> Paper {
    let fields = vec![
        field("1. Họ, chữ đệm và tên", &of.name),
        field("2. Ngày, tháng, năm sinh", &short(of.born)),
        field("3. Giới tính", of.sex()),
        Block::Boxes {
            label: "4. Số định danh cá nhân".to_owned(),
            value: Some(of.number.clone()),
        },
        field("5. Số điện thoại liên hệ", "09xx 000 111"),
        field("6. Email", "khong co"),
        field("7. Họ, chữ đệm và tên chủ hộ", &of.name),
        field("8. Mối quan hệ với chủ hộ", "Chủ hộ"),
        field("9. Nội dung đề nghị", what),
        text("10. Những thành viên trong hộ gia đình cùng thay đổi:"),
        Block::Table(vec![
            [
                "TT",
                "Họ, chữ đệm và tên",
                "Ngày sinh",
                "Số định danh cá nhân",
                "Mối quan hệ với chủ hộ",
            ]
            .map(str::to_owned)
            .to_vec(),
            vec![" ".to_owned(); 5],
        ]),
    ];
    let of_form = Form {
        name: "ct01",
        line: "Mẫu CT01 ban hành kèm theo Thông tư số 53/2025/TT-BCA ngày 01/7/2025",
        old: Some("Mẫu CT01 ban hành kèm theo Thông tư số 56/2021/TT-BCA ngày 15/5/2021"),
        title: "Tờ khai thay đổi thông tin cư trú",
        under: None,
        to: format!("Công an {}", cast.ward),
    };
    let mut paper = form(cast, of_form, fields, ("NGƯỜI KÊ KHAI", of));
    paper.blocks.pop();
    paper.blocks.push(signers(vec![
        signer("Ý KIẾN CỦA CHỦ SỞ HỮU CHỖ Ở HỢP PHÁP", &cast.owner.name),
        signer("NGƯỜI KÊ KHAI", &of.name),
    ]));
    paper
}

/// Đơn đề nghị tách thửa đất, hợp thửa đất.
pub(crate) fn parcel_form(cast: &Cast) -> Paper {
    let mut fields = about("1. Người sử dụng đất", &cast.applicant);
    fields.extend([
        field("2. Thửa đất số", &cast.serial[2]),
        field("Tờ bản đồ số", &cast.serial[3]),
        field("Diện tích", "210,5 m²"),
        field("Giấy chứng nhận số", &format!("CT {}{}", cast.serial[0], cast.serial[1])),
        field("3. Nội dung đề nghị", "Tách thành 02 thửa đất để tặng cho con"),
    ]);
    let of = Form {
        name: "don tach thua",
        line: "Mẫu số 21 ban hành kèm theo Nghị định số 151/2025/NĐ-CP",
        old: Some("Mẫu số 01/ĐK ban hành kèm theo Nghị định số 101/2024/NĐ-CP"),
        title: "Đơn đề nghị tách thửa đất, hợp thửa đất",
        under: None,
        to: format!("Chi nhánh Văn phòng đăng ký đất đai {}", cast.ward),
    };
    form(cast, of, fields, ("Người viết đơn", &cast.applicant))
}

/// A household business's paper, whatever it is about.
pub(crate) fn business_form(
    cast: &Cast,
    name: &'static str,
    called: &'static str,
    rest: Vec<Block>,
) -> Paper {
    let of = Form {
        name,
        line: "(Ban hành kèm theo Thông tư số 68/2025/TT-BTC)",
        old: Some("(Ban hành kèm theo Thông tư số 01/2021/TT-BKHĐT)"),
        title: called,
        under: None,
        to: format!("Cơ quan đăng ký kinh doanh cấp xã {}", cast.ward),
    };
    let mut fields = about("Tôi là", &cast.applicant);
    fields.extend(rest);
    form(cast, of, fields, ("CHỦ HỘ KINH DOANH", &cast.applicant))
}

fn shop(cast: &Cast) -> String {
    format!("HỘ KINH DOANH {}", cast.applicant.name.to_uppercase())
}

/// Giấy đề nghị đăng ký hộ kinh doanh.
pub(crate) fn business_start(cast: &Cast) -> Paper {
    let rest = vec![
        field("1. Tên hộ kinh doanh", &shop(cast)),
        field("2. Địa chỉ trụ sở", &cast.applicant.lives),
        field("3. Ngành, nghề kinh doanh", "Bán lẻ lương thực, thực phẩm (4721)"),
        field("4. Vốn kinh doanh", "60.000.000 đồng"),
        field("5. Chủ thể thành lập", "Cá nhân"),
    ];
    business_form(cast, "giay de nghi dang ky hkd", "Giấy đề nghị đăng ký hộ kinh doanh", rest)
}

/// Thông báo chấm dứt hoạt động hộ kinh doanh.
pub(crate) fn business_end(cast: &Cast) -> Paper {
    let rest = vec![
        field("1. Tên hộ kinh doanh", &shop(cast)),
        field("2. Mã số hộ kinh doanh", &cast.applicant.number),
        field("3. Địa chỉ trụ sở", &cast.applicant.lives),
        field("4. Chấm dứt hoạt động kể từ ngày", &short(after(cast.received, 10))),
        field("5. Lý do", "Chủ hộ chuyển nơi ở"),
    ];
    business_form(
        cast,
        "thong bao cham dut hkd",
        "Thông báo chấm dứt hoạt động hộ kinh doanh",
        rest,
    )
}

/// Giấy đề nghị tạm ngừng kinh doanh.
pub(crate) fn business_pause(cast: &Cast) -> Paper {
    let rest = vec![
        field("1. Tên hộ kinh doanh", &shop(cast)),
        field("2. Mã số hộ kinh doanh", &cast.applicant.number),
        field("3. Tạm ngừng kể từ ngày", &short(after(cast.received, 10))),
        field("đến ngày", &short(after(cast.received, 190))),
        field("4. Lý do tạm ngừng", "Sửa chữa cửa hàng"),
    ];
    business_form(
        cast,
        "de nghi tam ngung",
        "Giấy đề nghị đăng ký tạm ngừng kinh doanh/tiếp tục kinh doanh trước thời hạn đã đăng ký của hộ kinh doanh",
        rest,
    )
}

/// Tờ khai đề nghị hỗ trợ chi phí mai táng.
pub(crate) fn funeral_form(cast: &Cast) -> Paper {
    let dead = &cast.dead;
    let mut fields = vec![Block::Heading("Phần I. Thông tin của đối tượng".to_owned())];
    fields.extend(about("1. Họ và tên", dead));
    fields.push(field("2. Ngày, tháng, năm chết", &short(cast.death())));
    fields.push(Block::Heading("Phần II. Người đứng ra mai táng".to_owned()));
    fields.extend(about("1. Họ và tên", &cast.applicant));
    fields.push(field("2. Quan hệ với người chết", "Con"));
    let of = Form {
        name: "to khai mai tang",
        line: "Mẫu số 04 ban hành kèm theo Nghị định số 20/2021/NĐ-CP",
        old: Some("Mẫu số 04 ban hành kèm theo Nghị định số 136/2013/NĐ-CP"),
        title: "Tờ khai đề nghị hỗ trợ chi phí mai táng",
        under: None,
        to: cast.committee(),
    };
    form(cast, of, fields, ("Người khai", &cast.applicant))
}

/// Đơn đề nghị xác định mức độ khuyết tật.
pub(crate) fn disability_form(cast: &Cast) -> Paper {
    let mut fields = about("1. Họ và tên người khuyết tật", &cast.applicant);
    fields.extend([
        field("2. Dạng khuyết tật", "Vận động"),
        field("3. Nguyên nhân", "Tai nạn lao động"),
        field("4. Mức độ đề nghị xác định", "Nặng"),
        field("5. Hồ sơ gửi kèm", "Bản sao tóm tắt bệnh án"),
    ]);
    let of = Form {
        name: "don khuyet tat",
        line: "Mẫu số 01 ban hành kèm theo Thông tư số 01/2019/TT-BLĐTBXH",
        old: Some("Mẫu số 01 ban hành kèm theo Thông tư số 26/2012/TT-BLĐTBXH"),
        title: "Đơn đề nghị xác định, xác định lại mức độ khuyết tật và cấp, cấp đổi, cấp lại Giấy xác nhận khuyết tật",
        under: None,
        to: format!("Chủ tịch {}", cast.committee()),
    };
    form(cast, of, fields, ("Người viết đơn", &cast.applicant))
}

/// Đơn đề nghị cấp lại giấy phép xây dựng.
pub(crate) fn permit_form(cast: &Cast) -> Paper {
    let mut fields = about("1. Tên chủ đầu tư", &cast.applicant);
    fields.extend([
        field("2. Địa điểm xây dựng", &cast.applicant.lives),
        field("3. Giấy phép xây dựng đã được cấp số", &format!("{}/GPXD", cast.serial[5])),
        field("4. Nội dung đề nghị", "Cấp lại giấy phép xây dựng"),
        field("5. Lý do", "Giấy phép bị ướt, rách nát"),
    ]);
    let of = Form {
        name: "don cap lai gpxd",
        line: "Mẫu số 02 Phụ lục II Nghị định số 175/2024/NĐ-CP",
        old: Some("Mẫu số 02 Phụ lục II ban hành kèm theo Nghị định số 15/2021/NĐ-CP"),
        title: "Đơn đề nghị điều chỉnh, gia hạn, cấp lại giấy phép xây dựng",
        under: Some("(Sử dụng cho nhà ở riêng lẻ)"),
        to: cast.committee(),
    };
    form(cast, of, fields, ("Chủ đầu tư", &cast.applicant))
}

/// Đơn đề nghị cấp giấy xác nhận thân nhân của người có công.
pub(crate) fn kin_form(cast: &Cast) -> Paper {
    let mut fields = vec![Block::Heading("1. Thông tin về người có công".to_owned())];
    fields.extend(about("Họ và tên", &cast.dead));
    fields.push(Block::Heading("2. Thông tin về thân nhân".to_owned()));
    fields.extend(about("Họ và tên", &cast.applicant));
    fields.push(field("Quan hệ với người có công", "Con"));
    let of = Form {
        name: "don than nhan",
        line: "Mẫu số 12 Phụ lục I Nghị định số 131/2021/NĐ-CP",
        old: None,
        title: "Đơn đề nghị cấp giấy xác nhận thân nhân của người có công",
        under: None,
        to: cast.committee(),
    };
    form(cast, of, fields, ("Người làm đơn", &cast.applicant))
}

/// Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp: `for_other` on the form of whoever is sent.
pub(crate) fn record_form(cast: &Cast, for_other: bool) -> Paper {
    let mut fields = about("1. Tên tôi là", if for_other { &cast.agent } else { &cast.applicant });
    if for_other {
        fields.push(Block::Heading(
            "Yêu cầu cấp Phiếu lý lịch tư pháp cho người ủy quyền:".to_owned(),
        ));
        fields.extend(about("Họ và tên người ủy quyền", &cast.applicant));
    }
    fields.extend([
        field("2. Yêu cầu cấp Phiếu lý lịch tư pháp", "Số 1"),
        field("3. Mục đích yêu cầu", "Bổ sung hồ sơ xin việc"),
        field("4. Số lượng Phiếu", "01"),
    ]);
    let of = Form {
        name: "to khai lltp",
        line: if for_other { "Mẫu số 02/2025/LLTP" } else { "Mẫu số 01/2025/LLTP" },
        old: None,
        title: "Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp",
        under: None,
        to: format!("Công an tỉnh {}", cast.province),
    };
    form(cast, of, fields, ("Người khai", if for_other { &cast.agent } else { &cast.applicant }))
}

/// Phiếu tự khai sức khỏe nghĩa vụ quân sự.
pub(crate) fn health_form(cast: &Cast) -> Paper {
    let mut fields = about("1. Họ, chữ đệm và tên khai sinh", &cast.applicant);
    fields.extend([
        field("2. Nghề nghiệp, nơi làm việc", &service_company(cast)),
        field("3. Tiền sử bệnh tật bản thân", "Không"),
        field("4. Tiền sử bệnh tật gia đình", "Không"),
        field("5. Đã và đang mắc bệnh", "Không"),
        field("6. Chiều cao", "170 cm"),
    ]);
    let of = Form {
        name: "phieu tu khai suc khoe",
        line: "",
        old: None,
        title: "Phiếu tự khai sức khỏe nghĩa vụ quân sự",
        under: None,
        to: format!("Ban Chỉ huy quân sự {}", cast.ward),
    };
    form(cast, of, fields, ("Người khai", &cast.applicant))
}

/// Đăng ký thay đổi người đại diện của nhóm sinh hoạt tôn giáo tập trung.
pub(crate) fn group_form(cast: &Cast) -> Paper {
    let mut fields = vec![
        field("1. Tên nhóm sinh hoạt tôn giáo tập trung", &format!("Điểm nhóm {}", cast.ward)),
        field("2. Địa điểm sinh hoạt", &cast.owner.lives),
    ];
    fields.push(Block::Heading("3. Người đại diện cũ".to_owned()));
    fields.extend(about("Họ và tên", &cast.applicant));
    fields.push(Block::Heading("4. Người đại diện mới".to_owned()));
    fields.extend(about("Họ và tên", &cast.agent));
    fields.push(field("5. Lý do thay đổi", "Người đại diện cũ tuổi cao"));
    let of = Form {
        name: "dang ky thay doi nguoi dai dien",
        line: "Mẫu B6",
        old: None,
        title: "Đăng ký",
        under: Some("Thay đổi người đại diện của nhóm sinh hoạt tôn giáo tập trung"),
        to: cast.committee(),
    };
    form(cast, of, fields, ("TM. NHÓM\nNGƯỜI ĐẠI DIỆN", &cast.applicant))
}
