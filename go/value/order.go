package value

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
)

// Order is -1 where left comes first in the total order (docs/kit/value.md, order), 1 where right
// does, 0 where neither does. It is for sorting, never for a verdict.
//
// There are two passes: the coarse one ties whatever Equal ties, and the fine one breaks the tie by
// what Equal ignores. So equal values are neighbours in a sorted sequence, which SetOf relies on.
func Order(left, right Value) int {
	return cmp.Or(coarse.compare(left, right), fine.compare(left, right))
}

// SortValues puts values into the total order.
func SortValues(values []Value) {
	slices.SortStableFunc(values, Order)
}

type pass int

const (
	coarse pass = iota
	fine
)

// rank is the place of a kind in the order of kinds.
func rank(kind Kind) Kind {
	if kind == KindFloat {
		return KindInt
	}
	return kind
}

func (p pass) compare(left, right Value) int {
	if byKind := cmp.Compare(rank(left.Kind()), rank(right.Kind())); byKind != 0 {
		return byKind
	}
	switch one := left.(type) {
	case Bool:
		return compareBools(bool(one), bool(right.(Bool)))
	case Int, Float:
		return p.compareNumbers(left, right)
	case Text:
		return strings.Compare(string(one), string(right.(Text)))
	case Bytes:
		return bytes.Compare(one, right.(Bytes))
	case Time:
		return p.compareTimes(one, right.(Time))
	case Duration:
		return cmp.Compare(one, right.(Duration))
	case Enum:
		return p.compareEnums(one, right.(Enum))
	default:
		return p.compareContainers(left, right)
	}
}

func (p pass) compareContainers(left, right Value) int {
	switch one := left.(type) {
	case List:
		return slices.CompareFunc(one, right.(List), p.compare)
	case Set:
		return slices.CompareFunc(one.items, right.(Set).items, p.compare)
	case Map:
		return slices.CompareFunc(one.entries, right.(Map).entries, p.compareEntries)
	case Record:
		return p.compareRecords(one, right.(Record))
	case Error:
		return compareErrors(one, right.(Error))
	case Outcome:
		other := right.(Outcome)
		return cmp.Or(cmp.Compare(one.Ending, other.Ending), p.compare(one.Payload, other.Payload))
	default:
		return 0
	}
}

func compareBools(left, right bool) int {
	switch {
	case left == right:
		return 0
	case right:
		return -1
	default:
		return 1
	}
}

func (p pass) compareNumbers(left, right Value) int {
	if IsNaN(left) || IsNaN(right) {
		return compareBools(IsNaN(left), IsNaN(right))
	}
	byValue := cmp.Or(CompareNumbers(left, right), cmp.Compare(left.Kind(), right.Kind()))
	if byValue != 0 || p == coarse || left.Kind() == KindInt {
		return byValue
	}
	return compareBools(positive(left.(Float)), positive(right.(Float)))
}

func positive(float Float) bool {
	return !math.Signbit(float64(float))
}

func (p pass) compareTimes(left, right Time) int {
	byInstant := cmp.Or(cmp.Compare(left.Seconds, right.Seconds), cmp.Compare(left.Nanos, right.Nanos))
	if p == coarse {
		return byInstant
	}
	return cmp.Or(byInstant, cmp.Compare(left.UTCOffsetSeconds, right.UTCOffsetSeconds))
}

func (p pass) compareEnums(left, right Enum) int {
	byNumber := cmp.Or(strings.Compare(left.Type, right.Type), cmp.Compare(left.Number, right.Number))
	if p == coarse {
		return byNumber
	}
	return cmp.Or(byNumber, strings.Compare(left.Name, right.Name))
}

func (p pass) compareEntries(left, right Entry) int {
	return cmp.Or(p.compare(left.Key, right.Key), p.compare(left.Value, right.Value))
}

func (p pass) compareFields(left, right Field) int {
	return cmp.Or(strings.Compare(left.Name, right.Name), p.compare(left.Value, right.Value))
}

func (p pass) compareRecords(left, right Record) int {
	byFields := slices.CompareFunc(sortedFields(left), sortedFields(right), p.compareFields)
	if p == coarse {
		return byFields
	}
	return cmp.Or(byFields, strings.Compare(left.name, right.name))
}

// sortedFields are the fields by name, since their declared order is for display only.
func sortedFields(record Record) []Field {
	return slices.SortedFunc(slices.Values(record.fields), func(one, other Field) int {
		return strings.Compare(one.Name, other.Name)
	})
}

func compareErrors(left, right Error) int {
	return cmp.Or(
		strings.Compare(left.Type, right.Type),
		strings.Compare(left.Message, right.Message),
		cmp.Compare(left.Code, right.Code),
		slices.CompareFunc(left.Causes, right.Causes, compareErrors),
	)
}
