//! By what a paper is told: its names, its form code, the words of its body.

mod act;

use act::is_other_act;
use motcua_domain::Paper;

use crate::{
    catalogue::{Catalogue, DocumentKind},
    sheet::Title,
    words::{Overlap, Vocabulary, Weights, holds, phrase, words},
};

/// By what one paper is told on a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    /// Names that tell it.
    names: Vec<Vec<String>>,
    /// Names of the whole class it belongs to; they alone do not tell it.
    class: Vec<Vec<String>>,
    /// Phrases of its body.
    body: Vec<Vec<String>>,
    /// Its form code, folded: `ct01`, or `mau so 18`.
    form: Option<Vec<String>>,
}

/// What a profile is held against.
pub(crate) struct Face<'a> {
    /// What may be the title.
    pub(crate) titles: &'a [Title],
    /// Folded words of the first page.
    pub(crate) first: &'a [String],
    /// How often each of them stands there.
    pub(crate) vocabulary: &'a Vocabulary,
    /// Folded words of all pages.
    pub(crate) all: &'a [String],
    /// How often each of them stands there.
    pub(crate) words: &'a Vocabulary,
}

impl Face<'_> {
    fn holds(&self, phrase: &[String]) -> bool {
        self.words.may_hold(phrase) && holds(self.all, phrase)
    }
}

impl Profile {
    /// The profile of a paper that a procedure asks for.
    pub(crate) fn of_paper(paper: &Paper, requirement: &str, catalogue: &Catalogue) -> Self {
        let mut profile =
            Self { form: paper.form.as_deref().and_then(form_words), ..Self::default() };
        profile.names = split_name(&paper.name);
        if profile.names.is_empty() {
            profile.names = split_name(requirement);
        }
        if let Some(id) = paper.document.as_deref() {
            catalogue.get(id).into_iter().for_each(|kind| profile.add_kind(kind));
        } else {
            // A draft names the paper in the record's own words only.
            let own = profile.names.clone();
            catalogue
                .kinds()
                .iter()
                .filter(|kind| !kind.broad && begins_with(&own, kind))
                .for_each(|kind| profile.add_kind(kind));
        }
        profile
    }

    /// The profile of a kind of the catalogue.
    pub(crate) fn of_kind(kind: &DocumentKind) -> Self {
        let mut profile = Self::default();
        profile.add_kind(kind);
        profile
    }

    fn add_kind(&mut self, kind: &DocumentKind) {
        let names = kind.names().map(words).filter(|name| !name.is_empty());
        if kind.broad {
            self.class.extend(names);
        } else {
            self.names.extend(names);
        }
        self.body.extend(kind.body.iter().map(|phrase| words(phrase)));
    }

    /// 0 to 1: how surely the face shows this paper.
    pub(crate) fn score(&self, face: &Face<'_>, weights: &Weights) -> f32 {
        let titled = Self::best_title(&self.names, face, weights);
        let classed = Self::best_title(&self.class, face, weights);
        let spoken =
            self.names.first().map_or(0.0, |name| Overlap::covered(name, face.vocabulary, weights));
        let by_class = if classed > 0.45 { 0.22 + 0.45 * spoken } else { 0.0 };
        let by_form = self.by_form(face, titled.max(classed));
        let by_body = self.by_body(face);
        titled.max(by_class).max(by_form).max(by_body).min(1.0)
    }

    /// Whether a title names this paper, as opposed to its body only.
    pub(crate) fn is_titled(&self, face: &Face<'_>, weights: &Weights) -> bool {
        Self::best_title(&self.names, face, weights).max(Self::best_title(
            &self.class,
            face,
            weights,
        )) >= 0.45
    }

    fn best_title(names: &[Vec<String>], face: &Face<'_>, weights: &Weights) -> f32 {
        let score = |name: &Vec<String>, title: &Title| {
            let head = Overlap::between(name, &title.head, weights).same_thing();
            let full = Overlap::between(name, &title.full, weights);
            let full = full.same_thing().max(full.coverage() * full.substance());
            // The line under a title counts more where the title is a mere "QUYẾT ĐỊNH".
            let both = if title.full.len() > title.head.len() {
                0.45 * head.max(full) + 0.55 * head.min(full)
            } else {
                head
            };
            title.strength * both * heads_agree(name, title)
        };
        names
            .iter()
            .filter_map(|name| {
                let best = face.titles.iter().map(|title| score(name, title)).fold(0.0, f32::max);
                // What the title leaves out of the name, the page should speak of.
                let spoken = Overlap::covered(name, face.vocabulary, weights);
                (best > 0.0).then_some(
                    best * (0.45 + 0.55 * spoken) + if best > 0.25 { 0.1 * spoken } else { 0.0 },
                )
            })
            .fold(0.0, f32::max)
    }

    /// Whether a title is that of a form for another act than each of the names.
    pub(crate) fn asks_for_other_act(&self, title: &Title) -> bool {
        let mut names = self.names.iter().chain(&self.class).peekable();
        names.peek().is_some() && names.all(|name| is_other_act(name, title))
    }

    /// Whether a form bears another code than the one that is asked for; `None` unless both have a code.
    pub(crate) fn has_other_form(&self, code: &str) -> Option<bool> {
        Some(form_words(code)? != *self.form.as_ref()?)
    }

    /// Whether a paper of this kind is certainly something else: every name of the one contradicts every
    /// name of the other. "Đăng ký khai sinh" and "đăng ký khai tử" do, "đăng ký hộ kinh doanh" and
    /// "đăng ký thành lập hộ kinh doanh" do not.
    pub(crate) fn contradicts(&self, kind: &Self, weights: &Weights) -> bool {
        let apart = |a: &Vec<String>, b: &Vec<String>| {
            let overlap = Overlap::between(a, b, weights);
            overlap.left.min(overlap.right) >= 0.25
        };
        self.names.iter().all(|own| kind.names.iter().all(|other| apart(own, other)))
    }

    /// A code such as CT01 is enough; a number such as "Mẫu số 01" is shared by many decrees and only
    /// supports a title.
    fn by_form(&self, face: &Face<'_>, titled: f32) -> f32 {
        let Some(form) = &self.form else { return 0.0 };
        let top: Vec<String> = face.first.iter().take(60).cloned().collect();
        match form.as_slice() {
            [code] if top.iter().any(|word| word == code) => 0.85,
            [_] => 0.0,
            _ if holds(&top, form) && titled > 0.2 => (titled + 0.3).min(0.9),
            _ => 0.0,
        }
    }

    fn by_body(&self, face: &Face<'_>) -> f32 {
        let hits = self.body.iter().filter(|phrase| face.holds(phrase)).count();
        match hits {
            0 | 1 => 0.0,
            2 => 0.55,
            3 => 0.65,
            _ => 0.75,
        }
    }
}

/// Whether one of the names begins with a name of the kind: "Thẻ căn cước còn giá trị sử dụng".
fn begins_with(names: &[Vec<String>], kind: &DocumentKind) -> bool {
    let of_kind = kind.names().map(words).filter(|name| name.len() >= 2);
    of_kind.into_iter().any(|of_kind| names.iter().any(|name| name.starts_with(&of_kind)))
}

/// A request for a thing is not the thing: "ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP" is no "giấy phép".
fn heads_agree(name: &[String], title: &Title) -> f32 {
    if is_request(name) && is_other_act(name, title) {
        return 0.3;
    }
    match (is_request(name), is_request(&title.head)) {
        (false, true) => 0.45,
        (true, false) => 0.7,
        _ => 1.0,
    }
}

/// Whether a title or name begins as requests do: "Đơn …", "Tờ khai …".
pub(crate) fn is_request(words: &[String]) -> bool {
    let start = words.iter().take(4).cloned().collect::<Vec<_>>().join(" ");
    // "Đơn vị đo đạc" stands over a signature.
    let of_unit = start.starts_with("don vi ");
    let is = |request: &str| start == request || start.starts_with(&format!("{request} "));
    !of_unit && REQUESTS.iter().any(|request| is(request))
}

/// How requests begin.
const REQUESTS: &[&str] = &[
    "don",
    "to khai",
    "giay de nghi",
    "phieu de nghi",
    "ban khai",
    "van ban de nghi",
    "cong van",
    "phieu dang ky",
    "giay dang ky",
    "thong bao",
];

/// `CT01` gives one word, "Mẫu số 18" three.
fn form_words(form: &str) -> Option<Vec<String>> {
    let folded = words(form);
    let code = |word: &&String| {
        word.chars().any(|c| c.is_ascii_digit())
            && word.chars().any(|c| c.is_ascii_alphabetic())
            && word.len() >= 3
    };
    if let Some(code) = folded.iter().find(code) {
        return Some(vec![code.clone()]);
    }
    let number = folded.iter().find(|word| word.chars().any(|c| c.is_ascii_digit()))?;
    Some(vec!["mau".to_owned(), "so".to_owned(), number.clone()])
}

/// The names in a paper's name: without what form it must have, where it is printed and when it is due;
/// cut where it offers a choice.
fn split_name(name: &str) -> Vec<Vec<String>> {
    let plain = without_brackets(without_number(name));
    let mut names: Vec<Vec<String>> = Vec::new();
    for part in plain.replace(" hoặc ", "/").split(['/', ';']) {
        // Heads first: "được chứng thực từ bản chính của giấy …" says of the copy what a tail says of the paper.
        let mut folded = without_heads(&phrase(part));
        for tail in TAILS {
            if let Some(at) = folded.find(&format!(" {tail}")) {
                folded.truncate(at);
            }
        }
        if HEADS.contains(&folded.as_str()) {
            continue;
        }
        let name: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        if name.len() >= 2 && !names.contains(&name) {
            names.push(name);
        }
    }
    let whole = words(&plain);
    if names.is_empty() && !whole.is_empty() {
        names.push(whole);
    }
    names
}

/// A paper's folded name without what form it must have: of "ban sao trich luc" the "trich luc".
pub(crate) fn without_heads(name: &str) -> String {
    let mut name = name;
    while let Some(rest) = HEADS
        .iter()
        .filter_map(|head| name.strip_prefix(head)?.strip_prefix(' '))
        .min_by_key(|rest| rest.len())
    {
        name = rest;
    }
    name.to_owned()
}

/// Drafts keep the record's list marks: "a) …", "- …".
fn without_number(text: &str) -> &str {
    let text =
        text.trim_start_matches(|c: char| c.is_whitespace() || c == '-' || c == '+' || c == '*');
    match text.split_once(')') {
        Some((mark, rest)) if !mark.contains('(') && mark.chars().count() <= 3 => rest,
        _ => text,
    }
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// What may stand before a paper's name.
const HEADS: &[&str] = &[
    "ban chinh",
    "ban goc",
    "ban sao",
    "ban chup",
    "ban dien tu",
    "co chung thuc",
    "chung thuc",
    "cua",
    "cac",
    "mot trong",
    "01",
    "02",
    "03",
    "bo",
    "ban sao co chung thuc",
    "dien tu",
    "duoc chung thuc",
    "co cong chung",
    "duoc cong chung",
    "tu ban chinh",
    "tu so goc",
    "cap tu so goc",
    "hop le",
    "kem theo",
    "mot",
    "hai",
    "nhung",
];

/// What may stand after it.
const TAILS: &[&str] = &[
    "theo mau",
    "theo quy dinh",
    "ban hanh kem",
    "duoc cong chung",
    "duoc chung thuc",
    "co chung thuc",
    "co cong chung",
    "khong phai chung thuc",
    "khong can chung thuc",
    "trong truong hop",
    "doi voi truong hop",
    "neu co",
    "con gia tri",
    "con thoi han",
    "mau so",
    "mau ct",
    "trong do",
    "co du thong tin",
    "ke tu ngay",
    "de xac dinh",
    "lam co so",
    "lien quan",
];
