package assertions

import (
	"slices"

	"testingkit.dev/go/value"
)

// Shape says what a value looks like. It is one of [AnyShape], [ValueShape], [CheckShape], [ListShape],
// [MapShape] and [RecordShape].
type Shape interface {
	// parts returns the shapes in the shape: items, values of a map in order of the keys, or fields.
	parts() []Shape
}

// AnyShape is the shape of every value.
type AnyShape struct{}

// ValueShape is the shape of the values that equal one value.
type ValueShape struct {
	// Value is the value.
	Value value.Value
}

// CheckShape is the shape of the values for which an assertion passes.
type CheckShape struct {
	// Check is the assertion.
	Check Assertion
}

// ListShape is the shape of a list with as many items, each of which has a shape.
type ListShape []Shape

// MapShape is the shape of a map with these keys, whose values have shapes.
type MapShape struct {
	// Entries are the entries, in any order.
	Entries []ShapeEntry
	// Open allows other keys too.
	Open bool
}

// ShapeEntry is an entry of a MapShape.
type ShapeEntry struct {
	// Key is the key of the entry.
	Key value.Value
	// Shape is the shape of the value of the entry.
	Shape Shape
}

// RecordShape is the shape of a record with exactly these fields, whose values have shapes.
type RecordShape struct {
	// Name is the name of the record, or "" for an anonymous one, whose name is not compared.
	Name string
	// Fields are the fields in declared order.
	Fields []ShapeField
}

// ShapeField is a field of a RecordShape.
type ShapeField struct {
	// Name is the name of the field.
	Name string
	// Shape is the shape of the value of the field.
	Shape Shape
}

func (AnyShape) parts() []Shape { return nil }

func (ValueShape) parts() []Shape { return nil }

func (CheckShape) parts() []Shape { return nil }

func (s ListShape) parts() []Shape { return s }

func (s MapShape) parts() []Shape {
	parts := make([]Shape, 0, len(s.Entries))
	for _, entry := range s.sortedEntries() {
		parts = append(parts, entry.Shape)
	}
	return parts
}

func (s RecordShape) parts() []Shape {
	parts := make([]Shape, 0, len(s.Fields))
	for _, field := range s.Fields {
		parts = append(parts, field.Shape)
	}
	return parts
}

// sortedEntries returns the entries in canonical order of their keys, or as they are if a key is not a
// value of the kit.
func (s MapShape) sortedEntries() []ShapeEntry {
	for _, entry := range s.Entries {
		if value.Check(entry.Key) != nil {
			return s.Entries
		}
	}
	return slices.SortedStableFunc(slices.Values(s.Entries), func(left, right ShapeEntry) int {
		return value.Order(left.Key, right.Key)
	})
}

func (s MapShape) sortedKeys() []value.Value {
	keys := make([]value.Value, 0, len(s.Entries))
	for _, entry := range s.sortedEntries() {
		keys = append(keys, entry.Key)
	}
	return keys
}
