package assertions

import (
	"strconv"
	"strings"
)

// The readers are written here, because those of the languages differ in what they accept. Some
// read octets, since a text that has a format is ASCII up to where it leaves the format.

var textFormatRules = rules{
	"is_hex_text":     {body: byIndex(leavesHex)},
	"is_base64_text":  {body: byIndex(leavesBase64)},
	"is_uuid":         {body: passesIf(ofText(isUUID))},
	"is_ipv4_text":    {body: passesIf(ofText(isIPv4))},
	"is_ipv6_text":    {body: passesIf(ofText(isIPv6))},
	"is_rfc3339_text": {body: passesIf(ofText(isRFC3339))},
	"is_semver_text":  {body: passesIf(ofText(isSemver))},
}

// base64Alphabet has the character of every sextet.
const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func leavesHex(text string) int {
	index := onlyOf(isHexDigit)(text)
	if index < 0 && (text == "" || len(text)%2 != 0) {
		return len(text)
	}
	return index
}

func isHexDigit(char rune) bool {
	return isDigit(char) || 'a' <= char|0x20 && char|0x20 <= 'f'
}

func leavesBase64(text string) int {
	var previous byte
	for i := range len(text) {
		if !continuesBase64(i%4, previous, text[i]) {
			return i
		}
		previous = text[i]
	}
	if len(text)%4 != 0 {
		return len(text)
	}
	return -1
}

// continuesBase64 reports whether a character may be at a place of its group, behind another one.
func continuesBase64(place int, previous, char byte) bool {
	if char != '=' {
		return strings.IndexByte(base64Alphabet, char) >= 0 && previous != '='
	}
	if previous == '=' {
		return place == 3
	}
	// The bits of the character before it that belong to no octet must be 0.
	sextet := strings.IndexByte(base64Alphabet, previous)
	return place == 2 && sextet&0b1111 == 0 || place == 3 && sextet&0b11 == 0
}

func isUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i, char := range text {
		isHyphen := i == 8 || i == 13 || i == 18 || i == 23
		if isHyphen && char != '-' || !isHyphen && !isHexDigit(char) {
			return false
		}
	}
	return true
}

func isIPv4(text string) bool {
	numbers := strings.Split(text, ".")
	return len(numbers) == 4 && areAll(numbers, isOctet)
}

func isOctet(text string) bool {
	return isNumber(text) && len(text) <= 3 && intOf(text) <= 255
}

// isNumber reports whether a text has only digits and no leading zeros.
func isNumber(text string) bool {
	return hasOnly(text, isDigit) && (text == "0" || text[0] != '0')
}

// hasOnly reports whether a text is not empty and all its code points are allowed.
func hasOnly(text string, allowed ofChar) bool {
	return allOf(allowed)(text) < 0
}

func areAll(texts []string, holds func(text string) bool) bool {
	for _, text := range texts {
		if !holds(text) {
			return false
		}
	}
	return true
}

// intOf returns the number that a few digits write.
func intOf(digits string) int {
	number, _ := strconv.Atoi(digits)
	return number
}

func isIPv6(text string) bool {
	head, tail, hasGap := strings.Cut(text, "::")
	if !hasGap {
		count, ok := countGroups(text, true)
		return ok && count == 8
	}
	before, beforeOK := countGroups(head, false)
	after, afterOK := countGroups(tail, true)
	return beforeOK && afterOK && before+after <= 7
}

// countGroups returns the number of groups of an IPv6 address; ok reports whether all are valid.
// ipv4 allows an IPv4 address as the last two groups.
func countGroups(text string, ipv4 bool) (count int, ok bool) {
	if text == "" {
		return 0, true
	}
	groups := strings.Split(text, ":")
	last := len(groups) - 1
	if ipv4 && isIPv4(groups[last]) {
		return last + 2, areAll(groups[:last], isGroup)
	}
	return last + 1, areAll(groups, isGroup)
}

func isGroup(text string) bool {
	return hasOnly(text, isHexDigit) && len(text) <= 4
}

func isRFC3339(text string) bool {
	const shape = "0000-00-00T00:00:00"
	if len(text) < len(shape) {
		return false
	}
	head, rest := text[:len(shape)], text[len(shape):]
	return hasShape(head, shape) &&
		isDate(intOf(head[:4]), intOf(head[5:7]), intOf(head[8:10])) &&
		intOf(head[11:13]) <= 23 &&
		intOf(head[14:16]) <= 59 &&
		intOf(head[17:]) <= 59 &&
		isOffset(behindFraction(rest))
}

// hasShape reports whether a text has a digit at every 0 of a shape, and else what the shape has.
func hasShape(text, shape string) bool {
	if len(text) != len(shape) {
		return false
	}
	for i := range len(text) {
		isWanted := text[i] == shape[i]
		if shape[i] == '0' {
			isWanted = isDigit(rune(text[i]))
		}
		if !isWanted {
			return false
		}
	}
	return true
}

func isDate(year, month, day int) bool {
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if month == 2 && day == 29 {
		return year%4 == 0 && (year%100 != 0 || year%400 == 0)
	}
	return 1 <= month && month <= 12 && 1 <= day && day <= days[month-1]
}

// behindFraction returns what follows the fraction of a second, or the text if it starts with none.
func behindFraction(text string) string {
	digits, ok := strings.CutPrefix(text, ".")
	rest := strings.TrimLeft(digits, "0123456789")
	if !ok || rest == digits {
		return text
	}
	return rest
}

func isOffset(text string) bool {
	if text == "Z" {
		return true
	}
	return (strings.HasPrefix(text, "+") || strings.HasPrefix(text, "-")) &&
		hasShape(text[1:], "00:00") &&
		intOf(text[1:3]) <= 23 &&
		intOf(text[4:]) <= 59
}

func isSemver(text string) bool {
	version, build, hasBuild := strings.Cut(text, "+")
	core, release, hasRelease := strings.Cut(version, "-")
	numbers := strings.Split(core, ".")
	return len(numbers) == 3 && areAll(numbers, isNumber) &&
		(!hasRelease || areAll(strings.Split(release, "."), isReleaseIdentifier)) &&
		(!hasBuild || areAll(strings.Split(build, "."), isIdentifier))
}

func isIdentifier(text string) bool {
	return hasOnly(text, func(char rune) bool { return isAlphanumeric(char) || char == '-' })
}

func isReleaseIdentifier(text string) bool {
	if hasOnly(text, isDigit) {
		return isNumber(text)
	}
	return isIdentifier(text)
}
