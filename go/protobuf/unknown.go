package protobuf

import (
	"google.golang.org/protobuf/encoding/protowire"

	"testingkit.dev/go/value"
)

// unknownFields returns the unknown fields by number, each occurrence in its shortest encoding.
func unknownFields(octets []byte) []value.UnknownField {
	encoded := map[protowire.Number][]byte{}
	for len(octets) > 0 {
		number, wireType, size := protowire.ConsumeTag(octets)
		octets = octets[size:]
		size = protowire.ConsumeFieldValue(number, wireType, octets)
		encoded[number] = appendField(encoded[number], number, wireType, octets[:size])
		octets = octets[size:]
	}
	found := make([]value.UnknownField, 0, len(encoded))
	for number, octets := range encoded {
		found = append(found, value.UnknownField{Number: int32(number), Encoded: octets})
	}
	return found
}

// appendField appends a field with valid contents.
func appendField(encoded []byte, number protowire.Number, wireType protowire.Type, octets []byte) []byte {
	encoded = protowire.AppendTag(encoded, number, wireType)
	switch wireType {
	case protowire.VarintType:
		contents, _ := protowire.ConsumeVarint(octets)
		return protowire.AppendVarint(encoded, contents)
	case protowire.BytesType:
		contents, _ := protowire.ConsumeBytes(octets)
		return protowire.AppendBytes(encoded, contents)
	case protowire.StartGroupType:
		contents, _ := protowire.ConsumeGroup(number, octets)
		for len(contents) > 0 {
			inner, innerType, size := protowire.ConsumeTag(contents)
			contents = contents[size:]
			size = protowire.ConsumeFieldValue(inner, innerType, contents)
			encoded = appendField(encoded, inner, innerType, contents[:size])
			contents = contents[size:]
		}
		return protowire.AppendTag(encoded, number, protowire.EndGroupType)
	default:
		return append(encoded, octets...)
	}
}
