package transcript

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const monthPattern = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`

var (
	monthDayYear = regexp.MustCompile(`(?i)\b` + monthPattern + ` (\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})\b`)
	dayMonthYear = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]` + monthPattern + `,?[ -](\d{4})\b`)
	isoDate      = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})(?:\b|T)`)
	americanTime = regexp.MustCompile(`\b[ECMP][SD]?T\b`)
	numericDate  = regexp.MustCompile(`\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b`)
)

// foundDate is a date in a line.
type foundDate struct {
	iso        string
	start, end int  // bytes of the line
	doubtful   bool // day and month might be the other way round
}

// findDate finds the first date of a line, which must be short and have plain
// blanks.
func findDate(s string) (foundDate, bool) {
	var best foundDate
	if !strings.ContainsAny(s, "0123456789") {
		return best, false
	}
	for _, form := range []struct {
		pattern *regexp.Regexp
		read    func(m []string) (iso string, doubtful bool)
	}{
		{monthDayYear, func(m []string) (string, bool) { return isoOf(m[3], monthNumber(m[1]), m[2]), false }},
		{dayMonthYear, func(m []string) (string, bool) { return isoOf(m[3], monthNumber(m[2]), m[1]), false }},
		{isoDate, func(m []string) (string, bool) { return isoOf(m[1], m[2], m[3]), false }},
		{numericDate, readNumericDate},
	} {
		at := form.pattern.FindStringSubmatchIndex(s)
		if at == nil || best.iso != "" && at[0] >= best.start {
			continue
		}
		if iso, doubtful := form.read(form.pattern.FindStringSubmatch(s)); iso != "" {
			best = foundDate{iso, at[0], at[1], doubtful && !americanTime.MatchString(s)}
		}
	}
	return best, best.iso != ""
}

// readNumericDate takes the month first, as in 01/17/17, unless only the day
// can come first.
func readNumericDate(m []string) (iso string, doubtful bool) {
	year := m[3]
	if len(year) == 2 {
		year = map[bool]string{true: "19", false: "20"}[year >= "69"] + year
	}
	if iso := isoOf(year, m[1], m[2]); iso != "" {
		return iso, m[1] != m[2] && isoOf(year, m[2], m[1]) != ""
	}
	return isoOf(year, m[2], m[1]), false
}

// isoOf is the date in ISO form, empty if there is no such day.
func isoOf(year, month, day string) string {
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	iso := fmt.Sprintf("%s-%02d-%02d", year, m, d)
	if !isISODate(iso) {
		return ""
	}
	return iso
}

func monthNumber(name string) string {
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(name[:3], m.String()[:3]) {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}
