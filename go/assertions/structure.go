package assertions

import (
	"errors"
	"slices"

	"testingkit.dev/go/paths"
	"testingkit.dev/go/value"
)

var structureRules = rules{
	"has_field":              {body: ofFields(hasField)},
	"lacks_field":            {body: ofFields(lacksField)},
	"has_field_value":        {body: ofFields(hasFieldValue)},
	"has_only_fields":        {demand: demandNames, body: ofFields(hasOnlyFields)},
	"has_no_null_fields":     {body: ofFields(hasNoNullFields)},
	"has_path":               {demand: demandPath, body: hasPath},
	"lacks_path":             {demand: demandPath, body: lacksPath},
	"path_equals":            {demand: demandPath, body: pathEquals},
	"path_satisfies":         {demand: demandPath, compose: pathSatisfies},
	"paths_equal":            {demand: demandPathEntries, body: pathsEqual},
	"equals_ignoring_fields": {demand: demandIgnored, body: equalsIgnoringFields},
	"equals_on_fields":       {demand: demandCompared, body: equalsOnFields},
	"is_sorted_by":           {demand: demandPath, body: isSortedBy},
	"has_no_duplicates_by":   {demand: demandPath, body: hasNoDuplicatesBy},
}

// ofFields returns the body of an assertion on the fields of a record, or of a map whose keys are texts.
func ofFields(found func(fields []value.Field, arguments []value.Value) finding) body {
	return func(actual value.Value, arguments []value.Value) finding {
		fields, ok := fieldsOf(actual)
		if !ok {
			return finding{code: value.WrongKind}
		}
		return found(fields, arguments)
	}
}

func fieldsOf(actual value.Value) (fields []value.Field, ok bool) {
	if record, ok := actual.(value.Record); ok {
		return record.Fields(), true
	}
	for _, entry := range mapOf(actual).Entries() {
		name, ok := entry.Key.(value.Text)
		if !ok {
			return nil, false
		}
		fields = append(fields, value.Field{Name: string(name), Value: entry.Value})
	}
	return fields, true
}

func namesOf(fields []value.Field) value.List {
	names := value.List{}
	for _, field := range fields {
		names = append(names, value.Text(field.Name))
	}
	return names
}

// fieldNamed returns the value of the field with the name in a value, or nil.
func fieldNamed(fields []value.Field, name value.Value) value.Value {
	for _, field := range fields {
		if field.Name == textOf(name) {
			return field.Value
		}
	}
	return nil
}

func hasField(fields []value.Field, arguments []value.Value) finding {
	return finding{
		passed:  fieldNamed(fields, arguments[0]) != nil,
		details: []Detail{{Name: "fields", Value: namesOf(fields)}},
	}
}

func lacksField(fields []value.Field, arguments []value.Value) finding {
	return finding{passed: fieldNamed(fields, arguments[0]) == nil}
}

func hasFieldValue(fields []value.Field, arguments []value.Value) finding {
	found := fieldNamed(fields, arguments[0])
	if found == nil {
		return finding{}
	}
	return equalsArgument(found, arguments[1])
}

// equalsArgument returns the finding that passes if a value that was found equals the wanted one.
func equalsArgument(found, wanted value.Value) finding {
	return finding{
		passed:  value.Equal(found, wanted),
		details: []Detail{{Name: "value", Value: found}},
	}
}

func hasOnlyFields(fields []value.Field, arguments []value.Value) finding {
	return containsOnly(namesOf(fields), arguments)
}

func hasNoNullFields(fields []value.Field, _ []value.Value) finding {
	nulls := slices.DeleteFunc(slices.Clone(fields), func(field value.Field) bool {
		return field.Value.Kind() != value.KindNull
	})
	return passesWithout(itemsDetail("found", namesOf(nulls)))
}

// readPath returns the path of an argument, and the code of the error if it has none.
func readPath(argument value.Value) (path paths.Path, code value.ErrorCode) {
	text, ok := argument.(value.Text)
	if !ok {
		return nil, value.BadArgument
	}
	path, err := paths.Parse(string(text))
	if err != nil {
		return nil, value.BadPath
	}
	return path, ""
}

// readPaths is readPath for the items of an argument. An item that is not a text comes first.
func readPaths(items []value.Value) (read []paths.Path, code value.ErrorCode) {
	if !areTexts(items) {
		return nil, value.BadArgument
	}
	for _, item := range items {
		path, code := readPath(item)
		if code != "" {
			return nil, code
		}
		read = append(read, path)
	}
	return read, ""
}

func areTexts(items []value.Value) bool {
	return !slices.ContainsFunc(items, func(item value.Value) bool { return item.Kind() != value.KindText })
}

func demandNames(arguments []value.Value) value.ErrorCode {
	if !areTexts(itemsOf(arguments[0])) {
		return value.BadArgument
	}
	return ""
}

func demandPath(arguments []value.Value) value.ErrorCode {
	_, code := readPath(arguments[0])
	return code
}

func demandPathEntries(arguments []value.Value) value.ErrorCode {
	_, code := readPaths(itemsOf(arguments[0]))
	return code
}

// demandIgnored requires paths to fields or entries.
func demandIgnored(arguments []value.Value) value.ErrorCode {
	read, code := readPaths(itemsOf(arguments[1]))
	if code != "" {
		return code
	}
	for _, path := range read {
		if len(path) == 0 {
			return value.BadArgument
		}
		if _, ok := path[len(path)-1].(paths.Index); ok {
			return value.BadArgument
		}
	}
	return ""
}

// demandCompared requires paths that resolve in the expected value.
func demandCompared(arguments []value.Value) value.ErrorCode {
	read, code := readPaths(itemsOf(arguments[1]))
	if code != "" {
		return code
	}
	for _, path := range read {
		if _, err := paths.Resolve(path, arguments[0]); err != nil {
			return value.BadArgument
		}
	}
	return ""
}

// valueAt returns the value at the path of an argument, or nil and the details of the error.
func valueAt(actual, argument value.Value) (found value.Value, details []Detail) {
	path, _ := readPath(argument) // It was read before.
	found, err := paths.Resolve(path, actual)
	var unresolved *paths.UnresolvedError
	if errors.As(err, &unresolved) {
		return nil, append(
			textDetail("reason", string(unresolved.Reason)),
			textDetail("place", unresolved.Place.String())...,
		)
	}
	return found, nil
}

func hasPath(actual value.Value, arguments []value.Value) finding {
	found, details := valueAt(actual, arguments[0])
	return finding{passed: found != nil, details: details}
}

func lacksPath(actual value.Value, arguments []value.Value) finding {
	found, _ := valueAt(actual, arguments[0])
	if found == nil {
		return finding{passed: true}
	}
	return finding{details: []Detail{{Name: "value", Value: found}}}
}

func pathEquals(actual value.Value, arguments []value.Value) finding {
	found, details := valueAt(actual, arguments[0])
	if found == nil {
		return finding{details: details}
	}
	return equalsArgument(found, arguments[1])
}

func pathSatisfies(actual value.Value, values []value.Value, checks [][]check) finding {
	found, details := valueAt(actual, values[0])
	if found == nil {
		return finding{details: details}
	}
	return evaluation{checks[0][0], found}.satisfies()
}

func pathsEqual(actual value.Value, arguments []value.Value) finding {
	var missing []value.Value
	var differing []value.Entry
	for _, entry := range mapOf(arguments[0]).Entries() {
		found, _ := valueAt(actual, entry.Key)
		switch {
		case found == nil:
			missing = append(missing, entry.Key)
		case !value.Equal(found, entry.Value):
			differing = append(differing, value.Entry{Key: entry.Key, Value: found})
		}
	}
	return passesWithout(itemsDetail("missing", missing), entriesDetail("differing", differing))
}

func equalsIgnoringFields(actual value.Value, arguments []value.Value) finding {
	expected := arguments[0]
	read, _ := readPaths(itemsOf(arguments[1])) // They were read before.
	for _, path := range read {
		actual, expected = paths.Without(path, actual), paths.Without(path, expected)
	}
	return equal(actual, []value.Value{expected})
}

func equalsOnFields(actual value.Value, arguments []value.Value) finding {
	read, _ := readPaths(itemsOf(arguments[1])) // They were read before.
	for _, path := range read {
		right, _ := paths.Resolve(path, arguments[0])
		left, err := paths.Resolve(path, actual)
		if err != nil {
			return finding{details: difference{path: path.String(), right: right}.details()}
		}
		if found, ok := firstDifference(left, right, value.Equality); ok {
			found.path = path.String() + found.path[1:]
			return finding{details: found.details()}
		}
	}
	return finding{passed: true}
}

// valuesAt returns the value at the path of an argument in each item; ok is false if one has none.
func valuesAt(items []value.Value, argument value.Value) (values value.List, ok bool) {
	path, _ := readPath(argument) // It was read before.
	values = value.List{}
	for _, item := range items {
		found, err := paths.Resolve(path, item)
		if err != nil {
			return nil, false
		}
		values = append(values, found)
	}
	return values, true
}

func isSortedBy(actual value.Value, arguments []value.Value) finding {
	values, ok := valuesAt(itemsOf(actual), arguments[0])
	if !ok {
		return finding{code: value.NotComparable}
	}
	return inSequence(-1, 0)(values, nil)
}

func hasNoDuplicatesBy(actual value.Value, arguments []value.Value) finding {
	values, ok := valuesAt(itemsOf(actual), arguments[0])
	if !ok {
		return finding{code: value.NotComparable}
	}
	return passesWithout(itemsDetail("found", value.Repeated(values)))
}
