use std::collections::BTreeMap;

use motcua_domain::Procedure;
use motcua_kiosk::{
    Kiosk, Reception,
    records::{Period, ProcedureCount, Statistics, UnitCount},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::procedure::detail_word;

/// What was asked and screened in a period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StatisticsView {
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The office; none for all.
    pub unit: Option<String>,
    /// Questions.
    pub questions: QuestionCountsView,
    /// Dossiers.
    pub dossiers: DossierCountsView,
    /// What officials decided on findings.
    pub decisions: DecisionCountsView,
    /// What people thought of answers.
    pub feedback: FeedbackCountsView,
    /// What screening saved, with how that is reckoned.
    pub time_saved: TimeSavedView,
    /// Day by day; days without anything are left out.
    pub days: Vec<DayView>,
    /// Office by office, those first that screened most.
    pub units: Vec<UnitView>,
    /// Field by field, those first that were asked about and screened most.
    pub fields: Vec<FieldView>,
}

/// Questions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuestionCountsView {
    /// All.
    pub total: u64,
    /// By `citizen` and `official`.
    pub by_audience: Vec<CountView>,
    /// By outcome.
    pub by_outcome: Vec<CountView>,
    /// How many found nothing that fits.
    pub unanswered: u64,
    /// The procedures asked about most.
    pub most_asked: Vec<AskedView>,
}

/// A word with how often it occurs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CountView {
    /// The word.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// A procedure with how often it was asked about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AskedView {
    /// Its code.
    pub code: String,
    /// Its name; the code where it is known no more.
    pub name: String,
    /// How much of it is known: `full`, `name_only` or `suspect`; none where it is known no more.
    pub detail: Option<String>,
    /// How often.
    pub count: u64,
}

/// Dossiers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DossierCountsView {
    /// How many were screened, each once however often it was checked.
    pub screened: u64,
    /// Screenings by verdict, one for each set of papers that a dossier was checked with.
    pub by_verdict: Vec<CountView>,
    /// The share that was complete at the first check; none without dossiers.
    pub first_time_right: Option<f64>,
    /// The papers missing most.
    pub most_missing: Vec<MissingView>,
}

/// A paper with how often it was missing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MissingView {
    /// The procedure's code.
    pub code: String,
    /// The requirement's identifier.
    pub requirement: String,
    /// Its name.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// Decisions on findings.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DecisionCountsView {
    /// Findings that officials agreed with.
    pub accepted: u64,
    /// Findings that they did not.
    pub rejected: u64,
}

/// Feedback.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FeedbackCountsView {
    /// It helped.
    pub helpful: u64,
    /// It did not.
    pub unhelpful: u64,
}

/// What screening saved, by the centre's own estimate of what a dossier takes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimeSavedView {
    /// Minutes.
    pub minutes: u64,
    /// The reckoning, in Vietnamese.
    pub method: String,
}

/// One day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DayView {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Questions.
    pub questions: u64,
    /// Dossiers screened.
    pub dossiers: u64,
}

/// One field of procedures.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldView {
    /// Its name; empty for procedures that are known no more.
    pub field: String,
    /// Questions.
    pub questions: u64,
    /// Dossiers screened.
    pub dossiers: u64,
    /// The share that was complete at the first check; none without dossiers.
    pub first_time_right: Option<f64>,
}

/// One office.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnitView {
    /// Its name; empty where none is set.
    pub unit: String,
    /// Questions.
    pub questions: u64,
    /// Dossiers screened.
    pub dossiers: u64,
    /// The share that was complete at the first check; none without dossiers.
    pub first_time_right: Option<f64>,
}

impl From<UnitCount> for UnitView {
    fn from(count: UnitCount) -> Self {
        let UnitCount { unit, questions, dossiers, right_at_first } = count;
        let first_time_right = share(right_at_first, dossiers);
        Self { unit, questions, dossiers, first_time_right }
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Sums of procedures by their fields.
fn fields(counts: &[ProcedureCount], kiosk: &Kiosk) -> Vec<FieldView> {
    let mut sums: BTreeMap<&str, (u64, u64, u64)> = BTreeMap::new();
    for count in counts {
        let field = procedure(&count.procedure, kiosk).map_or("", |found| &found.field);
        let (questions, dossiers, right) = sums.entry(field).or_default();
        *questions += count.questions;
        *dossiers += count.dossiers;
        *right += count.right_at_first;
    }
    let mut fields: Vec<FieldView> = sums
        .into_iter()
        .map(|(field, (questions, dossiers, right))| FieldView {
            field: field.to_owned(),
            questions,
            dossiers,
            first_time_right: share(right, dossiers),
        })
        .collect();
    fields.sort_by_key(|one| std::cmp::Reverse(one.questions + one.dossiers));
    fields
}

fn procedure<'a>(code: &str, kiosk: &'a Kiosk) -> Option<&'a Procedure> {
    kiosk.procedure(&code.parse().ok()?)
}

/// What screening so many dossiers saved, and how that is reckoned.
fn time_saved(screened: u64, Reception { before, after }: Reception) -> TimeSavedView {
    let each = before.saturating_sub(after);
    let method = format!(
        "ước tính: {screened} hồ sơ × {each} phút, lấy tiếp nhận một hồ sơ từ {before} còn {after} phút"
    );
    TimeSavedView { minutes: screened * u64::from(each), method }
}

impl StatisticsView {
    /// `kiosk` looks up procedures, and says how time is reckoned.
    pub(crate) fn new(period: &Period, counted: Statistics, kiosk: &Kiosk) -> Self {
        let Statistics { questions, dossiers, decisions, feedback, procedures, days, units } =
            counted;
        let count = |name: String, count: u64| CountView { name, count };
        let outcome = |wanted: &str| questions.by_outcome.iter().find(|one| one.name == wanted);
        Self {
            from: period.from.to_string(),
            to: period.to.to_string(),
            unit: period.unit.clone(),
            questions: QuestionCountsView {
                total: questions.total,
                unanswered: outcome("not_covered").map_or(0, |one| one.count),
                by_audience: questions
                    .by_audience
                    .into_iter()
                    .map(|one| count(one.name, one.count))
                    .collect(),
                by_outcome: questions
                    .by_outcome
                    .iter()
                    .map(|one| count(one.name.clone(), one.count))
                    .collect(),
                most_asked: questions
                    .most_asked
                    .into_iter()
                    .map(|one| AskedView {
                        name: procedure(&one.procedure, kiosk)
                            .map_or_else(|| one.procedure.clone(), |found| found.name.clone()),
                        detail: procedure(&one.procedure, kiosk).map(detail_word),
                        code: one.procedure,
                        count: one.count,
                    })
                    .collect(),
            },
            dossiers: DossierCountsView {
                screened: dossiers.screened,
                by_verdict: dossiers
                    .by_verdict
                    .into_iter()
                    .map(|one| count(one.name, one.count))
                    .collect(),
                first_time_right: dossiers.first_time_right,
                most_missing: dossiers
                    .most_missing
                    .into_iter()
                    .map(|one| MissingView {
                        code: one.procedure,
                        requirement: one.requirement,
                        name: one.name,
                        count: one.count,
                    })
                    .collect(),
            },
            decisions: DecisionCountsView {
                accepted: decisions.accepted,
                rejected: decisions.rejected,
            },
            feedback: FeedbackCountsView {
                helpful: feedback.helpful,
                unhelpful: feedback.unhelpful,
            },
            time_saved: time_saved(dossiers.screened, kiosk.settings().reception),
            fields: fields(&procedures, kiosk),
            units: units.into_iter().map(UnitView::from).collect(),
            days: days
                .into_iter()
                .map(|one| DayView {
                    day: one.day,
                    questions: one.questions,
                    dossiers: one.dossiers,
                })
                .collect(),
        }
    }
}
