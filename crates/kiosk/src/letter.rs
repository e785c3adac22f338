//! A letter from a report.

use motcua_domain::{Channel, DossierReport, Review, TimeLimit};
use motcua_letter::{About, ComposeError, Figures, Form, Note, TypesetError, Typesetter, compose};

use crate::Kiosk;

/// A letter could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The report does not support it.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// A template of the centre's own is at fault.
    #[error(transparent)]
    Typeset(#[from] TypesetError),
}

impl Kiosk {
    /// A print-ready letter, PDF. The procedure's name is looked up; one that is no longer in the
    /// corpus is named by its code alone.
    ///
    /// # Errors
    /// When the report does not support the letter, or the centre's own template is wrong.
    pub fn letter(
        &self,
        form: Form,
        report: &DossierReport,
        note: &Note,
    ) -> Result<Vec<u8>, LetterError> {
        let settings = &self.0.settings;
        let about = self.about(report);
        let letter = compose(form, report, &about, &settings.office, note)?;
        Ok(self.typesetter().pdf(&letter)?)
    }

    /// A report of figures, print-ready.
    ///
    /// # Errors
    /// When the centre's own template is wrong.
    pub fn figures(&self, figures: &Figures) -> Result<Vec<u8>, LetterError> {
        Ok(self.typesetter().figures(figures)?)
    }

    /// Fonts are read when the first letter is made: most visits need none.
    fn typesetter(&self) -> &Typesetter {
        self.0.typesetter.get_or_init(|| Typesetter::new(self.0.settings.letters.clone()))
    }

    fn about(&self, report: &DossierReport) -> About {
        let Some(procedure) = self.procedure_on(&report.procedure, report.received_on) else {
            let name = format!("thủ tục {}", report.procedure);
            return About { name, ..About::default() };
        };
        About {
            name: procedure.name.clone(),
            sets: procedure.sets,
            time_limits: procedure
                .times
                .iter()
                .filter(|time| is_promised(time))
                .map(limit)
                .collect(),
            caution: (procedure.review == Review::Draft).then(|| procedure.review.vietnamese()),
        }
    }
}

/// Whether whoever hands in at the counter is promised this whatever the case. What holds in some case only, or is
/// told in words, is for the official to write down: a printed limit binds the office.
fn is_promised(time: &TimeLimit) -> bool {
    let at_the_counter = time.channels.is_empty() || time.channels.contains(&Channel::InPerson);
    time.span.is_some() && time.condition.is_none() && at_the_counter
}

/// One sentence with one full stop, whatever the record has at its end.
fn limit(time: &TimeLimit) -> String {
    format!("{}.", motcua_answer::time_text(time).trim_end_matches('.'))
}
