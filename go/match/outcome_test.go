package match_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"testing"

	"testingkit.dev/go/assertions"
	"testingkit.dev/go/match"
)

type soldOut struct{ article string }

func (e *soldOut) Error() string             { return "sold out: " + e.article }
func (*soldOut) TestingKitErrorType() string { return "shop.sold_out" }
func (*soldOut) TestingKitErrorCode() int32  { return 410 }

func fails(err error) match.CallOutcome {
	return match.Call(func() error { return err })
}

func panics(with any) match.CallOutcome {
	return match.Call(func() { panic(with) })
}

func atoi(text string) match.CallOutcome {
	return match.CallValue(func() (int, error) { return strconv.Atoi(text) })
}

func TestOutcomesOfCalls(t *testing.T) {
	wrapped := fmt.Errorf("order 17: %w", &soldOut{"bread"})
	var list []int
	for name, passes := range map[string]bool{
		"returns nothing":      match.ReturnsValue(nil).Matches(match.Call(func() {})),
		"returns no error":     match.Succeeds().Matches(fails(nil)),
		"returns a value":      match.ReturnsValue(12).Matches(atoi("12")),
		"the type of an error": match.FailsWithType("NumError").Matches(atoi("x")),
		"the type of a cause":  match.HasCauseOfType("errorString").Matches(atoi("x")),
		"the own type":         match.FailsWithType("shop").Matches(fails(&soldOut{"bread"})),
		"the own code":         match.FailsWithCode(410).Matches(fails(&soldOut{"bread"})),
		"the own message":      match.FailsWithMessage("order 17").Matches(fails(wrapped)),
		"a wrapped error":      match.HasErrorInChain("shop").Matches(fails(wrapped)),
		"a text":               match.PanicsWithMessage("stop").Matches(panics("stop")),
		"an error":             match.PanicsWithMessage("sold out: bread").Matches(panics(&soldOut{"bread"})),
		"a number":             match.PanicsWithMessage("5").Matches(panics(5)),
		"nil":                  match.Panics().Matches(panics(nil)),
		"not UTF-8":            match.PanicsWithMessage("a\uFFFD").Matches(panics("a\xff")),
		"of the runtime":       match.Panics().Matches(match.Call(func() { list[0]++ })),
		"an error with fails":  !match.Fails().Matches(panics(errors.New("stop"))),
		"cancelled":            match.IsCancelled().Matches(fails(fmt.Errorf("get: %w", context.Canceled))),
		"too late":             match.Fails().Matches(fails(context.DeadlineExceeded)),
	} {
		if !passes {
			t.Errorf("%s does not pass", name)
		}
	}
}

func TestErrorsAreOutcomes(t *testing.T) {
	_, missing := os.Open("missing")
	var none error
	var nilPointer *soldOut
	onNil := match.SatisfiesAll([]match.Matcher{match.Succeeds(), match.DoesNotSatisfy(match.Fails())})
	for name, passes := range map[string]bool{
		"an error":                match.FailsWithType("PathError").Matches(missing),
		"nil succeeds":            match.Succeeds().Matches(none),
		"nil does not panic":      match.DoesNotPanic().Matches(none),
		"nil returns null":        match.ReturnsValue(nil).Matches(none),
		"nil does not fail":       match.DoesNotSatisfy(match.Fails()).Matches(none),
		"composed":                onNil.Matches(none),
		"of several kinds":        !match.SatisfiesAny([]match.Matcher{match.Succeeds(), match.IsNull()}).Matches(1),
		"nil is null for others":  match.SatisfiesAll([]match.Matcher{match.IsNull()}).Matches(none),
		"a nil pointer is a null": !match.Succeeds().Matches(nilPointer),
	} {
		if !passes {
			t.Errorf("%s does not pass", name)
		}
	}
	var pathError *fs.PathError
	if !errors.As(missing, &pathError) {
		t.Error(missing)
	}
}

func TestFailuresOfOutcomes(t *testing.T) {
	var nilPointer *soldOut
	channel := match.CallValue(func() ([]chan int, error) { return []chan int{nil}, nil })
	for want, check := range map[string]func() (assertions.Status, string){
		"fails() failed\n  actual: returned(null)\n  value: null": func() (assertions.Status, string) {
			return match.Fails().Check(nil)
		},
		"fails() failed\n  actual: returned(12)\n  value: 12": func() (assertions.Status, string) {
			return match.Fails().Check(atoi("12"))
		},
		"fails() error: not_convertible\n  actual: chan int at $.returned[0] does not convert": func() (assertions.Status, string) {
			return match.Fails().Check(channel)
		},
		"fails() error: not_convertible\n  actual: *match_test.soldOut at $.failed does not convert": func() (assertions.Status, string) {
			return match.Fails().Check(fails(nilPointer))
		},
		"fails() error: wrong_kind\n  actual: null": func() (assertions.Status, string) {
			return match.Fails().Check(nilPointer)
		},
	} {
		if _, failure := check(); failure != want {
			t.Errorf("%s\nwant\n%s", failure, want)
		}
	}
	if !match.Succeeds().Matches(channel) || !match.DoesNotPanic().Matches(channel) {
		t.Error("what a call returned must convert")
	}
}

// FailNow of a test ends the goroutine with Goexit, also within a call.
func TestGoexitEndsTheGoroutine(t *testing.T) {
	ended, captured := make(chan struct{}), false
	go func() {
		defer close(ended)
		match.Call(func() { runtime.Goexit() })
		captured = true
	}()
	<-ended
	if captured {
		t.Error("the call returned an outcome")
	}
}
