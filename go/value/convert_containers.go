package value

import (
	"fmt"
	"reflect"
	"slices"
)

// fieldTag is the struct tag that renames a field, or leaves it out with "-".
const fieldTag = "testingkit"

// guarded converts what is inside a pointer, map or slice, or gives cycle where it is inside already.
func (c *converter) guarded(
	native reflect.Value, length int, convert func() (Value, *ConversionError),
) (Value, *ConversionError) {
	kind := native.Kind()
	if kind != reflect.Pointer && kind != reflect.Map && kind != reflect.Slice {
		return convert()
	}
	here := place{kind: native.Type(), pointer: native.Pointer(), length: length}
	if slices.Contains(c.inside, here) {
		return nil, NewError(Cycle)
	}
	c.inside = append(c.inside, here)
	defer func() { c.inside = c.inside[:len(c.inside)-1] }()
	return convert()
}

func (c *converter) slice(native reflect.Value) (Value, *ConversionError) {
	if native.Type().Elem().Kind() == reflect.Uint8 {
		return Bytes(slices.Clone(native.Bytes())), nil
	}
	if native.Len() == 0 {
		return List{}, nil // empty ones may share their pointer without being inside each other
	}
	return c.guarded(native, native.Len(), func() (Value, *ConversionError) { return c.items(native) })
}

func (c *converter) items(native reflect.Value) (Value, *ConversionError) {
	items := make(List, native.Len())
	for index := range items {
		item, err := c.convert(native.Index(index))
		if err != nil {
			return nil, err.Within(fmt.Sprintf("[%d]", index))
		}
		items[index] = item
	}
	return items, nil
}

// mapping converts a map; one to the empty struct is a set.
func (c *converter) mapping(native reflect.Value) (Value, *ConversionError) {
	if item := native.Type().Elem(); item.Kind() == reflect.Struct && item.NumField() == 0 {
		return c.set(native)
	}
	entries := make([]Entry, 0, native.Len())
	for each := native.MapRange(); each.Next(); {
		key, err := c.convert(each.Key())
		if err != nil {
			return nil, err.OfContainer()
		}
		item, err := c.convert(each.Value())
		if err != nil {
			return nil, err.WithinKey(key)
		}
		entries = append(entries, Entry{Key: key, Value: item})
	}
	built, err := MapOf(entries...)
	if err != nil {
		return nil, NewError(NotConvertible)
	}
	return built, nil
}

func (c *converter) set(native reflect.Value) (Value, *ConversionError) {
	items := make([]Value, 0, native.Len())
	for _, key := range native.MapKeys() {
		item, err := c.convert(key)
		if err != nil {
			return nil, err.OfContainer()
		}
		items = append(items, item)
	}
	built, err := SetOf(items...)
	if err != nil {
		return nil, NewError(NotConvertible)
	}
	return built, nil
}

// record converts the exported fields of a struct. One that has fields but no exported one hides all
// that it is: two different ones would look equal.
func (c *converter) record(native reflect.Value) (Value, *ConversionError) {
	structure := native.Type()
	var fields []Field
	exported := 0
	for index := range structure.NumField() {
		field := structure.Field(index)
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
		item, err := c.convert(native.Field(index))
		if err != nil {
			return nil, err.Within(PathSegment(name))
		}
		fields = append(fields, Field{Name: name, Value: item})
	}
	if structure.NumField() > 0 && exported == 0 {
		return nil, NewError(NotConvertible)
	}
	built, err := RecordOf(structure.Name(), fields...)
	if err != nil {
		return nil, NewError(NotConvertible)
	}
	return built, nil
}
