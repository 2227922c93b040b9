package require_test

import "fmt"

// t is the test of the examples. It prints the failures, and does not stop.
var t printer

type printer struct{}

func (printer) Helper() {}

func (printer) Errorf(format string, arguments ...any) {
	fmt.Printf(format+"\n", arguments...)
}

func (printer) FailNow() {}
