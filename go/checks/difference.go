package checks

import (
	"fmt"
	"slices"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

// relation is one of value.Equal, value.Identical and value.Equivalent.
type relation func(left, right value.Value) bool

// difference is a place in two values, with the value of each side there; nil if a side has none.
type difference struct {
	path        string
	left, right value.Value
}

// details returns the details that apply, in catalog order.
func (d difference) details() []Detail {
	var details []Detail
	if d.path != "$" {
		details = append(details, Detail{Name: "path", Value: value.Text(d.path)})
		if d.left != nil {
			details = append(details, Detail{Name: "left", Value: d.left})
		}
		if d.right != nil {
			details = append(details, Detail{Name: "right", Value: d.right})
		}
	}
	left, leftOK := d.left.(value.Text)
	right, rightOK := d.right.(value.Text)
	if leftOK && rightOK {
		details = append(details, textDetails([]rune(left), []rune(right))...)
	}
	return details
}

// firstDifference returns the first place at which two values that do not relate differ.
func firstDifference(left, right value.Value, related relation) difference {
	found := difference{path: "$", left: left, right: right}
	for found.left != nil && found.right != nil {
		step, ok := stepDown(found.left, found.right, related)
		if !ok {
			break
		}
		found = difference{path: found.path + step.path, left: step.left, right: step.right}
	}
	return found
}

// stepDown returns the first difference one level down, with a path of one segment; ok is false if
// the values differ as a whole.
func stepDown(left, right value.Value, related relation) (step difference, ok bool) {
	switch left := left.(type) {
	case value.List:
		if right, ok := right.(value.List); ok {
			return listStep(left, right, related), true
		}
	case value.Map:
		if right, ok := right.(value.Map); ok {
			return mapStep(left.Entries(), right.Entries(), related)
		}
	case value.Record:
		if right, ok := right.(value.Record); ok {
			return recordStep(left, right, related)
		}
	}
	return difference{}, false
}

func listStep(left, right value.List, related relation) difference {
	i := 0
	for i < min(len(left), len(right)) && related(left[i], right[i]) {
		i++
	}
	step := difference{path: fmt.Sprintf("[%d]", i)}
	if i < len(left) {
		step.left = left[i]
	}
	if i < len(right) {
		step.right = right[i]
	}
	return step
}

func mapStep(left, right []value.Entry, related relation) (step difference, ok bool) {
	if entry, ok := unmatched(left, right, related); ok {
		step := difference{path: keySegment(entry.Key), left: entry.Value}
		if partner, ok := byKey(right, entry.Key, related); ok {
			step.right = partner.Value
		}
		return step, true
	}
	if entry, ok := unmatched(right, left, related); ok {
		step := difference{path: keySegment(entry.Key), right: entry.Value}
		if partner, ok := byKey(left, entry.Key, related); ok {
			step.path, step.left = keySegment(partner.Key), partner.Value
		}
		return step, true
	}
	return difference{}, false
}

// unmatched returns the first of the entries that is not related to one of the others.
func unmatched(entries, others []value.Entry, related relation) (found value.Entry, ok bool) {
	for _, entry := range entries {
		matched := slices.ContainsFunc(others, func(other value.Entry) bool {
			return related(entry.Key, other.Key) && related(entry.Value, other.Value)
		})
		if !matched {
			return entry, true
		}
	}
	return value.Entry{}, false
}

// byKey returns the first entry whose key is related to key.
func byKey(entries []value.Entry, key value.Value, related relation) (found value.Entry, ok bool) {
	for _, entry := range entries {
		if related(key, entry.Key) {
			return entry, true
		}
	}
	return value.Entry{}, false
}

// keySegment returns the segment of a map entry in a path.
func keySegment(key value.Value) string {
	if text, ok := key.(value.Text); ok {
		return value.PathSegment(string(text))
	}
	return "{" + render.Canonical(key) + "}"
}

func recordStep(left, right value.Record, related relation) (step difference, ok bool) {
	if left.Name() != "" && right.Name() != "" && left.Name() != right.Name() {
		return difference{}, false
	}
	for _, field := range left.Fields() {
		other := fieldOf(right, field.Name)
		if other == nil || !related(field.Value, other) {
			path := value.PathSegment(field.Name)
			return difference{path: path, left: field.Value, right: other}, true
		}
	}
	for _, field := range right.Fields() {
		if fieldOf(left, field.Name) == nil {
			return difference{path: value.PathSegment(field.Name), right: field.Value}, true
		}
	}
	return difference{}, false
}

// fieldOf returns the value of a field, or nil if the record does not have it.
func fieldOf(record value.Record, name string) value.Value {
	for _, field := range record.Fields() {
		if field.Name == name {
			return field.Value
		}
	}
	return nil
}

// textDetails returns the details of the first code point at which two texts differ.
func textDetails(left, right []rune) []Detail {
	index := 0
	for index < min(len(left), len(right)) && left[index] == right[index] {
		index++
	}
	details := intDetail("index", index)
	if index < len(left) {
		details = append(details, codePoint("left_code_point", left[index]))
	}
	if index < len(right) {
		details = append(details, codePoint("right_code_point", right[index]))
	}
	return details
}

func codePoint(name string, point rune) Detail {
	return Detail{Name: name, Value: value.Text(fmt.Sprintf("U+%04X", point))}
}
