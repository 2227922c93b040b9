package value

import (
	"math"
	"math/big"
	"testing"
)

func TestIntegersAndFloatsCompareExactly(t *testing.T) {
	cases := []struct {
		left, right Value
		want        int
	}{
		{NewInt(9007199254740993), Float(9007199254740992), 1},
		{Float(9007199254740992), NewInt(9007199254740992), 0},
		{NewInt(1), Float(1.5), -1},
		{NewInt(-1), Float(-1.5), 1},
		{NewInt(0), Float(math.Copysign(0, -1)), 0},
		{NewInt(0), Float(5e-324), -1},
		{NewInt(0), Float(math.Inf(-1)), 1},
	}
	for _, c := range cases {
		if got := CompareNumbers(c.left, c.right); got != c.want {
			t.Errorf("CompareNumbers(%v, %v) = %d, want %d", c.left, c.right, got, c.want)
		}
	}
}

func TestEqualItemsAreFoundThoughTheirDisplayKeepsThemApart(t *testing.T) {
	negative := Float(math.Copysign(0, -1))
	pair := func(first, second Float) Value { return List{first, second} }
	if _, err := SetOf(pair(negative, 7), pair(0, 5), pair(0, 7)); err == nil {
		t.Error("two equal items were let through")
	}
	if _, err := SetOf(pair(negative, 7), pair(0, 5)); err != nil {
		t.Errorf("different items: %v", err)
	}
}

func TestOneAndOnePointNoughtAndTrueAreThreeKeys(t *testing.T) {
	m, err := MapOf(Entry{NewInt(1), Null{}}, Entry{Float(1), Null{}}, Entry{Bool(true), Null{}})
	if err != nil || len(m.Entries()) != 3 {
		t.Errorf("got %v, %v", m, err)
	}
}

func TestIntegersHaveALimit(t *testing.T) {
	if _, err := IntOf(new(big.Int).Sub(intBound, big.NewInt(1))); err != nil {
		t.Errorf("4000 digits: %v", err)
	}
	if _, err := IntOf(intBound); err == nil {
		t.Error("4001 digits were let through")
	}
}
