package runner

import "strings"

// sdkFrame is the start of the stack frame in which the SDK calls a handler.
const sdkFrame = "testingkit.dev/go/conformance/runner.(*method).run("

// handlerFrames returns the frames of the handler from a stack that debug.Stack returned: it cuts
// off the frames of the panic above them and those of the SDK below them.
func handlerFrames(stack string) string {
	lines := strings.Split(stack, "\n")
	first := 0
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") || strings.HasPrefix(line, "runtime.Goexit(") {
			first = i + 2 // A frame has two lines: the function and the position.
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
