package value

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
)

// Order returns -1 if left comes before right in the total order (docs/kit/value.md, order), 1 if
// it comes after right, and 0 otherwise. The order is for sorting, never for a verdict.
//
// Order first compares everything that [Equal] compares, and only then what Equal ignores. So two
// equal values without parts are neighbours in a sorted sequence, which [SetOf] relies on.
func Order(left, right Value) int {
	RequireDepth(left, right)
	return compareTotally(left, right)
}

// compareTotally is Order for values that have passed [Check].
func compareTotally(left, right Value) int {
	if byCoarse := coarse.compare(left, right); byCoarse != 0 {
		return byCoarse
	}
	return fine.compare(left, right)
}

// Sort sorts values in the total order.
func Sort(values []Value) {
	RequireDepth(values...)
	slices.SortStableFunc(values, compareTotally)
}

// pass is one of the two comparisons that make up the total order.
type pass int

const (
	coarse pass = iota // Compares what Equal compares.
	fine               // Compares what Equal ignores as well.
)

// rank returns the place of a kind in the order of kinds, as the first kind of that place.
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
	switch left := left.(type) {
	case Bool:
		return compareBools(bool(left), bool(right.(Bool)))
	case Int, Float:
		return p.compareNumbers(left, right)
	case Text:
		return strings.Compare(string(left), string(right.(Text)))
	case Bytes:
		return bytes.Compare(left, right.(Bytes))
	case Time:
		return p.compareTimes(left, right.(Time))
	case Duration:
		return cmp.Compare(left, right.(Duration))
	case Enum:
		return p.compareEnums(left, right.(Enum))
	default:
		return p.compareContainers(left, right)
	}
}

func (p pass) compareContainers(left, right Value) int {
	switch left := left.(type) {
	case List:
		return slices.CompareFunc(left, right.(List), p.compare)
	case Set:
		return slices.CompareFunc(left.items, right.(Set).items, p.compare)
	case Map:
		return slices.CompareFunc(left.entries, right.(Map).entries, p.compareEntries)
	case Record:
		return p.compareRecords(left, right.(Record))
	case Message:
		return p.compareRecords(left.record, right.(Message).record)
	case Error:
		return compareErrors(left, right.(Error))
	case Outcome:
		right := right.(Outcome)
		return cmp.Or(cmp.Compare(left.Ending, right.Ending), p.compare(left.Payload, right.Payload))
	default:
		return 0 // Null
	}
}

// compareBools sorts false before true.
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
	return compareBools(isPositive(left.(Float)), isPositive(right.(Float)))
}

// isPositive reports whether the sign is positive; unlike a comparison, it distinguishes -0.0 from
// 0.0.
func isPositive(number Float) bool {
	return !math.Signbit(float64(number))
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
	if byKey := p.compare(left.Key, right.Key); byKey != 0 {
		return byKey
	}
	return p.compare(left.Value, right.Value)
}

func (p pass) compareFields(left, right Field) int {
	if byName := strings.Compare(left.Name, right.Name); byName != 0 {
		return byName
	}
	return p.compare(left.Value, right.Value)
}

func (p pass) compareRecords(left, right Record) int {
	byFields := slices.CompareFunc(sortedFields(left), sortedFields(right), p.compareFields)
	if p == coarse {
		return byFields
	}
	return cmp.Or(byFields, strings.Compare(left.name, right.name))
}

// sortedFields returns the fields by name: their declared order is for display only. The caller must not
// modify the slice.
func sortedFields(record Record) []Field {
	if slices.IsSortedFunc(record.fields, compareNames) {
		return record.fields
	}
	sorted := slices.Clone(record.fields)
	slices.SortFunc(sorted, compareNames)
	return sorted
}

func compareNames(left, right Field) int {
	return strings.Compare(left.Name, right.Name)
}

func compareErrors(left, right Error) int {
	return cmp.Or(
		strings.Compare(left.Type, right.Type),
		strings.Compare(left.Message, right.Message),
		cmp.Compare(left.Code, right.Code),
		slices.CompareFunc(left.Causes, right.Causes, compareErrors),
	)
}
