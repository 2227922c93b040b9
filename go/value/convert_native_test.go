package value_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

// shown returns the canonical text of a native value, or its conversion error.
func shown(native any) string {
	v, err := value.ToValue(native)
	if err != nil {
		return err.Error()
	}
	return render.Canonical(v)
}

type base struct {
	ID     int
	Name   string
	hidden int
}

type inner struct{ base }

type Exported struct{ Size int }

type user struct {
	inner
	Exported
	Name string
}

type pointing struct {
	*base
	Kept bool
}

type renamed struct {
	base `testingkit:"-"`
	Left int `testingkit:"left over"`
}

type leftName struct{ Same int }

type rightName struct{ Same int }

type ambiguous struct {
	leftName
	rightName
	Own int
}

type pair[K comparable, V any] struct {
	Key   K
	Value V
}

type genericError[T any] struct{ Cause T }

func (genericError[T]) Error() string { return "generic" }

type octet byte

type identifier [4]byte

func (id identifier) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "id-%x", id[:]), nil }

type marshals struct{ do func() ([]byte, error) }

func (m *marshals) MarshalText() ([]byte, error) { return m.do() }

type panicking struct{ where string }

func (p panicking) at(where string) {
	if p.where == where {
		panic(where)
	}
}

func (p panicking) Error() string                  { p.at("Error"); return "text" }
func (p panicking) Unwrap() error                  { p.at("Unwrap"); return nil }
func (p panicking) TestingKitErrorType() string    { p.at("Type"); return p.where }
func (p panicking) TestingKitErrorCode() int32     { p.at("Code"); return 7 }
func (p panicking) String() string                 { panic("String") }
func (p panicking) GoString() string               { panic("GoString") }
func (p panicking) Format(_ fmt.State, _ rune)     { panic("Format") }
func (p panicking) MarshalJSON() ([]byte, error)   { panic("MarshalJSON") }
func (p panicking) MarshalBinary() ([]byte, error) { panic("MarshalBinary") }

type stringer struct{ Name string }

func (stringer) String() string { panic("String") }

type embedsNilError struct {
	error
	Name string
}

// fresh is a Valuer that gives another one each time.
type fresh struct{ left int }

func (f *fresh) TestingKitValue() any {
	if f.left == 0 {
		return "end"
	}
	return &fresh{f.left - 1}
}

type panickingValuer struct{}

func (panickingValuer) TestingKitValue() any { panic("TestingKitValue") }

type refusingValuer struct{}

func (refusingValuer) TestingKitValue() any {
	panic(value.Within(value.NewConversionError(value.TooLarge), ".part"))
}

type embedsList struct {
	value.List
	Name string
}

type link *link

func pointers(count int) any {
	native := any("end")
	for range count {
		inner := native
		native = &inner
	}
	return native
}

func TestNativeTypesConvertAsDocumented(t *testing.T) {
	self := new(link)
	*self = link(self)
	counter := new(atomic.Int64)
	counter.Store(3)
	var box atomic.Value
	box.Store("boxed")
	exact := new(big.Float).SetPrec(200).SetFloat64(0.5)
	list := value.List{value.Null{}}
	tests := map[string]struct {
		native any
		want   string
	}{
		"byte array":                  {[2]byte{'a', 0}, `b"a\x00"`},
		"empty byte array":            {[0]byte{}, `b""`},
		"named byte array":            {[1]octet{'a'}, `b"a"`},
		"named byte slice":            {[]octet{'a'}, `b"a"`},
		"nil byte slice":              {[]byte(nil), `b""`},
		"array of int8":               {[1]int8{1}, "[1]"},
		"byte array that is a text":   {identifier{1, 2, 3, 4}, `"id-01020304"`},
		"pointer to a byte array":     {&identifier{}, `"id-00000000"`},
		"json.RawMessage":             {json.RawMessage("1"), `b"1"`},
		"net.IP":                      {net.IPv4(127, 0, 0, 1), `"127.0.0.1"`},
		"netip.Addr":                  {netip.MustParseAddr("::1"), `"::1"`},
		"zero netip.Addr":             {netip.Addr{}, `""`},
		"netip.AddrPort":              {netip.MustParseAddrPort("10.0.0.1:80"), `"10.0.0.1:80"`},
		"netip.Prefix in a struct":    {struct{ P netip.Prefix }{netip.MustParsePrefix("10.0.0.0/8")}, `record{P: "10.0.0.0/8"}`},
		"netip.Addr as a key":         {map[netip.Addr]int{netip.MustParseAddr("::1"): 1}, `{"::1": 1}`},
		"*big.Rat":                    {big.NewRat(2, -6), "Fraction{numerator: -1, denominator: 3}"},
		"big.Rat":                     {*big.NewRat(4, 2), "Fraction{numerator: 2, denominator: 1}"},
		"nil *big.Rat":                {(*big.Rat)(nil), "null"},
		"big.Rat over the limit":      {new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(4000), nil)), "too_large at $.numerator"},
		"big.Float that is exact":     {exact, "0.5"},
		"big.Float by value":          {*exact, "0.5"},
		"infinite big.Float":          {new(big.Float).SetInf(true), "-inf"},
		"big.Float that would round":  {new(big.Float).SetPrec(200).Quo(big.NewFloat(1), big.NewFloat(3)), "not_convertible at $"},
		"embedded struct":             {user{inner{base{1, "hidden", 2}}, Exported{3}, "own"}, `user{ID: 1, Exported: Exported{Size: 3}, Name: "own"}`},
		"embedded pointer":            {pointing{&base{ID: 1}, true}, `pointing{ID: 1, Name: "", Kept: true}`},
		"embedded nil pointer":        {pointing{}, `pointing{Kept: false}`},
		"embedded and left out":       {renamed{Left: 1}, `renamed{"left over": 1}`},
		"two embedded with one name":  {ambiguous{Own: 1}, "ambiguous{Own: 1}"},
		"struct of an embedded value": {embedsList{list, "n"}, `embedsList{List: [null], Name: "n"}`},
		"anonymous struct":            {struct{ A int }{1}, "record{A: 1}"},
		"empty struct":                {struct{}{}, "record{}"},
		"generic struct":              {pair[string, []int]{"a", nil}, `pair{Key: "a", Value: []}`},
		"generic error":               {genericError[int]{}, `error(genericError, "generic")`},
		"pointer to a value":          {&list, "[null]"},
		"Stringer that panics":        {stringer{"n"}, `stringer{Name: "n"}`},
		"error with other methods":    {panicking{"none"}, `error(none, "text", code: 7)`},
		"*atomic.Int64":               {counter, "3"},
		"atomic.Value":                {&box, `"boxed"`},
		"atomic.Pointer":              {new(atomic.Pointer[int]), "null"},
		"atomic in a struct":          {&struct{ N atomic.Bool }{}, "record{N: false}"},
		"time.Month":                  {time.May, "5"},
		"chain of pointers":           {pointers(value.MaxHooks), `"end"`},
		"chain of hooks":              {&fresh{value.MaxHooks - 1}, `"end"`},
		"nil func in a nil map":       {map[string]func(){}, "{}"},

		"error that panics":            {[]any{panicking{"Error"}}, "not_convertible at $[0]"},
		"Unwrap that panics":           {panicking{"Unwrap"}, "not_convertible at $"},
		"TestingKitErrorType":          {panicking{"Type"}, "not_convertible at $"},
		"TestingKitErrorCode":          {panicking{"Code"}, "not_convertible at $"},
		"error type without UTF-8":     {panicking{"\xff"}, "not_convertible at $"},
		"cause that panics":            {fmt.Errorf("a %w", errorOnce()), "not_convertible at $"},
		"error from an embedded nil":   {embedsNilError{Name: "n"}, "not_convertible at $"},
		"TestingKitValue that refuses": {map[string]any{"a": refusingValuer{}}, "too_large at $.a.part"},
		"TestingKitValue that panics":  {map[string]any{"a": panickingValuer{}}, "not_convertible at $.a"},
		"MarshalText that panics":      {&marshals{}, "not_convertible at $"},
		"MarshalText without UTF-8":    {&marshals{func() ([]byte, error) { return []byte{0xff}, nil }}, "not_convertible at $"},
		"MarshalText with an error":    {&marshals{func() ([]byte, error) { return nil, errors.New("no") }}, "not_convertible at $"},
		"too many pointers":            {pointers(value.MaxHooks + 1), "too_large at $"},
		"a million pointers":           {pointers(1_000_000), "too_large at $"},
		"too many hooks":               {&fresh{value.MaxHooks}, "too_large at $"},
		"endless hooks":                {[]any{&fresh{math.MaxInt}}, "too_large at $[0]"},
		"pointer to itself":            {self, "cycle at $"},
		"mutex":                        {&sync.Mutex{}, "not_convertible at $"},
		"func":                         {func() {}, "not_convertible at $"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := shown(test.native); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// once is an error whose second text panics.
type once struct{ texts int }

func (o *once) Error() string {
	if o.texts++; o.texts > 1 {
		panic("again")
	}
	return "once"
}

func errorOnce() error { return new(once) }

func TestACauseThatContainsItsErrorIsACycle(t *testing.T) {
	outer := &chained{}
	outer.cause = &chained{cause: outer}
	if got, want := shown(outer), "cycle at $.causes[0].causes[0].causes[0]"; got != want {
		t.Error(got)
	}
}

type chained struct{ cause error }

func (*chained) Error() string   { return "chained" }
func (c *chained) Unwrap() error { return c.cause }

func TestErrorHasTheTypeOfWhatDoesNotConvert(t *testing.T) {
	type task struct {
		Run func(int)
	}
	loop := map[string]any{}
	loop["self"] = loop
	for want, native := range map[string]any{
		"func(int)":               []any{1, map[string]any{"a": &task{func(int) {}}}},
		"map[chan int]bool":       map[chan int]bool{make(chan int): true},
		"map[string]interface {}": loop,
		"string":                  map[string]string{"a": "\xff"},
		"value.List":              []any{value.List{nil}},
	} {
		_, err := value.ToValue(native)
		var failed *value.ConversionError
		if !errors.As(err, &failed) || failed.NativeType().String() != want {
			t.Errorf("%v: %v, want the type %s", native == nil, err, want)
		}
	}
	if value.NewConversionError(value.Cycle).NativeType() != nil {
		t.Error("an error of a value of the kit has a type")
	}
}
