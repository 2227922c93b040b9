package runner

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	addressVariable = "TESTINGKIT_RUNNER_ADDRESS"
	leaseVariable   = "TESTINGKIT_RUNNER_LEASE"

	// socketPathBytes is what sun_path of Linux holds without its closing zero.
	socketPathBytes = 107
)

// ErrAddress is the kind of error for an environment that names no usable address.
var ErrAddress = errors.New("no address to listen on")

// address is where a runner listens.
type address struct {
	network string
	where   string
	// byHand says that no coordinator chose it, so that the runner has to say where it listens.
	byHand bool
}

// addressFromEnvironment reads the address that the coordinator chose; without one it is a free
// port of the loopback device.
func addressFromEnvironment() (address, error) {
	text, set := os.LookupEnv(addressVariable)
	if !set {
		return address{network: "tcp", where: "127.0.0.1:0", byHand: true}, nil
	}
	parsed, problem := parseAddress(text)
	if problem != "" {
		return address{}, fmt.Errorf("%w: %s is %q: %s", ErrAddress, addressVariable, text, problem)
	}
	return parsed, nil
}

// parseAddress reads `unix:/absolute/path.sock` or `host:port`, or says what is wrong with it.
func parseAddress(text string) (parsed address, problem string) {
	if path, ok := strings.CutPrefix(text, "unix:"); ok {
		switch {
		case !filepath.IsAbs(path):
			return address{}, "the path of a Unix socket has to be absolute"
		case len(path) > socketPathBytes:
			return address{}, fmt.Sprintf("the path of a Unix socket has at most %d bytes", socketPathBytes)
		}
		return address{network: "unix", where: path}, ""
	}
	host, port, err := net.SplitHostPort(text)
	if err != nil || host == "" {
		return address{}, "expected unix:/absolute/path.sock or host:port"
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return address{}, fmt.Sprintf("%q is not a port", port)
	}
	return address{network: "tcp", where: text}, ""
}

// listen opens the address. The socket file of a runner that was killed is removed first.
func (a address) listen() (net.Listener, error) {
	if a.network == "unix" {
		if info, err := os.Lstat(a.where); err == nil && info.Mode()&os.ModeSocket != 0 {
			if err := os.Remove(a.where); err != nil {
				return nil, fmt.Errorf("%w: cannot remove the old socket: %w", ErrAddress, err)
			}
		}
	}
	listener, err := net.Listen(a.network, a.where)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	return listener, nil
}

// leaseIsStdin says whether the end of standard input is the end of the runner. It has to be asked
// for: a runner started by hand with /dev/null as its standard input has no dead coordinator.
func leaseIsStdin() bool {
	return os.Getenv(leaseVariable) == "stdin"
}
