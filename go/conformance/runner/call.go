package runner

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	conformancev1 "testingkit.dev/go/conformance/gen/testingkit/conformance/v1"
)

// tooDeep is in the error of protobuf's decoder for a message that nests too deeply, which has no type
// of its own.
const tooDeep = "exceeded maximum recursion depth"

// method is one unary method of a registered service.
type method struct {
	path    string
	impl    any
	handler grpc.MethodHandler
}

// observe runs one call and sets the kind of its observation. The deadline of the call counts from
// started.
//
// A panic of the handler is recovered. A runtime.Goexit, such as that of testing.T.FailNow, is
// observed as a panic and then still ends the goroutine, because it cannot be recovered.
func observe(
	ctx context.Context,
	m *method,
	call *conformancev1.Call,
	started time.Time,
	observation *conformancev1.Observation,
) {
	if m == nil {
		setError(observation, status.Error(codes.Unimplemented, "unknown method "+call.GetMethod()))
		return
	}
	if millis := call.GetTimeoutMillis(); millis != 0 {
		limited := withDeadline(ctx, started.Add(time.Duration(millis)*time.Millisecond))
		defer limited.end()
		ctx = limited
	}
	returned := false
	defer func() {
		if v := recover(); v != nil {
			setPanic(observation, fmt.Sprint(v))
		} else if !returned {
			setPanic(observation, "the handler called runtime.Goexit")
		}
	}()
	reply, err := m.run(ctx, call.GetRequest())
	if err != nil {
		setError(observation, err)
	} else {
		observation.Kind = &conformancev1.Observation_Response{Response: reply}
	}
	returned = true
}

// run decodes the request, calls the handler and encodes its reply.
func (m *method) run(ctx context.Context, request []byte) ([]byte, error) {
	ctx = grpc.NewContextWithServerTransportStream(ctx, (*inProcess)(m))
	reply, err := m.handler(m.impl, ctx, func(target any) error {
		message, ok := target.(proto.Message)
		if !ok {
			return status.Errorf(codes.Internal, "the request type %T is not a proto.Message", target)
		}
		if err := proto.Unmarshal(request, message); err != nil {
			return unparsed(err)
		}
		return nil
	}, nil)
	if err != nil {
		return nil, err
	}
	return encode(reply)
}

// encode serializes a reply.
func encode(reply any) ([]byte, error) {
	message, ok := reply.(proto.Message)
	if !ok {
		return nil, status.Errorf(codes.Internal, "a response of type %T is not a proto.Message", reply)
	}
	data, err := proto.Marshal(message)
	if err != nil {
		return nil, status.Errorf(codes.Internal, "a response of type %T cannot be serialized: %v", reply, err)
	}
	return data, nil
}

// withinLimits replaces an answer that is larger than a message may be.
func withinLimits(observation *conformancev1.Observation) {
	kind, size := "response", len(observation.GetResponse())
	switch seen := observation.Kind.(type) {
	case *conformancev1.Observation_Error:
		kind, size = "error", len(seen.Error.GetMessage())+len(seen.Error.GetDetails())
	case *conformancev1.Observation_Panic:
		kind, size = "panic", len(seen.Panic.GetText())+len(seen.Panic.GetBacktrace())
	}
	if size > responseBytes {
		text := fmt.Sprintf("the %s has %d bytes; the limit is %d", kind, size, responseBytes)
		setUndeliverable(observation, undeliverable(text))
	}
}

// undeliverable is the error of a call whose request or answer exceeds a limit of the protocol or of
// the runtime. It is never an answer of the implementation.
type undeliverable string

func (u undeliverable) Error() string { return string(u) }

// unparsed returns the error of a request that does not parse: malformed, or nested too deeply.
func unparsed(err error) error {
	if strings.Contains(err.Error(), tooDeep) {
		return undeliverable(fmt.Sprintf("the request nests deeper than this runner's protobuf reads: %v", err))
	}
	return status.Errorf(codes.Internal, "the request cannot be parsed: %v", err)
}

// setUndeliverable sets the protocol error of the observation.
func setUndeliverable(observation *conformancev1.Observation, text undeliverable) {
	observation.Kind = &conformancev1.Observation_ProtocolError{
		ProtocolError: &conformancev1.ProtocolError{Text: string(text)},
	}
}

// setError sets the error of the observation, as grpc.Server would send it.
func setError(observation *conformancev1.Observation, err error) {
	var text undeliverable
	if errors.As(err, &text) {
		setUndeliverable(observation, text)
		return
	}
	st, ok := status.FromError(err)
	if !ok {
		st = status.FromContextError(err)
	}
	described := st.Proto()
	code := st.Code()
	if code > codes.Unauthenticated {
		code = codes.Unknown // gRPC has no such code.
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
	observation.Kind = &conformancev1.Observation_Error{Error: failure}
}

// setPanic sets the panic of the observation. Call it in the deferred function that recovers: there
// the stack still has the frames of the handler.
func setPanic(observation *conformancev1.Observation, text string) {
	observation.Kind = &conformancev1.Observation_Panic{
		Panic: &conformancev1.Panic{Text: text, Backtrace: handlerFrames(string(debug.Stack()))},
	}
}

// inProcess is a grpc.ServerTransportStream without a connection. It makes grpc.Method and
// grpc.SetHeader work in handlers.
type inProcess method

// Method returns the path of the method, as grpc.Method expects it.
func (s *inProcess) Method() string { return s.path }

// SetHeader ignores the header.
func (*inProcess) SetHeader(metadata.MD) error { return nil }

// SendHeader ignores the header.
func (*inProcess) SendHeader(metadata.MD) error { return nil }

// SetTrailer ignores the trailer.
func (*inProcess) SetTrailer(metadata.MD) error { return nil }
