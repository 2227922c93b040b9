// Package events records events and writes them as a trace.
//
// A [Recorder] numbers the events of all goroutines in one sequence, and [Trace] returns them as
// text. The rules are in docs/kit/events.md.
package events

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

// namePattern matches the kind of an event and the name of a field.
var namePattern = regexp.MustCompile(`\A[a-z][a-z0-9_]*\z`)

// Event is one recorded event.
type Event struct {
	// Seq is the sequence number of the event, from 1.
	Seq uint64
	// Kind is the kind of the event, such as "call".
	Kind string
	// Fields are the fields of the event, in the order in which they were given.
	Fields []value.Field
}

// Field is one field of an event to record.
type Field struct {
	// Name is unique in its event.
	Name string
	// Value is a native value. It is converted when the event is recorded.
	Value any
}

// Recorder records events in one sequence. It is safe for use by several goroutines. The zero
// Recorder is ready to use.
type Recorder struct {
	mu      sync.Mutex
	lastSeq uint64
	events  []Event
}

// Record records an event and returns it. It converts the values at once, so that later changes to
// them do not show.
//
// The error is a [value.ConversionError]. Its code is [value.BadArgument] if a name is not valid or
// is given twice, and otherwise the code of the conversion that failed.
func (r *Recorder) Record(kind string, fields ...Field) (Event, error) {
	converted, err := convert(kind, fields)
	if err != nil {
		return Event{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lastSeq++
	event := Event{Seq: r.lastSeq, Kind: kind, Fields: converted}
	r.events = append(r.events, event)
	return event, nil
}

// Clear removes all events. It does not reset the sequence numbers.
func (r *Recorder) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = nil
}

// Events returns a copy of the recorded events, by sequence number.
func (r *Recorder) Events() []Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events)
}

// Trace returns the events as text: one line an event, each ending with LF.
func Trace(events []Event) string {
	var text strings.Builder
	for _, event := range events {
		fields := make([]string, 0, len(event.Fields))
		for _, field := range event.Fields {
			fields = append(fields, field.Name+": "+render.Canonical(field.Value))
		}
		fmt.Fprintf(&text, "%d %s(%s)\n", event.Seq, event.Kind, strings.Join(fields, ", "))
	}
	return text.String()
}

// convert checks the names of an event and converts its fields.
func convert(kind string, fields []Field) ([]value.Field, error) {
	valid := namePattern.MatchString(kind)
	names := make(map[string]struct{}, len(fields))
	for _, field := range fields {
		valid = valid && namePattern.MatchString(field.Name)
		names[field.Name] = struct{}{}
	}
	if !valid || len(names) != len(fields) {
		return nil, value.NewConversionError(value.BadArgument)
	}
	converted := make([]value.Field, 0, len(fields))
	for _, field := range fields {
		v, err := value.ToValue(field.Value)
		if err != nil {
			return nil, fmt.Errorf("field %s of the event %s: %w", field.Name, kind, err)
		}
		converted = append(converted, value.Field{Name: field.Name, Value: v})
	}
	return converted, nil
}
