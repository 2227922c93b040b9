//! Pairs checks with items (`docs/kit/assertions.md`, pairs of checks and items).

/// Returns for each of the columns the rows that have it among their options.
pub(super) fn turned(options: &[Vec<usize>], columns: usize) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); columns];
    for (row, chosen) in options.iter().enumerate() {
        for column in chosen {
            rows[*column].push(row);
        }
    }
    rows
}

/// Returns the rows that lack a column if earlier rows get one of their options first. The options are
/// less than the number of columns.
pub(super) fn unpaired(options: &[Vec<usize>], columns: usize) -> Vec<usize> {
    let mut pairing = Pairing {
        options,
        rows: vec![None; columns],
        columns: vec![None; options.len()],
        closed: vec![false; columns],
    };
    (0..options.len())
        .filter(|row| !pairing.pair(*row))
        .collect()
}

/// The row of each column that has one, and the column of each such row.
struct Pairing<'a> {
    options: &'a [Vec<usize>],
    rows: Vec<Option<usize>>,
    columns: Vec<Option<usize>>,
    /// The columns that a failed search reached: they never lead to a free one.
    closed: Vec<bool>,
}

impl Pairing<'_> {
    /// Pairs a row along an augmenting path, and returns whether it can be paired. Rows that are paired
    /// can get other columns, but keep having one.
    fn pair(&mut self, row: usize) -> bool {
        let mut seekers = vec![None; self.rows.len()];
        let mut waiting = vec![row];
        let mut next = 0;
        while let Some(&seeker) = waiting.get(next) {
            next += 1;
            for &column in &self.options[seeker] {
                if seekers[column].is_some() || self.closed[column] {
                    continue;
                }
                seekers[column] = Some(seeker);
                match self.rows[column] {
                    Some(holder) => waiting.push(holder),
                    None => {
                        self.pair_anew(column, &seekers);
                        return true;
                    }
                }
            }
        }
        for (closed, seeker) in self.closed.iter_mut().zip(seekers) {
            *closed |= seeker.is_some();
        }
        false
    }

    /// Gives each row of the path to a free column the column that it reached.
    fn pair_anew(&mut self, free: usize, seekers: &[Option<usize>]) {
        let mut next = Some(free);
        while let Some(column) = next {
            self.rows[column] = seekers[column];
            next = seekers[column].and_then(|row| self.columns[row].replace(column));
        }
    }
}
