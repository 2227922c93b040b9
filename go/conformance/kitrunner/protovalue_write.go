package kitrunner

import (
	"math"

	"google.golang.org/protobuf/types/known/durationpb"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/value"
)

// canonicalNaN has the bits that every NaN is written with. Those of math.NaN are different.
var canonicalNaN = math.Float64frombits(0x7FF8000000000000)

// toProto writes a value in its canonical form.
func toProto(v value.Value) *kitv1.Value {
	switch v := v.(type) {
	case value.Bool:
		return &kitv1.Value{Kind: &kitv1.Value_Bool{Bool: bool(v)}}
	case value.Int:
		return writeInt(v)
	case value.Float:
		return writeFloat(float64(v))
	case value.Text:
		return &kitv1.Value{Kind: &kitv1.Value_Text{Text: string(v)}}
	case value.Bytes:
		return &kitv1.Value{Kind: &kitv1.Value_Bytes{Bytes: v}}
	case value.Time:
		return writeTime(v)
	case value.Duration:
		written := &durationpb.Duration{Seconds: int64(v / nanosPerSecond), Nanos: int32(v % nanosPerSecond)}
		return &kitv1.Value{Kind: &kitv1.Value_Duration{Duration: written}}
	case value.Enum:
		written := &kitv1.EnumValue{Type: v.Type, Name: v.Name, Number: v.Number}
		return &kitv1.Value{Kind: &kitv1.Value_Enum{Enum: written}}
	default:
		return writeContainer(v)
	}
}

func writeContainer(v value.Value) *kitv1.Value {
	switch v := v.(type) {
	case value.List:
		return &kitv1.Value{Kind: &kitv1.Value_List{List: &kitv1.ListValue{Items: writeItems(v)}}}
	case value.Set:
		return &kitv1.Value{Kind: &kitv1.Value_Set{Set: &kitv1.SetValue{Items: writeItems(v.Items())}}}
	case value.Map:
		return writeMap(v)
	case value.Record:
		return writeRecord(v)
	case value.Message:
		return writeRecord(v.Record())
	case value.Error:
		return &kitv1.Value{Kind: &kitv1.Value_Error{Error: writeError(v)}}
	case value.Outcome:
		return &kitv1.Value{Kind: &kitv1.Value_Outcome{Outcome: writeOutcome(v)}}
	default:
		return &kitv1.Value{Kind: &kitv1.Value_Null{Null: kitv1.Null_NULL}}
	}
}

func writeInt(number value.Int) *kitv1.Value {
	if number.Big().IsInt64() {
		return &kitv1.Value{Kind: &kitv1.Value_Int{Int: number.Big().Int64()}}
	}
	return &kitv1.Value{Kind: &kitv1.Value_BigInt{BigInt: number.String()}}
}

func writeFloat(number float64) *kitv1.Value {
	if math.IsNaN(number) {
		number = canonicalNaN
	}
	return &kitv1.Value{Kind: &kitv1.Value_Float{Float: number}}
}

func writeTime(instant value.Time) *kitv1.Value {
	written := &kitv1.TimeValue{Seconds: instant.Seconds, Nanos: instant.Nanos}
	if instant.UTCOffsetSeconds != 0 {
		written.UtcOffsetSeconds = &instant.UTCOffsetSeconds
	}
	return &kitv1.Value{Kind: &kitv1.Value_Time{Time: written}}
}

func writeItems(items []value.Value) []*kitv1.Value {
	written := make([]*kitv1.Value, len(items))
	for i, item := range items {
		written[i] = toProto(item)
	}
	return written
}

func writeMap(m value.Map) *kitv1.Value {
	written := &kitv1.MapValue{}
	for _, entry := range m.Entries() {
		written.Entries = append(written.Entries, &kitv1.MapValue_Entry{
			Key: toProto(entry.Key), Value: toProto(entry.Value),
		})
	}
	return &kitv1.Value{Kind: &kitv1.Value_Map{Map: written}}
}

func writeRecord(record value.Record) *kitv1.Value {
	written := &kitv1.RecordValue{Name: record.Name()}
	for _, field := range record.Fields() {
		written.Fields = append(written.Fields, &kitv1.RecordValue_Field{
			Name: field.Name, Value: toProto(field.Value),
		})
	}
	return &kitv1.Value{Kind: &kitv1.Value_Record{Record: written}}
}

func writeError(failure value.Error) *kitv1.ErrorValue {
	written := &kitv1.ErrorValue{Type: failure.Type, Message: failure.Message, Code: failure.Code}
	for _, cause := range failure.Causes {
		written.Causes = append(written.Causes, writeError(cause))
	}
	return written
}

func writeOutcome(outcome value.Outcome) *kitv1.OutcomeValue {
	switch payload := outcome.Payload.(type) {
	case value.Error:
		if outcome.Ending == value.Failed {
			return &kitv1.OutcomeValue{Kind: &kitv1.OutcomeValue_Failed{Failed: writeError(payload)}}
		}
	case value.Text:
		if outcome.Ending == value.Panicked {
			return &kitv1.OutcomeValue{Kind: &kitv1.OutcomeValue_Panicked{Panicked: string(payload)}}
		}
	}
	switch outcome.Ending {
	case value.Cancelled:
		return &kitv1.OutcomeValue{Kind: &kitv1.OutcomeValue_Cancelled{Cancelled: kitv1.Null_NULL}}
	case value.Pending:
		return &kitv1.OutcomeValue{Kind: &kitv1.OutcomeValue_Pending{Pending: kitv1.Null_NULL}}
	default:
		return &kitv1.OutcomeValue{Kind: &kitv1.OutcomeValue_Returned{Returned: toProto(outcome.Payload)}}
	}
}
