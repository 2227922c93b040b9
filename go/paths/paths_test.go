package paths_test

import (
	"errors"
	"testing"

	"testingkit.dev/go/paths"
	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

func TestWrittenPathsAreReadBack(t *testing.T) {
	for _, text := range []string{
		"$", "$.a._b9", `$["a-b"][0].c`, "${7}{true}", `${{"}": "\"{"}}[12]`, `$["\u{0}\"\\"]`, "${b\"\\\"}\"}",
	} {
		path, err := paths.Parse(text)
		if err != nil || path.String() != text {
			t.Errorf("%s: got %s, %v", text, path, err)
		}
	}
}

func TestOtherSpellingsAreWrittenInOneWay(t *testing.T) {
	path, err := paths.Parse(`$["a"]["\u{E9}\n"]`)
	if want := `$.a["é\n"]`; err != nil || path.String() != want {
		t.Errorf("got %s, %v, want %s", path, err, want)
	}
}

func TestIndexOfTextThatIsNotAPath(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "a": 0, "$.": 2, "$.a-b": 3, "$[01]": 3, "$[1234567890123456]": 17, `$["a"`: 5, `$["a`: 4,
		`$["\x"]`: 4, `$["\u{}"]`: 6, `$["\u{d800}"]`: 10, `$["\u{00d800}"]`: 11, `$["\u{110000}"]`: 11,
		`$["\u{0000000}"]`: 12, "${}": 2, "${{}": 4, `${"a`: 4, `${"\`: 4, "$é": 1, "$.é": 2, `$["é"x`: 5,
	} {
		_, err := paths.Parse(text)
		var bad *paths.BadPathError
		if !errors.As(err, &bad) || bad.Index != want {
			t.Errorf("%s: got %v, want index %d", text, err, want)
		}
	}
}

func TestUnresolvedPathHasReasonAndPlace(t *testing.T) {
	actual, err := value.ToValue(map[string]any{"a": []any{struct{ X int }{1}, nil}, "m": map[int]int{1: 2}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"$.b": "no_key at $", "$.a[2]": "no_index at $.a", "$.a[0].Y": "no_field at $.a[0]",
		"$.a[1].X": "wrong_kind at $.a[1]", "$.a.X": "wrong_kind at $.a", "$.m{2}": "no_key at $.m",
		"$.m{1.0}": "no_key at $.m", "$.a{0}": "wrong_kind at $.a", `$["m"][1].b`: "wrong_kind at $.m",
	} {
		path, err := paths.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := paths.Resolve(path, actual); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
	path := paths.Path{paths.Name("m"), paths.StepTo(value.NewInt(1))}
	if got, err := paths.Resolve(path, actual); err != nil || !value.Equal(got, value.NewInt(2)) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestWithoutLeavesTheRest(t *testing.T) {
	type point struct{ X, Y int }
	actual, err := value.ToValue(map[string]any{"a": []any{point{1, 2}, 3}})
	if err != nil {
		t.Fatal(err)
	}
	whole := render.Canonical(actual)
	for text, want := range map[string]string{
		"$.a[0].X": `{"a": [point{Y: 2}, 3]}`, "$.a[0]": `{"a": [3]}`, "$.a": "{}", "$.a[0].Z": whole, "$": whole,
	} {
		path, err := paths.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := render.Canonical(paths.Without(path, actual)); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	if got := render.Canonical(actual); got != whole {
		t.Errorf("the value is changed: %s", got)
	}
}
