package assertions

import (
	"strings"
	"testing"

	"testingkit.dev/go/value"
)

var nodeType = &value.MessageType{
	Name: "Node",
	Fields: []value.MessageField{
		{Name: "id", Default: value.NewInt(0)},
		{Name: "next", Explicit: true},
		{Name: "ids", Default: value.List{}},
		{Name: "ratios", Default: value.List{}, Single: true},
		{Name: "by_id", Default: value.Map{}, Single: true},
	},
}

func TestProtoMatchesText(t *testing.T) {
	const levels = value.MaxDepth - 1
	inOpen := func(innermost string) string {
		return strings.Repeat("next {", levels) + innermost + strings.Repeat("}", levels)
	}
	deepest := node(t, nil)
	for range levels {
		deepest = node(t, map[string]value.Value{"next": deepest})
	}
	singles, err := value.MapOf(value.Entry{Key: value.NewInt(1), Value: value.Float(float32(0.1))})
	if err != nil {
		t.Fatal(err)
	}
	floats := node(t, map[string]value.Value{
		"ratios": value.List{value.Float(float32(0.1))}, "by_id": singles,
	})
	tests := map[string]struct {
		actual value.Message
		text   string
		want   value.ErrorCode // "" if the assertion passes.
	}{
		"deepest message":             {deepest, inOpen(""), ""},
		"value on the next level":     {deepest, inOpen("id: 1"), value.TooLarge},
		"default on the next level":   {deepest, inOpen("id: 0"), ""},
		"list on the next level":      {deepest, inOpen("ids: 1"), value.TooLarge},
		"message on the next level":   {deepest, inOpen("next {}"), value.TooLarge},
		"floats in lists and in maps": {floats, "ratios: 0.1 by_id { key: 1 value: 0.1 }", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			assertion := Assertion{
				Name:      "proto_matches_text",
				Arguments: []Argument{{Name: "text", Value: value.Text(test.text)}},
			}
			verdict := Evaluate(assertion, test.actual)
			if verdict.Code != test.want || (test.want == "" && verdict.Status != Pass) {
				t.Errorf("Evaluate = %v %q, want %q", verdict.Status, verdict.Code, test.want)
			}
		})
	}
}

func node(t *testing.T, values map[string]value.Value) value.Message {
	t.Helper()
	message, err := value.MessageOf(nodeType, values)
	if err != nil {
		t.Fatal(err)
	}
	return message
}
