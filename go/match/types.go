package match

import (
	"math/big"
	"time"

	"testingkit.dev/go/value"
)

// Integer is the type of an argument that is an integer.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 |
		*big.Int | value.Int
}

// Float is the type of an argument that is a binary number.
type Float interface {
	~float32 | ~float64 | *big.Float
}

// Number is the type of an argument that is an integer or a binary number.
type Number interface {
	Integer | Float
}

// Ordered is the type of an argument that has an order: a number, a text, octets, an instant or a span
// of time.
type Ordered interface {
	Number | ~string | ~[]byte | time.Time | value.Time
}
