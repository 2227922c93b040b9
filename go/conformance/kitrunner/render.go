package kitrunner

import (
	"context"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/render"
)

// renderService implements RenderService with package render.
type renderService struct {
	kitv1.UnimplementedRenderServiceServer
}

// Canonical returns the value on one line.
func (renderService) Canonical(_ context.Context, request *kitv1.CanonicalRequest) (*kitv1.CanonicalResponse, error) {
	v, err := read(request.GetValue())
	if err != nil {
		return nil, err
	}
	return &kitv1.CanonicalResponse{Text: render.Canonical(v)}, nil
}

// Expanded returns the value on several lines.
func (renderService) Expanded(_ context.Context, request *kitv1.ExpandedRequest) (*kitv1.ExpandedResponse, error) {
	v, err := read(request.GetValue())
	if err != nil {
		return nil, err
	}
	return &kitv1.ExpandedResponse{Text: render.Expanded(v)}, nil
}

// Truncated returns the value on one line, within the limits of failure texts.
func (renderService) Truncated(_ context.Context, request *kitv1.TruncatedRequest) (*kitv1.TruncatedResponse, error) {
	v, err := read(request.GetValue())
	if err != nil {
		return nil, err
	}
	return &kitv1.TruncatedResponse{Text: render.Truncated(v)}, nil
}
