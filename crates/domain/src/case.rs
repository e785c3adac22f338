use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Three-valued truth: what is not known is neither true nor false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// Known to hold.
    True,
    /// Known not to hold.
    False,
    /// Not known yet.
    Unknown,
}

impl Truth {
    /// Kleene's *and*: false wins, then unknown.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Kleene's *or*: true wins, then unknown.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, Self::False) => Self::False,
            _ => Self::Unknown,
        }
    }
}

/// A question about the case whose answer decides which requirements apply (*trường hợp*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseQuestion {
    /// ASCII key, unique in the procedure, for example `uy_quyen`.
    pub key: String,
    /// The question as an official or a citizen is asked it.
    pub ask: String,
    /// The possible answers, at least two.
    pub answers: Vec<CaseAnswer>,
    /// True when an official looks it up in a database instead of asking.
    pub lookup: bool,
    /// The answer that holds unless somebody says otherwise, where the others are rare and whoever takes the
    /// dossier would note them. It relieves and never accuses: papers of the rare cases are set aside where
    /// nothing hints at them, and none is asked for because of it.
    #[serde(default)]
    pub usual: Option<String>,
}

/// One possible answer to a [`CaseQuestion`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAnswer {
    /// ASCII value, unique in the question, for example `co`.
    pub value: String,
    /// The words shown.
    pub label: String,
    /// Words of their own by which officials note this answer ("vợ về ở với chồng"). They are matched, never
    /// shown: each must tell this answer from the others of its question wherever it stands in a note, or in a note
    /// about what stands before a colon ("cấp lại: hết hạn").
    pub noted_as: Vec<String>,
}

impl CaseAnswer {
    /// An answer that is noted by the words it is shown with.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), noted_as: Vec::new() }
    }
}

/// What is known of the case: answers by question key, and for questions that are only partly
/// answered what is still possible.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFacts {
    answers: BTreeMap<String, String>,
    #[serde(default)]
    possible: BTreeMap<String, BTreeSet<String>>,
}

impl CaseFacts {
    /// Records an answer, replacing an earlier one to the same question.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<String>) {
        let key = key.into();
        self.possible.remove(&key);
        self.answers.insert(key, value.into());
    }

    /// Records that the answer is one of these, as when "not abandoned" rules one answer out.
    /// An answer already known stands; statements that leave nothing possible cancel each other.
    /// ```
    /// use motcua_domain::{CaseFacts, Condition, Truth};
    /// let mut facts = CaseFacts::default();
    /// facts.narrow("nguoi_nop", ["cha_me", "uy_quyen"]);
    /// assert_eq!(Condition::equals("nguoi_nop", "nuoi_duong").evaluate(&facts), Truth::False);
    /// assert_eq!(Condition::equals("nguoi_nop", "cha_me").evaluate(&facts), Truth::Unknown);
    /// facts.narrow("nguoi_nop", ["uy_quyen", "nuoi_duong"]);
    /// assert_eq!(facts.get("nguoi_nop"), Some("uy_quyen"));
    /// ```
    pub fn narrow<V: Into<String>>(
        &mut self,
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) {
        let key = key.into();
        if self.answers.contains_key(&key) {
            return;
        }
        let mut values: BTreeSet<String> = values.into_iter().map(Into::into).collect();
        if let Some(known) = self.possible.remove(&key) {
            values = values.intersection(&known).cloned().collect();
        }
        if values.len() > 1 {
            self.possible.insert(key, values);
        } else if let Some(only) = values.pop_first() {
            self.answers.insert(key, only);
        }
    }

    /// The answer to a question, if it is known.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.answers.get(key).map(String::as_str)
    }

    /// All answers, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for CaseFacts {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut facts = Self::default();
        for (key, value) in pairs {
            facts.insert(key, value);
        }
        facts
    }
}

/// A predicate over case facts: any one [`Conjunction`] is enough. Without any it always holds.
///
/// Negation is written by naming the other answers, so a condition can only ever be decided by an
/// answer that was given: learning more never turns a decided condition back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The alternatives.
    pub any_of: Vec<Conjunction>,
}

/// Terms that must hold together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conjunction {
    /// The terms, at least one.
    pub all_of: Vec<Term>,
}

/// "The answer to `key` is one of `values`."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The question's key.
    pub key: String,
    /// The answers that make it true.
    pub values: Vec<String>,
}

impl Condition {
    /// The condition that always holds.
    pub fn always() -> Self {
        Self::default()
    }

    /// The condition that one question has one answer.
    pub fn equals(key: impl Into<String>, value: impl Into<String>) -> Self {
        let term = Term { key: key.into(), values: vec![value.into()] };
        Self { any_of: vec![Conjunction { all_of: vec![term] }] }
    }

    /// Whether it holds whatever the case.
    pub fn is_always(&self) -> bool {
        self.any_of.is_empty()
    }

    /// Evaluates the condition on what is known.
    /// ```
    /// use motcua_domain::{CaseFacts, Condition, Truth};
    /// let condition = Condition::equals("uy_quyen", "co");
    /// assert_eq!(condition.evaluate(&CaseFacts::default()), Truth::Unknown);
    /// let known: CaseFacts = [("uy_quyen", "khong")].into_iter().collect();
    /// assert_eq!(condition.evaluate(&known), Truth::False);
    /// ```
    pub fn evaluate(&self, facts: &CaseFacts) -> Truth {
        if self.is_always() {
            return Truth::True;
        }
        self.any_of
            .iter()
            .map(|conjunction| conjunction.evaluate(facts))
            .fold(Truth::False, Truth::or)
    }

    /// The keys it depends on, each once, in order of appearance.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for term in self.any_of.iter().flat_map(|conjunction| &conjunction.all_of) {
            if !keys.contains(&term.key.as_str()) {
                keys.push(&term.key);
            }
        }
        keys
    }
}

impl Conjunction {
    fn evaluate(&self, facts: &CaseFacts) -> Truth {
        self.all_of.iter().map(|term| term.evaluate(facts)).fold(Truth::True, Truth::and)
    }
}

impl Term {
    fn evaluate(&self, facts: &CaseFacts) -> Truth {
        let accepted = |value: &str| self.values.iter().any(|accepted| accepted == value);
        if let Some(value) = facts.get(&self.key) {
            return if accepted(value) { Truth::True } else { Truth::False };
        }
        let Some(possible) = facts.possible.get(&self.key) else { return Truth::Unknown };
        match possible.iter().filter(|value| accepted(value)).count() {
            0 => Truth::False,
            all if all == possible.len() => Truth::True,
            _ => Truth::Unknown,
        }
    }
}
