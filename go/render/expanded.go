package render

import (
	"strings"

	"testingkit.dev/go/value"
)

const (
	indent = "  "
	fence  = `"""`
)

// Expanded is the value on lines that all end in LF, one element a line.
func Expanded(v value.Value) string {
	var l lines
	l.expand(0, "", v, "")
	return l.text.String()
}

type lines struct {
	text strings.Builder
}

// expand adds the lines of a value with what stands before its first and after its last line.
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
	opening, named, closing := partsOf(v)
	if len(named) == 0 {
		l.push(depth, before, Canonical(v), after)
		return
	}
	l.push(depth, before, opening)
	for _, part := range named {
		l.expand(depth+1, part.before, part.value, "")
	}
	l.push(depth, closing, after)
}

func (l *lines) push(depth int, pieces ...string) {
	l.text.WriteString(strings.Repeat(indent, depth))
	for _, piece := range pieces {
		l.text.WriteString(piece)
	}
	l.text.WriteByte('\n')
}

// part is a part of a container with what stands before it.
type part struct {
	before string
	value  value.Value
}

// partsOf gives the parts of a container and how it opens and closes; everything else has none.
func partsOf(v value.Value) (opening string, named []part, closing string) {
	switch one := v.(type) {
	case value.List:
		return "[", unnamed(one), "]"
	case value.Set:
		return "set{", unnamed(one.Items()), "}"
	case value.Map:
		for _, entry := range one.Entries() {
			named = append(named, part{Canonical(entry.Key) + ": ", entry.Value})
		}
		return "{", named, "}"
	case value.Record:
		for _, field := range one.Fields() {
			named = append(named, part{FieldName(field.Name) + ": ", field.Value})
		}
		return recordOpening(one), named, "}"
	default:
		return "", nil, ""
	}
}

func unnamed(items []value.Value) []part {
	named := make([]part, len(items))
	for place, item := range items {
		named[place] = part{"", item}
	}
	return named
}
