//! Builds the native values of recipes, in the way that is usual in Rust.

use std::collections::{BTreeMap, VecDeque};
use std::error::Error;
use std::ffi::OsString;
use std::fmt;
use std::os::unix::ffi::OsStringExt as _;
use std::time::{Duration, SystemTime};

use testingkit::value::{ConversionError, ErrorType, ErrorValue, Octets, Record, ToValue, Value};
use testingkit_proto::kit as pb;
use testingkit_proto::kit::recipe::Kind;
use testingkit_proto::kit::sequence::Container;
use tonic::Status;

type Native = Box<dyn ToValue>;

/// Builds the native value of a recipe, or returns `INVALID_ARGUMENT` for a malformed recipe.
pub(crate) fn build(recipe: Option<&pb::Recipe>) -> Result<Native, Status> {
    let kind = recipe.and_then(|recipe| recipe.kind.as_ref());
    Ok(
        match kind.ok_or_else(|| Status::invalid_argument("a recipe has no kind"))? {
            Kind::Boolean(truth) => Box::new(*truth),
            Kind::Signed(number) => Box::new(*number),
            Kind::Unsigned(number) => Box::new(*number),
            Kind::BigInteger(text) => big_integer(text)?,
            Kind::Single(number) => Box::new(*number),
            Kind::Double(number) => Box::new(*number),
            Kind::TextBytes(octets) => Box::new(OsString::from_vec(octets.clone())),
            Kind::Octets(octets) => Box::new(Octets(octets.clone())),
            Kind::Absent(which) => absent(*which)?,
            Kind::NestedOptional(inner) => Box::new(Some(Some(build(Some(inner))?))),
            Kind::Sequence(recipe) => sequence(recipe)?,
            Kind::TextMap(recipe) => text_map(recipe)?,
            Kind::Point(recipe) => Box::new(Point {
                x: recipe.x,
                y: recipe.y,
            }),
            Kind::WrappedError(recipe) => Box::new(OuterError {
                message: recipe.outer_message.clone(),
                inner: InnerError {
                    message: recipe.inner_message.clone(),
                },
            }),
            Kind::Time(recipe) => time(recipe)?,
            Kind::Duration(recipe) => duration(*recipe)?,
        },
    )
}

fn big_integer(text: &str) -> Result<Native, Status> {
    if let Ok(number) = text.parse::<i128>() {
        return Ok(Box::new(number));
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Status::invalid_argument(
            "a big integer is not a decimal number",
        ));
    }
    Ok(Box::new(DecimalText(text.to_owned())))
}

fn absent(which: i32) -> Result<Native, Status> {
    match pb::Absent::try_from(which) {
        Ok(pb::Absent::Value) => Ok(Box::new(None::<i64>)),
        Ok(pb::Absent::List) => Ok(Box::new(Vec::<i64>::new())),
        Ok(pb::Absent::Map) => Ok(Box::new(BTreeMap::<String, i64>::new())),
        _ => Err(Status::invalid_argument(
            "an absent value has an unknown kind",
        )),
    }
}

fn sequence(recipe: &pb::Sequence) -> Result<Native, Status> {
    let items = recipe.items.iter().map(|item| build(Some(item)));
    let items = items.collect::<Result<Vec<_>, _>>()?;
    match Container::try_from(recipe.container) {
        Ok(Container::List) => Ok(Box::new(items)),
        Ok(Container::Fixed) => Ok(Box::new(items.into_boxed_slice())),
        Ok(Container::Queue) => Ok(Box::new(VecDeque::from(items))),
        _ => Err(Status::invalid_argument(
            "a sequence has an unknown container",
        )),
    }
}

fn text_map(recipe: &pb::TextMap) -> Result<Native, Status> {
    let mut built = BTreeMap::new();
    for entry in &recipe.entries {
        if built
            .insert(entry.key.clone(), build(entry.value.as_ref())?)
            .is_some()
        {
            return Err(Status::invalid_argument("a map has the same key twice"));
        }
    }
    Ok(Box::new(built))
}

fn time(recipe: &pb::NativeTime) -> Result<Native, Status> {
    let micros = u64::try_from(recipe.micros)
        .map_err(|_| Status::invalid_argument("microseconds are negative"))?;
    let seconds = Duration::from_secs(recipe.seconds.unsigned_abs());
    let whole = if recipe.seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(seconds)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(seconds)
    };
    whole
        .and_then(|whole| whole.checked_add(Duration::from_micros(micros)))
        .map(|time| Box::new(time) as Native)
        .ok_or_else(|| Status::invalid_argument("a time is out of range"))
}

fn duration(recipe: prost_types::Duration) -> Result<Native, Status> {
    Duration::try_from(recipe)
        .map(|duration| Box::new(duration) as Native)
        .map_err(|_| Status::invalid_argument("a duration is negative"))
}

/// An integer of any size as text, for example from a file or a message.
struct DecimalText(String);

impl ToValue for DecimalText {
    fn to_value(&self) -> Result<Value, ConversionError> {
        self.0.parse().map(Value::Int)
    }
}

/// The struct of a `PointRecord`.
struct Point {
    x: i64,
    y: i64,
}

impl ToValue for Point {
    fn to_value(&self) -> Result<Value, ConversionError> {
        let fields = [("x", self.x.to_value()?), ("y", self.y.to_value()?)];
        Record::new("Point", fields).map(Value::from)
    }
}

/// The wrapping error of a `WrappedError`.
#[derive(Debug)]
struct OuterError {
    message: String,
    inner: InnerError,
}

/// The wrapped error of a `WrappedError`.
#[derive(Debug)]
struct InnerError {
    message: String,
}

impl fmt::Display for OuterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, self.inner)
    }
}

impl fmt::Display for InnerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for OuterError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.inner)
    }
}

impl Error for InnerError {}

impl ErrorType for OuterError {
    fn testingkit_error_type(&self) -> &'static str {
        "outer"
    }

    fn testingkit_cause(&self) -> Option<&dyn ErrorType> {
        Some(&self.inner)
    }
}

impl ErrorType for InnerError {
    fn testingkit_error_type(&self) -> &'static str {
        "inner"
    }
}

impl ToValue for OuterError {
    fn to_value(&self) -> Result<Value, ConversionError> {
        Ok(Value::Error(ErrorValue::from(self)))
    }
}
