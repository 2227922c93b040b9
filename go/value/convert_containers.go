package value

import (
	"fmt"
	"reflect"
	"slices"
)

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
		return convertOctets(native)
	}
	if native.Len() == 0 {
		// Not guarded: two empty slices may share a pointer without being inside each other.
		return List{}, nil
	}
	return c.guard(native, native.Len(), func() (Value, error) { return c.convertItems(native) })
}

func (c *converter) convertArray(native reflect.Value) (Value, error) {
	if native.Type().Elem().Kind() == reflect.Uint8 {
		return convertOctets(native)
	}
	return c.convertItems(native)
}

// convertOctets returns Bytes, or a Text if the type writes itself as one, such as an IP address.
func convertOctets(native reflect.Value) (Value, error) {
	if v, ok, err := convertMarshaler(native); ok {
		return v, err
	}
	octets := make(Bytes, native.Len())
	for i := range octets {
		octets[i] = byte(native.Index(i).Uint())
	}
	return octets, nil
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
	built, err := mapOf(entries)
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
	built, err := setOf(items)
	if err != nil {
		return nil, NewConversionError(NotConvertible)
	}
	return built, nil
}
