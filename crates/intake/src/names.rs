//! Names of files, which strangers choose: shown, stored and told to programs, so made harmless in one place.

use crate::text;

/// The most characters of a name.
const MOST_CHARS: usize = 200;

/// The most characters of an ending, its dot included; what is longer is no ending.
const MOST_ENDING: usize = 16;

/// A file of which no name is left.
const NAMELESS: &str = "tệp";

/// A name fit to be shown and stored: the last part of its path, without what controls, hides or turns round
/// other characters, in at most 200 characters that keep its ending. Letters and marks of every script stay.
/// ```
/// assert_eq!(motcua_intake::clean_name("../../hồ sơ/tờ khai.pdf"), "tờ khai.pdf");
/// assert_eq!(motcua_intake::clean_name("bao\u{202e}fdp.exe"), "baofdp.exe");
/// assert_eq!(motcua_intake::clean_name("/"), "tệp");
/// ```
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let seen = |c: &char| !text::is_invisible(*c) && (c.is_whitespace() || !c.is_control());
    let plain: String = last.chars().filter(seen).collect();
    let plain = text::without_heaps(&plain);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let name = shortened(&words.join(" "));
    // "." and ".." are folders, and dots alone say nothing.
    if name.chars().all(|c| c == '.') { NAMELESS.to_owned() } else { name }
}

fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= MOST_CHARS {
        return name.to_owned();
    }
    let ending = name.rfind('.').and_then(|at| name.get(at..)).unwrap_or_default();
    let ending = if ending.chars().count() <= MOST_ENDING { ending } else { "" };
    let most = MOST_CHARS.saturating_sub(ending.chars().count());
    let start: String = name.chars().take(most).collect();
    start.trim_end().to_owned() + ending
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_lead_nowhere() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\hồ sơ\\tờ khai.pdf"), "tờ khai.pdf");
        assert_eq!(clean_name("hồ sơ/"), "hồ sơ");
        for nothing in ["", " ", "/", "a/..", ".", "\u{200b}", "\u{1b}\u{7}", "../\n"] {
            assert_eq!(clean_name(nothing), "tệp", "{nothing:?}");
        }
    }

    #[test]
    fn what_controls_a_screen_is_gone() {
        assert_eq!(clean_name("a\n\u{0}b"), "a b");
        assert_eq!(clean_name("\u{1b}[31mđơn\u{1b}[0m.pdf"), "[31mđơn[0m.pdf");
        assert_eq!(clean_name("đơn\u{202e}fdp.exe"), "đơnfdp.exe");
        assert_eq!(clean_name("\u{2066}đơn\u{2069}\u{feff}.pdf"), "đơn.pdf");
    }

    #[test]
    fn every_script_keeps_its_letters_and_marks() {
        for name in
            ["Đơn đề nghị.pdf", "Tơ\u{300} khai.doc", "आवेदन पत्र.pdf", "申請書.jpg", "طلب.png"]
        {
            assert_eq!(clean_name(name), name);
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = clean_name(&format!("{}.pdf", "ữ".repeat(4_000)));
        assert_eq!(name.chars().count(), 200);
        assert!(name.ends_with("ữ.pdf"), "{name}");
        let name = clean_name(&format!("a.{}", "b".repeat(4_000)));
        assert_eq!(name.chars().count(), 200);
        assert!(clean_name(&format!("a{}", "\u{301}".repeat(4_000))).chars().count() < 10);
    }

    proptest! {
        #[test]
        fn a_clean_name_is_clean_already(name in "\\PC{0,300}") {
            let once = clean_name(&name);
            prop_assert_eq!(clean_name(&once), once);
        }

        #[test]
        fn any_name_is_harmless(name in proptest::collection::vec(any::<char>(), 0..300)) {
            let name = clean_name(&String::from_iter(name));
            prop_assert!(!name.is_empty() && name.chars().count() <= 200);
            prop_assert!(!name.contains(['/', '\\']));
            prop_assert!(!name.chars().any(|c| c.is_control() || text::is_invisible(c)));
        }
    }
}
