package assertions

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"testingkit.dev/go/render"
	"testingkit.dev/go/value"
)

const (
	nanosPerSecond = 1_000_000_000
	secondsPerDay  = 86_400
	maxYear        = 10_000
)

// unitNanos has the nanoseconds of each unit.
var unitNanos = map[string]int64{
	"microsecond": 1_000,
	"millisecond": 1_000_000,
	"second":      nanosPerSecond,
	"minute":      60 * nanosPerSecond,
	"hour":        3600 * nanosPerSecond,
	"day":         secondsPerDay * nanosPerSecond,
}

var timeRules = rules{
	"is_before":          {body: ofInstants(func(sign int) bool { return sign < 0 })},
	"is_after":           {body: ofInstants(func(sign int) bool { return sign > 0 })},
	"is_at_or_before":    {body: ofInstants(func(sign int) bool { return sign <= 0 })},
	"is_at_or_after":     {body: ofInstants(func(sign int) bool { return sign >= 0 })},
	"is_same_instant":    {body: ofInstants(func(sign int) bool { return sign == 0 })},
	"is_close_to_time":   {demand: demandTimeTolerance, body: isCloseToTime},
	"is_in_past":         {body: ofInstants(func(sign int) bool { return sign < 0 })},
	"is_in_future":       {body: ofInstants(func(sign int) bool { return sign > 0 })},
	"has_utc_offset":     {demand: demandOffset, body: hasUTCOffset},
	"is_utc":             {body: isUTC},
	"has_date":           {demand: demandDate, body: hasDate},
	"has_time_of_day":    {demand: demandTimeOfDay, body: hasTimeOfDay},
	"is_same_day_as":     {body: isSameDayAs},
	"is_truncated_to":    {demand: demandUnit, body: isTruncatedTo},
	"has_weekday":        {demand: demandWeekday, body: hasWeekday},
	"formats_as_rfc3339": {demand: demandRFC3339, body: formatsAsRFC3339},
}

// ofInstants returns the body that requires this of the sign of actual minus the argument.
func ofInstants(holds func(sign int) bool) body {
	return func(actual value.Value, arguments []value.Value) finding {
		nanos := nanosBetween(actual, arguments[0])
		return finding{passed: holds(nanos.Sign()), details: durationDetail("delta", nanos)}
	}
}

// nanosBetween returns the nanoseconds from the other time to the actual one.
func nanosBetween(actual, other value.Value) *big.Int {
	left, right := actual.(value.Time), other.(value.Time)
	nanos := big.NewInt(left.Seconds - right.Seconds)
	nanos.Mul(nanos, big.NewInt(nanosPerSecond))
	return nanos.Add(nanos, big.NewInt(int64(left.Nanos)-int64(right.Nanos)))
}

// durationDetail returns a detail that applies if it is within the limits of a duration.
func durationDetail(name string, nanos *big.Int) []Detail {
	if !nanos.IsInt64() || nanos.Int64() == math.MinInt64 {
		return nil
	}
	return []Detail{{Name: name, Value: value.Duration(nanos.Int64())}}
}

// demandTimeTolerance requires that the tolerance is not negative.
func demandTimeTolerance(arguments []value.Value) value.ErrorCode {
	return badArgumentUnless(arguments[1].(value.Duration) >= 0)
}

func isCloseToTime(actual value.Value, arguments []value.Value) finding {
	nanos := nanosBetween(actual, arguments[0])
	tolerance := big.NewInt(int64(arguments[1].(value.Duration)))
	return finding{passed: nanos.CmpAbs(tolerance) <= 0, details: durationDetail("delta", nanos)}
}

// demandOffset requires an offset that a time can have.
func demandOffset(arguments []value.Value) value.ErrorCode {
	return badArgumentUnless(isIntWithin(arguments[0], -value.MaxOffsetSeconds, value.MaxOffsetSeconds))
}

func hasUTCOffset(actual value.Value, arguments []value.Value) finding {
	offset := int(actual.(value.Time).UTCOffsetSeconds)
	return finding{passed: offset == smallInt(arguments[0]), details: intDetail("offset", offset)}
}

func isUTC(actual value.Value, _ []value.Value) finding {
	return hasUTCOffset(actual, []value.Value{value.Int{}})
}

// textOfTime returns the date and time at the offset, and the offset.
func textOfTime(time value.Time) string {
	return strings.TrimSuffix(strings.TrimPrefix(render.Canonical(time), "time("), ")")
}

func dateOf(time value.Time) string {
	date, _, _ := strings.Cut(textOfTime(time), "T")
	return date
}

func timeOfDay(time value.Time) string {
	_, rest, _ := strings.Cut(textOfTime(time), "T")
	return rest[:strings.IndexAny(rest, "Z+-")]
}

// demandDate requires a date that exists, in a year that a time can show.
func demandDate(arguments []value.Value) value.ErrorCode {
	year, month, day := arguments[0], arguments[1], arguments[2]
	return badArgumentUnless(isIntWithin(year, 0, maxYear) &&
		isIntWithin(month, 1, 12) &&
		isIntWithin(day, 1, 31) &&
		isDate(smallInt(year), smallInt(month), smallInt(day)))
}

func hasDate(actual value.Value, arguments []value.Value) finding {
	date := dateOf(actual.(value.Time))
	expected := fmt.Sprintf("%04d-%02d-%02d",
		smallInt(arguments[0]), smallInt(arguments[1]), smallInt(arguments[2]))
	return finding{passed: date == expected, details: textDetail("date", date)}
}

// demandTimeOfDay requires an hour, minute and second that a day has.
func demandTimeOfDay(arguments []value.Value) value.ErrorCode {
	return badArgumentUnless(isIntWithin(arguments[0], 0, 23) &&
		isIntWithin(arguments[1], 0, 59) &&
		isIntWithin(arguments[2], 0, 59))
}

func hasTimeOfDay(actual value.Value, arguments []value.Value) finding {
	time := timeOfDay(actual.(value.Time))
	expected := fmt.Sprintf("%02d:%02d:%02d",
		smallInt(arguments[0]), smallInt(arguments[1]), smallInt(arguments[2]))
	whole, _, _ := strings.Cut(time, ".")
	return finding{passed: whole == expected, details: textDetail("time", time)}
}

func isSameDayAs(actual value.Value, arguments []value.Value) finding {
	left, right := actual.(value.Time), arguments[0].(value.Time)
	left.UTCOffsetSeconds, right.UTCOffsetSeconds = 0, 0
	leftDay, _ := localDay(left)
	rightDay, _ := localDay(right)
	return finding{passed: leftDay == rightDay, details: textDetail("date", dateOf(left))}
}

// localDay returns the number of the day at the offset, from 1970-01-01, and the second of the day.
func localDay(time value.Time) (day, second int64) {
	local := time.Seconds + int64(time.UTCOffsetSeconds)
	day, second = local/secondsPerDay, local%secondsPerDay
	if second < 0 {
		return day - 1, second + secondsPerDay
	}
	return day, second
}

// demandUnit requires a known unit.
func demandUnit(arguments []value.Value) value.ErrorCode {
	return badArgumentUnless(unitNanos[textOf(arguments[0])] > 0)
}

func isTruncatedTo(actual value.Value, arguments []value.Value) finding {
	time := actual.(value.Time)
	_, second := localDay(time)
	nanos := second*nanosPerSecond + int64(time.Nanos)
	return finding{
		passed:  nanos%unitNanos[textOf(arguments[0])] == 0,
		details: textDetail("time", timeOfDay(time)),
	}
}

// demandWeekday requires the number of a weekday.
func demandWeekday(arguments []value.Value) value.ErrorCode {
	return badArgumentUnless(isIntWithin(arguments[0], 1, 7))
}

func hasWeekday(actual value.Value, arguments []value.Value) finding {
	day, _ := localDay(actual.(value.Time))
	// 1970-01-01 was a Thursday.
	weekday := int((day%7+7+3)%7 + 1)
	return finding{passed: weekday == smallInt(arguments[0]), details: intDetail("weekday", weekday)}
}

// demandRFC3339 requires a text that a time can have.
func demandRFC3339(arguments []value.Value) value.ErrorCode {
	return badArgumentUnless(isRFC3339(textOf(arguments[0])))
}

func formatsAsRFC3339(actual value.Value, arguments []value.Value) finding {
	text := textOfTime(actual.(value.Time))
	return finding{passed: text == textOf(arguments[0]), details: textDetail("text", text)}
}

func badArgumentUnless(holds bool) value.ErrorCode {
	if holds {
		return ""
	}
	return value.BadArgument
}

// isIntWithin reports whether an integer is at least low and at most high.
func isIntWithin(number value.Value, low, high int64) bool {
	return value.CompareNumbers(number, value.NewInt(low)) >= 0 &&
		value.CompareNumbers(number, value.NewInt(high)) <= 0
}

// smallInt returns an integer that is known to be small.
func smallInt(number value.Value) int {
	return int(number.(value.Int).Big().Int64())
}
