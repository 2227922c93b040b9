package assertions

import (
	"fmt"
	"math"
	"slices"

	"testingkit.dev/go/value"
)

var shapeRules = rules{
	"matches_shape": {compare: matchesShape},
}

// boundShape is a shape among the arguments, whose assertions are valid.
type boundShape struct {
	shape Shape
	check check // The assertion that the shape is, or nil.
	parts []*boundShape
	text  func() string
}

// mismatch is a place at which a value does not have its shape.
type mismatch struct {
	difference

	shape   *boundShape // The shape there, or nil if it is a value or an assertion that was evaluated.
	failure *Detail     // Of the assertion there, or nil.
}

// shapePair is what a value and its shape have at a segment of the path: nil for a side without it.
type shapePair struct {
	segment string
	actual  value.Value
	shape   *boundShape
}

func (m mismatch) details() []Detail {
	details := m.difference.details()
	if m.shape != nil && m.path != "$" {
		details = append(details, textDetail("shape", m.shape.text())...)
	}
	if m.failure != nil {
		details = append(details, *m.failure)
	}
	return details
}

func matchesShape(actual value.Value, shape *boundShape) finding {
	found, code := findMismatch(actual, shape)
	if code != "" || found == nil {
		return finding{passed: true, code: code}
	}
	return finding{details: found.details()}
}

// findMismatch returns the first mismatch, or nil. It evaluates all assertions on values in the actual
// one; code is that of the first error.
func findMismatch(actual value.Value, bound *boundShape) (found *mismatch, code value.ErrorCode) {
	switch shape := bound.shape.(type) {
	case AnyShape:
		return nil, ""
	case ValueShape:
		if difference, ok := firstDifference(actual, shape.Value, value.Equality); ok {
			return &mismatch{difference: difference}, ""
		}
		return nil, ""
	case ListShape:
		if list, ok := actual.(value.List); ok {
			return firstMismatch(listShapePairs(list, bound))
		}
	case MapShape:
		if actual, ok := actual.(value.Map); ok {
			return mapMismatch(actual, shape, bound)
		}
	case RecordShape:
		record, ok := actual.(value.Record)
		if ok && (record.Name() == shape.Name || record.Name() == "" || shape.Name == "") {
			return firstMismatch(recordShapePairs(record, shape, bound))
		}
	default:
		return failedCheck(actual, bound)
	}
	return notOfShape(actual, bound), ""
}

func mapMismatch(actual value.Map, shape MapShape, bound *boundShape) (found *mismatch, code value.ErrorCode) {
	found, code = firstMismatch(mapShapePairs(actual, shape, bound))
	if code == "" && found == nil && !shape.Open && len(shape.Entries) != len(actual.Entries()) {
		return notOfShape(actual, bound), ""
	}
	return found, code
}

func failedCheck(actual value.Value, bound *boundShape) (found *mismatch, code value.ErrorCode) {
	result := bound.check.find(actual)
	if result.code != "" || result.passed {
		return nil, result.code
	}
	failure := failureDetail(bound.check.failure(actual, result))
	return &mismatch{difference: difference{path: "$"}, failure: &failure}, ""
}

// notOfShape returns the mismatch of a shape and something else, nil for nothing.
func notOfShape(actual value.Value, bound *boundShape) *mismatch {
	if shape, ok := bound.shape.(ValueShape); ok {
		return &mismatch{difference: difference{path: "$", left: actual, right: shape.Value}}
	}
	return &mismatch{difference: difference{path: "$", left: actual}, shape: bound}
}

// firstMismatch returns the first mismatch of the pairs. It goes on to the end, for the errors of
// assertions.
func firstMismatch(pairs []shapePair) (first *mismatch, code value.ErrorCode) {
	for _, pair := range pairs {
		found, code := pair.mismatch()
		if code != "" {
			return nil, code
		}
		if first == nil && found != nil {
			found.path = "$" + pair.segment + found.path[1:]
			first = found
		}
	}
	return first, ""
}

func (p shapePair) mismatch() (found *mismatch, code value.ErrorCode) {
	switch {
	case p.shape == nil:
		return &mismatch{difference: difference{path: "$", left: p.actual}}, ""
	case p.actual == nil:
		return notOfShape(nil, p.shape), ""
	default:
		return findMismatch(p.actual, p.shape)
	}
}

func listShapePairs(actual value.List, bound *boundShape) []shapePair {
	pairs := make([]shapePair, max(len(actual), len(bound.parts)))
	for i := range pairs {
		pairs[i].segment = fmt.Sprintf("[%d]", i)
		if i < len(actual) {
			pairs[i].actual = actual[i]
		}
		if i < len(bound.parts) {
			pairs[i].shape = bound.parts[i]
		}
	}
	return pairs
}

// mapShapePairs returns the entries of the map with their partners, and then those of the shape. No pair
// comes twice.
func mapShapePairs(actual value.Map, shape MapShape, bound *boundShape) []shapePair {
	entries, keys := actual.Entries(), shape.sortedKeys()
	oursWith := value.Partners(itemsOf(actual), keys)
	var pairs []shapePair
	for i, entry := range entries {
		pair := shapePair{segment: keySegment(entry.Key), actual: entry.Value}
		if oursWith[i] >= 0 {
			pair.shape = bound.parts[oursWith[i]]
		}
		if pair.shape != nil || !shape.Open {
			pairs = append(pairs, pair)
		}
	}
	for i, partner := range value.Partners(keys, itemsOf(actual)) {
		switch {
		case partner < 0:
			pairs = append(pairs, shapePair{segment: keySegment(keys[i]), shape: bound.parts[i]})
		case oursWith[partner] != i:
			entry := entries[partner]
			pairs = append(pairs, shapePair{keySegment(entry.Key), entry.Value, bound.parts[i]})
		}
	}
	return pairs
}

// recordShapePairs returns the fields of the record, and then those that only the shape has.
func recordShapePairs(actual value.Record, shape RecordShape, bound *boundShape) []shapePair {
	shapes := map[string]*boundShape{}
	for i, field := range shape.Fields {
		shapes[field.Name] = bound.parts[i]
	}
	var pairs []shapePair
	values := map[string]bool{}
	for _, field := range actual.Fields() {
		values[field.Name] = true
		pairs = append(pairs, shapePair{value.PathSegment(field.Name), field.Value, shapes[field.Name]})
	}
	for _, field := range shape.Fields {
		if !values[field.Name] {
			pairs = append(pairs, shapePair{segment: value.PathSegment(field.Name), shape: shapes[field.Name]})
		}
	}
	return pairs
}

// demandShape requires keys of maps and names of fields that values can have.
func demandShape(shape Shape) value.ErrorCode {
	switch shape := shape.(type) {
	case MapShape:
		keys := shape.sortedKeys()
		if slices.ContainsFunc(keys, isNaNKey) || len(value.Repeated(keys)) > 0 {
			return value.BadArgument
		}
	case RecordShape:
		names := map[string]bool{}
		for _, field := range shape.Fields {
			names[field.Name] = true
		}
		if len(names) < len(shape.Fields) {
			return value.BadArgument
		}
	}
	for _, part := range shape.parts() {
		if code := demandShape(part); code != "" {
			return code
		}
	}
	return ""
}

func isNaNKey(key value.Value) bool {
	number, ok := key.(value.Float)
	return ok && math.IsNaN(float64(number))
}
