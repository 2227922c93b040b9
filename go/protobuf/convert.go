// Package protobuf converts protobuf messages to values of the kit (docs/kit/value.md, messages). It is a
// module of its own because the kit has no dependencies.
package protobuf

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"testingkit.dev/go/value"
)

// ToValue returns the value of a message. The error is a [value.ConversionError] with the code
// [value.TooLarge] if the message is nested too deep.
func ToValue(message proto.Message) (value.Value, error) {
	return ToValueAt(message, 1)
}

// Of returns a message as an argument of the assertions: it converts to the value of the message, and a
// nil message to null.
func Of(message proto.Message) value.Valuer {
	return native{message}
}

type native struct{ message proto.Message }

// TestingKitValue returns the value of the message.
func (n native) TestingKitValue() any {
	if n.message == nil || !n.message.ProtoReflect().IsValid() {
		return nil
	}
	v, err := ToValue(n.message)
	if err != nil {
		panic(err) // The error of the conversion.
	}
	return v
}

// ToValueAt is ToValue for a message within a value, at a level of nesting; 1 is a whole value.
func ToValueAt(message proto.Message, level int) (value.Value, error) {
	return converter{}.message(message.ProtoReflect(), level)
}

// converter has the types of the messages that it has converted, by their names.
type converter map[protoreflect.FullName]*value.MessageType

// message converts a message at a level of nesting.
func (c converter) message(message protoreflect.Message, level int) (value.Value, error) {
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
		v, err := c.field(field, message.Get(field), level+1)
		if err != nil {
			return nil, value.Within(err, value.PathSegment(string(field.Name())))
		}
		values[string(field.Name())] = v
	}
	return value.MessageOf(c.typeOf(message.Descriptor()), values, unknownFields(message.GetUnknown())...)
}

// typeOf returns the type of the messages of a descriptor.
func (c converter) typeOf(descriptor protoreflect.MessageDescriptor) *value.MessageType {
	known, ok := c[descriptor.FullName()]
	if !ok {
		known = messageType(descriptor)
		c[descriptor.FullName()] = known
	}
	return known
}

func messageType(descriptor protoreflect.MessageDescriptor) *value.MessageType {
	found := &value.MessageType{Name: string(descriptor.FullName())}
	for _, field := range byNumber(descriptor.Fields()) {
		found.Fields = append(found.Fields, value.MessageField{
			Name:     string(field.Name()),
			Explicit: field.HasPresence(),
			Default:  defaultOf(field),
			Single:   isSingle(field),
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

// isSingle reports whether the floats of a field, of its items or of the values of its map have 32 bits.
func isSingle(field protoreflect.FieldDescriptor) bool {
	if field.IsMap() {
		field = field.MapValue()
	}
	return field.Kind() == protoreflect.FloatKind
}

func (c converter) field(field protoreflect.FieldDescriptor, native protoreflect.Value, level int) (value.Value, error) {
	switch {
	case field.IsMap():
		return c.entries(field, native.Map(), level)
	case field.IsList():
		return c.items(field, native.List(), level)
	default:
		return c.item(field, native, level)
	}
}

func (c converter) items(field protoreflect.FieldDescriptor, native protoreflect.List, level int) (value.Value, error) {
	items := make(value.List, native.Len())
	for i := range items {
		item, err := c.item(field, native.Get(i), level+1)
		if err != nil {
			return nil, value.Within(err, fmt.Sprintf("[%d]", i))
		}
		items[i] = item
	}
	return items, nil
}

func (c converter) entries(field protoreflect.FieldDescriptor, native protoreflect.Map, level int) (value.Value, error) {
	var entries []value.Entry
	var failure error
	native.Range(func(nativeKey protoreflect.MapKey, nativeItem protoreflect.Value) bool {
		key := scalarToValue(field.MapKey(), nativeKey.Value())
		item, err := c.item(field.MapValue(), nativeItem, level+1)
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

// item converts a field, or one item or value of a repeated one or a map.
func (c converter) item(field protoreflect.FieldDescriptor, native protoreflect.Value, level int) (value.Value, error) {
	if field.Message() != nil {
		return c.message(native.Message(), level)
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

func uintOf(number uint64) value.Value {
	// Integers of 64 bits are never too large.
	v, _ := value.IntOf(new(big.Int).SetUint64(number))
	return v
}
