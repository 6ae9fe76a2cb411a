package export

import "testing"

// Text from right to left, with numbers and names in it, is seen as Unicode says.
func TestVisualOrder(t *testing.T) {
	tests := []struct {
		name        string
		parts       []string
		rightToLeft bool
		want        string
	}{
		{"from left to right", []string{"one 2 three"}, false, "one 2 three"},
		{"from right to left", []string{"אבג דהו"}, true, "והד גבא"},
		{"a number within", []string{"אבג 12.5% דהו"}, true, "והד 12.5% גבא"},
		{"a foreign name within", []string{"אבג Ferry Times, 12 דהו"}, true, "והד Ferry Times, 12 גבא"},
		{"a foreign word at the end", []string{"אבג Poe"}, true, "Poe גבא"},
		{"within a text from left to right", []string{"say אבג דהו here"}, false, "say והד גבא here"},
		{"with a number, within a text from left to right", []string{"say אבג 12 דהו 7 here"}, false, "say 7 והד 12 גבא here"},
		{"brackets", []string{"אב (גד) ה"}, true, "ה (דג) בא"},
		{"a mark stays with its letter", []string{"אבּג"}, true, "גבּא"},
		{"parts apart", []string{"Roe: ", "אבג 1", ", ", "2 x"}, false, "Roe: 1 גבא, 2 x"},
		{"parts apart, from right to left", []string{"אבג", "Poe 1", "דהו"}, true, "והדPoe 1גבא"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var line []glyph
			for _, text := range tt.parts {
				part := &inline{text: text}
				for _, r := range text {
					line = append(line, glyph{r: r, of: part})
				}
			}
			if got := textOfGlyphs(visual(line, tt.rightToLeft)); got != tt.want {
				t.Errorf("%q is seen as %q, want %q", tt.parts, got, tt.want)
			}
		})
	}
}
