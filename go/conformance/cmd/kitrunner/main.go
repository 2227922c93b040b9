// Command kitrunner serves the Go kit to the coordinator.
package main

import (
	"testingkit.dev/go/conformance/kitrunner"
	"testingkit.dev/go/conformance/runner"
)

// version is the kit's.
const version = "0.1.0"

func main() {
	kit := runner.New("go", version)
	kitrunner.Register(kit)
	kit.Main()
}
