package render_test

import (
	"fmt"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

func ExampleCanonical() {
	v, err := value.ToValue(map[string]any{"name": "Ada", "scores": []float64{1, 0.5}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(render.Canonical(v))
	// Output: {"name": "Ada", "scores": [1.0, 0.5]}
}

func ExampleExpanded() {
	v, err := value.ToValue(map[string]any{"name": "Ada", "scores": []float64{1, 0.5}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(render.Expanded(v))
	// Output:
	// {
	//   "name": "Ada"
	//   "scores": [
	//     1.0
	//     0.5
	//   ]
	// }
}

func ExampleTruncatedTo() {
	list := value.List{value.NewInt(1), value.NewInt(2), value.Text("a long text")}
	limits := render.Limits{Levels: 2, Entries: 2, Length: 200, Kept: 150}
	fmt.Println(render.TruncatedTo(list, limits))
	// Output: [1, 2, … 1 more]
}
