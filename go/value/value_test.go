package value

import (
	"math"
	"math/big"
	"testing"
)

var negativeZero = Float(math.Copysign(0, -1))

func TestCompareNumbersIsExact(t *testing.T) {
	tests := map[string]struct {
		left, right Value
		want        int
	}{
		"int that a float cannot hold": {NewInt(9007199254740993), Float(9007199254740992), 1},
		"float and the same int":       {Float(9007199254740992), NewInt(9007199254740992), 0},
		"positive fraction":            {NewInt(1), Float(1.5), -1},
		"negative fraction":            {NewInt(-1), Float(-1.5), 1},
		"zero and negative zero":       {NewInt(0), negativeZero, 0},
		"zero and smallest float":      {NewInt(0), Float(5e-324), -1},
		"zero and minus infinity":      {NewInt(0), Float(math.Inf(-1)), 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := CompareNumbers(test.left, test.right); got != test.want {
				t.Errorf("CompareNumbers(%v, %v) = %d, want %d", test.left, test.right, got, test.want)
			}
		})
	}
}

func TestSetOfFindsEqualItemsWithDifferentSigns(t *testing.T) {
	pair := func(first, second Float) Value { return List{first, second} }
	if _, err := SetOf(pair(negativeZero, 7), pair(0, 5), pair(0, 7)); err == nil {
		t.Error("SetOf accepted two equal items")
	}
	if _, err := SetOf(pair(negativeZero, 7), pair(0, 5)); err != nil {
		t.Errorf("SetOf refused two different items: %v", err)
	}
}

func TestMapOfKeepsIntFloatAndBoolKeysApart(t *testing.T) {
	m, err := MapOf(Entry{NewInt(1), Null{}}, Entry{Float(1), Null{}}, Entry{Bool(true), Null{}})
	if err != nil || len(m.Entries()) != 3 {
		t.Errorf("MapOf = %v, %v, want 3 entries", m, err)
	}
}

func TestIntOfLimitsDigits(t *testing.T) {
	if _, err := IntOf(new(big.Int).Sub(intBound, big.NewInt(1))); err != nil {
		t.Errorf("IntOf of 4000 digits: %v", err)
	}
	if _, err := IntOf(intBound); err == nil {
		t.Error("IntOf accepted 4001 digits")
	}
}

func TestStringOfKindAndEnding(t *testing.T) {
	tests := map[string]interface{ String() string }{
		"null":       KindNull,
		"outcome":    KindOutcome,
		"Kind(16)":   KindOutcome + 1,
		"Kind(-1)":   Kind(-1),
		"returned":   Returned,
		"pending":    Pending,
		"Ending(5)":  Pending + 1,
		"Ending(-1)": Ending(-1),
	}
	for want, named := range tests {
		if got := named.String(); got != want {
			t.Errorf("String() = %q, want %q", got, want)
		}
	}
}
