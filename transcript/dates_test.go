package transcript

import "testing"

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
		{"03/04/98", "1998-03-04", true},
		{"03/04/14 07:15 PM EST", "2014-03-04", false},
		{"4/4/2014", "2014-04-04", false},
		{"May 1, 2003 to May 3, 2003", "2003-05-01", false},
		{"February 30, 2011", "", false},
		{"2011-13-01", "", false},
		{"in 2011", "", false},
		{"Room 18, October House", "", false},
		{"", "", false},
	} {
		got, ok := findDate(tt.line)
		if got.iso != tt.want || got.doubtful != tt.doubtful || ok != (tt.want != "") {
			t.Errorf("findDate(%q) = %q, doubtful %t; want %q, %t", tt.line, got.iso, got.doubtful, tt.want, tt.doubtful)
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
		if got := isPlace(line); got != want {
			t.Errorf("isPlace(%q) = %t", line, got)
		}
	}
}
