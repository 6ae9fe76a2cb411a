package rendertest_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/rendertest"
)

var (
	out   = flag.String("out", "", "folder that TestWrite writes to")
	files = flag.Int("files", 1, "files of each form")
	seed  = flag.Uint64("seed", 1, "of the first file of each form; the next have the next")
	form  = flag.String("form", "", "only forms whose names match this expression")
	half  = flag.String("half", "", "only forms of this half: fit or judge")
	worst = flag.Int("worst", 15, "worst forms that TestForms shows of each half with -v")
)

// chosen are the forms that the flags choose.
func chosen(t *testing.T) []rendertest.Form {
	t.Helper()
	named, err := regexp.Compile(*form)
	if err != nil {
		t.Fatal(err)
	}
	var forms []rendertest.Form
	for _, f := range rendertest.Forms() {
		if named.MatchString(f.Name()) && (*half == "" || *half == string(rendertest.HalfOf(f.Name()))) {
			forms = append(forms, f)
		}
	}
	return forms
}

func TestTheSameSeedGivesTheSameFile(t *testing.T) {
	for _, f := range rendertest.Forms() {
		if a, b := rendertest.Render(f, 1), rendertest.Render(f, 1); !bytes.Equal(a.Data, b.Data) {
			t.Errorf("%s differs", f.Name())
		}
		if named, ok := rendertest.FormNamed(f.Name()); !ok || named.Name() != f.Name() {
			t.Errorf("%s is not found by its name", f.Name())
		}
	}
}

func TestWrite(t *testing.T) {
	if *out == "" {
		t.Skip("-out says where to")
	}
	if *half == "" {
		*half = string(rendertest.Fit)
	}
	for _, f := range chosen(t) {
		for k := range *files {
			if err := rendertest.Render(f, *seed+uint64(k)).Write(*out); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("written to %s", filepath.Clean(*out))
}

func TestForms(t *testing.T) {
	type result struct {
		name  string
		score rendertest.Score
		fault string
	}
	results := map[rendertest.Half][]result{}
	total := map[rendertest.Half]*rendertest.Score{rendertest.Fit: {}, rendertest.Judge: {}}
	for _, f := range chosen(t) {
		r := result{name: f.Name()}
		for k := range *files {
			file := rendertest.Render(f, *seed+uint64(k))
			got, err := transcript.Parse(t.Context(), file.Data, transcript.Options{Filename: file.Name})
			if err != nil {
				got = nil
			}
			s, faults := file.Judge(got)
			r.score.Add(s)
			if len(faults) > 0 && r.fault == "" {
				r.fault = fmt.Sprintf("seed %d: %s: %s | got %s", *seed+uint64(k), faults[0].Kind, faults[0].Turn, faults[0].Got)
			}
		}
		h := rendertest.HalfOf(f.Name())
		results[h] = append(results[h], r)
		total[h].Add(r.score)
	}
	for _, h := range []rendertest.Half{rendertest.Fit, rendertest.Judge} {
		slices.SortFunc(results[h], func(a, b result) int {
			return cmp.Or(cmp.Compare(b.score.Mixed+b.score.FalseNames, a.score.Mixed+a.score.FalseNames), cmp.Compare(a.score.MeanF1(), b.score.MeanF1()))
		})
		for _, r := range results[h][:min(*worst, len(results[h]))] {
			t.Logf("%s F1 %.3f mixed %d false %d mislabeled %d of %d\n    %s", r.name, r.score.MeanF1(), r.score.Mixed, r.score.FalseNames, r.score.Mislabeled, r.score.Turns, r.fault)
		}
		s := total[h]
		t.Logf("%s: %d forms, %d files, %d turns: F1 %.4f, mixed %.1f per thousand, false names %d, mislabeled %d, doubt %.3f",
			h, len(results[h]), s.Files, s.Turns, s.MeanF1(), s.MixedPerThousand(), s.FalseNames, s.Mislabeled, s.DoubtShare())
	}
}

// Where a gold were not what the file says, the parser would be held to a fault of ours.
func TestWhatIsRightStandsInTheFile(t *testing.T) {
	for _, f := range chosen(t) {
		for k := range *files {
			file := rendertest.Render(f, *seed+uint64(k))
			if fault := file.Check(); fault != "" {
				t.Errorf("%s: %s", file.Name, fault)
			}
		}
	}
}
