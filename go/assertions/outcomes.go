package assertions

import (
	"math"
	"slices"
	"strings"

	"testingkit.dev/go/value"
)

var outcomeRules = rules{
	"succeeds":                      {body: succeeds},
	"returns_value":                 {body: returnsValue},
	"returns_satisfying":            {compose: returnsSatisfying},
	"fails":                         {body: fails},
	"fails_with_type":               {body: ofError(typeDetail, isOfType)},
	"fails_with_exact_type":         {body: ofError(typeDetail, isOfExactType)},
	"fails_with_code":               {demand: demandCode, body: ofError(codeDetail, hasCode)},
	"fails_with_message":            {body: ofError(messageDetail, hasMessage)},
	"fails_with_message_containing": {body: ofError(messageDetail, hasMessageContaining)},
	"fails_with_message_matching":   {demand: demandPattern, body: ofError(messageDetail, hasMessageMatching)},
	"has_cause_of_type":             {body: ofError(chainDetail, hasCauseOfType)},
	"has_root_cause_message":        {body: ofError(chainDetail, hasRootCauseMessage)},
	"has_error_in_chain":            {body: ofError(chainDetail, hasErrorInChain)},
	"has_no_cause":                  {body: ofError(chainDetail, hasNoCause)},
	"panics":                        {body: endsWithEnding(value.Panicked)},
	"panics_with_message":           {body: panicsWithMessage},
	"does_not_panic":                {body: doesNotPanic},
	"is_cancelled":                  {body: endsWithEnding(value.Cancelled)},
}

// ofErrors is a condition on the error that a call failed with.
type ofErrors func(failed value.Error, arguments []value.Value) bool

// errorDetail returns a detail about the error that a call failed with.
type errorDetail func(failed value.Error) Detail

// ofError returns the body of an assertion on the error that the call failed with.
func ofError(detail errorDetail, holds ofErrors) body {
	return func(actual value.Value, arguments []value.Value) finding {
		failed, ok := outcomeOf(actual).Payload.(value.Error)
		if !ok || !hasEnding(actual, value.Failed) {
			return finding{}
		}
		return finding{passed: holds(failed, arguments), details: []Detail{detail(failed)}}
	}
}

// outcomeOf returns an outcome; an error is the outcome that failed with it.
func outcomeOf(actual value.Value) value.Outcome {
	if outcome, ok := actual.(value.Outcome); ok {
		return outcome
	}
	return value.Outcome{Ending: value.Failed, Payload: actual}
}

func hasEnding(actual value.Value, ending value.Ending) bool {
	return outcomeOf(actual).Ending == ending
}

// payloadDetail returns a detail that applies if the call has this ending: its result.
func payloadDetail(name string, actual value.Value, ending value.Ending) []Detail {
	if !hasEnding(actual, ending) {
		return nil
	}
	return []Detail{{Name: name, Value: outcomeOf(actual).Payload}}
}

func succeeds(actual value.Value, _ []value.Value) finding {
	return finding{
		passed:  hasEnding(actual, value.Returned),
		details: payloadDetail("error", actual, value.Failed),
	}
}

func returnsValue(actual value.Value, arguments []value.Value) finding {
	returned := payloadDetail("value", actual, value.Returned)
	return finding{
		passed:  len(returned) > 0 && value.Equal(returned[0].Value, arguments[0]),
		details: append(returned, payloadDetail("error", actual, value.Failed)...),
	}
}

func returnsSatisfying(actual value.Value, _ []value.Value, checks [][]check) finding {
	if !hasEnding(actual, value.Returned) {
		return finding{details: payloadDetail("error", actual, value.Failed)}
	}
	return evaluation{checks[0][0], outcomeOf(actual).Payload}.satisfies()
}

func fails(actual value.Value, _ []value.Value) finding {
	return finding{
		passed:  hasEnding(actual, value.Failed),
		details: payloadDetail("value", actual, value.Returned),
	}
}

func typeDetail(failed value.Error) Detail {
	return Detail{Name: "type", Value: value.Text(failed.Type)}
}

func codeDetail(failed value.Error) Detail {
	return Detail{Name: "code", Value: value.NewInt(int64(failed.Code))}
}

func messageDetail(failed value.Error) Detail {
	return Detail{Name: "message", Value: value.Text(failed.Message)}
}

func chainDetail(failed value.Error) Detail {
	var links value.List
	for _, link := range chainOf(failed) {
		link.Causes = nil
		links = append(links, link)
	}
	return Detail{Name: "chain", Value: links}
}

// chainOf returns the error and all its causes, depth first.
func chainOf(failed value.Error) []value.Error {
	chain := []value.Error{failed}
	for _, cause := range failed.Causes {
		chain = append(chain, chainOf(cause)...)
	}
	return chain
}

func isOfType(failed value.Error, arguments []value.Value) bool {
	wanted := textOf(arguments[0])
	isSubtype := wanted != "" && strings.HasPrefix(failed.Type, wanted+".")
	return failed.Type == wanted || isSubtype
}

func isOfExactType(failed value.Error, arguments []value.Value) bool {
	return failed.Type == textOf(arguments[0])
}

// demandCode requires a code that an error can have.
func demandCode(arguments []value.Value) value.ErrorCode {
	return badArgumentUnless(isIntWithin(arguments[0], math.MinInt32, math.MaxInt32))
}

func hasCode(failed value.Error, arguments []value.Value) bool {
	return int(failed.Code) == smallInt(arguments[0])
}

func hasMessage(failed value.Error, arguments []value.Value) bool {
	return failed.Message == textOf(arguments[0])
}

func hasMessageContaining(failed value.Error, arguments []value.Value) bool {
	return strings.Contains(failed.Message, textOf(arguments[0]))
}

func hasMessageMatching(failed value.Error, arguments []value.Value) bool {
	_, ok := compiled(arguments[0]).Find(failed.Message)
	return ok
}

func hasCauseOfType(failed value.Error, arguments []value.Value) bool {
	return slices.ContainsFunc(failed.Causes, func(cause value.Error) bool { return isOfType(cause, arguments) })
}

func hasRootCauseMessage(failed value.Error, arguments []value.Value) bool {
	return slices.ContainsFunc(chainOf(failed), func(link value.Error) bool {
		return len(link.Causes) == 0 && hasMessage(link, arguments)
	})
}

func hasErrorInChain(failed value.Error, arguments []value.Value) bool {
	return slices.ContainsFunc(chainOf(failed), func(link value.Error) bool { return isOfType(link, arguments) })
}

func hasNoCause(failed value.Error, _ []value.Value) bool {
	return len(failed.Causes) == 0
}

// endsWithEnding returns the body of an assertion that passes for this ending.
func endsWithEnding(ending value.Ending) body {
	return func(actual value.Value, _ []value.Value) finding {
		return finding{
			passed:  hasEnding(actual, ending),
			details: textDetail("outcome", outcomeOf(actual).Ending.String()),
		}
	}
}

func panicsWithMessage(actual value.Value, arguments []value.Value) finding {
	message := payloadDetail("message", actual, value.Panicked)
	return finding{
		passed:  len(message) > 0 && value.Equal(message[0].Value, arguments[0]),
		details: message,
	}
}

func doesNotPanic(actual value.Value, _ []value.Value) finding {
	return finding{
		passed:  hasEnding(actual, value.Returned) || hasEnding(actual, value.Failed),
		details: payloadDetail("message", actual, value.Panicked),
	}
}
