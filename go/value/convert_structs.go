package value

import (
	"cmp"
	"encoding"
	"reflect"
	"strings"
	"sync"
	"unicode/utf8"
)

// fieldTag is the struct tag that renames a field, or leaves it out with "-".
const fieldTag = "testingkit"

// structPlan is what the conversion of a struct needs to know of its type.
type structPlan struct {
	name   string
	fields []plannedField
	sealed bool // It has fields, but no exported one.
	unique bool // No two fields have the same name.
}

// plannedField is an exported field that is not left out.
type plannedField struct {
	name  string
	index []int
}

// structPlans has the plan of every type that was converted: a type is much slower to examine than a
// value is to convert.
var structPlans sync.Map

func planOf(structType reflect.Type) *structPlan {
	if plan, ok := structPlans.Load(structType); ok {
		return plan.(*structPlan)
	}
	plan := newStructPlan(structType)
	structPlans.Store(structType, plan)
	return plan
}

func newStructPlan(structType reflect.Type) *structPlan {
	exported := promotedFields(structType)
	plan := &structPlan{
		name:   typeName(structType),
		sealed: structType.NumField() > 0 && len(exported) == 0,
		unique: true,
	}
	names := map[string]bool{}
	for _, field := range exported {
		name := fieldName(field)
		if name == "-" {
			continue
		}
		plan.unique = plan.unique && !names[name]
		names[name] = true
		plan.fields = append(plan.fields, plannedField{name: name, index: field.Index})
	}
	return plan
}

// convertStruct returns a Record of the exported fields, and of those that an embedded unexported
// struct promotes.
func (c *converter) convertStruct(native reflect.Value) (Value, error) {
	plan := planOf(native.Type())
	if plan.sealed {
		return c.convertSealed(native)
	}
	fields := make([]Field, 0, len(plan.fields))
	for _, field := range plan.fields {
		part, err := native.FieldByIndexErr(field.index)
		if err != nil { // An embedded pointer that is nil has no fields.
			continue
		}
		item, err := c.convert(part)
		if err != nil {
			return nil, Within(err, PathSegment(field.name))
		}
		fields = append(fields, Field{Name: field.name, Value: item})
	}
	if plan.unique {
		return Record{name: plan.name, fields: fields}, nil
	}
	built, err := RecordOf(plan.name, fields...)
	if err != nil {
		return nil, NewConversionError(NotConvertible)
	}
	return built, nil
}

// promotedFields returns the exported fields of a struct. The fields of an embedded struct are among
// them if its own type is unexported; an exported one is a field itself.
func promotedFields(structType reflect.Type) []reflect.StructField {
	var fields []reflect.StructField
	for _, field := range reflect.VisibleFields(structType) {
		if field.IsExported() && isPromoted(structType, field.Index) {
			fields = append(fields, field)
		}
	}
	return fields
}

// isPromoted reports whether each struct around a field is embedded, unexported and not left out.
func isPromoted(structType reflect.Type, index []int) bool {
	for depth := 1; depth < len(index); depth++ {
		around := structType.FieldByIndex(index[:depth])
		if around.IsExported() || around.Tag.Get(fieldTag) == "-" {
			return false
		}
	}
	return true
}

// fieldName returns the name of a field in the record, or "-" if it is left out.
func fieldName(field reflect.StructField) string {
	return cmp.Or(field.Tag.Get(fieldTag), field.Name)
}

// convertSealed converts a struct whose fields are all unexported. Only one that writes itself as
// text or loads its content does: two different ones would look equal.
func (c *converter) convertSealed(native reflect.Value) (Value, error) {
	if v, ok, err := convertMarshaler(native); ok {
		return v, err
	}
	if native.Type().PkgPath() == "sync/atomic" && native.CanInterface() {
		if load := withMethods(native).MethodByName("Load"); load.IsValid() {
			return c.convertNext(load.Call(nil)[0])
		}
	}
	return nil, NewConversionError(NotConvertible)
}

// convertMarshaler returns the text of a native value that has a method MarshalText.
func convertMarshaler(native reflect.Value) (v Value, ok bool, err error) {
	if !native.CanInterface() {
		return nil, false, nil
	}
	marshaler, ok := withMethods(native).Interface().(encoding.TextMarshaler)
	if !ok {
		return nil, false, nil
	}
	type result struct {
		text []byte
		err  error
	}
	written, err := call(func() result {
		text, err := marshaler.MarshalText()
		return result{text, err}
	})
	if err != nil || written.err != nil || !utf8.Valid(written.text) {
		return nil, true, NewConversionError(NotConvertible)
	}
	return Text(written.text), true, nil
}

// withMethods returns a pointer to native, which has the methods of its type and of the pointer.
func withMethods(native reflect.Value) reflect.Value {
	if native.CanAddr() {
		return native.Addr()
	}
	pointer := reflect.New(native.Type())
	pointer.Elem().Set(native)
	return pointer
}

// typeName returns the name of a type without its type arguments.
func typeName(goType reflect.Type) string {
	name, _, _ := strings.Cut(goType.Name(), "[")
	return name
}
