package kitrunner

import (
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/value"
)

var errorCodes = map[value.ErrorCode]kitv1.ErrorCode{
	value.WrongKind:      kitv1.ErrorCode_ERROR_CODE_WRONG_KIND,
	value.BadArgument:    kitv1.ErrorCode_ERROR_CODE_BAD_ARGUMENT,
	value.BadPattern:     kitv1.ErrorCode_ERROR_CODE_BAD_PATTERN,
	value.BadPath:        kitv1.ErrorCode_ERROR_CODE_BAD_PATH,
	value.NotComparable:  kitv1.ErrorCode_ERROR_CODE_NOT_COMPARABLE,
	value.NotConvertible: kitv1.ErrorCode_ERROR_CODE_NOT_CONVERTIBLE,
	value.Cycle:          kitv1.ErrorCode_ERROR_CODE_CYCLE,
	value.TooLarge:       kitv1.ErrorCode_ERROR_CODE_TOO_LARGE,
	value.Unsupported:    kitv1.ErrorCode_ERROR_CODE_UNSUPPORTED,
}

// read reads a value of a request; an unset one is a value without a kind. A malformed one is
// INVALID_ARGUMENT with the class and the place of the error.
func read(message *kitv1.Value) (value.Value, error) {
	v, err := fromProto(message)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	return v, nil
}

// readPair reads the two values of a relation.
func readPair(left, right *kitv1.Value) (value.Value, value.Value, error) {
	one, err := read(left)
	if err != nil {
		return nil, nil, err
	}
	other, err := read(right)
	return one, other, err
}

// errorToProto is a conversion error as a message, or the error itself where it is something else.
func errorToProto(err error) (*kitv1.ConversionError, error) {
	var conversion *value.ConversionError
	if !errors.As(err, &conversion) {
		return nil, err
	}
	return &kitv1.ConversionError{Code: errorCodes[conversion.Code], Path: conversion.Path}, nil
}
