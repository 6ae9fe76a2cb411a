package rendertest

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/model"
)

// Partly is a form of transcript in which only a part of the turns has labels: another's words
// may stand below somebody's name, and only what they say, and how they are set, tells it.
type Partly struct {
	container string // txt, md or html
	label     string // what stands before a turn that has a label: full, surname, titled, letters
	questions string // how questions are set: plain, bold, italic, heading
	missing   string // which labels are missing: none, questions, answers, later, some, one; or notes, where a clerk's stand between the turns
}

// Name is made of the names of the parts.
func (f Partly) Name() string {
	return fmt.Sprintf("partly+%s+questions-%s+missing-%s.%s", f.label, f.questions, f.missing, f.container)
}

// PartlyForms are all forms in which a part of the labels is missing, and those with all labels
// to compare them with.
func PartlyForms() []Partly {
	var forms []Partly
	for _, c := range []string{"txt", "md", "html"} {
		for _, l := range []string{"full", "surname", "titled", "letters"} {
			for _, q := range []string{"plain", "bold", "italic", "heading"} {
				for _, m := range []string{"none", "questions", "answers", "later", "some", "one", "notes"} {
					if c != "txt" || q == "plain" {
						forms = append(forms, Partly{c, l, q, m})
					}
				}
			}
		}
	}
	return forms
}

//go:embed exchanges/*.txt
var exchangeFiles embed.FS

// exchanges are what is asked and said in the files of one half of the forms.
type exchanges struct {
	topic      string
	pairs      [][]string // a question and the paragraphs of its answer
	statements [][]string // of several paragraphs, which are one person's
	notes      []string   // of a clerk
}

// readExchanges reads the words of a half.
func readExchanges(h Half) exchanges {
	data, err := exchangeFiles.ReadFile(path.Join("exchanges", string(h)+".txt"))
	if err != nil {
		panic(err)
	}
	var e exchanges
	for block := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
		lines := strings.Split(block, "\n")
		if topic, is := strings.CutPrefix(lines[0], "topic "); is {
			e.topic, lines = topic, lines[1:]
		}
		switch lines[0] {
		case "note":
			e.notes = lines[1:]
			continue
		case "mono":
			e.statements = append(e.statements, unmarked(lines[1:]))
			continue
		}
		e.pairs = append(e.pairs, unmarked(lines))
	}
	return e
}

// unmarked are lines without the mark before each.
func unmarked(lines []string) []string {
	var out []string
	for _, l := range lines {
		out = append(out, l[2:])
	}
	return out
}

// speech is what one person says at a stretch, or a clerk notes.
type speech struct {
	who        *partner // nil for a clerk
	paragraphs []string
	asks       bool
	labelled   bool
}

// partner is one of the two who speak.
type partner struct {
	given, surname, title, letter string
}

func (p *partner) names() []string {
	upper := strings.ToUpper(p.surname)
	return []string{p.given + " " + p.surname, p.surname, upper, p.title + " " + p.surname, strings.ToUpper(p.title) + " " + upper, p.letter}
}

// PartlyFile is a rendered file with what is right of it.
type PartlyFile struct {
	Name     string
	Data     []byte
	speeches []speech
}

var partners = []partner{
	{"Ilka", "Marrow", "Ms.", ""}, {"Tobias", "Fenwick", "Mr.", ""}, {"Oda", "Brandreth", "Ms.", ""}, {"Jonas", "Quill", "Mr.", ""},
	{"Petra", "Vale", "Ms.", ""}, {"Simon", "Harker", "Mr.", ""}, {"Nell", "Ashdown", "Ms.", ""}, {"Hugo", "Lindgren", "Mr.", ""},
}

const statementShare = .5 // of the files in which a statement of several paragraphs is one of the answers

// RenderPartly writes a conversation in a form; the same seed gives the same file.
func RenderPartly(f Partly, seed uint64) PartlyFile {
	r := source(f.Name(), seed)
	e := readExchanges(HalfOf(f.Name()))
	n := r.Perm(len(partners))
	asker, answerer := partners[n[0]], partners[n[1]]
	asker.letter, answerer.letter = "Q", "A"
	file := PartlyFile{Name: fmt.Sprintf("%s-%d.%s", strings.TrimSuffix(f.Name(), "."+f.container), seed, f.container)}
	r.Shuffle(len(e.pairs), func(i, j int) { e.pairs[i], e.pairs[j] = e.pairs[j], e.pairs[i] })
	pairs := e.pairs[:5+r.IntN(len(e.pairs)-6)]
	for i, p := range pairs {
		said := p[1:]
		if i > 0 && i == len(pairs)/2 && chance(r, statementShare) {
			said = slices.Concat(said, pick(r, e.statements))
		}
		file.speeches = append(file.speeches, speech{&asker, p[:1], true, true}, speech{&answerer, said, false, true})
	}
	file.dropLabels(r, f.missing)
	if f.missing == "notes" {
		file.addNotes(r, e.notes, asker, answerer)
	}
	file.Data = []byte(f.write(e.topic, asker, answerer, file.speeches))
	return file
}

const someShare = .3 // of the labels are missing where some are

// dropLabels takes labels away.
func (f *PartlyFile) dropLabels(r *rand.Rand, missing string) {
	one := 2 + r.IntN(len(f.speeches)-2)
	for i := range f.speeches {
		s := &f.speeches[i]
		switch missing {
		case "questions":
			s.labelled = !s.asks
		case "answers":
			s.labelled = s.asks
		case "later":
			s.labelled = i < 2
		case "some":
			s.labelled = i < 2 || !chance(r, someShare)
		case "one":
			s.labelled = i != one
		}
	}
}

// addNotes puts a clerk's notes behind answers.
func (f *PartlyFile) addNotes(r *rand.Rand, notes []string, asker, answerer partner) {
	var all []speech
	for _, s := range f.speeches {
		all = append(all, s)
		if !s.asks && len(notes) > 0 && chance(r, .5) {
			note := strings.NewReplacer("{own}", answerer.title+" "+answerer.surname, "{other}", asker.title+" "+asker.surname).Replace(notes[0])
			all, notes = append(all, speech{paragraphs: []string{note}}), notes[1:]
		}
	}
	f.speeches = all
}

// write writes the title block and all speeches.
func (f Partly) write(topic string, asker, answerer partner, speeches []speech) string {
	blocks := []string{
		f.set("A conversation about "+topic, "title"),
		f.set(fmt.Sprintf("%s %s spoke with %s %s about %s on 9 September 2025.", asker.given, asker.surname, answerer.given, answerer.surname, topic), ""),
	}
	for _, s := range speeches {
		label := ""
		if s.labelled {
			label = f.labelOf(s.who)
		}
		setting := ""
		if s.asks {
			setting = f.questions
		}
		for i, p := range s.paragraphs {
			if i > 0 {
				label = ""
			}
			blocks = append(blocks, f.paragraph(label, p, setting))
		}
	}
	if f.container == "html" {
		return "<!DOCTYPE html><html><body>\n" + strings.Join(blocks, "\n") + "\n</body></html>\n"
	}
	return strings.Join(blocks, "\n\n") + "\n"
}

func (f Partly) labelOf(p *partner) string {
	switch f.label {
	case "surname":
		return strings.ToUpper(p.surname)
	case "titled":
		return strings.ToUpper(p.title + " " + p.surname)
	case "letters":
		return p.letter
	}
	return p.given + " " + p.surname
}

// paragraph writes a paragraph in a setting. A heading has no label: it is plain if it has one.
func (f Partly) paragraph(label, words, setting string) string {
	switch {
	case label == "":
		return f.set(words, setting)
	case setting == "bold" || setting == "italic":
		return f.set(label+": "+words, setting)
	case f.container == "txt":
		return label + ": " + words
	case f.container == "html":
		return "<p><b>" + label + ":</b> " + words + "</p>"
	}
	return "**" + label + ":** " + words
}

// set sets words as a paragraph.
func (f Partly) set(words, setting string) string {
	marks := map[string]map[string][2]string{
		"md":   {"title": {"# ", ""}, "bold": {"**", "**"}, "italic": {"*", "*"}, "heading": {"## ", ""}},
		"html": {"": {"<p>", "</p>"}, "plain": {"<p>", "</p>"}, "title": {"<h1>", "</h1>"}, "bold": {"<p><strong>", "</strong></p>"}, "italic": {"<p><em>", "</em></p>"}, "heading": {"<h3>", "</h3>"}},
	}[f.container][setting]
	return marks[0] + words + marks[1]
}

// PartlyScore is what a parser made of files in which labels are missing. Words are counted
// without those that stand outside of all turns.
type PartlyScore struct {
	Words   int // that are in turns
	Others  int // under another's name or label, without a doubt
	Nobodys int // under no name, or with a doubt
	Goings  int // paragraphs that go on with a turn whose label is there
	Cut     int // of these, those that are not without doubt under the name of whoever speaks
}

// Add adds the score of another file.
func (s *PartlyScore) Add(o PartlyScore) {
	s.Words += o.Words
	s.Others += o.Others
	s.Nobodys += o.Nobodys
	s.Goings += o.Goings
	s.Cut += o.Cut
}

func (s PartlyScore) String() string {
	return fmt.Sprintf("%d of %d words under another's name without doubt, %d under nobody's or with a doubt; %d of %d further paragraphs cut off", s.Others, s.Words, s.Nobodys, s.Cut, s.Goings)
}

// Judge scores what a parser made of the file; nil stands for nothing. Faults are the paragraphs
// under another's name, and those that were cut off.
func (f PartlyFile) Judge(t *model.Transcript) (s PartlyScore, faults []string) {
	if t == nil {
		return s, nil
	}
	for _, said := range f.speeches {
		for i, p := range said.paragraphs {
			k := slices.IndexFunc(t.Turns, func(turn model.Turn) bool { return strings.Contains(turn.Text, p) })
			goes := said.labelled && i > 0
			own := false
			if k >= 0 {
				n := len(strings.Fields(p))
				s.Words += n
				bearer, doubt := string(t.Turns[k].Bearer()), t.Turns[k].Doubt != ""
				own = !doubt && said.who != nil && slices.Contains(said.who.names(), bearer)
				switch {
				case doubt || bearer == "":
					s.Nobodys += n
				case !own:
					s.Others += n
					faults = append(faults, fmt.Sprintf("%s has %q", bearer, p))
				}
			}
			if goes {
				if s.Goings++; !own {
					s.Cut++
					faults = append(faults, fmt.Sprintf("%q is cut off", p))
				}
			}
		}
	}
	return s, faults
}

// Whole reports whether no label is missing.
func (f Partly) Whole() bool { return f.missing == "none" }
