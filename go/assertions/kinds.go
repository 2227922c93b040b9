package assertions

import "testingkit.dev/go/value"

var (
	kindParameter       = []Parameter{{Name: "kind", kinds: onlyText}}
	anyOtherParameter   = []Parameter{{Name: "other", kinds: anyKind}}
	recordNameParameter = []Parameter{{Name: "name", kinds: onlyText}}
	memberParameters    = []Parameter{{Name: "type", kinds: onlyText}, {Name: "name", kinds: onlyText}}

	kindDetails     = []string{"kind"}
	collectionKinds = kinds{value.KindList, value.KindSet, value.KindMap}
)

var kindEntries = []Entry{
	{Name: "is_kind", Parameters: kindParameter, Details: kindDetails, demand: demandKind, body: isKind},
	{Name: "is_not_kind", Parameters: kindParameter, demand: demandKind, body: failsIf(hasKind)},
	{Name: "is_same_kind_as", Parameters: anyOtherParameter, Details: kindDetails, body: isSameKindAs},
	{Name: "is_number", Details: kindDetails, body: isOfKinds(numberKinds)},
	{Name: "is_collection", Details: kindDetails, body: isOfKinds(collectionKinds)},
	{
		Name: "is_record_named", Parameters: recordNameParameter, Details: []string{"name"},
		body: isRecordNamed,
	},
	{
		Name: "is_enum_value", Parameters: memberParameters, Details: []string{"value"},
		demand: demandMember, body: isEnumValue,
	},
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
