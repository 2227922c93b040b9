package diff_test

import (
	"fmt"

	"testingkit.dev/go/diff"
	"testingkit.dev/go/value"
)

func ExampleLines() {
	fmt.Print(diff.Lines([]string{"a", "b", "c"}, []string{"a", "x", "c"}))
	// Output:
	// @@ -1,3 +1,3 @@
	//  a
	// -b
	// +x
	//  c
}

func ExampleValues() {
	expected := value.List{value.NewInt(1), value.NewInt(2)}
	actual := value.List{value.NewInt(1)}
	fmt.Print(diff.Values(expected, actual))
	// Output:
	// @@ -1,4 +1,3 @@
	//  [
	//    1
	// -  2
	//  ]
}
