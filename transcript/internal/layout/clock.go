package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Clock is a time beside a text, as documents write places in a recording: 0:24,
// [00:12:30], (00:12:30.250 - 00:12:41).
type Clock struct {
	StartMS *int64 // milliseconds into the recording; nil for a time that is no place in one: -00:01:57
	EndMS   *int64 // likewise, nil where there is no range
	Day     string // of a moment that has one: YYYY-MM-DD
	Bare    bool   // without brackets, and of two parts only, so that it may be a number in a sentence: 0:24
}

// LeadingClock takes a time off the start of a text. A time of day, 10:30 a.m., is no place
// in a recording, and stays, unless brackets or a day set it apart: [10:30 a.m.].
func LeadingClock(s string) (c Clock, rest string, ok bool) {
	if s == "" || !strings.ContainsRune("0123456789[(<{-", rune(s[0])) {
		return Clock{}, s, false
	}
	if rest, ok := cutMoment(s); ok {
		return Clock{Day: isoDay.FindString(s[:len(s)-len(rest)])}, rest, true
	}
	inner, closing := s, byte(0)
	if at := strings.IndexByte("[(<{", s[0]); at >= 0 {
		inner, closing = strings.TrimLeft(s[1:], " "), "])>}"[at]
	}
	start, parts, rest := scanClock(inner)
	if parts == 0 {
		return Clock{}, s, false
	}
	c = Clock{StartMS: start, Bare: closing == 0 && parts == 2}
	if second, ok := cutRange(rest); ok {
		if end, n, after := scanClock(second); n > 0 {
			c.EndMS, rest = end, after
		}
	}
	if closing != 0 {
		rest = strings.TrimLeft(rest, " ")
		if rest == "" || rest[0] != closing {
			return Clock{}, s, false
		}
		rest = rest[1:]
	} else if next, _ := utf8.DecodeRuneInString(rest); rest != "" && !unicode.IsSpace(next) {
		return Clock{}, s, false
	}
	rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
	if closing == 0 && startsWithHalf(rest) {
		return Clock{}, s, false
	}
	return c, rest, true
}

// TrailingClock takes a time off the end of a text.
func TrailingClock(s string) (c Clock, before string, ok bool) {
	at := strings.LastIndexFunc(s, unicode.IsSpace)
	if s != "" && strings.IndexByte("])>}", s[len(s)-1]) >= 0 {
		at = strings.LastIndexAny(s, "[(<{")
	}
	if at <= 0 {
		return Clock{}, s, false
	}
	c, rest, ok := LeadingClock(strings.TrimSpace(s[at:]))
	if !ok || rest != "" {
		if before, ok := cutTrailingMoment(s); ok {
			return Clock{}, strings.TrimRightFunc(before, IsDecoration), true
		}
		return Clock{}, s, false
	}
	return c, strings.TrimRightFunc(s[:at], IsDecoration), true
}

// IsDecoration reports whether a character may stand between a name and a time beside it.
func IsDecoration(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("-–—|•·,@", r)
}

// cutRange takes the sign between the two times of a range off the start of a text.
func cutRange(s string) (rest string, ok bool) {
	s = strings.TrimLeft(s, " ")
	for _, sign := range []string{"-->", "-", "–", "—", "to "} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return strings.TrimLeft(rest, " "), true
		}
	}
	return s, false
}

const mostClockParts = 4 // days or frames besides hours, minutes and seconds

// scanClock reads hours, minutes and seconds, the hours optional, from the start of a
// text; parts counts them, and is 0 if there is no time. A negative time, and one of four
// parts, which has days or frames, says nothing certain: ms is nil.
func scanClock(s string) (ms *int64, parts int, rest string) {
	rest, negative := strings.CutPrefix(s, "-")
	var total int64
	for parts < mostClockParts {
		n, digits := leadingNumber(rest)
		if digits == 0 || parts > 0 && (digits != 2 || n > 59) {
			return nil, 0, s
		}
		total = total*60 + int64(n)
		parts, rest = parts+1, rest[digits:]
		if !strings.HasPrefix(rest, ":") {
			break
		}
		rest = rest[1:]
	}
	if parts < 2 {
		return nil, 0, s
	}
	total *= 1000
	if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') {
		thousandth := int64(100)
		for rest = rest[1:]; rest != "" && letters.IsDigit(rest[0]); rest = rest[1:] {
			total += int64(rest[0]-'0') * thousandth
			thousandth /= 10
		}
	}
	if negative || parts == mostClockParts {
		return nil, parts, rest
	}
	return &total, parts, rest
}

// leadingNumber is the number of up to three digits with which a text begins.
func leadingNumber(s string) (n, digits int) {
	for digits < len(s) && digits < 3 && letters.IsDigit(s[digits]) {
		n = 10*n + int(s[digits]-'0')
		digits++
	}
	return n, digits
}

// startsWithHalf reports whether a text begins with the half of a day, am or pm, so that
// the time before it is a time of day.
func startsWithHalf(s string) bool {
	lower := strings.ToLower(letters.Head(s, 4))
	return strings.HasPrefix(lower, "a.m") || strings.HasPrefix(lower, "p.m") || lower == "am" || lower == "pm" ||
		strings.HasPrefix(lower, "am ") || strings.HasPrefix(lower, "pm ")
}

// IsClock reports whether a text in small letters is a time of day and nothing else:
// 12:40 p.m. est.
func IsClock(s string) bool {
	digits := strings.TrimLeft(s, "0123456789")
	if digits == s || !strings.HasPrefix(digits, ":") {
		return false
	}
	rest := strings.TrimLeft(digits, ":0123456789 ")
	for _, half := range []string{"a.m.", "p.m.", "a.m", "p.m", "am", "pm"} {
		if zone, ok := strings.CutPrefix(rest, half); ok {
			return len(strings.TrimSpace(zone)) <= len("(eastern)") && !strings.ContainsAny(zone, "-–—|,")
		}
	}
	return false
}
