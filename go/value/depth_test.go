package value_test

import (
	"errors"
	"strings"
	"testing"

	"testingkit.dev/go/assertions"
	"testingkit.dev/go/diff"
	"testingkit.dev/go/events"
	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

func inList(v value.Value) value.Value { return value.List{v, value.Null{}} }

func inError(v value.Value) value.Value {
	cause, _ := v.(value.Error)
	return value.Error{Type: "t", Causes: []value.Error{cause}}
}

func inOutcome(v value.Value) value.Value {
	return value.Outcome{Ending: value.Returned, Payload: v}
}

func inRecord(v value.Value) value.Value {
	record, _ := value.RecordOf("R", value.Field{Name: "a b", Value: v})
	return record
}

func inMessage(v value.Value) value.Value {
	fields := []value.Field{{Name: "child", Value: v}}
	return value.Message{}.WithFields(fields)
}

var levels = map[string]struct {
	wrap    func(value.Value) value.Value
	segment string
}{
	"list":    {inList, "[0]"},
	"error":   {inError, ".causes[0]"},
	"outcome": {inOutcome, ".returned"},
	"record":  {inRecord, `["a b"]`},
	"message": {inMessage, ".child"},
}

func nested(depth int, wrap func(value.Value) value.Value) value.Value {
	v := value.Value(value.Error{Type: "t"})
	for range depth - 1 {
		v = wrap(v)
	}
	return v
}

// itself returns a list that contains itself.
func itself() value.Value {
	list := value.List{nil}
	list[0] = list
	return list
}

// refusals calls everything that takes a value, and returns the error or the panic of each.
func refusals(v value.Value) map[string]error {
	var set value.Set
	calls := map[string]func() error{
		"ToValue":    func() error { _, err := value.ToValue(v); return err },
		"Check":      func() error { return value.Check(v) },
		"Equal":      func() error { value.Equal(v, v); return nil },
		"Identical":  func() error { value.Identical(value.Null{}, v); return nil },
		"Equivalent": func() error { value.Equivalent(v, v); return nil },
		"Order":      func() error { value.Order(v, value.Null{}); return nil },
		"Sort":       func() error { value.Sort([]value.Value{v, v}); return nil },
		"Canonical":  func() error { render.Canonical(v); return nil },
		"Expanded":   func() error { render.Expanded(v); return nil },
		"Values":     func() error { diff.Values(v, set); return nil },
		"Record": func() error {
			var recorder events.Recorder
			_, err := recorder.Record("e", events.Field{Name: "f", Value: v})
			return err
		},
	}
	refused := map[string]error{}
	for name, run := range calls {
		refused[name] = recovered(run)
	}
	return refused
}

func recovered(run func() error) (err error) {
	defer func() {
		if panicked, ok := recover().(error); ok {
			err = panicked
		}
	}()
	return run()
}

func TestEverythingRefusesAValueThatIsTooDeep(t *testing.T) {
	for name, level := range levels {
		want := "too_large at $" + strings.Repeat(level.segment, value.MaxDepth)
		for _, depth := range []int{value.MaxDepth + 1, 1_000_000} {
			for call, err := range refusals(nested(depth, level.wrap)) {
				var refused *value.ConversionError
				if !errors.As(err, &refused) || refused.Error() != want {
					t.Errorf("%s of a %s of %d levels: %.60v", call, name, depth, err)
				}
			}
		}
		for call, err := range refusals(nested(value.MaxDepth, level.wrap)) {
			if err != nil {
				t.Errorf("%s of a %s of %d levels: %v", call, name, value.MaxDepth, err)
			}
		}
	}
}

func TestEverythingRefusesAValueThatContainsItself(t *testing.T) {
	for call, err := range refusals(itself()) {
		if err == nil {
			t.Errorf("%s took it", call)
		}
	}
}

func TestSetsAndMapsRefusePartsThatMakeThemTooDeep(t *testing.T) {
	deep := nested(value.MaxDepth, inList)
	_, setErr := value.SetOf(deep)
	_, keyErr := value.MapOf(value.Entry{Key: deep, Value: value.Null{}})
	_, itemErr := value.MapOf(value.Entry{Key: value.NewInt(7), Value: deep})
	for want, err := range map[string]error{
		"too_large at $ (set)": setErr,
		"too_large at $ (key)": keyErr,
		"too_large at ${7}" + strings.Repeat("[0]", value.MaxDepth-1) + " (item)": itemErr,
	} {
		if text, _, _ := strings.Cut(want, " ("); err == nil || err.Error() != text {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

func TestACheckOfAValueThatIsTooDeepIsAnError(t *testing.T) {
	deep := nested(1_000_000, inList)
	expected := assertions.Argument{Name: "expected", Value: deep}
	for name, verdict := range map[string]assertions.Verdict{
		"actual":   assertions.Evaluate(assertions.NewAssertion("is_null"), deep),
		"argument": assertions.Evaluate(assertions.NewAssertion("not_equal", expected), value.Null{}),
	} {
		if verdict.Status != assertions.Error || verdict.Code != value.TooLarge {
			t.Errorf("%s: %v %s", name, verdict.Status, verdict.Code)
		}
		if text := verdict.Text(); !strings.Contains(text, "error: too_large") || !strings.Contains(text, "…") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestLevelsOfNativeAndReadyMadeValuesAddUp(t *testing.T) {
	deep := nested(value.MaxDepth-1, inList)
	if _, err := value.ToValue([]value.Value{deep}); err != nil {
		t.Error(err)
	}
	_, err := value.ToValue(map[string]any{"a": []any{deep}})
	want := "too_large at $.a[0]" + strings.Repeat("[0]", value.MaxDepth-2)
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestTruncatedShowsNoMoreThanTheLimitOfLevels(t *testing.T) {
	limits := render.FailureLimits
	limits.Levels = 1 << 30
	text := render.TruncatedTo(nested(1_000_000, inList), limits)
	if !strings.Contains(text, "[…]") || strings.Count(text, "null") != value.MaxDepth {
		t.Errorf("got %d nulls in %.100s", strings.Count(text, "null"), text)
	}
}

func TestNilIsNotAValue(t *testing.T) {
	for name, v := range map[string]value.Value{
		"nil":                nil,
		"nil item":           value.List{nil},
		"pointer to a value": value.List{new(value.Text)},
		"without a payload":  value.Outcome{},
	} {
		if err := value.Check(v); err == nil || !strings.HasPrefix(err.Error(), "not_convertible at $") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := value.Check(value.Outcome{Ending: value.Pending}); err != nil {
		t.Error(err)
	}
}
