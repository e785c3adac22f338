//! The facts an answer may cite, rendered from a procedure's data.

use motcua_domain::{
    Audience, Channel, Detail, Evidence, EvidenceId, EvidenceKind, EvidenceSource, Intent,
    LegalBasis, Necessity, Procedure, Requirement, SourceId, Statement,
};
use motcua_text::{contains_phrase, fold, syllables};

use crate::{
    Question,
    wording::{agencies_text, data_text, fee_text, place_text, requirement_text, time_text},
};

/// How many passages a free question may add to the facts it asks for.
const MAX_PASSAGES: usize = 3;

/// The facts that answer `intents`, in their order, for an official with the law they rest on, and the
/// passages that fit the question's own words. Never empty: the first piece says what procedure it is and who
/// stands behind it.
pub fn evidence(
    procedure: &Procedure,
    question: &Question,
    intents: &[Intent],
    audience: Audience,
) -> Vec<Evidence> {
    let mut collected = Collected { procedure, pieces: Vec::new() };
    collected.add(EvidenceKind::Overview, overview(procedure), &first_source(procedure));
    match procedure.detail {
        Detail::Full => {
            for intent in intents {
                collected.add_intent(*intent, audience);
            }
            if audience == Audience::Official && !intents.contains(&Intent::LegalBasis) {
                collected.add_law_of_told();
            }
            collected.add_passages(question);
        }
        // Who handles it is known of many of these, and is where a person must go.
        Detail::NameOnly => collected.add_places(),
        Detail::Suspect(_) => {}
    }
    collected.pieces
}

struct Collected<'a> {
    procedure: &'a Procedure,
    pieces: Vec<Evidence>,
}

impl Collected<'_> {
    fn add(&mut self, kind: EvidenceKind, text: String, sources: &[SourceId]) {
        if self.pieces.iter().any(|piece| piece.text == text) {
            return;
        }
        let Ok(number) = u16::try_from(self.pieces.len() + 1) else { return };
        let found = self.procedure.sources.iter().find(|source| sources.contains(&source.id));
        let source = found.or(self.procedure.sources.first()).map_or_else(
            || EvidenceSource {
                document: self.procedure.code.to_string(),
                url: None,
                effective_from: None,
            },
            |source| EvidenceSource {
                document: source.document.clone(),
                url: source.url.clone(),
                effective_from: source.effective_from,
            },
        );
        let procedure = self.procedure.code.clone();
        self.pieces.push(Evidence { id: EvidenceId(number), kind, text, procedure, source });
    }

    fn add_intent(&mut self, intent: Intent, audience: Audience) {
        let procedure = self.procedure;
        let before = self.pieces.len();
        match intent {
            Intent::Papers => self.add_papers(),
            Intent::Fee => {
                for fee in &procedure.fees {
                    self.add(EvidenceKind::Fee, fee_text(fee), &fee.sources);
                }
            }
            Intent::Time => {
                for time in &procedure.times {
                    self.add(EvidenceKind::Time, time_text(time), &time.sources);
                }
            }
            Intent::Place => self.add_places(),
            Intent::Steps => self.add_statements(EvidenceKind::Step, "", &procedure.steps),
            Intent::Conditions => {
                self.add_statements(EvidenceKind::Condition, "", &procedure.conditions);
            }
            Intent::LegalBasis => self.add_legal_basis(),
            Intent::Form => self.add_forms(),
            Intent::Result => {
                self.add_statements(EvidenceKind::Result, "Kết quả: ", &procedure.results);
            }
            Intent::Online => self.add_online(),
        }
        if self.pieces.len() == before {
            let (kind, text) = nothing_stated(intent, audience);
            self.add(kind, text.to_owned(), &first_source(procedure));
        }
    }

    /// Papers everybody needs come first, then those of some cases.
    fn add_papers(&mut self) {
        let rank = |requirement: &&Requirement| match requirement.necessity {
            Necessity::Always => 0,
            Necessity::Conditional | Necessity::Pending => 1,
            Necessity::Optional => 2,
        };
        let mut requirements: Vec<&Requirement> = self.procedure.requirements.iter().collect();
        requirements.sort_by_key(rank);
        for requirement in requirements {
            let text = requirement_text(requirement, self.procedure);
            self.add(EvidenceKind::Paper, text, &requirement.sources);
        }
    }

    fn add_places(&mut self) {
        for place in &self.procedure.places {
            self.add(EvidenceKind::Place, place_text(place), &place.sources);
        }
        if self.procedure.places.is_empty() && !self.procedure.agencies.is_empty() {
            let text = agencies_text(self.procedure);
            self.add(EvidenceKind::Place, text, &first_source(self.procedure));
        }
    }

    fn add_statements(&mut self, kind: EvidenceKind, head: &str, statements: &[Statement]) {
        for statement in statements {
            self.add(kind, format!("{head}{}", statement.text), &statement.sources);
        }
    }

    fn add_legal_basis(&mut self) {
        for basis in &self.procedure.legal_basis {
            self.add(EvidenceKind::LegalBasis, basis_text(basis), &first_source(self.procedure));
        }
    }

    /// An official who asks for one thing is told it, and by which law: what the facts told so far rest on, and where
    /// nothing says what that is, the whole list in one sentence.
    fn add_law_of_told(&mut self) {
        let told: Vec<String> = self
            .pieces
            .iter()
            .skip(1)
            .map(|piece| fold(&format!("{} {}", piece.text, piece.source.document)))
            .collect();
        let names = |number: &String| told.iter().any(|told| contains_phrase(told, &fold(number)));
        let bases = &self.procedure.legal_basis;
        let of_told: Vec<String> = bases
            .iter()
            .filter(|basis| basis.number.as_ref().is_some_and(names))
            .map(basis_text)
            .collect();
        let texts = match (of_told.is_empty(), bases.is_empty()) {
            (false, _) => of_told,
            (true, false) => {
                let short: Vec<&str> = bases
                    .iter()
                    .map(|basis| basis.number.as_deref().unwrap_or(&basis.title))
                    .collect();
                vec![format!("Căn cứ pháp lý: {}.", short.join("; ").trim_end_matches('.'))]
            }
            (true, true) => {
                vec![nothing_stated(Intent::LegalBasis, Audience::Official).1.to_owned()]
            }
        };
        for text in texts {
            self.add(EvidenceKind::LegalBasis, text, &first_source(self.procedure));
        }
    }

    fn add_forms(&mut self) {
        for requirement in &self.procedure.requirements {
            for paper in requirement.any_of.iter().flat_map(|list| &list.all_of) {
                if let Some(form) = &paper.form {
                    let text = format!("Mẫu đơn, tờ khai: {} (mẫu: {form}).", paper.name);
                    self.add(EvidenceKind::Form, text, &requirement.sources);
                }
            }
        }
    }

    fn add_online(&mut self) {
        let online =
            |channels: &[Channel]| channels.is_empty() || channels.contains(&Channel::Online);
        for place in self.procedure.places.iter().filter(|place| online(&place.channels)) {
            self.add(EvidenceKind::Place, place_text(place), &place.sources);
        }
        for time in self.procedure.times.iter().filter(|time| online(&time.channels)) {
            self.add(EvidenceKind::Time, time_text(time), &time.sources);
        }
    }

    /// Statements whose words the question shares, for what no fact kind covers.
    fn add_passages(&mut self, question: &Question) {
        let name = fold(&self.procedure.name);
        let folded = fold(question.text());
        let words: Vec<&str> = syllables(&folded)
            .filter(|word| word.chars().count() > 2 && !syllables(&name).any(|own| own == *word))
            .filter(|word| !COMMON.contains(word))
            .collect();
        let procedure = self.procedure;
        let steps = procedure.steps.iter().map(|s| (EvidenceKind::Step, s));
        let conditions = procedure.conditions.iter().map(|s| (EvidenceKind::Condition, s));
        let mut passages: Vec<(usize, EvidenceKind, &str, &[SourceId])> = steps
            .chain(conditions)
            .map(|(kind, s)| {
                (shared_words(&words, &s.text), kind, s.text.as_str(), s.sources.as_slice())
            })
            .collect();
        let notes = procedure.notes.iter().map(|note| {
            (shared_words(&words, &note.text), EvidenceKind::Condition, note.text.as_str(), &[][..])
        });
        passages.extend(notes);
        // Two words in common may be chance; three seldom are.
        passages.retain(|(shared, ..)| *shared >= 3);
        passages.sort_by_key(|(shared, ..)| std::cmp::Reverse(*shared));
        for (_, kind, text, sources) in passages.into_iter().take(MAX_PASSAGES) {
            self.add(kind, text.to_owned(), sources);
        }
    }
}

fn shared_words(words: &[&str], text: &str) -> usize {
    let folded = fold(text);
    let mut seen: Vec<&str> = syllables(&folded).collect();
    seen.sort_unstable();
    seen.dedup();
    words.iter().filter(|word| seen.binary_search(word).is_ok()).count()
}

const COMMON: [&str; 20] = [
    "toi", "muon", "can", "khong", "cho", "thi", "the", "nao", "duoc", "lam", "phai", "giay",
    "cua", "nguoi", "gio", "nhung", "den", "minh", "nay", "cac",
];

fn basis_text(basis: &LegalBasis) -> String {
    let title = basis.title.trim_end_matches('.');
    match basis.number.as_ref().filter(|number| !title.contains(number.as_str())) {
        Some(number) => format!("Căn cứ pháp lý: {title} ({number})."),
        None => format!("Căn cứ pháp lý: {title}."),
    }
}

fn overview(procedure: &Procedure) -> String {
    let agencies = match procedure.agencies.as_slice() {
        [] => String::new(),
        agencies => format!("; cơ quan thực hiện: {}", agencies.join(", ")),
    };
    format!(
        "Thủ tục {} “{}”; lĩnh vực: {}{agencies}; dữ liệu: {}.",
        procedure.code,
        procedure.name,
        procedure.field,
        data_text(procedure)
    )
}

fn first_source(procedure: &Procedure) -> Vec<SourceId> {
    procedure.sources.first().map(|source| vec![source.id.clone()]).unwrap_or_default()
}

fn nothing_stated(intent: Intent, audience: Audience) -> (EvidenceKind, &'static str) {
    let official = audience == Audience::Official;
    match intent {
        Intent::Papers => {
            (EvidenceKind::Paper, "Bản ghi không nêu thành phần hồ sơ; hỏi cán bộ tiếp nhận.")
        }
        Intent::Fee if official => (EvidenceKind::Fee, "Bản ghi không nêu phí, lệ phí."),
        Intent::Fee => (EvidenceKind::Fee, "Bản ghi không nêu phí, lệ phí; hỏi cán bộ tiếp nhận."),
        Intent::Time => {
            (EvidenceKind::Time, "Bản ghi không nêu thời hạn thành số; hỏi cán bộ tiếp nhận.")
        }
        Intent::Place => (EvidenceKind::Place, "Bản ghi không nêu nơi nộp; hỏi cán bộ tiếp nhận."),
        Intent::Steps => (EvidenceKind::Step, "Bản ghi không nêu trình tự thực hiện."),
        Intent::Conditions => {
            (EvidenceKind::Condition, "Bản ghi không nêu yêu cầu, điều kiện riêng.")
        }
        Intent::LegalBasis => (EvidenceKind::LegalBasis, "Bản ghi không nêu căn cứ pháp lý."),
        Intent::Form => (EvidenceKind::Form, "Bản ghi không nêu mẫu đơn, tờ khai."),
        Intent::Result => (EvidenceKind::Result, "Bản ghi không nêu kết quả."),
        Intent::Online => (EvidenceKind::Place, "Bản ghi không nêu cách nộp trực tuyến."),
    }
}
