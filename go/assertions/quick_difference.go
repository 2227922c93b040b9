package assertions

import (
	"fmt"
	"slices"

	"testingkit.dev/go/value"
)

// maxQuickSteps bounds how often a part is looked at: once for each step around it.
const maxQuickSteps = 8

// quickDifference follows the first difference as far as comparing parts one by one shows it, without a
// comparison of the whole values; complete is false if the difference may go on inside.
func quickDifference(left, right value.Value, relation value.Relation) (found difference, complete bool) {
	found = difference{path: "$", left: left, right: right}
	for range maxQuickSteps {
		segment, left, right, ok := quickStep(found.left, found.right, relation)
		if !ok {
			return found, found.path != "$" && !hasSteps(found.left, found.right)
		}
		found = difference{path: found.path + segment, left: left, right: right}
		if left == nil || right == nil {
			return found, true
		}
	}
	return found, false
}

// hasSteps reports whether a difference of two values can be inside them.
func hasSteps(left, right value.Value) bool {
	kind := left.Kind()
	return kind == right.Kind() &&
		(kind == value.KindList || kind == value.KindMap || kind == value.KindRecord || kind == value.KindMessage)
}

// quickStep returns the step to the first difference one level down; ok is false if there is none, or
// only a comparison finds it.
func quickStep(left, right value.Value, relation value.Relation) (
	segment string, here, there value.Value, ok bool,
) {
	switch left := left.(type) {
	case value.List:
		right, isList := right.(value.List)
		if isList {
			return quickListStep(left, right, relation)
		}
	case value.Map:
		right, isMap := right.(value.Map)
		if isMap && hasTextKeys(left) && hasTextKeys(right) {
			return quickMapStep(left.Entries(), right.Entries(), relation)
		}
	case value.Record:
		right, isRecord := right.(value.Record)
		if isRecord && left.NameRelatesTo(right) {
			return quickRecordStep(left.Fields(), right.Fields(), relation)
		}
	}
	return "", nil, nil, false
}

func quickListStep(left, right value.List, relation value.Relation) (
	segment string, here, there value.Value, ok bool,
) {
	for i := range max(len(left), len(right)) {
		here, there = nil, nil
		if i < len(left) {
			here = left[i]
		}
		if i < len(right) {
			there = right[i]
		}
		if here == nil || there == nil || !relation.Holds(here, there) {
			return fmt.Sprintf("[%d]", i), here, there, true
		}
	}
	return "", nil, nil, false
}

func hasTextKeys(m value.Map) bool {
	return !slices.ContainsFunc(m.Entries(), func(entry value.Entry) bool {
		return entry.Key.Kind() != value.KindText
	})
}

// quickMapStep is for entries whose keys are texts, which are in order.
func quickMapStep(left, right []value.Entry, relation value.Relation) (
	segment string, here, there value.Value, ok bool,
) {
	rest := right
	for _, entry := range left {
		there, rest = entryOf(rest, entry.Key)
		if there == nil || !relation.Holds(entry.Value, there) {
			return keySegment(entry.Key), entry.Value, there, true
		}
	}
	rest = left
	for _, entry := range right {
		if here, rest = entryOf(rest, entry.Key); here == nil {
			return keySegment(entry.Key), nil, entry.Value, true
		}
	}
	return "", nil, nil, false
}

// entryOf returns the value of a key, or nil, and the entries from the key on.
func entryOf(entries []value.Entry, key value.Value) (item value.Value, rest []value.Entry) {
	for i, entry := range entries {
		if entry.Key.(value.Text) >= key.(value.Text) {
			if entry.Key == key {
				item = entry.Value
			}
			return item, entries[i:]
		}
	}
	return nil, nil
}

// quickRecordStep is for records with the same fields in the same order.
func quickRecordStep(left, right []value.Field, relation value.Relation) (
	segment string, here, there value.Value, ok bool,
) {
	sameName := func(one, other value.Field) bool { return one.Name == other.Name }
	if !slices.EqualFunc(left, right, sameName) {
		return "", nil, nil, false
	}
	for i, field := range left {
		if !relation.Holds(field.Value, right[i].Value) {
			return value.PathSegment(field.Name), field.Value, right[i].Value, true
		}
	}
	return "", nil, nil, false
}
