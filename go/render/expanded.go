package render

import (
	"strings"

	"testingkit.dev/go/value"
)

const (
	indent = "  "
	fence  = `"""`
)

// Expanded returns the value with one element a line. Every line ends with LF. It panics for a value
// that does not pass [value.Check].
func Expanded(v value.Value) string {
	value.RequireDepth(v)
	var l lines
	l.expand(0, "", v, "")
	return l.text.String()
}

// lines collects the lines of an expanded text.
type lines struct {
	text strings.Builder
}

// expand appends the lines of a value, with before in front of the first one and after behind the
// last.
func (l *lines) expand(depth int, before string, v value.Value, after string) {
	if outcome, ok := v.(value.Outcome); ok && outcome.Ending == value.Returned {
		l.expand(depth, before+"returned(", outcome.Payload, ")"+after)
		return
	}
	if text, ok := v.(value.Text); ok && strings.Contains(string(text), "\n") {
		l.push(depth, before, fence)
		for line := range strings.SplitSeq(string(text), "\n") {
			l.push(depth+1, value.Escape(line))
		}
		l.push(depth, fence, after)
		return
	}
	opening, elements, closing := elementsOf(v)
	if len(elements) == 0 {
		l.push(depth, before, Canonical(v), after)
		return
	}
	l.push(depth, before, opening)
	for _, e := range elements {
		l.expand(depth+1, e.before, e.value, "")
	}
	l.push(depth, closing, after)
}

// push appends one line.
func (l *lines) push(depth int, pieces ...string) {
	l.text.WriteString(strings.Repeat(indent, depth))
	for _, piece := range pieces {
		l.text.WriteString(piece)
	}
	l.text.WriteByte('\n')
}

// element is an element of a container and the text before it, such as a key.
type element struct {
	before string
	value  value.Value
}

// elementsOf returns the elements of a container and the texts around them. Other values have no
// elements.
func elementsOf(v value.Value) (opening string, elements []element, closing string) {
	switch v := v.(type) {
	case value.List:
		return "[", itemElements(v), "]"
	case value.Set:
		return "set{", itemElements(v.Items()), "}"
	case value.Map:
		for _, entry := range v.Entries() {
			elements = append(elements, element{Canonical(entry.Key) + ": ", entry.Value})
		}
		return "{", elements, "}"
	case value.Record:
		return recordOpening(v), fieldElements(v), "}"
	case value.Message:
		return messageOpening(v), fieldElements(v.Record()), "}"
	default:
		return "", nil, ""
	}
}

func fieldElements(record value.Record) []element {
	elements := make([]element, len(record.Fields()))
	for i, field := range record.Fields() {
		elements[i] = element{FieldName(field.Name) + ": ", field.Value}
	}
	return elements
}

func itemElements(items []value.Value) []element {
	elements := make([]element, len(items))
	for i, item := range items {
		elements[i] = element{"", item}
	}
	return elements
}
