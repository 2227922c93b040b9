package assertions

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash/crc32"
	"math"
	"strings"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

var octetRules = rules{
	"contains_bytes":    {body: passesIf(octets(bytes.Contains))},
	"starts_with_bytes": {body: passesIf(octets(bytes.HasPrefix))},
	"ends_with_bytes":   {body: passesIf(octets(bytes.HasSuffix))},
	"has_byte_at":       {demand: demandOctet, body: hasByteAt},
	"is_valid_utf8":     {body: isValidUTF8},
	"decodes_to_text":   {body: decodesToText},
	"hex_equals":        {demand: demandHex, body: hexEquals},
	"has_sha256":        {demand: demandSHA256, body: hasSHA256},
	"has_crc32":         {demand: demandCRC32, body: hasCRC32},
}

// octets returns the predicate that holds for the actual value and the first argument, which are
// bytes.
func octets(holds func(actual, argument []byte) bool) predicate {
	return func(actual value.Value, arguments []value.Value) bool {
		return holds(octetsOf(actual), octetsOf(arguments[0]))
	}
}

// octetsOf returns the octets in a value. The entry allows no other kind.
func octetsOf(v value.Value) []byte {
	octets, _ := v.(value.Bytes)
	return octets
}

// demandUpTo requires a number from 0 to most.
func demandUpTo(most int64, number value.Value) value.ErrorCode {
	if value.CompareNumbers(number, value.Int{}) < 0 ||
		value.CompareNumbers(number, value.NewInt(most)) > 0 {
		return value.BadArgument
	}
	return ""
}

func demandOctet(arguments []value.Value) value.ErrorCode {
	return demandUpTo(math.MaxUint8, arguments[1])
}

func hasByteAt(actual value.Value, arguments []value.Value) finding {
	octet, ok := octetAt(octetsOf(actual), arguments[0])
	if !ok {
		return finding{}
	}
	return finding{
		passed:  value.Equal(value.NewInt(int64(octet)), arguments[1]),
		details: intDetail("byte", int(octet)),
	}
}

// octetAt returns the octet at an index, which counts from the end if it is negative; ok reports
// whether there is one.
func octetAt(octets []byte, index value.Value) (octet byte, ok bool) {
	number, _ := index.(value.Int)
	if !number.Big().IsInt64() {
		return 0, false
	}
	place, size := number.Big().Int64(), int64(len(octets))
	if place < 0 {
		place += size
	}
	if place < 0 || place >= size {
		return 0, false
	}
	return octets[place], true
}

func isValidUTF8(actual value.Value, _ []value.Value) finding {
	octets := octetsOf(actual)
	offset := 0
	for offset < len(octets) {
		point, size := utf8.DecodeRune(octets[offset:])
		if point == utf8.RuneError && size == 1 {
			return finding{details: intDetail("offset", offset)}
		}
		offset += size
	}
	return finding{passed: true}
}

func decodesToText(actual value.Value, arguments []value.Value) finding {
	octets, text := octetsOf(actual), textOf(arguments[0])
	offset := 0
	for offset < min(len(octets), len(text)) && octets[offset] == text[offset] {
		offset++
	}
	return finding{passed: string(octets) == text, details: intDetail("offset", offset)}
}

// demandHex requires two hexadecimal digits an octet.
func demandHex(arguments []value.Value) value.ErrorCode {
	if _, err := hex.DecodeString(textOf(arguments[0])); err != nil {
		return value.BadArgument
	}
	return ""
}

func hexEquals(actual value.Value, arguments []value.Value) finding {
	return comparedInHex("hex", octetsOf(actual), arguments[0])
}

// demandSHA256 requires the hexadecimal digits of a digest.
func demandSHA256(arguments []value.Value) value.ErrorCode {
	if len(textOf(arguments[0])) != hex.EncodedLen(sha256.Size) {
		return value.BadArgument
	}
	return demandHex(arguments)
}

func hasSHA256(actual value.Value, arguments []value.Value) finding {
	digest := sha256.Sum256(octetsOf(actual))
	return comparedInHex("digest", digest[:], arguments[0])
}

// comparedInHex returns the finding of octets with hexadecimal digits in upper or lower case.
func comparedInHex(detail string, octets []byte, digits value.Value) finding {
	own := hex.EncodeToString(octets)
	return finding{
		passed:  own == strings.ToLower(textOf(digits)),
		details: textDetail(detail, own),
	}
}

func demandCRC32(arguments []value.Value) value.ErrorCode {
	return demandUpTo(math.MaxUint32, arguments[0])
}

func hasCRC32(actual value.Value, arguments []value.Value) finding {
	digest := value.NewInt(int64(crc32.ChecksumIEEE(octetsOf(actual))))
	return finding{
		passed:  value.Equal(digest, arguments[0]),
		details: []Detail{{Name: "digest", Value: digest}},
	}
}
