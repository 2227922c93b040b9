package match

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"testingkit.dev/go/value"
)

// CallOutcome is how a call ended. It converts to an outcome, the actual value of the assertions on
// outcomes.
type CallOutcome struct {
	ending value.Ending
	native any // What the call returned, failed or panicked with.
}

// Call calls a function once and returns how the call ended:
//
//	require.Panics(t, match.Call(func() { list.Remove(9) }))
//
// It returned null, or failed with the error. It is cancelled if the error is a [context.Canceled]. A
// panic is an outcome as well; [runtime.Goexit], which FailNow of a test calls, ends the goroutine as it does without Call.
func Call[F func() | func() error](function F) CallOutcome {
	return capture(func() (any, error) {
		switch function := any(function).(type) {
		case func():
			function()
		case func() error:
			return nil, function()
		}
		return nil, nil
	})
}

// CallValue is [Call] for a function that returns a value:
//
//	require.ReturnsValue(t, match.CallValue(func() (int, error) { return strconv.Atoi("12") }), 12)
func CallValue[V any](function func() (V, error)) CallOutcome {
	return capture(func() (any, error) { return function() })
}

func capture(function func() (any, error)) (outcome CallOutcome) {
	defer func() {
		if panicked := recover(); panicked != nil {
			outcome = CallOutcome{value.Panicked, strings.ToValidUTF8(fmt.Sprint(panicked), "\uFFFD")}
		}
	}()
	returned, err := function()
	switch {
	case err == nil:
		return CallOutcome{value.Returned, returned}
	case errors.Is(err, context.Canceled):
		return CallOutcome{ending: value.Cancelled}
	default:
		return CallOutcome{value.Failed, err}
	}
}

// TestingKitValue returns the outcome. It panics with a [value.ConversionError] if the result of the
// call does not convert.
func (o CallOutcome) TestingKitValue() any {
	return value.Outcome{Ending: o.ending, Payload: o.payload()}
}

func (o CallOutcome) payload() value.Value {
	payload, err := value.ToValue(o.native)
	if _, isError := payload.(value.Error); err == nil && o.ending == value.Failed && !isError {
		err = value.NewNativeError(value.NotConvertible, o.native) // A nil pointer in an error.
	}
	if err != nil {
		panic(value.Within(err, "."+o.ending.String()))
	}
	return payload
}

// outcomeOf returns the actual value of an assertion: for one on outcomes, a nil error is the outcome of
// a call that returned.
func (m Matcher) outcomeOf(actual any) any {
	if actual == nil && m.isOnOutcomes() {
		return value.Outcome{Ending: value.Returned, Payload: value.Null{}}
	}
	return actual
}

// isOnOutcomes reports whether the assertion is on outcomes, or consists of assertions that are.
func (m Matcher) isOnOutcomes() bool {
	entry := entries()[m.name]
	if !entry.Takes(value.KindNull) {
		return entry.Takes(value.KindOutcome)
	}
	return len(m.arguments) > 0 && !slices.ContainsFunc(m.arguments, func(argument any) bool {
		switch argument := argument.(type) {
		case Matcher:
			return !argument.isOnOutcomes()
		case []Matcher:
			return len(argument) == 0 || slices.ContainsFunc(argument, func(m Matcher) bool { return !m.isOnOutcomes() })
		default:
			return true
		}
	})
}

// returned is the fast path of the assertions that pass for every call that returned. What it returned
// need not convert.
func returned(actual any, _ []any) bool {
	outcome, ok := actual.(CallOutcome)
	return actual == nil || ok && outcome.ending == value.Returned
}
