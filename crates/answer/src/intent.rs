use motcua_domain::{Audience, Intent};
use motcua_text::{contains_phrase, fold};

/// Which facts a question asks for, most telling first; empty where it only names what somebody wants.
///
/// Works on folded whole words, so that it holds with and without marks.
/// ```
/// use motcua_domain::Intent;
/// assert_eq!(motcua_answer::intents("Lam khai sinh het bao nhieu tien?"), [Intent::Fee]);
/// let fee = motcua_answer::intents("Phí đăng ký thường trú bao nhiêu? Nộp online có rẻ hơn không?");
/// assert!(fee.contains(&Intent::Fee));
/// ```
pub fn intents(question: &str) -> Vec<Intent> {
    let folded = fold(question);
    CUES.iter().filter(|(_, cues)| asks(&folded, cues)).map(|(intent, _)| *intent).collect()
}

fn asks(folded: &str, cues: &[&str]) -> bool {
    cues.iter().any(|cue| contains_phrase(folded, cue))
}

/// What a question is answered with: what it asks for. Where it only names what somebody wants, or asks how that is
/// done, it is what everybody needs to know; who asks how is told the steps too, at the end.
/// ```
/// use motcua_domain::{Audience, Intent};
/// let told = motcua_answer::answered_with("Làm lại giấy khai sinh thế nào?", Audience::Citizen);
/// assert_eq!(told, [Intent::Papers, Intent::Time, Intent::Fee, Intent::Place, Intent::Steps]);
/// ```
pub fn answered_with(question: &str, audience: Audience) -> Vec<Intent> {
    let asked = intents(question);
    match asked.as_slice() {
        [] => plain_intents(audience),
        [Intent::Steps] if !asks(&fold(question), STEPS) => {
            let mut told = plain_intents(audience);
            told.push(Intent::Steps);
            told
        }
        _ => asked,
    }
}

/// What a question that names no fact is answered with.
pub fn plain_intents(audience: Audience) -> Vec<Intent> {
    match audience {
        Audience::Citizen => vec![Intent::Papers, Intent::Time, Intent::Fee, Intent::Place],
        Audience::Official => {
            vec![Intent::LegalBasis, Intent::Papers, Intent::Time, Intent::Fee, Intent::Place]
        }
    }
}

/// What asks for the steps themselves.
const STEPS: &[&str] = &["cac buoc", "trinh tu", "quy trinh", "bat dau tu dau"];

const CUES: [(Intent, &[&str]); 10] = [
    (
        Intent::Papers,
        &[
            "giay to gi",
            "giay to nao",
            "giay gi",
            "giay to",
            "ho so gom",
            "ho so gi",
            "thanh phan ho so",
            "can gi",
            "can nhung gi",
            "mang theo",
            "mang gi",
            "mang nhung gi",
            "can mang",
            "nop gi",
            "nop nhung gi",
            "chuan bi gi",
            "chuan bi nhung gi",
            "can chuan bi",
            "phai co gi",
            "ho so can",
            "ho so nhu the nao",
            "thieu giay",
            "ban sao hay ban chinh",
            "may ban",
            "can nhung giay",
            "nhung giay",
            "ho so bao gom",
            "bang cai gi",
            "can cai gi",
        ],
    ),
    (
        Intent::Fee,
        &[
            "le phi",
            "phi bao nhieu",
            "mat phi",
            "tinh phi",
            "bao nhieu tien",
            "het bao nhieu",
            "mat bao nhieu",
            "ton bao nhieu",
            "gia bao nhieu",
            "mat tien",
            "dong tien",
            "nop tien",
            "chi phi",
            "mien phi",
            "may tien",
            "co mat tien",
            "phai tra bao nhieu",
            "muc phi",
            "phi la",
            "thu bao nhieu",
            "thu phi",
            "dong phi",
            "nop phi",
            "ton phi",
            "ton tien",
            "phi dang ky",
            "phi cap",
            "phi lam",
            "phi xin",
            "phi doi",
            "re hon",
        ],
    ),
    (
        Intent::Time,
        &[
            "bao lau",
            "may ngay",
            "bao nhieu ngay",
            "khi nao co",
            "khi nao xong",
            "khi nao lay",
            "bao gio co",
            "bao gio xong",
            "bao gio lay",
            "bao gio duoc",
            "thoi han",
            "thoi gian giai quyet",
            "mat thoi gian",
            "may hom",
            "bao nhieu lau",
            "trong ngay",
            "lay ngay",
            "may thang",
            "bao gio thi",
        ],
    ),
    (
        Intent::Place,
        &[
            "o dau",
            "cho nao",
            "noi nao",
            "den dau",
            "di dau",
            "ra dau",
            "nop dau",
            "dau nop",
            "co quan nao",
            "ai giai quyet",
            "xa hay tinh",
            "xa hay huyen",
            "len xa hay",
            "noi nop",
            "dia diem",
            "tham quyen",
            "phong nao",
            "ben nao",
            "nop tai",
            "lam tai",
        ],
    ),
    (
        Intent::Steps,
        &[
            "cac buoc",
            "trinh tu",
            "quy trinh",
            "lam the nao",
            "lam nhu the nao",
            "lam sao",
            "the nao",
            "kieu gi",
            "thu tuc ra sao",
            "cach lam",
            "thuc hien the nao",
            "bat dau tu dau",
        ],
    ),
    (
        Intent::Conditions,
        &[
            "dieu kien",
            "co duoc khong",
            "duoc khong",
            "co duoc",
            "ai duoc",
            "doi tuong nao",
            "truong hop nao",
            "bao nhieu tuoi",
            "may tuoi",
            "yeu cau gi",
            "co phai",
            "du dieu kien",
            "co can",
            "tieu chuan",
        ],
    ),
    (
        Intent::LegalBasis,
        &[
            "can cu phap ly",
            "co so phap ly",
            "quy dinh nao",
            "van ban nao",
            "luat nao",
            "nghi dinh nao",
            "thong tu nao",
            "theo dieu nao",
            "dieu khoan nao",
            "can cu vao",
            "quy dinh o dau",
        ],
    ),
    (
        Intent::Form,
        &[
            "mau don",
            "mau to khai",
            "to khai nao",
            "mau nao",
            "mau so may",
            "bieu mau",
            "don mau",
            "lay mau",
            "tai mau",
            "to khai theo mau",
            "mau giay",
        ],
    ),
    (
        Intent::Result,
        &[
            "ket qua",
            "duoc cap gi",
            "nhan duoc gi",
            "tra giay gi",
            "cap cho giay gi",
            "lay ve giay gi",
            "xong thi duoc gi",
        ],
    ),
    (
        Intent::Online,
        &[
            "qua mang",
            "truc tuyen",
            "online",
            "dich vu cong",
            "tren mang",
            "o nha nop",
            "nop tu xa",
            "vneid",
            "qua dien thoai",
            "nop qua mang",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, expected: &[Intent]) {
        assert_eq!(intents(question), expected, "{question}");
    }

    #[test]
    fn tells_what_is_asked() {
        check(
            "Đăng ký kết hôn cần giấy tờ gì, mất bao nhiêu tiền?",
            &[Intent::Papers, Intent::Fee],
        );
        check("nop o dau va bao lau thi co", &[Intent::Time, Intent::Place]);
        check("Theo nghị định nào?", &[Intent::LegalBasis]);
        check("Đăng ký khai sinh cho con", &[]);
        check("Lệ phí thế nào?", &[Intent::Fee, Intent::Steps]);
        check("Có nộp qua mạng được không?", &[Intent::Conditions, Intent::Online]);
    }

    #[test]
    fn who_asks_how_is_told_what_everybody_needs_to_know() {
        let told = |question: &str| answered_with(question, Audience::Official);
        let [law, papers, steps, time] =
            [Intent::LegalBasis, Intent::Papers, Intent::Steps, Intent::Time];
        let how = told("xin lai ban sao lam sao");
        assert_eq!((&how[..3], how.last()), (&[law, papers, time][..], Some(&steps)));
        assert_eq!(told("Các bước làm lại thế nào?"), [steps]);
        assert_eq!(told("Bao lâu thì có, làm thế nào?"), [time, steps]);
        assert_eq!(told("khai tử"), plain_intents(Audience::Official));
    }

    #[test]
    fn words_inside_other_words_do_not_count() {
        check("nộp lệ phiếu", &[]);
    }
}
