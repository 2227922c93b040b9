package match

import (
	"fmt"

	"testingkit.dev/go/assertions"
	"testingkit.dev/go/paths"
	"testingkit.dev/go/value"
)

const matchesShape = "matches_shape"

// Fields is the shape of a struct with these fields and no others, of any type:
//
//	match.Fields{"ID": match.IsPositive(), "Name": "Ada"}
type Fields map[string]any

// nativeShape is an argument that is a shape: a native value with matchers in it.
type nativeShape struct{ native any }

// anyShape and openShape are the native shapes of every value, and of a map that may have other keys.
type (
	anyShape  struct{}
	openShape struct{ entries any }
)

// Anything passes for every value:
//
//	match.MatchesShape([]any{1, match.Anything()})
func Anything() Matcher {
	return newMatcher(matchesShape, nativeShape{anyShape{}})
}

// OpenMap passes for a map with these entries, which can be matchers, and any others:
//
//	match.OpenMap(map[string]any{"id": match.IsPositive()})
func OpenMap[K comparable, V any](entries map[K]V) Matcher {
	return newMatcher(matchesShape, nativeShape{openShape{entries}})
}

// itself is a method of all types that have a Matcher embedded, too.
func (m Matcher) itself() Matcher {
	return m
}

// convertShape returns an argument with the shape of a native value. A part without matchers is a value.
func convertShape(name string, shape nativeShape) (assertions.Argument, []refusal) {
	places := shapePlaces{name: name}
	v, err := value.ToValueWith(shape.native, places.replace)
	if err != nil {
		return assertions.Argument{}, []refusal{{name: name, err: err}}
	}
	converted := places.shapeOf(v, "")
	if places.taken < len(places.natives) { // A matcher is a key, or an item of a set.
		_, err := value.ToValue(Matcher{})
		places.refused = append(places.refused, refusal{name: name, err: err})
	}
	return assertions.Argument{Name: name, Shape: converted}, places.refused
}

// shapePlaces has the parts of a shape that are not values. In the converted value, the members of an
// enumeration stand for them; their numbers are indices.
type shapePlaces struct {
	name    string
	natives []any // Matcher, anyShape or value.Map, which is open.
	taken   int
	refused []refusal
}

const standInType = "\x00" + matchesShape

// replace is the [value.Replacer].
func (p *shapePlaces) replace(
	native any, convert func(native any) (value.Value, error),
) (v value.Value, ok bool, err error) {
	switch native := native.(type) {
	case interface{ itself() Matcher }:
		matcher := native.itself()
		if shape, ok := matcher.shape(); ok {
			v, err := convert(shape.native)
			return v, true, err
		}
		return p.standIn(matcher), true, nil
	case anyShape:
		return p.standIn(native), true, nil
	case openShape:
		entries, err := convert(native.entries)
		return p.standIn(entries), true, err
	case Fields:
		v, err := convertFields(native, convert)
		return v, true, err
	default:
		return nil, false, nil
	}
}

// shape returns the shape of a matcher that has nothing else.
func (m Matcher) shape() (shape nativeShape, ok bool) {
	if m.name == matchesShape {
		shape, ok = m.arguments[0].(nativeShape)
	}
	return shape, ok
}

func (p *shapePlaces) standIn(native any) value.Value {
	p.natives = append(p.natives, native)
	return value.Enum{Type: standInType, Number: int32(len(p.natives) - 1)}
}

// convertFields returns an anonymous record, whose fields are in the order of their names.
func convertFields(native Fields, convert func(native any) (value.Value, error)) (value.Value, error) {
	v, err := convert(map[string]any(native))
	if err != nil {
		return nil, err
	}
	var fields []value.Field
	for _, entry := range v.(value.Map).Entries() {
		fields = append(fields, value.Field{Name: string(entry.Key.(value.Text)), Value: entry.Value})
	}
	return value.RecordOf("", fields...)
}

// shapeOf returns the shape of a converted part at a path, which begins below the shape.
func (p *shapePlaces) shapeOf(v value.Value, path string) assertions.Shape {
	switch v := v.(type) {
	case value.Enum:
		if v.Type == standInType {
			p.taken++
			return p.shapeAt(p.natives[v.Number], path)
		}
	case value.List:
		return p.listShape(v, path)
	case value.Map:
		return p.mapShape(v, path)
	case value.Record:
		return p.recordShape(v, path)
	}
	return assertions.ValueShape{Value: v}
}

func (p *shapePlaces) shapeAt(native any, path string) assertions.Shape {
	switch native := native.(type) {
	case Matcher:
		check, refused := native.convert()
		p.refused = append(p.refused, within(p.name+path, refused)...)
		return assertions.CheckShape{Check: check}
	case value.Map:
		entries, _ := p.entries(native, path)
		return assertions.MapShape{Entries: entries, Open: true}
	default:
		return assertions.AnyShape{}
	}
}

func (p *shapePlaces) listShape(v value.List, path string) assertions.Shape {
	items := make(assertions.ListShape, len(v))
	isValue := true
	for i, item := range v {
		items[i] = p.shapeOf(item, fmt.Sprintf("%s[%d]", path, i))
		isValue = isValue && isValueShape(items[i])
	}
	if isValue {
		return assertions.ValueShape{Value: v}
	}
	return items
}

func (p *shapePlaces) mapShape(v value.Map, path string) assertions.Shape {
	entries, isValue := p.entries(v, path)
	if isValue {
		return assertions.ValueShape{Value: v}
	}
	return assertions.MapShape{Entries: entries}
}

// entries returns the entries of the shape of a map; isValue reports whether all of them are values.
func (p *shapePlaces) entries(v value.Map, path string) (entries []assertions.ShapeEntry, isValue bool) {
	isValue = true
	for _, entry := range v.Entries() {
		shape := p.shapeOf(entry.Value, path+paths.StepTo(entry.Key).String())
		entries = append(entries, assertions.ShapeEntry{Key: entry.Key, Shape: shape})
		isValue = isValue && isValueShape(shape)
	}
	return entries, isValue
}

func (p *shapePlaces) recordShape(v value.Record, path string) assertions.Shape {
	shape := assertions.RecordShape{Name: v.Name()}
	isValue := true
	for _, field := range v.Fields() {
		part := p.shapeOf(field.Value, path+value.PathSegment(field.Name))
		shape.Fields = append(shape.Fields, assertions.ShapeField{Name: field.Name, Shape: part})
		isValue = isValue && isValueShape(part)
	}
	if isValue {
		return assertions.ValueShape{Value: v}
	}
	return shape
}

func isValueShape(shape assertions.Shape) bool {
	_, ok := shape.(assertions.ValueShape)
	return ok
}
