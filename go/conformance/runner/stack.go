package runner

import "strings"

// sdkFrame begins the frame of the SDK that calls a handler.
const sdkFrame = "testingkit.dev/go/conformance/runner.(*method).run("

// handlerFrames cuts the frames of the SDK and of the panic machinery off a stack as debug.Stack
// prints it: what is above the line of the panic, and what is below the handler.
func handlerFrames(stack string) string {
	lines := strings.Split(stack, "\n")
	first := 0
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") || strings.HasPrefix(line, "runtime.Goexit(") {
			first = i + 2 // A frame is two lines: the function and its place.
		}
	}
	if first == 0 || first >= len(lines) {
		return stack
	}
	last := len(lines)
	for i := first; i < len(lines); i++ {
		if strings.HasPrefix(lines[i], sdkFrame) {
			last = i
			break
		}
	}
	return strings.Join(lines[first:last], "\n") + "\n"
}
