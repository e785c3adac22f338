//! Household businesses.

use motcua_domain::ComponentState::NotApplicable as Na;

use crate::{
    case::{Case, Due, Need},
    cast::Cast,
    kinds,
    paper::Paper,
};

fn authority(cast: &Cast) -> Paper {
    kinds::authority_for(cast, "thủ tục đăng ký hộ kinh doanh")
}

const COUNTER: (&str, &str) = ("Hình thức nộp", "trực tiếp tại Bộ phận Một cửa");
const NO_GROUP: (&str, &str) =
    ("Hộ kinh doanh do nhóm cá nhân thành lập trước Nghị định 168/2025/NĐ-CP", "không");

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "lap-ho-kinh-doanh",
            procedure: "1.001612",
            civil: false,
            answers: &[
                COUNTER,
                ("Chủ thể thành lập", "cá nhân"),
                ("Ủy quyền thực hiện thủ tục", "có, ủy quyền cho cá nhân"),
                ("Tài khoản định danh điện tử", "người ủy quyền đã có"),
            ],
            needs: vec![
                Need::form(6, "Giấy đề nghị", kinds::business_start),
                Need::new(4, "Văn bản ủy quyền", authority).of(|cast| &mut cast.applicant),
            ],
            rest: &[(0, Na), (2, Na), (3, Na), (5, Na), (7, Na)],
            unscored: &[],
        },
        Case {
            name: "cham-dut-ho-kinh-doanh",
            procedure: "1.001266",
            civil: false,
            answers: &[
                COUNTER,
                NO_GROUP,
                ("Ủy quyền thực hiện thủ tục", "có, ủy quyền cho cá nhân"),
                ("Tài khoản định danh điện tử của người ủy quyền", "chưa có"),
            ],
            needs: vec![
                Need::form(7, "Thông báo chấm dứt", kinds::business_end),
                Need::new(3, "Văn bản ủy quyền", authority).of(|cast| &mut cast.applicant),
                Need::new(2, "Bản sao căn cước", |cast| kinds::card(cast, &cast.applicant))
                    .of(|cast| &mut cast.applicant)
                    .due(Due::Plain)
                    .expires(),
            ],
            rest: &[(0, Na), (4, Na), (5, Na), (6, Na)],
            unscored: &[],
        },
        Case {
            name: "tam-ngung-ho-kinh-doanh",
            procedure: "1.001570",
            civil: false,
            answers: &[
                COUNTER,
                NO_GROUP,
                ("Ủy quyền thực hiện thủ tục", "có, ủy quyền cho tổ chức dịch vụ"),
                ("Tài khoản định danh điện tử", "người ủy quyền đã có"),
            ],
            needs: vec![
                Need::form(6, "Giấy đề nghị", kinds::business_pause),
                Need::new(1, "Hợp đồng dịch vụ", kinds::service_contract)
                    .of(|cast| &mut cast.applicant),
                Need::new(1, "Giấy giới thiệu", kinds::introduction).expires(),
            ],
            rest: &[(2, Na), (4, Na), (5, Na), (7, Na)],
            unscored: &[],
        },
    ]
}
