//! What a record says of time, cost and place, in its own words: an editor reads it beside what was made of it.

use serde::{Deserialize, Serialize};

use crate::record::{ChannelRecord, Record};

/// The record's own words, each with the channel they stand under.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactTexts {
    /// Of how long it takes.
    pub times: Vec<String>,
    /// Of what it costs.
    pub fees: Vec<String>,
    /// Of where it is handed in.
    pub places: Vec<String>,
}

impl From<&Record> for FactTexts {
    fn from(record: &Record) -> Self {
        let of = |part: fn(&ChannelRecord) -> &str| {
            record.channels.iter().filter_map(move |one| said(one, part(one))).collect()
        };
        let places = std::iter::once(&record.receiving).chain(&record.agencies);
        Self {
            times: of(|channel| &channel.time_limit),
            fees: of(|channel| &channel.fee),
            places: places.filter(|text| !text.trim().is_empty()).cloned().collect(),
        }
    }
}

/// A channel's note may be about time or cost: only its reader can tell.
fn said(channel: &ChannelRecord, words: &str) -> Option<String> {
    let parts = [words.trim(), channel.note.trim()].into_iter().filter(|part| !part.is_empty());
    let words = parts.collect::<Vec<_>>().join("\n");
    (!words.is_empty()).then(|| format!("{}: {words}", channel.channel.trim()))
}
