package clock

import "testing"

// A time is never before the recording, and no number that is none.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"12.5s", "1:02:03,5", "PT1H2M3.5S", "0:04 - 0:12", "-1", "1e13"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if at, ok := Read(s); ok && !(at.Count >= 0) {
			t.Errorf("%q is %v", s, at.Count)
		}
		if start, end, ok := ReadSpan(s); ok && !(start.Count >= 0 && end.Count >= 0) {
			t.Errorf("%q is from %v to %v", s, start.Count, end.Count)
		}
	})
}
