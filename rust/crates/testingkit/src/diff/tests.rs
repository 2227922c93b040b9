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

#[test]
fn over_the_limit_of_cells_all_lines_are_replaced() {
    let expected = [vec!["e"; 1000], vec!["shared"]].concat();
    let actual = [vec!["shared"], vec!["a"; 1000]].concat();
    assert!(!lines(&expected, &actual).contains("\n shared\n"));
    assert!(lines(&expected[1..], &actual[..1000]).contains("\n shared\n"));
}
