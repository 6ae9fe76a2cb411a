package answer

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// facts is what an answer about the record says, in order.
type facts struct {
	list    []fact
	nothing string // why the record does not answer; there are no facts then
}

// fact is a statement: what the program says by itself, followed by quotations that lead to
// the record.
type fact struct {
	prose string
	cited []cited
}

// cited is a quotation of a fact. How it is introduced, and which words are quoted, is made
// of the turn when that has been read.
type cited struct {
	turn      retrieval.TurnKey
	introduce func(h retrieval.Hit) string
	excerpt   func(h retrieval.Hit) excerpt
}

func (f *facts) say(prose string) { f.list = append(f.list, fact{prose: prose}) }

func (f *facts) cite(cited ...cited) { f.list = append(f.list, fact{cited: cited}) }

// more says how many were not listed.
func (f *facts) more(n int) {
	switch {
	case n == 1:
		f.say("1 more is not listed here.")
	case n > 1:
		f.say(thousands(n) + " more are not listed here.")
	}
}

// others names those speakers who are not quoted, and counts the rest.
func (f *facts) others(v retrieval.SpeakerCounts) {
	var names []string
	for _, speaker := range v.List[min(len(v.List), mostListed):] {
		names = append(names, cmp.Or(words.Name(speaker.Name), words.Name(speaker.Label), "a label without words"))
	}
	rest := v.Named + v.Labels - len(v.List)
	if rest > 0 {
		names = append(names, thousands(rest)+" more")
	}
	if len(names) > 0 {
		f.say("Besides: " + strings.Join(names, "; ") + ".")
	}
}

// turns are those that are quoted, in order.
func (f facts) turns() []retrieval.TurnKey {
	var keys []retrieval.TurnKey
	for _, fact := range f.list {
		for _, c := range fact.cited {
			keys = append(keys, c.turn)
		}
	}
	return keys
}

// write writes the facts; hits are their turns. One that was deleted in the meantime is
// left out.
func (f facts) write(w *writer, hits []retrieval.Hit) error {
	byKey := map[retrieval.TurnKey]retrieval.Hit{}
	for _, h := range hits {
		byKey[turnOf(h)] = h
	}
	for _, fact := range f.list {
		parts := []written{}
		if fact.prose != "" {
			parts = append(parts, written{prose: fact.prose})
		}
		for i, c := range fact.cited {
			h, found := byKey[c.turn]
			if !found {
				continue
			}
			citation := w.citation(c.excerpt(h))
			introduction := join(", ", capital(c.introduce(h)), citation.Quoting())
			if source := w.source(h); source != "" {
				introduction += " (" + source + ")"
			}
			if i > 0 {
				introduction = " " + introduction
			}
			parts = append(parts, written{prose: introduction + ": "}, written{quotes: &citation})
		}
		if len(parts) == 0 {
			continue
		}
		if err := w.statement(parts); err != nil {
			return err
		}
	}
	return nil
}
