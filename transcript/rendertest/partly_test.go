package rendertest_test

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/rendertest"
)

// What is known to be reached in files in which labels are missing: words under another's name,
// and paragraphs of statements that are cut off, in a thousand.
var reachedPartly = map[rendertest.Half]struct{ others, cut int }{
	rendertest.Fit:   {others: 5, cut: 450},
	rendertest.Judge: {others: 8, cut: 350},
}

const partlyFiles = 3 // of each form

func TestNobodyHasAnothersWordsWhereLabelsAreMissing(t *testing.T) {
	named := regexp.MustCompile(*form)
	for _, h := range []rendertest.Half{rendertest.Fit, rendertest.Judge} {
		if *half != "" && *half != string(h) {
			continue
		}
		var total, whole rendertest.PartlyScore // whole are those of which no label is missing
		bad := map[string]int{}
		for _, f := range rendertest.PartlyForms() {
			if rendertest.HalfOf(f.Name()) != h || !named.MatchString(f.Name()) {
				continue
			}
			var sum rendertest.PartlyScore
			for k := range max(partlyFiles, *files) {
				file := rendertest.RenderPartly(f, *seed+uint64(k))
				got, err := transcript.Parse(t.Context(), file.Data, transcript.Options{Filename: file.Name})
				if err != nil {
					got = nil
				}
				s, faults := file.Judge(got)
				sum.Add(s)
				if h == rendertest.Fit && len(faults) > 0 && *worst > 15 {
					t.Logf("%s: %q", file.Name, faults)
				}
			}
			total.Add(sum)
			if f.Whole() {
				whole.Add(sum)
			}
			bad[f.Name()] = sum.Others + sum.Cut
		}
		t.Logf("%s: %v", h, total)
		t.Logf("%s, no label missing: %v", h, whole)
		names := slices.SortedFunc(maps.Keys(bad), func(a, b string) int { return bad[b] - bad[a] })
		for _, n := range names[:min(len(names), *worst)] {
			t.Logf("    %d %s", bad[n], n)
		}
		if low := reachedPartly[h]; *form == "" && (1000*total.Others > low.others*total.Words || 1000*total.Cut > low.cut*total.Goings) {
			t.Errorf("%s was better", h)
		}
	}
}
