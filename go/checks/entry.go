package checks

import (
	"slices"

	"testingkit.dev/go/value"
)

// kinds are those that an argument or the actual value may have; nil is every kind.
type kinds []value.Kind

var (
	anyKind kinds
	number  = kinds{value.KindInt, value.KindFloat}
	ordered = kinds{
		value.KindInt, value.KindFloat, value.KindText, value.KindBytes, value.KindTime,
		value.KindDuration,
	}
	sized = kinds{
		value.KindText, value.KindBytes, value.KindList, value.KindSet, value.KindMap,
	}
	items    = kinds{value.KindList, value.KindSet}
	onlyInt  = kinds{value.KindInt}
	onlyText = kinds{value.KindText}
	onlyList = kinds{value.KindList}
	onlyMap  = kinds{value.KindMap}
)

func (k kinds) have(kind value.Kind) bool {
	return k == nil || slices.Contains(k, kind)
}

// Parameter is an argument that a check takes.
type Parameter struct {
	// Name of the argument.
	Name  string
	kinds kinds
}

// Entry is one check of the catalog.
type Entry struct {
	// Name of the check.
	Name string
	// Parameters in the order of the failure text.
	Parameters []Parameter
	// Details are the names of the details, in the order of the failure text.
	Details []string

	actual kinds
	demand demand
	body   body
}

// finding is what the body of a check found. Details and diff count only where it did not pass; with
// a code the question makes no sense, and nothing else counts.
type finding struct {
	passed  bool
	details []Detail
	diff    string
	code    value.ErrorCode
}

// body is a check proper. It gets the actual value and then the arguments in catalog order, all of
// kinds that the entry allows.
type body func(actual value.Value, arguments []value.Value) finding

// demand is a rule on the arguments alone. It returns an empty code where they keep it.
type demand func(arguments []value.Value) value.ErrorCode

// test is a check without details.
type test func(actual value.Value, arguments []value.Value) bool

// plain is a check that has no details.
func plain(holds test) body {
	return func(actual value.Value, arguments []value.Value) finding {
		return finding{passed: holds(actual, arguments)}
	}
}

// opposite is a check that has no details and passes where the test does not hold.
func opposite(holds test) body {
	return func(actual value.Value, arguments []value.Value) finding {
		return finding{passed: !holds(actual, arguments)}
	}
}

func intDetail(name string, number int) []Detail {
	return []Detail{{Name: name, Value: value.NewInt(int64(number))}}
}
