package runner

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	for _, test := range []struct {
		text, network, address, problem string
	}{
		{"unix:/tmp/runner.sock", "unix", "/tmp/runner.sock", ""},
		{"localhost:0", "tcp", "localhost:0", ""},
		{"[::1]:65535", "tcp", "[::1]:65535", ""},
		{"", "", "", "expected unix:/absolute/path.sock or host:port"},
		{"runner.sock", "", "", "expected unix:/absolute/path.sock or host:port"},
		{":7000", "", "", "expected unix:/absolute/path.sock or host:port"},
		{"unix:runner.sock", "", "", "must be absolute"},
		{"unix:/" + strings.Repeat("x", 107), "", "", "at most 107 bytes"},
		{"localhost:http", "", "", `"http" is not a port`},
		{"localhost:65536", "", "", `"65536" is not a port`},
	} {
		t.Run(test.text, func(t *testing.T) {
			parsed, err := parseAddress(test.text)
			if parsed.network != test.network || parsed.address != test.address {
				t.Errorf("parseAddress = %+v, want %q and %q", parsed, test.network, test.address)
			}
			switch {
			case test.problem == "" && err != nil:
				t.Errorf("parseAddress: %v", err)
			case test.problem != "" && (err == nil || !strings.Contains(err.Error(), test.problem)):
				t.Errorf("parseAddress: %v, want an error with %q", err, test.problem)
			}
		})
	}
}

func TestServeRefusesAMalformedAddress(t *testing.T) {
	t.Setenv(addressVariable, "nowhere")
	if err := New("subject", "1").Serve(); !errors.Is(err, ErrAddress) {
		t.Errorf("Serve = %v, want ErrAddress", err)
	}
}

func TestListenUsesTheLoopbackDeviceWithoutAnAddress(t *testing.T) {
	t.Setenv(addressVariable, "") // Restores the variable after the test.
	if err := os.Unsetenv(addressVariable); err != nil {
		t.Fatal(err)
	}
	free, err := addressFromEnvironment()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := free.listen()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	if !strings.HasPrefix(listener.Addr().String(), "127.0.0.1:") {
		t.Errorf("the runner listens on %v", listener.Addr())
	}
}

func TestListenReplacesTheSocketOfAKilledRunner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "runner.sock")
	socket := address{network: "unix", address: path}
	killed, err := socket.listen()
	if err != nil {
		t.Fatal(err)
	}
	killed.(*net.UnixListener).SetUnlinkOnClose(false)
	if err := killed.Close(); err != nil {
		t.Fatal(err)
	}
	next, err := socket.listen()
	if err != nil {
		t.Fatal(err)
	}
	_ = next.Close()
}
