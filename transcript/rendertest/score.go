package rendertest

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/model"
)

// Score is what a parser made of files.
type Score struct {
	Files      int
	Turns      int     // of the gold
	F1         float64 // sum over the files: turns matched in order by their first five words
	Mixed      int     // turns whose beginning stands within a turn that another is credited with
	FalseNames int     // turns credited to somebody who did not speak them
	Mislabeled int     // matched turns under a label that is not theirs
	Doubted    int     // parsed turns with a doubt
	Parsed     int     // parsed turns that are no narration
}

// Add adds another score.
func (s *Score) Add(o Score) {
	s.Files += o.Files
	s.Turns += o.Turns
	s.F1 += o.F1
	s.Mixed += o.Mixed
	s.FalseNames += o.FalseNames
	s.Mislabeled += o.Mislabeled
	s.Doubted += o.Doubted
	s.Parsed += o.Parsed
}

// MeanF1 is the mean over the files.
func (s Score) MeanF1() float64 { return s.F1 / max(1, float64(s.Files)) }

// MixedPerThousand is the share of gold turns that are mixed, in thousandths.
func (s Score) MixedPerThousand() float64 { return 1000 * float64(s.Mixed) / max(1, float64(s.Turns)) }

// DoubtShare is the share of parsed turns with a doubt.
func (s Score) DoubtShare() float64 { return float64(s.Doubted) / max(1, float64(s.Parsed)) }

// Short says in what a score falls short of the goal; it is empty where it does not. Nobody
// is credited with another's words, and silence is no way to be right: few turns are in doubt.
func (s Score) Short() string {
	var short []string
	for _, goal := range []struct {
		met  bool
		name string
	}{
		{s.MeanF1() >= .99, "turns found: F1 of .99"},
		{s.MixedPerThousand() <= 2, "two mixed turns in a thousand"},
		{s.FalseNames == 0, "no false names"},
		{s.DoubtShare() <= .02, "doubt in two turns of a hundred"},
	} {
		if !goal.met {
			short = append(short, goal.name)
		}
	}
	return strings.Join(short, ", ")
}

// A Fault is one thing that went wrong, in words.
type Fault struct {
	Kind string // mixed, false name, mislabeled, missed, extra
	Turn string // the turn of the gold, or the parsed one that is extra
	Got  string
}

// Judge scores what a parser made of a file; got is nil where it refused.
func (f File) Judge(got *model.Transcript) (Score, []Fault) {
	s := Score{Files: 1, Turns: len(f.Turns)}
	if got == nil {
		return s, []Fault{{Kind: "missed", Turn: "all", Got: "refused"}}
	}
	var parsed []model.Turn
	for _, t := range got.Turns {
		if t.Role != model.RoleNarration {
			parsed = append(parsed, t)
			if t.Doubt != "" {
				s.Doubted++
			}
		}
	}
	s.Parsed = len(parsed)
	gold, parsed, pairs := align(f.Turns, parsed)
	s.F1 = 2 * float64(len(pairs)) / max(1, float64(len(gold)+len(parsed)))
	var faults []Fault
	matched := map[int]bool{}
	for _, p := range pairs {
		g, t := gold[p[0]], parsed[p[1]]
		matched[p[0]] = true
		switch {
		case !g.mayBe(t):
			s.FalseNames++
			faults = append(faults, Fault{"false name", g.show(), showParsed(t)})
		case !g.bears(t):
			s.Mislabeled++
			faults = append(faults, Fault{"mislabeled", g.show(), showParsed(t)})
		}
	}
	bodies := make([]string, len(parsed))
	for j, t := range parsed {
		bodies[j] = " " + folded(t.Text) + " "
	}
	for i, g := range gold {
		if matched[i] {
			continue
		}
		if t, mixed := g.within(parsed, bodies); mixed {
			s.Mixed++
			faults = append(faults, Fault{"mixed", g.show(), showParsed(t)})
		} else {
			faults = append(faults, Fault{Kind: "missed", Turn: g.show()})
		}
	}
	for j, t := range parsed {
		if !slices.ContainsFunc(pairs, func(p [2]int) bool { return p[1] == j }) {
			faults = append(faults, Fault{Kind: "extra", Got: showParsed(t)})
		}
	}
	return s, faults
}

// mayBe reports whether the speaker of a parsed turn is the turn's own, be it by a part of
// what is printed.
func (g Turn) mayBe(t model.Turn) bool {
	name := folded(string(t.Speaker))
	return name == "" || strings.Contains(" "+folded(g.Base)+" ", " "+name+" ") || slices.ContainsFunc(append([]string{g.Label, g.Base}, g.Names...), func(n string) bool { return folded(n) == name })
}

// bears reports whether a parsed turn bears the turn's label, or its speaker's name.
func (g Turn) bears(t model.Turn) bool {
	for _, have := range []string{folded(string(t.Label)), folded(string(t.Speaker))} {
		if have != "" && slices.ContainsFunc(append([]string{g.Label, g.Base}, g.Names...), func(n string) bool { return folded(n) == have }) {
			return true
		}
	}
	return g.Label == "" && t.Label == ""
}

// within finds the parsed turn that holds the beginning of this one further in and bears
// another's label; bodies are the parsed turns' words.
func (g Turn) within(parsed []model.Turn, bodies []string) (model.Turn, bool) {
	words := fold(g.Text)
	if len(words) < 3 {
		return model.Turn{}, false
	}
	want := " " + strings.Join(words[:min(8, len(words))], " ") + " "
	for j, t := range parsed {
		if strings.Index(bodies[j], want) > 0 && t.Bearer() != "" && !g.bears(t) {
			return t, true
		}
	}
	return model.Turn{}, false
}

// align pairs turns in order, as they are or with neighbours of one label joined, whichever
// pairs more.
func align(gold []Turn, parsed []model.Turn) ([]Turn, []model.Turn, [][2]int) {
	pairs := pairUp(gold, parsed)
	var g []Turn
	for _, t := range gold {
		if n := len(g); n > 0 && t.Label != "" && g[n-1].Label == t.Label {
			g[n-1].Text += " " + t.Text
		} else {
			g = append(g, t)
		}
	}
	var p []model.Turn
	for _, t := range parsed {
		if n := len(p); n > 0 && t.Bearer() != "" && p[n-1].Label == t.Label && p[n-1].Speaker == t.Speaker {
			p[n-1].Text += " " + t.Text
		} else {
			p = append(p, t)
		}
	}
	joined := pairUp(g, p)
	if len(joined)*(len(gold)+len(parsed)) > len(pairs)*(len(g)+len(p)) {
		return g, p, joined
	}
	return gold, parsed, pairs
}

// pairUp is the longest common subsequence of the turns' first words.
func pairUp(gold []Turn, parsed []model.Turn) [][2]int {
	a, b := make([]string, len(gold)), make([]string, len(parsed))
	for i := range a {
		a[i] = opening(gold[i].Text)
	}
	for j := range b {
		b[j] = opening(parsed[j].Text)
	}
	best := make([][]int, len(a)+1)
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i][j] = best[i+1][j+1] + 1
			} else {
				best[i][j] = max(best[i+1][j], best[i][j+1])
			}
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case best[i+1][j] >= best[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// opening is by what turns are matched.
func opening(text string) string {
	words := fold(text)
	return strings.Join(words[:min(5, len(words))], " ")
}

// fold divides text into words in small letters, without marks. It does not tell the
// dotless i from the other: a Turkish word in capitals may have either.
func fold(text string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(strings.ToLower(text), "ı", "i"), func(c rune) bool {
		return c != '_' && !unicode.IsLetter(c) && !unicode.IsNumber(c)
	})
}

func folded(text string) string { return strings.Join(fold(text), " ") }

func (g Turn) show() string { return g.Label + " » " + cut(g.Text) }

func showParsed(t model.Turn) string {
	return string(t.Label) + " (" + string(t.Speaker) + ") » " + cut(t.Text)
}

func cut(s string) string {
	s = strings.ReplaceAll(s, "\n", "⏎")
	if c := []rune(s); len(c) > 70 {
		return string(c[:70]) + "…"
	}
	return s
}
