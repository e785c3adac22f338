//! What a look-up came to, and which one a note speaks of.

use motcua_domain::{CaseQuestion, Procedure};

use super::{
    Fit, content,
    lookalikes::{Written, clauses, phrase},
    polarity, signed,
};
use crate::words::{Overlap, Weights};

/// How much of a note must name what a look-up is for.
const NAMES_IT: f32 = 0.6;

/// What a look-up came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CameTo {
    /// What was looked for.
    Found,
    Nothing,
    /// Nobody knows yet, or something about it is wrong: neither the first word of the note nor its label may answer.
    Open,
}

/// Whether a look-up is said to have worked, wherever in the note: "không nộp bản giấy, đã khai thác được". One
/// that failed for one of two people has failed.
pub(crate) fn looked_up(says: &str) -> Option<bool> {
    match came_to(says)? {
        CameTo::Found => Some(true),
        CameTo::Nothing => Some(false),
        CameTo::Open => None,
    }
}

/// Whether a note leaves open what a look-up came to: "tra cứu được nhưng sai ngày sinh", "có lẽ được".
pub(super) fn is_left_open(says: &str) -> bool {
    came_to(says) == Some(CameTo::Open)
}

fn came_to(says: &str) -> Option<CameTo> {
    let says = &without_lookalikes(says);
    let plain = without_good_news(&plain_denials(says));
    // Without its marks "ranh giới không thay đổi" would look for a boundary in vain ("không thấy").
    let text = format!(" {} ", phrase(&plain)).replace(" thay doi ", " ");
    let has = |any: &[&str]| any.iter().any(|words| text.contains(&format!(" {words} ")));
    let failed = has(&["khong khai thac", "khong tra", "chua khai thac", "chua tra", "khong tim"])
        || has(&["tra ra khong", "ra khong co", "ra trong", "cho tra ra"])
        || has(&["khong thay", "chua thay", "tra khong ra", "khong ra", "chua dong bo"])
        || has(&["chua co du lieu", "khong co du lieu", "du lieu chua co", "du lieu khong co"])
        || has(&["chua co tren he thong", "khong co tren he thong", "he thong chua co"])
        || has(&["he thong khong co", "chua co trong co so", "khong co trong co so"])
        || has(&["chua co tren co so", "khong co tren co so", "chua cap nhat len", "chua ra"])
        || clauses(says).any(ends_in_denial);
    // What was looked at ("kiểm tra") and given back ("trả lại") was not looked up.
    let others = text.replace(" kiem tra ", " ").replace(" tra lai ", " ");
    let searched = ["tra", "tra cuu", "khai thac", "du lieu", "he thong", "csdl"]
        .iter()
        .any(|words| others.contains(&format!(" {words} ")));
    let lacks =
        has(&["khong co ban dien tu", "chua co ban dien tu", "khong co ky so", "chua co ky so"])
            || has(&["khong lay duoc", "chua lay duoc", "khong nhan duoc", "chua nhan duoc"]);
    let written = Written::of(&plain);
    if (written.holds(UNKNOWN_YET) || written.holds(FAULTS)) && !failed && !lacks {
        return Some(CameTo::Open);
    }
    let wanting = has(&["khong co thong tin", "chua co thong tin", "khong khop", "chua khop"])
        || has(&["khong trung khop", "khong du", "chua du", "khong day du", "chua day du"])
        || has(&["khong dung", "chua dung", "sai lech", "bi sai", "khong thay dung"]);
    let worked = has(&["khai thac duoc", "tra cuu duoc", "tra duoc", "tim duoc", "tim thay"])
        || has(&["da khai thac", "da tra cuu", "tra thay", "da co tren he thong"])
        || has(&["tra dc", "tra cuu dc", "khai thac dc", "tra co roi"])
        || ["ra du", "ra day du", "ra het"].iter().any(|out| text.starts_with(&format!(" {out} ")))
        || written.holds(&["điền tự động", "tự động điền", "hệ thống tự điền"])
        || has(&[
            "co tren he thong",
            "tren he thong co",
            "co trong co so du lieu",
            "co tren co so du lieu",
        ]);
    // What an office has of a paper in electronic form it need not look up.
    let has_it = has(&["lay duoc ban dien tu", "nhan duoc ban dien tu"])
        || has(&["lay duoc tren he thong", "nhan duoc tren he thong", "lay duoc tu he thong"]);
    // "Sáng tra không ra, chiều đã tra được".
    if failed && worked && has(&["chieu", "sau do", "gio da", "nay da", "lan sau", "lan hai"]) {
        return Some(CameTo::Open);
    }
    if failed || ((searched || has_it) && wanting) {
        return Some(CameTo::Nothing);
    }
    // "Đã tra trong cơ sở dữ liệu, có thông tin và khớp với đơn".
    let found =
        has(&["co thong tin", "thay dung", "khop", "trung khop", "ra tren", "ra thong tin"])
            || has(&["ra dung", "ra du", "ra day du", "ra het"])
            || clauses(says).any(comes_out)
            || has(&["co tren du lieu", "co trong du lieu", "tren du lieu co", "co du lieu"]);
    // What the office found and nobody signed stands in for nothing yet.
    let unsigned = has(&["chua ky so", "khong ky so", "chua co chu ky so", "khong co chu ky so"]);
    if worked || (searched && found) {
        return Some(if unsigned { CameTo::Open } else { CameTo::Found });
    }
    (lacks || has_it).then_some(if lacks { CameTo::Nothing } else { CameTo::Found })
}

/// "Hổng", "chẳng", "ko" for "không", as people write it: before what is denied, as "sổ hồng" is another word.
fn plain_denials(says: &str) -> String {
    const NO: &[&str] = &["hổng", "hông", "hong", "hok", "chẳng", "chang", "chả", "ko", "k", "khg"];
    const DENIED: &[&str] = &[
        "ra", "thấy", "có", "được", "tra", "khai", "lấy", "tìm", "khớp", "đủ", "duoc", "lay",
        "sai", "thiếu",
    ];
    let says = says.to_lowercase();
    let words: Vec<&str> = says.split_whitespace().collect();
    let plain = words.iter().enumerate().map(|(at, word)| {
        let next =
            words.get(at.saturating_add(1)).map(|next| next.trim_end_matches([',', ';', '.']));
        let denies = NO.contains(word) && next.is_some_and(|next| DENIED.contains(&next));
        // "Sổ hồng có trên hệ thống".
        let marked = *word != "hong" || next == Some("ra");
        if denies && marked { "không" } else { word }
    });
    plain.collect::<Vec<_>>().join(" ")
}

/// The note without what says that nothing was found wrong: "không sai lệch", "không thấy sai sót".
fn without_good_news(says: &str) -> String {
    const BETWEEN: &[&str] =
        &["co", "con", "thay", "tim", "phat", "hien", "bi", "gi", "diem", "cho", "nao", "la"];
    const FAULT: &[&str] = &["sai", "lech", "nham", "thieu", "khac"];
    const AFTER: &[&str] = &["sai", "lech", "sot", "khac", "nhau", "biet", "gi", "nham", "thieu"];
    let mut rest: &[(&str, String)] =
        &says.split_whitespace().map(|word| (word, phrase(word))).collect::<Vec<_>>();
    let among = |rest: &[(&str, String)], any: &[&str]| {
        rest.iter().take_while(|(_, word)| any.contains(&word.as_str())).count()
    };
    let mut left = Vec::new();
    while let Some(((word, bare), after)) = rest.split_first() {
        let from_fault = after.get(among(after, BETWEEN)..).unwrap_or_default();
        rest = if bare == "khong" && among(from_fault, FAULT) > 0 {
            from_fault.get(among(from_fault, AFTER)..).unwrap_or_default()
        } else {
            left.push(*word);
            after
        };
    }
    left.join(" ")
}

/// What stands in a note with its marks and would be something else without them: "Sài Gòn", "không trả bản giấy".
fn without_lookalikes(says: &str) -> String {
    const OTHERS: &[&str] = &[
        "không dùng",
        "không trả",
        "chưa trả",
        "không thay ",
        "chưa ra viện",
        "sài gòn",
        "thiểu số",
    ];
    OTHERS.iter().fold(says.to_lowercase(), |left, other| left.replace(other, " "))
}

/// "Để mai", "nghe nói", "thử", "nhưng": nothing is known yet, or not all.
const UNKNOWN_YET: &[&str] = &[
    "để mai",
    "hẹn mai",
    "nói mai",
    "tuần sau",
    "hôm sau",
    "lát nữa",
    "thử",
    "hay không",
    "có lẽ",
    "chắc",
    "nghe nói",
    "mẹ nói",
    "mẹ bảo",
    "nói đã",
    "nhờ",
    "lỗi",
    "rớt mạng",
    "mất mạng",
    "bó tay",
    "nhưng",
    "cơ mà",
    "được mà",
    "là không có",
];

/// Something was found wrong, of the data or of something beside them: a person looks.
const FAULTS: &[&str] = &[
    "sai",
    "lệch",
    "nhầm",
    "thiếu",
    "khác",
    "một phần",
    "mỗi tên",
    "một nửa",
    "một trang",
    "một người",
    "một bên",
    "của bé",
    "của em",
    "không giống",
    "không phải bé",
];

/// "Tra CSDL dân cư ra": what was looked for came out.
fn comes_out(clause: &str) -> bool {
    let clause = format!(" {}", phrase(clause));
    (clause.ends_with(" ra") || clause.contains(" ra roi"))
        && (clause.starts_with(" tra ") || clause.contains(" tra cuu "))
}

/// "Bên nam được, bên nữ không".
fn ends_in_denial(clause: &str) -> bool {
    let clause = phrase(clause);
    let denials =
        [" khong", " khong duoc", " khong co", " chua duoc", " chua", " chua co", " thieu", " sai"];
    let of_one = ["ben ", "vo ", "chong ", "cha ", "me ", "cua "];
    of_one.iter().any(|of_one| clause.starts_with(of_one))
        && denials.iter().any(|denial| clause.ends_with(denial))
}

/// Whether the words before the equals sign are about a look-up.
pub(crate) fn speaks_of_look_up(about: &str) -> bool {
    let about = phrase(about);
    let speaks =
        ["tra cuu", "khai thac", "co so du lieu", "csdl", "he thong", "du lieu", "thong tin"];
    speaks
        .iter()
        .chain(&["xac dinh", "xac minh", "tra ", "dien tu"])
        .any(|words| about.contains(words))
}

/// A note on a paper that says in passing what the look-up of it came to: "Giấy báo tử = …, tra trên hệ thống không
/// thấy dữ liệu".
pub(super) fn lookup_fit<'a>(procedure: &'a Procedure, note: &(String, String)) -> Option<Fit<'a>> {
    let (about, says) = note;
    let found = looked_up(says)?;
    let told: Vec<&str> = clauses(says).collect();
    let lookups: Vec<&CaseQuestion> =
        procedure.questions.iter().filter(|question| question.lookup).collect();
    let topics: Vec<Vec<String>> =
        lookups.iter().map(|question| topic(procedure, question)).collect();
    let joined: Vec<String> = topics.iter().map(|topic| topic.join(" ")).collect();
    let weights = Weights::over(joined.iter().map(String::as_str));
    let named = |topic: &[String], text: &str| {
        let words = content(text);
        let words: Vec<String> =
            words.into_iter().filter(|word| !LOOKING.contains(&word.as_str())).collect();
        if words.len() < 2 { 0.0 } else { Overlap::between(&words, topic, &weights).coverage() }
    };
    let mut fits: Vec<(f32, &CaseQuestion)> = lookups
        .iter()
        .zip(&topics)
        .map(|(question, topic)| {
            let by_clause = told.iter().map(|clause| named(topic, clause)).fold(0.0, f32::max);
            (named(topic, about).max(by_clause), *question)
        })
        .collect();
    fits.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, question) = *fits.first()?;
    let next = fits.get(1).map_or(0.0, |fit| fit.0);
    let values: Vec<&str> = question
        .answers
        .iter()
        .filter(|answer| answer_says(&answer.label) == Some(found))
        .map(|answer| answer.value.as_str())
        .collect();
    (best >= NAMES_IT && best - next >= 0.15 && !values.is_empty()).then_some(Fit {
        question,
        values,
        about: best,
        by_polarity: true,
        score: 0.6 * best + 0.36,
    })
}

fn answer_says(label: &str) -> Option<bool> {
    looked_up(label).or_else(|| polarity(label))
}

/// What a look-up is for: the words of its question and of what it makes needless.
fn topic(procedure: &Procedure, question: &CaseQuestion) -> Vec<String> {
    let served = procedure.requirements.iter().filter(|requirement| {
        let data = requirement.replaced_by_data.as_ref();
        data.is_some_and(|data| data.when.keys().contains(&question.key.as_str()))
    });
    let names = served.flat_map(|requirement| {
        let papers = requirement.any_of.iter().flat_map(|list| &list.all_of);
        let papers = papers.flat_map(|paper| signed(&paper.name));
        signed(&requirement.name).into_iter().chain(papers).collect::<Vec<_>>()
    });
    let mut topic: Vec<String> = signed(&question.ask).into_iter().chain(names).collect();
    topic.sort();
    topic.dedup();
    topic
}

/// Whom a look-up was made for, as the words before the equals sign name one of several.
pub(super) fn party(about: &str) -> Option<&'static str> {
    const PARTIES: [&str; 12] =
        ["nam", "nu", "vo", "chong", "cha", "me", "bo", "con", "chu", "ong", "ba", "chau"];
    let words = crate::words::words(about);
    let mut named = PARTIES.into_iter().filter(|party| words.iter().any(|word| word == party));
    named.next().filter(|_| named.next().is_none())
}

/// Whether one of these answers says that a look-up failed.
pub(super) fn says_failed(fit: &Fit<'_>) -> bool {
    let answers = fit.question.answers.iter();
    let mut meant = answers.filter(|answer| fit.values.contains(&answer.value.as_str()));
    fit.question.lookup && meant.any(|answer| answer_says(&answer.label) == Some(false))
}

/// Words of looking something up, which name nothing that is looked up.
const LOOKING: &[&str] = &[
    "tra", "cuu", "khai", "thac", "du", "lieu", "quoc", "gia", "can", "bo", "thay", "tim", "khong",
    "chua", "len", "xuat", "trinh", "nop", "ban", "chinh", "da", "tren",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_found_was_not_found_however_it_is_put() {
        let failed = [
            "kết hôn năm 2003, dữ liệu chưa có trên hệ thống",
            "tra trên hệ thống không thấy dữ liệu",
            "chưa có dữ liệu",
            "bên nam: đã khai thác; bên nữ: không khai thác được",
            "nộp bản giấy, không có bản điện tử",
            "chưa lấy được bản điện tử",
            "bệnh viện hứa tuần sau gửi, chưa nhận được bản điện tử",
        ];
        for says in failed {
            assert_eq!(looked_up(says), Some(false), "{says}");
        }
        assert_eq!(looked_up("không nộp bản giấy, tra được trên cơ sở dữ liệu"), Some(true));
        assert_eq!(looked_up("đã lấy được bản điện tử có ký số do bệnh viện gửi lên"), Some(true));
        let own = "người dân không có bản điện tử, cán bộ tra được trên cơ sở dữ liệu";
        assert_eq!(looked_up(own), Some(true));
        for found in [
            "tra CSDL dân cư ra",
            "xác định được, tra ra",
            "ra đủ, CSDL dân cư",
            "đã lấy được trên hệ thống",
        ] {
            assert_eq!(looked_up(found), Some(true), "{found}");
        }
        for failed in
            ["tra CSDL dân cư không ra", "tra hoài chưa ra", "chưa lấy được trên hệ thống"]
        {
            assert_eq!(looked_up(failed), Some(false), "{failed}");
        }
        for failed in [
            "tra hổng ra",
            "tra ko ra",
            "tra chẳng ra",
            "tra cứu mãi vẫn chẳng ra",
            "bên nam ra, bên nữ chưa",
            "ra đủ bên nam, bên nữ thiếu",
            "tra ra không có",
            "tra ra trống",
        ] {
            assert_eq!(looked_up(failed), Some(false), "{failed}");
        }
        for found in [
            "đã tra cứu được, không sai lệch",
            "tra được, không thấy sai gì",
            "tra ra đủ, không có gì sai lệch",
            "đã lấy được bản điện tử có ký số, không thấy sai sót",
            "tra được, khớp, không tìm thấy sai sót",
            "sổ hồng có trên hệ thống",
            "tra được, bệnh viện Hùng Vương Sài Gòn gửi",
            "đã tra được, bé dân tộc thiểu số",
            "đã khai thác được, không trả bản giấy",
            "tra được, mẹ chưa ra viện",
            "tra được rồi, chẳng sai gì",
            "tra ra rồi",
            "ra đủ cả đôi",
            "tra CSDL ra rồi, cả bố và mẹ",
            "đã điền tự động từ tài khoản định danh, không phải tải lên",
            "hệ thống tự điền, khớp",
            "tra đc rồi",
        ] {
            assert_eq!(looked_up(found), Some(true), "{found}");
        }
        for open in [
            "hẹn mai tra cứu ra",
            "bệnh viện nói mai lấy được trên hệ thống",
            "sáng tra không ra, chiều đã tra được",
            "ra tên khác",
            "mất mạng",
            "tra cứu được nhưng sai ngày sinh",
            "tra ra đủ, sai tên mẹ",
            "tra CSDL, khớp tên mẹ, lệch ngày sinh",
            "lấy được trên hệ thống nhưng của bé khác",
            "lấy được trên hệ thống một trang",
            "nghe nói đã có trên hệ thống",
            "tra được mà không phải bé này",
            "tra ra rồi nhưng sai năm sinh",
            "ra đủ nhưng của người khác",
            "tra được, chưa ký số",
            "tra cứu ra, chưa ký số",
            "tra dc mỗi tên mẹ",
            "mẹ hẹn chiều đưa ra đủ",
            "mai bệnh viện mới gửi bản điện tử đóng dấu",
        ] {
            assert_eq!(looked_up(open), None, "{open}");
        }
        for other in
            ["tra ra bé trai, tờ khai ghi bé gái", "tra ra hai kết quả", "kiểm tra ra giấy photo"]
        {
            assert_eq!(looked_up(other), None, "{other}");
        }
        assert_eq!(looked_up("chưa nộp, bệnh viện hứa tra ra"), None);
        assert_eq!(looked_up("đường đi ra, cửa ra"), None);
        assert_eq!(looked_up("nộp bản chính"), None);
        assert_eq!(looked_up("cán bộ đã tra, có thông tin và khớp với đơn"), Some(true));
        assert_eq!(looked_up("đã kiểm tra, khớp với bản chính"), None);
        assert_eq!(looked_up("xem bản chính, thông tin khớp, trả lại"), None);
        assert_eq!(looked_up("đã có trên dữ liệu dân cư"), Some(true));
        assert_eq!(looked_up("tra trên hệ thống, thông tin không khớp với đơn"), Some(false));
    }
}
