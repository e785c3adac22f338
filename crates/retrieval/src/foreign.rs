//! What people say at a counter that no procedure answers, and where they are better helped.

use std::sync::LazyLock;

use serde::Deserialize;

/// One thing that is not a counter's business.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// What it is, for those who read the list.
    pub topic: String,
    /// The assistant must not do it, even if it could.
    #[serde(default)]
    pub refused: bool,
    /// It is what other provinces have of their own.
    #[serde(default)]
    pub(crate) elsewhere: bool,
    /// What the person is told, with the next step.
    pub advice: String,
    /// What people say.
    pub(crate) say: Vec<String>,
}

#[derive(Deserialize)]
struct ForeignFile {
    topics: Vec<Topic>,
}

/// `corpus/lexicon/foreign.toml` as it was when the program was built.
#[expect(clippy::expect_used, reason = "a file of this repository, read by every test")]
pub(crate) static TOPICS: LazyLock<Vec<Topic>> = LazyLock::new(|| {
    let text = include_str!("../../../corpus/lexicon/foreign.toml");
    toml::from_str::<ForeignFile>(text).expect("valid topics").topics
});

/// A question must be this much like what is said of a topic to be told so.
const ALIKE: f32 = 0.4;

/// What is said where another province's own thing is asked for.
pub(crate) fn of_elsewhere() -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.elsewhere)
}

/// How alike a question is to what no procedure answers, and the topic if it is one; `alike` is by
/// topic.
pub(crate) fn nearest(alike: &[f32]) -> (f32, Option<&'static Topic>) {
    let best = alike.iter().zip(TOPICS.iter()).max_by(|a, b| a.0.total_cmp(b.0));
    best.map_or((0.0, None), |(alike, topic)| (*alike, (*alike >= ALIKE).then_some(topic)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_topic_helps_and_no_saying_stands_twice() {
        let mut seen = HashSet::new();
        for topic in TOPICS.iter() {
            assert!(topic.advice.ends_with('.'), "{}", topic.topic);
            assert!(topic.say.len() > 9, "{}", topic.topic);
            for saying in &topic.say {
                assert!(seen.insert(saying), "{saying} stands twice");
            }
        }
        assert!(TOPICS.iter().any(|topic| topic.refused));
        assert!(of_elsewhere().is_some());
    }
}
