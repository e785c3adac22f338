//! Prompts that were read before: what a new one has in common with them is not read again.
//!
//! A prompt here is instructions, then a procedure's evidence, then a short question, so that what
//! is asked about a procedure once makes the next question about it quick. Snapshots are found by
//! the tokens themselves: a record that changed in one digit differs from there on.

mod disk;

use std::path::PathBuf;

use crate::decoder::{Cache, Kept};

pub(crate) use disk::{Disk, ModelKey};

/// A snapshot saves at least so many tokens over what is in the cache anyway, or it is not worth
/// copying.
const WORTH: usize = 16;

/// A prompt that was read, and what reading it left.
struct Snapshot {
    tokens: Vec<u32>,
    kept: Kept,
    used: u64,
}

/// Snapshots in memory within a budget, and on disk where there is a folder.
pub(crate) struct Prefixes {
    snapshots: Vec<Snapshot>,
    disk: Option<Disk>,
    budget: usize,
    clock: u64,
}

impl Prefixes {
    /// At most `budget` bytes in memory.
    pub(crate) fn new(budget: usize, folder: Option<(PathBuf, ModelKey)>) -> Self {
        let disk = folder.map(|(folder, key)| Disk::open(&folder, key));
        Self { snapshots: Vec::new(), disk, budget, clock: 0 }
    }

    /// Makes the cache hold as many of the prompt's first tokens as are known, `held` being those it
    /// holds now; returns how many. At least the last token is always left to be read.
    pub(crate) fn restore(&mut self, prompt: &[u32], held: &[u32], cache: &mut Cache) -> usize {
        let most = prompt.len().saturating_sub(1);
        let here = common(prompt, held).min(most).min(cache.len());
        let in_memory = self.snapshots.iter_mut().max_by_key(|one| common(prompt, &one.tokens));
        let in_memory = in_memory.map(|one| (common(prompt, &one.tokens).min(most), one));
        let reach = in_memory.as_ref().map_or(0, |(reach, _)| *reach).max(here);
        if let Some(disk) = &mut self.disk
            && let Some((tokens, kept)) = disk.find(prompt, reach + WORTH)
            && cache.restore(&kept, common(prompt, &tokens).min(most))
        {
            let reach = common(prompt, &tokens).min(most);
            self.add(tokens, kept);
            return reach;
        }
        if let Some((reach, snapshot)) = in_memory
            && reach >= here + WORTH
            && cache.restore(&snapshot.kept, reach)
        {
            self.clock += 1;
            snapshot.used = self.clock;
            return reach;
        }
        cache.truncate(here);
        here
    }

    /// Keeps what the cache holds of a prompt, unless a snapshot has nearly all of it; on disk too
    /// if so wanted.
    pub(crate) fn keep(&mut self, prompt: &[u32], cache: &Cache, on_disk: bool) {
        let known = |one: &Snapshot| common(prompt, &one.tokens) + WORTH * 2 >= prompt.len();
        let on_disk = on_disk.then_some(self.disk.as_mut()).flatten();
        let on_disk = on_disk.filter(|disk| !disk.holds(prompt));
        let in_memory = self.snapshots.iter().any(known);
        if in_memory && on_disk.is_none() {
            return;
        }
        let kept = cache.keep(prompt.len());
        if let Some(disk) = on_disk {
            disk.write(prompt, &kept);
        }
        if !in_memory {
            self.add(prompt.to_vec(), kept);
        }
    }

    fn add(&mut self, tokens: Vec<u32>, kept: Kept) {
        let size = |kept: &Kept| kept.bytes();
        if size(&kept) > self.budget {
            return;
        }
        self.clock += 1;
        self.snapshots.push(Snapshot { tokens, kept, used: self.clock });
        while self.snapshots.iter().map(|one| size(&one.kept)).sum::<usize>() > self.budget {
            let oldest = self.snapshots.iter().enumerate().min_by_key(|(_, one)| one.used);
            let Some((at, _)) = oldest else { return };
            self.snapshots.swap_remove(at);
        }
    }
}

/// How many first tokens are the same.
pub(crate) fn common(one: &[u32], other: &[u32]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests;
