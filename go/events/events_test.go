package events

import (
	"errors"
	"sync"
	"testing"

	"testingkit.dev/go/value"
)

func TestRecordKeepsValuesThatChangeLater(t *testing.T) {
	var recorder Recorder
	items := []string{"a", "b"}
	record(t, &recorder, "call", Field{"items", items}, Field{"n", 1})
	items[0] = "late"
	record(t, &recorder, "tick")
	expectTrace(t, &recorder, "1 call(items: [\"a\", \"b\"], n: 1)\n2 tick()\n")
}

func TestRecordRefusesInvalidNamesAndValues(t *testing.T) {
	var recorder Recorder
	tests := map[string]struct {
		kind   string
		fields []Field
		want   value.ErrorCode
	}{
		"kind with a capital":           {"Call", nil, value.BadArgument},
		"empty kind":                    {"", nil, value.BadArgument},
		"kind with a line feed":         {"call\n", nil, value.BadArgument},
		"kind with an underscore first": {"_call", nil, value.BadArgument},
		"field given twice":             {"call", []Field{{"x", 1}, {"x", 2}}, value.BadArgument},
		"field with a capital":          {"call", []Field{{"X", 1}}, value.BadArgument},
		"value that does not convert":   {"call", []Field{{"f", func() {}}}, value.NotConvertible},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := recorder.Record(test.kind, test.fields...)
			var conversion *value.ConversionError
			if !errors.As(err, &conversion) || conversion.Code != test.want {
				t.Errorf("Record = %v, want an error with the code %s", err, test.want)
			}
		})
	}
	record(t, &recorder, "call")
	expectTrace(t, &recorder, "1 call()\n") // The refused events took no number.
}

func TestClearKeepsTheSequenceNumber(t *testing.T) {
	var recorder Recorder
	record(t, &recorder, "first")
	recorder.Clear()
	expectTrace(t, &recorder, "")
	record(t, &recorder, "second")
	expectTrace(t, &recorder, "2 second()\n")
}

func TestRecordNumbersEventsOfAllGoroutinesInOneSequence(t *testing.T) {
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
		t.Fatalf("recorded %d events, want 1600", len(events))
	}
	for i, event := range events {
		if event.Seq != uint64(i)+1 {
			t.Fatalf("event %d has the sequence number %d", i, event.Seq)
		}
	}
}

func record(t *testing.T, recorder *Recorder, kind string, fields ...Field) {
	t.Helper()
	if _, err := recorder.Record(kind, fields...); err != nil {
		t.Fatal(err)
	}
}

func expectTrace(t *testing.T, recorder *Recorder, want string) {
	t.Helper()
	if got := Trace(recorder.Events()); got != want {
		t.Errorf("Trace = %q, want %q", got, want)
	}
}
