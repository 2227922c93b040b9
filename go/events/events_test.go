package events

import (
	"errors"
	"sync"
	"testing"

	"testingkit.dev/go/value"
)

func TestALaterMutationDoesNotShow(t *testing.T) {
	var recorder Recorder
	items := []string{"a", "b"}
	record(t, &recorder, "call", Field{"items", items}, Field{"n", 1})
	items[0] = "late"
	record(t, &recorder, "tick")
	expectTrace(t, &recorder, "1 call(items: [\"a\", \"b\"], n: 1)\n2 tick()\n")
}

func TestRefusedEventsLeaveNoTrace(t *testing.T) {
	var recorder Recorder
	refused := map[string][]Field{
		"Call":   nil,
		"":       nil,
		"call\n": nil,
		"_call":  nil,
		"twice":  {{"x", 1}, {"x", 2}},
		"named":  {{"X", 1}},
	}
	for kind, fields := range refused {
		expectRefused(t, &recorder, value.BadArgument, kind, fields...)
	}
	expectRefused(t, &recorder, value.NotConvertible, "call", Field{"f", func() {}})
	record(t, &recorder, "call")
	expectTrace(t, &recorder, "1 call()\n")
}

func TestNumbersGoOnAfterClear(t *testing.T) {
	var recorder Recorder
	record(t, &recorder, "first")
	recorder.Clear()
	expectTrace(t, &recorder, "")
	record(t, &recorder, "second")
	expectTrace(t, &recorder, "2 second()\n")
}

func TestGoroutinesShareOneSequence(t *testing.T) {
	var recorder Recorder
	var group sync.WaitGroup
	for range 16 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 100 {
				if _, err := recorder.Record("tick"); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	group.Wait()
	events := recorder.Events()
	if len(events) != 1600 {
		t.Fatalf("got %d events, want 1600", len(events))
	}
	for place, event := range events {
		if event.Seq != uint64(place)+1 {
			t.Fatalf("event %d has the number %d", place, event.Seq)
		}
	}
}

func record(t *testing.T, recorder *Recorder, kind string, fields ...Field) {
	t.Helper()
	if _, err := recorder.Record(kind, fields...); err != nil {
		t.Fatal(err)
	}
}

func expectRefused(t *testing.T, recorder *Recorder, code value.ErrorCode, kind string, fields ...Field) {
	t.Helper()
	_, err := recorder.Record(kind, fields...)
	var conversion *value.ConversionError
	if !errors.As(err, &conversion) || conversion.Code != code {
		t.Errorf("kind %q: got %v, want %v", kind, err, code)
	}
}

func expectTrace(t *testing.T, recorder *Recorder, want string) {
	t.Helper()
	if got := Trace(recorder.Events()); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
