//! A chat as the text a model was trained on: by the template its file carries.

use jiff::{Timestamp, tz::Offset};
use minijinja::{Environment, ErrorKind, context, syntax::SyntaxConfig};
use motcua_generate::Message;

/// A chat template, compiled.
pub(crate) struct ChatTemplate {
    environment: Environment<'static>,
    bos: String,
    eos: String,
}

const NAME: &str = "chat";

impl ChatTemplate {
    /// Compiles a template as GGUF files carry it.
    pub(crate) fn new(source: String, bos: String, eos: String) -> Result<Self, minijinja::Error> {
        let mut environment = Environment::new();
        environment
            .set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment
            .set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.add_function(
            "raise_exception",
            |message: String| -> Result<String, minijinja::Error> {
                Err(minijinja::Error::new(ErrorKind::InvalidOperation, message))
            },
        );
        environment.add_function("strftime_now", |format: String| {
            Offset::constant(7).to_datetime(Timestamp::now()).strftime(&format).to_string()
        });
        environment.add_template_owned(NAME, source)?;
        Ok(Self { environment, bos, eos })
    }

    /// The text up to where the model begins to write.
    pub(crate) fn render(&self, messages: &[Message]) -> Result<String, minijinja::Error> {
        let messages: Vec<_> = messages
            .iter()
            .map(|message| context! { role => message.role.as_str(), content => message.text.as_str() })
            .collect();
        self.environment.get_template(NAME)?.render(context! {
            messages,
            add_generation_prompt => true,
            // Reasoning aloud costs minutes on two cores and is never shown.
            enable_thinking => false,
            bos_token => self.bos.as_str(),
            eos_token => self.eos.as_str(),
        })
    }
}

#[cfg(test)]
mod tests {
    use motcua_generate::Role;

    use super::*;

    fn chat() -> Vec<Message> {
        let message = |role, text: &str| Message { role, text: text.to_owned() };
        vec![message(Role::System, "Ngắn gọn."), message(Role::User, "  Phí? ")]
    }

    #[test]
    fn renders_as_the_template_says() {
        let source = "{% for m in messages %}<|{{ m['role'] }}|>{{ m.content.strip() }}{{ eos_token }}\n\
                      {% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}";
        let template =
            ChatTemplate::new(source.into(), "<s>".into(), "</s>".into()).expect("compiles");
        let text = template.render(&chat()).expect("renders");
        assert_eq!(text, "<|system|>Ngắn gọn.</s>\n<|user|>Phí?</s>\n<|assistant|>");
    }

    #[test]
    fn a_template_that_refuses_is_an_error() {
        let source = "{{ raise_exception('no system role') }}".to_owned();
        let template = ChatTemplate::new(source, String::new(), String::new()).expect("compiles");
        assert!(template.render(&chat()).is_err());
    }
}
