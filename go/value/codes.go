package value

import "strconv"

// ErrorCode is the class of an error. The kits answer with these and no others; they are those of
// ErrorCode in testingkit/kit/v1/value.proto.
type ErrorCode string

// The codes.
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

// ConversionError says that something is not a value, of which class the error is, and where in the
// value it is.
type ConversionError struct {
	// Code is the class of the error.
	Code ErrorCode
	// Path says where, such as "$.items[2]"; "$" is the value itself.
	Path string
}

// NewError returns an error of the value itself.
func NewError(code ErrorCode) *ConversionError {
	return &ConversionError{Code: code, Path: "$"}
}

// Error is the code and the path.
func (e *ConversionError) Error() string {
	return string(e.Code) + " at " + e.Path
}

// Within returns the same error as seen by the container that holds the value under segment.
func (e *ConversionError) Within(segment string) *ConversionError {
	return &ConversionError{Code: e.Code, Path: "$" + segment + e.Path[1:]}
}

// WithinKey returns the same error as seen by the map that holds the value under key. A key that is no
// text, int or bool gives no path, so the error is then the map's.
func (e *ConversionError) WithinKey(key Value) *ConversionError {
	switch one := key.(type) {
	case Text:
		return e.Within(PathSegment(string(one)))
	case Int:
		return e.Within("{" + one.String() + "}")
	case Bool:
		return e.Within("{" + strconv.FormatBool(bool(one)) + "}")
	default:
		return e.OfContainer()
	}
}

// OfContainer returns the same error as one of the set or map whose item or key it is about, since
// those have no path of their own.
func (e *ConversionError) OfContainer() *ConversionError {
	return NewError(e.Code)
}
