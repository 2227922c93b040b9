package value

import (
	"encoding/binary"
	"math"
	"math/big"
	"slices"
)

// nanBits are the bits of every NaN.
const nanBits = 0x7ff8000000000000

// hasParts reports whether a value of this kind has parts that are compared one by one. An error
// has causes, but two related errors are the same.
func hasParts(kind Kind) bool {
	switch kind {
	case KindList, KindSet, KindMap, KindRecord, KindMessage, KindOutcome:
		return true
	default:
		return false
	}
}

// appendContent appends what the relation compares of a value without parts. Two such values relate
// if and only if the same bytes are appended.
func (r Relation) appendContent(key []byte, v Value) []byte {
	key = append(key, byte(v.Kind()))
	switch v := v.(type) {
	case Bool:
		return append(key, byte(1+compareBools(bool(v), false)))
	case Int:
		return appendInt(key, v.Big())
	case Float:
		return r.appendFloat(key, float64(v))
	case Text:
		return append(key, v...)
	case Bytes:
		return append(key, v...)
	case Time:
		return r.appendTime(key, v)
	case Duration:
		return binary.AppendVarint(key, int64(v))
	case Enum:
		return binary.AppendVarint(appendText(key, v.Type), int64(v.Number))
	case Error:
		return appendError(key, v)
	default:
		return key // Null
	}
}

func appendInt(key []byte, number *big.Int) []byte {
	key = append(key, byte(1+number.Sign()))
	end := len(key) + (number.BitLen()+7)/8
	key = slices.Grow(key, end-len(key))
	number.FillBytes(key[len(key):end])
	return key[:end]
}

func (r Relation) appendFloat(key []byte, number float64) []byte {
	switch {
	case math.IsNaN(number):
		return binary.BigEndian.AppendUint64(key, nanBits)
	case r == Equivalence && number == math.Trunc(number) && !math.IsInf(number, 0):
		exact, _ := big.NewFloat(number).Int(nil)
		return appendInt(append(key[:len(key)-1], byte(KindInt)), exact)
	case r != Identity && number == 0:
		return binary.BigEndian.AppendUint64(key, 0)
	default:
		return binary.BigEndian.AppendUint64(key, math.Float64bits(number))
	}
}

func (r Relation) appendTime(key []byte, v Time) []byte {
	key = binary.AppendVarint(binary.AppendVarint(key, v.Seconds), int64(v.Nanos))
	if r == Identity {
		key = binary.AppendVarint(key, int64(v.UTCOffsetSeconds))
	}
	return key
}

func appendError(key []byte, v Error) []byte {
	key = binary.AppendVarint(appendText(appendText(key, v.Type), v.Message), int64(v.Code))
	key = appendNumber(key, len(v.Causes))
	for _, cause := range v.Causes {
		key = appendError(key, cause)
	}
	return key
}

func appendText(key []byte, text string) []byte {
	return append(appendNumber(key, len(text)), text...)
}

func appendNumber(key []byte, number int) []byte {
	return binary.AppendUvarint(key, uint64(number))
}

// appendDistinct appends numbers as a set: sorted, each once.
func appendDistinct(key []byte, numbers []int) []byte {
	slices.Sort(numbers)
	for _, number := range slices.Compact(numbers) {
		key = appendNumber(key, number)
	}
	return key
}
