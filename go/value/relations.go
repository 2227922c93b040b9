package value

import (
	"bytes"
	"math"
	"slices"
)

// Equal reports whether two values have the same kind and the same value at every depth. NaN equals
// NaN. The rules are in docs/kit/value.md, relations.
//
// Equal, [Identical], [Equivalent], [Order] and [Sort] panic for a value that does not pass [Check].
func Equal(left, right Value) bool {
	RequireDepth(left, right)
	return equality.holds(left, right)
}

// Identical reports whether two values are equal and have the same signs of floats and the same
// offsets of times at every depth.
func Identical(left, right Value) bool {
	RequireDepth(left, right)
	return identity.holds(left, right)
}

// Equivalent reports whether two values are equal when integers and floats compare by exact value
// at every depth.
func Equivalent(left, right Value) bool {
	RequireDepth(left, right)
	return equivalence.holds(left, right)
}

// relation is one of the three relations. Its methods differ only where the relations do.
type relation int

const (
	equality relation = iota
	identity
	equivalence
)

func (r relation) holds(left, right Value) bool {
	if IsNumber(left) && IsNumber(right) {
		return r.holdsForNumbers(left, right)
	}
	if left.Kind() != right.Kind() {
		return false
	}
	switch left := left.(type) {
	case Bool, Text, Duration:
		return left == right
	case Bytes:
		return bytes.Equal(left, right.(Bytes))
	case Time:
		return r.holdsForTimes(left, right.(Time))
	case Enum:
		right := right.(Enum)
		return left.Type == right.Type && left.Number == right.Number
	default:
		return r.holdsForContainers(left, right)
	}
}

func (r relation) holdsForContainers(left, right Value) bool {
	switch left := left.(type) {
	case List:
		return slices.EqualFunc(left, right.(List), r.holds)
	case Set:
		return mutual(left.items, right.(Set).items, r.holds)
	case Map:
		return mutual(left.entries, right.(Map).entries, r.holdsForEntries)
	case Record:
		return r.holdsForRecords(left, right.(Record))
	case Error:
		return compareErrors(left, right.(Error)) == 0
	case Outcome:
		right := right.(Outcome)
		return left.Ending == right.Ending && r.holds(left.Payload, right.Payload)
	default:
		return true // Null
	}
}

func (r relation) holdsForNumbers(left, right Value) bool {
	if IsNaN(left) || IsNaN(right) {
		return IsNaN(left) && IsNaN(right)
	}
	if left.Kind() != right.Kind() && r != equivalence {
		return false
	}
	if CompareNumbers(left, right) != 0 {
		return false
	}
	if r != identity || left.Kind() == KindInt {
		return true
	}
	return math.Signbit(float64(left.(Float))) == math.Signbit(float64(right.(Float)))
}

func (r relation) holdsForTimes(left, right Time) bool {
	sameInstant := left.Seconds == right.Seconds && left.Nanos == right.Nanos
	return sameInstant && (r != identity || left.UTCOffsetSeconds == right.UTCOffsetSeconds)
}

func (r relation) holdsForEntries(left, right Entry) bool {
	return r.holds(left.Key, right.Key) && r.holds(left.Value, right.Value)
}

func (r relation) holdsForRecords(left, right Record) bool {
	if left.name != "" && right.name != "" && left.name != right.name {
		return false
	}
	return slices.EqualFunc(sortedFields(left), sortedFields(right), func(left, right Field) bool {
		return left.Name == right.Name && r.holds(left.Value, right.Value)
	})
}

// mutual reports whether both sides have the same length and each element is related to one on the
// other side. Both sides are in canonical order, so comparing in pairs nearly always suffices.
func mutual[T any](left, right []T, related func(left, right T) bool) bool {
	if len(left) != len(right) {
		return false
	}
	reversed := func(right, left T) bool { return related(left, right) }
	return slices.EqualFunc(left, right, related) ||
		(eachRelated(left, right, related) && eachRelated(right, left, reversed))
}

// eachRelated reports whether each of the elements is related to one of the others.
func eachRelated[T any](elements, others []T, related func(element, other T) bool) bool {
	for _, element := range elements {
		if !slices.ContainsFunc(others, func(other T) bool { return related(element, other) }) {
			return false
		}
	}
	return true
}
