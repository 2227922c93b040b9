package kitrunner

import (
	"context"

	"testingkit.dev/go/assertions"
	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

// assertionsService implements AssertionsService with package assertions.
type assertionsService struct {
	kitv1.UnimplementedAssertionsServiceServer
}

// verdicts has the enum value of each status.
var verdicts = map[assertions.Status]kitv1.AssertionVerdict{
	assertions.Pass:  kitv1.AssertionVerdict_ASSERTION_VERDICT_PASS,
	assertions.Fail:  kitv1.AssertionVerdict_ASSERTION_VERDICT_FAIL,
	assertions.Error: kitv1.AssertionVerdict_ASSERTION_VERDICT_ERROR,
}

// Evaluate evaluates an assertion on a value.
func (assertionsService) Evaluate(_ context.Context, request *kitv1.EvaluateRequest) (*kitv1.EvaluateResponse, error) {
	assertion, err := assertionFromProto(request.GetAssertion())
	if err != nil {
		return nil, err
	}
	actual, err := read(request.GetActual())
	if err != nil {
		return nil, err
	}
	return verdictToProto(assertions.Evaluate(assertion, actual)), nil
}

// ListAssertions lists the assertions of the kit.
func (assertionsService) ListAssertions(context.Context, *kitv1.ListAssertionsRequest) (*kitv1.ListAssertionsResponse, error) {
	response := &kitv1.ListAssertionsResponse{}
	for _, entry := range assertions.Catalog() {
		listed := &kitv1.ListAssertionsResponse_Entry{Name: entry.Name, Details: entry.Details}
		for _, parameter := range entry.Parameters {
			listed.Arguments = append(listed.Arguments, parameter.Name)
		}
		response.Entries = append(response.Entries, listed)
	}
	return response, nil
}

func assertionFromProto(message *kitv1.Assertion) (assertions.Assertion, error) {
	assertion := assertions.Assertion{Name: message.GetName(), Note: message.GetNote()}
	for _, argumentMessage := range message.GetArguments() {
		argument, err := argumentFromProto(argumentMessage)
		if err != nil {
			return assertions.Assertion{}, err
		}
		assertion.Arguments = append(assertion.Arguments, argument)
	}
	return assertion, nil
}

func argumentFromProto(message *kitv1.Argument) (argument assertions.Argument, err error) {
	argument.Name = message.GetName()
	switch kind := message.GetKind().(type) {
	case *kitv1.Argument_Assertion:
		var nested assertions.Assertion
		nested, err = assertionFromProto(kind.Assertion)
		argument.Check = &nested
	case *kitv1.Argument_Assertions:
		argument.Checks, err = assertionsFromProto(kind.Assertions)
	case *kitv1.Argument_Shape:
		argument.Shape, err = shapeFromProto(kind.Shape)
	default:
		argument.Value, err = read(message.GetValue())
	}
	return argument, err
}

func assertionsFromProto(message *kitv1.AssertionList) ([]assertions.Assertion, error) {
	listed := make([]assertions.Assertion, 0, len(message.GetAssertions()))
	for _, nested := range message.GetAssertions() {
		assertion, err := assertionFromProto(nested)
		if err != nil {
			return nil, err
		}
		listed = append(listed, assertion)
	}
	return listed, nil
}

func verdictToProto(verdict assertions.Verdict) *kitv1.EvaluateResponse {
	response := &kitv1.EvaluateResponse{
		Verdict:   verdicts[verdict.Status],
		ErrorCode: errorCodes[verdict.Code],
		Diff:      verdict.Diff,
		Text:      verdict.Text(),
	}
	for _, detail := range verdict.Details {
		response.Details = append(response.Details, &kitv1.EvaluateResponse_Detail{
			Name: detail.Name, Value: toProto(detail.Value),
		})
	}
	return response
}
