package assertions

import (
	"slices"

	"testingkit.dev/go/value"
)

var messageRules = rules{
	"proto_equal":                 {body: equal},
	"proto_matches_text":          {body: protoMatchesText, demand: demandMessageText},
	"proto_not_equal":             {body: failsIf(relates(value.Equality))},
	"proto_equivalent":            {body: protoEquivalent},
	"proto_contains":              {body: protoContains},
	"proto_equal_ignoring":        {body: protoEqualIgnoring, demand: demandFieldPaths},
	"proto_has_field":             {body: protoHasField, demand: demandFieldPath},
	"proto_lacks_field":           {body: protoLacksField, demand: demandFieldPath},
	"proto_field_equals":          {body: protoFieldEquals, demand: demandFieldPath},
	"proto_is_type":               {body: protoIsType},
	"proto_oneof_is":              {body: protoOneofIs},
	"proto_has_no_unknown_fields": {body: protoHasNoUnknownFields},
}

func demandFieldPath(arguments []value.Value) value.ErrorCode {
	_, code := fieldNames(textOf(arguments[0]))
	return code
}

func demandFieldPaths(arguments []value.Value) value.ErrorCode {
	_, code := parsedPaths(arguments[1])
	return code
}

// parsedPaths returns the names of all paths in a list. An item that is not a text comes before a path
// that is malformed.
func parsedPaths(list value.Value) (parsed [][]string, code value.ErrorCode) {
	items := itemsOf(list)
	for _, item := range items {
		if _, ok := item.(value.Text); !ok {
			return nil, value.BadArgument
		}
	}
	for _, item := range items {
		names, code := fieldNames(textOf(item))
		if code != "" {
			return nil, code
		}
		parsed = append(parsed, names)
	}
	return parsed, ""
}

func protoEquivalent(actual value.Value, arguments []value.Value) finding {
	expected := withoutDefaults(arguments[0].(value.Message))
	return passesIfRelated(value.Equality)(withoutDefaults(actual.(value.Message)), []value.Value{expected})
}

// withoutDefaults returns a message without the fields that are set to what they are while unset.
func withoutDefaults(message value.Message) value.Message {
	var fields []value.Field
	for _, field := range message.Record().Fields() {
		field.Value = partsWithoutDefaults(field.Value)
		if !isDefault(message, field) {
			fields = append(fields, field)
		}
	}
	return message.WithFields(fields)
}

func partsWithoutDefaults(v value.Value) value.Value {
	switch v := v.(type) {
	case value.Message:
		return withoutDefaults(v)
	case value.List, value.Map:
		// The replacement has no error.
		replaced, _ := withEach(v, func(part value.Value) (value.Value, value.ErrorCode) {
			return partsWithoutDefaults(part), ""
		})
		return replaced
	default:
		return v
	}
}

func isDefault(message value.Message, set value.Field) bool {
	field, ok := message.Type().Field(set.Name)
	if !ok {
		return false
	}
	if field.Default == nil {
		inner, ok := set.Value.(value.Message)
		return ok && len(inner.Record().Fields()) == 0
	}
	return value.Identical(set.Value, field.Default)
}

func protoContains(actual value.Value, arguments []value.Value) finding {
	path, ok := lackingPath(actual.(value.Message), arguments[0].(value.Message))
	switch {
	case !ok:
		return finding{passed: true}
	case path == "":
		return finding{}
	default:
		return finding{details: textDetail("path", "$"+path)}
	}
}

// lackingPath returns the path of the first field of the partial message that the other one lacks; ok
// is false without one.
func lackingPath(message, partial value.Message) (path string, ok bool) {
	if message.Record().Name() != partial.Record().Name() {
		return "", true
	}
	for _, wanted := range partial.Record().Fields() {
		if below, ok := lackingBelow(message, wanted); ok {
			return value.PathSegment(wanted.Name) + below, true
		}
	}
	return "", false
}

func lackingBelow(message value.Message, wanted value.Field) (path string, ok bool) {
	v, isSet := message.Record().Get(wanted.Name)
	inner, isMessage := v.(value.Message)
	partial, isPartial := wanted.Value.(value.Message)
	if isMessage && isPartial {
		return lackingPath(inner, partial)
	}
	return "", !isSet || !value.Equal(v, wanted.Value)
}

func protoEqualIgnoring(actual value.Value, arguments []value.Value) finding {
	message, expected := actual.(value.Message), arguments[0].(value.Message)
	isSameType := message.Record().Name() == expected.Record().Name()
	paths, code := parsedPaths(arguments[1])
	for _, path := range paths {
		message, code = without(message, path)
		if code == "" && isSameType {
			expected, code = without(expected, path)
		}
		if code != "" {
			break
		}
	}
	if code != "" {
		return finding{code: code}
	}
	return passesIfRelated(value.Equality)(message, []value.Value{expected})
}

// fieldOf returns the field at the path in the first argument, whose form is valid.
func fieldOf(actual value.Value, arguments []value.Value) (found messageField, code value.ErrorCode) {
	names, code := fieldNames(textOf(arguments[0]))
	if code != "" {
		return messageField{}, code
	}
	return fieldAt(actual.(value.Message), names)
}

func protoHasField(actual value.Value, arguments []value.Value) finding {
	found, code := fieldOf(actual, arguments)
	return finding{passed: found.value != nil, code: code}
}

func protoLacksField(actual value.Value, arguments []value.Value) finding {
	found, code := fieldOf(actual, arguments)
	return finding{passed: found.value == nil, details: fieldDetail(found.value), code: code}
}

func protoFieldEquals(actual value.Value, arguments []value.Value) finding {
	found, code := fieldOf(actual, arguments)
	if code != "" {
		return finding{code: code}
	}
	v := found.value
	if v == nil && found.field != nil && !found.field.Explicit {
		v = found.field.Default
	}
	passed := v != nil && value.Equal(v, arguments[1])
	return finding{passed: passed, details: fieldDetail(v)}
}

// fieldDetail returns the detail with the value of a field. It applies if there is one.
func fieldDetail(v value.Value) []Detail {
	if v == nil {
		return nil
	}
	return []Detail{{Name: "value", Value: v}}
}

func protoIsType(actual value.Value, arguments []value.Value) finding {
	name := actual.(value.Message).Record().Name()
	return finding{passed: name == textOf(arguments[0]), details: textDetail("name", name)}
}

func protoOneofIs(actual value.Value, arguments []value.Value) finding {
	message, name, wanted := actual.(value.Message), textOf(arguments[0]), textOf(arguments[1])
	oneofs := message.Type().Oneofs
	i := slices.IndexFunc(oneofs, func(oneof value.Oneof) bool { return oneof.Name == name })
	if i < 0 || (wanted != "" && !slices.Contains(oneofs[i].Members, wanted)) {
		return finding{code: value.BadArgument}
	}
	found := ""
	for _, member := range oneofs[i].Members {
		if _, ok := message.Record().Get(member); ok {
			found = member
		}
	}
	return finding{passed: found == wanted, details: textDetail("field", found)}
}

func protoHasNoUnknownFields(actual value.Value, _ []value.Value) finding {
	path, ok := unknownPath(actual)
	if !ok {
		return finding{passed: true}
	}
	return finding{details: textDetail("path", "$"+path)}
}

// unknownPath returns the path of the first message that has unknown fields; ok is false without one.
func unknownPath(v value.Value) (path string, ok bool) {
	switch v := v.(type) {
	case value.Message:
		return unknownPathInMessage(v)
	case value.List:
		for i, item := range v {
			if below, ok := unknownPath(item); ok {
				return indexSegment(value.NewInt(int64(i))) + below, true
			}
		}
	case value.Map:
		for _, entry := range v.Entries() {
			if below, ok := unknownPath(entry.Value); ok {
				return keySegment(entry.Key) + below, true
			}
		}
	}
	return "", false
}

func unknownPathInMessage(message value.Message) (path string, ok bool) {
	fields := message.Record().Fields()
	for _, field := range fields {
		if _, ok := message.Type().Field(field.Name); !ok {
			return "", true
		}
	}
	for _, field := range fields {
		if below, ok := unknownPath(field.Value); ok {
			return value.PathSegment(field.Name) + below, true
		}
	}
	return "", false
}
