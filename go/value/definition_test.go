package value

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
)

// relatesByDefinition is the relation word for word as docs/kit/value.md defines it: each part is
// compared with each part of the other side, again at every level. Use it for small values.
func relatesByDefinition(r Relation, left, right Value) bool {
	related := func(one, other Value) bool { return relatesByDefinition(r, one, other) }
	if IsNumber(left) && IsNumber(right) {
		return r.holdsForNumbers(left, right)
	}
	if left.Kind() != right.Kind() {
		return false
	}
	switch left := left.(type) {
	case Bool, Text, Duration, Null:
		return left == right
	case Bytes:
		return bytes.Equal(left, right.(Bytes))
	case Time:
		return r.holdsForTimes(left, right.(Time))
	case Enum:
		return left.Type == right.(Enum).Type && left.Number == right.(Enum).Number
	case List:
		return slices.EqualFunc(left, right.(List), related)
	case Set:
		return mutual(left.items, right.(Set).items, related)
	case Map:
		return mutual(left.entries, right.(Map).entries, func(one, other Entry) bool {
			return related(one.Key, other.Key) && related(one.Value, other.Value)
		})
	case Record:
		right := right.(Record)
		ours, theirs := sortedFields(left), sortedFields(right)
		return (left.name == right.name || left.name == "" || right.name == "") &&
			slices.EqualFunc(ours, theirs, func(one, other Field) bool {
				return one.Name == other.Name && related(one.Value, other.Value)
			})
	case Outcome:
		return left.Ending == right.(Outcome).Ending && related(left.Payload, right.(Outcome).Payload)
	default:
		return compareErrors(left.(Error), right.(Error)) == 0
	}
}

// mutual reports whether both sides have the same length and each element is related to one on the
// other side.
func mutual[T any](left, right []T, related func(left, right T) bool) bool {
	within := func(elements, others []T) bool {
		return !slices.ContainsFunc(elements, func(element T) bool {
			return !slices.ContainsFunc(others, func(other T) bool { return related(element, other) })
		})
	}
	return len(left) == len(right) && within(left, right) && within(right, left)
}

// values makes random values in which much is alike: names, signs of zero, offsets, kinds of
// numbers.
type values struct {
	random *rand.Rand
}

func newValues(seed uint64) values {
	return values{rand.New(rand.NewPCG(seed, 0))}
}

// pair returns two values, of which the second one is often similar to the first one.
func (v values) pair() (left, right Value) {
	left = v.value(3)
	if v.random.Float64() < 0.3 {
		return left, v.value(3)
	}
	return left, v.similar(left)
}

func (v values) value(levels int) Value {
	if levels == 0 || v.random.Float64() < 0.15 {
		return v.leaf()
	}
	var inner []Value
	for range v.random.IntN(5) {
		inner = append(inner, v.value(levels-1))
	}
	switch v.random.IntN(9) {
	case 0, 1:
		return List(inner)
	case 2, 3:
		return v.set(inner)
	case 4, 5:
		return v.mapOf(inner, func(int) Value { return v.value(levels - 1) })
	case 6:
		return Outcome{Ending: Returned, Payload: v.value(levels - 1)}
	case 7:
		return v.set([]Value{v.tied(), v.tied(), v.tied(), v.tied()})
	default:
		return v.record(inner)
	}
}

// similar returns the value with some changes of what relations ignore, and few others.
func (v values) similar(value Value) Value {
	chance := v.random.Float64()
	if chance < 0.02 {
		return v.value(1)
	}
	switch value := value.(type) {
	case Int, Float:
		return v.similarNumber(value)
	case Time:
		return Time{Seconds: value.Seconds, UTCOffsetSeconds: int32(v.random.IntN(2))}
	case List:
		return List(v.eachSimilar(value))
	case Set:
		return v.set(v.eachSimilar(value.items))
	case Map:
		var keys []Value
		for _, entry := range value.entries {
			keys = append(keys, v.similar(entry.Key))
		}
		return v.mapOf(keys, func(i int) Value { return v.similar(value.entries[i].Value) })
	case Record:
		changed := Record{name: value.name, fields: slices.Clone(value.fields)}
		for i := range changed.fields {
			changed.fields[i].Value = v.similar(changed.fields[i].Value)
		}
		slices.Reverse(changed.fields)
		if chance > 0.5 {
			changed.name = v.name()
		}
		return changed
	case Outcome:
		return Outcome{Ending: value.Ending, Payload: v.similar(value.Payload)}
	default:
		return value
	}
}

func (v values) similarNumber(number Value) Value {
	switch {
	case IsNaN(number):
		return number
	case CompareNumbers(number, Int{}) == 0 && number.Kind() == KindFloat:
		return v.zero()
	default:
		return []Value{number, number, NewInt(1), Float(1)}[v.random.IntN(4)]
	}
}

func (v values) eachSimilar(all []Value) []Value {
	var similar []Value
	for _, value := range all {
		similar = append(similar, v.similar(value))
	}
	return similar
}

// set returns the set of the items without those that equal an earlier one.
func (v values) set(items []Value) Value {
	var unique []Value
	for _, item := range items {
		if !hasByDefinition(unique, item) {
			unique = append(unique, item)
		}
	}
	Sort(unique)
	return Set{items: unique}
}

func (v values) mapOf(keys []Value, valueOf func(i int) Value) Value {
	var entries []Entry
	var unique []Value
	for i, key := range keys {
		if !hasByDefinition(unique, key) && !IsNaN(key) {
			unique = append(unique, key)
			entries = append(entries, Entry{Key: key, Value: valueOf(i)})
		}
	}
	slices.SortStableFunc(entries, func(left, right Entry) int { return Order(left.Key, right.Key) })
	return Map{entries: entries}
}

func hasByDefinition(items []Value, wanted Value) bool {
	return slices.ContainsFunc(items, func(item Value) bool {
		return relatesByDefinition(Equality, item, wanted)
	})
}

// canBePaired reports whether the wanted values have different items, each an equal one.
func canBePaired(wanted, items []Value) bool {
	if len(wanted) == 0 {
		return true
	}
	for i, item := range items {
		others := slices.Delete(slices.Clone(items), i, i+1)
		if relatesByDefinition(Equality, wanted[0], item) && canBePaired(wanted[1:], others) {
			return true
		}
	}
	return false
}

// isRunByDefinition reports whether items without a gap equal the wanted values in pairs.
func isRunByDefinition(wanted, items []Value) bool {
	for start := range len(items) - len(wanted) + 1 {
		if relatesByDefinition(Equality, List(wanted), List(items[start:start+len(wanted)])) {
			return true
		}
	}
	return false
}

// isInOrder reports whether items in the same order, with or without gaps, equal the wanted values.
func isInOrder(wanted, items []Value) bool {
	if len(wanted) == 0 {
		return true
	}
	for i, item := range items {
		if relatesByDefinition(Equality, wanted[0], item) && isInOrder(wanted[1:], items[i+1:]) {
			return true
		}
	}
	return false
}

func (v values) record(inner []Value) Record {
	record := Record{name: v.name()}
	for i, name := range []string{"x", "y"} {
		if i < len(inner) && v.random.IntN(2) == 0 {
			record.fields = append(record.fields, Field{Name: name, Value: inner[i]})
		}
	}
	return record
}

// tied returns a record that differs from others in what the coarse order ignores, mostly.
func (v values) tied() Value {
	return v.record([]Value{[]Value{v.zero(), Record{name: v.name()}}[v.random.IntN(2)]})
}

func (v values) zero() Value {
	return []Value{Float(0), Float(math.Copysign(0, -1))}[v.random.IntN(2)]
}

func (v values) name() string {
	return []string{"", "", "A", "B", "C"}[v.random.IntN(5)]
}

func (v values) leaf() Value {
	letter := string(rune('a' + v.random.IntN(2)))
	leaves := []Value{
		NewInt(1), Float(1), v.zero(), Float(math.NaN()), Bool(true), Text(letter),
		Time{Seconds: int64(v.random.IntN(2)), UTCOffsetSeconds: int32(v.random.IntN(2))},
		Enum{Type: "E", Name: letter, Number: 1},
		Error{Type: "e", Message: "m", Causes: []Error{{Type: "c", Message: letter}}},
		v.tied(), v.tied(),
	}
	return leaves[v.random.IntN(len(leaves))]
}
