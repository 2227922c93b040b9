package kitrunner

import (
	"context"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/value"
)

// valueService implements ValueService with package value.
type valueService struct {
	kitv1.UnimplementedValueServiceServer
}

// Normalize reads a value and writes it back.
func (valueService) Normalize(_ context.Context, request *kitv1.NormalizeRequest) (*kitv1.NormalizeResponse, error) {
	v, err := fromProto(request.GetValue())
	if err != nil {
		failure, err := errorToProto(err)
		return &kitv1.NormalizeResponse{Result: &kitv1.NormalizeResponse_Error{Error: failure}}, err
	}
	return &kitv1.NormalizeResponse{Result: &kitv1.NormalizeResponse_Value{Value: toProto(v)}}, nil
}

// Equal reports whether two values are equal.
func (valueService) Equal(_ context.Context, request *kitv1.EqualRequest) (*kitv1.EqualResponse, error) {
	left, right, err := readPair(request.GetLeft(), request.GetRight())
	if err != nil {
		return nil, err
	}
	return &kitv1.EqualResponse{Equal: value.Equal(left, right)}, nil
}

// Identical reports whether two values are identical.
func (valueService) Identical(_ context.Context, request *kitv1.IdenticalRequest) (*kitv1.IdenticalResponse, error) {
	left, right, err := readPair(request.GetLeft(), request.GetRight())
	if err != nil {
		return nil, err
	}
	return &kitv1.IdenticalResponse{Identical: value.Identical(left, right)}, nil
}

// Equivalent reports whether two values are equivalent.
func (valueService) Equivalent(_ context.Context, request *kitv1.EquivalentRequest) (*kitv1.EquivalentResponse, error) {
	left, right, err := readPair(request.GetLeft(), request.GetRight())
	if err != nil {
		return nil, err
	}
	return &kitv1.EquivalentResponse{Equivalent: value.Equivalent(left, right)}, nil
}

// Order compares two values in the total order.
func (valueService) Order(_ context.Context, request *kitv1.OrderRequest) (*kitv1.OrderResponse, error) {
	left, right, err := readPair(request.GetLeft(), request.GetRight())
	if err != nil {
		return nil, err
	}
	return &kitv1.OrderResponse{Order: int32(value.Order(left, right))}, nil
}

// Convert builds a native value from a recipe and converts it.
func (valueService) Convert(_ context.Context, request *kitv1.ConvertRequest) (*kitv1.ConvertResponse, error) {
	native, err := build(request.GetRecipe())
	if err != nil {
		return nil, err
	}
	v, err := value.ToValue(native)
	if err != nil {
		failure, err := errorToProto(err)
		return &kitv1.ConvertResponse{Result: &kitv1.ConvertResponse_Error{Error: failure}}, err
	}
	return &kitv1.ConvertResponse{Result: &kitv1.ConvertResponse_Value{Value: toProto(v)}}, nil
}
