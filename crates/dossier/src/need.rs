//! What a procedure asks for in this case, and which of the papers were taken for it.

use motcua_domain::{
    CaseFacts, CaseQuestion, Handover, Necessity, Paper, Procedure, Requirement, Truth,
};

use crate::{
    catalogue::Catalogue,
    defect::Defect,
    officer::{self, Declaration},
    profile::{Profile, without_heads},
    words::{Overlap, Weights, phrase, words},
};

/// A requirement, evaluated on what is known of the case.
#[derive(Debug, Clone)]
pub(crate) struct Need<'a> {
    /// The requirement.
    pub(crate) requirement: &'a Requirement,
    /// Whether it concerns this case.
    pub(crate) applies: Truth,
    /// Whether a database stands in for it.
    pub(crate) replaced: Truth,
    /// The papers of all its lists that may be open, each once.
    pub(crate) slots: Vec<Slot<'a>>,
    /// The lists that may be open; any one is enough.
    pub(crate) lists: Vec<OpenList>,
    /// Rows of other cases.
    pub(crate) foreign_rows: Vec<usize>,
    /// Rows of cases of which it is not known whether they are this one.
    pub(crate) unsure_rows: Vec<usize>,
    /// What the officer said of it.
    pub(crate) said: Option<Declaration>,
    /// It would concern a rare case that nobody noted and no paper hints at.
    pub(crate) set_aside: bool,
}

/// A paper to be found.
#[derive(Debug, Clone)]
pub(crate) struct Slot<'a> {
    /// The paper.
    pub(crate) paper: &'a Paper,
    /// By what it is told.
    pub(crate) profile: Profile,
    /// The pieces taken for it.
    pub(crate) taken: Vec<Taken>,
}

/// A piece taken for a paper.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    /// Its place among the pieces.
    pub(crate) piece: usize,
    /// 0 to 1.
    pub(crate) confidence: f32,
    /// What is wrong with it.
    pub(crate) defect: Option<Defect>,
    /// It may not count, and no other paper that was taken for the same is this person's: what is sound
    /// there is somebody else's.
    pub(crate) alone: bool,
}

/// A list of papers that are needed together.
#[derive(Debug, Clone)]
pub(crate) struct OpenList {
    /// Its place among the requirement's lists.
    pub(crate) index: usize,
    /// Whether it may be used in this case; never false.
    pub(crate) open: Truth,
    /// Places among the need's slots.
    pub(crate) slots: Vec<usize>,
}

impl<'a> Need<'a> {
    fn new(requirement: &'a Requirement, facts: &CaseFacts, catalogue: &Catalogue) -> Self {
        let applies = match requirement.necessity {
            Necessity::Pending => Truth::Unknown.and(requirement.when.evaluate(facts)),
            _ => requirement.when.evaluate(facts),
        };
        let replaced = requirement
            .replaced_by_data
            .as_ref()
            .map_or(Truth::False, |data| data.when.evaluate(facts));
        let mut slots: Vec<Slot<'a>> = Vec::new();
        let mut lists = Vec::new();
        for (index, list) in requirement.any_of.iter().enumerate() {
            let open = list.when.evaluate(facts);
            if open == Truth::False {
                continue;
            }
            let mut places = Vec::new();
            for paper in &list.all_of {
                let known = slots.iter().position(|slot| slot.paper == paper);
                places.push(known.unwrap_or(slots.len()));
                if known.is_none() {
                    let profile = Profile::of_paper(paper, &requirement.name, catalogue);
                    slots.push(Slot { paper, profile, taken: Vec::new() });
                }
            }
            lists.push(OpenList { index, open, slots: places });
        }
        let rows_of = |truth: Truth| {
            let cases = requirement.row_cases.iter();
            let so = cases.filter(move |case| case.when.evaluate(facts) == truth);
            so.flat_map(|case| case.rows.iter().copied()).collect()
        };
        let (foreign_rows, unsure_rows) = (rows_of(Truth::False), rows_of(Truth::Unknown));
        Self {
            requirement,
            applies,
            replaced,
            slots,
            lists,
            foreign_rows,
            unsure_rows,
            said: None,
            set_aside: false,
        }
    }

    /// All needs of a procedure, in its order.
    pub(crate) fn all(
        procedure: &'a Procedure,
        facts: &CaseFacts,
        catalogue: &Catalogue,
    ) -> Vec<Self> {
        procedure
            .requirements
            .iter()
            .map(|requirement| Self::new(requirement, facts, catalogue))
            .collect()
    }

    /// Whether a paper is certainly due: it concerns the case and nothing stands in for it.
    pub(crate) fn is_due(&self) -> bool {
        self.applies == Truth::True && self.replaced == Truth::False && !self.is_optional()
    }

    /// The paper may be due, and the look-up that would have made it needless is known to have failed.
    pub(crate) fn looked_up_in_vain(&self) -> bool {
        let has_database = self.requirement.replaced_by_data.is_some();
        has_database && self.replaced == Truth::False && self.may_apply()
    }

    pub(crate) fn is_optional(&self) -> bool {
        self.requirement.necessity == Necessity::Optional
    }

    /// Whether it may concern this case at all.
    pub(crate) fn may_apply(&self) -> bool {
        self.applies != Truth::False
    }

    /// Pieces taken for any of its papers.
    pub(crate) fn taken(&self) -> impl Iterator<Item = (&Slot<'a>, &Taken)> {
        self.slots.iter().flat_map(|slot| slot.taken.iter().map(move |taken| (slot, taken)))
    }

    /// Its lists of this openness, as places among the requirement's lists.
    pub(crate) fn lists_open(&self, open: Truth) -> impl Iterator<Item = usize> {
        self.lists.iter().filter(move |list| list.open == open).map(|list| list.index)
    }
}

/// A note on a paper in somebody's hand ("nộp bản giấy", "chưa xin") that mentions no database tells that none stood in
/// for it, where nobody noted what its look-up came to.
pub(crate) fn settle_look_ups(needs: &mut [Need<'_>]) {
    for need in needs {
        let of_paper = need.said.as_ref().is_some_and(|said| said.on_paper && said.given.is_some());
        let submitted = need.requirement.handover == Handover::Submit;
        if of_paper && submitted && need.replaced == Truth::Unknown {
            need.replaced = Truth::False;
        }
    }
}

/// Sets aside what is due in rare cases only, where somebody has noted what this case is like and neither a
/// note nor a paper hints at a rare one ([`motcua_domain::CaseQuestion::usual`]). Nothing becomes due by it.
pub(crate) fn set_aside_unusual(
    needs: &mut [Need<'_>],
    procedure: &Procedure,
    facts: &CaseFacts,
    notes: &[(String, String)],
) {
    let mut usual = facts.clone();
    for question in &procedure.questions {
        let open = question.usual.as_ref().filter(|usual| {
            facts.get(&question.key).is_none()
                && !notes
                    .iter()
                    .any(|n| hints(&n.1, question, usual) || officer::lacks_letter(question, n))
        });
        if let Some(answer) = open {
            usual.narrow(&question.key, [answer.as_str()]);
        }
    }
    for need in needs {
        // Whoever notes something of the paper itself hints at it, be it that it was not brought; who says no of the
        // case does not.
        let of_paper = need.said.as_ref().is_some_and(|said| {
            said.given == Some(true) || officer::names_a_paper(&said.about.join(" "))
        });
        let is_hinted = need.taken().next().is_some() || of_paper;
        let concerns = need.requirement.when.evaluate(&usual);
        if need.applies == Truth::Unknown && concerns == Truth::False && !is_hinted {
            (need.applies, need.set_aside) = (Truth::False, true);
        }
    }
}

/// So many words of an answer in a row, in a note, are no chance.
const HINT: usize = 4;

/// Whether a note that answered nothing still uses the words of a rare answer: "được trở lại quốc tịch Việt Nam".
fn hints(note: &str, question: &CaseQuestion, usual: &str) -> bool {
    let spaced = |text: &str| format!(" {} ", phrase(text));
    let note = spaced(note);
    let answers = question.answers.iter();
    let (ordinary, rare): (Vec<_>, Vec<_>) = answers.partition(|answer| answer.value == usual);
    let is_ordinary = |run: &str| ordinary.iter().any(|one| spaced(&one.label).contains(run));
    let says = |label: &str| {
        let label = words(label);
        let mut runs = label.windows(HINT).map(|run| format!(" {} ", run.join(" ")));
        runs.any(|run| note.contains(&run) && !is_ordinary(&run))
    };
    !note.starts_with(" khong ") && rare.iter().any(|answer| says(&answer.label))
}

/// Finds for each statement of the officer's the need it speaks of; gives back which were understood.
pub(crate) fn link_declarations(
    needs: &mut [Need<'_>],
    declarations: &[Option<Declaration>],
    catalogue: &Catalogue,
    weights: &Weights,
) -> Vec<bool> {
    let called: Vec<Vec<Vec<String>>> = needs.iter().map(|need| names(need, catalogue)).collect();
    let mut linked: Vec<(usize, f32, &Declaration)> = Vec::new();
    let understood = declarations
        .iter()
        .map(|declaration| {
            let Some(declaration) = declaration else { return false };
            let fits = |named: &[String]| -> Vec<f32> {
                let all = called.iter().zip(needs.iter());
                let fit = |(called, need): (&Vec<Vec<String>>, &Need<'_>)| {
                    if need.may_apply() { fit(named, called, weights) } else { 0.0 }
                };
                all.map(fit).collect()
            };
            let best = |fits: &[f32]| fits.iter().copied().fold(0.0, f32::max);
            let by_topic = fits(&declaration.about);
            let seen = declaration.seen.as_deref().filter(|_| best(&by_topic) < 0.5);
            let fits = seen.map_or(by_topic, fits);
            let best = best(&fits);
            if best < 0.5 {
                return false;
            }
            let near = fits.iter().enumerate().filter(|(_, fit)| **fit + 0.03 >= best);
            linked.extend(near.map(|(at, fit)| (at, *fit, declaration)));
            true
        })
        .collect();
    keep_plainest(needs, linked);
    understood
}

/// Whatever the order of the notes, the one that speaks of a paper most plainly counts; of two as plain the one that says
/// what is lacking. `linked`: the need's place, how well the note names its paper, and what it says.
fn keep_plainest(needs: &mut [Need<'_>], mut linked: Vec<(usize, f32, &Declaration)>) {
    let looks_up =
        |one: &Declaration| officer::speaks_of_look_up(&one.about.join(" ")) && one.shown.is_none();
    linked.sort_by(|(_, a_fit, a), (_, b_fit, b)| {
        let lacking =
            |one: &Declaration| one.withheld || [one.shown, one.given].contains(&Some(false));
        let plain = looks_up(a).cmp(&looks_up(b)).then(b_fit.total_cmp(a_fit));
        plain.then(lacking(b).cmp(&lacking(a))).then(b.shown.cmp(&a.shown))
    });
    for (at, _, declaration) in linked {
        if let Some(need) = needs.get_mut(at) {
            need.said.get_or_insert_with(|| declaration.clone());
        }
    }
}

/// A note that denies the very circumstance a paper is about ("Trẻ bị bỏ rơi = không" of the "Biên bản về việc
/// trẻ bị bỏ rơi") settles that the paper is not due, where nothing else does; gives back which notes did.
pub(crate) fn deny_circumstances(needs: &mut [Need<'_>], notes: &[(String, String)]) -> Vec<bool> {
    let mut settled = Vec::with_capacity(notes.len());
    for (about, says) in notes {
        // Who has not brought a paper says nothing of the case it is for.
        let of_paper = officer::names_a_paper(about) || officer::speaks_of_handing_in(says);
        let about = words(about);
        let denies = !of_paper && about.len() >= 4 && officer::polarity(says) == Some(false);
        let mut settles = false;
        for need in needs.iter_mut().filter(|need| denies && need.applies == Truth::Unknown) {
            let papers = need.requirement.any_of.iter().flat_map(|list| &list.all_of);
            let called =
                std::iter::once(&need.requirement.name).chain(papers.map(|paper| &paper.name));
            // At the head it would name the paper itself, which may well be lacking.
            let about_it = |name: &String| {
                let name = words(&without_heads(&phrase(name)));
                !name.starts_with(&about) && name.windows(about.len()).any(|run| run == about)
            };
            if called.into_iter().any(about_it) {
                need.applies = Truth::False;
                settles = true;
            }
        }
        settled.push(settles);
    }
    settled
}

fn names(need: &Need<'_>, catalogue: &Catalogue) -> Vec<Vec<String>> {
    let papers = need.requirement.any_of.iter().flat_map(|list| &list.all_of);
    let kinds = papers
        .clone()
        .filter_map(|paper| paper.document.as_deref().and_then(|id| catalogue.get(id)));
    std::iter::once(words(&need.requirement.name))
        .chain(papers.map(|paper| words(&paper.name)))
        .chain(kinds.flat_map(|kind| kind.names().map(words).collect::<Vec<_>>()))
        .collect()
}

fn fit(named: &[String], called: &[Vec<String>], weights: &Weights) -> f32 {
    called
        .iter()
        .map(|name| {
            let overlap = Overlap::between(named, name, weights);
            0.85 * overlap.coverage() + 0.15 * overlap.same_thing()
        })
        .fold(0.0, f32::max)
}
