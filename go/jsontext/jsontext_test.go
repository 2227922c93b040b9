package jsontext_test

import (
	"strings"
	"testing"

	"testingkit.dev/go/jsontext"
	"testingkit.dev/go/render"
)

func TestValues(t *testing.T) {
	for text, want := range map[string]string{
		" [ ] ": "[]", "-0": "0", "-0.0": "-0.0", "1e0": "1.0", "9007199254740993": "9007199254740993",
		"1e-400": "0.0", `"\ud83d\ude00\/"`: `"😀/"`, `{"b":1,"a":{}}`: `{"a": {}, "b": 1}`,
		"\t[true,\r\nfalse , null]": "[true, false, null]", `"\u001F"`: `"\u{1f}"`,
	} {
		if got, err := jsontext.Read(text); err != nil || render.Canonical(got) != want {
			t.Errorf("%s: got %v, %v, want %s", text, got, err, want)
		}
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"": "unexpected_end at offset 0", "-": "unexpected_end at offset 1", "-x": "unexpected_character at offset 1",
		"01": "trailing_text at offset 1", "[1,]": "unexpected_character at offset 3", "1e400": "number_out_of_range at offset 0",
		"\"\x00\"": "control_character at offset 1", "\"\\u\x101\x1219\"": "bad_escape at offset 1",
		`"\u12`: "unexpected_end at offset 5", `"\ud800\u12`: "lone_surrogate at offset 1", "\"\xff": "not_utf8 at offset 1",
		"\"\x7f": "unexpected_end at offset 2", "\ufeff1": "byte_order_mark at offset 0", "\"\ufffd": "unexpected_end at offset 4",
		`{"a":1,"\u0061":x}`: "duplicate_key at offset 7", `["é",é]`: "unexpected_character at offset 6",
		"1." + strings.Repeat("0", 4000):  "number_out_of_range at offset 0",
		strings.Repeat("[", 129):          "too_deep at offset 128",
		strings.Repeat("[", 127) + `{"a"`: "too_deep at offset 128",
		strings.Repeat("[", 128) + "x":    "unexpected_character at offset 128",
		strings.Repeat("[", 100_000):      "too_deep at offset 128",
	} {
		if _, err := jsontext.Read(text); err == nil || err.Error() != want {
			t.Errorf("%.40s: got %v, want %s", text, err, want)
		}
	}
}

func TestDeepestText(t *testing.T) {
	text := strings.Repeat("[", 127) + "{}" + strings.Repeat("]", 127)
	if _, err := jsontext.Read([]byte(text)); err != nil {
		t.Error(err)
	}
}
