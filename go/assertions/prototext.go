package assertions

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

// The syntax of the text format of protobuf (docs/kit/assertions.md, messages as texts).

// textItem is a value in the text format: a textOctets, a textNumber, a textWord or a textFields.
type textItem any

// textOctets is a string, or several in a row.
type textOctets string

// textNumber is a number as it is written.
type textNumber string

// textWord is a word, such as the name of a member. Only infinities and NaN can have a sign.
type textWord string

// textFields is a message: its fields in the order of the text.
type textFields []textField

// textField is a field with its value, or those of its list.
type textField struct {
	name   string
	items  []textItem
	isList bool
}

var (
	textSpace   = regexp.MustCompile(`^(?:[ \t\n\v\f\r]|#[^\n]*)*`)
	textName    = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*`)
	textBare    = regexp.MustCompile(`^[-+.A-Za-z0-9_]+`)
	wordForm    = regexp.MustCompile(`^(?:[A-Za-z_][A-Za-z0-9_]*|-(?i:inf|infinity|nan))$`)
	integerForm = regexp.MustCompile(`^-?(?:0|[1-9][0-9]*|0[xX][0-9A-Fa-f]+)$`)
	decimalForm = regexp.MustCompile(`^-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[fF]?$`)
	octalDigits = regexp.MustCompile(`^[0-7]{1,3}`)
	hexDigits   = regexp.MustCompile(`^[0-9A-Fa-f]{1,8}`)
)

// textEscapes has the octets of the escapes with one letter.
var textEscapes = map[byte]byte{
	'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v',
	'?': '?', '\\': '\\', '\'': '\'', '"': '"',
}

func (n textNumber) isInteger() bool { return integerForm.MatchString(string(n)) }

func (n textNumber) isDecimal() bool { return decimalForm.MatchString(string(n)) }

// readText returns the fields of a text. The code is BadArgument if it is malformed, and TooLarge if it
// has too many levels.
func readText(text string) (fields textFields, code value.ErrorCode) {
	reader := textReader{rest: text}
	fields = reader.fields(1, "")
	return fields, reader.code
}

// textReader reads a text. After an error, which sets the code, it is at the end of the text.
type textReader struct {
	rest string
	code value.ErrorCode
}

func (r *textReader) fail(code value.ErrorCode) {
	if r.code == "" {
		r.code = code
	}
	r.rest = ""
}

// fields reads fields up to a bracket, or to the end of the text if that is empty.
func (r *textReader) fields(level int, end string) (fields textFields) {
	if level > value.MaxDepth {
		r.fail(value.TooLarge)
	}
	for r.code == "" && !r.ends(end) {
		fields = append(fields, r.field(level))
		_ = r.take(",") || r.take(";")
	}
	return fields
}

func (r *textReader) ends(end string) bool {
	r.match(textSpace)
	if end == "" {
		return r.rest == ""
	}
	return r.take(end)
}

func (r *textReader) field(level int) textField {
	found := textField{name: r.match(textName)}
	if found.name == "" {
		r.fail(value.BadArgument)
		return found
	}
	hasColon := r.take(":")
	found.isList = r.take("[")
	if found.isList {
		found.items = r.items(level)
	} else {
		found.items = []textItem{r.item(level)}
	}
	if !hasColon && slices.ContainsFunc(found.items, isNoMessage) {
		r.fail(value.BadArgument)
	}
	return found
}

func isNoMessage(item textItem) bool {
	_, ok := item.(textFields)
	return !ok
}

// items reads a list behind its bracket: of messages, or of other items.
func (r *textReader) items(level int) (items []textItem) {
	if r.take("]") {
		return nil
	}
	items = append(items, r.item(level))
	for r.take(",") {
		items = append(items, r.item(level))
	}
	isMixed := slices.ContainsFunc(items, func(item textItem) bool {
		return isNoMessage(item) != isNoMessage(items[0])
	})
	if !r.take("]") || isMixed {
		r.fail(value.BadArgument)
	}
	return items
}

func (r *textReader) item(level int) textItem {
	switch {
	case r.take("{"):
		return r.fields(level+1, "}")
	case r.isAtQuote():
		return r.octets()
	}
	bare := r.match(textBare)
	if wordForm.MatchString(bare) {
		return textWord(bare)
	}
	number := textNumber(bare)
	if !number.isInteger() && !number.isDecimal() {
		r.fail(value.BadArgument)
	}
	return number
}

func (r *textReader) isAtQuote() bool {
	return strings.HasPrefix(r.rest, `"`) || strings.HasPrefix(r.rest, `'`)
}

// octets reads strings up to something else.
func (r *textReader) octets() textOctets {
	var octets []byte
	for r.isAtQuote() {
		octets = r.quoted(octets)
		r.match(textSpace)
	}
	return textOctets(octets)
}

func (r *textReader) quoted(octets []byte) []byte {
	quote := r.rest[:1]
	r.rest = r.rest[1:]
	for {
		end := strings.IndexAny(r.rest, quote+"\\\n")
		if end < 0 || r.rest[end] == '\n' {
			r.fail(value.BadArgument)
			return octets
		}
		octets = append(octets, r.rest[:end]...)
		isEnd := r.rest[end] == quote[0]
		r.rest = r.rest[end+1:]
		if isEnd {
			return octets
		}
		octets = r.escape(octets)
	}
}

// escape reads an escape behind its backslash.
func (r *textReader) escape(octets []byte) []byte {
	if digits := r.match(octalDigits); digits != "" {
		return r.appendOctet(octets, digits, 8)
	}
	if r.rest == "" {
		r.fail(value.BadArgument)
		return octets
	}
	letter := r.rest[0]
	r.rest = r.rest[1:]
	switch letter {
	case 'x':
		return r.appendOctet(octets, r.hex(1, 2), 16)
	case 'u':
		return r.appendPoint(octets, r.hex(4, 4))
	case 'U':
		return r.appendPoint(octets, r.hex(8, 8))
	}
	octet, ok := textEscapes[letter]
	if !ok {
		r.fail(value.BadArgument)
	}
	return append(octets, octet)
}

// hex reads at least and at most so many digits.
func (r *textReader) hex(least, most int) string {
	digits := hexDigits.FindString(r.rest)
	digits = digits[:min(len(digits), most)]
	if len(digits) < least {
		r.fail(value.BadArgument)
		return ""
	}
	r.rest = r.rest[len(digits):]
	return digits
}

func (r *textReader) appendOctet(octets []byte, digits string, base int) []byte {
	octet, err := strconv.ParseUint(digits, base, 8)
	if err != nil {
		r.fail(value.BadArgument)
	}
	return append(octets, byte(octet))
}

func (r *textReader) appendPoint(octets []byte, digits string) []byte {
	point, err := strconv.ParseUint(digits, 16, 31)
	if err != nil || !utf8.ValidRune(rune(point)) {
		r.fail(value.BadArgument)
		return octets
	}
	return utf8.AppendRune(octets, rune(point))
}

// match reads what matches a pattern; an empty text if nothing does.
func (r *textReader) match(pattern *regexp.Regexp) string {
	found := pattern.FindString(r.rest)
	r.rest = r.rest[len(found):]
	return found
}

// take reads the space before a text, and the text if it is next.
func (r *textReader) take(text string) bool {
	r.match(textSpace)
	rest, ok := strings.CutPrefix(r.rest, text)
	r.rest = rest
	return ok
}
