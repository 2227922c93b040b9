package value_test

import (
	"errors"
	"testing"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

var orderType = &value.MessageType{
	Name: "Order",
	Fields: []value.MessageField{
		{Name: "id", Default: value.NewInt(0)},
		{Name: "note", Explicit: true, Default: value.Text("")},
		{Name: "parent", Explicit: true},
	},
}

func TestMessageOfKeepsWhatIsSetInTheOrderOfTheType(t *testing.T) {
	values := map[string]value.Value{"note": value.Text(""), "id": value.NewInt(0)}
	unknown := []value.UnknownField{{Number: 9, Encoded: []byte("b")}, {Number: 8, Encoded: []byte("a")}}
	message, err := value.MessageOf(orderType, values, unknown...)
	if err != nil {
		t.Fatal(err)
	}
	want := `message Order{note: "", "8": b"a", "9": b"b"}`
	if got := render.Canonical(message); got != want {
		t.Errorf("MessageOf = %s, want %s", got, want)
	}
	if unknown[0].Number != 9 {
		t.Error("MessageOf sorted the slice of its caller")
	}
}

func TestMessageOfRefusesAValueOfNoField(t *testing.T) {
	_, err := value.MessageOf(orderType, map[string]value.Value{"ids": value.NewInt(0)})
	var failure *value.ConversionError
	if !errors.As(err, &failure) || failure.Code != value.BadArgument {
		t.Errorf("MessageOf = %v, want bad_argument", err)
	}
}

func TestMessageOfRefusesAValueThatIsTooDeep(t *testing.T) {
	deep := nested(value.MaxDepth, inList)
	_, err := value.MessageOf(orderType, map[string]value.Value{"parent": deep})
	if err == nil {
		t.Error("MessageOf accepted 129 levels")
	}
}

func TestTheZeroMessageHasAType(t *testing.T) {
	if _, ok := (value.Message{}).Type().Field("id"); ok {
		t.Error("the zero Message has a field")
	}
}
