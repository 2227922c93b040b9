package paths

import (
	"fmt"
	"unicode/utf8"
)

const (
	maxIndexDigits = 15
	maxHexDigits   = 6
)

// escapes has the code points of the escapes with one letter.
var escapes = map[rune]rune{'"': '"', '\\': '\\', 'n': '\n', 'r': '\r', 't': '\t'}

// BadPathError reports that a text is not a path.
type BadPathError struct {
	// Index is that of the first code point at which the text is no longer the start of a path.
	Index int
}

// Error returns the error with its index.
func (e *BadPathError) Error() string {
	return fmt.Sprintf("not a path from index %d on", e.Index)
}

// Parse returns the path that a text is. The error is a [*BadPathError].
func Parse(text string) (Path, error) {
	r := reader{text: []rune(text)}
	r.expect('$')
	path := Path{}
	for !r.failed && r.at < len(r.text) {
		path = append(path, r.step())
	}
	if r.failed {
		return nil, &BadPathError{Index: r.at}
	}
	return path, nil
}

// reader reads a path from its start to its end. After the first failure nothing more is read, so that
// at stays its index.
type reader struct {
	text   []rune
	at     int
	failed bool
}

// peek returns the next code point, or -1 at the end and after a failure.
func (r *reader) peek() rune {
	if r.failed || r.at >= len(r.text) {
		return -1
	}
	return r.text[r.at]
}

// take reads a code point if it is the next one.
func (r *reader) take(char rune) bool {
	if r.peek() != char {
		return false
	}
	r.at++
	return true
}

// expect reads a code point, or fails if it is not the next one.
func (r *reader) expect(char rune) {
	if !r.take(char) {
		r.failed = true
	}
}

func (r *reader) step() Step {
	switch {
	case r.take('.'):
		return r.identifier()
	case r.take('{'):
		return r.key()
	}
	r.expect('[')
	var step Step
	if r.take('"') {
		step = r.quoted()
	} else {
		step = r.index()
	}
	r.expect(']')
	return step
}

func (r *reader) identifier() Name {
	start := r.at
	for isLetter(r.peek()) || (isDigit(r.peek()) && r.at > start) {
		r.at++
	}
	if r.at == start {
		r.failed = true
	}
	return Name(r.text[start:r.at])
}

func (r *reader) index() Index {
	var index Index
	start := r.at
	for isDigit(r.peek()) && r.at-start < maxIndexDigits && (r.at == start || index > 0) {
		index = index*10 + Index(r.peek()-'0')
		r.at++
	}
	if r.at == start {
		r.failed = true
	}
	return index
}

func isDigit(char rune) bool {
	return '0' <= char && char <= '9'
}

func isLetter(char rune) bool {
	return char == '_' || ('a' <= char && char <= 'z') || ('A' <= char && char <= 'Z')
}

// quoted reads the rest of a quoted text.
func (r *reader) quoted() Name {
	var text []rune
	for !r.failed && !r.take('"') {
		switch char := r.peek(); char {
		case -1:
			r.failed = true
		case '\\':
			r.at++
			text = append(text, r.escaped())
		default:
			r.at++
			text = append(text, char)
		}
	}
	return Name(text)
}

// escaped reads the rest of an escape.
func (r *reader) escaped() rune {
	if r.take('u') {
		return r.codePoint()
	}
	char, ok := escapes[r.peek()]
	if !ok {
		r.failed = true
		return 0
	}
	r.at++
	return char
}

// codePoint reads the rest of an escaped code point.
func (r *reader) codePoint() rune {
	r.expect('{')
	start := r.at
	var char rune
	for digit := hexDigit(r.peek()); digit >= 0; digit = hexDigit(r.peek()) {
		char = char<<4 | digit
		digits := r.at - start + 1
		if digits > maxHexDigits || (digits == maxHexDigits && !utf8.ValidRune(char)) {
			r.failed = true
			return 0
		}
		r.at++
	}
	// Without a digit, or a surrogate, which one more digit could still change.
	if r.at == start || !utf8.ValidRune(char) {
		r.failed = true
	}
	r.expect('}')
	return char
}

// hexDigit returns the number of a hexadecimal digit, or -1 for every other code point.
func hexDigit(char rune) rune {
	switch {
	case isDigit(char):
		return char - '0'
	case 'a' <= char && char <= 'f':
		return char - 'a' + 10
	case 'A' <= char && char <= 'F':
		return char - 'A' + 10
	default:
		return -1
	}
}

// key reads the rest of a key in braces.
func (r *reader) key() Key {
	start, depth := r.at, 0
	for {
		switch char := r.peek(); {
		case char == -1, char == '}' && r.at == start:
			r.failed = true
			return ""
		case char == '}' && depth == 0:
			r.at++
			return Key(r.text[start : r.at-1])
		case char == '}':
			depth--
		case char == '{':
			depth++
		case char == '"':
			r.skipQuoted()
		}
		r.at = min(r.at+1, len(r.text))
	}
}

// skipQuoted reads a quoted text up to its last quote, or to the end if there is none.
func (r *reader) skipQuoted() {
	for r.at++; r.peek() != '"' && r.peek() >= 0; r.at++ {
		if r.peek() == '\\' && r.at+1 < len(r.text) {
			r.at++
		}
	}
}
