package value

import (
	"bytes"
	"math"
	"slices"
)

// Equal says whether two values are equal: same kind and same value at every depth, NaN equals NaN
// (docs/kit/value.md, relations).
func Equal(left, right Value) bool {
	return equality.related(left, right)
}

// Identical says whether two values are equal with the same float signs and the same offsets of times.
func Identical(left, right Value) bool {
	return identity.related(left, right)
}

// Equivalent says whether two values are equal when integers and floats compare by exact value at
// every depth.
func Equivalent(left, right Value) bool {
	return equivalence.related(left, right)
}

type relation int

const (
	equality relation = iota
	identity
	equivalence
)

func (r relation) related(left, right Value) bool {
	if IsNumber(left) && IsNumber(right) {
		return r.numbersRelated(left, right)
	}
	if left.Kind() != right.Kind() {
		return false
	}
	switch one := left.(type) {
	case Bool, Text, Duration:
		return left == right
	case Bytes:
		return bytes.Equal(one, right.(Bytes))
	case Time:
		return r.timesRelated(one, right.(Time))
	case Enum:
		other := right.(Enum)
		return one.Type == other.Type && one.Number == other.Number
	default:
		return r.containersRelated(left, right)
	}
}

func (r relation) containersRelated(left, right Value) bool {
	switch one := left.(type) {
	case List:
		return slices.EqualFunc(one, right.(List), r.related)
	case Set:
		return mutual(one.items, right.(Set).items, r.related)
	case Map:
		return mutual(one.entries, right.(Map).entries, r.entriesRelated)
	case Record:
		return r.recordsRelated(one, right.(Record))
	case Error:
		return compareErrors(one, right.(Error)) == 0
	case Outcome:
		other := right.(Outcome)
		return one.Ending == other.Ending && r.related(one.Payload, other.Payload)
	default:
		return true // null
	}
}

func (r relation) numbersRelated(left, right Value) bool {
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

func (r relation) timesRelated(left, right Time) bool {
	sameInstant := left.Seconds == right.Seconds && left.Nanos == right.Nanos
	return sameInstant && (r != identity || left.UTCOffsetSeconds == right.UTCOffsetSeconds)
}

func (r relation) entriesRelated(left, right Entry) bool {
	return r.related(left.Key, right.Key) && r.related(left.Value, right.Value)
}

func (r relation) recordsRelated(left, right Record) bool {
	if left.name != "" && right.name != "" && left.name != right.name {
		return false
	}
	return slices.EqualFunc(sortedFields(left), sortedFields(right), func(one, other Field) bool {
		return one.Name == other.Name && r.related(one.Value, other.Value)
	})
}

// mutual says whether there are as many on either side, and each one has a related one on the other.
//
// Both sides are in canonical order, so equal ones nearly always pair up at the first attempt.
func mutual[T any](left, right []T, related func(T, T) bool) bool {
	if len(left) != len(right) {
		return false
	}
	return slices.EqualFunc(left, right, related) ||
		(each(left, right, related) && each(right, left, func(one, other T) bool { return related(other, one) }))
}

func each[T any](ones, others []T, related func(T, T) bool) bool {
	for _, one := range ones {
		if !slices.ContainsFunc(others, func(other T) bool { return related(one, other) }) {
			return false
		}
	}
	return true
}
