package match

import (
	"bytes"
	"math"
	"reflect"
	"sync"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

// sameness reports whether two values of one type are known to convert, to equal values. Level is 1 for
// the whole value.
type sameness func(left, right reflect.Value, level int) bool

// samenesses has the sameness of every type that was compared: a type is much slower to examine than
// its values.
var samenesses sync.Map

// plainlySame is plainlyEqual for values of any type. In values that contain themselves, it ends at the
// limit of levels.
func plainlySame(actual, expected any) bool {
	left, right := reflect.ValueOf(actual), reflect.ValueOf(expected)
	return left.IsValid() && right.IsValid() && left.Type() == right.Type() &&
		samenessOf(left.Type())(left, right, 1)
}

func samenessOf(goType reflect.Type) sameness {
	if known, ok := samenesses.Load(goType); ok {
		return known.(sameness)
	}
	same := planner{}.of(goType)
	samenesses.Store(goType, same)
	return same
}

// planner has the types around the one that is examined. A type can contain itself.
type planner map[reflect.Type]*sameness

func (p planner) of(goType reflect.Type) sameness {
	if started, ok := p[goType]; ok {
		return func(left, right reflect.Value, level int) bool { return (*started)(left, right, level) }
	}
	same := new(sameness)
	p[goType] = same
	*same = p.examine(goType)
	return *same
}

func (p planner) examine(goType reflect.Type) sameness {
	switch kind := goType.Kind(); {
	case kind == reflect.Interface:
		return sameInside
	case goType.NumMethod() > 0 || reflect.PointerTo(goType).NumMethod() > 0:
		return never // A method can decide how the type converts.
	case kind == reflect.Pointer:
		return oneDeeper(samePointers(p.of(goType.Elem())))
	case kind == reflect.Slice && goType.Elem().Kind() == reflect.Uint8:
		return p.octets(goType)
	case kind == reflect.Slice, kind == reflect.Array && goType.Elem().Kind() != reflect.Uint8:
		return oneDeeper(sameItems(p.of(goType.Elem())))
	case kind == reflect.Map:
		return p.entries(goType)
	case kind == reflect.Struct:
		return p.fields(goType)
	default:
		return sameScalars(kind)
	}
}

func never(_, _ reflect.Value, _ int) bool { return false }

// oneDeeper returns the sameness of a container, whose parts are one level deeper.
func oneDeeper(same sameness) sameness {
	return func(left, right reflect.Value, level int) bool {
		return level < value.MaxDepth && same(left, right, level+1)
	}
}

func sameScalars(kind reflect.Kind) sameness {
	switch kind {
	case reflect.Bool:
		return func(left, right reflect.Value, _ int) bool { return left.Bool() == right.Bool() }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(left, right reflect.Value, _ int) bool { return left.Int() == right.Int() }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(left, right reflect.Value, _ int) bool { return left.Uint() == right.Uint() }
	case reflect.Float32, reflect.Float64:
		return func(left, right reflect.Value, _ int) bool { return areEqual(left.Float(), right.Float()) }
	case reflect.String:
		return func(left, right reflect.Value, _ int) bool {
			return left.String() == right.String() && utf8.ValidString(left.String())
		}
	default:
		return never
	}
}

func areEqual(left, right float64) bool {
	return left == right || math.IsNaN(left) && math.IsNaN(right)
}

// sameInside compares what two interfaces hold.
func sameInside(left, right reflect.Value, level int) bool {
	if left.IsNil() || right.IsNil() {
		return left.IsNil() && right.IsNil()
	}
	left, right = left.Elem(), right.Elem()
	return left.Type() == right.Type() && samenessOf(left.Type())(left, right, level)
}

func samePointers(same sameness) sameness {
	return func(left, right reflect.Value, level int) bool {
		if left.IsNil() || right.IsNil() {
			return left.IsNil() && right.IsNil()
		}
		return same(left.Elem(), right.Elem(), level)
	}
}

func (p planner) octets(goType reflect.Type) sameness {
	if goType.Elem() != reflect.TypeFor[byte]() {
		return never
	}
	return func(left, right reflect.Value, _ int) bool { return bytes.Equal(left.Bytes(), right.Bytes()) }
}

func sameItems(same sameness) sameness {
	return func(left, right reflect.Value, level int) bool {
		if left.Len() != right.Len() {
			return false
		}
		for i := range left.Len() {
			if !same(left.Index(i), right.Index(i), level) {
				return false
			}
		}
		return true
	}
}

// entries returns the sameness of a map whose keys are texts, or never: other keys may be equal without
// being the same.
func (p planner) entries(goType reflect.Type) sameness {
	if goType.Key().Kind() != reflect.String {
		return never
	}
	sameKeys, same := p.of(goType.Key()), p.of(goType.Elem())
	return oneDeeper(func(left, right reflect.Value, level int) bool {
		if left.Len() != right.Len() {
			return false
		}
		for entry := left.MapRange(); entry.Next(); {
			other := right.MapIndex(entry.Key())
			isSame := other.IsValid() && sameKeys(entry.Key(), entry.Key(), level)
			if !isSame || !same(entry.Value(), other, level) {
				return false
			}
		}
		return true
	})
}

// fields returns the sameness of a struct whose fields are all exported, none embedded and none with a
// tag of the kit, or never.
func (p planner) fields(goType reflect.Type) sameness {
	parts := make([]sameness, goType.NumField())
	for i := range parts {
		field := goType.Field(i)
		if _, isTagged := field.Tag.Lookup("testingkit"); isTagged || field.Anonymous || !field.IsExported() {
			return never
		}
		parts[i] = p.of(field.Type)
	}
	return oneDeeper(func(left, right reflect.Value, level int) bool {
		for i, same := range parts {
			if !same(left.Field(i), right.Field(i), level) {
				return false
			}
		}
		return true
	})
}
