package transcript

import "testing"

func TestReadable(t *testing.T) {
	for name, want := range map[string]bool{
		"briefing.txt":            true,
		"2031/may/BRIEFING.TXT":   true,
		"interview.text":          true,
		"notes.md":                true,
		"notes.markdown":          true,
		"panel.json":              true,
		"readings.txt":            true,
		"on the license.txt":      true,
		"questions.jsonl":         false,
		"photograph.jpeg":         false,
		"transcript":              false,
		"README.md":               false,
		"archive/readme-2031.txt": false,
		"LICENSE.txt":             false,
		".notes.txt":              false,
		".txt":                    false,
		"":                        false,
	} {
		if got := Readable(name); got != want {
			t.Errorf("Readable(%q) = %v, want %v", name, got, want)
		}
	}
}
