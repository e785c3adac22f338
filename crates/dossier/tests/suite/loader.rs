//! Reads a procedure in the corpus format, as much of it as the checker needs.

use std::collections::BTreeMap;

use motcua_domain::{
    CaseAnswer, CaseQuestion, Condition, Conjunction, Content, CopyType, DataReplacement, Detail,
    Handover, Jurisdiction, LegalBasis, Necessity, Note, Paper, PaperList, Period, Procedure,
    Requirement, Review, RowCase, Source, Term,
};
use serde::Deserialize;

type When = Vec<BTreeMap<String, OneOrMany>>;

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct RawProcedure {
    code: Option<String>,
    name: Option<String>,
    component_rows: usize,
    #[serde(default)]
    sources: Vec<RawSource>,
    #[serde(default)]
    questions: Vec<RawQuestion>,
    #[serde(default)]
    requirements: Vec<RawRequirement>,
    #[serde(default)]
    notes: Vec<RawNote>,
}

#[derive(Deserialize)]
struct RawSource {
    id: String,
    document: String,
}

#[derive(Deserialize)]
struct RawQuestion {
    key: String,
    ask: String,
    answers: Vec<(String, String)>,
    #[serde(default)]
    noted_as: Vec<(String, String)>,
    #[serde(default)]
    lookup: bool,
    usual: Option<String>,
}

#[derive(Deserialize)]
struct RawRequirement {
    id: String,
    rows: Vec<usize>,
    #[serde(default)]
    row_cases: Vec<RawRowCase>,
    name: String,
    #[serde(default)]
    when: When,
    #[serde(default)]
    optional: bool,
    handover: Option<String>,
    replaced_by_data: Option<RawData>,
    #[serde(default)]
    sources: Vec<String>,
    any_of: Vec<RawList>,
}

#[derive(Deserialize)]
struct RawRowCase {
    when: When,
    rows: Vec<usize>,
}

#[derive(Deserialize)]
struct RawData {
    database: String,
    when: When,
}

#[derive(Deserialize)]
struct RawList {
    #[serde(default)]
    when: When,
    #[serde(default)]
    rows: Vec<usize>,
    papers: Vec<RawPaper>,
}

#[derive(Deserialize)]
struct RawPaper {
    name: String,
    document: Option<String>,
    copy_type: Option<CopyType>,
    quantity: Option<u32>,
    form: Option<String>,
    validity: Option<String>,
    #[serde(default)]
    contents: Vec<Content>,
}

#[derive(Deserialize)]
struct RawNote {
    rows: Vec<usize>,
    #[serde(default)]
    text: String,
}

/// Reads a procedure; panics with the reason if the text is not one.
pub(crate) fn procedure(toml: &str) -> Procedure {
    let raw: RawProcedure =
        toml::from_str(toml).unwrap_or_else(|error| panic!("{error}\nin\n{toml}"));
    Procedure {
        code: raw.code.as_deref().unwrap_or("1.000001").parse().unwrap(),
        name: raw.name.unwrap_or_default(),
        field: String::new(),
        ministry: String::new(),
        decision: None,
        levels: Vec::new(),
        jurisdiction: Jurisdiction::National,
        subjects: Vec::new(),
        agencies: Vec::new(),
        times: Vec::new(),
        fees: Vec::new(),
        places: Vec::new(),
        steps: Vec::new(),
        conditions: Vec::new(),
        results: Vec::new(),
        questions: raw.questions.into_iter().map(question).collect(),
        requirements: raw.requirements.into_iter().map(requirement).collect(),
        notes: raw
            .notes
            .into_iter()
            .map(|note| Note { rows: note.rows, text: note.text })
            .collect(),
        row_count: raw.component_rows,
        sets: None,
        legal_basis: Vec::<LegalBasis>::new(),
        everyday: Vec::new(),
        effective: Period::default(),
        sources: raw.sources.into_iter().map(source).collect(),
        review: Review::Draft,
        detail: Detail::Full,
    }
}

fn source(raw: RawSource) -> Source {
    Source { id: raw.id, document: raw.document, url: None, effective_from: None, retrieved: None }
}

fn question(raw: RawQuestion) -> CaseQuestion {
    let answer = |(value, label): (String, String)| {
        let noted = raw.noted_as.iter().filter(|(of, _)| *of == value);
        let noted_as = noted.map(|(_, words)| words.clone()).collect();
        CaseAnswer { value, label, noted_as }
    };
    let answers = raw.answers.into_iter().map(answer).collect();
    CaseQuestion { key: raw.key, ask: raw.ask, answers, lookup: raw.lookup, usual: raw.usual }
}

fn requirement(raw: RawRequirement) -> Requirement {
    let necessity = match (raw.optional, raw.when.is_empty()) {
        (true, _) => Necessity::Optional,
        (false, true) => Necessity::Always,
        (false, false) => Necessity::Conditional,
    };
    Requirement {
        id: raw.id,
        rows: raw.rows,
        row_cases: raw
            .row_cases
            .into_iter()
            .map(|case| RowCase { when: condition(case.when), rows: case.rows })
            .collect(),
        name: raw.name,
        necessity,
        when: condition(raw.when),
        handover: if raw.handover.as_deref() == Some("present") {
            Handover::Present
        } else {
            Handover::Submit
        },
        any_of: raw.any_of.into_iter().map(list).collect(),
        replaced_by_data: raw
            .replaced_by_data
            .map(|data| DataReplacement { database: data.database, when: condition(data.when) }),
        note: None,
        source_text: None,
        sources: raw.sources,
    }
}

fn list(raw: RawList) -> PaperList {
    let papers = raw.papers.into_iter().map(|paper| Paper {
        name: paper.name,
        document: paper.document,
        copy_type: paper.copy_type.unwrap_or(CopyType::Unspecified),
        quantity: paper.quantity.unwrap_or(1),
        form: paper.form,
        validity: paper.validity,
        contents: paper.contents,
    });
    PaperList { when: condition(raw.when), all_of: papers.collect(), rows: raw.rows }
}

fn condition(when: When) -> Condition {
    let term = |(key, values): (String, OneOrMany)| Term {
        key,
        values: match values {
            OneOrMany::One(value) => vec![value],
            OneOrMany::Many(values) => values,
        },
    };
    Condition {
        any_of: when
            .into_iter()
            .map(|all| Conjunction { all_of: all.into_iter().map(term).collect() })
            .collect(),
    }
}
