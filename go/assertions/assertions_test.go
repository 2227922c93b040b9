package assertions

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"testingkit.dev/go/value"
)

// huge is 4000 nines.
var huge = func() value.Int {
	number := new(big.Int).Exp(big.NewInt(10), big.NewInt(value.MaxIntDigits), nil)
	nines, err := value.IntOf(number.Sub(number, big.NewInt(1)))
	if err != nil {
		return value.Int{}
	}
	return nines
}()

func TestCatalogHasEverySignatureSortedByName(t *testing.T) {
	var names, want []string
	for _, entry := range Catalog() {
		names = append(names, entry.Name)
	}
	for _, signature := range signatures {
		want = append(want, signature.Name)
	}
	if !slices.Equal(names, want) || !slices.IsSorted(names) || len(catalog) != len(names) {
		t.Errorf("Catalog has %d assertions: %v", len(names), names)
	}
}

func TestEverySignatureHasOneRule(t *testing.T) {
	one := rules{"a": {body: isEmpty}}
	tests := map[string]struct {
		signatures []Entry
		groups     []rules
		want       any
	}{
		"signature and rule":     {[]Entry{{Name: "a"}}, []rules{one}, nil},
		"signature without rule": {[]Entry{{Name: "a"}, {Name: "b"}}, []rules{one}, "assertions: b has no rule"},
		"rule without signature": {nil, []rules{one}, "assertions: a has a rule, but no signature"},
		"two rules":              {[]Entry{{Name: "a"}}, []rules{one, one}, "assertions: a has two rules"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got := recover(); got != test.want {
					t.Errorf("joined panics with %v, want %v", got, test.want)
				}
			}()
			joined(test.signatures, test.groups...)
		})
	}
}

func TestEvaluateReportsTheFirstBrokenRule(t *testing.T) {
	low, high := Argument{Name: "low", Value: value.NewInt(2)}, Argument{Name: "high", Value: value.NewInt(3)}
	tests := map[string]struct {
		arguments []Argument
		actual    value.Value
		want      value.ErrorCode
	}{
		"missing argument":               {[]Argument{low}, value.NewInt(1), value.BadArgument},
		"argument given twice":           {[]Argument{low, low}, value.NewInt(1), value.BadArgument},
		"unknown argument":               {[]Argument{low, high, {Name: "x", Value: low.Value}}, value.NewInt(1), value.BadArgument},
		"argument of a wrong kind":       {[]Argument{low, {Name: "high", Value: value.Null{}}}, value.NewInt(1), value.BadArgument},
		"low greater than high":          {[]Argument{{Name: "high", Value: value.NewInt(1)}, low}, value.Null{}, value.BadArgument},
		"limits that are not comparable": {[]Argument{{Name: "high", Value: value.Text("z")}, low}, value.Null{}, value.NotComparable},
		"actual of a wrong kind":         {[]Argument{high, low}, value.Null{}, value.WrongKind},
		"actual that is not comparable":  {[]Argument{high, low}, value.Text("2"), value.NotComparable},
		"actual is NaN":                  {[]Argument{high, low}, value.Float(math.NaN()), value.NotComparable},
		"no broken rule":                 {[]Argument{high, low}, value.Float(2.5), ""},
	}
	for name, test := range tests {
		for _, assertion := range []string{"is_between", "is_not_between"} {
			t.Run(assertion+"/"+name, func(t *testing.T) {
				got := Evaluate(NewAssertion(assertion, test.arguments...), test.actual).Code
				if got != test.want {
					t.Errorf("Code = %q, want %q", got, test.want)
				}
			})
		}
	}
}

func TestIsCloseToMeasuresTheDelta(t *testing.T) {
	inf := value.Float(math.Inf(1))
	tests := map[string]struct {
		actual, expected, tolerance value.Value
		want                        Status
		delta                       value.Value
	}{
		"ints are compared exactly":      {value.NewInt(1<<53 + 1), value.NewInt(1 << 53), value.Int{}, Fail, value.NewInt(1)},
		"one float makes all floats":     {value.NewInt(1<<53 + 1), value.NewInt(1 << 53), value.Float(0), Pass, nil},
		"equal infinities":               {inf, inf, value.Int{}, Pass, nil},
		"int beyond the range of floats": {huge, inf, value.NewInt(1), Pass, nil},
		"infinity and a number":          {inf, value.NewInt(1), value.NewInt(5), Fail, inf},
		"NaN": {
			value.Float(math.NaN()), value.Float(math.NaN()), inf, Fail, value.Float(math.NaN()),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Evaluate(NewAssertion("is_close_to",
				Argument{Name: "expected", Value: test.expected}, Argument{Name: "tolerance", Value: test.tolerance}), test.actual)
			if got.Status != test.want {
				t.Errorf("Status = %v, want %v", got.Status, test.want)
			}
			if test.delta != nil && !value.Equal(got.Details[0].Value, test.delta) {
				t.Errorf("delta = %v, want %v", got.Details[0].Value, test.delta)
			}
		})
	}
}

func TestIsCloseToLimitsTheDigitsOfTheDelta(t *testing.T) {
	below, err := value.IntOf(new(big.Int).Neg(huge.Big()))
	if err != nil {
		t.Fatal(err)
	}
	far := NewAssertion("is_close_to", Argument{Name: "expected", Value: below}, Argument{Name: "tolerance", Value: value.Int{}})
	if got := Evaluate(far, huge).Code; got != value.TooLarge {
		t.Errorf("Code = %q, want %q", got, value.TooLarge)
	}
	far = NewAssertion("all_close_to",
		Argument{Name: "expected", Value: value.List{below}}, Argument{Name: "tolerance", Value: value.Int{}})
	if got := Evaluate(far, value.List{huge}).Code; got != value.TooLarge {
		t.Errorf("Code for lists = %q, want %q", got, value.TooLarge)
	}
}

func TestAnEntryThatNoMapCanHaveIsLacking(t *testing.T) {
	var deep value.Value = value.List{}
	for range value.MaxDepth - 1 {
		deep = value.List{deep}
	}
	one, two := value.NewInt(1), value.NewInt(2)
	actual := converted(t, map[int]int{1: 2})
	tests := map[string]struct {
		key, value value.Value
		want       int
	}{
		"key is too deep":   {deep, two, 0},
		"value is too deep": {one, deep, 1},
		"key is NaN":        {value.Float(math.NaN()), two, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			arguments := []Argument{{Name: "key", Value: test.key}, {Name: "value", Value: test.value}}
			if got := Evaluate(NewAssertion("lacks_entry", arguments...), actual); got.Status != Pass {
				t.Errorf("lacks_entry: %s", got.Text())
			}
			got := Evaluate(NewAssertion("has_entry", arguments...), actual)
			if got.Status != Fail || len(got.Details) != test.want {
				t.Errorf("has_entry has %d details, want %d: %s", len(got.Details), test.want, got.Text())
			}
		})
	}
}

func TestTextShowsTheFirstDifference(t *testing.T) {
	tests := map[string]struct {
		assertion     string
		actual, other any
		want          string
	}{
		"item that only expected has":  {"equal", []any{1, 2}, []any{1, 2, 3}, "  path: $[2]\n  right: 3\n"},
		"item that only actual has":    {"equal", []any{1, 2}, []any{1}, "  path: $[1]\n  left: 2\n"},
		"item under a quoted key":      {"equal", map[string]any{"b c": []any{0.5}}, map[string]any{"b c": []any{1}}, "  path: $[\"b c\"][0]\n"},
		"int key that only actual has": {"equal", map[int]int{1: 2}, map[int]int{2: 2}, "  path: ${1}\n  left: 2\n"},
		"float key":                    {"equal", map[float64]int{math.Copysign(0, -1): 1}, map[float64]int{0: 2}, "  path: ${-0.0}\n"},
		"int key and equivalent float key": {
			"equivalent", map[int]string{1: "a"}, map[float64]string{1: "b"},
			"  path: ${1}\n  left: \"a\"\n  right: \"b\"\n  index: 0\n",
		},
		"sign of zero":              {"identical", []float64{0}, []float64{math.Copysign(0, -1)}, "  left: 0.0\n  right: -0.0"},
		"combining character":       {"equal", "e\u0301", "\u00e9", "  index: 0\n  left_code_point: U+0065\n  right_code_point: U+00E9"},
		"code point beyond 16 bits": {"equal", "a\U0001f600", "a", "  index: 1\n  left_code_point: U+1F600"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := evaluate(t, test.assertion, test.actual, "expected", test.other).Text()
			if !strings.Contains(text, test.want) {
				t.Errorf("Text does not contain %q:\n%s", test.want, text)
			}
		})
	}
}

func TestTextOfAFailure(t *testing.T) {
	actual := map[string]any{"id": 1, "tags": []string{"x", "z"}}
	expected := map[string]any{"id": 1, "tags": []string{"x", "y"}}
	want := `equal(expected: {"id": 1, "tags": ["x", "y"]}) failed
  actual: {"id": 1, "tags": ["x", "z"]}
  path: $.tags[1]
  left: "z"
  right: "y"
  index: 0
  left_code_point: U+007A
  right_code_point: U+0079
  diff:
    @@ -2,6 +2,6 @@
       "id": 1
       "tags": [
         "x"
    -    "y"
    +    "z"
       ]
     }`
	expectText(t, evaluate(t, "equal", actual, "expected", expected), want)
	expectText(t, evaluate(t, "equal", 1.0, "expected", 1), "equal(expected: 1) failed\n  actual: 1.0")
	expectText(t, evaluate(t, "equal", 1, "expected", 1), "")
	expectText(t, evaluate(t, "equal", huge, "expected", 1),
		"equal(expected: 1) failed\n  actual: "+strings.Repeat("9", 1000)+"…+3000")
}

func TestTextOfAnErrorSortsArgumentsAndIndentsTheNote(t *testing.T) {
	assertion := NewAssertion("is_between",
		Argument{Name: "x", Value: value.NewInt(0)}, Argument{Name: "high", Value: value.NewInt(1)},
		Argument{Name: "A b", Value: value.NewInt(2)}, Argument{Name: "low", Value: value.NewInt(3)})
	assertion.Note = "one\ntwo"
	expectText(t, Evaluate(assertion, value.Null{}),
		"is_between(low: 3, high: 1, x: 0, \"A b\": 2) error: bad_argument\n"+
			"  actual: null\n  note: one\n    two")
}

func TestTextIsCutAboveItsLimit(t *testing.T) {
	head := len("is_null() failed\n  actual: 1\n  note: ")
	assertion := Assertion{Name: "is_null", Note: strings.Repeat("n", MaxTextPoints-head)}
	if got := Evaluate(assertion, value.NewInt(1)).Text(); len(got) != MaxTextPoints {
		t.Errorf("Text has %d code points, want %d", len(got), MaxTextPoints)
	}
	assertion.Note += "n"
	expectText(t, Evaluate(assertion, value.NewInt(1)),
		"is_null() failed\n  actual: 1\n… 1 more lines")
}

func TestStringOfStatus(t *testing.T) {
	tests := map[Status]string{Pass: "pass", Fail: "fail", Error: "error", 0: "Status(0)"}
	for status, want := range tests {
		if got := status.String(); got != want {
			t.Errorf("String() = %q, want %q", got, want)
		}
	}
}

func evaluate(t *testing.T, assertion string, actual any, name string, argument any) Verdict {
	t.Helper()
	return Evaluate(NewAssertion(assertion, Argument{Name: name, Value: converted(t, argument)}), converted(t, actual))
}

func converted(t *testing.T, native any) value.Value {
	t.Helper()
	v, err := value.ToValue(native)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func expectText(t *testing.T, verdict Verdict, want string) {
	t.Helper()
	if got := verdict.Text(); got != want {
		t.Errorf("Text =\n%s\nwant\n%s", got, want)
	}
}
