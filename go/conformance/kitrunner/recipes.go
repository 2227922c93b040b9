package kitrunner

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"regexp"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

// decimal matches the text of a big integer.
var decimal = regexp.MustCompile(`^-?[0-9]+$`)

// Point is the native value of the recipe PointRecord.
type Point struct {
	// X is the first field.
	X int64 `testingkit:"x"`
	// Y is the second field.
	Y int64 `testingkit:"y"`
}

// outerError wraps an innerError.
type outerError struct{ error }

func (e outerError) Unwrap() error { return errors.Unwrap(e.error) }

func (outerError) TestingKitErrorType() string { return "outer" }

// innerError is the cause of an outerError.
type innerError struct{ message string }

func (e innerError) Error() string { return e.message }

func (innerError) TestingKitErrorType() string { return "inner" }

// queue is a slice with a name, for the recipes of queues: Go has no queue of its own.
type queue []any

// invalid returns the status of a recipe from which no value can be built.
func invalid(reason string) error {
	return status.Error(codes.InvalidArgument, reason)
}

// build returns the native value of a recipe, of the type that is usual in Go. Its error is a
// status INVALID_ARGUMENT.
func build(recipe *kitv1.Recipe) (any, error) {
	switch kind := recipe.GetKind().(type) {
	case *kitv1.Recipe_Boolean:
		return kind.Boolean, nil
	case *kitv1.Recipe_Signed:
		return kind.Signed, nil
	case *kitv1.Recipe_Unsigned:
		return kind.Unsigned, nil
	case *kitv1.Recipe_BigInteger:
		return buildBigInteger(kind.BigInteger)
	case *kitv1.Recipe_Single:
		return kind.Single, nil
	case *kitv1.Recipe_Double:
		return kind.Double, nil
	case *kitv1.Recipe_TextBytes:
		return string(kind.TextBytes), nil
	case *kitv1.Recipe_Octets:
		return kind.Octets, nil
	case *kitv1.Recipe_Absent:
		return buildAbsent(kind.Absent)
	default:
		return buildContainer(recipe)
	}
}

func buildContainer(recipe *kitv1.Recipe) (any, error) {
	switch kind := recipe.GetKind().(type) {
	case *kitv1.Recipe_NestedOptional:
		return buildNestedOptional(kind.NestedOptional)
	case *kitv1.Recipe_Sequence:
		return buildSequence(kind.Sequence)
	case *kitv1.Recipe_TextMap:
		return buildTextMap(kind.TextMap)
	case *kitv1.Recipe_Point:
		return Point{X: kind.Point.GetX(), Y: kind.Point.GetY()}, nil
	case *kitv1.Recipe_WrappedError:
		inner := innerError{kind.WrappedError.GetInnerMessage()}
		return outerError{fmt.Errorf("%s: %w", kind.WrappedError.GetOuterMessage(), inner)}, nil
	case *kitv1.Recipe_Time:
		zone := time.FixedZone("", int(kind.Time.GetOffsetMinutes())*60)
		return time.Unix(kind.Time.GetSeconds(), int64(kind.Time.GetMicros())*1000).In(zone), nil
	case *kitv1.Recipe_Duration:
		return buildDuration(kind.Duration)
	default:
		return nil, invalid("a recipe has no kind")
	}
}

// buildDuration refuses a duration that time.Duration cannot hold; AsDuration returns the nearest
// one.
func buildDuration(recipe *durationpb.Duration) (any, error) {
	duration := recipe.AsDuration()
	if duration == math.MaxInt64 || duration == math.MinInt64 {
		return nil, invalid("a duration is out of range")
	}
	return duration, nil
}

func buildBigInteger(text string) (any, error) {
	number, ok := new(big.Int).SetString(text, 10)
	if !ok || !decimal.MatchString(text) {
		return nil, invalid("a big integer is not a decimal number")
	}
	return number, nil
}

func buildAbsent(which kitv1.Absent) (any, error) {
	switch which {
	case kitv1.Absent_ABSENT_VALUE:
		var pointer *int64
		return pointer, nil
	case kitv1.Absent_ABSENT_LIST:
		var slice []int64
		return slice, nil
	case kitv1.Absent_ABSENT_MAP:
		var mapping map[string]int64
		return mapping, nil
	default:
		return nil, invalid("an absent value has an unknown kind")
	}
}

func buildNestedOptional(recipe *kitv1.Recipe) (any, error) {
	inner, err := build(recipe)
	if err != nil {
		return nil, err
	}
	pointer := &inner
	return &pointer, nil
}

func buildSequence(recipe *kitv1.Sequence) (any, error) {
	items := make([]any, len(recipe.GetItems()))
	for i, part := range recipe.GetItems() {
		item, err := build(part)
		if err != nil {
			return nil, err
		}
		items[i] = item
	}
	switch recipe.GetContainer() {
	case kitv1.Sequence_CONTAINER_LIST:
		return items, nil
	case kitv1.Sequence_CONTAINER_FIXED:
		array := reflect.New(reflect.ArrayOf(len(items), reflect.TypeFor[any]())).Elem()
		reflect.Copy(array, reflect.ValueOf(items))
		return array.Interface(), nil
	case kitv1.Sequence_CONTAINER_QUEUE:
		return queue(items), nil
	default:
		return nil, invalid("a sequence has an unknown container")
	}
}

func buildTextMap(recipe *kitv1.TextMap) (any, error) {
	built := make(map[string]any, len(recipe.GetEntries()))
	for _, entry := range recipe.GetEntries() {
		item, err := build(entry.GetValue())
		if err != nil {
			return nil, err
		}
		if _, ok := built[entry.GetKey()]; ok {
			return nil, invalid("a map has the same key twice")
		}
		built[entry.GetKey()] = item
	}
	return built, nil
}
