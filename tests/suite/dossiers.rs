//! The sample dossiers, through the real reader and the rules.

use crate::product::{json, reference, shared};

/// A wrong "complete" sends an officer's signature out; it must not happen. The other figures are
/// held where they are so that no change lowers them unseen; `docs/EVALUATION.md` has today's.
#[test]
fn sample_dossiers_run_and_none_is_wrongly_called_complete() {
    let Some(shared) = shared() else { return };
    let mut arguments = reference(&shared);
    let folder = shared.join("eval/dev/dossiers").to_string_lossy().into_owned();
    arguments.extend(["eval", "dossiers", &folder, "--json"].map(String::from));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let figures = json(&arguments);
    let total = &figures["total"];
    println!("{total:#}");
    assert_eq!(figures["dossiers"].as_object().map(serde_json::Map::len), Some(12));
    assert_eq!(total["false_complete"].as_f64(), Some(0.0), "{total}");
    assert_eq!(total["false_missing"].as_f64(), Some(0.0), "{total}");
    assert!(total["verdict_accuracy"].as_f64().is_some_and(|share| share >= 0.9), "{total}");
}
