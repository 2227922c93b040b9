package value

import (
	"fmt"
	"reflect"
	"slices"
)

// fieldTag is the struct tag that renames a field, or leaves it out with "-".
const fieldTag = "testingkit"

// guard calls convert for what is inside native. If native is a pointer, map or slice that is being
// converted already, it returns a Cycle error instead.
func (c *converter) guard(native reflect.Value, length int, convert func() (Value, error)) (Value, error) {
	kind := native.Kind()
	if kind != reflect.Pointer && kind != reflect.Map && kind != reflect.Slice {
		return convert()
	}
	here := container{kind: native.Type(), pointer: native.Pointer(), length: length}
	if slices.Contains(c.inside, here) {
		return nil, NewConversionError(Cycle)
	}
	c.inside = append(c.inside, here)
	defer func() { c.inside = c.inside[:len(c.inside)-1] }()
	return convert()
}

func (c *converter) convertSlice(native reflect.Value) (Value, error) {
	if native.Type().Elem().Kind() == reflect.Uint8 {
		return Bytes(slices.Clone(native.Bytes())), nil
	}
	if native.Len() == 0 {
		// Not guarded: two empty slices may share a pointer without being inside each other.
		return List{}, nil
	}
	return c.guard(native, native.Len(), func() (Value, error) { return c.convertItems(native) })
}

func (c *converter) convertItems(native reflect.Value) (Value, error) {
	items := make(List, native.Len())
	for i := range items {
		item, err := c.convert(native.Index(i))
		if err != nil {
			return nil, Within(err, fmt.Sprintf("[%d]", i))
		}
		items[i] = item
	}
	return items, nil
}

// convertMap returns a Map, or a Set for a map whose elements are empty structs.
func (c *converter) convertMap(native reflect.Value) (Value, error) {
	if elem := native.Type().Elem(); elem.Kind() == reflect.Struct && elem.NumField() == 0 {
		return c.convertSet(native)
	}
	entries := make([]Entry, 0, native.Len())
	for iter := native.MapRange(); iter.Next(); {
		key, err := c.convert(iter.Key())
		if err != nil {
			return nil, AtContainer(err)
		}
		item, err := c.convert(iter.Value())
		if err != nil {
			return nil, WithinKey(err, key)
		}
		entries = append(entries, Entry{Key: key, Value: item})
	}
	built, err := MapOf(entries...)
	if err != nil {
		return nil, NewConversionError(NotConvertible)
	}
	return built, nil
}

func (c *converter) convertSet(native reflect.Value) (Value, error) {
	items := make([]Value, 0, native.Len())
	for _, key := range native.MapKeys() {
		item, err := c.convert(key)
		if err != nil {
			return nil, AtContainer(err)
		}
		items = append(items, item)
	}
	built, err := SetOf(items...)
	if err != nil {
		return nil, NewConversionError(NotConvertible)
	}
	return built, nil
}

// convertStruct returns a Record of the exported fields. A struct that has only unexported fields
// does not convert: two different ones would look equal.
func (c *converter) convertStruct(native reflect.Value) (Value, error) {
	structType := native.Type()
	var fields []Field
	exported := 0
	for i := range structType.NumField() {
		field := structType.Field(i)
		if !field.IsExported() {
			continue
		}
		exported++
		name := field.Name
		if tag := field.Tag.Get(fieldTag); tag == "-" {
			continue
		} else if tag != "" {
			name = tag
		}
		item, err := c.convert(native.Field(i))
		if err != nil {
			return nil, Within(err, PathSegment(name))
		}
		fields = append(fields, Field{Name: name, Value: item})
	}
	if structType.NumField() > 0 && exported == 0 {
		return nil, NewConversionError(NotConvertible)
	}
	built, err := RecordOf(structType.Name(), fields...)
	if err != nil {
		return nil, NewConversionError(NotConvertible)
	}
	return built, nil
}
