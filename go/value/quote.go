package value

import (
	"fmt"
	"strings"
)

// Invisible lists the code points that do not show, or that change how their neighbours show, as
// first and last of each range. It is data and not a Unicode property, so that it is the same
// whatever Unicode version the language has (docs/kit/render.md, text).
var Invisible = [...][2]rune{
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

// Escape returns the text with quotes, backslashes and invisible code points escaped.
func Escape(text string) string {
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
		case invisible(char):
			fmt.Fprintf(&escaped, `\u{%x}`, char)
		default:
			escaped.WriteRune(char)
		}
	}
	return escaped.String()
}

// Quote returns the text in double quotes.
func Quote(text string) string {
	return `"` + Escape(text) + `"`
}

// IsIdentifier says whether a name is an ASCII letter or "_", then ASCII letters, digits or "_".
func IsIdentifier(name string) bool {
	for place, char := range []byte(name) {
		isLetter := char == '_' || ('a' <= char|0x20 && char|0x20 <= 'z')
		isDigit := '0' <= char && char <= '9'
		if !isLetter && (!isDigit || place == 0) {
			return false
		}
	}
	return name != ""
}

// PathSegment is a field or a text key in a path: .name, or ["any text"] where it is no identifier.
func PathSegment(name string) string {
	if IsIdentifier(name) {
		return "." + name
	}
	return "[" + Quote(name) + "]"
}

func invisible(char rune) bool {
	for _, bounds := range Invisible {
		if bounds[0] <= char && char <= bounds[1] {
			return true
		}
	}
	return false
}
