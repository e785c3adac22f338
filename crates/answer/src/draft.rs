use motcua_domain::{DropReason, DroppedSentence, Evidence, Sentence};

use crate::verify::{same_sentence, verify};

/// A model's answer as it grows. Only whole, verified sentences come out of it.
#[derive(Debug)]
pub struct Draft<'a> {
    evidence: &'a [Evidence],
    pending: String,
    shown: Vec<Sentence>,
    dropped: Vec<DroppedSentence>,
}

/// What became of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftEvent {
    /// It may be shown.
    Shown(Sentence),
    /// It may not.
    Dropped(DroppedSentence),
}

impl<'a> Draft<'a> {
    /// An empty draft over the evidence that it may cite.
    pub fn new(evidence: &'a [Evidence]) -> Self {
        Self { evidence, pending: String::new(), shown: Vec::new(), dropped: Vec::new() }
    }

    /// Takes the next piece of text and returns the sentences that it completed.
    pub fn push(&mut self, text: &str) -> Vec<DraftEvent> {
        self.pending.push_str(text);
        let mut events = Vec::new();
        while let Some(end) = first_sentence_end(&self.pending) {
            let rest = self.pending.split_off(end);
            let raw = std::mem::replace(&mut self.pending, rest);
            events.extend(self.judge(&raw));
        }
        events
    }

    /// Ends the draft. A last sentence that was cut off in the middle is not shown.
    pub fn finish(&mut self) -> Vec<DraftEvent> {
        let rest = std::mem::take(&mut self.pending);
        let whole = rest.trim_end().ends_with(['.', '!', '?', ']', ')']);
        if whole { self.judge(&rest).into_iter().collect() } else { Vec::new() }
    }

    /// The sentences shown so far.
    pub fn shown(&self) -> &[Sentence] {
        &self.shown
    }

    /// The sentences dropped so far.
    pub fn dropped(&self) -> &[DroppedSentence] {
        &self.dropped
    }

    fn judge(&mut self, raw: &str) -> Option<DraftEvent> {
        let raw = raw.trim();
        if !raw.chars().any(char::is_alphanumeric) {
            return None;
        }
        let verdict = verify(raw, self.evidence).and_then(|sentence| {
            let repeats = self.shown.iter().any(|shown| same_sentence(&shown.text, &sentence.text));
            if repeats { Err(DropReason::Repeated) } else { Ok(sentence) }
        });
        Some(match verdict {
            Ok(sentence) => {
                self.shown.push(sentence.clone());
                DraftEvent::Shown(sentence)
            }
            Err(reason) => {
                let dropped = DroppedSentence { text: raw.to_owned(), reason };
                self.dropped.push(dropped.clone());
                DraftEvent::Dropped(dropped)
            }
        })
    }
}

/// Where the first whole sentence ends, its citation marks included; none while it may still grow.
fn first_sentence_end(text: &str) -> Option<usize> {
    let sentences = motcua_text::sentences(text);
    let [first, second, ..] = sentences.as_slice() else { return None };
    let offset = |slice: &str| slice.as_ptr() as usize - text.as_ptr() as usize;
    let mut end = offset(first) + first.len();
    // "Nộp tờ khai. [E2] Lệ phí …": the mark behind the full stop belongs to what is before it.
    let mut rest = &text[offset(second)..];
    while rest.starts_with("[E") {
        let close = rest.find(']')? + 1;
        end = offset(rest) + close;
        rest = rest[close..].trim_start();
    }
    (!rest.is_empty()).then_some(end)
}

#[cfg(test)]
mod tests {
    use motcua_domain::{EvidenceId, EvidenceKind, EvidenceSource};

    use super::*;

    fn given() -> Vec<Evidence> {
        let texts = ["Lệ phí: 8.000 đồng.", "Nộp: Tờ khai đăng ký khai sinh."];
        let source = EvidenceSource { document: "nguồn".into(), url: None, effective_from: None };
        (1..)
            .zip(texts)
            .map(|(number, text)| Evidence {
                id: EvidenceId(number),
                kind: EvidenceKind::Fee,
                text: text.into(),
                procedure: "1.001193".parse().expect("code"),
                source: source.clone(),
            })
            .collect()
    }

    fn shown(events: &[DraftEvent]) -> Vec<&str> {
        events
            .iter()
            .filter_map(|event| match event {
                DraftEvent::Shown(sentence) => Some(sentence.text.as_str()),
                DraftEvent::Dropped(_) => None,
            })
            .collect()
    }

    #[test]
    fn sentences_come_out_whole_however_the_text_arrives() {
        let evidence = given();
        let text = "Lệ phí là 8.000 đồng [E1]. Nộp tờ khai đăng ký khai sinh. [E2] Lệ phí là 9.000 đồng [E1].";
        let mut draft = Draft::new(&evidence);
        for c in text.chars() {
            draft.push(&c.to_string());
        }
        draft.finish();
        let texts: Vec<&str> = draft.shown().iter().map(|s| s.text.as_str()).collect();
        assert_eq!(texts, ["Lệ phí là 8.000 đồng.", "Nộp tờ khai đăng ký khai sinh."]);
        assert_eq!(draft.dropped().len(), 1);
    }

    #[test]
    fn a_mark_before_a_line_break_belongs_to_what_is_before_it() {
        let evidence = given();
        let mut draft = Draft::new(&evidence);
        let events = draft.push("Lệ phí là 8.000 đồng. [E1]\nNộp tờ khai");
        assert_eq!(shown(&events), ["Lệ phí là 8.000 đồng."]);
    }

    #[test]
    fn half_a_sentence_is_not_shown() {
        let evidence = given();
        let mut draft = Draft::new(&evidence);
        assert!(shown(&draft.push("Lệ phí là 8.000")).is_empty());
        assert!(shown(&draft.finish()).is_empty());
    }

    #[test]
    fn a_sentence_is_shown_once() {
        let evidence = given();
        let mut draft = Draft::new(&evidence);
        let events = draft.push("Lệ phí là 8.000 đồng [E1].\nLệ phí là 8.000 đồng [E1].\n\nLệ");
        assert_eq!(shown(&events).len(), 1);
        assert_eq!(draft.dropped()[0].reason, DropReason::Repeated);
    }
}
