package value

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"
)

type node struct {
	Name   string `testingkit:"name"`
	Next   *node  `testingkit:"-"`
	Others []*node
	hidden int
}

type sealed struct{ inner int }

type custom struct{}

func (custom) TestingKitValue() any { return []int{1, 2} }

type selfish struct{ Name string }

func (s *selfish) TestingKitValue() any { return s }

func convert(t *testing.T, native any) Value {
	t.Helper()
	v, err := ToValue(native)
	if err != nil {
		t.Fatalf("ToValue(%#v): %v", native, err)
	}
	return v
}

func TestNativeValuesConvert(t *testing.T) {
	type celsius float32
	var typedNil *node
	one := 1
	pointer := &one
	set, _ := SetOf(Text("a"), Text("b"))
	empty, _ := MapOf()
	record, _ := RecordOf("node", Field{"name", Text("n")}, Field{"Others", List{}})
	cases := []struct {
		native any
		want   Value
	}{
		{nil, Null{}},
		{typedNil, Null{}},
		{[]*node{nil}, List{Null{}}},
		{&pointer, NewInt(1)},
		{uint64(math.MaxUint64), Int{new(big.Int).SetUint64(math.MaxUint64)}},
		{celsius(10.1), Float(10.100000381469727)},
		{[]byte("ab"), Bytes("ab")},
		{[2]byte{1, 2}, List{NewInt(1), NewInt(2)}},
		{[]string(nil), List{}},
		{map[string]int(nil), empty},
		{map[string]struct{}{"b": {}, "a": {}}, set},
		{&node{Name: "n", hidden: 3}, record},
		{custom{}, List{NewInt(1), NewInt(2)}},
		{json.Number("-0"), NewInt(0)},
		{json.Number("1e2"), Float(100)},
		{big.NewInt(7), NewInt(7)},
		{*big.NewInt(7), NewInt(7)},
		{time.Minute, Duration(time.Minute)},
		{time.Unix(5, 6).In(time.FixedZone("", -3600)), Time{5, 6, -3600}},
	}
	for _, c := range cases {
		if got := convert(t, c.native); !Identical(got, c.want) || Order(got, c.want) != 0 {
			t.Errorf("ToValue(%#v) = %v, want %v", c.native, got, c.want)
		}
	}
}

func TestErrorsKeepTheirCauses(t *testing.T) {
	inner := errors.New("inner")
	leaf := Error{Type: "errorString", Message: "inner"}
	cases := []struct {
		native error
		want   Error
	}{
		{fmt.Errorf("outer: %w", inner), Error{Type: "wrapError", Message: "outer", Causes: []Error{leaf}}},
		{fmt.Errorf("%w (outer)", inner), Error{Type: "wrapError", Message: "inner (outer)", Causes: []Error{leaf}}},
		{errors.Join(inner, nil, inner), Error{Type: "joinError", Causes: []Error{leaf, leaf}}},
	}
	for _, c := range cases {
		if got := convert(t, c.native); !Equal(got, c.want) {
			t.Errorf("ToValue(%v) = %+v, want %+v", c.native, got, c.want)
		}
	}
}

func TestWhatIsNoValueHasACodeAndAPlace(t *testing.T) {
	loop := &node{Name: "loop"}
	loop.Others = []*node{loop}
	deep := any("bottom")
	for range MaxDepth {
		deep = []any{deep}
	}
	cases := []struct {
		native any
		want   string
	}{
		{loop, "cycle at $.Others[0]"},
		{map[string]any{"a b": []any{1, func() {}}}, `not_convertible at $["a b"][1]`},
		{map[int]any{3: make(chan int)}, "not_convertible at ${3}"},
		{map[float64]any{3: make(chan int)}, "not_convertible at $"},
		{map[float64]any{math.NaN(): 1}, "not_convertible at $"},
		{map[any]any{1: "int", int8(1): "int8"}, "not_convertible at $"},
		{"\xff", "not_convertible at $"},
		{complex(1, 2), "not_convertible at $"},
		{sealed{1}, "not_convertible at $"},
		{&selfish{}, "cycle at $"},
		{time.Duration(math.MinInt64), "too_large at $"},
		{deep, "too_large at $" + strings.Repeat("[0]", MaxDepth)},
	}
	for _, c := range cases {
		if v, err := ToValue(c.native); err == nil || err.Error() != c.want {
			t.Errorf("got %v, %v, want %s", v, err, c.want)
		}
	}
}
