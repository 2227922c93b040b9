package value

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// errorParts are the parts of an error besides its causes.
type errorParts struct {
	causes []error
	own    Error
}

// convertError converts an error and its causes (docs/kit/value.md, errors).
func (c *converter) convertError(native error) (Value, error) {
	parts, err := call(func() errorParts { return errorPartsOf(native) })
	if err != nil {
		return nil, err
	}
	converted := parts.own
	if !utf8.ValidString(converted.Message) || !utf8.ValidString(converted.Type) {
		return nil, NewConversionError(NotConvertible)
	}
	for i, cause := range parts.causes {
		v, err := c.guard(reflect.ValueOf(native), 0, func() (Value, error) {
			return c.convert(reflect.ValueOf(cause))
		})
		inner, ok := v.(Error)
		if err == nil && !ok {
			err = NewConversionError(NotConvertible)
		}
		if err != nil {
			return nil, Within(err, fmt.Sprintf(".causes[%d]", i))
		}
		converted.Causes = append(converted.Causes, inner)
	}
	return converted, nil
}

// errorPartsOf calls the methods of an error.
func errorPartsOf(native error) errorParts {
	causes, joined := causesOf(native)
	own := Error{Type: errorType(native), Message: ownMessage(native.Error(), causes, joined)}
	if coder, ok := native.(interface{ TestingKitErrorCode() int32 }); ok {
		own.Code = coder.TestingKitErrorCode()
	}
	return errorParts{causes: causes, own: own}
}

// causesOf returns the errors that Unwrap returns, without nils; joined reports whether Unwrap
// returns a slice.
func causesOf(native error) (causes []error, joined bool) {
	switch native := native.(type) {
	case interface{ Unwrap() error }:
		if cause := native.Unwrap(); cause != nil {
			return []error{cause}, false
		}
	case interface{ Unwrap() []error }:
		for _, cause := range native.Unwrap() {
			if cause != nil {
				causes = append(causes, cause)
			}
		}
		return causes, true
	}
	return nil, false
}

// ownMessage returns the text of an error without the text of its cause, if it ends with that. It
// returns "" if the text consists of the texts of the joined errors.
func ownMessage(text string, causes []error, joined bool) string {
	if joined {
		texts := make([]string, len(causes))
		for i, cause := range causes {
			texts[i] = cause.Error()
		}
		if len(causes) > 0 && text == strings.Join(texts, "\n") {
			return ""
		}
		return text
	}
	if len(causes) == 1 {
		return strings.TrimSuffix(text, ": "+causes[0].Error())
	}
	return text
}

// errorType returns the logical type that an error states, else the name of its Go type.
func errorType(native error) string {
	if typer, ok := native.(interface{ TestingKitErrorType() string }); ok {
		return typer.TestingKitErrorType()
	}
	goType := reflect.TypeOf(native)
	if goType.Kind() == reflect.Pointer {
		goType = goType.Elem()
	}
	return typeName(goType)
}
