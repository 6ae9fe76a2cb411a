package transcript

import "testing"

func TestFormatsHaveNames(t *testing.T) {
	for _, tt := range []struct{ name, kind, convention, written string }{
		{"briefing", "", "briefing", ""},
		{"json", "json", "", "json"},
		{"text", "text", "", "text"},
		{"text+interview", "text", "interview", "interview"},
		{"json+briefing", "json", "briefing", "json+briefing"},
	} {
		kind, convention, known := readFormat(tt.name)
		if !known || kind != tt.kind || convention != tt.convention {
			t.Errorf("%q is read as %q and %q, %v", tt.name, kind, convention, known)
		}
		if written := nameFormat(kind, convention); tt.written != "" && written != tt.written {
			t.Errorf("%q is written as %q", tt.name, written)
		}
	}
	for _, name := range []string{"", "opera", "text+opera", "opera+briefing", "briefing+text", "+", "text+"} {
		if _, _, known := readFormat(name); known {
			t.Errorf("%q is known", name)
		}
	}
}
