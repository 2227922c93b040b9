package match

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"testingkit.dev/go/assertions"
	"testingkit.dev/go/value"
)

type (
	corner struct {
		Name string
		X, Y float64
		Tags map[string]any
		Next *corner
	}
	sealed  struct{ x int }
	partly  struct{ X, y int }
	renamed struct {
		X int `testingkit:"-"`
		Y int
	}
	outer   struct{ corner }
	id      string
	code    uint8
	hooked  struct{ X int }
	pointed struct{ X int }
	failure struct{ X int }
	again   []again
)

func (hooked) TestingKitValue() any   { return 1 }
func (*pointed) TestingKitValue() any { return 1 }
func (failure) Error() string         { return "failed" }

// parts returns values of many types, equal ones often.
func parts(random *rand.Rand, levels int) any {
	number, text := random.IntN(2), pick(random, texts)
	floats := []float64{0, math.Copysign(0, -1), 1, math.NaN()}
	if levels == 0 {
		return pick(random, []any{
			nil, number == 0, number, int64(number), uint8(number), float32(number), pick(random, floats),
			text, id(text), code(number), []byte(text), []int(nil), []int{}, uintptr(number), func() {},
			time.Duration(number), time.Unix(0, 0), big.NewInt(int64(number)), *big.NewInt(int64(number)),
			sealed{number}, partly{1, number}, renamed{number, 1}, outer{}, hooked{number}, pointed{number},
			failure{number}, value.NewInt(int64(number)), [2]byte{}, [1]code{}, []code{code(number)},
			map[string]struct{}{text: {}}, map[float64]int{pick(random, floats): 1}, (*corner)(nil),
		})
	}
	inner := func() any { return parts(random, random.IntN(levels)) }
	return pick(random, []any{
		[]any{inner(), inner()}, [2]any{inner(), inner()}, map[string]any{text: inner(), "a": inner()},
		map[id]any{id(text): inner()}, &corner{Name: text, X: pick(random, floats)},
		corner{Tags: map[string]any{"a": inner()}, Next: &corner{Name: text}},
		[]map[string]int{{text: number}}, [][]string{{text}}, []*int{&number}, again{nil, {}},
	})
}

// What is the same without a conversion is equal on values of the kit.
func TestSameValuesAreEqual(t *testing.T) {
	passed := 0
	for seed := range uint64(10_000) {
		one, other := rand.New(rand.NewPCG(1, seed/2)), rand.New(rand.NewPCG(1, seed/2))
		if seed%2 == 1 {
			other = rand.New(rand.NewPCG(2, seed))
		}
		levels := one.IntN(4)
		actual, expected := parts(one, levels), parts(other, other.IntN(4))
		if !plainlySame(actual, expected) {
			continue
		}
		passed++
		if status, failure := Equal(expected).evaluate(actual, nil); status != assertions.Pass {
			t.Errorf("%#v and %#v are the same: %v\n%s", actual, expected, status, failure)
		}
	}
	if passed < 500 {
		t.Errorf("only %d were the same", passed)
	}
}

func TestCommonStructuresAreFast(t *testing.T) {
	one := 1
	for _, build := range []func() any{
		func() any { return []int{1} },
		func() any { return map[string]int{"a": 1} },
		func() any { return map[string]any{"a": []any{1, "b", nil, 1.5, math.NaN()}} },
		func() any { return corner{Name: "a", Tags: map[string]any{"b": 1}, Next: &corner{Name: "c"}} },
		func() any { return []corner{{Name: "a"}} },
		func() any { return &one },
		func() any { return [2]int{1, 2} },
		func() any { return []id{"a"} },
	} {
		if !Equal(build()).passesFast(build()) {
			t.Errorf("%#v is not fast", build())
		}
	}
}

// The limit of levels is not exceeded, also by values that contain themselves.
func TestDeepValuesAreLeftToTheKit(t *testing.T) {
	deep := func(levels int) any {
		inner := any(1)
		for range levels - 1 {
			inner = []any{inner}
		}
		return inner
	}
	circle := &corner{}
	circle.Next = circle
	list := make([]any, 2)
	list[0], list[1] = list, list
	for levels, fast := range map[int]bool{127: true, 128: true, 129: false} {
		if plainlySame(deep(levels), deep(levels)) != fast {
			t.Errorf("%d levels: not %v", levels, fast)
		}
	}
	for _, endless := range []any{circle, list, map[string]any{"a": list}} {
		if status, _ := Equal(endless).Check(endless); status != assertions.Error {
			t.Errorf("%s: %v", fmt.Sprintf("%T", endless), status)
		}
	}
}
