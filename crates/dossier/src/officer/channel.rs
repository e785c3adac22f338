//! How the dossier came in, whatever words the question about it uses.

use motcua_domain::CaseQuestion;

use super::{Fit, TOLD};
use crate::words::{phrase, words};

/// A way to hand a dossier in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Channel {
    Counter,
    Post,
    Network,
}

const NAMED: [(Channel, &[&str]); 3] = [
    (
        Channel::Counter,
        &["truc tiep", "tai quay", "den quay", "ra quay", "tan quay", "toi quay", "tai cho"],
    ),
    (Channel::Post, &["buu chinh", "buu dien", "chuyen phat"]),
    (Channel::Network, &["truc tuyen", "qua mang", "online", "vneid", "cong dich vu cong"]),
];

/// Where people go themselves; said also of where something was sent.
const PLACES: &[&str] =
    &["mot cua", "trung tam phuc vu hanh chinh cong", "tru so", "cong an", "uy ban", "ubnd"];

/// "Hình thức nộp = nộp tại quầy" answers the question of which the answers are ways to hand in.
pub(super) fn channel_fit<'a>(
    question: &'a CaseQuestion,
    (about, says): &(String, String),
) -> Option<Fit<'a>> {
    let names = |any: &[&str]| words(about).iter().any(|word| any.contains(&word.as_str()));
    let sends = names(&["nop", "gui", "kenh"]);
    // "Ai đến = cả hai cùng đến quầy", "Hình thức = qua mạng": only where the way itself is named.
    let may_send = names(&["den"]) || phrase(about) == "hinh thuc";
    let ways = question.answers.iter().filter(|answer| channel(&answer.label).is_some()).count();
    if !(sends || may_send) || ways < 2 {
        return None;
    }
    let came = channel(says).or_else(|| {
        let says = phrase(says);
        let at_place = sends && PLACES.iter().any(|place| says.contains(place));
        at_place.then_some(Channel::Counter)
    })?;
    let mut fits = question.answers.iter().filter(|answer| channel(&answer.label) == Some(came));
    let value = fits.next().map(|answer| answer.value.as_str())?;
    let only = fits.next().is_none();
    let values = vec![value];
    only.then_some(Fit { question, values, about: 1.0, by_polarity: false, score: TOLD })
}

/// The one way that is named.
fn channel(text: &str) -> Option<Channel> {
    let text = phrase(text);
    let mut named = NAMED
        .iter()
        .filter(|(_, words)| words.iter().any(|words| text.contains(words)))
        .map(|(channel, _)| *channel);
    let first = named.next()?;
    named.next().is_none().then_some(first)
}
