//! Tests of shapes of native values.
#![cfg(feature = "macros")]

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use testingkit::matching::{Check, NativeShape, Nested};
use testingkit::prelude::*;

#[derive(ToValue)]
struct User {
    id: i64,
    name: &'static str,
}

const fn user(id: i64, name: &'static str) -> User {
    User { id, name }
}

fn failure(actual: &impl ToValue, shape: NativeShape) -> String {
    let failure = check!(actual, matches_shape(shape)).err();
    failure
        .map(|failure| failure.to_string())
        .unwrap_or_default()
}

#[test]
fn values_have_shapes() {
    let key = "id";
    let ids = BTreeMap::from([("id", 7), ("at", 8)]);
    let is_odd_id = shape!(is_odd());
    require!(7, matches_shape(shape!(7)));
    require!(7, matches_shape(shape!(is_odd())));
    require!((), matches_shape(anything()));
    require!((1, "x"), matches_shape(shape!([is_odd(), "x"])));
    require!([1, 2], matches_shape(shape!([1, [2].len() + 1,])));
    require!(ids, matches_shape(shape!({"id": is_odd_id, "at": 8})));
    require!(ids, matches_shape(shape!({(key): is_odd_id, ..})));
    require!(ids, matches_shape(shape!({ .. })));
    require!(
        HashMap::from([(-1, true)]),
        matches_shape(shape!({-1: is_true()}))
    );
    require!(HashMap::<i32, i32>::new(), matches_shape(shape!({})));
    require!([0; 0], matches_shape(shape!([])));
    require!(
        [user(7, "Ada")],
        matches_shape(shape!([User {
            name: "Ada",
            id: is_odd()
        }]))
    );
    require!(
        user(7, "Ada"),
        matches_shape(shape!(_ { id: anything(), name: "Ada", }))
    );
    require!(
        [[1]],
        matches_shape(shape!([matches_shape(shape!([is_odd()]))]))
    );
    require!(
        [1],
        matches_shape(shape!([if key.is_empty() { 0 } else { 1 }]))
    );
    require!(
        [ids],
        all_satisfy(matches_shape(shape!({"id": is_positive(), ..})))
    );
}

#[test]
fn a_matcher_can_be_in_a_box() {
    let boxed: Box<dyn Check> = Box::new(is_odd());
    require!([7], matches_shape(shape!([Nested(boxed)])));
}

#[test]
fn the_failure_is_at_the_place_of_the_matcher() {
    let actual = HashMap::from([("users", [user(7, "Ada"), user(-1, "Bob")])]);
    let shape = shape!({"users": [anything(), _ { id: is_positive(), name: "Bob" }]});
    require!(
        failure(&actual, shape),
        equal(
            "matches_shape(shape: {\"users\": [any, record{id: is_positive(), name: \"Bob\"}]}) failed\n  \
             actual: {\"users\": [User{id: 7, name: \"Ada\"}, User{id: -1, name: \"Bob\"}]}\n  \
             path: $.users[1].id\n  \
             failure:\n    \
             is_positive() failed\n      \
             actual: -1"
        )
    );
}

#[test]
fn a_part_without_matchers_is_a_value() {
    let text = failure(
        &(1, ()),
        shape!([is_odd(), {"a": [User { id: 1, name: "Ada" }]}]),
    );
    let place = "\n  path: $[1]\n  left: null\n  right: {\"a\": [User{id: 1, name: \"Ada\"}]}";
    require!(text, ends_with(place));
}

#[test]
fn keys_and_fields_must_be_unique() {
    let text = failure(&1, shape!({1: 2, 1: 3}));
    require!(
        text,
        starts_with("matches_shape(shape: {1: 2, 1: 3}) error: bad_argument")
    );
    let text = failure(&1, shape!(User { id: 2, id: 3 }));
    require!(
        text,
        starts_with("matches_shape(shape: User{id: 2, id: 3}) error: bad_argument")
    );
}

#[test]
fn what_does_not_convert_has_its_path() {
    let stock = Mutex::new(6);
    let _guard = stock.lock();
    let text = failure(&1, shape!({"a": [1, _ { b: stock }], ..}));
    let line = "\n  shape: Mutex<i32> does not convert at $.a[1].b";
    require!(
        text,
        equal(format!("matches_shape() error: not_convertible{line}"))
    );
    let text = failure(&1, shape!({"a": [1, equal((1, &stock))]}));
    let line = "\n  expected: (i32, &Mutex<i32>) does not convert at $[1]";
    require!(
        text,
        equal(format!("matches_shape() error: not_convertible{line}"))
    );
    let text = failure(&1, shape!([{(&stock): 1}]));
    let line = "\n  shape: &Mutex<i32> does not convert at $[0]";
    require!(
        text,
        equal(format!("matches_shape() error: not_convertible{line}"))
    );
}

#[test]
fn open_maps_and_shapes_of_items() {
    let user = user(7, "Ada");
    let ids = BTreeMap::from([("Ada", 7), ("Bob", 8)]);
    let is_user = shape!(User {
        id: is_positive(),
        name: anything()
    });
    require!(user, matches_shape(is_user.clone()));
    require!(
        [("first", &user)],
        matches_shape(shape!([["first", is_user]]))
    );
    require!([user], all_satisfy(matches_shape(is_user)));
    require!(ids, matches_shape(shape!({"Ada": is_odd(), ..})));
}
