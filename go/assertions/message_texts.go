package assertions

import (
	"errors"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

// unknown takes the place of a value whose kind is not known. No message has it, so it equals nothing.
var unknown = value.Null{}

var textFloats = map[string]float64{
	"inf": math.Inf(1), "infinity": math.Inf(1), "nan": math.NaN(),
	"-inf": math.Inf(-1), "-infinity": math.Inf(-1), "-nan": math.NaN(),
}

func demandMessageText(arguments []value.Value) value.ErrorCode {
	_, code := readText(textOf(arguments[0]))
	return code
}

func protoMatchesText(actual value.Value, arguments []value.Value) finding {
	fields, code := readText(textOf(arguments[0]))
	if code != "" {
		return finding{code: code}
	}
	expected, code := messageFrom(fields, actual.(value.Message))
	if code != "" {
		return finding{code: code}
	}
	if !hasUnknown(expected) {
		return equal(actual, []value.Value{expected})
	}
	found, ok := firstDifference(actual, expected, value.Equality)
	if !ok {
		return finding{passed: true}
	}
	if found.right != nil && hasUnknown(found.right) {
		found.right = nil
	}
	return finding{details: found.details()}
}

func hasUnknown(v value.Value) bool {
	switch v := v.(type) {
	case value.Null:
		return true
	case value.Message:
		return slices.ContainsFunc(v.Record().Fields(), func(field value.Field) bool {
			return hasUnknown(field.Value)
		})
	case value.List:
		return slices.ContainsFunc(v, hasUnknown)
	case value.Map:
		return slices.ContainsFunc(v.Entries(), func(entry value.Entry) bool {
			return hasUnknown(entry.Value)
		})
	default:
		return false
	}
}

// messageFrom returns the message that a text describes, of the type of another one. The values of the
// other one, and the defaults of its type, give the kinds.
func messageFrom(text textFields, like value.Message) (message value.Message, code value.ErrorCode) {
	given, code := itemsByName(text, like.Type())
	if code != "" {
		return value.Message{}, code
	}
	values := map[string]value.Value{}
	for _, field := range like.Type().Fields {
		items := given[field.Name]
		if len(items) == 0 {
			continue
		}
		v, _ := like.Record().Get(field.Name)
		values[field.Name], code = fieldFrom(field, items, v)
		if code != "" {
			return value.Message{}, code
		}
	}
	message, err := value.MessageOf(like.Type(), values)
	return message, codeOf(err)
}

func codeOf(err error) value.ErrorCode {
	var failure *value.ConversionError
	if errors.As(err, &failure) {
		return failure.Code
	}
	return ""
}

// itemsByName returns what a text gives for each field. Only a repeated one can have more than one item,
// and only one field of a oneof any.
func itemsByName(text textFields, messageType *value.MessageType) (map[string][]textItem, value.ErrorCode) {
	given := map[string][]textItem{}
	for _, found := range text {
		field, ok := messageType.Field(found.name)
		_, isKnown := given[found.name]
		if !ok || (!isRepeated(field) && (found.isList || isKnown)) {
			return nil, value.BadArgument
		}
		given[found.name] = append(given[found.name], found.items...)
	}
	for _, oneof := range messageType.Oneofs {
		members := 0
		for _, name := range oneof.Members {
			if _, ok := given[name]; ok {
				members++
			}
		}
		if members > 1 {
			return nil, value.BadArgument
		}
	}
	return given, ""
}

func isRepeated(field value.MessageField) bool {
	switch field.Default.(type) {
	case value.List, value.Map:
		return true
	default:
		return false
	}
}

// fieldFrom returns the value that a text gives to a field, which has another one in the actual message,
// or nil if it is unset there.
func fieldFrom(field value.MessageField, items []textItem, v value.Value) (value.Value, value.ErrorCode) {
	switch field.Default.(type) {
	case value.List:
		return listFrom(field, items, v)
	case value.Map:
		return mapFrom(field, items, v)
	case nil:
		return innerFrom(items[0], v)
	default:
		likes := []value.Value{field.Default}
		if v != nil {
			likes = []value.Value{v, field.Default}
		}
		return kindOf(field, likes).read(items[0], likes[0])
	}
}

func innerFrom(item textItem, v value.Value) (value.Value, value.ErrorCode) {
	fields, ok := item.(textFields)
	if !ok {
		return nil, value.BadArgument
	}
	if like, ok := v.(value.Message); ok {
		return messageFrom(fields, like)
	}
	return unknown, ""
}

func listFrom(field value.MessageField, items []textItem, v value.Value) (value.Value, value.ErrorCode) {
	likes, _ := v.(value.List)
	if len(likes) == 0 {
		return unknown, ""
	}
	kind := kindOf(field, likes)
	list := make(value.List, len(items))
	for i, item := range items {
		like := likes[0]
		if i < len(likes) {
			like = likes[i]
		}
		var code value.ErrorCode
		if list[i], code = kind.read(item, like); code != "" {
			return nil, code
		}
	}
	return list, ""
}

func mapFrom(field value.MessageField, items []textItem, v value.Value) (value.Value, value.ErrorCode) {
	parts := make([]textEntry, len(items))
	for i, item := range items {
		var code value.ErrorCode
		if parts[i], code = entryFrom(item); code != "" {
			return nil, code
		}
	}
	likes, _ := v.(value.Map)
	if len(likes.Entries()) == 0 {
		return unknown, ""
	}
	first := likes.Entries()[0]
	partners := map[string]value.Value{}
	var values []value.Value
	for _, entry := range likes.Entries() {
		partners[keySegment(entry.Key)] = entry.Value
		values = append(values, entry.Value)
	}
	keys, kind := kindOf(field, []value.Value{first.Key}), kindOf(field, values)
	entries := make([]value.Entry, len(parts))
	for i, part := range parts {
		key, code := keys.read(part.key, first.Key)
		if code != "" {
			return nil, code
		}
		like, ok := partners[keySegment(key)]
		if !ok {
			like = first.Value
		}
		entries[i].Key = key
		if entries[i].Value, code = kind.read(part.value, like); code != "" {
			return nil, code
		}
	}
	found, err := value.MapOf(entries...)
	return found, codeOf(err)
}

// textEntry is an entry of a map; nil is a part that is left out.
type textEntry struct {
	key, value textItem
}

func entryFrom(item textItem) (entry textEntry, code value.ErrorCode) {
	fields, ok := item.(textFields)
	if !ok {
		return textEntry{}, value.BadArgument
	}
	parts := map[string]*textItem{"key": &entry.key, "value": &entry.value}
	for _, field := range fields {
		part, ok := parts[field.name]
		if !ok || *part != nil || field.isList {
			return textEntry{}, value.BadArgument
		}
		*part = field.items[0]
	}
	return entry, ""
}

// valueKind is what is known about the values of a field.
type valueKind struct {
	single   bool
	byName   map[string]value.Enum
	byNumber map[int32]value.Enum
}

// kindOf returns what some values of a field show.
func kindOf(field value.MessageField, likes []value.Value) valueKind {
	kind := valueKind{field.Single, map[string]value.Enum{}, map[int32]value.Enum{}}
	for _, like := range likes {
		member, ok := like.(value.Enum)
		if !ok {
			break
		}
		if _, ok := kind.byName[member.Name]; !ok {
			kind.byName[member.Name] = member
		}
		if _, ok := kind.byNumber[member.Number]; !ok {
			kind.byNumber[member.Number] = member
		}
	}
	return kind
}

// read returns the value of an item, of the kind of another value; its default for nil.
func (k valueKind) read(item textItem, like value.Value) (value.Value, value.ErrorCode) {
	if item == nil {
		return k.zero(like), ""
	}
	switch like := like.(type) {
	case value.Message:
		return innerFrom(item, like)
	case value.Enum:
		return k.enum(item, like)
	case value.Bool:
		word, ok := item.(textWord)
		if !ok || (word != "true" && word != "false") {
			return nil, value.BadArgument
		}
		return value.Bool(word == "true"), ""
	case value.Int:
		return intFrom(item)
	case value.Float:
		return k.float(item)
	case value.Text:
		octets, ok := item.(textOctets)
		if !ok || !utf8.ValidString(string(octets)) {
			return nil, value.BadArgument
		}
		return value.Text(octets), ""
	default:
		octets, ok := item.(textOctets)
		if !ok {
			return nil, value.BadArgument
		}
		return value.Bytes(octets), ""
	}
}

func (k valueKind) zero(like value.Value) value.Value {
	switch like := like.(type) {
	case value.Message:
		message, _ := value.MessageOf(like.Type(), nil) // Without values there is no error.
		return message
	case value.Enum:
		return k.member(like, 0)
	case value.Bool:
		return value.Bool(false)
	case value.Int:
		return value.NewInt(0)
	case value.Float:
		return value.Float(0)
	case value.Text:
		return value.Text("")
	default:
		return value.Bytes("")
	}
}

func (k valueKind) enum(item textItem, like value.Enum) (value.Value, value.ErrorCode) {
	switch item := item.(type) {
	case textNumber:
		number, ok := integerFrom(item)
		if !ok || !number.IsInt64() || int64(int32(number.Int64())) != number.Int64() {
			return nil, value.BadArgument
		}
		return k.member(like, int32(number.Int64())), ""
	case textWord:
		if strings.HasPrefix(string(item), "-") {
			return nil, value.BadArgument
		}
		if member, ok := k.byName[string(item)]; ok {
			return member, ""
		}
		return unknown, ""
	default:
		return nil, value.BadArgument
	}
}

func (k valueKind) member(like value.Enum, number int32) value.Enum {
	if member, ok := k.byNumber[number]; ok {
		return member
	}
	return value.Enum{Type: like.Type, Number: number}
}

func intFrom(item textItem) (value.Value, value.ErrorCode) {
	text, _ := item.(textNumber)
	number, ok := integerFrom(text)
	if !ok {
		return nil, value.BadArgument
	}
	found, err := value.IntOf(number)
	return found, codeOf(err)
}

// integerFrom returns an integer of 64 bits, with or without sign; ok is false for other numbers.
func integerFrom(text textNumber) (number *big.Int, ok bool) {
	if !text.isInteger() {
		return nil, false
	}
	digits, isNegative := strings.CutPrefix(string(text), "-")
	magnitude, err := strconv.ParseUint(digits, 0, 64)
	number = new(big.Int).SetUint64(magnitude)
	if isNegative {
		number.Neg(number)
	}
	return number, err == nil && number.Cmp(big.NewInt(math.MinInt64)) >= 0
}

func (k valueKind) float(item textItem) (value.Value, value.ErrorCode) {
	switch item := item.(type) {
	case textWord:
		number, ok := textFloats[strings.ToLower(string(item))]
		if !ok {
			return nil, value.BadArgument
		}
		return value.Float(number), ""
	case textNumber:
		number, err := strconv.ParseFloat(strings.TrimRight(string(item), "fF"), 64)
		if k.single {
			number = float64(float32(number))
		}
		if err != nil || !item.isDecimal() || math.IsInf(number, 0) {
			return nil, value.BadArgument
		}
		return value.Float(number), ""
	default:
		return nil, value.BadArgument
	}
}
