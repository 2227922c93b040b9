package kitrunner

import (
	"context"
	"errors"

	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
	"testingkit.dev/go/jsontext"
)

// jsonReasons has the enum value of each reason.
var jsonReasons = map[jsontext.Reason]kitv1.ReadJsonResponse_Reason{
	jsontext.NotUTF8:             kitv1.ReadJsonResponse_REASON_NOT_UTF8,
	jsontext.ByteOrderMark:       kitv1.ReadJsonResponse_REASON_BYTE_ORDER_MARK,
	jsontext.UnexpectedEnd:       kitv1.ReadJsonResponse_REASON_UNEXPECTED_END,
	jsontext.UnexpectedCharacter: kitv1.ReadJsonResponse_REASON_UNEXPECTED_CHARACTER,
	jsontext.TrailingText:        kitv1.ReadJsonResponse_REASON_TRAILING_TEXT,
	jsontext.ControlCharacter:    kitv1.ReadJsonResponse_REASON_CONTROL_CHARACTER,
	jsontext.BadEscape:           kitv1.ReadJsonResponse_REASON_BAD_ESCAPE,
	jsontext.LoneSurrogate:       kitv1.ReadJsonResponse_REASON_LONE_SURROGATE,
	jsontext.DuplicateKey:        kitv1.ReadJsonResponse_REASON_DUPLICATE_KEY,
	jsontext.NumberOutOfRange:    kitv1.ReadJsonResponse_REASON_NUMBER_OUT_OF_RANGE,
	jsontext.TooDeep:             kitv1.ReadJsonResponse_REASON_TOO_DEEP,
}

// jsontextService implements JsontextService with package jsontext.
type jsontextService struct {
	kitv1.UnimplementedJsontextServiceServer
}

// ReadJson returns the value of a JSON text, or why it is not one.
func (jsontextService) ReadJson(_ context.Context, request *kitv1.ReadJsonRequest) (*kitv1.ReadJsonResponse, error) {
	v, err := jsontext.Read(request.GetText())
	var failed *jsontext.Error
	switch {
	case errors.As(err, &failed):
		return &kitv1.ReadJsonResponse{Outcome: &kitv1.ReadJsonResponse_Error{
			Error: &kitv1.ReadJsonResponse_JsonError{
				Offset: uint32(failed.Offset), //nolint:gosec // At most the length of the request.
				Reason: jsonReasons[failed.Reason],
			},
		}}, nil
	case err != nil:
		return nil, err
	default:
		return &kitv1.ReadJsonResponse{Outcome: &kitv1.ReadJsonResponse_Value{Value: toProto(v)}}, nil
	}
}
