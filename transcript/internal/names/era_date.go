package names

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// East Asian dates have the year first, of our era or of an emperor's or the Republic's, in
// figures or in characters: 令和13年5月4日, 民國120年5月4日, 二〇三一年五月四日.

// findEraDate finds the first such date of a line.
func findEraDate(s string) (Date, bool) {
	if !strings.Contains(s, "年") {
		return Date{}, false
	}
	at := eraDate.FindStringSubmatchIndex(s)
	if at == nil {
		return Date{}, false
	}
	part := func(i int) string {
		if at[2*i] < 0 {
			return ""
		}
		return s[at[2*i]:at[2*i+1]]
	}
	year := characterNumber(part(2)) + eras[part(1)]
	iso := isoOf(strconv.Itoa(year), strconv.Itoa(characterNumber(part(3))), strconv.Itoa(characterNumber(part(4))))
	return Date{ISO: iso, Start: at[0], End: at[1]}, iso != ""
}

const numberCharacters = `[0-9０-９〇○零元一二三四五六七八九十百]`

var (
	eraDate = regexp.MustCompile(`(` + lexicon.Pattern(eraNames()) + `)?\s*(` + numberCharacters + `{1,6})\s*年\s*(` + numberCharacters + `{1,3})\s*月\s*(` + numberCharacters + `{1,3})\s*日`)
	eras    = readEras()
)

// eraNames are the names of the eras.
func eraNames() []string {
	var names []string
	for _, row := range lexicon.Rows("eras") {
		names = append(names, row[:len(row)-1]...)
	}
	return names
}

// readEras are the years before the first of each era, by its name.
func readEras() map[string]int {
	before := map[string]int{}
	for _, row := range lexicon.Rows("eras") {
		year, err := strconv.Atoi(row[len(row)-1])
		if err != nil {
			panic("lexicon: an era without a year: " + row[0])
		}
		for _, name := range row[:len(row)-1] {
			before[name] = year
		}
	}
	return before
}

// characterNumber is a number in figures, of either width, or in characters: 二〇三一, 十三,
// 一百二十; 元 is the first year of an era. It is 0 if there is none.
func characterNumber(s string) int {
	number, digit, tens := 0, 0, false
	for _, r := range s {
		switch value, known := characterValues[r]; {
		case r == '元':
			return 1
		case r == '十' || r == '百':
			number, digit, tens = number+max(1, digit)*value, 0, true
		case known && tens:
			digit = value
		case known:
			digit = 10*digit + value
		case unicode.IsDigit(r):
			digit = 10*digit + int(r-zeroOf(r))
		}
	}
	return number + digit
}

// zeroOf is the zero of the figures to which one belongs.
func zeroOf(r rune) rune {
	if r >= '０' {
		return '０'
	}
	return '0'
}

var characterValues = map[rune]int{'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '十': 10, '百': 100}
