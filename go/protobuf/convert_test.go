package protobuf_test

import (
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/typepb"

	"testingkit.dev/go/protobuf"
	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
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

func TestToValueStatesWhichFloatsHave32Bits(t *testing.T) {
	v, err := protobuf.ToValue(dynamicpb.NewMessage(floats(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range v.(value.Message).Type().Fields {
		if want := field.Name != "wide"; field.Single != want {
			t.Errorf("Single of %s = %v, want %v", field.Name, field.Single, want)
		}
	}
}

// floats returns a message type with floats of 32 bits in a field, a list and a map, and a wide one.
func floats(t *testing.T) protoreflect.MessageDescriptor {
	t.Helper()
	one, many := descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL, descriptorpb.FieldDescriptorProto_LABEL_REPEATED
	float := descriptorpb.FieldDescriptorProto_TYPE_FLOAT
	by := field("by_id", 3, many, descriptorpb.FieldDescriptorProto_TYPE_MESSAGE)
	by.TypeName = proto.String(".t.Floats.ByIdEntry")
	entry := &descriptorpb.DescriptorProto{
		Name: proto.String("ByIdEntry"),
		Field: []*descriptorpb.FieldDescriptorProto{
			field("key", 1, one, descriptorpb.FieldDescriptorProto_TYPE_INT32), field("value", 2, one, float),
		},
		Options: &descriptorpb.MessageOptions{MapEntry: proto.Bool(true)},
	}
	file, err := protodesc.NewFile(&descriptorpb.FileDescriptorProto{
		Name: proto.String("floats.proto"), Package: proto.String("t"), Syntax: proto.String("proto3"),
		MessageType: []*descriptorpb.DescriptorProto{{
			Name: proto.String("Floats"),
			Field: []*descriptorpb.FieldDescriptorProto{
				field("one", 1, one, float), field("many", 2, many, float), by,
				field("wide", 4, one, descriptorpb.FieldDescriptorProto_TYPE_DOUBLE),
			},
			NestedType: []*descriptorpb.DescriptorProto{entry},
		}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return file.Messages().Get(0)
}

func field(
	name string, number int32,
	label descriptorpb.FieldDescriptorProto_Label, kind descriptorpb.FieldDescriptorProto_Type,
) *descriptorpb.FieldDescriptorProto {
	return &descriptorpb.FieldDescriptorProto{
		Name: proto.String(name), Number: proto.Int32(number), Label: label.Enum(), Type: kind.Enum(),
	}
}
