package checks

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
	// MaxValuePoints is the number of code points that are shown of one value.
	MaxValuePoints = 1_000
	// MaxTextPoints is the number of code points over which a text ends early.
	MaxTextPoints = 8_000
)

var (
	namePattern = regexp.MustCompile(`\A[a-z][a-z0-9_]*\z`)
	bareDetails = []string{"path", "left_code_point", "right_code_point"}
)

// Text is the text of the verdict as a user sees it; empty for Pass.
func (v Verdict) Text() string {
	if v.Status == Pass {
		return ""
	}
	return cutLines(strings.Split(strings.Join(v.lines(), "\n"), "\n"))
}

func (v Verdict) lines() []string {
	lines := []string{
		v.Assertion.call() + " " + v.ending(),
		"  actual: " + shown(v.Actual),
	}
	for _, detail := range v.Details {
		lines = append(lines, "  "+detail.Name+": "+detail.shown())
	}
	if v.Diff != "" {
		lines = append(lines, "  diff:")
		for line := range strings.Lines(v.Diff) {
			lines = append(lines, "    "+strings.TrimSuffix(line, "\n"))
		}
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

func (a Assertion) call() string {
	var arguments []string
	for _, argument := range a.inCatalogOrder() {
		arguments = append(arguments, shownName(argument.Name)+": "+shown(argument.Value))
	}
	return shownName(a.Name) + "(" + strings.Join(arguments, ", ") + ")"
}

// inCatalogOrder are the arguments in catalog order, unknown ones last.
func (a Assertion) inCatalogOrder() []Argument {
	parameters := catalog[a.Name].Parameters
	place := func(argument Argument) int {
		index := slices.IndexFunc(parameters, func(p Parameter) bool { return p.Name == argument.Name })
		if index < 0 {
			return len(parameters)
		}
		return index
	}
	arguments := slices.Clone(a.Arguments)
	slices.SortStableFunc(arguments, func(one, other Argument) int { return place(one) - place(other) })
	return arguments
}

func (d Detail) shown() string {
	if text, isText := d.Value.(value.Text); isText && slices.Contains(bareDetails, d.Name) {
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

func cut(text string) string {
	points := []rune(text)
	if len(points) <= MaxValuePoints {
		return text
	}
	return fmt.Sprintf("%s…+%d", string(points[:MaxValuePoints]), len(points)-MaxValuePoints)
}

// cutLines ends the text early, at a line, where it is too long.
func cutLines(lines []string) string {
	whole := strings.Join(lines, "\n")
	if utf8.RuneCountInString(whole) <= MaxTextPoints {
		return whole
	}
	used := 0
	for count, line := range lines {
		used += utf8.RuneCountInString(line) + 1
		if used > MaxTextPoints && count > 0 {
			last := fmt.Sprintf("… %d more lines", len(lines)-count)
			return strings.Join(append(slices.Clone(lines[:count]), last), "\n")
		}
	}
	return whole
}
