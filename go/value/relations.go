package value

import (
	"bytes"
	"math"
	"slices"
)

// Relation is one of the three relations between values (docs/kit/value.md, relations).
type Relation int

// The relations.
const (
	Equality Relation = iota
	Identity
	Equivalence
)

// Equal reports whether two values have the same kind and the same value at every depth. NaN equals
// NaN.
//
// Equal, [Identical], [Equivalent], [Order] and [Sort] panic for a value that does not pass [Check].
func Equal(left, right Value) bool {
	return Equality.Holds(left, right)
}

// Identical reports whether two values are equal and have the same signs of floats and the same
// offsets of times at every depth.
func Identical(left, right Value) bool {
	return Identity.Holds(left, right)
}

// Equivalent reports whether two values are equal when integers and floats compare by exact value
// at every depth.
func Equivalent(left, right Value) bool {
	return Equivalence.Holds(left, right)
}

// Holds reports whether two values relate. It panics for a value that does not pass [Check].
func (r Relation) Holds(left, right Value) bool {
	RequireDepth(left, right)
	verdict := r.byPlace(left, right)
	if verdict != open {
		return verdict == yes
	}
	comparison := NewComparison(r, left, right)
	return comparison.Related(comparison.Left, comparison.Right)
}

// HoldsByPlace reports whether two values relate place by place. If not, they relate only in rare
// cases, which a [Comparison] decides.
func (r Relation) HoldsByPlace(left, right Value) bool {
	return r.byPlace(left, right) == yes
}

// verdict is what comparing two values place by place shows.
type verdict int

const (
	no verdict = iota
	yes
	open // The values may relate, but not place by place.
)

func verdictOf(holds bool) verdict {
	if holds {
		return yes
	}
	return no
}

// byPlace compares two values place by place, which nearly always suffices. The items of a set and
// the entries of a map are in canonical order, so those that relate have the same place, unless
// records, or ints and floats, tie.
func (r Relation) byPlace(left, right Value) verdict {
	if IsNumber(left) && IsNumber(right) {
		return verdictOf(r.holdsForNumbers(left, right))
	}
	if left.Kind() != right.Kind() {
		return no
	}
	switch left := left.(type) {
	case Bool, Text, Duration:
		return verdictOf(left == right)
	case Bytes:
		return verdictOf(bytes.Equal(left, right.(Bytes)))
	case Time:
		return verdictOf(r.holdsForTimes(left, right.(Time)))
	case Enum:
		right := right.(Enum)
		return verdictOf(left.Type == right.Type && left.Number == right.Number)
	case Error:
		return verdictOf(compareErrors(left, right.(Error)) == 0)
	default:
		return r.containersByPlace(left, right)
	}
}

func (r Relation) containersByPlace(left, right Value) verdict {
	switch left := left.(type) {
	case List:
		right := right.(List)
		return eachByPlace(left, right, r.byPlace)
	case Set:
		return eachByPlace(left.items, right.(Set).items, r.itemsByPlace)
	case Map:
		return eachByPlace(left.entries, right.(Map).entries, r.entriesByPlace)
	case Record:
		return r.recordsByPlace(left, right.(Record))
	case Message:
		return r.recordsByPlace(left.record, right.(Message).record)
	case Outcome:
		right := right.(Outcome)
		if left.Ending != right.Ending {
			return no
		}
		return r.byPlace(left.Payload, right.Payload)
	default:
		return yes // Null
	}
}

// eachByPlace returns the first verdict of two parts that is not yes, or yes.
func eachByPlace[T any](left, right []T, byPlace func(left, right T) verdict) verdict {
	if len(left) != len(right) {
		return no
	}
	for i := range left {
		if verdict := byPlace(left[i], right[i]); verdict != yes {
			return verdict
		}
	}
	return yes
}

// itemsByPlace compares two items of sets that have the same place.
func (r Relation) itemsByPlace(left, right Value) verdict {
	verdict := r.byPlace(left, right)
	if verdict != yes && !r.isSimple(left.Kind()) && !r.isSimple(right.Kind()) {
		return open
	}
	return verdict
}

// entriesByPlace compares two entries of maps that have the same place.
func (r Relation) entriesByPlace(left, right Entry) verdict {
	verdict := r.itemsByPlace(left.Key, right.Key)
	if verdict != yes {
		return verdict
	}
	verdict = r.byPlace(left.Value, right.Value)
	if verdict != yes && !r.isSimple(left.Key.Kind()) && !r.isSimple(right.Key.Kind()) {
		return open
	}
	return verdict
}

// isSimple reports whether at most one item of a set, or key of a map, relates to a value of this
// kind, and no value of another kind. In canonical order, the related ones have the same place.
func (r Relation) isSimple(kind Kind) bool {
	if kind == KindInt || kind == KindFloat {
		return r != Equivalence
	}
	return !hasParts(kind)
}

func (r Relation) holdsForNumbers(left, right Value) bool {
	if IsNaN(left) || IsNaN(right) {
		return IsNaN(left) && IsNaN(right)
	}
	if left.Kind() != right.Kind() && r != Equivalence {
		return false
	}
	if CompareNumbers(left, right) != 0 {
		return false
	}
	if r != Identity || left.Kind() == KindInt {
		return true
	}
	return math.Signbit(float64(left.(Float))) == math.Signbit(float64(right.(Float)))
}

func (r Relation) holdsForTimes(left, right Time) bool {
	sameInstant := left.Seconds == right.Seconds && left.Nanos == right.Nanos
	return sameInstant && (r != Identity || left.UTCOffsetSeconds == right.UTCOffsetSeconds)
}

func (r Relation) recordsByPlace(left, right Record) verdict {
	if !left.NameRelatesTo(right) || len(left.fields) != len(right.fields) {
		return no
	}
	ours, theirs := left.fields, right.fields
	if !slices.EqualFunc(ours, theirs, sameName) {
		ours, theirs = sortedFields(left), sortedFields(right)
		if !slices.EqualFunc(ours, theirs, sameName) {
			return no
		}
	}
	return eachByPlace(ours, theirs, func(left, right Field) verdict {
		return r.byPlace(left.Value, right.Value)
	})
}

func sameName(left, right Field) bool {
	return left.Name == right.Name
}

// NameRelatesTo reports whether two records have the same name, or one of them has none.
func (r Record) NameRelatesTo(other Record) bool {
	return r.name == other.name || r.name == "" || other.name == ""
}
