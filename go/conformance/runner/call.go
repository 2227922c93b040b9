package runner

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	conformancev1 "testingkit.dev/go/conformance/gen/testingkit/conformance/v1"
)

// method is one unary method of a registered service.
type method struct {
	path    string
	impl    any
	handler grpc.MethodHandler
}

// observe runs one call, whose deadline counts from started, and fills in what became of it. A panic
// ends here. A runtime.Goexit, such as that of testing.T.FailNow, is observed as a panic and then
// still ends the goroutine: nothing can stop it.
func observe(
	ctx context.Context, m *method, call *conformancev1.Call, started time.Time, seen *conformancev1.Observation,
) {
	if m == nil {
		setError(seen, status.Error(codes.Unimplemented, "unknown method "+call.GetMethod()))
		return
	}
	if millis := call.GetTimeoutMillis(); millis != 0 {
		within := withDeadline(ctx, started.Add(time.Duration(millis)*time.Millisecond))
		defer within.end()
		ctx = within
	}
	returned := false
	defer func() {
		if value := recover(); value != nil {
			setPanic(seen, fmt.Sprint(value))
		} else if !returned {
			setPanic(seen, "runtime.Goexit called by the handler")
		}
	}()
	reply, err := m.run(ctx, call.GetRequest())
	if err != nil {
		setError(seen, err)
	} else {
		seen.Kind = &conformancev1.Observation_Response{Response: reply}
	}
	returned = true
}

// run decodes the request, calls the handler and encodes its reply.
func (m *method) run(ctx context.Context, request []byte) ([]byte, error) {
	ctx = grpc.NewContextWithServerTransportStream(ctx, (*inProcess)(m))
	reply, err := m.handler(m.impl, ctx, func(target any) error {
		message, ok := target.(proto.Message)
		if !ok {
			return status.Errorf(codes.Internal, "the request type %T is no proto.Message", target)
		}
		if err := proto.Unmarshal(request, message); err != nil {
			return status.Errorf(codes.Internal, "the request cannot be parsed: %v", err)
		}
		return nil
	}, nil)
	if err != nil {
		return nil, err
	}
	return encode(reply)
}

func encode(reply any) ([]byte, error) {
	message, ok := reply.(proto.Message)
	if !ok {
		return nil, status.Errorf(codes.Internal, "a reply of type %T cannot be serialized", reply)
	}
	data, err := proto.Marshal(message)
	if err != nil {
		return nil, status.Errorf(codes.Internal, "the reply cannot be serialized: %v", err)
	}
	if len(data) > responseBytes {
		return nil, status.Errorf(codes.ResourceExhausted,
			"the response has %d bytes, the limit is %d", len(data), responseBytes)
	}
	return data, nil
}

// setError fills in an error as grpc.Server would send it.
func setError(seen *conformancev1.Observation, err error) {
	st, ok := status.FromError(err)
	if !ok {
		st = status.FromContextError(err)
	}
	described := st.Proto()
	code := st.Code()
	if code > codes.Unauthenticated {
		code = codes.Unknown // Not a code that gRPC has.
	}
	failure := &conformancev1.Error{Code: int32(code), Message: st.Message()}
	if len(described.GetDetails()) > 0 {
		details, err := proto.Marshal(described)
		if err != nil {
			failure = &conformancev1.Error{
				Code:    int32(codes.Internal),
				Message: fmt.Sprintf("the details of the error cannot be serialized: %v", err),
			}
		}
		failure.Details = details
	}
	seen.Kind = &conformancev1.Observation_Error{Error: failure}
}

// setPanic is called by the deferred function that recovered, where the stack is still the handler's.
func setPanic(seen *conformancev1.Observation, text string) {
	seen.Kind = &conformancev1.Observation_Panic{
		Panic: &conformancev1.Panic{Text: text, Backtrace: handlerFrames(string(debug.Stack()))},
	}
}

// inProcess makes grpc.Method and grpc.SetHeader work in handlers without a connection.
type inProcess method

func (s *inProcess) Method() string               { return s.path }
func (s *inProcess) SetHeader(metadata.MD) error  { return nil }
func (s *inProcess) SendHeader(metadata.MD) error { return nil }
func (s *inProcess) SetTrailer(metadata.MD) error { return nil }
