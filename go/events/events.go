// Package events has a recorder of what happened, and its trace as text. The rules are in
// docs/kit/events.md.
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

var namePattern = regexp.MustCompile(`\A[a-z][a-z0-9_]*\z`)

// Event is one recorded event.
type Event struct {
	// Seq is its sequence number.
	Seq uint64
	// Kind is its kind.
	Kind string
	// Fields are its fields, in order.
	Fields []value.Field
}

// Field is one field of an event to record, with a native value.
type Field struct {
	// Name is unique in its event.
	Name string
	// Value is converted when the event is recorded.
	Value any
}

// Recorder records events, from any number of goroutines, in one sequence. The zero Recorder is
// ready for use.
type Recorder struct {
	mutex   sync.Mutex
	lastSeq uint64
	events  []Event
}

// Record records an event and returns it.
//
// Values are converted now, so that what happens to them later does not show. The error is a
// *value.ConversionError: bad_argument for a kind or field name that is none, or a name given twice;
// the code of the conversion for a value that does not convert.
func (r *Recorder) Record(kind string, fields ...Field) (Event, error) {
	converted, err := convert(kind, fields)
	if err != nil {
		return Event{}, err
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.lastSeq++
	event := Event{Seq: r.lastSeq, Kind: kind, Fields: converted}
	r.events = append(r.events, event)
	return event, nil
}

// Clear removes all events. Sequence numbers go on.
func (r *Recorder) Clear() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.events = nil
}

// Events are the events that are there now, by sequence number.
func (r *Recorder) Events() []Event {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Clone(r.events)
}

// Trace is the events as text: one line each, ended by LF.
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

func convert(kind string, fields []Field) ([]value.Field, error) {
	wellFormed := namePattern.MatchString(kind)
	names := make(map[string]struct{}, len(fields))
	for _, field := range fields {
		wellFormed = wellFormed && namePattern.MatchString(field.Name)
		names[field.Name] = struct{}{}
	}
	if !wellFormed || len(names) != len(fields) {
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
