package assertions

import (
	"math"
	"math/rand/v2"
	"testing"

	"testingkit.dev/go/value"
)

// scalars are values without parts, of which some relate to others.
var scalars = []value.Value{
	value.Null{}, value.NewInt(0), value.NewInt(1), value.Float(0), value.Float(math.Copysign(0, -1)),
	value.Float(1), value.Float(math.NaN()), value.Text("a"), value.Text("b"),
}

func randomValue(t *testing.T, random *rand.Rand, levels int) value.Value {
	t.Helper()
	if levels == 0 {
		return scalars[random.IntN(len(scalars))]
	}
	parts := make([]value.Value, random.IntN(3))
	for i := range parts {
		parts[i] = randomValue(t, random, random.IntN(levels))
	}
	var built value.Value
	var err error
	switch names := []string{"b", "a", "c"}; random.IntN(5) {
	case 0:
		built, err = value.SetOf(parts[:min(1, len(parts))]...)
	case 1:
		var entries []value.Entry
		for i, part := range parts {
			entries = append(entries, value.Entry{Key: value.Text(names[i+random.IntN(2)*i]), Value: part})
		}
		built, err = value.MapOf(entries...)
	case 2:
		key := scalars[random.IntN(len(scalars)-3)]
		built, err = value.MapOf(value.Entry{Key: key, Value: randomValue(t, random, levels-1)})
	case 3:
		var fields []value.Field
		for i, part := range parts {
			fields = append(fields, value.Field{Name: names[(i+random.IntN(2)*2)%3], Value: part})
		}
		built, err = value.RecordOf([]string{"", "A", "B"}[random.IntN(3)], fields...)
	default:
		return value.List(parts)
	}
	if err != nil {
		return value.List(parts)
	}
	return built
}

// The first difference is the same with and without the quick steps.
func TestQuickStepsFindTheFirstDifference(t *testing.T) {
	random, complete := rand.New(rand.NewPCG(1, 2)), 0
	for range 20_000 {
		left, right := randomValue(t, random, 3), randomValue(t, random, 3)
		if random.IntN(2) == 0 {
			left, right = value.List{left, right}, value.List{left, left}
		}
		if _, ok := quickDifference(left, right, value.Equality); ok {
			complete++
		}
		for _, relation := range []value.Relation{value.Equality, value.Identity, value.Equivalence} {
			found, ok := firstDifference(left, right, relation)
			want, wantOK := comparedDifference("$", left, right, relation)
			if ok != wantOK || found.path != want.path ||
				!isSame(found.left, want.left) || !isSame(found.right, want.right) {
				t.Fatalf("%v and %v: %v, want %v", left, right, found, want)
			}
		}
	}
	if complete < 1_000 {
		t.Errorf("only %d differences were found by quick steps", complete)
	}
}

func isSame(one, other value.Value) bool {
	if one == nil || other == nil {
		return one == nil && other == nil
	}
	return value.Identical(one, other)
}
