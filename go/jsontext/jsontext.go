// Package jsontext is a strict reader of JSON. The rules are in docs/kit/jsontext.md.
package jsontext

import (
	"fmt"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

// Reason is why a text is not JSON.
type Reason string

// The reasons.
const (
	NotUTF8             Reason = "not_utf8"
	ByteOrderMark       Reason = "byte_order_mark"
	UnexpectedEnd       Reason = "unexpected_end"
	UnexpectedCharacter Reason = "unexpected_character"
	TrailingText        Reason = "trailing_text"
	ControlCharacter    Reason = "control_character"
	BadEscape           Reason = "bad_escape"
	LoneSurrogate       Reason = "lone_surrogate"
	DuplicateKey        Reason = "duplicate_key"
	NumberOutOfRange    Reason = "number_out_of_range"
	TooDeep             Reason = "too_deep"
)

// Error reports that a text is not JSON.
type Error struct {
	// Offset is the number of octets before the error.
	Offset int
	// Reason is why the text is not JSON.
	Reason Reason
}

// Error returns the reason and the offset.
func (e *Error) Error() string {
	return fmt.Sprintf("%s at offset %d", string(e.Reason), e.Offset)
}

const byteOrderMark = "\ufeff"

// Read returns the value of a JSON text. The error is an [*Error].
func Read[T string | []byte](text T) (value.Value, error) {
	r := reader{text: string(text)}
	v, err := r.read()
	if err != nil {
		return nil, err
	}
	return v, nil
}

// read reads the whole text.
func (r *reader) read() (value.Value, *Error) {
	if offset := invalidUTF8(r.text); offset >= 0 {
		return nil, &Error{Offset: offset, Reason: NotUTF8}
	}
	if len(r.text) >= len(byteOrderMark) && r.text[:len(byteOrderMark)] == byteOrderMark {
		return nil, r.fail(ByteOrderMark)
	}
	v, err := r.value(1)
	if err != nil {
		return nil, err
	}
	r.skipSpace()
	if r.at < len(r.text) {
		return nil, r.fail(TrailingText)
	}
	return v, nil
}

// invalidUTF8 returns the offset of the first code point that is not validly encoded, or -1.
func invalidUTF8(text string) int {
	for offset, char := range text {
		if char != utf8.RuneError {
			continue
		}
		if _, size := utf8.DecodeRuneInString(text[offset:]); size == 1 {
			return offset
		}
	}
	return -1
}
