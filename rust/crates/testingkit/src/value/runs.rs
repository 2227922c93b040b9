//! Finds values in order among others by the relation equal.

use super::Value;
use super::lookup::compare_all;

/// Returns whether some items without a gap equal the wanted values in pairs.
pub(crate) fn has_run(wanted: &[&Value], items: &[&Value]) -> bool {
    let (comparison, ours, theirs) = compare_all(wanted, items);
    let numbers = |parts: &[_]| parts.iter().map(|part| comparison.number(*part)).collect();
    let starts = runs(numbers(&ours), numbers(&theirs));
    let is_run = |start: usize| comparison.all_related(&ours, &theirs[start..]);
    wanted.is_empty() || starts.into_iter().any(is_run)
}

/// Returns the places at which the wanted numbers occur without a gap (Knuth, Morris, Pratt).
fn runs(wanted: Vec<u32>, numbers: Vec<u32>) -> Vec<usize> {
    /// Not the number of a part.
    const SEPARATOR: u32 = 0;
    let count = wanted.len();
    let whole = [wanted, vec![SEPARATOR], numbers].concat();
    // For each place: how many of the numbers up to it are also the first ones.
    let mut lengths = vec![0; whole.len()];
    let mut length = 0;
    let mut starts = Vec::new();
    for place in 1..whole.len() {
        while length > 0 && whole[place] != whole[length] {
            length = lengths[length - 1];
        }
        if whole[place] == whole[length] {
            length += 1;
        }
        lengths[place] = length;
        if length == count {
            starts.push(place - 2 * count);
        }
    }
    starts
}

/// Returns the wanted values from the first one on that equals no item after the earlier ones. Each
/// wanted value takes the first item that it can, which leaves the most items to the next.
pub(crate) fn not_in_order<'a>(wanted: &[&'a Value], items: &[&'a Value]) -> Vec<&'a Value> {
    let (comparison, ours, theirs) = compare_all(wanted, items);
    let mut left = ours.as_slice();
    for item in theirs {
        if let [next, rest @ ..] = left
            && comparison.related(*next, item)
        {
            left = rest;
        }
    }
    wanted[wanted.len() - left.len()..].to_vec()
}
