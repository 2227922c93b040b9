package assertions_test

import (
	"fmt"

	"testingkit.dev/go/assertions"
	"testingkit.dev/go/value"
)

func ExampleEvaluate() {
	assertion := assertions.NewAssertion("is_between",
		assertions.Argument{Name: "low", Value: value.NewInt(1)},
		assertions.Argument{Name: "high", Value: value.NewInt(6)})
	fmt.Println(assertions.Evaluate(assertion, value.NewInt(4)).Status)
	fmt.Println(assertions.Evaluate(assertion, value.NewInt(7)).Text())
	// Output:
	// pass
	// is_between(low: 1, high: 6) failed
	//   actual: 7
}

func ExampleArgument() {
	inRange := assertions.NewAssertion("is_at_most", assertions.Argument{Name: "limit", Value: value.NewInt(6)})
	all := assertions.NewAssertion("all_satisfy", assertions.Argument{Name: "check", Check: &inRange})
	fmt.Println(assertions.Evaluate(all, value.List{value.NewInt(4), value.NewInt(7)}).Text())
	// Output:
	// all_satisfy(check: is_at_most(limit: 6)) failed
	//   actual: [4, 7]
	//   index: 1
	//   failure:
	//     is_at_most(limit: 6) failed
	//       actual: 7
}

func ExampleVerdict_Text() {
	expected := value.List{value.Text("x"), value.Text("y")}
	actual := value.List{value.Text("x"), value.Text("z")}
	assertion := assertions.NewAssertion("identical", assertions.Argument{Name: "expected", Value: expected})
	assertion.Note = "tags of the first post"
	fmt.Println(assertions.Evaluate(assertion, actual).Text())
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
