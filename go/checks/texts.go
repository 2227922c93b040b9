package checks

import (
	"strings"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

var (
	part   = []Parameter{{Name: "part", kinds: onlyText}}
	prefix = []Parameter{{Name: "prefix", kinds: onlyText}}
)

var textEntries = []Entry{
	{Name: "contains_text", Parameters: part, actual: onlyText, body: plain(texts(strings.Contains))},
	{
		Name: "not_contains_text", Parameters: part, Details: []string{"index"}, actual: onlyText,
		body: notContainsText,
	},
	{
		Name: "starts_with_text", Parameters: prefix, actual: onlyText,
		body: plain(texts(strings.HasPrefix)),
	},
	{
		Name: "not_starts_with_text", Parameters: prefix, actual: onlyText,
		body: opposite(texts(strings.HasPrefix)),
	},
}

// texts is the test that holds of actual and the first argument, both texts. Texts are valid UTF-8,
// in which octets match just where code points do.
func texts(holds func(actual, argument string) bool) test {
	return func(actual value.Value, arguments []value.Value) bool {
		return holds(textOf(actual), textOf(arguments[0]))
	}
}

func notContainsText(actual value.Value, arguments []value.Value) finding {
	before, _, found := strings.Cut(textOf(actual), textOf(arguments[0]))
	return finding{passed: !found, details: intDetail("index", utf8.RuneCountInString(before))}
}

// textOf is the text of a value that is one; the entry has made sure of it.
func textOf(v value.Value) string {
	text, _ := v.(value.Text)
	return string(text)
}
