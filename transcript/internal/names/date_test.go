package names

import (
	"strings"
	"testing"
)

func TestFindDate(t *testing.T) {
	for _, tt := range []struct {
		line, want string
		doubtful   bool
	}{
		{"October 18, 2011", "2011-10-18", false},
		{"Tuesday, October 18, 2011", "2011-10-18", false},
		{"18 October 2011", "2011-10-18", false},
		{"the 3rd of March, 2011", "2011-03-03", false},
		{"Sept. 1st, 1999", "1999-09-01", false},
		{"Sep 1 1999 9:30 a.m.", "1999-09-01", false},
		{"OCTOBER 18, 2011", "2011-10-18", false},
		{"18-Oct-2011", "2011-10-18", false},
		{"2011-10-18T09:00:00Z", "2011-10-18", false},
		{"Published 2011-10-18", "2011-10-18", false},
		{"01/17/17 05:03 AM EST", "2017-01-17", false},
		{"17.01.2017", "2017-01-17", false},
		{"3/4/1998", "1998-03-04", true},
		{"4-3-1998", "1998-03-04", false},
		{"3-18-1998", "1998-03-18", false},
		{"4 במרץ 2031", "2031-03-04", false},
		{"4 مارس 2031", "2031-03-04", false},
		{"4 آذار 2031", "2031-03-04", false},
		{"03/04/98", "1998-03-04", true},
		{"03/04/14 07:15 PM EST", "2014-03-04", false},
		{"4/4/2014", "2014-04-04", false},
		{"May 1, 2003 to May 3, 2003", "2003-05-01", false},
		{"May 18th, 2011", "2011-05-18", false},
		{"May 18-19, 2011", "2011-05-18", false},
		{"Call of January 09, 2025, Q3 FY25", "2025-01-09", false},
		{"18 de mayo de 2011", "2011-05-18", false},
		{"Lisboa, 18 de março de 2011", "2011-03-18", false},
		{"le 1er août 2011", "2011-08-01", false},
		{"18. März 2011", "2011-03-18", false},
		{"2011. május 18.", "2011-05-18", false},
		{"18 мая 2011 г.", "2011-05-18", false},
		{"2011年5月18日", "2011-05-18", false},
		{"2011년 5월 18일", "2011-05-18", false},
		{"2011/05/18", "2011-05-18", false},
		{"18.05.2011", "2011-05-18", false},
		{"5.6.2011", "2011-06-05", false},
		{"18/05/2011", "2011-05-18", false},
		{"3000-01-01", "", false},
		{"0001-01-01T00:00:00Z", "", false},
		{"1970-01-01", "", false},
		{"9999-12-31", "", false},
		{"555-12-2011", "", false},
		{"第120回国会 令和13年5月4日", "2031-05-04", false},
		{"令和十三年五月四日", "2031-05-04", false},
		{"平成元年５月４日", "1989-05-04", false},
		{"民國120年5月4日", "2031-05-04", false},
		{"中華民國一百二十年五月二十四日", "2031-05-24", false},
		{"二〇三一年五月四日（星期三）", "2031-05-04", false},
		{"2031 年 5 月 4 日", "2031-05-04", false},
		{"三年五月", "", false},
		{"4 Mayıs 2031 Çarşamba", "2031-05-04", false},
		{"Première séance du mercredi 1er mai 2031", "2031-05-01", false},
		{"May 2011", "", false},
		{"We may meet 5 of 2011 divers", "", false},
		{"February 30, 2011", "", false},
		{"2011-13-01", "", false},
		{"in 2011", "", false},
		{"Room 18, October House", "", false},
		{"", "", false},
	} {
		got, ok := FindDate(tt.line)
		if got.ISO != tt.want || got.Doubtful != tt.doubtful || ok != (tt.want != "") {
			t.Errorf("FindDate(%q) = %q, doubtful %t; want %q, %t", tt.line, got.ISO, got.Doubtful, tt.want, tt.doubtful)
		}
	}
}

func TestIsPlace(t *testing.T) {
	for line, want := range map[string]bool{
		"Washington, DC":              true,
		"Washington, D.C.":            true,
		"New York, New York":          true,
		"Tallinn, Estonia":            true,
		"Port of Spain, Tobago":       false,
		"Jane Roe, Harbour Master":    false,
		"we went to Tallinn, Estonia": false,
		"Tallinn":                     false,
		"When: Tallinn, Estonia":      false,
	} {
		if got := IsPlace(line); got != want {
			t.Errorf("IsPlace(%q) = %t", line, got)
		}
	}
}

func TestSpokenDate(t *testing.T) {
	for text, want := range map[string]string{
		"Hello. This is Harbour News for the week of Monday, June 26th 2023.": "2023-06-26",
		"Harbour Talk, episode four, recorded May 18, 2011.":                  "2011-05-18",
		"I was born on May 18, 1971, in Port Vale.":                           "",
		strings.Repeat("Water rises. ", 60) + "Today is May 18, 2011.":        "",
	} {
		if got := SpokenDate(text); got != want {
			t.Errorf("SpokenDate(%q) = %q, want %q", text, got, want)
		}
	}
}
