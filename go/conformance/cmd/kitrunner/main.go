// Command kitrunner serves the Go kit to the coordinator.
package main

import (
	"testingkit.dev/go/conformance/kitrunner"
	"testingkit.dev/go/conformance/runner"
)

func main() {
	kit := runner.New("go", runner.Version)
	kitrunner.Register(kit)
	kit.Main()
}
