//! Procedures back to files, for `corpus import` and for an editor to check and approve.

use motcua_domain::{
    Condition, FeeAmount, Jurisdiction, Necessity, Procedure, Requirement, Review, Statement,
};
use toml::{Table, Value};

use crate::{
    file::{CHANNELS, LEVELS, UNITS},
    requirement_file::{COPY_TYPES, HANDOVERS},
};

/// What the file of this version is called: the code, and the day on which it begins where that is stated.
pub fn file_name(procedure: &Procedure) -> String {
    match procedure.effective.from {
        Some(from) => format!("{}@{from}.toml", procedure.code),
        None => format!("{}.toml", procedure.code),
    }
}

/// Writes a procedure in the schema of `corpus/README.md`; [`crate::read_procedure`] reads it back.
pub fn write_procedure(procedure: &Procedure) -> String {
    let mut table = head(procedure);
    put_list(&mut table, "sources", &procedure.sources, |source| {
        let mut entry = Table::new();
        put(&mut entry, "id", &source.id);
        put(&mut entry, "document", &source.document);
        put_some(&mut entry, "url", source.url.as_ref());
        put_date(&mut entry, "effective_from", source.effective_from);
        put_date(&mut entry, "retrieved", source.retrieved);
        entry
    });
    put_facts(&mut table, procedure);
    put_list(&mut table, "legal_basis", &procedure.legal_basis, |basis| {
        let mut entry = Table::new();
        put_some(&mut entry, "number", basis.number.as_ref());
        put(&mut entry, "title", &basis.title);
        entry
    });
    put_list(&mut table, "questions", &procedure.questions, |question| {
        let mut entry = Table::new();
        put(&mut entry, "key", &question.key);
        put(&mut entry, "ask", &question.ask);
        let pairs = question.answers.iter().map(|answer| strings(&[&answer.value, &answer.label]));
        entry.insert("answers".to_owned(), Value::Array(pairs.collect()));
        let words = question.answers.iter().flat_map(|answer| {
            answer.noted_as.iter().map(|words| strings(&[&answer.value, words]))
        });
        let words: Vec<Value> = words.collect();
        if !words.is_empty() {
            entry.insert("noted_as".to_owned(), Value::Array(words));
        }
        if question.lookup {
            entry.insert("lookup".to_owned(), Value::Boolean(true));
        }
        put_some(&mut entry, "usual", question.usual.as_ref());
        entry
    });
    put_list(&mut table, "requirements", &procedure.requirements, requirement);
    put_list(&mut table, "notes", &procedure.notes, |note| {
        let mut entry = Table::new();
        entry.insert("rows".to_owned(), rows(&note.rows));
        put(&mut entry, "text", &note.text);
        entry
    });
    table.to_string()
}

fn head(procedure: &Procedure) -> Table {
    let mut table = Table::new();
    table.insert("schema".to_owned(), Value::Integer(1));
    put(&mut table, "code", procedure.code.as_str());
    put(&mut table, "name", &procedure.name);
    put(&mut table, "field", &procedure.field);
    put(&mut table, "ministry", &procedure.ministry);
    put_some(&mut table, "decision", procedure.decision.as_ref());
    table.insert("levels".to_owned(), words(&procedure.levels, &LEVELS));
    let jurisdiction = match &procedure.jurisdiction {
        Jurisdiction::National => "national",
        Jurisdiction::Internal => "internal",
        Jurisdiction::Province(name) => name,
    };
    put(&mut table, "jurisdiction", jurisdiction);
    table.insert("subjects".to_owned(), strings(&procedure.subjects));
    table.insert("agencies".to_owned(), strings(&procedure.agencies));
    table.insert("component_rows".to_owned(), count(procedure.row_count));
    if let Some(sets) = procedure.sets {
        table.insert("sets".to_owned(), Value::Integer(i64::from(sets)));
    }
    table.insert("everyday".to_owned(), strings(&procedure.everyday));
    let mut effective = Table::new();
    put_date(&mut effective, "from", procedure.effective.from);
    put_date(&mut effective, "to", procedure.effective.to);
    if !effective.is_empty() {
        table.insert("effective".to_owned(), Value::Table(effective));
    }
    table.insert("review".to_owned(), Value::Table(review(&procedure.review)));
    table
}

fn review(review: &Review) -> Table {
    let mut entry = Table::new();
    put(&mut entry, "state", review.state());
    match review {
        Review::Draft => {}
        Review::Checked { on } => put_date(&mut entry, "on", Some(*on)),
        Review::Approved { on, by } => {
            put_date(&mut entry, "on", Some(*on));
            put(&mut entry, "by", by);
        }
    }
    entry
}

fn put_facts(table: &mut Table, procedure: &Procedure) {
    put_list(table, "times", &procedure.times, |time| {
        let mut entry = Table::new();
        put_channels(&mut entry, &time.channels);
        if let Some(span) = time.span {
            entry.insert("amount".to_owned(), Value::Float(f64::from(span.tenths) / 10.0));
            put(&mut entry, "unit", word(span.unit, &UNITS));
        }
        put(&mut entry, "text", &time.text);
        put_some(&mut entry, "condition", time.condition.as_ref());
        entry.insert("sources".to_owned(), strings(&time.sources));
        entry
    });
    put_list(table, "fees", &procedure.fees, |fee| {
        let mut entry = Table::new();
        put_channels(&mut entry, &fee.channels);
        put(&mut entry, "name", &fee.name);
        let amount = match fee.amount {
            FeeAmount::Dong(dong) => Value::Integer(i64::try_from(dong).unwrap_or(i64::MAX)),
            FeeAmount::Free => Value::String("free".to_owned()),
            FeeAmount::SetElsewhere => Value::String("set_elsewhere".to_owned()),
            FeeAmount::InText => Value::String("in_text".to_owned()),
        };
        entry.insert("amount".to_owned(), amount);
        put(&mut entry, "text", &fee.text);
        put_some(&mut entry, "condition", fee.condition.as_ref());
        entry.insert("sources".to_owned(), strings(&fee.sources));
        entry
    });
    put_list(table, "places", &procedure.places, |place| {
        let mut entry = Table::new();
        put_channels(&mut entry, &place.channels);
        put(&mut entry, "text", &place.text);
        entry.insert("sources".to_owned(), strings(&place.sources));
        entry
    });
    put_list(table, "steps", &procedure.steps, statement);
    put_list(table, "conditions", &procedure.conditions, statement);
    put_list(table, "results", &procedure.results, statement);
}

fn statement(statement: &Statement) -> Table {
    let mut entry = Table::new();
    put(&mut entry, "text", &statement.text);
    entry.insert("sources".to_owned(), strings(&statement.sources));
    entry
}

fn requirement(requirement: &Requirement) -> Table {
    let mut entry = Table::new();
    put(&mut entry, "id", &requirement.id);
    entry.insert("rows".to_owned(), rows(&requirement.rows));
    put_list(&mut entry, "row_cases", &requirement.row_cases, |case| {
        let mut entry = Table::new();
        put_condition(&mut entry, &case.when);
        entry.insert("rows".to_owned(), rows(&case.rows));
        entry
    });
    put(&mut entry, "name", &requirement.name);
    put_condition(&mut entry, &requirement.when);
    if requirement.necessity == Necessity::Optional {
        entry.insert("optional".to_owned(), Value::Boolean(true));
    }
    // Left out, it would be read back as due from everybody.
    if requirement.necessity == Necessity::Pending {
        entry.insert("pending".to_owned(), Value::Boolean(true));
    }
    put(&mut entry, "handover", word(requirement.handover, &HANDOVERS));
    if let Some(replacement) = &requirement.replaced_by_data {
        let mut data = Table::new();
        put(&mut data, "database", &replacement.database);
        put_condition(&mut data, &replacement.when);
        entry.insert("replaced_by_data".to_owned(), Value::Table(data));
    }
    put_some(&mut entry, "note", requirement.note.as_ref());
    entry.insert("sources".to_owned(), strings(&requirement.sources));
    put_list(&mut entry, "any_of", &requirement.any_of, |list| {
        let mut entry = Table::new();
        put_condition(&mut entry, &list.when);
        if !list.rows.is_empty() {
            entry.insert("rows".to_owned(), rows(&list.rows));
        }
        put_list(&mut entry, "papers", &list.all_of, |paper| {
            let mut entry = Table::new();
            put(&mut entry, "name", &paper.name);
            put_some(&mut entry, "document", paper.document.as_ref());
            put(&mut entry, "copy_type", word(paper.copy_type, &COPY_TYPES));
            entry.insert("quantity".to_owned(), Value::Integer(i64::from(paper.quantity)));
            put_some(&mut entry, "form", paper.form.as_ref());
            put_some(&mut entry, "validity", paper.validity.as_ref());
            put_list(&mut entry, "contents", &paper.contents, |content| {
                let mut entry = Table::new();
                put(&mut entry, "name", &content.name);
                entry.insert("seen_as".to_owned(), strings(&content.seen_as));
                entry
            });
            entry
        });
        entry
    });
    entry
}

fn put_condition(table: &mut Table, condition: &Condition) {
    if condition.is_always() {
        return;
    }
    let alternatives = condition.any_of.iter().map(|conjunction| {
        let terms = conjunction.all_of.iter();
        Value::Table(terms.map(|term| (term.key.clone(), strings(&term.values))).collect())
    });
    table.insert("when".to_owned(), Value::Array(alternatives.collect()));
}

fn put(table: &mut Table, key: &str, text: &str) {
    table.insert(key.to_owned(), Value::String(text.to_owned()));
}

fn put_some(table: &mut Table, key: &str, text: Option<&String>) {
    if let Some(text) = text {
        put(table, key, text);
    }
}

fn put_date(table: &mut Table, key: &str, date: Option<jiff::civil::Date>) {
    if let Some(stamp) = date.and_then(|date| date.to_string().parse().ok()) {
        table.insert(key.to_owned(), Value::Datetime(stamp));
    }
}

fn put_channels(table: &mut Table, channels: &[motcua_domain::Channel]) {
    if !channels.is_empty() {
        table.insert("channels".to_owned(), words(channels, &CHANNELS));
    }
}

fn put_list<T>(table: &mut Table, key: &str, items: &[T], entry: impl Fn(&T) -> Table) {
    if !items.is_empty() {
        let entries = items.iter().map(|item| Value::Table(entry(item)));
        table.insert(key.to_owned(), Value::Array(entries.collect()));
    }
}

fn strings(items: &[impl AsRef<str>]) -> Value {
    Value::Array(items.iter().map(|item| Value::String(item.as_ref().to_owned())).collect())
}

fn rows(rows: &[usize]) -> Value {
    Value::Array(rows.iter().map(|row| count(*row)).collect())
}

fn count(count: usize) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

fn word<T: Copy + PartialEq>(value: T, known: &[(&'static str, T)]) -> &'static str {
    known.iter().find(|(_, candidate)| *candidate == value).map_or("", |(word, _)| word)
}

fn words<T: Copy + PartialEq>(values: &[T], known: &[(&'static str, T)]) -> Value {
    let words: Vec<&str> = values.iter().map(|value| word(*value, known)).collect();
    strings(&words)
}
