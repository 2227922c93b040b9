package match

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"testingkit.dev/go/assertions"
)

var (
	ints  = []int{-1, 0, 1, 2, math.MaxInt}
	texts = []string{"", "a", "ab", "b", "\u00e9a", "\U0001f600", "a\xff", "\xff"}
)

// plain returns a value of each type with a fast path.
func plain(random *rand.Rand) []any {
	floats := []float64{0, math.Copysign(0, -1), 1, 1.5, math.NaN(), math.Inf(1)}
	return []any{
		random.IntN(2) == 0, pick(random, ints), int64(pick(random, ints)), pick(random, floats),
		pick(random, texts), []byte(pick(random, texts)), some(random, ints), some(random, texts),
	}
}

// others returns values of types without one.
func others(random *rand.Rand) []any {
	one := pick(random, texts)
	return []any{
		nil, []any{1}, map[string]int{"a": 1}, time.Second, uint8(1), struct{}{}, func() {}, &one,
		fmt.Errorf("%s", one), Call(func() error { return nil }), Call(func() { panic(one) }),
	}
}

// values returns values that are often all of one plain type, and often of two.
func values(random *rand.Rand, count int) []any {
	types := len(plain(random))
	same, given := random.IntN(types), make([]any, count)
	for i := range given {
		switch random.IntN(8) {
		case 0:
			given[i] = pick(random, others(random))
		case 1, 2, 3:
			given[i] = pick(random, plain(random))
		default:
			given[i] = plain(random)[same]
		}
	}
	return given
}

func pick[E any](random *rand.Rand, from []E) E { return from[random.IntN(len(from))] }

func some[E any](random *rand.Rand, from []E) []E {
	items := make([]E, random.IntN(3))
	for i := range items {
		items[i] = pick(random, from)
	}
	return items
}

// A fast path passes only what passes on values of the kit as well.
func TestFastPathsAgreeWithValues(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(fastPaths)) {
		random, passed := rand.New(rand.NewPCG(1, 2)), 0
		for range 8000 {
			given := values(random, 1+len(entries()[name].Parameters))
			actual, m := given[0], newMatcher(name, given[1:]...)
			if !m.passesFast(actual) {
				continue
			}
			passed++
			if status, failure := m.evaluate(actual, nil); status != assertions.Pass {
				t.Errorf("%s passes for %#v: %v\n%s", m, actual, status, failure)
			}
		}
		if passed < 5 {
			t.Errorf("%s passed only %d times", name, passed)
		}
	}
}

// What is common takes the fast path.
func TestCommonCallsAreFast(t *testing.T) {
	for i, fast := range []bool{
		Equal(1).passesFast(1),
		Equal("a").passesFast("a"),
		Equal(math.NaN()).passesFast(math.NaN()),
		Equal([]int{1}).passesFast([]int{1}),
		Equal([]string{"a"}).passesFast([]string{"a"}),
		Equal([]byte("a")).passesFast([]byte("a")),
		NotEqual("a").passesFast("b"),
		IsBetween(1, 10).passesFast(5),
		IsAtLeast(0.5).passesFast(0.5),
		ContainsText("b").passesFast("abc"),
		HasLength(2).passesFast("\u00e9a"),
		IsTrue().passesFast(true),
		Succeeds().passesFast(nil),
	} {
		if !fast {
			t.Errorf("call %d is not fast", i)
		}
	}
}
