//! **denying-result**: a laboratory's report says that there is no such kinship, or that it cannot be told.
//!
//! *Why it matters.* What denies the kinship is no evidence of it, however well the report is signed.
//!
//! *Legal basis.* The row that asks for what confirms the relation.
//!
//! *Fails.* "KHÔNG có quan hệ huyết thống cha - con", "loại trừ quan hệ cha con", "chưa đủ cơ sở kết luận".
//! *Passes.* "Có quan hệ huyết thống", "không loại trừ"; the reason why a test was asked for.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    rules::rule::{Held, PaperRule},
    words::phrase,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "denying-result", of_shown: false, check };

/// How the catalogue calls reports of laboratories.
const REPORT: &str = "ket-qua-giam-dinh";

fn check(held: &Held<'_>) -> Option<Defect> {
    if !held.piece.is_of(REPORT) {
        return None;
    }
    let lines: Vec<&str> = held.piece.lines().collect();
    let text = format!(" {} ", phrase(&lines.join(" "))).replace(" khong loai tru ", " ");
    let denies = DENIALS.iter().any(|words| text.contains(&format!(" {words} ")));
    denies.then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty: Certainty::doubt(held.piece),
        message: format!(
            "{}: kết quả hình như không xác nhận quan hệ.",
            held.need.requirement.name
        ),
        fix: "Xem kết luận trên giấy; nếu không xác nhận thì yêu cầu chứng cứ khác.".to_owned(),
        lines: Vec::new(),
    })
}

/// How reports deny, folded.
const DENIALS: &[&str] = &[
    "khong co quan he huyet thong",
    "khong co quan he cha con",
    "khong co quan he me con",
    "khong cung huyet thong",
    "khong phai la cha",
    "khong phai la me",
    "khong phai cha",
    "khong phai me",
    "loai tru quan he",
    "loai tru kha nang",
    "chua du co so",
    "khong du co so",
    "khong the ket luan",
];
