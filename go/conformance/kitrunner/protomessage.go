package kitrunner

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"

	"testingkit.dev/go/value"
)

// readMessage reads a message of a type that is linked into the runner.
func readMessage(packed *anypb.Any, level int) (value.Value, error) {
	message, err := packed.UnmarshalNew()
	if err != nil {
		return nil, badArgument()
	}
	return messageToValue(message.ProtoReflect(), level)
}

// messageToValue converts a message at a level of nesting.
func messageToValue(message protoreflect.Message, level int) (value.Value, error) {
	if level > value.MaxDepth {
		return nil, value.NewConversionError(value.TooLarge)
	}
	fields := message.Descriptor().Fields()
	values := map[string]value.Value{}
	for i := range fields.Len() {
		field := fields.Get(i)
		if field.HasPresence() && !message.Has(field) {
			continue
		}
		v, err := fieldToValue(field, message.Get(field), level+1)
		if err != nil {
			return nil, value.Within(err, value.PathSegment(string(field.Name())))
		}
		values[string(field.Name())] = v
	}
	return value.MessageOf(messageType(message.Descriptor()), values, unknownFields(message.GetUnknown())...)
}

// messageType returns the type of the messages of a descriptor.
func messageType(descriptor protoreflect.MessageDescriptor) *value.MessageType {
	found := &value.MessageType{Name: string(descriptor.FullName())}
	for _, field := range byNumber(descriptor.Fields()) {
		found.Fields = append(found.Fields, value.MessageField{
			Name: string(field.Name()), Explicit: field.HasPresence(), Default: defaultOf(field),
		})
	}
	for i := range descriptor.Oneofs().Len() {
		oneof := descriptor.Oneofs().Get(i)
		if oneof.IsSynthetic() {
			continue
		}
		members := make([]string, oneof.Fields().Len())
		for j := range members {
			members[j] = string(oneof.Fields().Get(j).Name())
		}
		found.Oneofs = append(found.Oneofs, value.Oneof{Name: string(oneof.Name()), Members: members})
	}
	return found
}

func byNumber(fields protoreflect.FieldDescriptors) []protoreflect.FieldDescriptor {
	sorted := make([]protoreflect.FieldDescriptor, fields.Len())
	for i := range sorted {
		sorted[i] = fields.Get(i)
	}
	slices.SortFunc(sorted, func(left, right protoreflect.FieldDescriptor) int {
		return cmp.Compare(left.Number(), right.Number())
	})
	return sorted
}

// defaultOf returns the value of a field while it is unset, or nil for a message.
func defaultOf(field protoreflect.FieldDescriptor) value.Value {
	switch {
	case field.IsMap():
		return value.Map{}
	case field.IsList():
		return value.List{}
	case field.Message() != nil:
		return nil
	default:
		return scalarToValue(field, field.Default())
	}
}

func fieldToValue(field protoreflect.FieldDescriptor, native protoreflect.Value, level int) (value.Value, error) {
	switch {
	case field.IsMap():
		return mapToValue(field, native.Map(), level)
	case field.IsList():
		return listToValue(field, native.List(), level)
	default:
		return itemToValue(field, native, level)
	}
}

func listToValue(field protoreflect.FieldDescriptor, native protoreflect.List, level int) (value.Value, error) {
	items := make(value.List, native.Len())
	for i := range items {
		item, err := itemToValue(field, native.Get(i), level+1)
		if err != nil {
			return nil, value.Within(err, fmt.Sprintf("[%d]", i))
		}
		items[i] = item
	}
	return items, nil
}

func mapToValue(field protoreflect.FieldDescriptor, native protoreflect.Map, level int) (value.Value, error) {
	var entries []value.Entry
	var failure error
	native.Range(func(nativeKey protoreflect.MapKey, nativeItem protoreflect.Value) bool {
		key := scalarToValue(field.MapKey(), nativeKey.Value())
		item, err := itemToValue(field.MapValue(), nativeItem, level+1)
		if err != nil {
			failure = value.WithinKey(err, key)
			return false
		}
		entries = append(entries, value.Entry{Key: key, Value: item})
		return true
	})
	if failure != nil {
		return nil, failure
	}
	built, err := value.MapOf(entries...)
	if err != nil {
		return nil, err
	}
	return built, nil
}

// itemToValue converts a field, or one item or value of a repeated one or a map.
func itemToValue(field protoreflect.FieldDescriptor, native protoreflect.Value, level int) (value.Value, error) {
	if field.Message() != nil {
		return messageToValue(native.Message(), level)
	}
	return scalarToValue(field, native), nil
}

func scalarToValue(field protoreflect.FieldDescriptor, native protoreflect.Value) value.Value {
	switch native := native.Interface().(type) {
	case bool:
		return value.Bool(native)
	case int32:
		return value.NewInt(int64(native))
	case int64:
		return value.NewInt(native)
	case uint32:
		return value.NewInt(int64(native))
	case uint64:
		return uintOf(native)
	case float32:
		return value.Float(native)
	case float64:
		return value.Float(native)
	case string:
		return value.Text(native)
	case []byte:
		return value.Bytes(native)
	default:
		return memberOf(field.Enum(), native.(protoreflect.EnumNumber))
	}
}

// memberOf returns a member; of two with the same number, the name is that of the first.
func memberOf(enum protoreflect.EnumDescriptor, number protoreflect.EnumNumber) value.Value {
	member := value.Enum{Type: string(enum.FullName()), Number: int32(number)}
	if known := enum.Values().ByNumber(number); known != nil {
		member.Name = string(known.Name())
	}
	return member
}

// unknownFields returns the unknown fields by number, each occurrence in its shortest encoding.
func unknownFields(octets []byte) []value.UnknownField {
	encoded := map[protowire.Number][]byte{}
	for len(octets) > 0 {
		number, wireType, size := protowire.ConsumeTag(octets)
		octets = octets[size:]
		size = protowire.ConsumeFieldValue(number, wireType, octets)
		encoded[number] = appendField(encoded[number], number, wireType, octets[:size])
		octets = octets[size:]
	}
	found := make([]value.UnknownField, 0, len(encoded))
	for number, octets := range encoded {
		found = append(found, value.UnknownField{Number: int32(number), Encoded: octets})
	}
	return found
}

// appendField appends a field with valid contents.
func appendField(encoded []byte, number protowire.Number, wireType protowire.Type, octets []byte) []byte {
	encoded = protowire.AppendTag(encoded, number, wireType)
	switch wireType {
	case protowire.VarintType:
		contents, _ := protowire.ConsumeVarint(octets)
		return protowire.AppendVarint(encoded, contents)
	case protowire.BytesType:
		contents, _ := protowire.ConsumeBytes(octets)
		return protowire.AppendBytes(encoded, contents)
	case protowire.StartGroupType:
		contents, _ := protowire.ConsumeGroup(number, octets)
		for len(contents) > 0 {
			inner, innerType, size := protowire.ConsumeTag(contents)
			contents = contents[size:]
			size = protowire.ConsumeFieldValue(inner, innerType, contents)
			encoded = appendField(encoded, inner, innerType, contents[:size])
			contents = contents[size:]
		}
		return protowire.AppendTag(encoded, number, protowire.EndGroupType)
	default:
		return append(encoded, octets...)
	}
}

func uintOf(number uint64) value.Value {
	// Integers of 64 bits are never too large.
	v, _ := value.IntOf(new(big.Int).SetUint64(number))
	return v
}
