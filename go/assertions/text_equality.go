package assertions

import (
	"unicode/utf8"

	"testingkit.dev/go/value"
)

var textEqualityRules = rules{
	"equals_ignoring_ascii_case":    {body: equalsAfter(inLowerCase)},
	"equals_ignoring_whitespace":    {body: equalsAfter(withoutWhitespace)},
	"equals_normalizing_whitespace": {body: equalsAfter(withSingleSpaces)},
	"equals_normalizing_newlines":   {body: equalsAfter(withPlainNewlines)},
}

// piece is a code point of a rewritten text, and the index of the first one that it replaces.
type piece struct {
	index int
	char  rune
}

// rewriting returns the pieces of a rewritten text.
type rewriting func(text string) []piece

// equalsAfter returns the body of an assertion that passes if both texts are the same after they
// are rewritten.
func equalsAfter(rewrite rewriting) body {
	return func(actual value.Value, arguments []value.Value) finding {
		left, right := rewrite(textOf(actual)), rewrite(textOf(arguments[0]))
		for i, piece := range left {
			if i == len(right) || piece.char != right[i].char {
				return finding{details: intDetail("index", piece.index)}
			}
		}
		return finding{
			passed:  len(left) == len(right),
			details: intDetail("index", utf8.RuneCountInString(textOf(actual))),
		}
	}
}

// piecesOf returns the pieces of a text that is not rewritten.
func piecesOf(text string) []piece {
	pieces := make([]piece, 0, len(text))
	for _, char := range text {
		pieces = append(pieces, piece{len(pieces), char})
	}
	return pieces
}

func inLowerCase(text string) []piece {
	pieces := piecesOf(text)
	for i, piece := range pieces {
		if isUpperCase(piece.char) {
			pieces[i].char += 'a' - 'A'
		}
	}
	return pieces
}

func withoutWhitespace(text string) []piece {
	var kept []piece
	for _, piece := range piecesOf(text) {
		if !isWhitespace(piece.char) {
			kept = append(kept, piece)
		}
	}
	return kept
}

func withSingleSpaces(text string) []piece {
	var pieces []piece
	end := 0 // Behind the last code point that is not whitespace.
	for _, next := range withoutWhitespace(text) {
		if 0 < end && end < next.index {
			pieces = append(pieces, piece{end, ' '})
		}
		pieces = append(pieces, next)
		end = next.index + 1
	}
	return pieces
}

func withPlainNewlines(text string) []piece {
	var pieces []piece
	var previous rune
	for _, next := range piecesOf(text) {
		switch {
		case next.char == '\r':
			pieces = append(pieces, piece{next.index, '\n'})
		case previous != '\r' || next.char != '\n':
			pieces = append(pieces, next)
		}
		previous = next.char
	}
	return pieces
}
