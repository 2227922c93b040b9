package render

import (
	"slices"
	"strings"

	"testingkit.dev/go/value"
)

// reserved are the words that already have a meaning in a canonical text.
var reserved = []string{
	"null", "true", "false", "NaN", "inf", "set", "record", "error", "time", "duration",
	"returned", "failed", "panicked", "cancelled", "pending",
}

// typeName returns the name of a record or enum type: bare if it can be read back, else quoted.
func typeName(name string) string {
	if slices.Contains(reserved, name) {
		return value.Quote(name)
	}
	return errorTypeName(name)
}

// errorTypeName returns the name of an error type, bare or quoted. Only a type can be in its place,
// so no word is reserved.
func errorTypeName(name string) string {
	for part := range strings.SplitSeq(name, ".") {
		if !value.IsIdentifier(part) {
			return value.Quote(name)
		}
	}
	return name
}

// FieldName returns the name of a field or an enum member: bare if it is an identifier, else
// quoted.
func FieldName(name string) string {
	if value.IsIdentifier(name) {
		return name
	}
	return value.Quote(name)
}
