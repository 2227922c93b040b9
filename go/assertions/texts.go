package assertions

import (
	"strings"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

var (
	partParameter   = []Parameter{{Name: "part", kinds: onlyText}}
	prefixParameter = []Parameter{{Name: "prefix", kinds: onlyText}}
)

var textEntries = []Entry{
	{
		Name: "contains_text", Parameters: partParameter, actual: onlyText,
		body: passesIf(texts(strings.Contains)),
	},
	{
		Name: "not_contains_text", Parameters: partParameter, Details: []string{"index"}, actual: onlyText,
		body: notContainsText,
	},
	{
		Name: "starts_with", Parameters: prefixParameter, actual: onlyText,
		body: passesIf(texts(strings.HasPrefix)),
	},
	{
		Name: "not_starts_with", Parameters: prefixParameter, actual: onlyText,
		body: failsIf(texts(strings.HasPrefix)),
	},
}

// texts returns the predicate that holds for the actual value and the first argument, which are
// texts. Comparing octets suffices: texts are valid UTF-8.
func texts(holds func(actual, argument string) bool) predicate {
	return func(actual value.Value, arguments []value.Value) bool {
		return holds(textOf(actual), textOf(arguments[0]))
	}
}

func notContainsText(actual value.Value, arguments []value.Value) finding {
	before, _, ok := strings.Cut(textOf(actual), textOf(arguments[0]))
	return finding{passed: !ok, details: intDetail("index", utf8.RuneCountInString(before))}
}

// textOf returns the string of a text. The entry allows no other kind.
func textOf(v value.Value) string {
	text, _ := v.(value.Text)
	return string(text)
}
