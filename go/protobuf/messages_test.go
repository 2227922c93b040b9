package protobuf_test

import (
	"testing"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/structpb"

	"testingkit.dev/go/expect"
	"testingkit.dev/go/protobuf"
	"testingkit.dev/go/value"
)

func TestMessageInAnAssertion(t *testing.T) {
	timeout, limit := &durationpb.Duration{Seconds: 7}, &durationpb.Duration{Seconds: 8}
	expect.ProtoHasField(t, protobuf.Of(timeout), "seconds")
	expect.ProtoMatchesText(t, protobuf.Of(timeout), "seconds: 7")
	expect.ProtoNotEqual(t, protobuf.Of(timeout), protobuf.Of(limit))
	expect.Contains(t, []any{protobuf.Of(timeout), protobuf.Of(limit)}, protobuf.Of(limit))
}

func TestNilMessageIsNull(t *testing.T) {
	var timeout *durationpb.Duration
	expect.IsNull(t, protobuf.Of(timeout))
	expect.IsNull(t, protobuf.Of(nil))
}

func TestOfRefusesMessagesThatAreTooDeep(t *testing.T) {
	inner := structpb.NewNullValue()
	for range 50 {
		inner = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{inner}})
	}
	_, err := value.ToValue(protobuf.Of(inner))
	expect.FailsWithMessageContaining(t, err, "too_large at $.list_value")
}
