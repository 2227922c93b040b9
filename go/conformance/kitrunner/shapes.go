package kitrunner

import (
	"testingkit.dev/go/assertions"
	kitv1 "testingkit.dev/go/conformance/gen/testingkit/kit/v1"
)

// shapeFromProto returns a shape. One that is not set is read as a value that is not set.
func shapeFromProto(message *kitv1.Shape) (assertions.Shape, error) {
	switch kind := message.GetKind().(type) {
	case *kitv1.Shape_Any:
		return assertions.AnyShape{}, nil
	case *kitv1.Shape_Check:
		check, err := assertionFromProto(kind.Check)
		return assertions.CheckShape{Check: check}, err
	case *kitv1.Shape_List:
		return listShapeFromProto(kind.List)
	case *kitv1.Shape_Map:
		return mapShapeFromProto(kind.Map)
	case *kitv1.Shape_Record:
		return recordShapeFromProto(kind.Record)
	default:
		wanted, err := read(message.GetValue())
		return assertions.ValueShape{Value: wanted}, err
	}
}

func listShapeFromProto(message *kitv1.ListShape) (assertions.Shape, error) {
	items := assertions.ListShape{}
	for _, item := range message.GetItems() {
		shape, err := shapeFromProto(item)
		if err != nil {
			return nil, err
		}
		items = append(items, shape)
	}
	return items, nil
}

func mapShapeFromProto(message *kitv1.MapShape) (assertions.Shape, error) {
	shape := assertions.MapShape{Open: message.GetOpen()}
	for _, entry := range message.GetEntries() {
		key, err := read(entry.GetKey())
		if err != nil {
			return nil, err
		}
		part, err := shapeFromProto(entry.GetValue())
		if err != nil {
			return nil, err
		}
		shape.Entries = append(shape.Entries, assertions.ShapeEntry{Key: key, Shape: part})
	}
	return shape, nil
}

func recordShapeFromProto(message *kitv1.RecordShape) (assertions.Shape, error) {
	shape := assertions.RecordShape{Name: message.GetName()}
	for _, field := range message.GetFields() {
		part, err := shapeFromProto(field.GetValue())
		if err != nil {
			return nil, err
		}
		shape.Fields = append(shape.Fields, assertions.ShapeField{Name: field.GetName(), Shape: part})
	}
	return shape, nil
}
