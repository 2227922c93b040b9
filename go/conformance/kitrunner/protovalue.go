package kitrunner

import (
	"fmt"
	"math"
	"math/big"
	"regexp"

	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/protobuf"
	"testingkit.dev/go/value"
)

const nanosPerSecond = 1_000_000_000

var bigInt = regexp.MustCompile(`^-?[1-9][0-9]*$`)

// fromProto reads a value (docs/kit/value.md, reading values). A nil message is a value without a
// kind. The error is a *value.ConversionError.
func fromProto(message *kitv1.Value) (value.Value, error) {
	return readValue(message, 1)
}

func badArgument() error {
	return value.NewConversionError(value.BadArgument)
}

// readValue reads a value at a level of nesting; the outermost value is at level 1.
func readValue(message *kitv1.Value, level int) (value.Value, error) {
	if level > value.MaxDepth {
		return nil, value.NewConversionError(value.TooLarge)
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

func readContainer(message *kitv1.Value, level int) (value.Value, error) {
	switch kind := message.GetKind().(type) {
	case *kitv1.Value_List:
		return readList(kind.List, level)
	case *kitv1.Value_Set:
		return readSet(kind.Set, level)
	case *kitv1.Value_Map:
		return readMap(kind.Map, level)
	case *kitv1.Value_Record:
		return readRecord(kind.Record, level)
	case *kitv1.Value_Message:
		return readMessage(kind.Message, level)
	case *kitv1.Value_Error:
		return readError(kind.Error, level)
	case *kitv1.Value_Outcome:
		return readOutcome(kind.Outcome, level)
	default:
		return nil, badArgument()
	}
}

func readNull(number kitv1.Null) (value.Value, error) {
	if number != kitv1.Null_NULL {
		return nil, badArgument()
	}
	return value.Null{}, nil
}

func readBigInt(text string) (value.Value, error) {
	number, ok := new(big.Int).SetString(text, 10)
	if !ok || !bigInt.MatchString(text) || number.IsInt64() {
		return nil, badArgument()
	}
	v, err := value.IntOf(number)
	if err != nil {
		return nil, err
	}
	return v, nil
}

func readTime(message *kitv1.TimeValue) (value.Value, error) {
	seconds, nanos, offset := message.GetSeconds(), message.GetNanos(), message.GetUtcOffsetSeconds()
	if seconds < value.MinTimeSeconds || seconds > value.MaxTimeSeconds || nanos < 0 || nanos >= nanosPerSecond ||
		offset < -value.MaxOffsetSeconds || offset > value.MaxOffsetSeconds {
		return nil, badArgument()
	}
	return value.Time{Seconds: seconds, Nanos: nanos, UTCOffsetSeconds: offset}, nil
}

func readDuration(message *durationpb.Duration) (value.Value, error) {
	seconds, nanos := message.GetSeconds(), int64(message.GetNanos())
	mixed := (seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0)
	if mixed || nanos <= -nanosPerSecond || nanos >= nanosPerSecond {
		return nil, badArgument()
	}
	total := new(big.Int).Mul(big.NewInt(seconds), big.NewInt(nanosPerSecond))
	total.Add(total, big.NewInt(nanos))
	if !total.IsInt64() || total.Int64() == math.MinInt64 {
		return nil, badArgument()
	}
	return value.Duration(total.Int64()), nil
}

func readList(message *kitv1.ListValue, level int) (value.Value, error) {
	items := make(value.List, len(message.GetItems()))
	for i, part := range message.GetItems() {
		item, err := readValue(part, level+1)
		if err != nil {
			return nil, value.Within(err, fmt.Sprintf("[%d]", i))
		}
		items[i] = item
	}
	return items, nil
}

func readSet(message *kitv1.SetValue, level int) (value.Value, error) {
	items := make([]value.Value, len(message.GetItems()))
	for i, part := range message.GetItems() {
		item, err := readValue(part, level+1)
		if err != nil {
			return nil, value.AtContainer(err)
		}
		items[i] = item
	}
	set, err := value.SetOf(items...)
	if err != nil {
		return nil, err
	}
	return set, nil
}

func readMap(message *kitv1.MapValue, level int) (value.Value, error) {
	entries := make([]value.Entry, len(message.GetEntries()))
	for i, entry := range message.GetEntries() {
		key, err := readValue(entry.GetKey(), level+1)
		if err != nil {
			return nil, value.AtContainer(err)
		}
		item, err := readValue(entry.GetValue(), level+1)
		if err != nil {
			return nil, value.WithinKey(err, key)
		}
		entries[i] = value.Entry{Key: key, Value: item}
	}
	built, err := value.MapOf(entries...)
	if err != nil {
		return nil, err
	}
	return built, nil
}

// readMessage reads a message of a type that is linked into the runner.
func readMessage(packed *anypb.Any, level int) (value.Value, error) {
	message, err := packed.UnmarshalNew()
	if err != nil {
		return nil, badArgument()
	}
	return protobuf.ToValueAt(message, level)
}

func readRecord(message *kitv1.RecordValue, level int) (value.Value, error) {
	fields := make([]value.Field, len(message.GetFields()))
	for i, field := range message.GetFields() {
		item, err := readValue(field.GetValue(), level+1)
		if err != nil {
			return nil, value.Within(err, value.PathSegment(field.GetName()))
		}
		fields[i] = value.Field{Name: field.GetName(), Value: item}
	}
	record, err := value.RecordOf(message.GetName(), fields...)
	if err != nil {
		return nil, err
	}
	return record, nil
}

func readError(message *kitv1.ErrorValue, level int) (value.Error, error) {
	if level > value.MaxDepth {
		return value.Error{}, value.NewConversionError(value.TooLarge)
	}
	failure := value.Error{Type: message.GetType(), Message: message.GetMessage(), Code: message.GetCode()}
	for i, part := range message.GetCauses() {
		cause, err := readError(part, level+1)
		if err != nil {
			return value.Error{}, value.Within(err, fmt.Sprintf(".causes[%d]", i))
		}
		failure.Causes = append(failure.Causes, cause)
	}
	return failure, nil
}

func readOutcome(message *kitv1.OutcomeValue, level int) (value.Value, error) {
	switch kind := message.GetKind().(type) {
	case *kitv1.OutcomeValue_Returned:
		payload, err := readValue(kind.Returned, level+1)
		if err != nil {
			return nil, value.Within(err, ".returned")
		}
		return value.Outcome{Ending: value.Returned, Payload: payload}, nil
	case *kitv1.OutcomeValue_Failed:
		failure, err := readError(kind.Failed, level+1)
		if err != nil {
			return nil, value.Within(err, ".failed")
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
		return nil, badArgument()
	}
}
