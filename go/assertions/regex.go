package assertions

import (
	"errors"

	"testingkit.dev/go/pattern"
	"testingkit.dev/go/value"
)

var regexRules = rules{
	"matches_regex":         {demand: demandPattern, body: passesIf(matchesRegex)},
	"not_matches_regex":     {demand: demandPattern, body: failsIf(matchesRegex)},
	"contains_regex":        {demand: demandPattern, body: passesIf(containsRegex)},
	"not_contains_regex":    {demand: demandPattern, body: notContainsRegex},
	"has_regex_match_count": {demand: demandMatchCount, body: hasRegexMatchCount},
	"has_regex_groups":      {demand: demandGroups, body: hasRegexGroups},
	"is_portable_regex":     {body: isPortableRegex},
}

// compiled returns the pattern of a text, or nil if it is not portable.
func compiled(text value.Value) *pattern.Pattern {
	compiled, err := pattern.Compile(textOf(text))
	if err != nil {
		return nil
	}
	return compiled
}

// demandPattern requires that the first argument is a portable pattern.
func demandPattern(arguments []value.Value) value.ErrorCode {
	if compiled(arguments[0]) == nil {
		return value.BadPattern
	}
	return ""
}

// demandMatchCount requires a pattern whose matches can be counted, and a count that is not negative.
func demandMatchCount(arguments []value.Value) value.ErrorCode {
	pattern := compiled(arguments[0])
	switch {
	case pattern == nil:
		return value.BadPattern
	case pattern.CanMatchEmpty():
		return value.BadArgument
	}
	return demandCount(arguments)
}

// demandGroups requires a portable pattern, and groups that map texts to texts or null.
func demandGroups(arguments []value.Value) value.ErrorCode {
	if code := demandPattern(arguments); code != "" {
		return code
	}
	for _, entry := range mapOf(arguments[1]).Entries() {
		kind := entry.Value.Kind()
		if entry.Key.Kind() != value.KindText || kind != value.KindText && kind != value.KindNull {
			return value.BadArgument
		}
	}
	return ""
}

func matchesRegex(actual value.Value, arguments []value.Value) bool {
	return compiled(arguments[0]).MatchesWhole(textOf(actual))
}

func containsRegex(actual value.Value, arguments []value.Value) bool {
	_, ok := compiled(arguments[0]).Find(textOf(actual))
	return ok
}

func notContainsRegex(actual value.Value, arguments []value.Value) finding {
	match, ok := compiled(arguments[0]).Find(textOf(actual))
	if !ok {
		return finding{passed: true}
	}
	return finding{details: textDetail("match", textIn(actual, match.Span))}
}

func hasRegexMatchCount(actual value.Value, arguments []value.Value) finding {
	count, _ := compiled(arguments[0]).Count(textOf(actual))
	return findCount(count, arguments[1])
}

func hasRegexGroups(actual value.Value, arguments []value.Value) finding {
	match, ok := compiled(arguments[0]).Find(textOf(actual))
	if !ok {
		return finding{}
	}
	var entries []value.Entry
	for _, group := range match.Groups {
		entry := value.Entry{Key: value.Text(group.Name), Value: value.Null{}}
		if group.Span != nil {
			entry.Value = value.Text(textIn(actual, *group.Span))
		}
		entries = append(entries, entry)
	}
	found := entriesDetail("groups", entries)
	return finding{passed: value.Equal(found.Value, arguments[1]), details: []Detail{found}}
}

// textIn returns the text in a span of the actual value.
func textIn(actual value.Value, span pattern.Span) string {
	return string([]rune(textOf(actual))[span.Start:span.End])
}

func isPortableRegex(actual value.Value, _ []value.Value) finding {
	_, err := pattern.Compile(textOf(actual))
	var refused *pattern.Error
	if !errors.As(err, &refused) {
		return finding{passed: true}
	}
	details := textDetail("reason", string(refused.Reason))
	return finding{details: append(details, intDetail("index", refused.Index)...)}
}
