//! The place of a conversion: how deep it is, and within which cells.
//!
//! [`ToValue`](super::ToValue) has no argument for it, because types of users implement the trait.

use std::cell::{Cell, RefCell};

use crate::value::limits::{MAX_DEPTH, MAX_POINTERS};
use crate::value::{ConversionError, ErrorCode, Value};

/// The address of a cell and its type: a cell may begin with another one.
type Place = (usize, &'static str);

type Converted = Result<Value, ConversionError>;

thread_local! {
    static LEVELS: Cell<usize> = const { Cell::new(0) };
    static POINTERS: Cell<usize> = const { Cell::new(0) };
    static CELLS: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
}

/// Returns the number of levels around the current value.
pub(super) fn level() -> usize {
    LEVELS.get()
}

/// Converts a part of a container, one level deeper.
pub(in crate::value) fn in_container(convert: impl FnOnce() -> Converted) -> Converted {
    // The value itself is on level 1.
    within(&LEVELS, MAX_DEPTH - 1, convert)
}

/// Converts what a pointer points to.
pub(super) fn behind_pointer(convert: impl FnOnce() -> Converted) -> Converted {
    within(&POINTERS, MAX_POINTERS, convert)
}

/// Converts the content of a cell at this address. Only cells can contain themselves.
pub(super) fn in_cell<T: ?Sized>(cell: &T, convert: impl FnOnce() -> Converted) -> Converted {
    let address = std::ptr::from_ref(cell).cast::<()>().addr();
    let place = (address, std::any::type_name::<T>());
    if CELLS.with_borrow(|cells| cells.contains(&place)) {
        return Err(ConversionError::new(ErrorCode::Cycle));
    }
    CELLS.with_borrow_mut(|cells| cells.push(place));
    let _left = OnDrop(|| CELLS.with_borrow_mut(|cells| cells.truncate(cells.len() - 1)));
    behind_pointer(convert)
}

fn within(
    counter: &'static std::thread::LocalKey<Cell<usize>>,
    limit: usize,
    convert: impl FnOnce() -> Converted,
) -> Converted {
    let around = counter.get();
    if around >= limit {
        return Err(ConversionError::new(ErrorCode::TooLarge));
    }
    counter.set(around + 1);
    let _left = OnDrop(|| counter.set(around));
    convert()
}

/// Calls a function at the end, also if the conversion panics.
struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}
