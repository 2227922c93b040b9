package kitrunner

import (
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/value"
)

// errorCodes has the enum value of each error code.
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

// read reads a value of a request. Its error is a status INVALID_ARGUMENT with the code and the
// path of the conversion error.
func read(message *kitv1.Value) (value.Value, error) {
	v, err := fromProto(message)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	return v, nil
}

// readPair reads two values, first before second.
func readPair(firstMessage, secondMessage *kitv1.Value) (first, second value.Value, err error) {
	first, err = read(firstMessage)
	if err != nil {
		return nil, nil, err
	}
	second, err = read(secondMessage)
	return first, second, err
}

// errorToProto returns the message of a *value.ConversionError. It returns any other error as its
// own error.
func errorToProto(err error) (*kitv1.ConversionError, error) {
	var conversion *value.ConversionError
	if !errors.As(err, &conversion) {
		return nil, err
	}
	return &kitv1.ConversionError{Code: errorCodes[conversion.Code], Path: conversion.Path}, nil
}
