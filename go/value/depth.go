package value

import "fmt"

// Check returns a [ConversionError] if v is not a value of the kit: [TooLarge] at the first value
// that is nested deeper than [MaxDepth], or [NotConvertible] at a nil. Values are plain Go values,
// so one that is too deep, or that contains itself, can be built.
//
// Functions that return an error return that of Check. [RequireDepth] is for all others.
func Check(v Value) error {
	return check(v, 1)
}

// RequireDepth panics with the [ConversionError] of [Check] unless all values pass it.
func RequireDepth(values ...Value) {
	for _, v := range values {
		if err := check(v, 1); err != nil {
			panic(err)
		}
	}
}

// check is Check for a value at the given level. It never goes deeper than MaxDepth.
func check(v Value, level int) error {
	if level > MaxDepth {
		return NewConversionError(TooLarge)
	}
	switch v := v.(type) {
	case Null, Bool, Int, Float, Text, Bytes, Time, Duration, Enum:
		return nil
	case List:
		for i, item := range v {
			if err := check(item, level+1); err != nil {
				return Within(err, fmt.Sprintf("[%d]", i))
			}
		}
	case Set:
		for _, item := range v.items {
			if err := check(item, level+1); err != nil {
				return AtContainer(err)
			}
		}
	case Map:
		return checkMap(v, level)
	case Record:
		return checkFields(v, level)
	case Message:
		return checkFields(v.record, level)
	case Error:
		for i, cause := range v.Causes {
			if err := check(cause, level+1); err != nil {
				return Within(err, fmt.Sprintf(".causes[%d]", i))
			}
		}
	case Outcome:
		return checkOutcome(v, level)
	default:
		return NewConversionError(NotConvertible)
	}
	return nil
}

func checkFields(v Record, level int) error {
	for _, field := range v.fields {
		if err := check(field.Value, level+1); err != nil {
			return Within(err, PathSegment(field.Name))
		}
	}
	return nil
}

func checkMap(v Map, level int) error {
	for _, entry := range v.entries {
		if err := check(entry.Key, level+1); err != nil {
			return AtContainer(err)
		}
		if err := check(entry.Value, level+1); err != nil {
			return WithinKey(err, entry.Key)
		}
	}
	return nil
}

func checkOutcome(v Outcome, level int) error {
	if v.Ending != Returned && v.Ending != Failed {
		return nil
	}
	if err := check(v.Payload, level+1); err != nil {
		return Within(err, "."+v.Ending.String())
	}
	return nil
}
