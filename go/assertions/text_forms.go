package assertions

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"testingkit.dev/go/diff"
	"testingkit.dev/go/value"
)

var linesParameter = []Parameter{{Name: "lines", kinds: onlyList}}

var textFormEntries = []Entry{
	{Name: "is_blank", actual: onlyText, body: passesIf(ofText(isBlank))},
	{Name: "is_not_blank", actual: onlyText, body: failsIf(ofText(isBlank))},
	{Name: "is_trimmed", actual: onlyText, body: passesIf(ofText(isTrimmed))},
	readerEntry("is_ascii", onlyOf(isASCII)),
	readerEntry("is_ascii_letters", allOf(isLetter)),
	readerEntry("is_ascii_digits", allOf(isDigit)),
	readerEntry("is_ascii_alphanumeric", allOf(isAlphanumeric)),
	readerEntry("is_ascii_lowercase", withSome(isLowerCase, isNot(isUpperCase))),
	readerEntry("is_ascii_uppercase", withSome(isUpperCase, isNot(isLowerCase))),
	readerEntry("is_printable", onlyOf(isNot(value.IsInvisible))),
	countEntry("has_char_count", utf8.RuneCountInString),
	countEntry("has_utf8_length", utf8Length),
	countEntry("has_utf16_length", utf16Length),
	countEntry("has_line_count", lineCount),
	{
		Name: "has_lines", Parameters: linesParameter, Details: []string{"diff"}, actual: onlyText,
		demand: demandTexts, body: hasLines,
	},
}

// reader returns the index at which a text leaves a form, or -1 if the text has it.
type reader func(text string) int

// ofText returns the predicate that holds for the actual value, which is a text.
func ofText(holds func(actual string) bool) predicate {
	return func(actual value.Value, _ []value.Value) bool {
		return holds(textOf(actual))
	}
}

// readerEntry returns the assertion that a text has a form, with the detail "index".
func readerEntry(name string, read reader) Entry {
	return Entry{
		Name: name, Details: []string{"index"}, actual: onlyText,
		body: func(actual value.Value, _ []value.Value) finding {
			index := read(textOf(actual))
			return finding{passed: index < 0, details: intDetail("index", index)}
		},
	}
}

// countEntry returns the assertion that a measure of a text is the argument.
func countEntry(name string, measure func(text string) int) Entry {
	return Entry{
		Name: name, Parameters: countParameter, Details: []string{"count"}, actual: onlyText,
		demand: demandCount,
		body: func(actual value.Value, arguments []value.Value) finding {
			return findCount(measure(textOf(actual)), arguments[0])
		},
	}
}

// onlyOf returns the reader of texts of allowed code points.
func onlyOf(allowed ofChar) reader {
	return func(text string) int {
		index := 0
		for _, char := range text {
			if !allowed(char) {
				return index
			}
			index++
		}
		return -1
	}
}

// withSome returns the reader of texts of allowed code points, of which at least one is needed.
func withSome(needed, allowed ofChar) reader {
	return func(text string) int {
		index := onlyOf(allowed)(text)
		if index < 0 && !strings.ContainsFunc(text, needed) {
			return utf8.RuneCountInString(text)
		}
		return index
	}
}

// allOf returns the reader of texts that are not empty and have only these code points.
func allOf(allowed ofChar) reader {
	return withSome(allowed, allowed)
}

func isNot(holds ofChar) ofChar {
	return func(char rune) bool { return !holds(char) }
}

func isBlank(text string) bool {
	return onlyOf(isWhitespace)(text) < 0
}

func isTrimmed(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return !isWhitespace(first) && !isWhitespace(last)
}

func utf8Length(text string) int {
	return len(text)
}

func utf16Length(text string) int {
	length := 0
	for _, char := range text {
		length += utf16.RuneLen(char)
	}
	return length
}

// linesOf returns the lines of a text without their ends.
func linesOf(text string) []value.Value {
	var lines []value.Value
	for line := range strings.Lines(text) {
		ended, ok := strings.CutSuffix(line, "\n")
		if ok {
			ended = strings.TrimSuffix(ended, "\r")
		}
		lines = append(lines, value.Text(ended))
	}
	return lines
}

func lineCount(text string) int {
	return len(linesOf(text))
}

func hasLines(actual value.Value, arguments []value.Value) finding {
	lines := value.List(linesOf(textOf(actual)))
	if value.Equal(lines, arguments[0]) {
		return finding{passed: true}
	}
	return finding{diff: diff.Lines(diff.ExpandedLines(arguments[0]), diff.ExpandedLines(lines))}
}
