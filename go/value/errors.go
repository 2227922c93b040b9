package value

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
)

// ErrorCode is the class of an error. The kits answer with these codes only; they are the values of
// ErrorCode in testingkit/kit/v1/value.proto.
type ErrorCode string

// The error codes.
const (
	WrongKind      ErrorCode = "wrong_kind"
	BadArgument    ErrorCode = "bad_argument"
	BadPattern     ErrorCode = "bad_pattern"
	BadPath        ErrorCode = "bad_path"
	NotComparable  ErrorCode = "not_comparable"
	NotConvertible ErrorCode = "not_convertible"
	Cycle          ErrorCode = "cycle"
	TooLarge       ErrorCode = "too_large"
	Unsupported    ErrorCode = "unsupported"
)

// ConversionError reports that something is not a value. Find one with [errors.As].
type ConversionError struct {
	// Code is the class of the error.
	Code ErrorCode
	// Path is the place of the error, such as "$.items[2]"; "$" is the value itself.
	Path string

	native reflect.Type
}

// NativeType returns the Go type of what does not convert. It is nil for a value of the kit.
func (e *ConversionError) NativeType() reflect.Type {
	return e.native
}

// NewConversionError returns an error at the value itself.
func NewConversionError(code ErrorCode) *ConversionError {
	return &ConversionError{Code: code, Path: "$"}
}

// NewNativeError returns an error at a native value, which has its type.
func NewNativeError(code ErrorCode, native any) *ConversionError {
	return &ConversionError{Code: code, Path: "$", native: reflect.TypeOf(native)}
}

// Error returns the code and the path, such as "cycle at $.items[2]".
func (e *ConversionError) Error() string {
	return string(e.Code) + " at " + e.Path
}

// Within returns err as an error of the container that holds the failing value under segment. An
// error that is not a [ConversionError] is returned unchanged.
func Within(err error, segment string) error {
	var inner *ConversionError
	if !errors.As(err, &inner) {
		return err
	}
	return &ConversionError{
		Code:   inner.Code,
		Path:   "$" + segment + strings.TrimPrefix(inner.Path, "$"),
		native: inner.native,
	}
}

// WithinKey returns err as an error of the map that holds the failing value under key. A key that
// is not a text, an int or a bool has no path, so the error is then at the map itself.
func WithinKey(err error, key Value) error {
	switch key := key.(type) {
	case Text:
		return Within(err, PathSegment(string(key)))
	case Int:
		return Within(err, "{"+key.String()+"}")
	case Bool:
		return Within(err, "{"+strconv.FormatBool(bool(key))+"}")
	default:
		return AtContainer(err)
	}
}

// AtContainer returns err as an error at the set or map itself: its items and keys have no path of
// their own. An error that is not a [ConversionError] is returned unchanged.
func AtContainer(err error) error {
	var inner *ConversionError
	if !errors.As(err, &inner) {
		return err
	}
	return NewConversionError(inner.Code)
}

// ofType returns err with the Go type of the value at its path, if it has none yet.
func ofType(err error, native reflect.Value) error {
	var inner *ConversionError
	if !errors.As(err, &inner) || inner.native != nil || !native.IsValid() {
		return err
	}
	return &ConversionError{Code: inner.Code, Path: inner.Path, native: native.Type()}
}
