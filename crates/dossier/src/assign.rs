//! Which paper is taken for which need: one to one, with the best total.

/// Gives each row at most one column so that the sum of the scores is as large as it can be.
/// Scores of 0 or less are never used.
///
/// Rows are added one by one, each along the path of exchanges that gains most; what is assigned
/// after each step is the best possible for the rows so far.
pub(crate) fn best_total(scores: &[Vec<f32>]) -> Vec<Option<usize>> {
    let columns = scores.iter().map(Vec::len).max().unwrap_or(0);
    let mut owner: Vec<Option<usize>> = vec![None; columns];
    for row in 0..scores.len() {
        if let Some(path) = best_path(scores, &owner, row) {
            let mut incoming = row;
            for column in path {
                let Some(slot) = owner.get_mut(column) else { break };
                match slot.replace(incoming) {
                    Some(pushed_out) => incoming = pushed_out,
                    None => break,
                }
            }
        }
    }
    let mut chosen = vec![None; scores.len()];
    for (column, row) in owner.iter().enumerate() {
        if let Some(slot) = row.and_then(|row| chosen.get_mut(row)) {
            *slot = Some(column);
        }
    }
    chosen
}

fn score(scores: &[Vec<f32>], row: usize, column: usize) -> f32 {
    scores.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0.0)
}

/// The columns to take, each pushing its owner on to the next; the last is free or gives its owner up.
fn best_path(scores: &[Vec<f32>], owner: &[Option<usize>], row: usize) -> Option<Vec<usize>> {
    // For each column the largest gain of a chain that ends by taking it, and the chain itself.
    let mut chains: Vec<Option<(f32, Vec<usize>)>> = (0..owner.len())
        .map(|column| {
            let gain = score(scores, row, column);
            (gain > 0.0).then(|| (gain, vec![column]))
        })
        .collect();
    for _ in 0..owner.len() {
        let mut changed = false;
        for (from, holder) in owner.iter().enumerate() {
            let (Some(holder), Some(Some((gain, chain)))) = (*holder, chains.get(from).cloned())
            else {
                continue;
            };
            let freed = gain - score(scores, holder, from);
            for (to, known) in chains.iter_mut().enumerate() {
                let next = score(scores, holder, to);
                let better = known.as_ref().is_none_or(|(best, _)| freed + next > *best + 1e-6);
                if next > 0.0 && better && !chain.contains(&to) {
                    let mut longer = chain.clone();
                    longer.push(to);
                    *known = Some((freed + next, longer));
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    owner
        .iter()
        .zip(chains)
        .enumerate()
        .filter_map(|(column, (holder, chain))| {
            let (gain, chain) = chain?;
            let cost = holder.map_or(0.0, |holder| score(scores, holder, column));
            (gain - cost > 1e-6).then_some((gain - cost, chain))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, chain)| chain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(scores: &[Vec<f32>], chosen: &[Option<usize>]) -> f32 {
        chosen
            .iter()
            .enumerate()
            .filter_map(|(row, column)| column.map(|column| score(scores, row, column)))
            .sum()
    }

    /// Every way of giving each row one free column or none.
    fn brute(scores: &[Vec<f32>], row: usize, used: &mut Vec<usize>) -> f32 {
        let Some(columns) = scores.get(row) else { return 0.0 };
        let mut best = brute(scores, row + 1, used);
        for (column, gain) in columns.iter().enumerate() {
            if *gain > 0.0 && !used.contains(&column) {
                used.push(column);
                best = best.max(gain + brute(scores, row + 1, used));
                used.pop();
            }
        }
        best
    }

    #[test]
    fn gives_way_when_the_total_gains() {
        let scores = vec![vec![0.9, 0.8], vec![0.85, 0.0]];
        assert_eq!(best_total(&scores), [Some(1), Some(0)]);
    }

    proptest! {
        #[test]
        fn is_as_good_as_trying_everything(scores in (1usize..5).prop_flat_map(|columns| {
            proptest::collection::vec(proptest::collection::vec(0.0f32..1.0, columns), 1..5)
        })) {
            let chosen = best_total(&scores);
            let best = brute(&scores, 0, &mut Vec::new());
            prop_assert!((total(&scores, &chosen) - best).abs() < 1e-3, "{chosen:?} gives less than {best}");
        }
    }
}
