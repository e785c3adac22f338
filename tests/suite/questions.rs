//! Every development question, through the product.

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::{Value, json};

use crate::product::{Server, json as command, post, reference, shared};

fn sets(shared: &std::path::Path) -> Vec<PathBuf> {
    let dev = shared.join("eval/dev");
    let mut sets: Vec<PathBuf> = fs::read_dir(dev)
        .expect("development sets")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| {
            path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("questions_"))
        })
        .collect();
    sets.sort();
    sets
}

/// Runs of digits with what joins them to one number, as they stand.
fn numbers(text: &str) -> BTreeSet<String> {
    let joined = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | '-');
    text.split(|c: char| !joined(c))
        .map(|run| run.trim_matches(|c: char| !c.is_ascii_digit()).to_owned())
        .filter(|run| !run.is_empty())
        .collect()
}

/// Says which number of a sentence stands in none of the evidence it cites.
pub(crate) fn stray_number(answer: &Value) -> Option<String> {
    let evidence = answer["evidence"].as_array()?;
    for sentence in answer["answer"]["sentences"].as_array()? {
        let cited = sentence["citations"].as_array()?;
        let held: BTreeSet<String> = evidence
            .iter()
            .filter(|piece| cited.contains(&piece["id"]))
            .flat_map(|piece| numbers(piece["text"].as_str().unwrap_or_default()))
            .collect();
        let stray = numbers(sentence["text"].as_str()?).into_iter().find(|n| !held.contains(n));
        if cited.is_empty() || stray.is_some() {
            return Some(format!("{stray:?} in {sentence}"));
        }
    }
    None
}

/// What the project ships must not tell one procedure's papers and fees for another's.
#[test]
fn a_procedure_known_by_name_only_is_named_and_no_more() {
    let asked = command(&["--model", "none", "ask", "--json", "đổi giấy phép lái xe"]);
    assert_eq!(asked["procedure"]["code"], "3.000347", "{asked}");
    assert_eq!(asked["detail"], "name_only");
    let kinds: Vec<&Value> = asked["evidence"]
        .as_array()
        .expect("evidence")
        .iter()
        .map(|piece| &piece["kind"])
        .collect();
    assert_eq!(kinds, ["overview", "place"], "{asked}");
}

#[test]
fn every_development_question_is_answered_without_a_stray_number() {
    let Some(shared) = shared() else { return };
    let arguments = reference(&shared);
    let arguments: Vec<&str> =
        arguments.iter().map(String::as_str).chain(["--model", "none"]).collect();
    let server = Server::start(&arguments);
    let mut asked = 0;
    for set in sets(&shared) {
        for line in fs::read_to_string(&set).expect("set").lines() {
            let question: Value = serde_json::from_str(line).expect("a question");
            let text = question["question"].as_str().expect("text");
            let (status, answer) =
                post(&server.url("/api/v1/questions"), &json!({ "question": text }));
            assert_eq!(status, 200, "{text}: {answer}");
            let outcome = answer["outcome"].as_str().expect("an outcome");
            assert!(["answered", "clarify", "not_covered", "refused"].contains(&outcome));
            assert_eq!(stray_number(&answer), None, "{text}");
            if outcome == "answered" {
                assert!(!answer["evidence"].as_array().expect("evidence").is_empty(), "{text}");
            }
            asked += 1;
        }
    }
    println!("{asked} questions");
    assert!(asked > 600);
}

/// The command line is the same product: one question of each set, each in a process of its own.
#[test]
fn the_command_line_answers_them_too() {
    let Some(shared) = shared() else { return };
    for set in sets(&shared) {
        let text = fs::read_to_string(&set).expect("set");
        let line = text.lines().next().expect("a line");
        let question: Value = serde_json::from_str(line).expect("a question");
        let mut arguments = reference(&shared);
        arguments.extend(
            ["ask", "--json", question["question"].as_str().expect("text")].map(String::from),
        );
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        assert!(command(&arguments)["outcome"].is_string(), "{}", set.display());
    }
}
