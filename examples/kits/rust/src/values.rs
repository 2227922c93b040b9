//! Tests of what native values become: the sentences of the pages about Rust.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::time::Duration;

use testingkit::prelude::*;
use testingkit::value::{AnyError, ConversionError, Record, Value};

use crate::Basket;

struct Price {
    cents: i64,
}

impl ToValue for Price {
    fn to_value(&self) -> Result<Value, ConversionError> {
        let fields = [
            ("cents", self.cents.to_value()?),
            ("currency", "EUR".to_value()?),
        ];
        Record::new("Price", fields).map(Value::from)
    }
}

#[test]
fn a_type_chooses_its_value() {
    require!(Price { cents: 590 }, is_record_named("Price"));
    require!(Price { cents: 590 }, equal(Price { cents: 590 }));
}

#[derive(ToValue)]
struct Article {
    name: &'static str,
    #[testingkit(rename = "stock")]
    in_stock: u32,
    #[testingkit(skip)]
    _cache: Cell<Option<u32>>,
    state: State,
}

#[derive(ToValue)]
enum State {
    Hidden,
    Sold { by: &'static str },
}

#[test]
fn derived_values() {
    let article = Article {
        name: "egg",
        in_stock: 6,
        _cache: Cell::new(None),
        state: State::Sold { by: "dozen" },
    };
    require!(article.state, is_record_named("Sold"));
    require!(State::Hidden, is_enum_value("State", "Hidden"));
    let failure = check!(article, is_null()).unwrap_err();
    require!(
        failure.to_string(),
        contains_text(r#"Article{name: "egg", stock: 6, state: Sold{by: "dozen"}}"#)
    );
}

#[test]
fn matchers_are_values() {
    let is_price = satisfies_all((is_positive(), is_at_most(10_000)));
    require!(590, is_price);
    require!([320, 270], all_satisfy(&is_price));
    require!(is_price.matches(&-1), is_false());
    let text = "satisfies_all(checks: [is_positive(), is_at_most(limit: 10000)])";
    require!(is_price.to_string(), equal(text));
}

#[test]
fn types_of_arguments() {
    let names = ["bread", "egg"];
    require!(names, contains_all(vec!["egg"]));
    require!(names, has_length(2_u8));
    require!(Octets(b"abc"), starts_with_bytes(b"ab"));
    require!(
        Duration::from_secs(90),
        is_between(Duration::from_secs(60), Duration::from_secs(120))
    );
    require!(
        HashMap::from([("egg", 6), ("tea", 1)]),
        has_entries(BTreeMap::from([("egg", 6)]))
    );
}

#[test]
fn meaning() {
    require!(5_u8, equal(5_i64));
    require!(5.0, not_equal(5));
    require!(5.0, equivalent(5));
    require!(f64::NAN, equal(f64::NAN));
    require!(-0.0, equal(0.0));
    require!(-0.0, not_identical(0.0));
    require!(Some(Some(5)), equal(5));
    require!(None::<i32>, is_null());
    require!(Rc::new(Cow::from("tea")), equal("tea"));
    require!(
        (1, "a"),
        equal(Value::List(vec![Value::from(1), Value::from("a")]))
    );
    require!(BTreeSet::from([1, 2]), not_equal([1, 2]));
    require!(vec![1_u8, 2], not_equal(Octets([1, 2])));
    require!(Ok::<_, String>(5), not_equal(5));
}

#[test]
fn outcomes() {
    let mut basket = Basket::default();
    require!(basket.add("bread", 320, 1), succeeds());
    require!(basket.add("egg", 45, -1), fails());
    require!(basket.redeem("SPRING"), fails_with_type("VoucherError"));
    require!(
        basket.redeem("SPRING"),
        fails_with_message("unknown voucher: SPRING")
    );
    require!("12".parse::<i32>(), returns_value(12));

    require!(outcome(|| basket.lines[9].price()), panics());
    require!(outcome(|| basket.redeem("SPRING")), does_not_panic());
    require!(outcome(|| basket.total()), returns_value(320));

    require!("x".parse::<i32>(), fails_with_type("error"));
    require!("x".parse::<i32>().map_err(AnyError), fails());
    require!(
        "x".parse::<i32>().map_err(|_| "no number"),
        fails_with_message("no number")
    );
}
