package render

import (
	"math"
	"strconv"
	"testing"

	"testingkit.dev/go/value"
)

func TestCanonicalFloatUsesAnExponentForLargeAndSmallNumbers(t *testing.T) {
	tests := map[float64]string{
		1: "1.0", -12.5: "-12.5", 0.0001: "0.0001", 0.00001: "1e-5", 1.5e-7: "1.5e-7",
		1e15: "1000000000000000.0", 1e16: "1e16", 5e-324: "5e-324",
		9007199254740993: "9007199254740992.0", math.MaxFloat64: "1.7976931348623157e308",
		1699035690989648.25: "1699035690989648.2", math.Inf(-1): "-inf",
	}
	for number, want := range tests {
		t.Run(want, func(t *testing.T) {
			if got := Canonical(value.Float(number)); got != want {
				t.Errorf("Canonical(%g) = %s, want %s", number, got, want)
			}
		})
	}
	if got := Canonical(value.Float(math.Copysign(0, -1))); got != "-0.0" {
		t.Errorf("Canonical of negative zero = %s, want -0.0", got)
	}
}

func TestFloatTextReadsBackAsTheSameNumber(t *testing.T) {
	bits := uint64(0x9E3779B97F4A7C15)
	for range 20_000 {
		bits = bits*6364136223846793005 + 1
		number := math.Float64frombits(bits)
		if math.IsNaN(number) {
			continue
		}
		if back, err := strconv.ParseFloat(floatText(number), 64); err != nil || back != number {
			t.Fatalf("%x: %s does not read back: %v", bits, floatText(number), err)
		}
	}
}

func TestCanonicalTimeHandlesTheYears0And10000(t *testing.T) {
	tests := map[value.Time]string{
		{Seconds: value.MaxTimeSeconds, Nanos: 1000, UTCOffsetSeconds: 3600}: "time(10000-01-01T00:59:59.000001+01:00)",
		{Seconds: value.MinTimeSeconds, UTCOffsetSeconds: -3601}:             "time(0000-12-31T22:59:59-01:00:01)",
	}
	for instant, want := range tests {
		t.Run(want, func(t *testing.T) {
			if got := Canonical(instant); got != want {
				t.Errorf("Canonical(%v) = %s, want %s", instant, got, want)
			}
		})
	}
}
