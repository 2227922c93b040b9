package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	rpcstatus "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	conformancev1 "testingkit.dev/go/conformance/gen/testingkit/conformance/v1"
	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

const diffLines = "testingkit.kit.v1.DiffService/DiffLines"

// hung receives from each handler that never returns.
var hung = make(chan struct{}, 1)

// subject is the tested service. The expected lines of a request choose what it does.
type subject struct {
	kitv1.UnimplementedDiffServiceServer
}

func (subject) DiffLines(ctx context.Context, in *kitv1.DiffLinesRequest) (*kitv1.DiffLinesResponse, error) {
	text := strings.Join(in.GetExpected(), " ")
	switch text {
	case "error":
		return nil, status.Error(codes.NotFound, "gone")
	case "details":
		described, err := status.New(codes.NotFound, "gone").WithDetails(&errdetails.ErrorInfo{Reason: "GONE"})
		return nil, errors.Join(err, described.Err())
	case "no status":
		return nil, errors.New("a plain error")
	case "panic":
		panic("bad input")
	case "goexit":
		runtime.Goexit()
	case "wait":
		<-ctx.Done()
		return nil, ctx.Err()
	case "hang":
		hung <- struct{}{}
		select {}
	case "huge":
		text = strings.Repeat("x", messageBytes)
	case "huge error":
		return nil, status.Error(codes.Aborted, strings.Repeat("x", messageBytes))
	case "huge panic":
		panic(strings.Repeat("x", messageBytes))
	case "recurse":
		text = fmt.Sprint(recurse(10_000))
	case "method":
		text, _ = grpc.Method(ctx)
		incoming, _ := metadata.FromIncomingContext(ctx)
		text += fmt.Sprint(len(incoming))
	}
	return &kitv1.DiffLinesResponse{Text: text}, nil
}

// recurse returns the depth, with a frame of a kilobyte or more for each level.
func recurse(depth int) int {
	var frame [1024]byte
	frame[depth%len(frame)] = 1
	if depth == 0 {
		return 0
	}
	return recurse(depth-1) + int(frame[depth%len(frame)])
}

// start serves the subject on a free port until the test ends. The channel receives the result of
// serving.
func start(t *testing.T) (*grpc.ClientConn, <-chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := New("subject", "1.2.3")
	kitv1.RegisterDiffServiceServer(r, subject{})
	ended := make(chan error, 1)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { ended <- r.serve(ctx, listener) }()
	t.Cleanup(cancel)
	connection, err := grpc.NewClient(listener.Addr().String(),
		grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return connection, ended
}

// call returns a call of DiffLines with the expected lines.
func call(t *testing.T, id uint64, lines ...string) *conformancev1.Call {
	t.Helper()
	request, err := proto.Marshal(&kitv1.DiffLinesRequest{Expected: lines})
	if err != nil {
		t.Fatal(err)
	}
	return &conformancev1.Call{Id: id, Method: diffLines, Request: request}
}

// execute sends one batch to a new runner and returns the observations in the order of their
// arrival.
func execute(t *testing.T, calls ...*conformancev1.Call) []*conformancev1.Observation {
	t.Helper()
	connection, _ := start(t)
	stream, err := conformancev1.NewRunnerServiceClient(connection).Execute(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Send(&conformancev1.ExecuteRequest{Calls: calls}); err != nil {
		t.Fatal(err)
	}
	if err := stream.CloseSend(); err != nil {
		t.Fatal(err)
	}
	var observed []*conformancev1.Observation
	for {
		response, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return observed
		}
		if err != nil {
			t.Fatal(err)
		}
		observed = append(observed, response.GetObservations()...)
	}
}

// textOf returns the text of a response.
func textOf(t *testing.T, seen *conformancev1.Observation) string {
	t.Helper()
	var response kitv1.DiffLinesResponse
	if err := proto.Unmarshal(seen.GetResponse(), &response); err != nil {
		t.Fatal(err)
	}
	return response.GetText()
}

func TestExecuteAnswersEachCallOnceAndInOrder(t *testing.T) {
	var calls []*conformancev1.Call
	for id := uint64(1); id <= 300; id++ {
		calls = append(calls, call(t, id, fmt.Sprint(id)))
	}
	observed := execute(t, calls...)
	if len(observed) != len(calls) {
		t.Fatalf("%d observations of %d calls", len(observed), len(calls))
	}
	for i, seen := range observed {
		if seen.GetCallId() != calls[i].GetId() || textOf(t, seen) != fmt.Sprint(seen.GetCallId()) {
			t.Fatalf("observation %d is %v", i, seen)
		}
	}
}

func TestExecuteKeepsTheStatusOfErrors(t *testing.T) {
	unknown := call(t, 4)
	unknown.Method = "no.such.Service/Method"
	malformed := &conformancev1.Call{Id: 5, Method: diffLines, Request: []byte{0x0a, 0xff}}
	unimplemented := &conformancev1.Call{Id: 6, Method: "testingkit.kit.v1.DiffService/DiffValues"}
	observed := execute(t,
		call(t, 1, "error"), call(t, 2, "details"), call(t, 3, "no status"), unknown, malformed, unimplemented)
	want := []codes.Code{
		codes.NotFound, codes.NotFound, codes.Unknown,
		codes.Unimplemented, codes.Internal, codes.Unimplemented,
	}
	for i, seen := range observed {
		if got := codes.Code(seen.GetError().GetCode()); got != want[i] {
			t.Errorf("call %d: code %v, want %v", seen.GetCallId(), got, want[i])
		}
		if hasDetails := len(seen.GetError().GetDetails()) > 0; hasDetails != (i == 1) {
			t.Errorf("call %d: details present is %v", seen.GetCallId(), hasDetails)
		}
	}
	var described rpcstatus.Status
	if err := proto.Unmarshal(observed[1].GetError().GetDetails(), &described); err != nil {
		t.Fatal(err)
	}
	if described.GetCode() != int32(codes.NotFound) || len(described.GetDetails()) != 1 {
		t.Errorf("the details are %v", &described)
	}
}

func TestExecuteObservesPanicAndGoexitAndGoesOn(t *testing.T) {
	observed := execute(t, call(t, 1, "panic"), call(t, 2, "goexit"), call(t, 3, "alive"))
	if len(observed) != 3 {
		t.Fatalf("%d observations of 3 calls", len(observed))
	}
	for i, text := range []string{"bad input", "the handler called runtime.Goexit"} {
		panicked := observed[i].GetPanic()
		if panicked.GetText() != text {
			t.Errorf("the text is %q, want %q", panicked.GetText(), text)
		}
		const handler = "testingkit.dev/go/conformance/runner.subject.DiffLines("
		if !strings.HasPrefix(panicked.GetBacktrace(), handler) {
			t.Errorf("the backtrace does not begin at the handler:\n%s", panicked.GetBacktrace())
		}
		if strings.Contains(panicked.GetBacktrace(), sdkFrame) {
			t.Errorf("the backtrace goes on into the SDK:\n%s", panicked.GetBacktrace())
		}
	}
	if textOf(t, observed[2]) != "alive" {
		t.Errorf("the call after them is %v", observed[2])
	}
}

func TestExecutePassesTheDeadlineToTheHandler(t *testing.T) {
	waiting := call(t, 1, "wait")
	waiting.TimeoutMillis = 30
	observed := execute(t, waiting, call(t, 2, "next"))
	if got := codes.Code(observed[0].GetError().GetCode()); got != codes.DeadlineExceeded {
		t.Errorf("the code is %v, want %v", got, codes.DeadlineExceeded)
	}
	if observed[0].GetElapsedNanos() < 30_000_000 {
		t.Errorf("elapsed is %d ns", observed[0].GetElapsedNanos())
	}
	if textOf(t, observed[1]) != "next" {
		t.Errorf("the call after it is %v", observed[1])
	}
}

func TestExecuteGivesHandlersTheirMethodAndNoMetadata(t *testing.T) {
	if got := textOf(t, execute(t, call(t, 1, "method"))[0]); got != "/"+diffLines+"0" {
		t.Errorf("the handler saw %q", got)
	}
}

func TestExecuteAnswersFinishedCallsWhileALaterOneRuns(t *testing.T) {
	connection, _ := start(t)
	stream, err := conformancev1.NewRunnerServiceClient(connection).Execute(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	batch := &conformancev1.ExecuteRequest{Calls: []*conformancev1.Call{call(t, 1, "quick"), call(t, 2, "wait")}}
	if err := stream.Send(batch); err != nil {
		t.Fatal(err)
	}
	response, err := stream.Recv()
	if err != nil {
		t.Fatal(err)
	}
	if got := response.GetObservations(); len(got) != 1 || got[0].GetCallId() != 1 {
		t.Errorf("the first answer is %v", got)
	}
}

func TestDescribeReturnsVersionsAndMethods(t *testing.T) {
	connection, _ := start(t)
	described, err := conformancev1.NewRunnerServiceClient(connection).
		Describe(t.Context(), &conformancev1.DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	want := &conformancev1.DescribeResponse{
		ProtocolVersions: []uint32{1},
		Name:             "subject",
		Version:          "1.2.3",
		Language:         "go",
		Runtime:          runtime.Version(),
		SdkVersion:       Version,
		Methods:          []string{diffLines, "testingkit.kit.v1.DiffService/DiffValues"},
		Limits:           &conformancev1.Limits{},
		InstanceId:       described.GetInstanceId(), // random
	}
	if length := len(described.GetInstanceId()); length != 16 {
		t.Errorf("the instance id has %d bytes", length)
	}
	if !proto.Equal(described, want) {
		t.Errorf("Describe = %v, want %v", described, want)
	}
}

func TestShutdownEndsOpenStreamsAndServe(t *testing.T) {
	connection, ended := start(t)
	client := conformancev1.NewRunnerServiceClient(connection)
	stream, err := client.Execute(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Shutdown(t.Context(), &conformancev1.ShutdownRequest{}); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); status.Code(err) != codes.Unavailable {
		t.Errorf("the stream ended with %v", err)
	}
	if err := <-ended; err != nil {
		t.Errorf("serving ended with %v", err)
	}
}

func TestShutdownDoesNotWaitForAHandlerThatNeverReturns(t *testing.T) {
	connection, ended := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-hung
		cancel() // As if the coordinator had been killed.
	}()
	_, err := kitv1.NewDiffServiceClient(connection).
		DiffLines(ctx, &kitv1.DiffLinesRequest{Expected: []string{"hang"}})
	if status.Code(err) != codes.Canceled {
		t.Fatalf("the call ended with %v", err)
	}
	// The client disconnects before the runner has ended.
	go func() {
		_, _ = conformancev1.NewRunnerServiceClient(connection).
			Shutdown(t.Context(), &conformancev1.ShutdownRequest{})
		_ = connection.Close()
	}()
	if err := <-ended; err != nil {
		t.Errorf("serving ended with %v", err)
	}
}

func TestUnaryCallAnswersAPanicWithAStatus(t *testing.T) {
	connection, _ := start(t)
	client := kitv1.NewDiffServiceClient(connection)
	for text, want := range map[string]string{
		"panic":  "panic: bad input",
		"goexit": "panic: the handler called runtime.Goexit",
	} {
		t.Run(text, func(t *testing.T) {
			_, err := client.DiffLines(t.Context(), &kitv1.DiffLinesRequest{Expected: []string{text}})
			if status.Code(err) != codes.Internal || status.Convert(err).Message() != want {
				t.Errorf("DiffLines = %v, want INTERNAL with %q", err, want)
			}
		})
	}
	answer, err := client.DiffLines(t.Context(), &kitv1.DiffLinesRequest{Expected: []string{"alive"}})
	if err != nil || answer.GetText() != "alive" {
		t.Errorf("the call after them: %v, %v", answer, err)
	}
}

func TestHealthServesEachService(t *testing.T) {
	connection, _ := start(t)
	for _, name := range []string{"", "testingkit.kit.v1.DiffService"} {
		answer, err := healthv1.NewHealthClient(connection).
			Check(t.Context(), &healthv1.HealthCheckRequest{Service: name})
		if err != nil || answer.GetStatus() != healthv1.HealthCheckResponse_SERVING {
			t.Errorf("%q: %v, %v", name, answer, err)
		}
	}
}

func TestServeRefusesAServiceRegisteredTwice(t *testing.T) {
	r := New("subject", "1.2.3")
	kitv1.RegisterDiffServiceServer(r, subject{})
	kitv1.RegisterDiffServiceServer(r, subject{})
	if err := r.Serve(); err == nil || !strings.Contains(err.Error(), "DiffService is registered twice") {
		t.Errorf("serving ended with %v", err)
	}
}

func TestAnOversizedAnswerIsAProtocolErrorOfItsCallOnly(t *testing.T) {
	for _, kind := range []string{"response", "error", "panic"} {
		action := strings.TrimSuffix("huge "+kind, " response")
		observed := execute(t, call(t, 1, action), call(t, 2, "after"))
		text := observed[0].GetProtocolError().GetText()
		if !strings.HasPrefix(text, "the "+kind+" has ") || !strings.HasSuffix(text, "; the limit is 67043328") {
			t.Errorf("%s: %q", kind, text)
		}
		if got := textOf(t, observed[1]); got != "after" {
			t.Errorf("after an oversized %s: %q", kind, got)
		}
	}
}

func TestARequestThatNestsTooDeeplyIsAProtocolError(t *testing.T) {
	value := &kitv1.Value{}
	for range 6_000 { // Each level is two messages, and protobuf for Go reads 10,000.
		list := &kitv1.ListValue{Items: []*kitv1.Value{value}}
		value = &kitv1.Value{Kind: &kitv1.Value_List{List: list}}
	}
	request, err := proto.Marshal(&kitv1.DiffValuesRequest{Expected: value})
	if err != nil {
		t.Fatal(err)
	}
	method := "testingkit.kit.v1.DiffService/DiffValues"
	observed := execute(t, &conformancev1.Call{Id: 1, Method: method, Request: request})
	text := observed[0].GetProtocolError().GetText()
	if !strings.HasPrefix(text, "the request nests deeper than this runner's protobuf reads: ") {
		t.Error(observed[0])
	}
}

func TestAHandlerMayRecurseTenThousandCalls(t *testing.T) {
	debug.SetMaxStack(stackBytes) // As Serve does.
	observed := execute(t, call(t, 1, "recurse"))
	if got := textOf(t, observed[0]); got != "10000" {
		t.Errorf("got %q", got)
	}
}
