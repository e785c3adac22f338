//! Names that are no people's: of places, and of streets called after people.

use motcua_text::normalize;

use crate::words::{phrase, words};

/// Whether what stands before a colon asks for a place: "Nơi cấp", "Địa chỉ của chồng".
///
/// Some of its words are compared with their marks, as without them a grandfather ("ông nội") would be a place ("nơi")
/// and a party ("đương sự") a street.
pub(super) fn is_place_label(label: &str) -> bool {
    let folded = words(label);
    let marked: Vec<String> = marked_words(label);
    let is_marked = marked.iter().any(|word| !word.is_ascii());
    let at = |phrase: &&str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        folded.windows(phrase.len()).position(|run| run == phrase)
    };
    let unmarked = ["noi cap", "noi sinh", "noi o", "noi dang ky"];
    let by_phrase = PLACES.iter().filter_map(&at).min();
    let by_word = if is_marked {
        marked.iter().position(|word| ["nơi", "đường", "phố"].contains(&word.as_str()))
    } else {
        unmarked.iter().filter_map(&at).min()
    };
    let at_end = marked.last().is_some_and(|word| word == "tại").then_some(0);
    let place = [by_phrase, by_word, at_end].into_iter().flatten().min();
    // "Người đăng ký thường trú: …" asks for somebody.
    let somebody = ["nguoi", "chu ho", "ho ten", "ho va ten"].iter().filter_map(&at).min();
    place.is_some_and(|place| somebody.is_none_or(|somebody| place < somebody))
}

/// What asks for a place however it is marked.
const PLACES: &[&str] =
    &["dia chi", "que quan", "nguyen quan", "thuong tru", "tam tru", "cu tru", "cap tai", "tru so"];

/// Whether the word before a title ("ông", "bà") makes that the name of a street: "đường Bà Huyện Thanh Quan",
/// "12 Ông Ích Khiêm". "1.", "1/" and "1-" number the people of a list, as does a short number that begins its line.
pub(super) fn begins_street(token: &str, begins_line: bool) -> bool {
    let bare = token.to_lowercase();
    let number = bare.trim_end_matches(',');
    let numbers_people = number.ends_with(['/', '-'])
        || (begins_line && number.len() <= LIST && number.chars().all(|c| c.is_ascii_digit()));
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_alphanumeric() || c == '/' || c == '-');
    (is_number && !numbers_people) || ["đường", "phố", "đ.", "ngõ", "hẻm"].contains(&bare.as_str())
}

/// No list on a paper has numbers of more digits.
const LIST: usize = 2;

/// Whether these folded words are the name of a province.
pub(super) fn is_province(name: &[String]) -> bool {
    PROVINCES.contains(&name.join(" ").as_str())
}

/// The lower-case words of a text with their marks.
fn marked_words(text: &str) -> Vec<String> {
    let text = normalize(text).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether a token is this word, be it numbered ("1/Bà"): with the marks it has, or without any where nothing on its
/// line has.
pub(super) fn is_word(token: &str, word: &str, line_is_marked: bool) -> bool {
    let bare = token.trim_start_matches(|c: char| !c.is_alphabetic());
    let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    bare == word || (!line_is_marked && bare.is_ascii() && bare == phrase(word))
}

/// The provinces of today and those they were made of in 2025 (Nghị quyết 202/2025/QH15), folded.
const PROVINCES: &[&str] = &[
    "an giang",
    "ba ria vung tau",
    "bac giang",
    "bac kan",
    "bac lieu",
    "bac ninh",
    "ben tre",
    "binh dinh",
    "binh duong",
    "binh phuoc",
    "binh thuan",
    "ca mau",
    "can tho",
    "cao bang",
    "da nang",
    "dak lak",
    "dak nong",
    "dien bien",
    "dong nai",
    "dong thap",
    "gia lai",
    "ha giang",
    "ha nam",
    "ha noi",
    "ha tinh",
    "hai duong",
    "hai phong",
    "hau giang",
    "ho chi minh",
    "hoa binh",
    "hue",
    "hung yen",
    "khanh hoa",
    "kien giang",
    "kon tum",
    "lai chau",
    "lam dong",
    "lang son",
    "lao cai",
    "long an",
    "nam dinh",
    "nghe an",
    "ninh binh",
    "ninh thuan",
    "phu tho",
    "phu yen",
    "quang binh",
    "quang nam",
    "quang ngai",
    "quang ninh",
    "quang tri",
    "soc trang",
    "son la",
    "tay ninh",
    "thai binh",
    "thai nguyen",
    "thanh hoa",
    "thua thien hue",
    "tien giang",
    "tra vinh",
    "tuyen quang",
    "vinh long",
    "vinh phuc",
    "yen bai",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_places_are_told_from_labels_of_people() {
        for label in ["Nơi cấp", "Địa chỉ", "Quê quán", "Nơi cư trú của vợ", "Cấp tại", "Tên đường"]
        {
            assert!(is_place_label(label), "{label}");
        }
        for label in ["Ông nội", "Đương sự", "Người đăng ký thường trú", "Phó chủ tịch", "Mẹ"]
        {
            assert!(!is_place_label(label), "{label}");
        }
        assert!(is_place_label("NOI CAP") && !is_place_label("ONG NOI"));
        for street in ["45/3", "12A", "12", "phố"] {
            assert!(begins_street(street, false), "{street}");
        }
        for number in ["1.", "1/", "2-", "1)"] {
            assert!(!begins_street(number, false), "{number}");
        }
        assert!(!begins_street("1", true) && begins_street("125", true));
        assert_eq!(PROVINCES.len(), 64);
    }
}
