package assertions

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"testingkit.dev/go/jsontext"
	"testingkit.dev/go/value"
)

// jsonKinds has the kinds of JSON values.
var jsonKinds = map[value.Kind]string{
	value.KindMap:   "object",
	value.KindList:  "array",
	value.KindText:  "string",
	value.KindInt:   "number",
	value.KindFloat: "number",
	value.KindBool:  "bool",
	value.KindNull:  "null",
}

var jsonTextRules = rules{
	"is_json":          {body: ofJSON(isJSON)},
	"json_equals":      {demand: demandJSON, body: ofJSON(jsonEquals)},
	"json_contains":    {demand: demandJSON, body: ofJSON(jsonContains)},
	"json_path_equals": {demand: demandPath, body: ofJSON(jsonPathEquals)},
	"json_kind":        {demand: demandJSONKind, body: ofJSON(jsonKind)},
}

// ofJSON returns the body of an assertion on the value of a JSON text.
func ofJSON(find body) body {
	return func(actual value.Value, arguments []value.Value) finding {
		v, err := jsontext.Read(textOf(actual))
		var failed *jsontext.Error
		if errors.As(err, &failed) {
			return finding{details: append(
				intDetail("offset", failed.Offset), textDetail("reason", string(failed.Reason))...,
			)}
		}
		return find(v, arguments)
	}
}

func demandJSON(arguments []value.Value) value.ErrorCode {
	if _, err := jsontext.Read(textOf(arguments[0])); err != nil {
		return value.BadArgument
	}
	return ""
}

func demandJSONKind(arguments []value.Value) value.ErrorCode {
	if !slices.Contains(slices.Collect(maps.Values(jsonKinds)), textOf(arguments[0])) {
		return value.BadArgument
	}
	return ""
}

func isJSON(value.Value, []value.Value) finding {
	return finding{passed: true}
}

func jsonEquals(v value.Value, arguments []value.Value) finding {
	expected, _ := jsontext.Read(textOf(arguments[0])) // It was read before.
	found := passesIfRelated(value.Equivalence)(v, []value.Value{expected})
	if !found.passed {
		found.diff = expandedDifference(v, expected)
	}
	return found
}

func jsonContains(v value.Value, arguments []value.Value) finding {
	expected, _ := jsontext.Read(textOf(arguments[0])) // It was read before.
	missing, ok := firstMissing(difference{path: "$", left: v, right: expected})
	if !ok {
		return finding{passed: true}
	}
	return finding{details: missing.details()}
}

// firstMissing returns the first place, in both sides of a place, at which the left value does not
// contain the right one; ok is false if there is none.
func firstMissing(here difference) (missing difference, ok bool) {
	next, ok := jsonParts(here)
	if !ok {
		related := here.left != nil && here.right != nil && value.Equivalence.Holds(here.left, here.right)
		return here, !related
	}
	for _, part := range next {
		if missing, ok := firstMissing(part); ok {
			return missing, true
		}
	}
	return difference{}, false
}

// jsonParts returns the places one level down; ok is false if the sides are not two objects or two
// arrays.
func jsonParts(here difference) (parts []difference, ok bool) {
	switch right := here.right.(type) {
	case value.Map:
		left, ok := here.left.(value.Map)
		if !ok {
			return nil, false
		}
		byKey := map[value.Text]value.Value{}
		for _, entry := range left.Entries() {
			byKey[entry.Key.(value.Text)] = entry.Value
		}
		for _, entry := range right.Entries() {
			path := here.path + keySegment(entry.Key)
			parts = append(parts, difference{path, byKey[entry.Key.(value.Text)], entry.Value})
		}
		return parts, true
	case value.List:
		left, ok := here.left.(value.List)
		if !ok {
			return nil, false
		}
		for i := range max(len(left), len(right)) {
			part := difference{path: fmt.Sprintf("%s[%d]", here.path, i)}
			if i < len(left) {
				part.left = left[i]
			}
			if i < len(right) {
				part.right = right[i]
			}
			parts = append(parts, part)
		}
		return parts, true
	default:
		return nil, false
	}
}

func jsonPathEquals(v value.Value, arguments []value.Value) finding {
	found, details := valueAt(v, arguments[0])
	if found == nil {
		return finding{details: details}
	}
	return finding{
		passed:  value.Equivalence.Holds(found, arguments[1]),
		details: []Detail{{Name: "value", Value: found}},
	}
}

func jsonKind(v value.Value, arguments []value.Value) finding {
	kind := jsonKinds[v.Kind()]
	return finding{passed: kind == textOf(arguments[0]), details: textDetail("kind", kind)}
}
