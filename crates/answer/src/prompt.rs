use minijinja::{Environment, Value, context};
use motcua_domain::Evidence;

/// The template of the answer prompt (`prompts/answer.jinja`); its first line declares its
/// variables.
pub const ANSWER_TEMPLATE: &str = include_str!("../../../prompts/answer.jinja");

/// How much evidence a prompt carries, in characters. A small model on two cores reads about 80
/// tokens a second, so this bounds the wait for the first word.
const EVIDENCE_BUDGET_CHARS: usize = 2_400;

/// A prompt in two parts, as chat models take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// What the model is to do.
    pub system: String,
    /// The evidence and the question.
    pub user: String,
}

/// The template is not what it should be.
#[derive(Debug, thiserror::Error)]
pub enum RenderPromptError {
    /// It does not render.
    #[error("mẫu lời nhắc không dùng được: {0}")]
    Template(#[from] minijinja::Error),
    /// The line that parts the system from the user message is missing.
    #[error("mẫu lời nhắc thiếu dòng `---`")]
    NoParts,
}

/// Renders the prompt for a question over as much evidence as fits the budget.
///
/// # Errors
/// When the template is broken.
pub fn render_prompt(
    template: &str,
    procedure_name: &str,
    question: &str,
    evidence: &[Evidence],
) -> Result<Prompt, RenderPromptError> {
    let lines: Vec<Value> = within_budget(evidence)
        .iter()
        .map(|piece| {
            Value::from_pairs([("id", piece.id.to_string()), ("text", piece.text.clone())])
        })
        .collect();
    let environment = Environment::new();
    let text = environment.render_str(
        template,
        context! { procedure => procedure_name, question, evidence => lines },
    )?;
    let (system, user) = text.split_once("\n---\n").ok_or(RenderPromptError::NoParts)?;
    Ok(Prompt { system: system.trim().to_owned(), user: user.trim().to_owned() })
}

/// The first pieces, as many as a prompt has room for.
pub fn within_budget(evidence: &[Evidence]) -> &[Evidence] {
    let mut left = EVIDENCE_BUDGET_CHARS;
    let fitting = evidence.iter().take_while(|piece| {
        let fits = piece.text.len() <= left;
        left = left.saturating_sub(piece.text.len());
        fits
    });
    &evidence[..fitting.count()]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_template_uses_just_the_variables_it_declares() {
        let first = ANSWER_TEMPLATE.lines().next().expect("a first line");
        let declared = first.strip_prefix("{# variables: ").and_then(|l| l.strip_suffix(" #}"));
        let declared: BTreeSet<String> =
            declared.expect("a declaration").split(", ").map(str::to_owned).collect();
        let environment = Environment::new();
        let template = environment.template_from_str(ANSWER_TEMPLATE).expect("compiles");
        let used: BTreeSet<String> = template.undeclared_variables(false).into_iter().collect();
        assert_eq!(used, declared);
    }
}
