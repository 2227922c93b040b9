use super::*;

type Checked = Result<(), PatternError>;

fn span(pattern: &str, text: &str) -> Result<Option<(usize, usize)>, PatternError> {
    let found = Pattern::new(pattern)?.find(text);
    Ok(found.map(|found| (found.span.start, found.span.end)))
}

#[test]
fn spans_count_code_points() -> Checked {
    assert_eq!(span("b", "ä😀b")?, Some((2, 3)));
    Ok(())
}

#[test]
fn first_option_is_preferred() -> Checked {
    assert_eq!(span("a|ab", "ab")?, Some((0, 1)));
    Ok(())
}

#[test]
fn lazy_repetition_takes_few() -> Checked {
    assert_eq!(span("a+?", "aaa")?, Some((0, 1)));
    Ok(())
}

#[test]
fn whole_match_tries_every_option() -> Checked {
    assert!(Pattern::new("a|ab")?.matches_whole("ab"));
    Ok(())
}

#[test]
fn group_without_part_in_the_match_has_no_span() -> Checked {
    let found = Pattern::new("(?P<a>a)|(?P<b>b)")?.find("b");
    let b = Some(Span { start: 0, end: 1 });
    let groups = vec![("a".to_owned(), None), ("b".to_owned(), b)];
    assert_eq!(found.map(|found| found.groups), Some(groups));
    Ok(())
}

#[test]
fn matches_that_can_be_empty_are_not_counted() -> Checked {
    assert_eq!(Pattern::new("aa")?.count("aaaaa"), Some(2));
    assert_eq!(Pattern::new("a*")?.count("aaa"), None);
    Ok(())
}

#[test]
fn refusal_has_reason_and_index() {
    let refused = Pattern::new(r"äb\q").err();
    assert_eq!(refused, Some(Reason::BadEscape.at(2)));
    assert_eq!(Reason::BadEscape.at(2).to_string(), "bad_escape at 2");
}

#[test]
fn nested_repetitions_need_no_more_time() -> Checked {
    assert_eq!(span("(a*)*b", &"a".repeat(2_000))?, None);
    Ok(())
}

#[test]
fn deepest_pattern_compiles() -> Checked {
    let pattern = format!("{}a{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH));
    assert_eq!(span(&pattern, "a")?, Some((0, 1)));
    Ok(())
}
