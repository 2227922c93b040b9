package kitrunner

import (
	"context"
	"errors"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/paths"
	"testingkit.dev/go/value"
)

// pathReasons has the enum value of each reason.
var pathReasons = map[paths.Reason]kitv1.ResolveResponse_Reason{
	paths.NoField:   kitv1.ResolveResponse_REASON_NO_FIELD,
	paths.NoKey:     kitv1.ResolveResponse_REASON_NO_KEY,
	paths.NoIndex:   kitv1.ResolveResponse_REASON_NO_INDEX,
	paths.WrongKind: kitv1.ResolveResponse_REASON_WRONG_KIND,
}

// pathsService implements PathsService with package paths.
type pathsService struct {
	kitv1.UnimplementedPathsServiceServer
}

// Resolve returns the value at a path, or why there is none.
func (pathsService) Resolve(_ context.Context, request *kitv1.ResolveRequest) (*kitv1.ResolveResponse, error) {
	v, err := read(request.GetValue())
	if err != nil {
		return nil, err
	}
	resolved, err := resolve(request.GetPath(), v)
	var bad *paths.BadPathError
	var unresolved *paths.UnresolvedError
	switch {
	case errors.As(err, &bad):
		return &kitv1.ResolveResponse{Outcome: &kitv1.ResolveResponse_BadPath_{
			BadPath: &kitv1.ResolveResponse_BadPath{Index: uint32(bad.Index)}, //nolint:gosec // At most the length of the request.
		}}, nil
	case errors.As(err, &unresolved):
		return &kitv1.ResolveResponse{Outcome: &kitv1.ResolveResponse_Unresolved_{
			Unresolved: &kitv1.ResolveResponse_Unresolved{
				Reason: pathReasons[unresolved.Reason], Place: unresolved.Place.String(),
			},
		}}, nil
	case err != nil:
		return nil, err
	default:
		return &kitv1.ResolveResponse{Outcome: &kitv1.ResolveResponse_Resolved_{Resolved: resolved}}, nil
	}
}

func resolve(text string, v value.Value) (*kitv1.ResolveResponse_Resolved, error) {
	path, err := paths.Parse(text)
	if err != nil {
		return nil, err
	}
	found, err := paths.Resolve(path, v)
	if err != nil {
		return nil, err
	}
	return &kitv1.ResolveResponse_Resolved{Value: toProto(found), Path: path.String()}, nil
}
