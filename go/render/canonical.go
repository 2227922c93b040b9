package render

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"testingkit.dev/go/value"
)

const more = "…"

// Canonical is the value on one line, nothing left out.
func Canonical(v value.Value) string {
	return writer{}.text(v, 1)
}

// Truncated is the value on one line, within the limits of failure texts.
func Truncated(v value.Value) string {
	return TruncatedTo(v, FailureLimits)
}

// TruncatedTo is the value on one line, within these limits.
func TruncatedTo(v value.Value, limits Limits) string {
	return writer{limits: &limits}.text(v, 1)
}

// writer writes values; the level is 1 for the whole value. Without limits it writes all.
type writer struct {
	limits *Limits
}

func (w writer) text(v value.Value, level int) string {
	switch one := v.(type) {
	case value.Bool:
		return strconv.FormatBool(bool(one))
	case value.Int:
		return one.String()
	case value.Float:
		return floatText(float64(one))
	case value.Text:
		return w.quoted(string(one))
	case value.Bytes:
		return w.octets(one)
	case value.Time:
		return "time(" + timeText(one) + ")"
	case value.Duration:
		return "duration(" + durationText(one) + ")"
	case value.Enum:
		return enumText(one)
	default:
		return w.composite(v, level)
	}
}

func (w writer) composite(v value.Value, level int) string {
	switch one := v.(type) {
	case value.List:
		return parts(w, "[", one, "]", level, w.text)
	case value.Set:
		return parts(w, "set{", one.Items(), "}", level, w.text)
	case value.Map:
		return parts(w, "{", one.Entries(), "}", level, w.entry)
	case value.Record:
		return parts(w, recordOpening(one), one.Fields(), "}", level, w.field)
	case value.Error:
		return w.failure(one, level)
	case value.Outcome:
		return w.outcome(one, level)
	default:
		return "null"
	}
}

// recordOpening is how the text of a record opens, before its fields.
func recordOpening(record value.Record) string {
	if record.Name() == "" {
		return "record{"
	}
	return typeName(record.Name()) + "{"
}

func (w writer) entry(entry value.Entry, level int) string {
	return w.text(entry.Key, level) + ": " + w.text(entry.Value, level)
}

func (w writer) field(field value.Field, level int) string {
	return FieldName(field.Name) + ": " + w.text(field.Value, level)
}

func (w writer) failure(failure value.Error, level int) string {
	if w.tooDeep(level) {
		return "error(" + more + ")"
	}
	written := []string{errorTypeName(failure.Type), w.quoted(failure.Message)}
	if failure.Code != 0 {
		written = append(written, fmt.Sprintf("code: %d", failure.Code))
	}
	switch len(failure.Causes) {
	case 0:
	case 1:
		written = append(written, "cause: "+w.failure(failure.Causes[0], level+1))
	default:
		written = append(written, "causes: "+parts(w, "[", failure.Causes, "]", level, w.failure))
	}
	return "error(" + strings.Join(written, ", ") + ")"
}

var endings = map[value.Ending]string{
	value.Returned:  "returned",
	value.Failed:    "failed",
	value.Panicked:  "panicked",
	value.Cancelled: "cancelled",
	value.Pending:   "pending",
}

func (w writer) outcome(outcome value.Outcome, level int) string {
	ending := endings[outcome.Ending]
	switch {
	case outcome.Ending == value.Cancelled || outcome.Ending == value.Pending:
		return ending
	case outcome.Ending != value.Panicked && w.tooDeep(level):
		return ending + "(" + more + ")"
	default:
		return ending + "(" + w.text(outcome.Payload, level+1) + ")"
	}
}

func parts[T any](w writer, opening string, all []T, closing string, level int, write func(T, int) string) string {
	if len(all) > 0 && w.tooDeep(level) {
		return opening + more + closing
	}
	shown := all
	if w.limits != nil && len(all) > w.limits.Entries {
		shown = all[:w.limits.Entries]
	}
	written := make([]string, 0, len(shown)+1)
	for _, part := range shown {
		written = append(written, write(part, level+1))
	}
	if len(shown) < len(all) {
		written = append(written, fmt.Sprintf("%s %d more", more, len(all)-len(shown)))
	}
	return opening + strings.Join(written, ", ") + closing
}

func (w writer) tooDeep(level int) bool {
	return w.limits != nil && level > w.limits.Levels
}

func (w writer) quoted(text string) string {
	length := utf8.RuneCountInString(text)
	if w.limits == nil || length <= w.limits.Length {
		return value.Quote(text)
	}
	kept := string([]rune(text)[:w.limits.Kept])
	return fmt.Sprintf("%s%s+%d", value.Quote(kept), more, length-w.limits.Kept)
}

func (w writer) octets(octets []byte) string {
	if w.limits == nil || len(octets) <= w.limits.Length {
		return octetsText(octets)
	}
	return fmt.Sprintf("%s%s+%d", octetsText(octets[:w.limits.Kept]), more, len(octets)-w.limits.Kept)
}

func enumText(member value.Enum) string {
	if member.Name == "" {
		return fmt.Sprintf("%s(%d)", typeName(member.Type), member.Number)
	}
	return typeName(member.Type) + "." + FieldName(member.Name)
}

func octetsText(octets []byte) string {
	var text strings.Builder
	text.WriteString(`b"`)
	for _, octet := range octets {
		switch {
		case octet == '"' || octet == '\\':
			text.Write([]byte{'\\', octet})
		case octet == '\n':
			text.WriteString(`\n`)
		case octet == '\r':
			text.WriteString(`\r`)
		case octet == '\t':
			text.WriteString(`\t`)
		case ' ' <= octet && octet <= '~':
			text.WriteByte(octet)
		default:
			fmt.Fprintf(&text, `\x%02x`, octet)
		}
	}
	text.WriteByte('"')
	return text.String()
}
