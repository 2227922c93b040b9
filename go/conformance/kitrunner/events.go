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

// maxThreads is the largest number of goroutines of a burst.
const maxThreads = 16

// eventsService implements EventsService with package events.
type eventsService struct {
	kitv1.UnimplementedEventsServiceServer
}

// Record runs the steps of a script on a new recorder, and returns the recorded events and the
// refused steps.
func (eventsService) Record(_ context.Context, request *kitv1.RecordRequest) (*kitv1.RecordResponse, error) {
	var recorder events.Recorder
	response := &kitv1.RecordResponse{}
	for i, step := range request.GetSteps() {
		err := runStep(&recorder, step)
		var conversion *value.ConversionError
		switch {
		case errors.As(err, &conversion):
			response.Refusals = append(response.Refusals, &kitv1.RecordResponse_Refusal{
				Step: uint32(i),
				Code: errorCodes[conversion.Code],
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

// runStep runs one step. Its error is a *value.ConversionError if the recorder refuses the step,
// and the status of the whole call if a value is malformed.
func runStep(recorder *events.Recorder, step *kitv1.RecordRequest_Step) error {
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
		return value.NewConversionError(value.BadArgument)
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

// recordThenMutate records a list and appends to it afterwards. It records a pointer to the list,
// because a recorder that kept the slice itself would not see the appended item.
func recordThenMutate(recorder *events.Recorder, event *kitv1.RecordThenMutate) error {
	native := slices.Clone(event.GetItems())
	_, err := recorder.Record(event.GetKind(), events.Field{Name: "items", Value: &native})
	native = append(native, "late")
	return err
}

// burst records one event from each of count goroutines, which all wait until the last one has
// started.
func burst(recorder *events.Recorder, count int) error {
	if count > maxThreads {
		return value.NewConversionError(value.BadArgument)
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
