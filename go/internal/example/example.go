// Package example builds the values of examples that have no literal in Go.
package example

import (
	"math/big"

	"testingkit.dev/go/value"
)

// Record returns the record of the fields. It panics if there is none.
func Record(name string, fields ...value.Field) value.Record {
	return must(value.RecordOf(name, fields...))
}

// Set returns the set of the items. It panics if there is none.
func Set(items ...value.Value) value.Set {
	return must(value.SetOf(items...))
}

// Map returns the map of the entries. It panics if there is none.
func Map(entries ...value.Entry) value.Map {
	return must(value.MapOf(entries...))
}

// Int returns the integer of a decimal number. It panics if there is none.
func Int(decimal string) value.Int {
	number, ok := new(big.Int).SetString(decimal, 10)
	if !ok {
		panic("not a decimal number: " + decimal)
	}
	return must(value.IntOf(number))
}

func must[V any](v V, err error) V {
	if err != nil {
		panic(err)
	}
	return v
}
