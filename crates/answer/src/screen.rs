use motcua_text::{fold, normalize, syllables};

mod words;

use words::{
    AFTER_WANTING, BEFORE_WANTING, DOERS, DONE_BEFORE, EVASION, FEARED, INJECTION,
    INJECTION_AT_START, LOOK_UP, NOT_OURS, OTHERS, OWN_FILE, OWNERS, PAPERS, PHOTOGRAPH, SEEKING,
    TELLING, UNLAWFUL, UNLAWFUL_MARKED, WRONGED, WRONGED_BY,
};

/// Something the assistant must not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Instructions to the machine hidden in a question.
    Injection,
    /// Somebody else's personal data.
    PersonalData,
    /// A decision that only an official may take.
    NotOurs,
    /// A way around the law: faking, bribing, evading.
    Unlawful,
}

impl Refusal {
    /// What the asker is told, with the next step.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Injection => {
                "Tôi chỉ trả lời về thủ tục hành chính theo hồ sơ đã công bố. Mời ông/bà hỏi về giấy tờ, lệ phí, thời hạn hoặc nơi nộp."
            }
            Self::PersonalData => {
                "Tôi không tra cứu thông tin cá nhân của người khác. Việc này cần gặp cán bộ tại quầy và có quyền theo quy định."
            }
            Self::NotOurs => {
                "Việc này do cán bộ có thẩm quyền quyết định, tôi không làm thay được. Mời ông/bà gặp cán bộ tại quầy."
            }
            Self::Unlawful => {
                "Việc này trái luật nên tôi không giúp được. Ông/bà chỉ nộp phí có biên lai; thiếu hay mất giấy tờ thì hỏi tôi cách làm cho đúng."
            }
        }
    }
}

/// Tells what must be turned away, whatever procedure it may name.
///
/// Works on folded whole words, so that it holds with and without marks; words that are other words
/// without their marks ("giả", "gia hạn") count only where marks were typed. Who tells of somebody
/// else's wrong, fears one or was its victim is not turned away, nor who asks about data of their own.
pub fn screen(question: &str) -> Option<Refusal> {
    let said = Said::new(question);
    if said.instructs() {
        return Some(Refusal::Injection);
    }
    if said.seeks_data_of_others() {
        return Some(Refusal::PersonalData);
    }
    if said.wants_unlawful() {
        return Some(Refusal::Unlawful);
    }
    said.holds(NOT_OURS).then_some(Refusal::NotOurs)
}

/// Whether somebody asks about their own data, about a wrong that was done to them, or whether a photograph will do:
/// whatever the question sounds like, it is not to be refused as a wrong.
pub fn is_blameless(question: &str) -> bool {
    let said = Said::new(question);
    let wronged = said.holds(TELLING) || said.holds(WRONGED_BY);
    screen(question).is_none() && (wronged || said.asks_of_own_data() || said.asks_of_photograph())
}

/// So many words may stand between what is looked up and whose it is: "hồ sơ đất đai của hàng xóm".
const REACH_OF_OWNER: usize = 3;
/// A picture worked over is a fake where a paper is named so soon after.
const REACH_OF_EVASION: usize = 3;

/// A question, word by word.
struct Said {
    /// Without marks.
    folded: Vec<String>,
    /// With them.
    marked: Vec<String>,
    /// Whether a phrase ends before the word: a comma or a full stop stands there.
    begins: Vec<bool>,
}

impl Said {
    fn new(question: &str) -> Self {
        let text = normalize(question).to_lowercase();
        let (mut marked, mut begins, mut end) = (Vec::new(), Vec::new(), 0);
        for word in syllables(&text) {
            // `syllables` slices the text, so the distance of the pointers is an offset into it.
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            begins.push(
                marked.is_empty() || text[end..start].contains([',', '.', ';', ':', '?', '!']),
            );
            end = start + word.len();
            marked.push(word.to_owned());
        }
        Self { folded: marked.iter().map(|word| fold(word)).collect(), marked, begins }
    }

    fn holds(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| !places(&self.folded, phrase).is_empty())
    }

    /// Whether the machine is told what to be or to forget. Who says what they did ("em lỡ bỏ qua hướng dẫn"), or what
    /// somebody pretended, tells a machine nothing.
    fn instructs(&self) -> bool {
        let told = |phrase: &&str| {
            let found = places(&self.folded, phrase);
            found.into_iter().any(|at| !ends_with_any(&self.folded[..at], DONE_BEFORE))
        };
        let at_start = |phrase: &&str| {
            let found = places(&self.folded, phrase);
            found
                .into_iter()
                .any(|at| self.begins[at] || ends_with_any(&self.folded[..at], &["ban", "hay"]))
        };
        INJECTION.iter().any(told) || INJECTION_AT_START.iter().any(at_start)
    }

    /// Whether data are asked for that belong to somebody else.
    fn seeks_data_of_others(&self) -> bool {
        let of_others = LOOK_UP.iter().any(|data| {
            let found = places(&self.folded, data).into_iter();
            found.map(|at| at + data.split(' ').count()).any(|after| self.is_of_others(after))
        });
        let wronged = self.holds(WRONGED) || self.holds(WRONGED_BY);
        of_others && self.holds(SEEKING) && !wronged
    }

    /// Whether whoever is named from here on as the owner is somebody else: "của ông hàng xóm", "người khác".
    fn is_of_others(&self, from: usize) -> bool {
        let rest = &self.folded[from..];
        let until = self.begins[from..].iter().position(|begins| *begins).unwrap_or(rest.len());
        let of = rest[..until].iter().take(REACH_OF_OWNER + 1).position(|word| word == "cua");
        let names = |at: usize| begins_with_any(rest.get(at..until).unwrap_or_default(), OTHERS);
        // Without "của" the owner stands right there: "số điện thoại ông hàng xóm".
        of.map_or_else(|| names(0), |of| names(of + 1) || names(of + 2))
    }

    /// Whether a file or data are said to be the asker's own: "hồ sơ đất của tôi".
    fn asks_of_own_data(&self) -> bool {
        let data = LOOK_UP.iter().chain(OWN_FILE);
        data.flat_map(|data| of_deed(&self.folded, data)).any(|(_, end)| {
            let owner =
                |gap| begins_with_any(self.folded.get(end + gap..).unwrap_or_default(), OWNERS);
            (0..=REACH_OF_OWNER).any(owner)
        })
    }

    /// Whether it is a photograph that was touched up, not a paper.
    fn asks_of_photograph(&self) -> bool {
        self.holds(EVASION) && self.holds(PHOTOGRAPH) && !self.wants_unlawful()
    }

    /// Whether something is wanted that is against the law, by whoever asks.
    fn wants_unlawful(&self) -> bool {
        let folded = UNLAWFUL.iter().flat_map(|deed| of_deed(&self.folded, deed));
        let marked = UNLAWFUL_MARKED.iter().flat_map(|deed| of_deed(&self.marked, deed));
        let evaded = EVASION.iter().flat_map(|deed| of_deed(&self.folded, deed));
        let evaded = evaded.filter(|(_, end)| {
            (0..=REACH_OF_EVASION).any(|gap| {
                begins_with_any(self.folded.get(end + gap..).unwrap_or_default(), PAPERS)
            })
        });
        folded.chain(marked).chain(evaded).any(|(start, end)| {
            let excused = self.is_anothers(start) || self.is_told_of(start, end);
            !excused || self.is_wanted(start, end)
        })
    }

    /// Whether the deed between these words is told of as a wrong: reported anywhere, or done to somebody ("bị …") in
    /// the phrase it stands in.
    fn is_told_of(&self, start: usize, end: usize) -> bool {
        let from = (0..=start).rfind(|at| self.begins[*at]).unwrap_or(0);
        let until = (end..self.begins.len()).find(|at| self.begins[*at]);
        let phrase = &self.folded[from..until.unwrap_or(self.folded.len())];
        TELLING.iter().any(|words| {
            let said = if words.starts_with("bi ") { phrase } else { &self.folded };
            !places(said, words).is_empty()
        })
    }

    /// Whether the deed that begins here is feared, or was another's: "có phải đưa phong bì không", "hàng xóm làm giả".
    fn is_anothers(&self, start: usize) -> bool {
        let before = without_end(&self.folded[..start], &["lam"]);
        // "anh trai tôi": whose brother it was does not make it the asker's deed; ", tôi" is the asker.
        let is_asker = before.len().checked_sub(1).is_none_or(|at| self.begins[at]);
        let selves: &[&str] = if is_asker { &[] } else { &["toi", "em", "minh", "chau"] };
        let kin = without_end(before, selves);
        [FEARED, DOERS, OTHERS].iter().any(|words| ends_with_any(before, words))
            || ends_with_any(kin, DOERS)
    }

    /// Whether the deed between these words is what somebody wants done: "muốn làm giả", "làm giả giúp tôi".
    fn is_wanted(&self, start: usize, end: usize) -> bool {
        let after = &self.folded[end..];
        let until = self.begins[end..].iter().position(|begins| *begins).unwrap_or(after.len());
        ends_with_any(&self.folded[..start], BEFORE_WANTING)
            || (0..until).any(|at| begins_with_any(&after[at..until], AFTER_WANTING))
    }
}

/// Where a deed begins and ends, wherever it is named.
fn of_deed(words: &[String], deed: &str) -> Vec<(usize, usize)> {
    let length = deed.split(' ').count();
    places(words, deed).into_iter().map(|at| (at, at + length)).collect()
}

/// Where a phrase begins in some words.
fn places(words: &[String], phrase: &str) -> Vec<usize> {
    (0..words.len()).filter(|at| begins_with(&words[*at..], phrase)).collect()
}

fn begins_with(words: &[String], phrase: &str) -> bool {
    let mut parts = phrase.split(' ');
    let mut words = words.iter();
    parts.all(|part| words.next().is_some_and(|word| word == part))
}

fn begins_with_any(words: &[String], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| begins_with(words, phrase))
}

/// Some words without the last, if it is one of these.
fn without_end<'a>(words: &'a [String], ends: &[&str]) -> &'a [String] {
    match words.split_last() {
        Some((last, before)) if ends.contains(&last.as_str()) => before,
        _ => words,
    }
}

fn ends_with_any(words: &[String], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let length = phrase.split(' ').count();
        words.len().checked_sub(length).is_some_and(|at| begins_with(&words[at..], phrase))
    })
}

#[cfg(test)]
mod tests;
