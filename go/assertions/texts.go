package assertions

import (
	"strings"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

var textRules = rules{
	"contains_text":          {body: passesIf(texts(strings.Contains))},
	"not_contains_text":      {body: notContainsText},
	"contains_all_text":      {demand: demandTexts, body: containsAllText},
	"contains_any_text":      {demand: demandTexts, body: passesIf(containsAnyText)},
	"contains_none_text":     {demand: demandTexts, body: containsNoneText},
	"contains_text_in_order": {demand: demandTexts, body: containsTextInOrder},
	"contains_text_times":    {demand: demandTimes, body: containsTextTimes},
	"is_text_within":         {body: passesIf(texts(isTextWithin))},
	"starts_with":            {body: passesIf(texts(strings.HasPrefix))},
	"not_starts_with":        {body: failsIf(texts(strings.HasPrefix))},
	"ends_with":              {body: passesIf(texts(strings.HasSuffix))},
	"not_ends_with":          {body: failsIf(texts(strings.HasSuffix))},
}

// texts returns the predicate that holds for the actual value and the first argument, which are
// texts. Comparing octets suffices: texts are valid UTF-8.
func texts(holds func(actual, argument string) bool) predicate {
	return func(actual value.Value, arguments []value.Value) bool {
		return holds(textOf(actual), textOf(arguments[0]))
	}
}

// demandTexts requires that every item of the first argument is a text.
func demandTexts(arguments []value.Value) value.ErrorCode {
	for _, item := range itemsOf(arguments[0]) {
		if item.Kind() != value.KindText {
			return value.BadArgument
		}
	}
	return ""
}

// demandTimes requires that the part is not empty, and that the count is not negative.
func demandTimes(arguments []value.Value) value.ErrorCode {
	// The languages count the empty text once more than there are code points.
	if textOf(arguments[0]) == "" {
		return value.BadArgument
	}
	return demandCount(arguments[1:])
}

func notContainsText(actual value.Value, arguments []value.Value) finding {
	before, _, ok := strings.Cut(textOf(actual), textOf(arguments[0]))
	return finding{passed: !ok, details: intDetail("index", utf8.RuneCountInString(before))}
}

func containsAllText(actual value.Value, arguments []value.Value) finding {
	missing := partsOf(actual, arguments[0], false)
	return finding{passed: len(missing) == 0, details: listDetail("missing", missing)}
}

func containsAnyText(actual value.Value, arguments []value.Value) bool {
	for _, part := range itemsOf(arguments[0]) {
		if strings.Contains(textOf(actual), textOf(part)) {
			return true
		}
	}
	return false
}

func containsNoneText(actual value.Value, arguments []value.Value) finding {
	found := partsOf(actual, arguments[0], true)
	return finding{passed: len(found) == 0, details: listDetail("found", found)}
}

// partsOf returns the parts that occur in the actual value, or those that do not.
func partsOf(actual, parts value.Value, occur bool) []value.Value {
	var chosen []value.Value
	for _, part := range itemsOf(parts) {
		if strings.Contains(textOf(actual), textOf(part)) == occur {
			chosen = append(chosen, part)
		}
	}
	return chosen
}

func containsTextInOrder(actual value.Value, arguments []value.Value) finding {
	rest := textOf(actual)
	for _, part := range itemsOf(arguments[0]) {
		_, after, ok := strings.Cut(rest, textOf(part))
		if !ok {
			return finding{details: listDetail("missing", []value.Value{part})}
		}
		rest = after
	}
	return finding{passed: true}
}

func containsTextTimes(actual value.Value, arguments []value.Value) finding {
	return findCount(strings.Count(textOf(actual), textOf(arguments[0])), arguments[1])
}

func isTextWithin(actual, container string) bool {
	return strings.Contains(container, actual)
}

// findCount returns whether a number is the expected one, with the detail "count".
func findCount(count int, expected value.Value) finding {
	return finding{
		passed:  value.Equal(value.NewInt(int64(count)), expected),
		details: intDetail("count", count),
	}
}

func listDetail(name string, items []value.Value) []Detail {
	return []Detail{{Name: name, Value: value.List(items)}}
}

// textOf returns the string of a text. The entry allows no other kind.
func textOf(v value.Value) string {
	text, _ := v.(value.Text)
	return string(text)
}
