//! Holds the fast paths to the verdicts of the kit, on many random values.

use super::{FAST, Fast};
use crate::assertions::{Assertion, Status, catalog};
use crate::value::{ConversionError, Octets, Plain, ToValue, Value, to_value};

const ROUNDS: usize = 4_000;

/// Random numbers, the same in every run (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    fn pick<T: Copy>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())]
    }

    fn list<T: Copy>(&mut self, options: &[T]) -> Vec<T> {
        (0..self.below(4)).map(|_| self.pick(options)).collect()
    }
}

const INTS: [i64; 7] = [-1, 0, 1, 2, 3, i64::MIN, i64::MAX];
const FLOATS: [f64; 8] = [
    0.0,
    -0.0,
    1.0,
    -1.5,
    2.0,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
];
const TEXTS: [&str; 7] = ["", "a", "ab", "ba", "é", "aé", "z"];

/// Returns a native value of few different ones, so that equal ones are frequent.
fn native(random: &mut Random) -> Box<dyn ToValue> {
    match random.below(20) {
        0 => Box::new(()),
        1 => Box::new(random.below(2) == 0),
        2..4 => Box::new(random.pick(&INTS)),
        4 => Box::new(random.pick(&[0_u8, 1, 2])),
        5 => Box::new(random.pick(&[0, 1, u128::from(u64::MAX), u128::MAX])),
        6..8 => Box::new(random.pick(&FLOATS)),
        8 => Box::new(random.pick(&[0.1_f32, 1.0, f32::NAN])),
        9..11 => Box::new(random.pick(&TEXTS)),
        11 => Box::new(random.pick(&TEXTS).to_owned()),
        12 => Box::new(Octets(random.pick(&[b"".as_slice(), b"a", b"ab"]))),
        13 => Box::new(random.pick(&[None, Some(1), Some(2)])),
        14 => Box::new(random.list(&INTS)),
        15 => Box::new(random.list(&[0_i32, 1, 2])),
        16 => Box::new(random.list(&FLOATS)),
        17 => Box::new([random.below(3), random.below(3)]),
        18 => Box::new(random.list(&TEXTS)),
        _ => Box::new(Value::from(random.pick(&INTS))),
    }
}

fn is_pass(
    name: &str,
    parameters: &[&'static str],
    actual: &dyn ToValue,
    given: &[Box<dyn ToValue>],
) -> Result<bool, ConversionError> {
    let mut assertion = Assertion::new(name);
    for (parameter, argument) in parameters.iter().zip(given) {
        assertion = assertion.with_argument(*parameter, to_value(argument)?);
    }
    Ok(assertion.evaluate(to_value(actual)?).status == Status::Pass)
}

/// Counts the passes that the fast path of an assertion sees.
fn passes(name: &str, fast: Fast, random: &mut Random) -> Result<usize, ConversionError> {
    let entries = catalog();
    let entry = entries.iter().find(|entry| entry.name() == name);
    let parameters: Vec<_> = entry
        .map(|entry| entry.arguments().collect())
        .unwrap_or_default();
    let mut seen = 0;
    for _ in 0..ROUNDS {
        let actual = native(random);
        let given: Vec<_> = parameters.iter().map(|_| native(random)).collect();
        let plains: Vec<Plain<'_>> = given.iter().map(|one| one.plain()).collect();
        let is_fast = fast(actual.plain(), &plains);
        let is_pass = is_pass(name, &parameters, &actual, &given)?;
        assert!(
            is_pass || !is_fast,
            "{name}: {} and {plains:?} do not pass",
            to_value(&actual)?
        );
        seen += usize::from(is_fast);
    }
    Ok(seen)
}

#[test]
fn what_plainly_passes_is_a_pass_of_the_kit() -> Result<(), ConversionError> {
    let mut random = Random(0x5EED);
    for (name, fast) in FAST {
        let seen = passes(name, *fast, &mut random)?;
        assert!(seen > 0, "the fast path of {name} is never taken");
    }
    Ok(())
}

#[test]
fn every_fast_path_is_of_an_assertion() {
    let names: Vec<_> = catalog().iter().map(|entry| entry.name()).collect();
    for (name, _) in FAST {
        assert!(names.contains(name), "{name}");
    }
}
