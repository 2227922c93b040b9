//go:build !unix

package kitrunner

import kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"

// systemFaults is empty: its faults need Unix.
var systemFaults map[kitv1.Fault]fault
