package assertions

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

const (
	// MaxValuePoints is the number of code points to show of one value.
	MaxValuePoints = 1_000
	// MaxTextPoints is the number of code points above which a failure text is cut.
	MaxTextPoints = 8_000
)

var (
	// namePattern matches the names that are shown without quotes.
	namePattern = regexp.MustCompile(`\A[a-z][a-z0-9_]*\z`)
	// bareDetails are the details whose texts are shown without quotes.
	bareDetails = []string{"path", "place", "left_code_point", "right_code_point", "shape"}
	// blockDetails are the details that have failure texts, whose lines are shown.
	blockDetails = []string{"failure", "failures"}
)

// Text returns the failure text of the verdict, or "" for Pass.
func (v Verdict) Text() string {
	if v.Status == Pass {
		return ""
	}
	return cutLines(strings.Join(v.lines(), "\n"))
}

func (v Verdict) lines() []string {
	lines := []string{
		v.Assertion.call(1) + " " + v.ending(),
		"  actual: " + shown(v.Actual),
	}
	for _, detail := range v.Details {
		lines = append(lines, detail.lines()...)
	}
	if v.Diff != "" {
		lines = append(lines, "  diff:")
		lines = append(lines, indented(strings.TrimSuffix(v.Diff, "\n"))...)
	}
	if v.Assertion.Note != "" {
		lines = append(lines, "  note: "+strings.ReplaceAll(v.Assertion.Note, "\n", "\n    "))
	}
	return lines
}

func (v Verdict) ending() string {
	if v.Status == Error {
		return "error: " + string(v.Code)
	}
	return "failed"
}

// indented returns the lines of a text after four spaces each.
func indented(text string) []string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = "    " + line
	}
	return lines
}

// call returns the assertion, which is on the given level, in the form of a call.
func (a Assertion) call(level int) string {
	if level > MaxLevels {
		return "…"
	}
	var arguments []string
	for _, argument := range a.inCatalogOrder() {
		arguments = append(arguments, shownName(argument.Name)+": "+argument.shown(level+1))
	}
	return shownName(a.Name) + "(" + strings.Join(arguments, ", ") + ")"
}

// shown returns the text of an argument whose assertions are on the given level.
func (a Argument) shown(level int) string {
	switch {
	case a.Check != nil:
		return cut(a.Check.call(level))
	case a.Checks != nil:
		calls := make([]string, 0, len(a.Checks))
		for _, nested := range a.Checks {
			calls = append(calls, nested.call(level))
		}
		return cut("[" + strings.Join(calls, ", ") + "]")
	case a.Shape != nil:
		return cut(shapeText(a.Shape, level))
	default:
		return shown(a.Value)
	}
}

// shapeText returns the text of a shape on the given level.
func shapeText(shape Shape, level int) string {
	if level > MaxLevels {
		return "…"
	}
	opening, closing := "[", "]"
	var parts []string
	switch shape := shape.(type) {
	case AnyShape:
		return "any"
	case ValueShape:
		return shown(shape.Value)
	case CheckShape:
		return shape.Check.call(level)
	case ListShape:
		for _, item := range shape {
			parts = append(parts, shapeText(item, level+1))
		}
	case MapShape:
		opening, closing = "{", "}"
		for _, entry := range shape.sortedEntries() {
			parts = append(parts, shown(entry.Key)+": "+shapeText(entry.Shape, level+1))
		}
		if shape.Open {
			parts = append(parts, "...")
		}
	case RecordShape:
		opening, closing = recordOpening(shape.Name), "}"
		for _, field := range shape.Fields {
			parts = append(parts, render.FieldName(field.Name)+": "+shapeText(field.Shape, level+1))
		}
	}
	return opening + strings.Join(parts, ", ") + closing
}

// recordOpening returns the text of a record before its fields.
func recordOpening(name string) string {
	record, _ := value.RecordOf(name) // Without fields, so without two of the same name.
	return strings.TrimSuffix(render.Truncated(record), "}")
}

// inCatalogOrder returns the arguments in catalog order, with unknown ones last.
func (a Assertion) inCatalogOrder() []Argument {
	parameters := catalog[a.Name].Parameters
	position := func(argument Argument) int {
		i := slices.IndexFunc(parameters, func(p Parameter) bool { return p.Name == argument.Name })
		if i < 0 {
			return len(parameters)
		}
		return i
	}
	arguments := slices.Clone(a.Arguments)
	slices.SortStableFunc(arguments, func(left, right Argument) int {
		return position(left) - position(right)
	})
	return arguments
}

func (d Detail) lines() []string {
	if !slices.Contains(blockDetails, d.Name) {
		return []string{"  " + d.Name + ": " + d.shown()}
	}
	texts := []value.Value{d.Value}
	if list, ok := d.Value.(value.List); ok {
		texts = list
	}
	lines := []string{"  " + d.Name + ":"}
	for _, text := range texts {
		lines = append(lines, indented(textOf(text))...)
	}
	return lines
}

func (d Detail) shown() string {
	if text, ok := d.Value.(value.Text); ok && slices.Contains(bareDetails, d.Name) {
		return cut(string(text))
	}
	return shown(d.Value)
}

func shownName(name string) string {
	if namePattern.MatchString(name) {
		return name
	}
	return shown(value.Text(name))
}

func shown(v value.Value) string {
	return cut(render.Truncated(v))
}

// cut shortens the text of a value to MaxValuePoints.
func cut(text string) string {
	if utf8.RuneCountInString(text) <= MaxValuePoints {
		return text
	}
	points := []rune(text)
	return fmt.Sprintf("%s…+%d", string(points[:MaxValuePoints]), len(points)-MaxValuePoints)
}

// cutLines leaves out the last lines of a text that is longer than MaxTextPoints.
func cutLines(whole string) string {
	if utf8.RuneCountInString(whole) <= MaxTextPoints {
		return whole
	}
	lines := strings.Split(whole, "\n")
	used := 0
	for i, line := range lines {
		used += utf8.RuneCountInString(line) + 1
		if used > MaxTextPoints && i > 0 {
			rest := fmt.Sprintf("… %d more lines", len(lines)-i)
			return strings.Join(append(slices.Clone(lines[:i]), rest), "\n")
		}
	}
	return whole
}
