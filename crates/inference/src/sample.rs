//! Which token comes next.

/// Picks tokens by their scores.
pub(crate) struct Sampler {
    temperature: f32,
    random: fastrand::Rng,
}

impl Sampler {
    /// At a temperature of 0 the best score wins; above it, chance decides, the same for the same seed.
    #[expect(clippy::cast_possible_truncation, reason = "a temperature is a small number")]
    pub(crate) fn new(temperature: f64, seed: u64) -> Self {
        Self { temperature: temperature as f32, random: fastrand::Rng::with_seed(seed) }
    }

    /// Whether chance decides.
    fn is_random(&self) -> bool {
        self.temperature > 0.0
    }

    /// The place of the score that is taken; of equal ones the first.
    pub(crate) fn pick(&mut self, scores: &[f32]) -> u32 {
        self.choose((0..).zip(scores.iter().copied())).unwrap_or(0)
    }

    /// The same among some places, which come in order, each with its score; nothing if there are
    /// none.
    pub(crate) fn pick_among(&mut self, scores: &[f32], places: &[u32]) -> Option<u32> {
        self.choose(places.iter().copied().zip(scores.iter().copied()))
    }

    fn choose(&mut self, scored: impl Iterator<Item = (u32, f32)> + Clone) -> Option<u32> {
        let (best, largest) = largest(scored.clone())?;
        if !self.is_random() {
            return Some(best);
        }
        let weight = |score: f32| f64::from(((score - largest) / self.temperature).exp());
        let whole: f64 = scored.clone().map(|(_, score)| weight(score)).sum();
        let mut left = self.random.f64() * whole;
        for (at, score) in scored {
            left -= weight(score);
            if left < 0.0 {
                return Some(at);
            }
        }
        Some(best)
    }
}

fn largest(mut scored: impl Iterator<Item = (u32, f32)>) -> Option<(u32, f32)> {
    let first = scored.next()?;
    Some(scored.fold(first, |best, one| if one.1 > best.1 { one } else { best }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cold_takes_the_first_best() {
        assert_eq!(Sampler::new(0.0, 1).pick(&[0.0, 3.0, 1.0, 3.0]), 1);
    }

    #[test]
    fn among_some_the_best_of_them_wins() {
        for temperature in [0.0, 1e-3] {
            let mut sampler = Sampler::new(temperature, 1);
            assert_eq!(
                sampler.pick_among(&[3.0, 1.0, 3.0], &[1, 2, 3]),
                Some(if temperature == 0.0 { 1 } else { 3 })
            );
            assert_eq!(sampler.pick_among(&[], &[]), None);
        }
    }

    #[test]
    fn warm_follows_the_shares_and_the_seed() {
        let scores = [0.0, 1.0, 0.0_f32.max(2.0)];
        let mut counts = [0_u32; 3];
        let (mut one, mut same) = (Sampler::new(1.0, 7), Sampler::new(1.0, 7));
        for _ in 0..30_000 {
            let picked = one.pick(&scores);
            assert_eq!(picked, same.pick(&scores));
            counts[picked as usize] += 1;
        }
        let whole: f64 = scores.iter().map(|score| f64::from(*score).exp()).sum();
        for (count, score) in counts.iter().zip(scores) {
            let expected = f64::from(score).exp() / whole;
            assert!((f64::from(*count) / 30_000.0 - expected).abs() < 0.01, "{counts:?}");
        }
    }
}
