package kitrunner

import (
	"context"
	"errors"
	"slices"
	"sync"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/events"
	"testingkit.dev/go/value"
)

const maxThreads = 16

// eventsService plays scripts on recorders of package events.
type eventsService struct {
	kitv1.UnimplementedEventsServiceServer
}

// Record plays a script on a new recorder and returns what it recorded.
func (eventsService) Record(_ context.Context, request *kitv1.RecordRequest) (*kitv1.RecordResponse, error) {
	var recorder events.Recorder
	response := &kitv1.RecordResponse{}
	for index, step := range request.GetSteps() {
		err := play(&recorder, step)
		var refused *value.ConversionError
		switch {
		case errors.As(err, &refused):
			response.Refusals = append(response.Refusals, &kitv1.RecordResponse_Refusal{
				Step: uint32(index),
				Code: errorCodes[refused.Code],
			})
		case err != nil:
			return nil, err
		}
	}
	recorded := recorder.Events()
	for _, event := range recorded {
		response.Events = append(response.Events, eventToProto(event))
	}
	response.Trace = events.Trace(recorded)
	return response, nil
}

// play plays one step. Its error is a *value.ConversionError where the step is refused, and the
// status of the whole call where a value is malformed.
func play(recorder *events.Recorder, step *kitv1.RecordRequest_Step) error {
	switch action := step.GetAction().(type) {
	case *kitv1.RecordRequest_Step_Record:
		return recordEvent(recorder, action.Record)
	case *kitv1.RecordRequest_Step_RecordThenMutate:
		return recordThenMutate(recorder, action.RecordThenMutate)
	case *kitv1.RecordRequest_Step_Clear:
		recorder.Clear()
		return nil
	case *kitv1.RecordRequest_Step_Burst:
		return burst(recorder, int(action.Burst.GetThreads()))
	default:
		return value.NewError(value.BadArgument)
	}
}

func recordEvent(recorder *events.Recorder, event *kitv1.NewEvent) error {
	var fields []events.Field
	for _, field := range event.GetFields() {
		v, err := read(field.GetValue())
		if err != nil {
			return err
		}
		fields = append(fields, events.Field{Name: field.GetName(), Value: v})
	}
	_, err := recorder.Record(event.GetKind(), fields...)
	return err
}

// recordThenMutate records a pointer to the list: appending would not show through a plain slice.
func recordThenMutate(recorder *events.Recorder, event *kitv1.RecordThenMutate) error {
	native := slices.Clone(event.GetItems())
	_, err := recorder.Record(event.GetKind(), events.Field{Name: "items", Value: &native})
	native = append(native, "late")
	return err
}

// burst records one event from each of so many goroutines, which wait for each other before they do.
func burst(recorder *events.Recorder, count int) error {
	if count > maxThreads {
		return value.NewError(value.BadArgument)
	}
	var ready, done sync.WaitGroup
	errs := make([]error, count)
	ready.Add(count)
	done.Add(count)
	for i := range count {
		go func() {
			defer done.Done()
			ready.Done()
			ready.Wait()
			_, errs[i] = recorder.Record("tick")
		}()
	}
	done.Wait()
	return errors.Join(errs...)
}

func eventToProto(event events.Event) *kitv1.Event {
	message := &kitv1.Event{Seq: event.Seq, Kind: event.Kind}
	for _, field := range event.Fields {
		message.Fields = append(message.Fields, &kitv1.EventField{
			Name: field.Name, Value: toProto(field.Value),
		})
	}
	return message
}
