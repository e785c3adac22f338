//! Land, building, welfare, merit, records, religion.

use motcua_domain::ComponentState::NotApplicable as Na;

use crate::{
    case::{Case, Due, Need},
    cast::Cast,
    kinds,
    paper::Paper,
};

fn land(cast: &Cast) -> Paper {
    kinds::land_certificate(cast, &cast.applicant)
}

fn inherited_land(cast: &Cast) -> Paper {
    kinds::land_certificate(cast, &cast.dead)
}

const COUNTER: (&str, &str) = ("Hình thức nộp", "trực tiếp tại Bộ phận Một cửa");

pub(super) fn cases() -> Vec<Case> {
    let mut all = land_and_building();
    all.extend(welfare());
    all.extend(records());
    all
}

fn land_and_building() -> Vec<Case> {
    vec![
        Case {
            name: "tach-thua",
            procedure: "1.012784",
            civil: false,
            answers: &[COUNTER],
            needs: vec![
                Need::form(1, "Đơn đề nghị", kinds::parcel_form),
                Need::new(0, "Bản vẽ", kinds::parcel_drawing),
                Need::new(3, "Giấy chứng nhận", land).of(|cast| &mut cast.applicant),
            ],
            rest: &[(2, Na)],
            unscored: &[],
        },
        Case {
            name: "cap-lai-giay-phep-xay-dung",
            procedure: "1.013228",
            civil: false,
            answers: &[COUNTER, ("Lý do đề nghị cấp lại", "giấy phép bị rách, nát")],
            needs: vec![
                Need::form(0, "Đơn đề nghị", kinds::permit_form),
                Need::new(1, "Giấy phép xây dựng", kinds::building_permit)
                    .of(|cast| &mut cast.applicant),
            ],
            rest: &[],
            unscored: &[],
        },
        Case {
            name: "tu-choi-di-san",
            procedure: "2.001016",
            civil: false,
            answers: &[
                COUNTER,
                ("Di sản là tài sản phải đăng ký quyền sở hữu, quyền sử dụng", "có"),
                (
                    "Khai thác được thông tin giấy chứng nhận trong Cơ sở dữ liệu quốc gia về đất đai",
                    "không",
                ),
            ],
            needs: vec![
                Need::new(1, "Dự thảo văn bản từ chối", kinds::renunciation),
                Need::new(0, "Giấy chứng nhận", inherited_land).due(Due::Certified),
            ],
            rest: &[],
            unscored: &[],
        },
        Case {
            name: "chung-thuc-chuyen-nhuong",
            procedure: "2.001035",
            civil: false,
            answers: &[
                COUNTER,
                ("Loại giao dịch", "chuyển nhượng quyền sử dụng đất"),
                ("Tài sản phải đăng ký quyền sở hữu, quyền sử dụng", "có"),
            ],
            needs: vec![
                Need::new(1, "Dự thảo giao dịch", kinds::sale_draft),
                Need::new(0, "Giấy chứng nhận", land).due(Due::Certified),
            ],
            rest: &[],
            unscored: &[],
        },
    ]
}

fn welfare() -> Vec<Case> {
    vec![
        Case {
            name: "mai-tang",
            procedure: "1.001731",
            civil: false,
            answers: &[
                COUNTER,
                (
                    "Người mất từ đủ 80 tuổi đang hưởng trợ cấp tuất bảo hiểm xã hội hoặc trợ cấp hàng tháng khác",
                    "không",
                ),
            ],
            needs: vec![
                Need::form(0, "Tờ khai", kinds::funeral_form),
                Need::new(1, "Giấy chứng tử", kinds::death_extract)
                    .of(|cast| &mut cast.dead)
                    .due(Due::Plain),
            ],
            rest: &[(2, Na)],
            unscored: &[],
        },
        Case {
            name: "khuyet-tat",
            procedure: "1.001699",
            civil: false,
            answers: &[
                COUNTER,
                ("Loại yêu cầu", "xác định mức độ khuyết tật lần đầu"),
                ("Có kết luận của Hội đồng Giám định y khoa trước ngày 01/6/2012", "không"),
            ],
            needs: vec![
                Need::form(4, "Đơn đề nghị", kinds::disability_form),
                Need::new(2, "Bệnh án", kinds::medical_record)
                    .of(|cast| &mut cast.applicant)
                    .due(Due::Plain)
                    .optional(),
            ],
            rest: &[(0, Na), (1, Na), (3, Na)],
            unscored: &[],
        },
        Case {
            name: "than-nhan-nguoi-co-cong",
            procedure: "1.010833",
            civil: false,
            answers: &[COUNTER],
            needs: vec![
                Need::form(1, "Đơn đề nghị", kinds::kin_form),
                Need::new(0, "Giấy chứng nhận người có công", kinds::merit)
                    .of(|cast| &mut cast.dead)
                    .due(Due::Certified),
            ],
            rest: &[],
            unscored: &[],
        },
    ]
}

fn records() -> Vec<Case> {
    vec![
        Case {
            name: "ly-lich-tu-phap",
            procedure: "3.000333",
            civil: false,
            answers: &[
                COUNTER,
                ("Người yêu cầu", "chính người được cấp Phiếu"),
                ("Có bản chính căn cước để đối chiếu", "có, đã đối chiếu"),
            ],
            needs: vec![
                Need::form(3, "Tờ khai", |cast| kinds::record_form(cast, false)),
                Need::new(2, "Bản sao căn cước", |cast| kinds::card(cast, &cast.applicant))
                    .of(|cast| &mut cast.applicant)
                    .due(Due::Plain),
            ],
            rest: &[(0, Na), (1, Na), (4, Na), (5, Na), (6, Na)],
            unscored: &[],
        },
        Case {
            name: "ly-lich-tu-phap-uy-quyen",
            procedure: "3.000333",
            civil: false,
            answers: &[
                COUNTER,
                ("Người yêu cầu", "người khác được ủy quyền, không phải người thân thích"),
                ("Có bản chính căn cước để đối chiếu", "có, đã đối chiếu"),
                ("Giấy tờ tùy thân của người được ủy quyền", "đã xuất trình bản chính"),
            ],
            needs: vec![
                Need::form(0, "Tờ khai", |cast| kinds::record_form(cast, true)),
                Need::new(2, "Bản sao căn cước", |cast| kinds::card(cast, &cast.applicant))
                    .of(|cast| &mut cast.applicant)
                    .due(Due::Plain),
                Need::new(5, "Văn bản ủy quyền", |cast| {
                    kinds::authority_for(cast, "yêu cầu cấp Phiếu lý lịch tư pháp số 1")
                })
                .of(|cast| &mut cast.applicant)
                .due(Due::Attested),
            ],
            rest: &[(1, Na), (3, Na), (4, Na), (6, Na)],
            unscored: &[],
        },
        Case {
            name: "nghia-vu-quan-su",
            procedure: "1.013133",
            civil: false,
            answers: &[
                COUNTER,
                (
                    "Khai thác được thông tin của công dân trên Cơ sở dữ liệu quốc gia về dân cư",
                    "không",
                ),
            ],
            needs: vec![
                Need::form(0, "Phiếu tự khai", kinds::health_form),
                Need::new(1, "Bản chụp căn cước", |cast| {
                    kinds::card(cast, &cast.applicant)
                })
                .of(|cast| &mut cast.applicant)
                .due(Due::Plain),
            ],
            rest: &[],
            unscored: &[],
        },
        Case {
            name: "nguoi-dai-dien-nhom",
            procedure: "1.012585",
            civil: false,
            answers: &[COUNTER, ("Nhóm do tổ chức tôn giáo đăng ký", "có")],
            needs: vec![
                Need::form(0, "Văn bản đăng ký", kinds::group_form),
                Need::new(1, "Sơ yếu lý lịch", kinds::life).of(|cast| &mut cast.agent),
                Need::new(3, "Văn bản chấp thuận", kinds::consent).of(|cast| &mut cast.agent),
            ],
            rest: &[(2, Na)],
            unscored: &[],
        },
    ]
}
