//! Of what a paper says that it is valid until a day: of itself, or of another.

use crate::words::words_of_line;

/// A name and its ends: "giấy ủy quyền", "ủy quyền", "quyền".
pub(super) fn cut_short(name: Vec<String>) -> impl Iterator<Item = Vec<String>> {
    (0..name.len()).filter_map(move |from| name.get(from..).map(<[String]>::to_vec))
}

/// What else may be said to be valid until a day, by its first words.
const OTHERS: &[&str] = &[
    "giay",
    "hop dong",
    "quyet dinh",
    "chung chi",
    "chung thu",
    "ho chieu",
    "thi thuc",
    "visa",
    "van ban",
    "can cuoc",
    "cccd",
    "cmnd",
    "chung minh",
    "the tam tru",
    "the thuong tru",
    "gia han",
    "tam tru",
    "xac nhan",
    "bao hiem",
    "bang lai",
    "bao lanh",
    "uy quyen",
];

/// Of what it is said until when it is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// Of the paper on which that stands.
    Own,
    /// Of one that is called as this is and may be it: "Hợp đồng số 05 có hiệu lực đến …" on a contract.
    Doubtful,
}

/// What stands before the line says until when something is valid, its first `count` words, and where the last sentence
/// of that begins. It may have begun on the line above.
pub(super) fn subject(line: &str, count: usize, above: &str) -> (Vec<String>, usize) {
    let goes_on = line.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let above = if goes_on { above } else { "" };
    let end = words_of_line(above).len().saturating_add(count);
    let (mut said, mut begins) = (Vec::new(), 0);
    for token in above.split_whitespace().chain(line.split_whitespace()) {
        said.extend(words_of_line(token));
        if token.ends_with(['.', ';']) && said.len() <= end {
            begins = said.len();
        }
    }
    said.truncate(end);
    (said, begins)
}

/// Of what a subject speaks, on a paper that is called by the words `own`; `None` if of something else than the paper:
/// "Hộ chiếu số …, có giá trị đến ngày …" on a contract.
pub(super) fn whose((said, begins): &(Vec<String>, usize), own: &[Vec<String>]) -> Option<Whose> {
    // How many words from there on are how a name begins.
    let alike = |at: usize| {
        let here = said.get(at..).unwrap_or_default();
        let alike = own
            .iter()
            .map(|own| own.iter().zip(here).take_while(|(a, b)| a == b && *a != "so").count());
        alike.max().unwrap_or(0)
    };
    let (mut itself, mut other, mut numbered) = (None, None, false);
    for name in OTHERS {
        let name: Vec<&str> = name.split(' ').collect();
        let last = said.windows(name.len()).rposition(|run| run == name);
        let Some((at, after)) =
            last.and_then(|at| Some((at, said.get(at.saturating_add(name.len())..)?)))
        else {
            continue;
        };
        let is_this = |within: usize| after.iter().take(within).any(|word| word == "nay");
        let has_number = after.iter().any(|word| word == "so");
        // "Giấy chứng nhận số …" is no "giấy ủy quyền", nor is "giấy chứng nhận này".
        let called = alike(at);
        let next = said.get(at.saturating_add(called)).map(String::as_str);
        let whole = called >= name.len() && matches!(next, Some("so" | "nay"));
        let named = called >= name.len() && (!has_number || whole);
        if whole && at >= *begins && is_this(said.len()) {
            itself = itself.max(Some(at));
        } else if !named && !is_this(NAME) {
            other = other.max(Some(at));
        } else {
            numbered |= has_number && !is_this(NAME);
        }
    }
    // "Hợp đồng này thay giấy thuê nhà cũ và có hiệu lực đến …": what was named last is only spoken of in between.
    let goes_back = said.iter().rfind(|word| *word != "co").is_some_and(|word| word == "va");
    match (itself, other) {
        (Some(_), _) if other < itself || goes_back => Some(Whose::Own),
        (None, Some(_)) => None,
        (None, None) if !numbered && is_own(said.get(*begins..)?, own) => Some(Whose::Own),
        (Some(_), _) | (None, None) => Some(Whose::Doubtful),
    }
}

/// Nothing but a number or a day stands before, "Điều 5.", or how a name of the paper begins: "Hợp đồng".
fn is_own(said: &[String], own: &[Vec<String>]) -> bool {
    let is_filler = |word: &&String| {
        let digits = word.chars().all(|c| c.is_ascii_digit());
        digits || FILLERS.contains(&word.as_str())
    };
    let from = said.iter().take_while(is_filler).count();
    let Some(rest) = said.get(from..) else { return false };
    let name = rest.strip_suffix(&["co".to_owned()]).unwrap_or(rest);
    let name = name.strip_suffix(&["nay".to_owned()]).unwrap_or(name);
    said.iter().all(|word| is_filler(&word)) || own.iter().any(|own| own.starts_with(name))
}

/// What names nothing.
const FILLERS: &[&str] = &["dieu", "khoan", "muc", "ngay", "thang", "nam", "co", "va", "nay"];

/// So many words of a name may follow its first before "này".
const NAME: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn what_is_valid_is_the_paper_itself_or_another() {
        let whose = |said: &str, own: &str| {
            whose(&subject(said, words(said).len(), ""), &cut_short(words(own)).collect::<Vec<_>>())
        };
        let lease = "Hợp đồng thuê nhà";
        for itself in [
            "Hợp đồng này có",
            "Hợp đồng có",
            "Hợp đồng thuê nhà số 05 lập ngày 01/7/2025 này có",
            "Theo giấy phép số 12, hợp đồng này có",
            "Hợp đồng này thay giấy thuê nhà cũ và có",
        ] {
            assert_eq!(whose(itself, lease), Some(Whose::Own), "{itself}");
        }
        for doubtful in [
            "Hợp đồng số 05/2025/HĐTN có",
            "Hợp đồng thuê nhà số 5 phố Mới có",
            "Hợp đồng này thay hợp đồng số 03 và có",
            "Hợp đồng này theo giấy phép số 12 có",
            "Hợp đồng thuê nhà cũ",
            "Giá này có",
            "Hợp đồng này thay hợp đồng ngày 03/11/2025 đã",
        ] {
            assert_eq!(whose(doubtful, lease), Some(Whose::Doubtful), "{doubtful}");
        }
        for another in [
            "Bà Lê Thị Mẫu, hộ chiếu số Q99990316, có",
            "Hợp đồng này gồm hai trang. Hộ chiếu số Q99990316 có",
            "Hợp đồng lao động số 12 có",
            "Giấy chứng nhận có",
        ] {
            assert_eq!(whose(another, lease), None, "{another}");
        }
        assert_eq!(whose("Giấy chứng nhận số 12 có", "Giấy ủy quyền"), None);
        assert_eq!(whose("Giấy ủy quyền số 12 có", "Giấy ủy quyền"), Some(Whose::Doubtful));
    }
}
