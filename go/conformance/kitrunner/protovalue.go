package kitrunner

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"regexp"

	"google.golang.org/protobuf/types/known/durationpb"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/value"
)

const nanosPerSecond = 1_000_000_000

var bigInt = regexp.MustCompile(`^-?[1-9][0-9]*$`)

// fromProto reads a value (docs/kit/value.md, reading values); an unset message is one without a kind.
// The error is a *value.ConversionError.
func fromProto(message *kitv1.Value) (value.Value, error) {
	v, err := readValue(message, 1)
	if err != nil {
		return nil, err
	}
	return v, nil
}

func bad() *value.ConversionError {
	return value.NewError(value.BadArgument)
}

// conversion is the conversion error that the builders of sets, maps, records and integers give.
func conversion(err error) *value.ConversionError {
	var known *value.ConversionError
	if errors.As(err, &known) {
		return known
	}
	return bad()
}

func readValue(message *kitv1.Value, level int) (value.Value, *value.ConversionError) {
	if level > value.MaxDepth {
		return nil, value.NewError(value.TooLarge)
	}
	switch kind := message.GetKind().(type) {
	case *kitv1.Value_Null:
		return readNull(kind.Null)
	case *kitv1.Value_Bool:
		return value.Bool(kind.Bool), nil
	case *kitv1.Value_Int:
		return value.NewInt(kind.Int), nil
	case *kitv1.Value_BigInt:
		return readBigInt(kind.BigInt)
	case *kitv1.Value_Float:
		return value.Float(kind.Float), nil
	case *kitv1.Value_FloatBits:
		return value.Float(math.Float64frombits(kind.FloatBits)), nil
	case *kitv1.Value_Text:
		return value.Text(kind.Text), nil
	case *kitv1.Value_Bytes:
		return value.Bytes(kind.Bytes), nil
	case *kitv1.Value_Time:
		return readTime(kind.Time)
	case *kitv1.Value_Duration:
		return readDuration(kind.Duration)
	case *kitv1.Value_Enum:
		return value.Enum{Type: kind.Enum.GetType(), Name: kind.Enum.GetName(), Number: kind.Enum.GetNumber()}, nil
	default:
		return readContainer(message, level)
	}
}

func readContainer(message *kitv1.Value, level int) (value.Value, *value.ConversionError) {
	switch kind := message.GetKind().(type) {
	case *kitv1.Value_List:
		return readList(kind.List, level)
	case *kitv1.Value_Set:
		return readSet(kind.Set, level)
	case *kitv1.Value_Map:
		return readMap(kind.Map, level)
	case *kitv1.Value_Record:
		return readRecord(kind.Record, level)
	case *kitv1.Value_Error:
		return readError(kind.Error, level)
	case *kitv1.Value_Outcome:
		return readOutcome(kind.Outcome, level)
	default:
		return nil, bad()
	}
}

func readNull(number kitv1.Null) (value.Value, *value.ConversionError) {
	if number != kitv1.Null_NULL {
		return nil, bad()
	}
	return value.Null{}, nil
}

func readBigInt(text string) (value.Value, *value.ConversionError) {
	number, ok := new(big.Int).SetString(text, 10)
	if !ok || !bigInt.MatchString(text) || number.IsInt64() {
		return nil, bad()
	}
	v, err := value.IntOf(number)
	if err != nil {
		return nil, conversion(err)
	}
	return v, nil
}

func readTime(message *kitv1.TimeValue) (value.Value, *value.ConversionError) {
	seconds, nanos, offset := message.GetSeconds(), message.GetNanos(), message.GetUtcOffsetSeconds()
	if seconds < value.MinTimeSeconds || seconds > value.MaxTimeSeconds || nanos < 0 || nanos >= nanosPerSecond ||
		offset < -value.MaxOffsetSeconds || offset > value.MaxOffsetSeconds {
		return nil, bad()
	}
	return value.Time{Seconds: seconds, Nanos: nanos, UTCOffsetSeconds: offset}, nil
}

func readDuration(message *durationpb.Duration) (value.Value, *value.ConversionError) {
	seconds, nanos := message.GetSeconds(), int64(message.GetNanos())
	mixed := (seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0)
	if mixed || nanos <= -nanosPerSecond || nanos >= nanosPerSecond {
		return nil, bad()
	}
	total := new(big.Int).Mul(big.NewInt(seconds), big.NewInt(nanosPerSecond))
	total.Add(total, big.NewInt(nanos))
	if !total.IsInt64() || total.Int64() == math.MinInt64 {
		return nil, bad()
	}
	return value.Duration(total.Int64()), nil
}

func readList(message *kitv1.ListValue, level int) (value.Value, *value.ConversionError) {
	items := make(value.List, len(message.GetItems()))
	for index, part := range message.GetItems() {
		item, err := readValue(part, level+1)
		if err != nil {
			return nil, err.Within(fmt.Sprintf("[%d]", index))
		}
		items[index] = item
	}
	return items, nil
}

func readSet(message *kitv1.SetValue, level int) (value.Value, *value.ConversionError) {
	items := make([]value.Value, len(message.GetItems()))
	for index, part := range message.GetItems() {
		item, err := readValue(part, level+1)
		if err != nil {
			return nil, err.OfContainer()
		}
		items[index] = item
	}
	set, err := value.SetOf(items...)
	if err != nil {
		return nil, conversion(err)
	}
	return set, nil
}

func readMap(message *kitv1.MapValue, level int) (value.Value, *value.ConversionError) {
	entries := make([]value.Entry, len(message.GetEntries()))
	for index, entry := range message.GetEntries() {
		key, err := readValue(entry.GetKey(), level+1)
		if err != nil {
			return nil, err.OfContainer()
		}
		item, err := readValue(entry.GetValue(), level+1)
		if err != nil {
			return nil, err.WithinKey(key)
		}
		entries[index] = value.Entry{Key: key, Value: item}
	}
	built, err := value.MapOf(entries...)
	if err != nil {
		return nil, conversion(err)
	}
	return built, nil
}

func readRecord(message *kitv1.RecordValue, level int) (value.Value, *value.ConversionError) {
	fields := make([]value.Field, len(message.GetFields()))
	for index, field := range message.GetFields() {
		item, err := readValue(field.GetValue(), level+1)
		if err != nil {
			return nil, err.Within(value.PathSegment(field.GetName()))
		}
		fields[index] = value.Field{Name: field.GetName(), Value: item}
	}
	record, err := value.RecordOf(message.GetName(), fields...)
	if err != nil {
		return nil, conversion(err)
	}
	return record, nil
}

func readError(message *kitv1.ErrorValue, level int) (value.Error, *value.ConversionError) {
	if level > value.MaxDepth {
		return value.Error{}, value.NewError(value.TooLarge)
	}
	failure := value.Error{Type: message.GetType(), Message: message.GetMessage(), Code: message.GetCode()}
	for index, part := range message.GetCauses() {
		cause, err := readError(part, level+1)
		if err != nil {
			return value.Error{}, err.Within(fmt.Sprintf(".causes[%d]", index))
		}
		failure.Causes = append(failure.Causes, cause)
	}
	return failure, nil
}

func readOutcome(message *kitv1.OutcomeValue, level int) (value.Value, *value.ConversionError) {
	switch kind := message.GetKind().(type) {
	case *kitv1.OutcomeValue_Returned:
		payload, err := readValue(kind.Returned, level+1)
		if err != nil {
			return nil, err.Within(".returned")
		}
		return value.Outcome{Ending: value.Returned, Payload: payload}, nil
	case *kitv1.OutcomeValue_Failed:
		failure, err := readError(kind.Failed, level+1)
		if err != nil {
			return nil, err.Within(".failed")
		}
		return value.Outcome{Ending: value.Failed, Payload: failure}, nil
	case *kitv1.OutcomeValue_Panicked:
		return value.Outcome{Ending: value.Panicked, Payload: value.Text(kind.Panicked)}, nil
	case *kitv1.OutcomeValue_Cancelled:
		payload, err := readNull(kind.Cancelled)
		return value.Outcome{Ending: value.Cancelled, Payload: payload}, err
	case *kitv1.OutcomeValue_Pending:
		payload, err := readNull(kind.Pending)
		return value.Outcome{Ending: value.Pending, Payload: payload}, err
	default:
		return nil, bad()
	}
}
