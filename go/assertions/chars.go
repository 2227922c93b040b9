package assertions

import "unicode/utf8"

// whitespaceRanges lists the first and last code points of each range of whitespace. It is data and
// not unicode.IsSpace, so that it does not depend on the Unicode version of the language
// (docs/kit/assertions.md, whitespace).
var whitespaceRanges = [...][2]rune{
	{0x0009, 0x000D},
	{0x0020, 0x0020},
	{0x0085, 0x0085},
	{0x00A0, 0x00A0},
	{0x1680, 0x1680},
	{0x2000, 0x200A},
	{0x2028, 0x2029},
	{0x202F, 0x202F},
	{0x205F, 0x205F},
	{0x3000, 0x3000},
}

// ofChar is a property of a code point.
type ofChar func(char rune) bool

func isWhitespace(char rune) bool {
	for _, bounds := range whitespaceRanges {
		if bounds[0] <= char && char <= bounds[1] {
			return true
		}
	}
	return false
}

func isASCII(char rune) bool        { return char < utf8.RuneSelf }
func isDigit(char rune) bool        { return '0' <= char && char <= '9' }
func isLowerCase(char rune) bool    { return 'a' <= char && char <= 'z' }
func isUpperCase(char rune) bool    { return 'A' <= char && char <= 'Z' }
func isLetter(char rune) bool       { return isLowerCase(char) || isUpperCase(char) }
func isAlphanumeric(char rune) bool { return isLetter(char) || isDigit(char) }
