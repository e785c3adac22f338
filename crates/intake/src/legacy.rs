//! Text in the codes that Vietnamese was typed in before Unicode: TCVN 5712:1993 (fonts `.Vn…`) and VNI.
//!
//! Such text arrives as Latin letters with the wrong marks ("Céng hßa x· héi"). It is recognised by
//! its words: read by the right code they become possible Vietnamese.

use motcua_text::normalize;

use crate::words::Words;

/// A code is taken for granted only where it explains at least this many words ...
const ENOUGH_WORDS: usize = 6;
/// ... this much of them ...
const SENSE: f32 = 0.9;
/// ... and this much more than the text as it stands.
const GAIN: f32 = 0.1;

/// The texts in Unicode: as they are, unless all of them together make much more sense in an old code.
/// Lines that hold letters which no old code shows are left as they are: documents mix fonts.
pub(crate) fn to_unicode(texts: Vec<String>) -> Vec<String> {
    let old = |line: &&str| is_old(line);
    let doubtful: Vec<&str> = texts.iter().flat_map(|text| text.lines()).filter(old).collect();
    let doubtful = doubtful.join("\n");
    let as_it_is = Words::of(&doubtful);
    let best = CODES
        .map(|code| (code, Words::of(&normalize(&code(&doubtful)))))
        .into_iter()
        .max_by(|(_, a), (_, b)| a.share().total_cmp(&b.share()));
    let Some((code, words)) = best else { return texts };
    if words.all < ENOUGH_WORDS || words.share() < SENSE || words.share() < as_it_is.share() + GAIN
    {
        return texts;
    }
    let read = |line: &str| if is_old(line) { normalize(&code(line)) } else { line.to_owned() };
    let whole = |text: String| text.lines().map(read).collect::<Vec<_>>().join("\n");
    texts.into_iter().map(whole).collect()
}

type Code = fn(&str) -> String;

const CODES: [Code; 2] = [from_tcvn3, from_vni];

/// Whether a line has letters with marks, all of them of Latin-1, which is all that an old font shows.
fn is_old(line: &str) -> bool {
    let mut marked = line.chars().filter(|c| !c.is_ascii() && c.is_alphabetic() || *c == '\u{ad}');
    let first = marked.next();
    let latin = |c: char| ('\u{a0}'..='\u{ff}').contains(&c);
    // Signs such as § and · are letters in TCVN3, so a line without other letters may be old too.
    let signs = line.chars().any(|c| latin(c) && !c.is_alphabetic());
    first.map_or(signs, |first| latin(first) && marked.all(latin))
}

/// TCVN 5712:1993, third table, from its bytes shown as Latin-1.
fn from_tcvn3(text: &str) -> String {
    text.chars()
        .map(|c| TCVN3.iter().find(|(old, _)| *old == c).map_or(c, |(_, new)| *new))
        .collect()
}

const TCVN3: [(char, char); 74] = [
    ('¡', 'Ă'),
    ('¢', 'Â'),
    ('£', 'Ê'),
    ('¤', 'Ô'),
    ('¥', 'Ơ'),
    ('¦', 'Ư'),
    ('§', 'Đ'),
    ('¨', 'ă'),
    ('©', 'â'),
    ('ª', 'ê'),
    ('«', 'ô'),
    ('¬', 'ơ'),
    ('\u{ad}', 'ư'),
    ('®', 'đ'),
    ('µ', 'à'),
    ('¶', 'ả'),
    ('·', 'ã'),
    ('¸', 'á'),
    ('¹', 'ạ'),
    ('»', 'ằ'),
    ('¼', 'ẳ'),
    ('½', 'ẵ'),
    ('¾', 'ắ'),
    ('Æ', 'ặ'),
    ('Ç', 'ầ'),
    ('È', 'ẩ'),
    ('É', 'ẫ'),
    ('Ê', 'ấ'),
    ('Ë', 'ậ'),
    ('Ì', 'è'),
    ('Î', 'ẻ'),
    ('Ï', 'ẽ'),
    ('Ð', 'é'),
    ('Ñ', 'ẹ'),
    ('Ò', 'ề'),
    ('Ó', 'ể'),
    ('Ô', 'ễ'),
    ('Õ', 'ế'),
    ('Ö', 'ệ'),
    ('×', 'ì'),
    ('Ø', 'ỉ'),
    ('Ü', 'ĩ'),
    ('Ý', 'í'),
    ('Þ', 'ị'),
    ('ß', 'ò'),
    ('á', 'ỏ'),
    ('â', 'õ'),
    ('ã', 'ó'),
    ('ä', 'ọ'),
    ('å', 'ồ'),
    ('æ', 'ổ'),
    ('ç', 'ỗ'),
    ('è', 'ố'),
    ('é', 'ộ'),
    ('ê', 'ờ'),
    ('ë', 'ở'),
    ('ì', 'ỡ'),
    ('í', 'ớ'),
    ('î', 'ợ'),
    ('ï', 'ù'),
    ('ñ', 'ủ'),
    ('ò', 'ũ'),
    ('ó', 'ú'),
    ('ô', 'ụ'),
    ('õ', 'ừ'),
    ('ö', 'ử'),
    ('÷', 'ữ'),
    ('ø', 'ứ'),
    ('ù', 'ự'),
    ('ú', 'ỳ'),
    ('û', 'ỷ'),
    ('ü', 'ỹ'),
    ('ý', 'ý'),
    ('þ', 'ỵ'),
];

/// VNI for Windows: a vowel is followed by the letter that carries its mark.
fn from_vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let (base, alone) = match c {
            'ñ' => ('đ', true),
            'Ñ' => ('Đ', true),
            'ô' => ('ơ', false),
            'Ô' => ('Ơ', false),
            'ö' => ('ư', false),
            'Ö' => ('Ư', false),
            'î' => ('ỵ', true),
            'Î' => ('Ỵ', true),
            'í' | 'ì' | 'Í' | 'Ì' => (c, true),
            'æ' => ('ỉ', true),
            'Æ' => ('Ỉ', true),
            'ó' => ('ĩ', true),
            'Ó' => ('Ĩ', true),
            'ò' => ('ị', true),
            'Ò' => ('Ị', true),
            _ => (c, !"aeouyAEOUY".contains(c)),
        };
        out.push(base);
        if !alone && let Some(marks) = chars.peek().copied().and_then(vni_marks) {
            out.push_str(marks);
            chars.next();
        }
    }
    out
}

/// What a letter of VNI adds to the vowel before it, as combining marks.
fn vni_marks(letter: char) -> Option<&'static str> {
    Some(match letter.to_lowercase().next()? {
        'ù' => "\u{301}",
        'ø' => "\u{300}",
        'û' => "\u{309}",
        'õ' => "\u{303}",
        'ï' => "\u{323}",
        'â' => "\u{302}",
        'á' => "\u{302}\u{301}",
        'à' => "\u{302}\u{300}",
        'å' => "\u{302}\u{309}",
        'ã' => "\u{302}\u{303}",
        'ä' => "\u{323}\u{302}",
        'ê' => "\u{306}",
        'é' => "\u{306}\u{301}",
        'è' => "\u{306}\u{300}",
        'ú' => "\u{306}\u{309}",
        'ü' => "\u{306}\u{303}",
        'ë' => "\u{323}\u{306}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        to_unicode(vec![text.to_owned()]).concat()
    }

    #[test]
    fn old_codes_are_read_as_what_was_typed() {
        assert_eq!(
            read("Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc"),
            "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"
        );
        assert_eq!(
            read("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do - Haïnh phuùc"),
            "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"
        );
    }

    #[test]
    fn text_that_makes_sense_stays_as_it_is() {
        for text in [
            "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",
            "Cá, gà, bò, dê, chó, mèo: tôi là bà con, có nhà ở làng, hè về quê",
            "Giay khai sinh, dang ky ket hon, so ho khau, can cuoc cong dan",
            "Größe und Maße, café à la carte, señor, élève, naïve",
            "",
        ] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn a_line_in_unicode_beside_old_ones_is_kept() {
        let mixed = "Tờ khai đăng ký khai sinh\nHä vµ tªn ng\u{ad}êi ®\u{ad}îc khai sinh\nN¬i th\u{ad}êng tró cña cha mÑ";
        let read = read(mixed);
        assert!(read.starts_with("Tờ khai đăng ký khai sinh\nHọ và tên người được"), "{read}");
    }
}
