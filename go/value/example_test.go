package value_test

import (
	"errors"
	"fmt"

	"testingkit.dev/go/value"
)

func ExampleToValue() {
	type user struct {
		ID   int    `testingkit:"id"`
		Name string `testingkit:"name"`
	}
	v, err := value.ToValue(user{ID: 7, Name: "Ada"})
	if err != nil {
		fmt.Println(err)
		return
	}
	record := v.(value.Record)
	for _, field := range record.Fields() {
		fmt.Println(record.Name(), field.Name, field.Value.Kind(), field.Value)
	}
	// Output:
	// user id int 7
	// user name text Ada
}

func ExampleConversionError() {
	_, err := value.ToValue(map[string]any{"handlers": []any{func() {}}})
	var conversion *value.ConversionError
	if errors.As(err, &conversion) {
		fmt.Println(conversion.Code)
		fmt.Println(conversion.Path)
	}
	// Output:
	// not_convertible
	// $.handlers[0]
}

func ExampleEquivalent() {
	one, float := value.NewInt(1), value.Float(1)
	fmt.Println(value.Equal(one, float), value.Equivalent(one, float))
	// Output: false true
}
