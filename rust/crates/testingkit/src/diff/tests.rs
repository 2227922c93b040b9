use super::*;

fn diff(expected: &str, actual: &str) -> String {
    let letters = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    lines(&letters(expected), &letters(actual))
}

#[test]
fn the_examples_of_the_rules_hold() {
    let cases = [
        ("", "", ""),
        ("ab", "ab", ""),
        ("", "a", "@@ -0,0 +1,1 @@\n+a\n"),
        ("a", "", "@@ -1,1 +0,0 @@\n-a\n"),
        ("ab", "ba", "@@ -1,2 +1,2 @@\n-a\n b\n+a\n"),
        ("abc", "xabd", "@@ -1,3 +1,4 @@\n+x\n a\n b\n-c\n+d\n"),
        ("aa", "aaa", "@@ -1,2 +1,3 @@\n a\n a\n+a\n"),
    ];
    for (expected, actual, text) in cases {
        assert_eq!(diff(expected, actual), text, "{expected} {actual}");
    }
}

#[test]
fn changes_six_lines_apart_share_a_hunk_and_seven_do_not() {
    assert_eq!(
        diff("a123456b", "A123456B"),
        "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"
    );
    assert_eq!(
        diff("a1234567b", "A1234567B"),
        "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"
    );
}

/// Makes the choice of `docs/kit/diff.md` with a table, at `[i][j]` the length of the longest common
/// subsequence from there on.
fn edits_by_table<'a>(expected: &[&'a str], actual: &[&'a str]) -> Vec<Edit<'a>> {
    let mut rows = vec![vec![0; actual.len() + 1]; expected.len() + 1];
    for i in (0..expected.len()).rev() {
        for j in (0..actual.len()).rev() {
            rows[i][j] = if expected[i] == actual[j] {
                rows[i + 1][j + 1] + 1
            } else {
                rows[i + 1][j].max(rows[i][j + 1])
            };
        }
    }
    let mut edits = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < expected.len() || j < actual.len() {
        if i < expected.len() && j < actual.len() && expected[i] == actual[j] {
            edits.push(Edit::new(Mark::Kept, expected[i]));
            (i, j) = (i + 1, j + 1);
        } else if i < expected.len() && (j == actual.len() || rows[i + 1][j] >= rows[i][j + 1]) {
            edits.push(Edit::new(Mark::Deleted, expected[i]));
            i += 1;
        } else {
            edits.push(Edit::new(Mark::Inserted, actual[j]));
            j += 1;
        }
    }
    edits
}

/// Calls the function with random pairs of up to twelve lines from few or many letters.
fn for_random_lines(mut test: impl FnMut(&[&str], &[&str])) {
    let mut state: u64 = 1;
    let mut below = |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from((state >> 33) % bound).unwrap_or_default()
    };
    let letters = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    for _ in 0..2000 {
        let bound = [1, 2, 3, 4, 12][below(5)];
        let sides = [(); 2].map(|()| {
            let count = below(13);
            (0..count)
                .map(|_| letters[below(bound)])
                .collect::<Vec<_>>()
        });
        test(&sides[0], &sides[1]);
    }
}

#[test]
fn the_choice_is_that_of_the_table() {
    for_random_lines(|expected, actual| {
        let found = Middle::new(expected, actual).edits(usize::MAX);
        assert_eq!(
            found,
            edits_by_table(expected, actual),
            "{expected:?} {actual:?}"
        );
    });
}

#[test]
fn pieces_have_all_lines() {
    for_random_lines(|expected, actual| {
        let edits = Middle::new(expected, actual).edits(2);
        let without = |mark| {
            let edits = edits.iter().filter(move |edit| edit.mark != mark);
            edits.map(|edit| edit.line).collect::<Vec<_>>()
        };
        assert_eq!(without(Mark::Inserted), expected);
        assert_eq!(without(Mark::Deleted), actual);
    });
}

#[test]
fn a_search_visits_no_more_points_than_there_are_pairs_of_lines() {
    for_random_lines(|expected, actual| {
        let (visited, bound) = Middle::new(expected, actual).visited();
        assert!(
            visited <= bound,
            "{visited} of {bound}: {expected:?} {actual:?}"
        );
    });
}

#[test]
fn what_is_common_is_kept_at_every_size() {
    let expected: Vec<_> = (0..20_000).map(|n| format!("line {n}")).collect();
    let mut actual = expected.clone();
    (0..20_000)
        .step_by(1_000)
        .for_each(|n| actual[n] = "changed".to_owned());
    let text = lines(&expected, &actual);
    let changed = text
        .lines()
        .filter(|line| line.starts_with(['-', '+']))
        .count();
    assert_eq!(changed, 40);
}
