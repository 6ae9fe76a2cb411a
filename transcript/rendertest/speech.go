package rendertest

import (
	"embed"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed speech/*.txt
var speechFiles embed.FS

// A grammar makes the speech of one language, its people and what is printed around
// them. Each symbol has lines of which one is chosen; a name in braces is a symbol again.
type grammar map[string][]string

// grammars are those of all languages, by their BCP 47 tags.
var grammars = sync.OnceValue(func() map[string]grammar {
	all := map[string]grammar{}
	names, err := speechFiles.ReadDir("speech")
	if err != nil {
		panic(err)
	}
	for _, n := range names {
		data, err := speechFiles.ReadFile("speech/" + n.Name())
		if err != nil {
			panic(err)
		}
		all[strings.TrimSuffix(n.Name(), path.Ext(n.Name()))] = readGrammar(string(data))
	}
	return all
})

// languages lists the languages in order.
func languages() []string { return slices.Sorted(maps.Keys(grammars())) }

// readGrammar reads "= symbol" lines, each followed by the lines of the symbol.
func readGrammar(text string) grammar {
	g, symbol := grammar{}, ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if name, begins := strings.CutPrefix(line, "= "); begins {
			symbol = name
		} else if line != "" {
			g[symbol] = append(g[symbol], line)
		}
	}
	return g
}

var hole = regexp.MustCompile(`\{[A-Za-z-]+\}`)

// say expands a symbol; given has values of holes that are not symbols.
func (g grammar) say(r *rand.Rand, symbol string, given map[string]string) string {
	return hole.ReplaceAllStringFunc(g.one(r, symbol), func(h string) string {
		name := h[1 : len(h)-1]
		if v, ok := given[name]; ok {
			return v
		}
		return g.say(r, name, given)
	})
}

// one chooses a line of a symbol; empty where the language has none.
func (g grammar) one(r *rand.Rand, symbol string) string {
	if len(g[symbol]) == 0 {
		return ""
	}
	return pick(r, g[symbol])
}

// of chooses a line of a symbol for a woman or a man: "title-she". The other's will do
// where there is none.
func (g grammar) of(r *rand.Rand, symbol string, she bool) string {
	forms := []string{symbol + "-he", symbol + "-she"}
	if she {
		slices.Reverse(forms)
	}
	for _, f := range append(forms, symbol) {
		if len(g[f]) > 0 {
			return pick(r, g[f])
		}
	}
	return ""
}
