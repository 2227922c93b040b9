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

// cyclic is a Valuer whose value is itself.
type cyclic struct{ Name string }

func (c *cyclic) TestingKitValue() any { return c }

func TestToValueConvertsNativeValues(t *testing.T) {
	type celsius float32
	var typedNil *node
	one := 1
	pointer := &one
	set, _ := SetOf(Text("a"), Text("b"))
	empty, _ := MapOf()
	record, _ := RecordOf("node", Field{"name", Text("n")}, Field{"Others", List{}})
	tests := map[string]struct {
		native any
		want   Value
	}{
		"nil":                {nil, Null{}},
		"typed nil":          {typedNil, Null{}},
		"nil item":           {[]*node{nil}, List{Null{}}},
		"pointer to pointer": {&pointer, NewInt(1)},
		"largest uint64":     {uint64(math.MaxUint64), Int{new(big.Int).SetUint64(math.MaxUint64)}},
		"float32":            {celsius(10.1), Float(10.100000381469727)},
		"byte slice":         {[]byte("ab"), Bytes("ab")},
		"byte array":         {[2]byte{1, 2}, Bytes{1, 2}},
		"nil slice":          {[]string(nil), List{}},
		"nil map":            {map[string]int(nil), empty},
		"map to empty struct": {
			map[string]struct{}{"b": {}, "a": {}}, set,
		},
		"struct with tags":              {&node{Name: "n", hidden: 3}, record},
		"Valuer":                        {custom{}, List{NewInt(1), NewInt(2)}},
		"JSON number without exponent":  {json.Number("-0"), NewInt(0)},
		"JSON number with exponent":     {json.Number("1e2"), Float(100)},
		"pointer to big.Int":            {big.NewInt(7), NewInt(7)},
		"big.Int":                       {*big.NewInt(7), NewInt(7)},
		"time.Duration":                 {time.Minute, Duration(time.Minute)},
		"time.Time with an offset":      {time.Unix(5, 6).In(time.FixedZone("", -3600)), Time{5, 6, -3600}},
		"time.Time, the first":          {time.Unix(MinTimeSeconds, 0).UTC(), Time{Seconds: MinTimeSeconds}},
		"time.Time, the last":           {time.Unix(MaxTimeSeconds, 999_999_999).UTC(), Time{MaxTimeSeconds, 999_999_999, 0}},
		"Value":                         {Text("a"), Text("a")},
		"interface that holds a struct": {[]any{custom{}}, List{List{NewInt(1), NewInt(2)}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := ToValue(test.native)
			if err != nil {
				t.Fatalf("ToValue(%#v): %v", test.native, err)
			}
			if !Identical(got, test.want) || Order(got, test.want) != 0 {
				t.Errorf("ToValue(%#v) = %v, want %v", test.native, got, test.want)
			}
		})
	}
}

func TestToValueKeepsTheCausesOfErrors(t *testing.T) {
	inner := errors.New("inner")
	leaf := Error{Type: "errorString", Message: "inner"}
	tests := map[string]struct {
		native error
		want   Error
	}{
		"text ends with the cause": {
			fmt.Errorf("outer: %w", inner),
			Error{Type: "wrapError", Message: "outer", Causes: []Error{leaf}},
		},
		"text does not end with the cause": {
			fmt.Errorf("%w (outer)", inner),
			Error{Type: "wrapError", Message: "inner (outer)", Causes: []Error{leaf}},
		},
		"joined errors": {
			errors.Join(inner, nil, inner),
			Error{Type: "joinError", Causes: []Error{leaf, leaf}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := ToValue(test.native)
			if err != nil {
				t.Fatal(err)
			}
			if !Equal(got, test.want) {
				t.Errorf("ToValue(%v) = %+v, want %+v", test.native, got, test.want)
			}
		})
	}
}

func TestToValueReportsTheCodeAndThePath(t *testing.T) {
	loop := &node{Name: "loop"}
	loop.Others = []*node{loop}
	deep := any("bottom")
	for range MaxDepth {
		deep = []any{deep}
	}
	tests := map[string]struct {
		native any
		want   string
	}{
		"struct that contains itself": {loop, "cycle at $.Others[0]"},
		"Valuer that returns itself":  {&cyclic{}, "cycle at $"},
		"func under a text key":       {map[string]any{"a b": []any{1, func() {}}}, `not_convertible at $["a b"][1]`},
		"chan under an int key":       {map[int]any{3: make(chan int)}, "not_convertible at ${3}"},
		"chan under a bool key":       {map[bool]any{true: make(chan int)}, "not_convertible at ${true}"},
		"chan under a float key":      {map[float64]any{3: make(chan int)}, "not_convertible at $"},
		"NaN key":                     {map[float64]any{math.NaN(): 1}, "not_convertible at $"},
		"two equal keys":              {map[any]any{1: "int", int8(1): "int8"}, "not_convertible at $"},
		"text that is not UTF-8":      {"\xff", "not_convertible at $"},
		"complex number":              {complex(1, 2), "not_convertible at $"},
		"no exported fields":          {sealed{1}, "not_convertible at $"},
		"shortest duration":           {time.Duration(math.MinInt64), "too_large at $"},
		"too deep":                    {deep, "too_large at $" + strings.Repeat("[0]", MaxDepth)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := ToValue(test.native)
			var conversion *ConversionError
			if !errors.As(err, &conversion) || err.Error() != test.want {
				t.Errorf("ToValue = %v, %v, want the error %s", v, err, test.want)
			}
		})
	}
}

func TestWithinKeepsOtherErrors(t *testing.T) {
	other := errors.New("other")
	for name, got := range map[string]error{
		"Within":      Within(other, ".name"),
		"WithinKey":   WithinKey(other, Text("name")),
		"AtContainer": AtContainer(other),
	} {
		if got != other {
			t.Errorf("%s = %v, want the error unchanged", name, got)
		}
	}
}
