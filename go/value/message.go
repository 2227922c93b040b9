package value

import (
	"slices"
	"strconv"
)

// Message is a protobuf message: the record of its fields that are set, and its type. [MessageOf]
// builds one.
type Message struct {
	record      Record
	messageType *MessageType
}

// MessageType is a type of protobuf messages.
type MessageType struct {
	// Name is the full name of the type.
	Name string
	// Fields are the fields in the order of their numbers.
	Fields []MessageField
	// Oneofs are the oneofs that are written in the proto file.
	Oneofs []Oneof
}

// MessageField is a field of a message type.
type MessageField struct {
	// Name is the name of the field.
	Name string
	// Explicit reports whether the field can be set to its default. Fields without this are set if
	// they differ from it.
	Explicit bool
	// Default is the value of the field while it is unset, or nil for a message.
	Default Value
	// Single reports whether its floats have 32 bits: those of the field, its items or the values of
	// its map.
	Single bool
}

// Oneof is a oneof of a message type.
type Oneof struct {
	// Name is the name of the oneof.
	Name string
	// Members are the names of its fields.
	Members []string
}

// UnknownField has all occurrences of a field that the type of its message does not have.
type UnknownField struct {
	// Number is the number of the field.
	Number int32
	// Encoded are the occurrences as in an encoded message.
	Encoded []byte
}

// Kind returns KindMessage.
func (Message) Kind() Kind { return KindMessage }

// Type returns the type. The caller must not modify it.
func (m Message) Type() *MessageType {
	if m.messageType == nil {
		return &MessageType{} // That of the zero Message.
	}
	return m.messageType
}

// Record returns the record of the fields that are set, in the order of their numbers. Unknown fields
// come last, each named by its number.
func (m Message) Record() Record { return m.record }

// Field returns the field with this name; ok is false without one.
func (t *MessageType) Field(name string) (field MessageField, ok bool) {
	i := slices.IndexFunc(t.Fields, func(field MessageField) bool { return field.Name == name })
	if i < 0 {
		return MessageField{}, false
	}
	return t.Fields[i], true
}

// MessageOf returns the message with these values of its fields, and these unknown fields. A field
// without explicit presence is set only if its value is not identical to the default. The error is a
// [ConversionError] with the code [BadArgument] if a value is for a field that the type does not
// have, and with the code of [Check] if a value fails it.
func MessageOf(messageType *MessageType, values map[string]Value, unknown ...UnknownField) (Message, error) {
	record := Record{name: messageType.Name}
	known := 0
	for _, field := range messageType.Fields {
		v, ok := values[field.Name]
		if !ok {
			continue
		}
		known++
		if err := check(v, 2); err != nil {
			return Message{}, Within(err, PathSegment(field.Name))
		}
		if field.isSetTo(v) {
			record.fields = append(record.fields, Field{Name: field.Name, Value: v})
		}
	}
	if known != len(values) {
		return Message{}, NewConversionError(BadArgument)
	}
	unknown = slices.Clone(unknown)
	slices.SortFunc(unknown, func(left, right UnknownField) int { return int(left.Number - right.Number) })
	for _, field := range unknown {
		name := strconv.Itoa(int(field.Number))
		record.fields = append(record.fields, Field{Name: name, Value: Bytes(field.Encoded)})
	}
	return Message{record: record, messageType: messageType}, nil
}

// isSetTo reports whether a field that has this value is set.
func (f MessageField) isSetTo(v Value) bool {
	return f.Explicit || f.Default == nil || !Identical(v, f.Default)
}

// WithFields returns the message of the same type that has these fields set, which are fields of this
// one with other values, or some of them.
func (m Message) WithFields(fields []Field) Message {
	return Message{record: Record{name: m.record.name, fields: fields}, messageType: m.messageType}
}

// Get returns the value of a field that is set; ok is false for others.
func (r Record) Get(name string) (v Value, ok bool) {
	for _, field := range r.fields {
		if field.Name == name {
			return field.Value, true
		}
	}
	return nil, false
}

// RecordIn returns a record, or that of a message; ok is false for other values.
func RecordIn(v Value) (record Record, ok bool) {
	switch v := v.(type) {
	case Record:
		return v, true
	case Message:
		return v.record, true
	default:
		return Record{}, false
	}
}
