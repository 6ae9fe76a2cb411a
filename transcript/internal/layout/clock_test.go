package layout

import "testing"

func TestClocks(t *testing.T) {
	ms := func(n int64) *int64 { return &n }
	for _, tt := range []struct {
		text, rest string
		start, end *int64
		found      bool
	}{
		{"0:24 It holds.", "It holds.", ms(24_000), nil, true},
		{"[01:02:03] It holds.", "It holds.", ms(3_723_000), nil, true},
		{"(00:12:30.250 - 00:12:41) It holds.", "It holds.", ms(750_250), ms(761_000), true},
		{"00:01:02,5 --> 00:01:03 It holds.", "It holds.", ms(62_500), ms(63_000), true},
		{"-00:01:57 It holds.", "It holds.", nil, nil, true},
		{"1:00:12:30 It holds.", "It holds.", nil, nil, true},
		{"10:30 a.m. It holds.", "10:30 a.m. It holds.", nil, nil, false},
		{"0:75 It holds.", "0:75 It holds.", nil, nil, false},
		{"[00:12:30 It holds.", "[00:12:30 It holds.", nil, nil, false},
		{"12 gates", "12 gates", nil, nil, false},
		{"", "", nil, nil, false},
	} {
		c, rest, found := LeadingClock(tt.text)
		if found != tt.found || rest != tt.rest || !sameTime(c.StartMS, tt.start) || !sameTime(c.EndMS, tt.end) {
			t.Errorf("LeadingClock(%q) = %+v, %q, %t", tt.text, c, rest, found)
		}
	}
	for text, want := range map[string]string{
		"Jane Roe  0:24":       "Jane Roe",
		"Jane Roe – (0:24:10)": "Jane Roe",
		"Jane Roe, 24":         "Jane Roe, 24",
		"0:24":                 "0:24",
	} {
		if _, before, _ := TrailingClock(text); before != want {
			t.Errorf("TrailingClock(%q) leaves %q, want %q", text, before, want)
		}
	}
}

func sameTime(a, b *int64) bool {
	return a == b || a != nil && b != nil && *a == *b
}
