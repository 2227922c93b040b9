//go:build unix

package kitrunner

import (
	"os"
	"strconv"
	"syscall"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

// standardStreams are the descriptors that are left alone: standard input may be a socket.
const standardStreams = 3

var systemFaults = map[kitv1.Fault]fault{
	kitv1.Fault_FAULT_ABORT:        abort,
	kitv1.Fault_FAULT_CLOSE_SOCKET: closeSockets,
	kitv1.Fault_FAULT_SEGFAULT:     readWhatIsNotThere,
}

// abort waits for the signal: another thread may be the one that gets it.
func abort(*kitv1.InjectRequest) error {
	if err := syscall.Kill(os.Getpid(), syscall.SIGABRT); err != nil {
		return err
	}
	select {}
}

func closeSockets(*kitv1.InjectRequest) error {
	entries, err := os.ReadDir("/dev/fd")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		number, err := strconv.Atoi(entry.Name())
		var about syscall.Stat_t
		// The descriptor that listed the folder is gone already.
		if err != nil || number < standardStreams || syscall.Fstat(number, &about) != nil {
			continue
		}
		if about.Mode&syscall.S_IFMT == syscall.S_IFSOCK {
			if err := syscall.Close(number); err != nil {
				return err
			}
		}
	}
	return nil
}

// readWhatIsNotThere reads a page that may not be read. An address near zero would be a nil pointer
// to Go, and a panic like any other.
func readWhatIsNotThere(request *kitv1.InjectRequest) error {
	page, err := syscall.Mmap(-1, 0, os.Getpagesize(), syscall.PROT_NONE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return err
	}
	request.Number = uint32(page[0])
	return nil
}
