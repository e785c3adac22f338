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

/// What is certain is read so many tokens at once.
const MOST_SURE: usize = 24;

/// What most likely follows by something that knows better than the text before.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Likely {
    pub(crate) tokens: Vec<u32>,
    /// So many of them write what must be written; only into which tokens it is cut is not certain.
    pub(crate) sure: usize,
    /// They are all sure, and the last ones.
    pub(crate) ends: bool,
}

/// The text so far and how guesses fared.
pub(crate) struct Draft {
    text: Vec<u32>,
    places: HashMap<[u32; RUN], Vec<usize>>,
    length: usize,
    pause: usize,
    next_pause: usize,
    /// Tokens of the last guess that were sure.
    sure: usize,
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
            sure: 0,
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

    /// What may follow, at most `room` tokens, of which at most `most` are not sure; often nothing.
    /// What is likely by other knowledge goes before what followed earlier in the text.
    pub(crate) fn guess(&mut self, room: usize, most: usize, likely: Option<&Likely>) -> Vec<u32> {
        let more = if self.pause > 0 { 0 } else { self.length.min(most) };
        self.sure = likely.map_or(0, |likely| likely.sure.min(MOST_SURE).min(room));
        let all = likely.map_or(&[][..], |likely| &likely.tokens);
        match &all[..all.len().min(self.sure + more).min(room)] {
            [] => self.look_up(room.min(most)).to_vec(),
            guess => guess.to_vec(),
        }
    }

    /// What followed the last tokens earlier in the text.
    fn look_up(&self, room: usize) -> &[u32] {
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
        self.guessed += guessed;
        self.right += right;
        let (guessed, right) = (guessed.saturating_sub(self.sure), right.saturating_sub(self.sure));
        if guessed == 0 {
            return;
        }
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
        assert_eq!(draft.guess(8, MOST, None), [3, 4, 5]);
        assert_eq!(draft.guess(1, MOST, None), [3]);
        draft.push(3);
        assert_eq!(draft.guess(8, MOST, None), [4, 5, 6]);
        draft.push(7);
        assert!(draft.guess(8, MOST, None).is_empty());
    }

    #[test]
    fn the_longest_run_wins_over_the_latest() {
        let mut draft = Draft::new(&[7, 1, 2, 50, 8, 1, 2, 60, 7, 1, 2]);
        assert_eq!(draft.guess(1, MOST, None), [50]);
        let mut draft = Draft::new(&[1, 2, 50, 8, 1, 2, 60, 9, 1, 2]);
        assert_eq!(draft.guess(1, MOST, None), [60]);
    }

    #[test]
    fn right_guesses_grow_and_wrong_ones_rest() {
        let mut draft = Draft::new(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2]);
        draft.judge(3, 3);
        assert_eq!(draft.guess(99, MOST, None).len(), 6);
        draft.judge(6, 0);
        assert!(draft.guess(99, MOST, None).is_empty());
        draft.push(3);
        assert_eq!(draft.guess(99, MOST, None), [4, 5, 6]);
        assert_eq!((draft.guessed, draft.right), (9, 3));
    }

    #[test]
    fn what_is_sure_is_guessed_however_guesses_fared() {
        let mut draft = Draft::new(&[1, 2, 3, 4, 5, 6, 7, 8, 1, 2]);
        let likely = Likely { tokens: (20..60).collect(), sure: 10, ends: false };
        assert_eq!(draft.guess(99, MOST, Some(&likely)), (20..33).collect::<Vec<u32>>());
        // All that was sure, and nothing of the rest.
        draft.judge(13, 10);
        assert_eq!(draft.guess(99, MOST, Some(&likely)), (20..30).collect::<Vec<u32>>());
        assert_eq!(draft.guess(4, MOST, Some(&likely)), [20, 21, 22, 23]);
        assert_eq!((draft.guessed, draft.right), (13, 10));
        draft.push(3);
        assert_eq!(draft.guess(99, MOST, Some(&Likely::default())), [4, 5]);
        assert_eq!(draft.guess(99, 1, Some(&Likely::default())), [4]);
    }
}
