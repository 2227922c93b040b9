package assertions

import (
	"math"
	"slices"
	"strings"

	"testingkit.dev/go/value"
)

var (
	endedKinds = kinds{value.KindOutcome, value.KindError}

	errorTypeParameter   = []Parameter{{Name: "type", kinds: onlyText}}
	errorCodeParameter   = []Parameter{{Name: "code", kinds: onlyInt}}
	messageTextParameter = []Parameter{{Name: "text", kinds: onlyText}}
)

var outcomeEntries = []Entry{
	{Name: "succeeds", Details: []string{"error"}, actual: endedKinds, body: succeeds},
	{
		Name: "returns_value", Parameters: anyValueParameter, Details: []string{"value", "error"},
		actual: endedKinds, body: returnsValue,
	},
	{
		Name: "returns_satisfying", Parameters: checkParameter, Details: []string{"failure", "error"},
		actual: endedKinds, compose: returnsSatisfying,
	},
	{Name: "fails", Details: []string{"value"}, actual: endedKinds, body: fails},
	errorEntry("fails_with_type", errorTypeParameter, typeDetail, isOfType),
	errorEntry("fails_with_exact_type", errorTypeParameter, typeDetail, isOfExactType),
	{
		Name: "fails_with_code", Parameters: errorCodeParameter, Details: []string{"code"},
		actual: endedKinds, demand: demandCode, body: ofError(codeDetail, hasCode),
	},
	errorEntry("fails_with_message", messageTextParameter, messageDetail, hasMessage),
	errorEntry("fails_with_message_containing", messageTextParameter, messageDetail, hasMessageContaining),
	{
		Name: "fails_with_message_matching", Parameters: patternParameter, Details: []string{"message"},
		actual: endedKinds, demand: demandPattern, body: ofError(messageDetail, hasMessageMatching),
	},
	errorEntry("has_cause_of_type", errorTypeParameter, chainDetail, hasCauseOfType),
	errorEntry("has_root_cause_message", messageTextParameter, chainDetail, hasRootCauseMessage),
	errorEntry("has_error_in_chain", errorTypeParameter, chainDetail, hasErrorInChain),
	errorEntry("has_no_cause", nil, chainDetail, hasNoCause),
	{Name: "panics", Details: []string{"outcome"}, actual: endedKinds, body: endsWithEnding(value.Panicked)},
	{
		Name: "panics_with_message", Parameters: messageTextParameter, Details: []string{"message"},
		actual: endedKinds, body: panicsWithMessage,
	},
	{Name: "does_not_panic", Details: []string{"message"}, actual: endedKinds, body: doesNotPanic},
	{
		Name: "is_cancelled", Details: []string{"outcome"}, actual: endedKinds,
		body: endsWithEnding(value.Cancelled),
	},
}

// ofErrors is a condition on the error that a call failed with.
type ofErrors func(failed value.Error, arguments []value.Value) bool

// errorDetail returns a detail about the error that a call failed with.
type errorDetail func(failed value.Error) Detail

// errorEntry returns an assertion on the error that the call failed with.
func errorEntry(name string, parameters []Parameter, detail errorDetail, holds ofErrors) Entry {
	return Entry{
		Name: name, Parameters: parameters, Details: []string{detail(value.Error{}).Name},
		actual: endedKinds, body: ofError(detail, holds),
	}
}

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
