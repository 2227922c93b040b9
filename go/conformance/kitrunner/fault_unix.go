//go:build unix

package kitrunner

import (
	"os"
	"strconv"
	"syscall"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

// standardStreams is the number of descriptors to keep open: standard input may be a socket.
const standardStreams = 3

// systemFaults are the faults that need Unix.
var systemFaults = map[kitv1.Fault]fault{
	kitv1.Fault_FAULT_ABORT:        abort,
	kitv1.Fault_FAULT_CLOSE_SOCKET: closeSockets,
	kitv1.Fault_FAULT_SEGFAULT:     readProtectedPage,
}

// abort sends SIGABRT and waits, because another thread may receive the signal.
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
		var stat syscall.Stat_t
		// Fstat fails for the descriptor of the listing itself, which is closed by now.
		if err != nil || number < standardStreams || syscall.Fstat(number, &stat) != nil {
			continue
		}
		if stat.Mode&syscall.S_IFMT == syscall.S_IFSOCK {
			if err := syscall.Close(number); err != nil {
				return err
			}
		}
	}
	return nil
}

// readProtectedPage causes a segmentation fault. Go turns one at an address near zero into an
// ordinary panic, so it reads a page without read permission.
func readProtectedPage(request *kitv1.InjectRequest) error {
	page, err := syscall.Mmap(-1, 0, os.Getpagesize(), syscall.PROT_NONE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return err
	}
	request.Number = uint32(page[0])
	return nil
}
