package assertions

import (
	"regexp"
	"slices"
	"strings"

	"testingkit.dev/go/value"
)

// fieldPath is the form of a path of fields (docs/kit/assertions.md, messages).
var fieldPath = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$`)

// fieldNames returns the names of a path, or BadPath if it is malformed.
func fieldNames(path string) (names []string, code value.ErrorCode) {
	if !fieldPath.MatchString(path) {
		return nil, value.BadPath
	}
	return strings.Split(path, "."), ""
}

// messageField is a field of a message. Below a message that is unset, field is nil: which fields it has is
// not known.
type messageField struct {
	field *value.MessageField
	value value.Value // nil if the field is unset.
}

// fieldAt returns the field at a path, or BadPath if there cannot be one.
func fieldAt(message value.Message, path []string) (found messageField, code value.ErrorCode) {
	found, code = ownField(message, path[0])
	for _, name := range path[1:] {
		if code != "" {
			return messageField{}, code
		}
		if found.field.Default != nil {
			return messageField{}, value.BadPath
		}
		inner, ok := found.value.(value.Message)
		if !ok {
			return messageField{}, ""
		}
		found, code = ownField(inner, name)
	}
	return found, code
}

func ownField(message value.Message, name string) (found messageField, code value.ErrorCode) {
	field, ok := message.Type().Field(name)
	if !ok {
		return messageField{}, value.BadPath
	}
	v, _ := message.Record().Get(name)
	return messageField{field: &field, value: v}, ""
}

// without returns a message without a field: of the message itself, or of all messages on the path.
func without(message value.Message, path []string) (value.Message, value.ErrorCode) {
	name, below := path[0], path[1:]
	found, code := ownField(message, name)
	if code != "" || found.value == nil {
		return message, code
	}
	fields := slices.Clone(message.Record().Fields())
	i := slices.IndexFunc(fields, func(field value.Field) bool { return field.Name == name })
	if len(below) == 0 {
		return message.WithFields(slices.Delete(fields, i, i+1)), ""
	}
	fields[i].Value, code = partsWithout(found.value, below)
	return message.WithFields(fields), code
}

func partsWithout(v value.Value, path []string) (value.Value, value.ErrorCode) {
	remove := func(v value.Value) (value.Value, value.ErrorCode) { return partsWithout(v, path) }
	switch v := v.(type) {
	case value.Message:
		return without(v, path)
	case value.List, value.Map:
		return withEach(v, remove)
	default:
		return nil, value.BadPath
	}
}

// withEach returns a list with other items, or a map with other values.
func withEach(
	container value.Value, replace func(value.Value) (value.Value, value.ErrorCode),
) (value.Value, value.ErrorCode) {
	if items, ok := container.(value.List); ok {
		replaced := make(value.List, len(items))
		for i, item := range items {
			other, code := replace(item)
			if code != "" {
				return nil, code
			}
			replaced[i] = other
		}
		return replaced, ""
	}
	entries := slices.Clone(container.(value.Map).Entries())
	for i, entry := range entries {
		other, code := replace(entry.Value)
		if code != "" {
			return nil, code
		}
		entries[i].Value = other
	}
	// The keys are those of a map, so that there is no error.
	replaced, _ := value.MapOf(entries...)
	return replaced, ""
}
