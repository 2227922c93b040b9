package assertions

import "testingkit.dev/go/value"

var collectionKinds = kinds{value.KindList, value.KindSet, value.KindMap}

var kindRules = rules{
	"is_kind":         {demand: demandKind, body: isKind},
	"is_not_kind":     {demand: demandKind, body: failsIf(hasKind)},
	"is_same_kind_as": {body: isSameKindAs},
	"is_number":       {body: isOfKinds(numberKinds)},
	"is_collection":   {body: isOfKinds(collectionKinds)},
	"is_record_named": {body: isRecordNamed},
	"is_enum_value":   {demand: demandMember, body: isEnumValue},
}

// demandKind requires the name of a kind.
func demandKind(arguments []value.Value) value.ErrorCode {
	for kind := value.KindNull; kind <= value.KindOutcome; kind++ {
		if kind.String() == textOf(arguments[0]) {
			return ""
		}
	}
	return value.BadArgument
}

// demandMember requires that the name is not empty: all numbers without a member have that name.
func demandMember(arguments []value.Value) value.ErrorCode {
	if textOf(arguments[1]) == "" {
		return value.BadArgument
	}
	return ""
}

func withKind(actual value.Value, passed bool) finding {
	return finding{passed: passed, details: textDetail("kind", actual.Kind().String())}
}

func hasKind(actual value.Value, arguments []value.Value) bool {
	return actual.Kind().String() == textOf(arguments[0])
}

func isKind(actual value.Value, arguments []value.Value) finding {
	return withKind(actual, hasKind(actual, arguments))
}

func isSameKindAs(actual value.Value, arguments []value.Value) finding {
	return withKind(actual, actual.Kind() == arguments[0].Kind())
}

// isOfKinds returns the body of an assertion that passes for these kinds.
func isOfKinds(allowed kinds) body {
	return func(actual value.Value, _ []value.Value) finding {
		return withKind(actual, allowed.allow(actual.Kind()))
	}
}

func isRecordNamed(actual value.Value, arguments []value.Value) finding {
	record, ok := actual.(value.Record)
	if !ok {
		return finding{}
	}
	return finding{
		passed:  record.Name() == textOf(arguments[0]),
		details: textDetail("name", record.Name()),
	}
}

func isEnumValue(actual value.Value, arguments []value.Value) finding {
	member, ok := actual.(value.Enum)
	if !ok {
		return finding{}
	}
	return finding{
		passed:  member.Type == textOf(arguments[0]) && member.Name == textOf(arguments[1]),
		details: intDetail("value", int(member.Number)),
	}
}
