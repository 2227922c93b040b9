// Generated from `catalog/` by `make generate`. Do not edit.

//! Sets.

use crate::matching::{Definition, Matcher, takes};

/// Passes when every item of `actual` occurs in `other`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2], is_subset_of([1, 2, 3]));
/// assert!(!is_subset_of([1, 2, 3]).matches(&[1, 4]));
/// ```
pub const fn is_subset_of<Other: takes::Items>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_subset_of", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when every item of `other` occurs in `actual`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2, 3], is_superset_of([1, 2]));
/// assert!(!is_superset_of([1, 2]).matches(&[1, 3]));
/// ```
pub const fn is_superset_of<Other: takes::Items>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_superset_of", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when every item of `actual` occurs in `other`, and some item of `other` does not occur
/// in `actual`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1, 2], is_proper_subset_of([1, 2, 3]));
/// assert!(!is_proper_subset_of([1, 2, 3]).matches(&[1, 2, 3]));
/// ```
pub const fn is_proper_subset_of<Other: takes::Items>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_proper_subset_of", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when no item of `actual` occurs in `other`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([3, 4], is_disjoint_from([1, 2]));
/// assert!(!is_disjoint_from([1, 2]).matches(&[2, 3]));
/// ```
pub const fn is_disjoint_from<Other: takes::Items>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_disjoint_from", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when at least one item of `actual` occurs in `other`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([2, 3], intersects([1, 2]));
/// assert!(!intersects([1, 2]).matches(&[3, 4]));
/// ```
pub const fn intersects<Other: takes::Items>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("intersects", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when every item of `actual` occurs in `other`, and every item of `other` in `actual`.
///
/// `actual` is items.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([2, 1, 2], has_same_members_as([1, 2]));
/// assert!(!has_same_members_as([1, 2]).matches(&[1, 3]));
/// ```
pub const fn has_same_members_as<Other: takes::Items>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("has_same_members_as", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}
