package kitrunner

import (
	"context"

	"testingkit.dev/go/checks"
	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

// checksService implements ChecksService with package checks.
type checksService struct {
	kitv1.UnimplementedChecksServiceServer
}

// verdicts has the enum value of each status.
var verdicts = map[checks.Status]kitv1.CheckVerdict{
	checks.Pass:  kitv1.CheckVerdict_CHECK_VERDICT_PASS,
	checks.Fail:  kitv1.CheckVerdict_CHECK_VERDICT_FAIL,
	checks.Error: kitv1.CheckVerdict_CHECK_VERDICT_ERROR,
}

// Evaluate evaluates an assertion on a value.
func (checksService) Evaluate(_ context.Context, request *kitv1.EvaluateRequest) (*kitv1.EvaluateResponse, error) {
	assertion, err := assertionFromProto(request.GetAssertion())
	if err != nil {
		return nil, err
	}
	actual, err := read(request.GetActual())
	if err != nil {
		return nil, err
	}
	return verdictToProto(checks.Evaluate(assertion, actual)), nil
}

// ListChecks lists the checks of the kit.
func (checksService) ListChecks(context.Context, *kitv1.ListChecksRequest) (*kitv1.ListChecksResponse, error) {
	response := &kitv1.ListChecksResponse{}
	for _, entry := range checks.Catalog() {
		check := &kitv1.ListChecksResponse_Check{Name: entry.Name, Details: entry.Details}
		for _, parameter := range entry.Parameters {
			check.Arguments = append(check.Arguments, parameter.Name)
		}
		response.Checks = append(response.Checks, check)
	}
	return response, nil
}

func assertionFromProto(message *kitv1.Assertion) (checks.Assertion, error) {
	assertion := checks.Assertion{Name: message.GetName(), Note: message.GetNote()}
	for _, argument := range message.GetArguments() {
		v, err := read(argument.GetValue())
		if err != nil {
			return checks.Assertion{}, err
		}
		assertion.Arguments = append(assertion.Arguments, checks.Argument{
			Name: argument.GetName(), Value: v,
		})
	}
	return assertion, nil
}

func verdictToProto(verdict checks.Verdict) *kitv1.EvaluateResponse {
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
