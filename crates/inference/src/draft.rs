//! Guesses at what comes next, so that several tokens are read in one step (prompt lookup: Saxena
//! 2023, "Prompt Lookup Decoding"). An answer here copies spans of its evidence: what followed the
//! last few tokens earlier in the text is likely to follow them again. Every guess is checked
//! against what the model itself picks, so the text is the same as without.

use std::collections::HashMap;

/// Where a run of this many tokens stood before, a guess begins.
const RUN: usize = 2;
/// Of several places the one with the longest run before it is taken, up to this length.
const LONGEST_RUN: usize = 12;
/// Places of a run that are looked at, the latest first.
const PLACES: usize = 16;
/// The most tokens guessed at once: beyond it, a step costs more than a right guess saves.
const MOST: usize = 7;
/// After a guess of which nothing was right, so many tokens are written without guessing, doubled
/// each time.
const PAUSE: usize = 1;
const LONGEST_PAUSE: usize = 16;

/// The text so far and how guesses fared.
pub(crate) struct Draft {
    text: Vec<u32>,
    places: HashMap<[u32; RUN], Vec<usize>>,
    length: usize,
    pause: usize,
    next_pause: usize,
    /// Tokens guessed so far.
    pub(crate) guessed: usize,
    /// Guesses that were right.
    pub(crate) right: usize,
}

impl Draft {
    /// Guesses from a prompt on.
    pub(crate) fn new(prompt: &[u32]) -> Self {
        let mut draft = Self {
            text: Vec::with_capacity(prompt.len() + 256),
            places: HashMap::new(),
            length: MOST / 2,
            pause: 0,
            next_pause: PAUSE,
            guessed: 0,
            right: 0,
        };
        for token in prompt {
            draft.push(*token);
        }
        draft
    }

    /// Takes a token that was written.
    pub(crate) fn push(&mut self, token: u32) {
        // The run before it is entered only now: a run must not find itself.
        if let Some(run) = self.text.last_chunk::<RUN>() {
            self.places.entry(*run).or_default().push(self.text.len());
        }
        self.text.push(token);
        self.pause = self.pause.saturating_sub(1);
    }

    /// What may follow, at most `room` tokens; often nothing.
    pub(crate) fn guess(&self, room: usize) -> &[u32] {
        let (text, most) = (&self.text, self.length.min(room));
        let places = text.last_chunk::<RUN>().and_then(|run| self.places.get(run));
        if self.pause > 0 || most == 0 {
            return &[];
        }
        let run_before = |place: usize| {
            let before = text[..place].iter().rev().zip(text.iter().rev());
            before.take(LONGEST_RUN).take_while(|(one, other)| one == other).count()
        };
        let latest = places.into_iter().flat_map(|places| places.iter().rev().take(PLACES));
        // Of equal runs `max_by_key` takes the last; the latest place is to win.
        let best =
            latest.copied().enumerate().max_by_key(|(at, place)| (run_before(*place), PLACES - at));
        best.map_or(&[], |(_, place)| &text[place..text.len().min(place + most)])
    }

    /// Learns how many tokens of a guess were right.
    pub(crate) fn judge(&mut self, guessed: usize, right: usize) {
        if guessed == 0 {
            return;
        }
        self.guessed += guessed;
        self.right += right;
        if right == 0 {
            self.pause = self.next_pause;
            self.next_pause = (self.next_pause * 2).min(LONGEST_PAUSE);
            self.length = (self.length / 2).max(2);
        } else {
            self.next_pause = PAUSE;
            let wanted = if right == guessed { self.length * 2 } else { right + 1 };
            self.length = wanted.clamp(2, MOST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_followed_before_is_guessed() {
        let mut draft = Draft::new(&[1, 2, 3, 4, 5, 6, 9, 1, 2]);
        assert_eq!(draft.guess(8), [3, 4, 5]);
        assert_eq!(draft.guess(1), [3]);
        draft.push(3);
        assert_eq!(draft.guess(8), [4, 5, 6]);
        draft.push(7);
        assert!(draft.guess(8).is_empty());
    }

    #[test]
    fn the_longest_run_wins_over_the_latest() {
        let draft = Draft::new(&[7, 1, 2, 50, 8, 1, 2, 60, 7, 1, 2]);
        assert_eq!(draft.guess(1), [50]);
        let draft = Draft::new(&[1, 2, 50, 8, 1, 2, 60, 9, 1, 2]);
        assert_eq!(draft.guess(1), [60]);
    }

    #[test]
    fn right_guesses_grow_and_wrong_ones_rest() {
        let mut draft = Draft::new(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2]);
        draft.judge(3, 3);
        assert_eq!(draft.guess(99).len(), 6);
        draft.judge(6, 0);
        assert!(draft.guess(99).is_empty());
        draft.push(3);
        assert_eq!(draft.guess(99), [4, 5, 6]);
        assert_eq!((draft.guessed, draft.right), (9, 3));
    }
}
