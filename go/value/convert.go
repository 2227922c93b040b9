package value

import (
	"encoding/json"
	"math"
	"math/big"
	"reflect"
	"time"
	"unicode/utf8"
)

// Valuer is implemented by types that choose the value they convert to.
type Valuer interface {
	// TestingKitValue returns a value of the kit or a native value, which is converted in turn. A
	// [ConversionError] that it panics with is the error of the conversion.
	TestingKitValue() any
}

// MaxHooks is the number of hooks and pointers that may follow each other without a level of nesting
// in between.
const MaxHooks = 128

// ToValue converts a native value (docs/kit/value.md, native values). The error is a
// [ConversionError]; a method of native that panics gives one with the code [NotConvertible].
func ToValue(native any) (Value, error) {
	var c converter
	return c.convert(reflect.ValueOf(native))
}

// Replacer converts some native values in its own way; ok is false for all others. It converts what they
// stand for with convert.
type Replacer func(native any, convert func(native any) (Value, error)) (v Value, ok bool, err error)

// ToValueWith is [ToValue] with values that are converted by a function of the caller.
func ToValueWith(native any, replace Replacer) (Value, error) {
	c := converter{replace: replace}
	return c.convert(reflect.ValueOf(native))
}

// converter converts one value. It keeps track of the containers around the current place, to find
// cycles, of the level of nesting, and of the hooks and pointers since the last level.
type converter struct {
	inside  []container
	level   int
	hooks   int
	replace Replacer // Or nil.
}

// container is a pointer, map or slice that is being converted.
type container struct {
	kind    reflect.Type
	pointer uintptr
	length  int
}

// convert converts a value that is one level deeper than the value around it.
func (c *converter) convert(native reflect.Value) (Value, error) {
	if c.level >= MaxDepth {
		return nil, ofType(NewConversionError(TooLarge), native)
	}
	hooks := c.hooks
	c.level++
	c.hooks = 0
	defer func() { c.level, c.hooks = c.level-1, hooks }()
	return c.convertSameLevel(native)
}

// convertNext converts what a hook or a pointer gives, without going a level deeper.
func (c *converter) convertNext(native reflect.Value) (Value, error) {
	if c.hooks >= MaxHooks {
		return nil, NewConversionError(TooLarge)
	}
	c.hooks++
	return c.convertSameLevel(native)
}

func (c *converter) convertAnyNext(native any) (Value, error) {
	return c.convertNext(reflect.ValueOf(native))
}

// convertSameLevel converts without going a level deeper: a pointer or an interface is not a level
// of its own. An error has the type of native.
func (c *converter) convertSameLevel(native reflect.Value) (Value, error) {
	v, err := c.convertAny(native)
	if err != nil {
		return nil, ofType(err, native)
	}
	return v, nil
}

func (c *converter) convertAny(native reflect.Value) (Value, error) {
	if isNull(native) {
		return Null{}, nil
	}
	if v, ok, err := c.convertKnown(native); ok {
		return v, err
	}
	switch native.Kind() {
	case reflect.Interface:
		return c.convertSameLevel(native.Elem())
	case reflect.Pointer:
		return c.guard(native, 0, func() (Value, error) { return c.convertNext(native.Elem()) })
	case reflect.Struct:
		return c.convertStruct(native)
	case reflect.Slice:
		return c.convertSlice(native)
	case reflect.Array:
		return c.convertArray(native)
	case reflect.Map:
		return c.guard(native, 0, func() (Value, error) { return c.convertMap(native) })
	default:
		return convertScalar(native)
	}
}

// isNull reports whether a native value converts to null. A nil slice or map does not: it is empty.
func isNull(native reflect.Value) bool {
	switch native.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Interface:
		return native.IsNil()
	default:
		return false
	}
}

// convertKnown converts the types that have rules of their own; ok is false for all others.
func (c *converter) convertKnown(native reflect.Value) (v Value, ok bool, err error) {
	if !native.CanInterface() || native.Kind() == reflect.Interface {
		return nil, false, nil
	}
	if c.replace != nil {
		v, ok, err := c.replace(native.Interface(), c.convertAnyNext)
		if ok || err != nil {
			return v, true, err
		}
	}
	switch native := native.Interface().(type) {
	case Null, Bool, Int, Float, Text, Bytes, Time, Duration, Enum, List, Set, Map, Record, Message, Error, Outcome:
		v, err = c.convertValue(native.(Value))
	case Valuer:
		v, err = c.convertValuer(native)
	case time.Time:
		v, err = convertTime(native)
	case time.Duration:
		v, err = convertDuration(native)
	case *big.Int:
		v, err = convertBigInt(native)
	case big.Int:
		v, err = convertBigInt(&native)
	case *big.Rat:
		v, err = convertRational(native)
	case big.Rat:
		v, err = convertRational(&native)
	case *big.Float:
		v, err = convertBigFloat(native)
	case big.Float:
		v, err = convertBigFloat(&native)
	case json.Number:
		v, err = convertJSONNumber(native)
	case error:
		v, err = c.convertError(native)
	default:
		return nil, false, nil
	}
	return v, true, err
}

// convertValue checks a ready-made value, whose levels add to those around it.
func (c *converter) convertValue(native Value) (Value, error) {
	if err := check(native, c.level); err != nil {
		return nil, err
	}
	return native, nil
}

func (c *converter) convertValuer(native Valuer) (Value, error) {
	return c.guard(reflect.ValueOf(native), 0, func() (Value, error) {
		given, err := call(native.TestingKitValue)
		if err != nil {
			return nil, err
		}
		return c.convertNext(reflect.ValueOf(given))
	})
}

// call calls a method of the user. A panic of it is a conversion error.
func call[T any](method func() T) (result T, err error) {
	defer func() {
		switch panicked := recover().(type) {
		case nil:
		case *ConversionError:
			err = panicked
		default:
			err = NewConversionError(NotConvertible)
		}
	}()
	return method(), nil
}

func convertScalar(native reflect.Value) (Value, error) {
	switch {
	case native.Kind() == reflect.Bool:
		return Bool(native.Bool()), nil
	case native.Kind() == reflect.Uintptr:
		return nil, NewConversionError(NotConvertible)
	case native.CanInt():
		return NewInt(native.Int()), nil
	case native.CanUint():
		return Int{number: new(big.Int).SetUint64(native.Uint())}, nil
	case native.CanFloat():
		return Float(native.Float()), nil
	case native.Kind() == reflect.String && utf8.ValidString(native.String()):
		return Text(native.String()), nil
	default:
		return nil, NewConversionError(NotConvertible)
	}
}

func convertTime(native time.Time) (Value, error) {
	if native.Unix() < MinTimeSeconds || native.Unix() > MaxTimeSeconds {
		return nil, NewConversionError(TooLarge)
	}
	_, offset := native.Zone()
	if offset < -MaxOffsetSeconds || offset > MaxOffsetSeconds {
		return nil, NewConversionError(TooLarge)
	}
	return Time{Seconds: native.Unix(), Nanos: int32(native.Nanosecond()), UTCOffsetSeconds: int32(offset)}, nil
}

func convertDuration(native time.Duration) (Value, error) {
	if native == math.MinInt64 {
		return nil, NewConversionError(TooLarge)
	}
	return Duration(native), nil
}

func convertBigInt(native *big.Int) (Value, error) {
	number, err := IntOf(native)
	if err != nil {
		return nil, err
	}
	return number, nil
}

func convertRational(native *big.Rat) (Value, error) {
	numerator, err := IntOf(native.Num())
	if err != nil {
		return nil, Within(err, ".numerator")
	}
	denominator, err := IntOf(native.Denom())
	if err != nil {
		return nil, Within(err, ".denominator")
	}
	return RecordOf("Fraction", Field{"numerator", numerator}, Field{"denominator", denominator})
}

// convertBigFloat returns a float, or an error for a number that a float cannot hold exactly.
func convertBigFloat(native *big.Float) (Value, error) {
	number, accuracy := native.Float64()
	if accuracy != big.Exact {
		return nil, NewConversionError(NotConvertible)
	}
	return Float(number), nil
}

// convertJSONNumber returns an int for a number without fraction and exponent, else a float.
func convertJSONNumber(native json.Number) (Value, error) {
	if !json.Valid([]byte(native)) {
		return nil, NewConversionError(NotConvertible)
	}
	if number, ok := new(big.Int).SetString(native.String(), 10); ok {
		return convertBigInt(number)
	}
	number, err := native.Float64()
	if err != nil {
		return nil, NewConversionError(NotConvertible)
	}
	return Float(number), nil
}
