package value

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// invisibleRanges lists the first and last code points of each range that is not visible, or that
// changes how its neighbours look. It is data and not a Unicode property, so that it does not
// depend on the Unicode version of the language (docs/kit/render.md, text).
var invisibleRanges = [...][2]rune{
	{0x0000, 0x001F},
	{0x007F, 0x00A0},
	{0x00AD, 0x00AD},
	{0x061C, 0x061C},
	{0x1680, 0x1680},
	{0x180E, 0x180E},
	{0x2000, 0x200F},
	{0x2028, 0x202F},
	{0x205F, 0x206F},
	{0x3000, 0x3000},
	{0xFEFF, 0xFEFF},
	{0xFFF9, 0xFFFB},
	{0xE0000, 0xE007F},
}

// Escape returns text with its quotes, backslashes and invisible code points escaped.
func Escape(text string) string {
	if !strings.ContainsFunc(text, isEscaped) {
		return text
	}
	var escaped strings.Builder
	for _, char := range text {
		switch {
		case char == '"' || char == '\\':
			escaped.WriteByte('\\')
			escaped.WriteRune(char)
		case char == '\n':
			escaped.WriteString(`\n`)
		case char == '\r':
			escaped.WriteString(`\r`)
		case char == '\t':
			escaped.WriteString(`\t`)
		case IsInvisible(char):
			fmt.Fprintf(&escaped, `\u{%x}`, char)
		default:
			escaped.WriteRune(char)
		}
	}
	return escaped.String()
}

// isEscaped reports whether Escape writes a code point in another way, as it does with octets outside
// UTF-8. The quick answer is for ASCII.
func isEscaped(char rune) bool {
	if ' ' <= char && char <= '~' {
		return char == '"' || char == '\\'
	}
	return char == utf8.RuneError || IsInvisible(char)
}

// Quote returns text in double quotes, escaped.
func Quote(text string) string {
	return `"` + Escape(text) + `"`
}

// IsIdentifier reports whether name is an ASCII letter or "_", followed by ASCII letters, digits or
// "_".
func IsIdentifier(name string) bool {
	for i, char := range []byte(name) {
		isLetter := char == '_' || ('a' <= char|0x20 && char|0x20 <= 'z')
		isDigit := '0' <= char && char <= '9'
		if !isLetter && (!isDigit || i == 0) {
			return false
		}
	}
	return name != ""
}

// PathSegment returns the segment of a field or a text key in a path: .name for an identifier, else
// ["any text"].
func PathSegment(name string) string {
	if IsIdentifier(name) {
		return "." + name
	}
	return "[" + Quote(name) + "]"
}

// IsInvisible reports whether a code point is in the list of those that are invisible.
func IsInvisible(char rune) bool {
	for _, bounds := range invisibleRanges {
		if bounds[0] <= char && char <= bounds[1] {
			return true
		}
	}
	return false
}
