package marks_test

import (
	"testing"
	"unicode"

	"github.com/pullquote/pullquote/internal/marks"
)

// What Unicode knows as quotation marks, or as marks that begin and end quotations, the table knows.
func TestUnicodeIsKnown(t *testing.T) {
	for _, table := range []*unicode.RangeTable{unicode.Quotation_Mark, unicode.Pi, unicode.Pf} {
		for r := rune(0); r <= unicode.MaxRune; r++ {
			if unicode.Is(table, r) && !marks.Is(r) {
				t.Errorf("%c (%U) is missing", r, r)
			}
		}
	}
	for _, r := range "aZ0 -–—.,:;!?()[]{}<>/|#*_" {
		if marks.Is(r) {
			t.Errorf("%c is no quotation mark", r)
		}
	}
}
