use super::*;

fn rejection(recorder: &Recorder, kind: &str, names: &[&str]) -> Option<ErrorCode> {
    let fields: Vec<(&str, &dyn ToValue)> = names.iter().map(|name| (*name, &1 as _)).collect();
    recorder.record(kind, &fields).err().map(|error| error.code)
}

#[test]
fn a_mutation_after_recording_does_not_show() {
    let recorder = Recorder::new();
    let mut items = vec!["a"];
    assert_eq!(
        recorder.record("call", &[("items", &items), ("n", &1)]),
        Ok(1)
    );
    items.push("late");
    assert_eq!(recorder.record("tick", &[]), Ok(2));
    assert_eq!(recorder.trace(), "1 call(items: [\"a\"], n: 1)\n2 tick()\n");
    assert_eq!(items.len(), 2);
}

#[test]
fn rejected_events_are_not_recorded_and_take_no_number() {
    let recorder = Recorder::new();
    for kind in ["", "Call", "call\n", "_call", "1call", "ärger"] {
        assert_eq!(
            rejection(&recorder, kind, &[]),
            Some(ErrorCode::BadArgument)
        );
    }
    assert_eq!(
        rejection(&recorder, "call", &["x", "x"]),
        Some(ErrorCode::BadArgument)
    );
    assert_eq!(
        rejection(&recorder, "call", &["X"]),
        Some(ErrorCode::BadArgument)
    );
    assert_eq!(rejection(&recorder, "call", &["x"]), None);
    assert_eq!(recorder.trace(), "1 call(x: 1)\n");
}

#[test]
fn sequence_numbers_continue_after_clear() {
    let recorder = Recorder::new();
    assert_eq!(rejection(&recorder, "first", &[]), None);
    recorder.clear();
    assert_eq!(recorder.trace(), "");
    assert_eq!(rejection(&recorder, "second", &[]), None);
    assert_eq!(recorder.trace(), "2 second()\n");
}

#[test]
fn threads_share_one_sequence() {
    let recorder = Recorder::new();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                (0..100).for_each(|_| assert_eq!(rejection(&recorder, "tick", &[]), None))
            });
        }
    });
    let numbers: Vec<u64> = recorder.events().iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (1..=1600).collect::<Vec<_>>());
}

#[test]
fn a_trace_copies_no_event_under_the_lock() {
    let recorder = Recorder::new();
    assert_eq!(rejection(&recorder, "tick", &["n"]), None);
    let (one, two) = (recorder.shared(), recorder.shared());
    assert!(Arc::ptr_eq(&one[0], &two[0]));
    assert_eq!(recorder.events(), [Event::clone(&one[0])]);
    recorder.clear();
    assert_eq!(one[0].seq, 1);
}
