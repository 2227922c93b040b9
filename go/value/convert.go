package value

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"reflect"
	"time"
	"unicode/utf8"
)

// Valuer is a type that decides for itself what value it is; what it gives is converted in turn.
type Valuer interface {
	// TestingKitValue gives a value of the kit or a native one.
	TestingKitValue() any
}

// ToValue converts a native value (docs/kit/value.md, native values). The error is a
// *ConversionError.
func ToValue(native any) (Value, error) {
	var c converter
	v, err := c.convert(reflect.ValueOf(native))
	if err != nil {
		return nil, err
	}
	return v, nil
}

// place is a pointer, map or slice that the converter is inside of.
type place struct {
	kind    reflect.Type
	pointer uintptr
	length  int
}

// converter converts one value; it remembers what it is inside of.
type converter struct {
	inside []place
	level  int
}

func (c *converter) convert(native reflect.Value) (Value, *ConversionError) {
	if c.level >= MaxDepth {
		return nil, NewError(TooLarge)
	}
	c.level++
	defer func() { c.level-- }()
	return c.atLevel(native)
}

// atLevel converts without going deeper: pointers and interfaces are no level of their own.
func (c *converter) atLevel(native reflect.Value) (Value, *ConversionError) {
	if isNil(native) {
		return Null{}, nil
	}
	if v, err, known := c.known(native); known {
		return v, err
	}
	switch native.Kind() {
	case reflect.Interface:
		return c.atLevel(native.Elem())
	case reflect.Pointer:
		return c.guarded(native, 0, func() (Value, *ConversionError) { return c.atLevel(native.Elem()) })
	case reflect.Struct:
		return c.record(native)
	case reflect.Slice:
		return c.slice(native)
	case reflect.Array:
		return c.items(native)
	case reflect.Map:
		return c.guarded(native, 0, func() (Value, *ConversionError) { return c.mapping(native) })
	default:
		return scalar(native)
	}
}

// isNil is true for what is null; a nil slice and a nil map are empty instead.
func isNil(native reflect.Value) bool {
	switch native.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Interface:
		return native.IsNil()
	default:
		return false
	}
}

// known converts the types that have a meaning of their own.
func (c *converter) known(native reflect.Value) (v Value, err *ConversionError, known bool) {
	if !native.CanInterface() || native.Kind() == reflect.Interface {
		return nil, nil, false
	}
	switch one := native.Interface().(type) {
	case Value:
		return one, nil, true
	case Valuer:
		v, err = c.guarded(native, 0, func() (Value, *ConversionError) {
			return c.convert(reflect.ValueOf(one.TestingKitValue()))
		})
	case time.Time:
		v, err = timeValue(one)
	case time.Duration:
		v, err = durationValue(one)
	case *big.Int:
		v, err = bigValue(one)
	case big.Int:
		v, err = bigValue(&one)
	case json.Number:
		v, err = jsonNumber(one)
	case error:
		v, err = c.failure(one)
	default:
		return nil, nil, false
	}
	return v, err, true
}

func scalar(native reflect.Value) (Value, *ConversionError) {
	switch {
	case native.Kind() == reflect.Bool:
		return Bool(native.Bool()), nil
	case native.Kind() == reflect.Uintptr:
		return nil, NewError(NotConvertible)
	case native.CanInt():
		return NewInt(native.Int()), nil
	case native.CanUint():
		return Int{big: new(big.Int).SetUint64(native.Uint())}, nil
	case native.CanFloat():
		return Float(native.Float()), nil
	case native.Kind() == reflect.String && utf8.ValidString(native.String()):
		return Text(native.String()), nil
	default:
		return nil, NewError(NotConvertible)
	}
}

func timeValue(native time.Time) (Value, *ConversionError) {
	if native.Unix() < MinTimeSeconds || native.Unix() > MaxTimeSeconds {
		return nil, NewError(TooLarge)
	}
	_, offset := native.Zone()
	if offset < -MaxOffsetSeconds || offset > MaxOffsetSeconds {
		return nil, NewError(TooLarge)
	}
	return Time{Seconds: native.Unix(), Nanos: int32(native.Nanosecond()), UTCOffsetSeconds: int32(offset)}, nil
}

func durationValue(native time.Duration) (Value, *ConversionError) {
	if native == math.MinInt64 {
		return nil, NewError(TooLarge)
	}
	return Duration(native), nil
}

func bigValue(native *big.Int) (Value, *ConversionError) {
	number, err := IntOf(native)
	if err != nil {
		return nil, asConversionError(err)
	}
	return number, nil
}

// jsonNumber reads a number as it stands in JSON: an int without fraction and exponent, else a float.
func jsonNumber(native json.Number) (Value, *ConversionError) {
	if !json.Valid([]byte(native)) {
		return nil, NewError(NotConvertible)
	}
	if number, ok := new(big.Int).SetString(native.String(), 10); ok {
		return bigValue(number)
	}
	number, err := native.Float64()
	if err != nil {
		return nil, NewError(NotConvertible)
	}
	return Float(number), nil
}

func asConversionError(err error) *ConversionError {
	var conversion *ConversionError
	if errors.As(err, &conversion) {
		return conversion
	}
	return NewError(NotConvertible)
}
