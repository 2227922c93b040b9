package render

import (
	"fmt"
	"strings"
	"time"

	"testingkit.dev/go/value"
)

const nanosPerSecond = 1_000_000_000

// timeText returns the date and time at the offset, the fraction of the second, and the offset.
func timeText(instant value.Time) string {
	local := time.Unix(instant.Seconds+int64(instant.UTCOffsetSeconds), 0).UTC()
	return fmt.Sprintf("%04d-%02d-%02dT%s%s%s",
		local.Year(), local.Month(), local.Day(), local.Format(time.TimeOnly),
		fraction(instant.Nanos), offsetText(int(instant.UTCOffsetSeconds)))
}

// durationText returns the seconds with as many decimals as the duration has.
func durationText(duration value.Duration) string {
	sign, nanos := "", int64(duration)
	if nanos < 0 {
		sign, nanos = "-", -nanos
	}
	seconds, rest := nanos/nanosPerSecond, nanos%nanosPerSecond
	if rest == 0 {
		return fmt.Sprintf("%s%ds", sign, seconds)
	}
	return fmt.Sprintf("%s%d.%ss", sign, seconds, strings.TrimRight(fmt.Sprintf("%09d", rest), "0"))
}

// fraction returns the fraction of a second, exactly, with as few groups of three digits as
// possible.
func fraction(nanos int32) string {
	if nanos == 0 {
		return ""
	}
	digits := fmt.Sprintf("%09d", nanos)
	for strings.HasSuffix(digits, "000") {
		digits = strings.TrimSuffix(digits, "000")
	}
	return "." + digits
}

// offsetText returns "Z" or a sign, hours, minutes and, if there are any, seconds.
func offsetText(offset int) string {
	if offset == 0 {
		return "Z"
	}
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	text := fmt.Sprintf("%s%02d:%02d", sign, offset/3600, offset/60%60)
	if offset%60 != 0 {
		text += fmt.Sprintf(":%02d", offset%60)
	}
	return text
}
