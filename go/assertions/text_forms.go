package assertions

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"testingkit.dev/go/diff"
	"testingkit.dev/go/value"
)

var textFormRules = rules{
	"is_blank":              {body: passesIf(ofText(isBlank))},
	"is_not_blank":          {body: failsIf(ofText(isBlank))},
	"is_trimmed":            {body: passesIf(ofText(isTrimmed))},
	"is_ascii":              {body: byIndex(onlyOf(isASCII))},
	"is_ascii_letters":      {body: byIndex(allOf(isLetter))},
	"is_ascii_digits":       {body: byIndex(allOf(isDigit))},
	"is_ascii_alphanumeric": {body: byIndex(allOf(isAlphanumeric))},
	"is_ascii_lowercase":    {body: byIndex(withSome(isLowerCase, isNot(isUpperCase)))},
	"is_ascii_uppercase":    {body: byIndex(withSome(isUpperCase, isNot(isLowerCase)))},
	"is_printable":          {body: byIndex(onlyOf(isNot(value.IsInvisible)))},
	"has_char_count":        {demand: demandCount, body: hasCount(utf8.RuneCountInString)},
	"has_utf8_length":       {demand: demandCount, body: hasCount(utf8Length)},
	"has_utf16_length":      {demand: demandCount, body: hasCount(utf16Length)},
	"has_line_count":        {demand: demandCount, body: hasCount(lineCount)},
	"has_lines":             {demand: demandTexts, body: hasLines},
}

// reader returns the index at which a text leaves a form, or -1 if the text has it.
type reader func(text string) int

// ofText returns the predicate that holds for the actual value, which is a text.
func ofText(holds func(actual string) bool) predicate {
	return func(actual value.Value, _ []value.Value) bool {
		return holds(textOf(actual))
	}
}

// byIndex returns the body of an assertion that a text has a form, with the detail "index".
func byIndex(read reader) body {
	return func(actual value.Value, _ []value.Value) finding {
		index := read(textOf(actual))
		return finding{passed: index < 0, details: intDetail("index", index)}
	}
}

// hasCount returns the body of an assertion that a measure of a text is the argument.
func hasCount(measure func(text string) int) body {
	return func(actual value.Value, arguments []value.Value) finding {
		return findCount(measure(textOf(actual)), arguments[0])
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
