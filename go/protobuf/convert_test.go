package protobuf_test

import (
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/typepb"

	"testingkit.dev/go/protobuf"
	"testingkit.dev/go/render"
)

func TestToValueShowsWhatIsSet(t *testing.T) {
	list, err := structpb.NewList([]any{nil, "a", 0.0})
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]proto.Message{
		"message google.protobuf.Field{number: 1}": &typepb.Field{Number: 1},
		"message google.protobuf.ListValue{}":      &structpb.ListValue{},
		"message google.protobuf.ListValue{values: [" +
			"message google.protobuf.Value{null_value: google.protobuf.NullValue.NULL_VALUE}, " +
			`message google.protobuf.Value{string_value: "a"}, ` +
			"message google.protobuf.Value{number_value: 0.0}]}": list,
	}
	for want, message := range tests {
		v, err := protobuf.ToValue(message)
		if err != nil {
			t.Fatal(err)
		}
		if got := render.Canonical(v); got != want {
			t.Errorf("ToValue = %s, want %s", got, want)
		}
	}
}

func TestToValueRefusesMessagesThatAreTooDeep(t *testing.T) {
	inner := structpb.NewNullValue()
	for range 50 {
		inner = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{inner}})
	}
	if v, err := protobuf.ToValue(inner); err == nil {
		t.Errorf("ToValue = %v, want an error", v)
	}
}
