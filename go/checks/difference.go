package checks

import (
	"fmt"
	"slices"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

type relation func(left, right value.Value) bool

// difference is a place, and what the two sides have there; nil where a side has nothing.
type difference struct {
	path        string
	left, right value.Value
}

// details are those that apply, in catalog order.
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
	left, leftIsText := d.left.(value.Text)
	right, rightIsText := d.right.(value.Text)
	if leftIsText && rightIsText {
		details = append(details, textDetails([]rune(left), []rune(right))...)
	}
	return details
}

// firstDifference walks down from two values that do not relate to the first place where they do not.
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

// stepDown goes one level down; it says false where the values differ as a whole. The path of a step
// is one segment.
func stepDown(left, right value.Value, related relation) (difference, bool) {
	switch one := left.(type) {
	case value.List:
		if other, ok := right.(value.List); ok {
			return listStep(one, other, related), true
		}
	case value.Map:
		if other, ok := right.(value.Map); ok {
			return mapStep(one.Entries(), other.Entries(), related)
		}
	case value.Record:
		if other, ok := right.(value.Record); ok {
			return recordStep(one, other, related)
		}
	}
	return difference{}, false
}

func listStep(left, right value.List, related relation) difference {
	place := 0
	for place < min(len(left), len(right)) && related(left[place], right[place]) {
		place++
	}
	step := difference{path: fmt.Sprintf("[%d]", place)}
	if place < len(left) {
		step.left = left[place]
	}
	if place < len(right) {
		step.right = right[place]
	}
	return step
}

func mapStep(left, right []value.Entry, related relation) (difference, bool) {
	if entry, found := unmatched(left, right, related); found {
		step := difference{path: keySegment(entry.Key), left: entry.Value}
		if partner, found := byKey(right, entry.Key, related); found {
			step.right = partner.Value
		}
		return step, true
	}
	if entry, found := unmatched(right, left, related); found {
		step := difference{path: keySegment(entry.Key), right: entry.Value}
		if partner, found := byKey(left, entry.Key, related); found {
			step.path, step.left = keySegment(partner.Key), partner.Value
		}
		return step, true
	}
	return difference{}, false
}

// unmatched is the first entry that has no related one on the other side.
func unmatched(entries, others []value.Entry, related relation) (value.Entry, bool) {
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

func byKey(entries []value.Entry, key value.Value, related relation) (value.Entry, bool) {
	for _, entry := range entries {
		if related(key, entry.Key) {
			return entry, true
		}
	}
	return value.Entry{}, false
}

func keySegment(key value.Value) string {
	if text, isText := key.(value.Text); isText {
		return value.PathSegment(string(text))
	}
	return "{" + render.Canonical(key) + "}"
}

func recordStep(left, right value.Record, related relation) (difference, bool) {
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

// fieldOf is the value of a field; nil where the record lacks it.
func fieldOf(record value.Record, name string) value.Value {
	for _, field := range record.Fields() {
		if field.Name == name {
			return field.Value
		}
	}
	return nil
}

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
