package assertions

import (
	"fmt"

	"testingkit.dev/go/value"
)

// pair is what two containers have at one place; nil for a side that has nothing there.
type pair struct {
	place       value.Value // An index, a key or a name.
	left, right value.Value
}

// areNumbers reports whether all values are numbers.
func areNumbers(values []value.Value) bool {
	for _, v := range values {
		if !value.IsNumber(v) {
			return false
		}
	}
	return true
}

// numbersOf returns what must be numbers: the items of a list or the values of a map.
func numbersOf(container value.Value) []value.Value {
	entries, ok := container.(value.Map)
	if !ok {
		return itemsOf(container)
	}
	values := make([]value.Value, 0, len(entries.Entries()))
	for _, entry := range entries.Entries() {
		values = append(values, entry.Value)
	}
	return values
}

// allCloseTo finds the first index at which two lists of numbers are not close.
func allCloseTo(actual value.Value, arguments []value.Value) finding {
	if !areNumbers(numbersOf(actual)) {
		return finding{code: value.WrongKind}
	}
	pairs := listPairs(actual.(value.List), arguments[0].(value.List))
	found, ok := firstApart("index", pairs, arguments[1])
	if !ok {
		return finding{passed: true}
	}
	return found
}

// mapCloseTo finds the first key at which two maps of numbers are not close.
func mapCloseTo(actual value.Value, arguments []value.Value) finding {
	if !areNumbers(numbersOf(actual)) {
		return finding{code: value.WrongKind}
	}
	left, right := actual.(value.Map), arguments[0].(value.Map)
	found, ok := firstApart("key", mapPairs(left, right), arguments[1])
	if !ok {
		return finding{passed: len(left.Entries()) == len(right.Entries())}
	}
	return found
}

// firstApart returns the finding on the first pair that is not close; ok is false without one.
func firstApart(name string, pairs []pair, tolerance value.Value) (found finding, ok bool) {
	for _, pair := range pairs {
		details := []Detail{{Name: name, Value: pair.place}}
		if pair.left == nil || pair.right == nil {
			return finding{details: details}, true
		}
		delta, within, err := measureDelta(pair.left, pair.right, tolerance)
		if err != nil {
			return finding{code: value.TooLarge}, true
		}
		if !within {
			return finding{details: append(details, Detail{Name: "delta", Value: delta})}, true
		}
	}
	return finding{}, false
}

func listPairs(left, right value.List) []pair {
	pairs := make([]pair, max(len(left), len(right)))
	for i := range pairs {
		pairs[i].place = value.NewInt(int64(i))
		if i < len(left) {
			pairs[i].left = left[i]
		}
		if i < len(right) {
			pairs[i].right = right[i]
		}
	}
	return pairs
}

// mapPairs returns the entries of the left map with their partners, and then those of the right
// one. No pair comes twice: in maps within each other the pairs would double with each level.
func mapPairs(left, right value.Map) []pair {
	ours, theirs := left.Entries(), right.Entries()
	oursWith := value.Partners(itemsOf(left), itemsOf(right))
	pairs := make([]pair, 0, len(ours))
	for i, partner := range oursWith {
		next := pair{place: ours[i].Key, left: ours[i].Value}
		if partner >= 0 {
			next.right = theirs[partner].Value
		}
		pairs = append(pairs, next)
	}
	for i, partner := range value.Partners(itemsOf(right), itemsOf(left)) {
		switch {
		case partner < 0:
			pairs = append(pairs, pair{place: theirs[i].Key, right: theirs[i].Value})
		case oursWith[partner] != i:
			pairs = append(pairs, pair{ours[partner].Key, ours[partner].Value, theirs[i].Value})
		}
	}
	return pairs
}

// fieldPairs returns the fields of the left record, and then those that only the right one has.
func fieldPairs(left, right value.Record) []pair {
	ours, theirs := byFieldName(left), byFieldName(right)
	var pairs []pair
	for _, field := range left.Fields() {
		pairs = append(pairs, pair{value.Text(field.Name), field.Value, theirs[field.Name]})
	}
	for _, field := range right.Fields() {
		if ours[field.Name] == nil {
			pairs = append(pairs, pair{value.Text(field.Name), nil, field.Value})
		}
	}
	return pairs
}

func byFieldName(record value.Record) map[string]value.Value {
	fields := map[string]value.Value{}
	for _, field := range record.Fields() {
		fields[field.Name] = field.Value
	}
	return fields
}

// structureCloseTo finds the first place at which two values are neither equal nor close floats.
func structureCloseTo(actual value.Value, arguments []value.Value) finding {
	found, ok := structure{arguments[1]}.difference(actual, arguments[0])
	if !ok {
		return finding{passed: true}
	}
	found.path = "$" + found.path
	details := found.details()
	if areFloats(found.left, found.right) {
		// The error is about integers, which these are not.
		delta, _, _ := measureDelta(found.left, found.right, arguments[1])
		details = append(details, Detail{Name: "delta", Value: delta})
	}
	return finding{details: details}
}

func areFloats(left, right value.Value) bool {
	_, leftOK := left.(value.Float)
	_, rightOK := right.(value.Float)
	return leftOK && rightOK
}

// structure compares values with a tolerance for floats.
type structure struct {
	tolerance value.Value
}

// difference returns the first difference with its path from here; ok is false without one.
func (s structure) difference(left, right value.Value) (found difference, ok bool) {
	here := difference{left: left, right: right}
	if areFloats(left, right) {
		_, within, _ := measureDelta(left, right, s.tolerance)
		return here, !within
	}
	switch one := left.(type) {
	case value.List:
		if other, ok := right.(value.List); ok {
			return s.firstDifference(listPairs(one, other), indexSegment)
		}
	case value.Map:
		if other, ok := right.(value.Map); ok {
			found, ok := s.firstDifference(mapPairs(one, other), keySegment)
			if !ok && len(one.Entries()) != len(other.Entries()) {
				return here, true
			}
			return found, ok
		}
	case value.Record:
		if other, ok := right.(value.Record); ok && one.NameRelatesTo(other) {
			return s.firstDifference(fieldPairs(one, other), keySegment)
		}
	case value.Message:
		if other, ok := right.(value.Message); ok && one.Record().Name() == other.Record().Name() {
			return s.firstDifference(fieldPairs(one.Record(), other.Record()), keySegment)
		}
	case value.Outcome:
		other, ok := right.(value.Outcome)
		if ok && one.Ending == value.Returned && other.Ending == value.Returned {
			_, differ := s.difference(one.Payload, other.Payload)
			return here, differ
		}
	}
	return here, !value.Equal(left, right)
}

// firstDifference returns the first difference in the pairs of two containers; ok is false without
// one.
func (s structure) firstDifference(
	pairs []pair, segment func(place value.Value) string,
) (found difference, ok bool) {
	for _, pair := range pairs {
		if pair.left == nil || pair.right == nil {
			return difference{segment(pair.place), pair.left, pair.right}, true
		}
		if found, ok := s.difference(pair.left, pair.right); ok {
			found.path = segment(pair.place) + found.path
			return found, true
		}
	}
	return difference{}, false
}

func indexSegment(index value.Value) string {
	return fmt.Sprintf("[%s]", index)
}
