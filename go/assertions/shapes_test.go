package assertions

import (
	"math"
	"strings"
	"testing"

	"testingkit.dev/go/value"
)

func matching(shape Shape) Assertion {
	return NewAssertion("matches_shape", Argument{Name: "shape", Shape: shape})
}

// nestedShape returns a shape with that many levels of shapes.
func nestedShape(levels int, innermost Shape) Shape {
	for range levels - 1 {
		innermost = ListShape{innermost}
	}
	return innermost
}

func TestLevelsOfShapesAreLimited(t *testing.T) {
	var actual value.Value = value.NewInt(1)
	for range 62 {
		actual = value.List{actual}
	}
	endless := ListShape{nil}
	endless[0] = endless
	tests := map[string]struct {
		shape Shape
		want  value.ErrorCode
	}{
		"as many as allowed": {nestedShape(63, CheckShape{positive}), ""},
		"one too many":       {nestedShape(64, CheckShape{positive}), value.TooLarge},
		"any":                {nestedShape(64, AnyShape{}), value.TooLarge},
		"value":              {nestedShape(64, ValueShape{value.NewInt(1)}), value.TooLarge},
		"very many":          {nestedShape(100_000, AnyShape{}), value.TooLarge},
		"endless":            {endless, value.TooLarge},
		"nil":                {ListShape{nil}, value.NotConvertible},
		"nil value":          {ValueShape{}, value.NotConvertible},
		"nil key":            {MapShape{Entries: []ShapeEntry{{Shape: AnyShape{}}}}, value.NotConvertible},
		"unknown assertion":  {CheckShape{}, value.BadArgument},
		"key NaN": {
			MapShape{Entries: []ShapeEntry{{value.Float(math.NaN()), AnyShape{}}}}, value.BadArgument,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			verdict := Evaluate(matching(test.shape), actual)
			if verdict.Code != test.want || test.want == "" && verdict.Status != Pass {
				t.Errorf("Code = %q, want %q", verdict.Code, test.want)
			}
			if text := verdict.Text(); test.want != "" && !strings.HasPrefix(text, "matches_shape(shape: ") {
				t.Errorf("Text = %s", text)
			}
		})
	}
}

func TestAShapeOnALevelTooDeepIsNotShown(t *testing.T) {
	text := Evaluate(matching(nestedShape(64, AnyShape{})), value.Null{}).Text()
	if !strings.Contains(text, "[[…]]") {
		t.Errorf("Text = %s", text)
	}
}
