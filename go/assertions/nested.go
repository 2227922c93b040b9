package assertions

import "testingkit.dev/go/value"

// maxFailures is the number of failure texts in the detail "failures".
const maxFailures = 100

// evaluation is an assertion among the arguments and the value that it is evaluated on.
type evaluation struct {
	check check
	on    value.Value
}

func (e evaluation) find() finding {
	return e.check.find(e.on)
}

func (e evaluation) failure(found finding) value.Text {
	return e.check.failure(e.on, found)
}

// satisfies returns the finding that passes if the assertion does, with the detail "failure".
func (e evaluation) satisfies() finding {
	found := e.find()
	if found.code != "" || found.passed {
		return found
	}
	return finding{details: []Detail{failureDetail(e.failure(found))}}
}

// onEach returns the evaluations of an assertion on each of the values.
func onEach(c check, values []value.Value) []evaluation {
	evaluations := make([]evaluation, 0, len(values))
	for _, v := range values {
		evaluations = append(evaluations, evaluation{c, v})
	}
	return evaluations
}

// eachOn returns the evaluations of each of the assertions on a value.
func eachOn(checks []check, actual value.Value) []evaluation {
	evaluations := make([]evaluation, 0, len(checks))
	for _, c := range checks {
		evaluations = append(evaluations, evaluation{c, actual})
	}
	return evaluations
}

// firstFailure returns the place and the text of the first evaluation that does not pass, or -1. It goes
// on to the end, since a later one may be an error; code is that of the first error.
func firstFailure(evaluations []evaluation) (place int, text value.Text, code value.ErrorCode) {
	place = -1
	for i, e := range evaluations {
		found := e.find()
		if found.code != "" {
			return -1, "", found.code
		}
		if place < 0 && !found.passed {
			place, text = i, e.failure(found)
		}
	}
	return place, text, ""
}

// passing returns the places of the evaluations that pass; code is that of the first error.
func passing(evaluations []evaluation) (places []int, code value.ErrorCode) {
	for i, e := range evaluations {
		found := e.find()
		if found.code != "" {
			return nil, found.code
		}
		if found.passed {
			places = append(places, i)
		}
	}
	return places, ""
}

// allPass returns the finding that passes if every evaluation does.
func allPass(evaluations []evaluation) finding {
	var failures []value.Value
	for _, e := range evaluations {
		found := e.find()
		if found.code != "" {
			return found
		}
		if !found.passed && len(failures) < maxFailures {
			failures = append(failures, e.failure(found))
		}
	}
	return passesWithout(itemsDetail("failures", failures))
}

// anyPasses returns the finding that passes with the first evaluation that does. Without one it has the
// code of the first error.
func anyPasses(evaluations []evaluation) finding {
	var failures []value.Value
	var code value.ErrorCode
	for _, e := range evaluations {
		found := e.find()
		switch {
		case found.code != "":
			if code == "" {
				code = found.code
			}
		case found.passed:
			return found
		case len(failures) < maxFailures:
			failures = append(failures, e.failure(found))
		}
	}
	without := passesWithout(itemsDetail("failures", failures))
	return finding{details: without.details, code: code}
}

func failureDetail(text value.Text) Detail {
	return Detail{Name: "failure", Value: text}
}
