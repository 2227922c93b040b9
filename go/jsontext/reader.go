package jsontext

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf16"

	"testingkit.dev/go/value"
)

// end is what peek returns at the end of the text. It is not an octet of UTF-8.
const end = 0xFF

// words has the words of JSON by their first octet.
var words = map[byte]struct {
	text  string
	value value.Value
}{
	't': {"true", value.Bool(true)},
	'f': {"false", value.Bool(false)},
	'n': {"null", value.Null{}},
}

// escapes has the octets of the escapes with one letter.
var escapes = map[byte]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// reader reads a text from its start to its end.
type reader struct {
	text string
	at   int
}

func (r *reader) fail(reason Reason) *Error {
	return &Error{Offset: r.at, Reason: reason}
}

// unexpected returns the error that the grammar does not allow the next character, or the end.
func (r *reader) unexpected() *Error {
	return r.endOr(UnexpectedCharacter, r.at)
}

// endOr returns the error at the end of the text, or another one before it.
func (r *reader) endOr(reason Reason, offset int) *Error {
	if r.at >= len(r.text) {
		return r.fail(UnexpectedEnd)
	}
	return &Error{Offset: offset, Reason: reason}
}

func (r *reader) peek() byte {
	if r.at >= len(r.text) {
		return end
	}
	return r.text[r.at]
}

// take reads an octet if it is the next one.
func (r *reader) take(octet byte) bool {
	if r.peek() != octet {
		return false
	}
	r.at++
	return true
}

// expect reads an octet, or fails if it is not the next one.
func (r *reader) expect(octet byte) *Error {
	if !r.take(octet) {
		return r.unexpected()
	}
	return nil
}

func (r *reader) skipSpace() {
	for strings.IndexByte(" \t\n\r", r.peek()) >= 0 {
		r.at++
	}
}

// value reads a value with the whitespace before it. It never goes deeper than the limit.
func (r *reader) value(level int) (value.Value, *Error) {
	r.skipSpace()
	first := r.peek()
	if strings.IndexByte(`{["-0123456789tfn`, first) < 0 {
		return nil, r.unexpected()
	}
	if level > value.MaxDepth {
		return nil, r.fail(TooDeep)
	}
	switch first {
	case '{':
		return r.object(level)
	case '[':
		return r.array(level)
	case '"':
		text, err := r.quoted()
		return value.Text(text), err
	case 't', 'f', 'n':
		return r.word(words[first].text, words[first].value)
	default:
		return r.number()
	}
}

func (r *reader) word(word string, v value.Value) (value.Value, *Error) {
	for _, octet := range []byte(word) {
		if err := r.expect(octet); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func (r *reader) array(level int) (value.Value, *Error) {
	items := value.List{}
	err := r.parts(']', func() *Error {
		item, err := r.value(level + 1)
		items = append(items, item)
		return err
	})
	return items, err
}

func (r *reader) object(level int) (value.Value, *Error) {
	var entries []value.Entry
	known := map[string]bool{}
	err := r.parts('}', func() *Error {
		entry, err := r.entry(level+1, known)
		entries = append(entries, entry)
		return err
	})
	if err != nil {
		return nil, err
	}
	object, _ := value.MapOf(entries...) // No two keys are equal, and no part is too deep.
	return object, nil
}

// parts reads an array or object with the octets around it. It calls part for each item or entry.
func (r *reader) parts(last byte, part func() *Error) *Error {
	r.at++
	r.skipSpace()
	if r.take(last) {
		return nil
	}
	for {
		if err := part(); err != nil {
			return err
		}
		r.skipSpace()
		if !r.take(',') {
			return r.expect(last)
		}
	}
}

func (r *reader) entry(level int, known map[string]bool) (value.Entry, *Error) {
	r.skipSpace()
	start := r.at
	if r.peek() != '"' {
		return value.Entry{}, r.unexpected()
	}
	if level > value.MaxDepth {
		return value.Entry{}, r.fail(TooDeep)
	}
	key, err := r.quoted()
	if err != nil {
		return value.Entry{}, err
	}
	if known[key] {
		return value.Entry{}, &Error{Offset: start, Reason: DuplicateKey}
	}
	known[key] = true
	r.skipSpace()
	if err := r.expect(':'); err != nil {
		return value.Entry{}, err
	}
	v, err := r.value(level)
	return value.Entry{Key: value.Text(key), Value: v}, err
}

func (r *reader) number() (value.Value, *Error) {
	start := r.at
	r.take('-')
	var digits int
	if r.take('0') {
		digits = 1
	} else if err := r.digits(&digits); err != nil {
		return nil, err
	}
	isFloat := r.take('.')
	if isFloat {
		if err := r.digits(&digits); err != nil {
			return nil, err
		}
	}
	if r.take('e') || r.take('E') {
		isFloat = true
		if !r.take('+') {
			r.take('-')
		}
		if err := r.digits(new(int)); err != nil {
			return nil, err
		}
	}
	v, ok := numberOf(r.text[start:r.at], digits, isFloat)
	if !ok {
		return nil, &Error{Offset: start, Reason: NumberOutOfRange}
	}
	return v, nil
}

// digits reads at least one digit, and adds their number to count.
func (r *reader) digits(count *int) *Error {
	start := r.at
	for '0' <= r.peek() && r.peek() <= '9' {
		r.at++
	}
	if r.at == start {
		return r.unexpected()
	}
	*count += r.at - start
	return nil
}

// numberOf returns the number of a text with so many digits before the exponent; ok reports whether it
// is in range.
func numberOf(text string, digits int, isFloat bool) (v value.Value, ok bool) {
	if digits > value.MaxIntDigits {
		return nil, false
	}
	if isFloat {
		number, err := strconv.ParseFloat(text, 64)
		return value.Float(number), err == nil
	}
	number, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return nil, false
	}
	v, err := value.IntOf(number)
	return v, err == nil
}

func (r *reader) quoted() (string, *Error) {
	var text strings.Builder
	for r.at++; !r.take('"'); {
		switch octet := r.peek(); {
		case octet == '\\':
			char, err := r.escaped()
			if err != nil {
				return "", err
			}
			text.WriteRune(char)
		case octet < ' ' || octet == end:
			return "", r.endOr(ControlCharacter, r.at)
		default:
			text.WriteByte(octet)
			r.at++
		}
	}
	return text.String(), nil
}

// escaped reads an escape, and both of a pair of surrogates.
func (r *reader) escaped() (rune, *Error) {
	start := r.at
	r.at++
	if !r.take('u') {
		char, ok := escapes[r.peek()]
		if !ok {
			return 0, r.endOr(BadEscape, start)
		}
		r.at++
		return rune(char), nil
	}
	char, ok := r.unit()
	if !ok {
		return 0, r.endOr(BadEscape, start)
	}
	if !utf16.IsSurrogate(char) {
		return char, nil
	}
	if r.take('\\') && r.take('u') {
		if low, ok := r.unit(); ok && utf16.DecodeRune(char, low) != '\uFFFD' {
			return utf16.DecodeRune(char, low), nil
		}
	}
	return 0, &Error{Offset: start, Reason: LoneSurrogate}
}

// unit reads the four digits of an escape; ok is false at the first one that is missing.
func (r *reader) unit() (char rune, ok bool) {
	for range 4 {
		digit := strings.IndexByte("0123456789abcdef", lower(r.peek()))
		if digit < 0 {
			return 0, false
		}
		char = char<<4 | rune(digit)
		r.at++
	}
	return char, true
}

func lower(octet byte) byte {
	if 'A' <= octet && octet <= 'Z' {
		return octet - 'A' + 'a'
	}
	return octet
}
