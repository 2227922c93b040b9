package assertions

import (
	"cmp"
	"fmt"

	"testingkit.dev/go/diff"
	"testingkit.dev/go/paths"
	"testingkit.dev/go/value"
)

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

// expandedDifference returns the difference of the expanded texts, or "" if both are single lines: it
// would repeat line 1 and `actual` of the failure text.
func expandedDifference(actual, expected value.Value) string {
	before, after := diff.ExpandedLines(expected), diff.ExpandedLines(actual)
	if len(before) == 1 && len(after) == 1 {
		return ""
	}
	return diff.Lines(before, after)
}

// firstDifference returns the first place at which two values differ; ok is false if they relate.
func firstDifference(left, right value.Value, relation value.Relation) (found difference, ok bool) {
	found, complete := quickDifference(left, right, relation)
	if complete {
		return found, true
	}
	return comparedDifference(found.path, found.left, found.right, relation)
}

// comparedDifference is firstDifference for two values at a path.
func comparedDifference(
	path string, left, right value.Value, relation value.Relation,
) (found difference, ok bool) {
	comparison := value.NewComparison(relation, left, right)
	here := step{left: comparison.Left, right: comparison.Right}
	if comparison.Related(here.left, here.right) {
		return difference{}, false
	}
	for here.left != nil && here.right != nil {
		next, ok := stepDown(comparison, here.left, here.right)
		if !ok {
			break
		}
		path += next.segment
		here = next
	}
	return difference{path: path, left: valueOf(here.left), right: valueOf(here.right)}, true
}

// step is the way to the first difference one level down: the segment of the path, and the parts
// there, nil for a side that has none.
type step struct {
	segment     string
	left, right *value.Part
}

func valueOf(part *value.Part) value.Value {
	if part == nil {
		return nil
	}
	return part.Value
}

// stepDown returns the step to the first difference one level down; ok is false if the parts differ
// as a whole.
func stepDown(comparison *value.Comparison, left, right *value.Part) (next step, ok bool) {
	if left.Value.Kind() != right.Value.Kind() {
		return step{}, false
	}
	switch left.Value.(type) {
	case value.List:
		return listStep(comparison, left.Parts, right.Parts), true
	case value.Map:
		return mapStep(comparison, left.Entries(), right.Entries())
	case value.Record, value.Message:
		return recordStep(comparison, left, right)
	default:
		return step{}, false
	}
}

func listStep(comparison *value.Comparison, left, right []*value.Part) step {
	i := 0
	for i < min(len(left), len(right)) && comparison.Related(left[i], right[i]) {
		i++
	}
	next := step{segment: fmt.Sprintf("[%d]", i)}
	if i < len(left) {
		next.left = left[i]
	}
	if i < len(right) {
		next.right = right[i]
	}
	return next
}

func mapStep(comparison *value.Comparison, left, right [][]*value.Part) (next step, ok bool) {
	if i := comparison.Unmatched(left, right); i >= 0 {
		key, part := left[i][0], left[i][1]
		_, partner := byKey(comparison, right, key)
		return step{segment: keySegment(key.Value), left: part, right: partner}, true
	}
	if i := comparison.Unmatched(right, left); i >= 0 {
		key, part := right[i][0], right[i][1]
		leftKey, partner := byKey(comparison, left, key)
		return step{segment: keySegment(cmp.Or(leftKey, key).Value), left: partner, right: part}, true
	}
	return step{}, false
}

// byKey returns the first entry whose key is related to key, or nil.
func byKey(comparison *value.Comparison, entries [][]*value.Part, key *value.Part) (found, part *value.Part) {
	for _, entry := range entries {
		if comparison.Related(key, entry[0]) {
			return entry[0], entry[1]
		}
	}
	return nil, nil
}

// keySegment returns the segment of a map entry in a path.
func keySegment(key value.Value) string {
	return paths.StepTo(key).String()
}

func recordStep(comparison *value.Comparison, left, right *value.Part) (next step, ok bool) {
	ours, _ := value.RecordIn(left.Value)
	theirs, _ := value.RecordIn(right.Value)
	if !ours.NameRelatesTo(theirs) {
		return step{}, false
	}
	here, there := left.Fields(), right.Fields()
	for _, field := range ours.Fields() {
		part, other := here[field.Name], there[field.Name]
		if other == nil || !comparison.Related(part, other) {
			return step{segment: value.PathSegment(field.Name), left: part, right: other}, true
		}
	}
	for _, field := range theirs.Fields() {
		if here[field.Name] == nil {
			return step{segment: value.PathSegment(field.Name), right: there[field.Name]}, true
		}
	}
	return step{}, false
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
