package events_test

import (
	"fmt"

	"testingkit.dev/go/events"
)

func ExampleRecorder() {
	var recorder events.Recorder
	for _, path := range []string{"/users", "/orders"} {
		if _, err := recorder.Record("request", events.Field{Name: "path", Value: path}); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Print(events.Trace(recorder.Events()))
	// Output:
	// 1 request(path: "/users")
	// 2 request(path: "/orders")
}

func ExampleRecorder_Clear() {
	var recorder events.Recorder
	if _, err := recorder.Record("started"); err != nil {
		fmt.Println(err)
	}
	recorder.Clear()
	if _, err := recorder.Record("stopped"); err != nil {
		fmt.Println(err)
	}
	fmt.Print(events.Trace(recorder.Events()))
	// Output: 2 stopped()
}
