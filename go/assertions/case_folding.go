package assertions

import (
	"cmp"
	"slices"
	"strings"

	"testingkit.dev/go/value"
)

var caseFoldingRules = rules{
	"equals_ignoring_case":   {body: equalsAfter(foldedPieces)},
	"contains_ignoring_case": {body: passesIf(containsIgnoringCase)},
}

// fold returns the simple case folding of a code point.
func fold(char rune) rune {
	place, _ := slices.BinarySearchFunc(foldingRanges[:], char, func(one [4]rune, char rune) int {
		return cmp.Compare(one[1], char) // The first range that does not end before it.
	})
	if place == len(foldingRanges) {
		return char
	}
	start, stride, delta := foldingRanges[place][0], foldingRanges[place][2], foldingRanges[place][3]
	if char < start || (char-start)%stride != 0 {
		return char
	}
	return char + delta
}

func foldedPieces(text string) []piece {
	pieces := piecesOf(text)
	for i, piece := range pieces {
		pieces[i].char = fold(piece.char)
	}
	return pieces
}

func containsIgnoringCase(actual value.Value, arguments []value.Value) bool {
	return strings.Contains(strings.Map(fold, textOf(actual)), strings.Map(fold, textOf(arguments[0])))
}
