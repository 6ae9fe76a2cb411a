// Package clock reads times into a recording as programs write them: 12.5, "12.5s", 1:02:03.5,
// "PT1H2M3.5S", and spans such as "0:04 - 0:12".
package clock

import (
	"regexp"
	"strconv"
	"strings"
)

// Time is a time into a recording.
type Time struct {
	Count float64 // of seconds, or of a unit that the time itself does not tell
	Bare  bool    // a number without a unit
}

const (
	mostParts = 4    // of a clock: hours, minutes, seconds, frames
	longest   = 1e13 // above which a number is no time
)

// Read reads a time. Behind seconds there may be frames, which are left out.
func Read(s string) (Time, bool) {
	s = strings.Replace(strings.Trim(s, " []()"), ",", ".", 1)
	if m := iso.FindStringSubmatch(s); m != nil && len(s) > len("PT") {
		return Time{Count: (number(m[1])*60+number(m[2]))*60 + number(m[3])}, true
	}
	plain, unit := strings.CutSuffix(s, "s")
	parts := strings.Split(plain, ":")
	if len(parts) > mostParts || unit && len(parts) > 1 {
		return Time{}, false
	}
	total := 0.0
	for _, part := range parts[:min(len(parts), mostParts-1)] {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(v >= 0 && v <= longest) {
			return Time{}, false
		}
		total = total*60 + v
	}
	return Time{Count: total, Bare: len(parts) == 1 && !unit}, true
}

// ReadSpan reads the two times of a span: "0:04 - 0:12", "00:00:04.000 --> 00:00:12.000".
func ReadSpan(s string) (start, end Time, ok bool) {
	for _, mark := range []string{"-->", "–", "—", "-", " to "} {
		from, to, both := strings.Cut(s, mark)
		if !both {
			continue
		}
		start, ok = Read(from)
		if end, both = Read(to); ok && both && !start.Bare && !end.Bare {
			return start, end, true
		}
	}
	return Time{}, Time{}, false
}

// IsClock reports whether a text is a time, or a span of two, that shows by its form: with a
// colon or a unit.
func IsClock(s string) bool {
	t, ok := Read(s)
	_, _, span := ReadSpan(s)
	return ok && !t.Bare || span
}

var iso = regexp.MustCompile(`^PT(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?$`)

func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return min(v, longest)
}
