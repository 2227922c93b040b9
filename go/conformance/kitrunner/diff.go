package kitrunner

import (
	"context"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/diff"
)

// diffService implements DiffService with package diff.
type diffService struct {
	kitv1.UnimplementedDiffServiceServer
}

// DiffLines returns the difference of two sequences of lines.
func (diffService) DiffLines(_ context.Context, request *kitv1.DiffLinesRequest) (*kitv1.DiffLinesResponse, error) {
	return &kitv1.DiffLinesResponse{Text: diff.Lines(request.GetExpected(), request.GetActual())}, nil
}

// DiffValues returns the difference of the expanded texts of two values.
func (diffService) DiffValues(_ context.Context, request *kitv1.DiffValuesRequest) (*kitv1.DiffValuesResponse, error) {
	expected, actual, err := readPair(request.GetExpected(), request.GetActual())
	if err != nil {
		return nil, err
	}
	return &kitv1.DiffValuesResponse{Text: diff.Values(expected, actual)}, nil
}
