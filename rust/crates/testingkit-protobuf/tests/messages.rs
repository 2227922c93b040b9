//! Messages as arguments of the assertions; the guide shows this code.

use prost_types::{Duration, ListValue, Value, value::Kind};
use testingkit::prelude::*;
use testingkit_protobuf::Protobuf;

#[test]
fn timeout_is_shorter_than_the_limit() {
    let timeout = Duration {
        seconds: 7,
        nanos: 0,
    };
    let limit = Duration {
        seconds: 8,
        nanos: 0,
    };
    require!(Protobuf(&timeout), proto_has_field("seconds"));
    require!(Protobuf(&timeout), proto_matches_text("seconds: 7"));
    require!(Protobuf(&timeout), proto_not_equal(Protobuf(&limit)));
    let both: Vec<_> = [&timeout, &limit].map(Protobuf).into();
    require!(both, contains(Protobuf(&limit)));
}

#[test]
fn a_message_that_is_too_deep_does_not_convert() {
    let mut inner = Value {
        kind: Some(Kind::NullValue(0)),
    };
    for _ in 0..50 {
        let values = vec![inner];
        inner = Value {
            kind: Some(Kind::ListValue(ListValue { values })),
        };
    }
    let failure = proto_is_type("google.protobuf.Value").check(&Protobuf(&inner));
    let text = failure.map_err(|failure| failure.to_string());
    require!(text, fails_with_message_containing("does not convert"));
}
