package assertions

import "testingkit.dev/go/value"

var timedOutcomeRules = rules{
	"completes_within": {demand: demandDuration, body: ofTimed(isComplete)},
	"times_out_after":  {demand: demandDuration, body: ofTimed(isTimedOut)},
}

// demandDuration requires a duration that is not negative.
func demandDuration(arguments []value.Value) value.ErrorCode {
	return badArgumentUnless(arguments[0].(value.Duration) >= 0)
}

// timedParts returns the outcome and the elapsed time of a timed outcome; ok is false for every other
// value.
func timedParts(actual value.Value) (outcome value.Outcome, elapsed value.Duration, ok bool) {
	record, _ := actual.(value.Record)
	if record.Name() != "Timed" || len(record.Fields()) != 2 {
		return value.Outcome{}, 0, false
	}
	outcome, isOutcome := fieldNamed(record.Fields(), value.Text("outcome")).(value.Outcome)
	elapsed, isDuration := fieldNamed(record.Fields(), value.Text("elapsed")).(value.Duration)
	return outcome, elapsed, isOutcome && isDuration
}

// ofTimed returns the body of an assertion on a timed outcome. The condition gets how the call ended, the
// elapsed time and the duration of the argument.
func ofTimed(holds func(ending value.Ending, elapsed, limit value.Duration) bool) body {
	return func(actual value.Value, arguments []value.Value) finding {
		outcome, elapsed, ok := timedParts(actual)
		if !ok {
			return finding{code: value.WrongKind}
		}
		return finding{
			passed: holds(outcome.Ending, elapsed, arguments[0].(value.Duration)),
			details: append(
				[]Detail{{Name: "elapsed", Value: elapsed}},
				textDetail("outcome", outcome.Ending.String())...,
			),
		}
	}
}

func isComplete(ending value.Ending, elapsed, limit value.Duration) bool {
	return ending != value.Pending && elapsed <= limit
}

func isTimedOut(ending value.Ending, elapsed, limit value.Duration) bool {
	return ending == value.Pending && elapsed >= limit
}
