use std::cell::{Cell, OnceCell, RefCell};
use std::cmp::{Ordering, Reverse};
use std::error::Error;
use std::ffi::{CString, OsString};
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::{NonZero, Saturating, Wrapping};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64};
use std::sync::{Mutex, OnceLock, RwLock};

use super::*;
use crate::render::canonical;
use crate::value::limits::{MAX_DEPTH, MAX_POINTERS, MAX_RANGE_ITEMS};
use crate::value::{AnyError, ErrorType, ErrorValue, Record};

fn shown<T: ToValue + ?Sized>(native: &T) -> String {
    to_value(native).map_or_else(|error| error.to_string(), |value| canonical(&value))
}

#[test]
fn options_flatten_and_results_become_outcomes() {
    assert_eq!(shown(&Some(Some(5))), "5");
    assert_eq!(shown(&None::<Option<u8>>), "null");
    #[derive(Debug)]
    struct NotFound;
    impl std::fmt::Display for NotFound {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("no file")
        }
    }
    impl std::error::Error for NotFound {}
    impl ErrorType for NotFound {
        fn testingkit_error_type(&self) -> &'static str {
            "not_found"
        }
    }
    assert_eq!(shown(&Ok::<_, NotFound>(vec![1.5_f32])), "returned([1.5])");
    assert_eq!(
        shown(&Err::<(), _>(NotFound)),
        "failed(error(not_found, \"no file\"))"
    );
}

#[test]
fn octets_become_bytes_and_other_vectors_lists() {
    assert_eq!(shown(&Octets(b"ab")), "b\"ab\"");
    assert_eq!(shown(&Octets(vec![97_u8])), "b\"a\"");
    assert_eq!(shown(&vec![97_u8]), "[97]");
    assert_eq!(shown(&("a", 'b', 3_u128)), "[\"a\", \"b\", 3]");
}

#[test]
fn conversion_errors_have_the_path_of_the_part() {
    let late = std::time::Duration::from_secs(u64::MAX);
    let map = BTreeMap::from([("a b", vec![Some(late)])]);
    assert_eq!(shown(&map), "too_large at $[\"a b\"][0]");
    assert_eq!(shown(&BTreeSet::from([late])), "too_large at $");
}

#[test]
fn nesting_over_128_levels_is_too_large() {
    let nested = |levels: usize| {
        (1..levels).fold(Value::List(Vec::new()), |inner, _| Value::List(vec![inner]))
    };
    assert!(to_value(&nested(128)).is_ok());
    let place = format!("too_large at ${}", "[0]".repeat(128));
    assert_eq!(shown(&nested(129)), place);
}

#[test]
fn types_of_the_standard_library_convert_as_documented() {
    let not_text = CString::new([0xff]).unwrap_or_default();
    let wide = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    let cases: Vec<(Box<dyn ToValue>, &str)> = vec![
        (Box::new(wide), "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]"),
        (Box::new(1..4_u8), "[1, 2, 3]"),
        (Box::new(1..=3_i64), "[1, 2, 3]"),
        (Box::new(-1..=1_i128), "[-1, 0, 1]"),
        (Box::new('a'..='b'), "[\"a\", \"b\"]"),
        (Box::new(1..1_u8), "[]"),
        (Box::new(0..u64::MAX), "too_large at $"),
        (Box::new(0..=MAX_RANGE_ITEMS), "too_large at $"),
        (Box::new(NonZero::<u8>::MIN), "1"),
        (
            Box::new(NonZero::<i128>::MIN),
            "-170141183460469231731687303715884105728",
        ),
        (Box::new(Wrapping(3_u8)), "3"),
        (Box::new(Saturating(3_u8)), "3"),
        (Box::new(Reverse("a")), "\"a\""),
        (
            Box::new([Ordering::Less, Ordering::Greater]),
            "[Ordering.Less, Ordering.Greater]",
        ),
        (Box::new(IpAddr::V6(Ipv6Addr::LOCALHOST)), "\"::1\""),
        (
            Box::new(SocketAddr::from(([10, 0, 0, 1], 80))),
            "\"10.0.0.1:80\"",
        ),
        (Box::new(CString::default()), "\"\""),
        (Box::new(not_text), "not_convertible at $"),
        (Box::new(OsString::from("a")), "\"a\""),
        (Box::new(Path::new("a/../b")), "\"a/../b\""),
        (Box::new(Cell::new(Some(1))), "1"),
        (Box::new(RefCell::new(vec![1])), "[1]"),
        (Box::new(Arc::new(Mutex::new("a"))), "\"a\""),
        (Box::new(RwLock::new(1)), "1"),
        (Box::new(OnceCell::<u8>::new()), "null"),
        (Box::new(OnceLock::from(1)), "1"),
        (Box::new(AtomicBool::new(true)), "true"),
        (Box::new((AtomicI64::new(-1),)), "[-1]"),
        (Box::new(Box::pin(1)), "1"),
        (Box::new(Cow::from("a")), "\"a\""),
        (Box::new(Rc::<[u8]>::from([1])), "[1]"),
    ];
    for (native, expected) in cases {
        assert_eq!(shown(&native), expected);
    }
}

#[test]
fn content_that_cannot_be_read_does_not_convert() {
    let cell = RefCell::new(1);
    let borrowed = cell.borrow_mut();
    assert_eq!(shown(&[&cell]), "not_convertible at $[0]");
    drop(borrowed);
    assert_eq!(shown(&cell), "1");

    let mutex = Mutex::new(1);
    let locked = mutex.lock();
    assert_eq!(shown(&mutex), "not_convertible at $");
    drop(locked);
    let lock = RwLock::new(1);
    let written = lock.write();
    assert_eq!(shown(&lock), "not_convertible at $");
    drop(written);
    let poisoned = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let (_mutex, _lock) = (mutex.lock(), lock.write());
        std::panic::resume_unwind(Box::new("poison"));
    }));
    assert!(poisoned.is_err());
    assert_eq!(shown(&mutex), "not_convertible at $");
    assert_eq!(shown(&lock), "not_convertible at $");
}

#[test]
fn errors_of_other_crates_convert() {
    #[derive(Debug)]
    struct Foreign(Option<Box<dyn Error>>);
    impl fmt::Display for Foreign {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match &self.0 {
                Some(inner) => write!(f, "foreign: {inner}"),
                None => f.write_str("foreign"),
            }
        }
    }
    impl Error for Foreign {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.0.as_deref()
        }
    }
    let digits = "x".parse::<u8>();
    assert_eq!(
        shown(&digits),
        "failed(error(error, \"invalid digit found in string\"))"
    );
    assert_eq!(shown(&"1".parse::<u8>()), "returned(1)");
    let read: io::Result<()> = Err(io::Error::other("no disk"));
    assert_eq!(shown(&read), "failed(error(error, \"no disk\"))");
    let wrapped = || Foreign(Some(Box::new(io::Error::other("no disk"))));
    let text = "failed(error(error, \"foreign\", cause: error(error, \"no disk\")))";
    assert_eq!(shown(&Err::<(), _>(AnyError(wrapped()))), text);
    let boxed: Result<(), Box<dyn Error>> = Err(Box::new(wrapped()));
    assert_eq!(shown(&boxed), text);
    let shared: Result<(), Box<dyn Error + Send + Sync>> = Err("only a text".into());
    assert_eq!(shown(&shared), "failed(error(error, \"only a text\"))");
    assert_eq!(
        shown(&Err::<(), _>("a text")),
        "failed(error(error, \"a text\"))"
    );
    assert_eq!(
        shown(&Err::<(), _>("a text".to_owned())),
        "failed(error(error, \"a text\"))"
    );
    assert_eq!(
        shown(&Err::<(), _>(Arc::new(fmt::Error))),
        shown(&Err::<(), _>(fmt::Error))
    );
    assert_eq!(shown(&[io::Error::other("a")]), "[error(error, \"a\")]");
    assert_eq!(
        shown(&(Box::new(fmt::Error) as Box<dyn Error>)),
        shown(&fmt::Error)
    );
}

#[test]
fn an_error_whose_text_fails_converts_with_what_it_wrote() {
    #[derive(Debug)]
    struct Silent;
    impl fmt::Display for Silent {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("begun")?;
            Err(fmt::Error)
        }
    }
    impl Error for Silent {}
    assert_eq!(shown(&AnyError(Silent)), "error(error, \"begun\")");
}

/// An error with this many causes.
#[derive(Debug)]
struct Chain {
    cause: Option<Box<Chain>>,
    typed: bool,
}

impl Chain {
    fn new(causes: usize, typed: bool) -> Self {
        let innermost = Self { cause: None, typed };
        (0..causes).fold(innermost, |inner, _| Self {
            cause: Some(Box::new(inner)),
            typed,
        })
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }
}

impl Error for Chain {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &dyn Error)
    }
}

impl ErrorType for Chain {
    fn testingkit_cause(&self) -> Option<&dyn ErrorType> {
        let cause = self.cause.as_deref().filter(|_| self.typed);
        cause.map(|cause| cause as &dyn ErrorType)
    }
}

impl Drop for Chain {
    fn drop(&mut self) {
        let mut next = self.cause.take();
        while let Some(mut cause) = next {
            next = cause.cause.take();
        }
    }
}

#[test]
fn causes_over_the_limit_are_too_large() {
    for typed in [false, true] {
        for causes in [MAX_DEPTH, 1_000_000] {
            let path = format!("too_large at ${}", ".causes[0]".repeat(MAX_DEPTH));
            let error = ErrorValue::from(&Chain::new(causes, typed));
            assert_eq!(shown(&Value::Error(error)), path);
        }
        let error = ErrorValue::from(&Chain::new(MAX_DEPTH - 1, typed));
        assert!(to_value(&Value::Error(error)).is_ok());
    }
}

/// A native type that contains itself in as many ways as a type can.
struct Node {
    boxed: Option<Box<Node>>,
    listed: Vec<Node>,
    shared: RefCell<Option<Rc<Node>>>,
}

impl Node {
    fn new() -> Self {
        Self {
            boxed: None,
            listed: Vec::new(),
            shared: RefCell::new(None),
        }
    }

    /// Drops the boxed nodes without recursion.
    fn take_apart(mut self) {
        while let Some(inner) = self.boxed.take() {
            self = *inner;
        }
    }
}

impl ToValue for Node {
    fn to_value(&self) -> Result<Value, ConversionError> {
        if let Some(inner) = &self.boxed {
            let inner = inner.to_value().map_err(|error| error.within(".boxed"))?;
            return Record::new("Node", [("boxed", inner)]).map(Value::from);
        }
        if self.listed.is_empty() {
            return self.shared.to_value();
        }
        self.listed.to_value()
    }
}

#[test]
fn a_recursive_native_type_over_the_limit_is_too_large() {
    let listed = (0..200).fold(Node::new(), |inner, _| Node {
        listed: vec![inner],
        ..Node::new()
    });
    assert_eq!(
        shown(&listed),
        format!("too_large at ${}", "[0]".repeat(MAX_DEPTH))
    );
    for levels in [MAX_DEPTH + 1, MAX_POINTERS + 1, 1_000_000] {
        let boxed = (0..levels).fold(Node::new(), |inner, _| Node {
            boxed: Some(Box::new(inner)),
            ..Node::new()
        });
        assert!(shown(&boxed).starts_with("too_large at $.boxed"));
        boxed.take_apart();
    }
    assert_eq!(shown(&Some(1)), "1");
}

#[test]
fn a_cell_that_contains_itself_is_a_cycle() {
    let node = Rc::new(Node::new());
    *node.shared.borrow_mut() = Some(Rc::clone(&node));
    assert_eq!(shown(&node), "cycle at $");
    *node.shared.borrow_mut() = None;
    assert_eq!(shown(&node), "null");
    let cell = RefCell::new(1);
    assert_eq!(shown(&[&cell, &cell]), "[1, 1]");

    #[derive(Clone)]
    struct Locked(Arc<Mutex<Vec<Locked>>>);
    impl ToValue for Locked {
        fn to_value(&self) -> Result<Value, ConversionError> {
            self.0.to_value()
        }
    }
    let locked = Locked(Arc::new(Mutex::new(Vec::new())));
    if let Ok(mut inner) = locked.0.lock() {
        inner.push(locked.clone());
    }
    assert_eq!(shown(&locked), "cycle at $[0]");
    if let Ok(mut inner) = locked.0.lock() {
        inner.clear();
    }
    let empty = OnceCell::new();
    empty.get_or_init(OnceCell::<u8>::new);
    assert_eq!(shown(&empty), "null");
}
