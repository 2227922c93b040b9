package runner

import (
	"context"
	"slices"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	conformancev1 "testingkit.dev/go/conformance/gen/testingkit/conformance/v1"
	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

// batchCalls is the number of calls in a batch of a long run.
const batchCalls = 256

// quick is a service whose handler costs almost nothing.
type quick struct {
	kitv1.UnimplementedDiffServiceServer
}

func (quick) DiffLines(context.Context, *kitv1.DiffLinesRequest) (*kitv1.DiffLinesResponse, error) {
	return &kitv1.DiffLinesResponse{Text: "a text of the usual length"}, nil
}

// BenchmarkCall measures a call without the SDK, with it, and with a deadline in addition. The
// differences are in the report of `make bench`.
func BenchmarkCall(b *testing.B) {
	b.Run("plain", func(b *testing.B) {
		request := encodedRequest(b)
		perCall(b, func() {
			for range batchCalls {
				plain(b, request)
			}
		})
	})
	b.Run("dispatch", func(b *testing.B) { benchmarkDispatch(b, 0) })
	b.Run("deadline", func(b *testing.B) { benchmarkDispatch(b, 10_000) })
}

// plain decodes the request, calls the handler and encodes its reply.
func plain(b *testing.B, request []byte) {
	message := &kitv1.DiffLinesRequest{}
	if err := proto.Unmarshal(request, message); err != nil {
		b.Fatal(err)
	}
	reply, err := quick{}.DiffLines(context.Background(), message)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := proto.Marshal(reply); err != nil {
		b.Fatal(err)
	}
}

func benchmarkDispatch(b *testing.B, timeoutMillis uint64) {
	r := New("quick", "")
	kitv1.RegisterDiffServiceServer(r, quick{})
	calls := make([]*conformancev1.Call, batchCalls)
	for i := range calls {
		calls[i] = &conformancev1.Call{
			Id: uint64(i + 1), Method: diffLines, Request: encodedRequest(b), TimeoutMillis: timeoutMillis,
		}
	}
	perCall(b, func() {
		batch := newBatch(r.methods)
		batch.run(context.Background(), calls)
		for _, seen := range batch.take() {
			if seen.GetResponse() == nil {
				b.Fatalf("a call was not answered: %v", seen)
			}
		}
	})
}

// perCall reports the median over batches: other work of the machine disturbs only some of them.
func perCall(b *testing.B, runBatch func()) {
	var nanos []float64
	for left := b.N; left > 0; left -= batchCalls {
		started := time.Now()
		runBatch()
		nanos = append(nanos, float64(time.Since(started).Nanoseconds())/batchCalls)
	}
	slices.Sort(nanos)
	b.ReportMetric(nanos[len(nanos)/2], "ns/op")
}

func encodedRequest(b *testing.B) []byte {
	request, err := proto.Marshal(&kitv1.DiffLinesRequest{Expected: []string{"a line", "another line"}})
	if err != nil {
		b.Fatal(err)
	}
	return request
}
