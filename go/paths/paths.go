// Package paths has paths into values. The rules are in docs/kit/paths.md.
package paths

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

// Path is a path into a value. Without steps it is the path of the value itself.
type Path []Step

// String returns the path as text. [Parse] reads it.
func (p Path) String() string {
	var text strings.Builder
	text.WriteByte('$')
	for _, step := range p {
		text.WriteString(step.String())
	}
	return text.String()
}

// Step is one step of a path: a Name, an Index or a Key.
type Step interface {
	// String returns the text of the step in a path.
	String() string
	// place returns which part of a value the step goes to, or why there is none.
	place(v value.Value) (int, Reason)
}

// Name is the step to the field of a record, or to the entry of a map with a text as key.
type Name string

// Index is the step to the item of a list, from 0.
type Index int64

// Key is the step to the entry of a map whose key has this canonical text.
type Key string

// StepTo returns the step to the entry of a map with a key.
func StepTo(key value.Value) Step {
	if text, ok := key.(value.Text); ok {
		return Name(text)
	}
	return Key(render.Canonical(key))
}

// String returns the step as .name, or ["any text"] if the name is not an identifier.
func (n Name) String() string { return value.PathSegment(string(n)) }

// String returns the step as [3].
func (i Index) String() string { return fmt.Sprintf("[%d]", int64(i)) }

// String returns the step as {7}.
func (k Key) String() string { return "{" + string(k) + "}" }

// Reason is why a path does not resolve.
type Reason string

// The reasons.
const (
	NoField   Reason = "no_field"
	NoKey     Reason = "no_key"
	NoIndex   Reason = "no_index"
	WrongKind Reason = "wrong_kind"
)

// UnresolvedError reports that a path does not lead to a value.
type UnresolvedError struct {
	// Reason is why the first step that fails does.
	Reason Reason
	// Place is the path of the value at which that step fails.
	Place Path
}

// Error returns the reason and the place, such as "no_key at $.a".
func (e *UnresolvedError) Error() string {
	return string(e.Reason) + " at " + e.Place.String()
}

// Resolve returns the value at a path. The error is an [*UnresolvedError].
func Resolve(path Path, v value.Value) (value.Value, error) {
	for i, step := range path {
		place, reason := step.place(v)
		if reason != "" {
			return nil, &UnresolvedError{Reason: reason, Place: path[:i]}
		}
		v = partAt(v, place)
	}
	return v, nil
}

// Without returns the value without the field, entry or item at a path, if the path resolves.
func Without(path Path, v value.Value) value.Value {
	if len(path) == 0 {
		return v
	}
	place, reason := path[0].place(v)
	if reason != "" {
		return v
	}
	end := place + 1
	if len(path) > 1 {
		end = place // The part stays, with less in it.
	}
	switch v := v.(type) {
	case value.Record:
		fields := slices.Delete(slices.Clone(v.Fields()), place, end)
		if end == place {
			fields[place].Value = Without(path[1:], fields[place].Value)
		}
		record, _ := value.RecordOf(v.Name(), fields...) // No name is new.
		return record
	case value.Map:
		entries := slices.Delete(slices.Clone(v.Entries()), place, end)
		if end == place {
			entries[place].Value = Without(path[1:], entries[place].Value)
		}
		m, _ := value.MapOf(entries...) // No key is new.
		return m
	case value.List:
		items := slices.Delete(slices.Clone(v), place, end)
		if end == place {
			items[place] = Without(path[1:], items[place])
		}
		return items
	default:
		return v
	}
}

// partAt returns the part of a value at a place that a step returned.
func partAt(v value.Value, place int) value.Value {
	switch v := v.(type) {
	case value.Record:
		return v.Fields()[place].Value
	case value.Map:
		return v.Entries()[place].Value
	case value.List:
		return v[place]
	default:
		return v
	}
}

func (n Name) place(v value.Value) (int, Reason) {
	switch v := v.(type) {
	case value.Record:
		return found(NoField, slices.IndexFunc(v.Fields(), func(field value.Field) bool {
			return field.Name == string(n)
		}))
	case value.Map:
		place, ok := slices.BinarySearchFunc(v.Entries(), value.Text(n), compareKey)
		if !ok {
			return 0, NoKey
		}
		return place, ""
	default:
		return 0, WrongKind
	}
}

func (i Index) place(v value.Value) (int, Reason) {
	list, ok := v.(value.List)
	if !ok {
		return 0, WrongKind
	}
	if i < 0 || int64(i) >= int64(len(list)) {
		return 0, NoIndex
	}
	return int(i), ""
}

func (k Key) place(v value.Value) (int, Reason) {
	m, ok := v.(value.Map)
	if !ok {
		return 0, WrongKind
	}
	return found(NoKey, slices.IndexFunc(m.Entries(), func(entry value.Entry) bool {
		return render.Canonical(entry.Key) == string(k)
	}))
}

// compareKey compares the key of an entry with a text, in canonical order: the kinds are in it.
func compareKey(entry value.Entry, text value.Text) int {
	if key, ok := entry.Key.(value.Text); ok {
		return cmp.Compare(key, text)
	}
	return cmp.Compare(entry.Key.Kind(), value.KindText)
}

// found returns the place, or the reason without one.
func found(missing Reason, place int) (int, Reason) {
	if place < 0 {
		return 0, missing
	}
	return place, ""
}
