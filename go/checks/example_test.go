package checks_test

import (
	"fmt"

	"testingkit.dev/go/checks"
	"testingkit.dev/go/value"
)

func ExampleEvaluate() {
	assertion := checks.NewAssertion("is_between",
		checks.Argument{Name: "low", Value: value.NewInt(1)},
		checks.Argument{Name: "high", Value: value.NewInt(6)})
	fmt.Println(checks.Evaluate(assertion, value.NewInt(4)).Status)
	fmt.Println(checks.Evaluate(assertion, value.NewInt(7)).Text())
	// Output:
	// pass
	// is_between(low: 1, high: 6) failed
	//   actual: 7
}

func ExampleVerdict_Text() {
	expected := value.List{value.Text("x"), value.Text("y")}
	actual := value.List{value.Text("x"), value.Text("z")}
	assertion := checks.NewAssertion("identical", checks.Argument{Name: "expected", Value: expected})
	assertion.Note = "tags of the first post"
	fmt.Println(checks.Evaluate(assertion, actual).Text())
	// Output:
	// identical(expected: ["x", "y"]) failed
	//   actual: ["x", "z"]
	//   path: $[1]
	//   left: "z"
	//   right: "y"
	//   index: 0
	//   left_code_point: U+007A
	//   right_code_point: U+0079
	//   note: tags of the first post
}
