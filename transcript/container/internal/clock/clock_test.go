package clock

import "testing"

func TestRead(t *testing.T) {
	for s, want := range map[string]Time{
		"12.5":         {Count: 12.5, Bare: true},
		"12.5s":        {Count: 12.5},
		"1:02:03.5":    {Count: 3723.5},
		"00:00:01,900": {Count: 1.9},
		"00:01:02:12":  {Count: 62},
		"[0:04]":       {Count: 4},
		"PT1H2M3.5S":   {Count: 3723.5},
		"PT0.04S":      {Count: .04},
	} {
		if got, ok := Read(s); !ok || got != want {
			t.Errorf("%q: got %+v, %t; want %+v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "PT", "-1", "NaN", "1e99", "noon", "1:2:3:4:5", "0:12s", "2031-05-04"} {
		if got, ok := Read(s); ok {
			t.Errorf("%q is no time, got %+v", s, got)
		}
	}
}

func TestReadSpan(t *testing.T) {
	for _, s := range []string{"0:04 - 0:12", "00:00:04.000 --> 00:00:12.000", "0:04–0:12", "[0:04 to 0:12]"} {
		start, end, ok := ReadSpan(s)
		if !ok || start.Count != 4 || end.Count != 12 {
			t.Errorf("%q: got %v to %v, %t", s, start, end, ok)
		}
	}
	for _, s := range []string{"4 - 12", "2031-05-04", "Roe - Poe", "0:04"} {
		if _, _, ok := ReadSpan(s); ok {
			t.Errorf("%q is no span", s)
		}
	}
}
