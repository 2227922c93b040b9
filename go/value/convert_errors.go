package value

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// failure converts an error and its causes (docs/kit/value.md, errors).
func (c *converter) failure(native error) (Value, *ConversionError) {
	causes, joined := causesOf(native)
	message := ownMessage(native.Error(), causes, joined)
	if !utf8.ValidString(message) {
		return nil, NewError(NotConvertible)
	}
	converted := Error{Type: errorType(native), Message: message}
	if coded, ok := native.(interface{ TestingKitErrorCode() int32 }); ok {
		converted.Code = coded.TestingKitErrorCode()
	}
	for index, cause := range causes {
		v, err := c.guarded(reflect.ValueOf(native), 0, func() (Value, *ConversionError) {
			return c.convert(reflect.ValueOf(cause))
		})
		inner, isError := v.(Error)
		if err == nil && !isError {
			err = NewError(NotConvertible)
		}
		if err != nil {
			return nil, err.Within(fmt.Sprintf(".causes[%d]", index))
		}
		converted.Causes = append(converted.Causes, inner)
	}
	return converted, nil
}

// causesOf gives what Unwrap gives, without nils; joined says that it gives several.
func causesOf(native error) (causes []error, joined bool) {
	switch one := native.(type) {
	case interface{ Unwrap() error }:
		if cause := one.Unwrap(); cause != nil {
			return []error{cause}, false
		}
	case interface{ Unwrap() []error }:
		for _, cause := range one.Unwrap() {
			if cause != nil {
				causes = append(causes, cause)
			}
		}
		return causes, true
	}
	return nil, false
}

// ownMessage is the text of an error without that of its cause, where it ends in it, and nothing where
// the text is nothing but those of its members.
func ownMessage(text string, causes []error, joined bool) string {
	if joined {
		texts := make([]string, len(causes))
		for index, cause := range causes {
			texts[index] = cause.Error()
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

// errorType is the logical type that an error states, else the plain name of its native type.
func errorType(native error) string {
	if typed, ok := native.(interface{ TestingKitErrorType() string }); ok {
		return typed.TestingKitErrorType()
	}
	structure := reflect.TypeOf(native)
	if structure.Kind() == reflect.Pointer {
		structure = structure.Elem()
	}
	return structure.Name()
}
