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

	// socketPathBytes is the size of sun_path on Linux without its closing zero.
	socketPathBytes = 107
)

// ErrAddress is wrapped by the errors of [Runner.Serve] for an address that the runner cannot use.
var ErrAddress = errors.New("cannot listen")

// address is the network and the address to listen on, as for [net.Listen].
type address struct {
	network string
	address string
	// byHand is true if no coordinator chose the address: then the runner prints it.
	byHand bool
}

// addressFromEnvironment returns the address that the coordinator chose or, without one, a free
// port of the loopback device. Its error wraps ErrAddress.
func addressFromEnvironment() (address, error) {
	text, ok := os.LookupEnv(addressVariable)
	if !ok {
		return address{network: "tcp", address: "127.0.0.1:0", byHand: true}, nil
	}
	parsed, err := parseAddress(text)
	if err != nil {
		return address{}, fmt.Errorf("%w: %s is %q: %w", ErrAddress, addressVariable, text, err)
	}
	return parsed, nil
}

// parseAddress parses `unix:/absolute/path.sock` or `host:port`.
func parseAddress(text string) (address, error) {
	if path, ok := strings.CutPrefix(text, "unix:"); ok {
		switch {
		case !filepath.IsAbs(path):
			return address{}, errors.New("the path of a Unix socket must be absolute")
		case len(path) > socketPathBytes:
			return address{}, fmt.Errorf("the path of a Unix socket must have at most %d bytes", socketPathBytes)
		}
		return address{network: "unix", address: path}, nil
	}
	host, port, err := net.SplitHostPort(text)
	if err != nil || host == "" {
		return address{}, errors.New("expected unix:/absolute/path.sock or host:port")
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return address{}, fmt.Errorf("%q is not a port", port)
	}
	return address{network: "tcp", address: text}, nil
}

// listen opens the address. It first removes the socket file of a runner that was killed. Its error
// wraps ErrAddress.
func (a address) listen() (net.Listener, error) {
	if a.network == "unix" {
		if info, err := os.Lstat(a.address); err == nil && info.Mode()&os.ModeSocket != 0 {
			if err := os.Remove(a.address); err != nil {
				return nil, fmt.Errorf("%w on %s: cannot remove the old socket: %w", ErrAddress, a.address, err)
			}
		}
	}
	listener, err := net.Listen(a.network, a.address)
	if err != nil {
		return nil, fmt.Errorf("%w on %s: %w", ErrAddress, a.address, err)
	}
	return listener, nil
}

// leaseIsStdin reports whether the runner has to end when its standard input does. The coordinator
// requests it: a runner that was started by hand with /dev/null as its standard input keeps
// running.
func leaseIsStdin() bool {
	return os.Getenv(leaseVariable) == "stdin"
}
