package kitrunner

import (
	"context"
	"math"
	"os"
	"runtime"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

const (
	exitStatus = 3
	chunkBytes = 1 << 20

	// crashDelay is long enough for a panic on another goroutine to end the process.
	crashDelay = time.Second

	floodLine = "flooded on request.............................................\n"
)

// faultService implements FaultService: it misbehaves on request, in the ways that Go programs do.
type faultService struct {
	kitv1.UnimplementedFaultServiceServer
}

// fault is one way to misbehave. Its error is the error of the call.
type fault func(request *kitv1.InjectRequest) error

// faults are the faults that every system has; systemFaults need Unix.
var faults = map[kitv1.Fault]fault{
	kitv1.Fault_FAULT_RETURN:               func(*kitv1.InjectRequest) error { return nil },
	kitv1.Fault_FAULT_PANIC:                func(*kitv1.InjectRequest) error { panic("panicked on request") },
	kitv1.Fault_FAULT_EXIT:                 exit,
	kitv1.Fault_FAULT_STACK_OVERFLOW:       overflowTheStack,
	kitv1.Fault_FAULT_ALLOCATE:             allocate,
	kitv1.Fault_FAULT_SLEEP:                sleep,
	kitv1.Fault_FAULT_SPIN:                 spin,
	kitv1.Fault_FAULT_FLOOD:                flood,
	kitv1.Fault_FAULT_BACKGROUND_PANIC:     panicInBackground,
	kitv1.Fault_FAULT_HANDLER_EXIT:         endTheHandler,
	kitv1.Fault_FAULT_CONCURRENT_MAP_WRITE: writeToOneMap,
}

// Inject misbehaves as requested. If the process survives, it answers with the number of the
// request.
func (faultService) Inject(_ context.Context, request *kitv1.InjectRequest) (*kitv1.InjectResponse, error) {
	if request.GetFault() == kitv1.Fault_FAULT_UNSPECIFIED {
		return nil, status.Error(codes.InvalidArgument, "the request names no fault")
	}
	misbehave, ok := faults[request.GetFault()]
	if !ok {
		misbehave, ok = systemFaults[request.GetFault()]
	}
	if !ok {
		return nil, status.Errorf(codes.Unimplemented, "this runner does not support fault %d", request.GetFault())
	}
	if err := misbehave(request); err != nil {
		return nil, err
	}
	return &kitv1.InjectResponse{Number: request.GetNumber()}, nil
}

func exit(*kitv1.InjectRequest) error {
	os.Exit(exitStatus)
	return nil
}

func overflowTheStack(request *kitv1.InjectRequest) error {
	request.Number = uint32(descend(0))
	return nil
}

// descend recurses until the stack overflows. It has an end so that linters accept it.
func descend(depth uint64) uint64 {
	if depth == math.MaxUint64 {
		return depth
	}
	return descend(depth+1) + 1
}

func allocate(*kitv1.InjectRequest) error {
	var hoard [][]byte
	for {
		chunk := make([]byte, chunkBytes)
		for i := range chunk {
			chunk[i] = 1
		}
		hoard = append(hoard, chunk)
		runtime.KeepAlive(hoard)
	}
}

// duration returns the duration of the request, or the longest one if the request has none.
func duration(request *kitv1.InjectRequest) time.Duration {
	const most = uint64(math.MaxInt64 / time.Millisecond)
	if millis := request.GetMillis(); millis > 0 && millis < most {
		return time.Duration(millis) * time.Millisecond
	}
	return math.MaxInt64
}

func sleep(request *kitv1.InjectRequest) error {
	time.Sleep(duration(request))
	return nil
}

func spin(request *kitv1.InjectRequest) error {
	started, length := time.Now(), duration(request)
	for time.Since(started) < length {
	}
	return nil
}

func flood(request *kitv1.InjectRequest) error {
	for _, stream := range []*os.File{os.Stdout, os.Stderr} {
		for left := request.GetBytes(); left > 0; {
			part := min(left, uint64(len(floodLine)))
			if _, err := stream.WriteString(floodLine[:part]); err != nil {
				return err
			}
			left -= part
		}
	}
	return nil
}

func panicInBackground(*kitv1.InjectRequest) error {
	go panic("panicked on request")
	time.Sleep(crashDelay)
	return nil
}

func endTheHandler(*kitv1.InjectRequest) error {
	runtime.Goexit()
	return nil
}

func writeToOneMap(*kitv1.InjectRequest) error {
	shared := map[int]int{}
	write := func() {
		for i := 0; ; i++ {
			shared[i%2] = i
		}
	}
	go write()
	write()
	return nil
}
