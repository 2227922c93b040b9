package runner

import (
	"errors"
	"net"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	for _, c := range []struct {
		text, network, where, problem string
	}{
		{"unix:/tmp/runner.sock", "unix", "/tmp/runner.sock", ""},
		{"localhost:0", "tcp", "localhost:0", ""},
		{"[::1]:65535", "tcp", "[::1]:65535", ""},
		{"", "", "", "expected unix:/absolute/path.sock or host:port"},
		{"runner.sock", "", "", "expected unix:/absolute/path.sock or host:port"},
		{":7000", "", "", "expected unix:/absolute/path.sock or host:port"},
		{"unix:runner.sock", "", "", "has to be absolute"},
		{"unix:/" + strings.Repeat("x", 107), "", "", "at most 107 bytes"},
		{"localhost:http", "", "", `"http" is not a port`},
		{"localhost:65536", "", "", `"65536" is not a port`},
	} {
		parsed, problem := parseAddress(c.text)
		if parsed.network != c.network || parsed.where != c.where {
			t.Errorf("%q is %+v", c.text, parsed)
		}
		if !strings.Contains(problem, c.problem) || (problem == "") != (c.problem == "") {
			t.Errorf("%q: the problem is %q, wanted %q", c.text, problem, c.problem)
		}
	}
}

func TestServeRefusesAMalformedAddress(t *testing.T) {
	t.Setenv(addressVariable, "nowhere")
	if err := New("subject", "1").Serve(); !errors.Is(err, ErrAddress) {
		t.Errorf("serving ended with %v", err)
	}
}

func TestWithoutAnAddressTheLoopbackDeviceIsTaken(t *testing.T) {
	listener, err := address{network: "tcp", where: "127.0.0.1:0", byHand: true}.listen()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	if !strings.HasPrefix(listener.Addr().String(), "127.0.0.1:") {
		t.Errorf("listens on %v", listener.Addr())
	}
}

func TestTheSocketOfAKilledRunnerIsReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "runner.sock")
	where := address{network: "unix", where: path}
	killed, err := where.listen()
	if err != nil {
		t.Fatal(err)
	}
	killed.(*net.UnixListener).SetUnlinkOnClose(false)
	if err := killed.Close(); err != nil {
		t.Fatal(err)
	}
	next, err := where.listen()
	if err != nil {
		t.Fatal(err)
	}
	_ = next.Close()
}
