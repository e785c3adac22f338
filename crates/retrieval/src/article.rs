//! Articles of documents: "Điều 16 NĐ 118" and what records say of them.

use crate::document_number::{forms_of_number, kind_before};

/// So many words an article may stand before the document it is of, as in "khoản 1 Điều 52, Điều 54
/// và Điều 94 của Luật Bảo hiểm xã hội".
const REACH: usize = 14;

/// Articles with their documents, as `16 118/2025/nd-cp`, `16 nd 118` or `220 luat dat dai`, in a text
/// that was folded.
pub(crate) fn articles(folded: &str) -> Vec<String> {
    let mut waiting: Vec<(usize, &str)> = Vec::new();
    let mut found = Vec::new();
    let words: Vec<&str> = folded.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        waiting.retain(|(since, _)| at - since <= REACH);
        if *word == "dieu"
            && let Some(number) = words.get(at + 1).copied().map(bare).filter(|it| is_article(it))
        {
            waiting.push((at, number));
        }
        if let Some(document) = document(&words, at) {
            for (_, number) in waiting.drain(..) {
                found.extend(document.iter().map(|document| format!("{number} {document}")));
            }
        }
        // What a sentence or an item of a list says ends with it.
        if word.ends_with(';') || (word.ends_with('.') && !word.ends_with("..")) {
            waiting.clear();
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// `16` or `20a`.
fn is_article(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    (1..4).contains(&digits.len())
        && word.len() - digits.len() < 2
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The names of the document that begins at a word: its number in all forms, or what a law is about.
fn document(words: &[&str], at: usize) -> Option<Vec<String>> {
    let word = bare(words[at]);
    if word.contains('/') && word.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(forms_of_number(word.to_owned()));
    }
    if word == "luat" {
        let about = words[at + 1..].iter().take_while(|word| bare(word).bytes().all(is_letter));
        let about: Vec<&str> = about.take(2).map(|word| bare(word)).collect();
        // "Luật này" and "Luật số …" name nothing by themselves.
        let named = about.len() == 2 && !["nay", "so", "nam"].contains(&about[0]);
        return named.then(|| vec![format!("luat {}", about.join(" "))]);
    }
    let number = word.len() < 5 && !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit());
    let before = words[..at].strip_suffix(&["so"]).unwrap_or(&words[..at]);
    let kind = kind_before(before).filter(|_| number)?;
    Some(vec![format!("{kind} {word}")])
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use motcua_text::fold;

    use super::*;

    fn of(text: &str) -> Vec<String> {
        articles(&fold(text))
    }

    #[test]
    fn an_article_is_of_the_document_behind_it() {
        assert_eq!(of("Điều 16 NĐ 118 nói gì?"), ["16 nd 118"]);
        assert_eq!(
            of("khoản 3 Điều 20a Nghị định số 06/2022/NĐ-CP ngày 07/01/2022"),
            ["20a 06/2022", "20a 06/2022/nd-cp", "20a nd 06"]
        );
        assert_eq!(of("dieu 220 luat dat dai 2024"), ["220 luat dat dai"]);
        let several = of("Điều 52, khoản 1 Điều 54 của Luật Bảo hiểm xã hội");
        assert_eq!(several, ["52 luat bao hiem", "54 luat bao hiem"]);
    }

    #[test]
    fn an_article_of_nothing_named_is_none() {
        assert!(of("theo Điều 4 Nghị định này").is_empty());
        assert!(of("Điều 4 của Luật này. Nghị định 118/2025/NĐ-CP quy định").is_empty());
        assert!(of("điều 5 người ở nhà số 118").is_empty());
        assert!(of("").is_empty());
    }
}
