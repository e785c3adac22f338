//! Civil status and residence.

use motcua_domain::ComponentState::{NotApplicable as Na, ReplacedByData as Data};

use crate::{
    case::{Case, Due, Need},
    cast::Cast,
    kinds,
    paper::Paper,
};

fn card(cast: &Cast) -> Paper {
    kinds::card(cast, &cast.applicant)
}

fn sent_card(cast: &Cast) -> Paper {
    kinds::card(cast, &cast.agent)
}

fn attested_authority(cast: &Cast) -> Paper {
    kinds::authority_for(cast, "thủ tục hộ tịch")
}

fn attested_lease(cast: &Cast) -> Paper {
    kinds::lease(cast)
}

const SHOWN: (&str, &str) =
    ("Giấy tờ tùy thân", "đã xuất trình thẻ căn cước bản chính để đối chiếu");
const COUNTER: (&str, &str) = ("Hình thức nộp", "trực tiếp tại Bộ phận Một cửa");
const LIVES: (&str, &str) =
    ("Khai thác được nơi cư trú trong Cơ sở dữ liệu quốc gia về dân cư", "có");
const NOT_SENT: (&str, &str) = ("Ủy quyền", "không");
const SENT: (&str, &str) = ("Ủy quyền", "có, cho người quen, không phải người thân thích");

pub(super) fn cases() -> Vec<Case> {
    let mut all = births();
    all.extend(marriages());
    all.extend(residence());
    all
}

#[expect(clippy::too_many_lines, reason = "a list of cases, one after the other")]
fn births() -> Vec<Case> {
    let form = || Need::form(31, "Tờ khai", kinds::birth_form);
    let note = || {
        Need::new(4, "Giấy chứng sinh", kinds::birth_note)
            .of(|cast| if cast.applicant.man { &mut cast.spouse } else { &mut cast.applicant })
    };
    let death = || {
        vec![
            Need::form(25, "Tờ khai", kinds::death_form),
            Need::new(0, "Giấy báo tử", kinds::death_note).of(|cast| &mut cast.dead),
        ]
    };
    vec![
        Case {
            name: "khai-sinh",
            procedure: "1.001193",
            civil: true,
            answers: &[
                COUNTER,
                ("Trẻ bị bỏ rơi", "không"),
                ("Trẻ sinh ra do mang thai hộ", "không"),
                LIVES,
                SHOWN,
                NOT_SENT,
            ],
            needs: vec![
                form(),
                note(),
                Need::new(10, "Giấy tờ tùy thân", card)
                    .of(|cast| &mut cast.applicant)
                    .expires()
                    .shown(),
            ],
            rest: &[(0, Na), (1, Na), (3, Na), (6, Data), (32, Na)],
            unscored: &[],
        },
        Case {
            name: "khai-sinh-uy-quyen",
            procedure: "1.001193",
            civil: true,
            answers: &[
                COUNTER,
                ("Trẻ bị bỏ rơi", "không"),
                ("Trẻ sinh ra do mang thai hộ", "không"),
                LIVES,
                SHOWN,
                SENT,
                (
                    "Người đi đăng ký",
                    "người quen của mẹ trẻ, được ủy quyền, không phải người thân thích",
                ),
            ],
            needs: vec![
                form(),
                note(),
                Need::new(1, "Văn bản ủy quyền", attested_authority)
                    .due(Due::Attested)
                    .of(|cast| &mut cast.applicant),
                Need::new(10, "Giấy tờ tùy thân", sent_card).expires().shown(),
            ],
            rest: &[(0, Na), (3, Na), (6, Data), (32, Na)],
            unscored: &[],
        },
        Case {
            name: "khai-tu",
            procedure: "1.000656",
            civil: true,
            answers: &[
                COUNTER,
                NOT_SENT,
                SHOWN,
                (
                    "Khai thác được nơi cư trú cuối cùng của người chết trong Cơ sở dữ liệu quốc gia về dân cư",
                    "có",
                ),
                (
                    "Người chết đã lâu, không có Giấy báo tử",
                    "không, mới chết, bệnh viện đã cấp Giấy báo tử",
                ),
                ("Khai thác được dữ liệu điện tử của Giấy báo tử", "không"),
            ],
            needs: death(),
            rest: &[(1, Na), (2, Na), (3, Na), (5, Data), (24, Na)],
            unscored: &[9],
        },
        Case {
            name: "khai-tu-uy-quyen",
            procedure: "1.000656",
            civil: true,
            answers: &[
                COUNTER,
                SENT,
                SHOWN,
                (
                    "Khai thác được nơi cư trú cuối cùng của người chết trong Cơ sở dữ liệu quốc gia về dân cư",
                    "có",
                ),
                (
                    "Người chết đã lâu, không có Giấy báo tử",
                    "không, mới chết, bệnh viện đã cấp Giấy báo tử",
                ),
                ("Khai thác được dữ liệu điện tử của Giấy báo tử", "không"),
            ],
            needs: death()
                .into_iter()
                .chain([Need::new(1, "Văn bản ủy quyền", attested_authority)
                    .due(Due::Attested)
                    .of(|cast| &mut cast.applicant)])
                .collect(),
            rest: &[(2, Na), (3, Na), (5, Data), (24, Na)],
            unscored: &[9],
        },
    ]
}

fn marriages() -> Vec<Case> {
    vec![
        Case {
            name: "ket-hon",
            procedure: "1.000894",
            civil: true,
            answers: &[
                COUNTER,
                ("Hai bên cùng có mặt", "có"),
                (
                    "Khai thác được nơi cư trú trong Cơ sở dữ liệu quốc gia về dân cư",
                    "có, cả hai bên",
                ),
                (
                    "Tra cứu tình trạng hôn nhân của hai bên trên cơ sở dữ liệu hộ tịch điện tử",
                    "tra cứu được, cả hai đều đủ điều kiện",
                ),
                ("Giấy tờ tùy thân", "hai bên đã xuất trình thẻ căn cước bản chính"),
            ],
            needs: vec![
                Need::form(22, "Tờ khai", kinds::marriage_form),
                Need::new(0, "Giấy tờ tùy thân", card)
                    .of(|cast| &mut cast.applicant)
                    .expires()
                    .shown(),
                Need::new(0, "Giấy tờ tùy thân", |cast| kinds::passport(cast, &cast.spouse))
                    .of(|cast| &mut cast.spouse)
                    .shown(),
            ],
            rest: &[(4, Data), (20, Na)],
            unscored: &[],
        },
        Case {
            name: "xac-nhan-hon-nhan-uy-quyen",
            procedure: "1.004873",
            civil: true,
            answers: &[
                COUNTER,
                LIVES,
                SHOWN,
                SENT,
                ("Tình trạng hôn nhân khai", "chưa đăng ký kết hôn với ai"),
                ("Yêu cầu cấp lại", "không, cấp lần đầu"),
                ("Đã từng đăng ký thường trú ở nhiều nơi", "không"),
            ],
            needs: vec![
                Need::form(31, "Tờ khai", kinds::single_form),
                Need::new(2, "Văn bản ủy quyền", attested_authority)
                    .due(Due::Attested)
                    .of(|cast| &mut cast.applicant),
                Need::new(3, "Giấy tờ tùy thân", sent_card).expires().shown(),
            ],
            rest: &[(0, Na), (7, Data), (29, Na)],
            unscored: &[],
        },
    ]
}

fn residence() -> Vec<Case> {
    vec![
        Case {
            name: "thuong-tru-thue",
            procedure: "1.004222",
            civil: true,
            answers: &[
                ("Hình thức nộp", "trực tiếp tại Công an phường"),
                ("Trường hợp đăng ký", "chỗ ở hợp pháp do thuê"),
                (
                    "Thông tin đủ diện tích nhà ở",
                    "khai thác được trong Cơ sở dữ liệu quốc gia về đất đai, đạt diện tích bình quân",
                ),
            ],
            needs: vec![
                Need::form(16, "Tờ khai CT01", |cast| {
                    kinds::residence_form(cast, &cast.applicant, "Đăng ký thường trú vào nhà thuê")
                }),
                Need::new(13, "Hợp đồng thuê", attested_lease)
                    .due(Due::Attested)
                    .of(|cast| &mut cast.applicant),
            ],
            rest: &[(14, Data)],
            unscored: &[],
        },
        Case {
            name: "tam-tru-danh-sach",
            procedure: "1.004194",
            civil: true,
            answers: &[
                ("Hình thức nộp", "trực tiếp tại Công an xã"),
                ("Trường hợp đăng ký", "đăng ký tạm trú theo danh sách cho 03 công nhân"),
                ("Đăng ký theo danh sách", "có"),
                ("Người đăng ký là người chưa thành niên", "không"),
                ("Khai thác được thông tin chỗ ở hợp pháp trong các cơ sở dữ liệu", "có"),
            ],
            needs: vec![
                Need::form(3, "Tờ khai CT01", |cast| {
                    kinds::residence_form(
                        cast,
                        &cast.applicant,
                        "Đăng ký tạm trú tại nhà ở công nhân",
                    )
                }),
                Need::new(4, "Văn bản đề nghị", kinds::stay_request),
                Need::new(4, "Danh sách", kinds::stay_list),
            ],
            rest: &[(5, Na), (7, Na)],
            unscored: &[0, 1],
        },
        Case {
            name: "tach-ho",
            procedure: "1.010038",
            civil: true,
            answers: &[
                ("Hình thức nộp", "trực tiếp tại Công an xã"),
                ("Trường hợp tách hộ", "tách hộ để thường trú ở cùng chỗ ở hợp pháp"),
            ],
            needs: vec![Need::form(3, "Tờ khai CT01", |cast| {
                kinds::residence_form(cast, &cast.applicant, "Tách hộ tại cùng chỗ ở hợp pháp")
            })],
            rest: &[(1, Na), (2, Na)],
            unscored: &[],
        },
    ]
}
