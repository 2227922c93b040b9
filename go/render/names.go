package render

import (
	"slices"
	"strings"

	"testingkit.dev/go/value"
)

// reserved words begin or are a canonical text already.
var reserved = []string{
	"null", "true", "false", "NaN", "inf", "set", "record", "error", "time", "duration",
	"returned", "failed", "panicked", "cancelled", "pending",
}

// typeName is the name of a record or enum type: bare where it can be read back, quoted elsewhere.
func typeName(name string) string {
	if slices.Contains(reserved, name) {
		return value.Quote(name)
	}
	return errorTypeName(name)
}

// errorTypeName is the name of an error type. Nothing else stands in its place, so no word is
// reserved.
func errorTypeName(name string) string {
	for part := range strings.SplitSeq(name, ".") {
		if !value.IsIdentifier(part) {
			return value.Quote(name)
		}
	}
	return name
}

// FieldName is the name of a field or of an enum member, bare or quoted.
func FieldName(name string) string {
	if value.IsIdentifier(name) {
		return name
	}
	return value.Quote(name)
}
