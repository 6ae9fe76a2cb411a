package answer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// person is somebody whose words a question wants.
type person struct {
	name  string   // the fullest under which the record has them
	names []string // all of these
	label []string // words that the label has as well, where several people speak under the name
}

// speaks reports whether a hit has the person's words.
func (p person) speaks(h retrieval.Hit) bool {
	if !slices.Contains(p.names, string(h.Speaker)) {
		return false
	}
	return len(p.label) == 0 || containsAll(nameParts(string(h.Label)), p.label)
}

// anySpeaks reports whether a hit has the words of one of some persons.
func anySpeaks(persons []person, h retrieval.Hit) bool {
	return slices.ContainsFunc(persons, func(p person) bool { return p.speaks(h) })
}

// binding is whom a question binds to: nobody else is quoted for it.
type binding struct {
	persons []person
	absent  []calling // who are no speakers of the record, as far as their names tell
	told    []calling // who are none either, of whom others may tell
	nobody  wordSet   // words of names that bind to nobody, and are not met by a speaker's name: North Carolina
	notice  string    // what the reader should know of the names
	nearest string    // among the record's names to that of the first who is absent
}

const (
	// mostNamesakes is how many people may share a name that a question has: 4. More are
	// a reason to ask for a full name.
	mostNamesakes = 4
	// mostNames is how many names are read for roles, labels and the nearest name: 500. In a
	// record of more people a role is nobody's own.
	mostNames = 500
)

// bind looks up whose words a question wants among all who speak in the scope of a filter.
func (s *Service) bind(ctx context.Context, called []calling, filter retrieval.Filter) (b binding, err error) {
	if len(called) == 0 || filter.Speaker != "" {
		return b, nil
	}
	var words []string // family names as a rule: fewer people have them than a given name
	for _, c := range called {
		words = append(words, c.words[len(c.words)-1])
	}
	named, err := s.searcher.Names(ctx, retrieval.NamesQuery{Filter: filter, Words: words, Limit: mostNames})
	if err != nil {
		return b, err
	}
	var everybody []retrieval.PrintedName // read when they are needed
	for _, c := range called {
		found := c.among(named)
		if len(found) == 0 && everybody == nil {
			if everybody, err = s.searcher.Names(ctx, retrieval.NamesQuery{Filter: filter, Limit: mostNames}); err != nil {
				return b, err
			}
		}
		if len(found) == 0 && len(everybody) < mostNames {
			found = c.amongRoles(everybody)
		}
		b.add(c, found, everybody)
	}
	return b, nil
}

// add binds to those whom a calling stands for.
func (b *binding) add(c calling, found []person, everybody []retrieval.PrintedName) {
	switch {
	case len(found) > mostNamesakes:
		b.notice = fmt.Sprintf("%d speakers are called %s; name one in full.", len(found), c.text)
	case len(found) > 1:
		b.notice = fmt.Sprintf("%s may be any of %s.", c.title(), listed(found))
		fallthrough
	case len(found) == 1:
		for _, p := range found {
			if !slices.ContainsFunc(b.persons, func(other person) bool { return other.name == p.name }) {
				b.persons = append(b.persons, p)
			}
		}
	case len(everybody) > 0 && c.isName() && !c.isOfUnnamed(everybody):
		if len(b.absent) == 0 {
			b.nearest = c.nearest(everybody)
		}
		b.absent = append(b.absent, c)
	case !c.definite:
		b.nobody = lexicon.Union(b.nobody, wordsOf(strings.Join(c.words, " ")))
	}
}

// listed are the names of persons as prose has them.
func listed(persons []person) string {
	names := make([]string, len(persons))
	for i, p := range persons {
		names[i] = unquoted(p.name)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// among are those of the record's names that a calling stands for, of one person together.
func (c calling) among(names []retrieval.PrintedName) []person {
	if c.definite || c.isPlace() && len(c.titles) == 0 {
		return nil
	}
	var found []retrieval.PrintedName
	whole := false // a name is exactly as it was asked
	for _, n := range names {
		parts := withoutTitles(nameParts(n.Name))
		if !c.standsFor(parts) {
			continue
		}
		exact := len(parts) == len(c.words) && len(parts) > 1
		if exact && !whole {
			found, whole = nil, true
		}
		if exact == whole {
			found = append(found, n)
		}
	}
	return grouped(found)
}

// standsFor reports whether each word of a calling is one of a name, its initial or a short
// form, and one at least the same word.
func (c calling) standsFor(name []string) bool {
	same := false
	for _, w := range c.words {
		i := slices.IndexFunc(name, func(part string) bool { return part == w })
		same = same || i >= 0 && !lexicon.IsInitial(w)
		if i < 0 && !slices.ContainsFunc(name, func(part string) bool { return alike(part, w) }) {
			return false
		}
	}
	return same
}

// alike reports whether two words may be of one name: an initial and what it stands for, a
// given name and its short form.
func alike(a, b string) bool {
	if lexicon.IsInitial(a) || lexicon.IsInitial(b) {
		return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	}
	return nicknames[a] != "" && nicknames[a] == nicknames[b]
}

// nicknames are the full given names of short ones.
var nicknames = func() map[string]string {
	full := map[string]string{}
	for _, row := range lexicon.Rows("nicknames") {
		for _, form := range row {
			full[form] = row[0]
		}
	}
	return full
}()

// grouped puts the names of one person together: those of an entry of the directory, and
// those without a given name that can be of one other alone.
func grouped(names []retrieval.PrintedName) []person {
	var groups []person
	ids := map[string]int{}
	slices.SortStableFunc(names, func(a, b retrieval.PrintedName) int { return len(nameParts(b.Name)) - len(nameParts(a.Name)) })
	for _, n := range names {
		i, known := ids[n.SpeakerID]
		if !known {
			i = onlyOf(groups, withoutTitles(nameParts(n.Name)))
		}
		if i < 0 {
			i, groups = len(groups), append(groups, person{name: n.Name})
		}
		ids[n.SpeakerID] = i
		groups[i].names = append(groups[i].names, n.Name)
	}
	slices.SortStableFunc(groups, func(a, b person) int { return strings.Compare(a.name, b.name) })
	return groups
}

// onlyOf is the one group whose name has all parts of another; -1 if there is none, or more.
func onlyOf(groups []person, parts []string) int {
	only := -1
	for i, g := range groups {
		if containsAll(withoutTitles(nameParts(g.name)), parts) {
			if only >= 0 {
				return -1
			}
			only = i
		}
	}
	return only
}

// amongRoles is the one speaker whom a role or a word of a label stands for: the judge, the
// press secretary.
func (c calling) amongRoles(everybody []retrieval.PrintedName) []person {
	var found []person
	for _, n := range everybody {
		var label []string
		is := c.definite && c.isRole(nameParts(n.Name))
		for _, l := range n.Labels {
			is = is || c.definite && c.isRole(nameParts(l))
			if !c.definite && !c.isPlace() && containsAll(nameParts(l), c.words) && !lexicon.IsInitial(c.words[0]) {
				is, label = true, c.words
			}
		}
		for _, a := range n.Affiliations {
			is = is || c.definite && c.isRole(nameParts(a))
		}
		if is {
			found = append(found, person{name: n.Name, names: []string{n.Name}, label: label})
		}
	}
	if len(found) != 1 {
		return nil
	}
	if found[0].label != nil {
		found[0].name = c.title()
	}
	return found
}

// isRole reports whether the words of a role are a title's own, or all of a label: of those of
// a vice president "the president" is not.
func (c calling) isRole(parts []string) bool {
	qualified := slices.ContainsFunc(parts, func(p string) bool { return officeQualifiers[p] && !slices.Contains(c.words, p) })
	office := func(w string) bool { return lexicon.IsTitle(w) || functions[w] }
	return len(c.words) > 1 && slices.Equal(withoutArticle(parts), c.words) || !qualified && slices.ContainsFunc(c.words, office) && containsAll(parts, c.words)
}

var (
	officeQualifiers = lexicon.Words("qualifiers of offices")
	functions        = lexicon.Union(lexicon.Words("labels by function"), lexicon.Words("labels of askers"), lexicon.Words("labels of answerers"), lexicon.Words("labels of moderators"), lexicon.Words("labels of witnesses"))
)

// isName reports whether a calling that stands for no speaker is a person's name all the same.
func (c calling) isName() bool {
	last := c.words[len(c.words)-1]
	switch {
	case c.definite || !c.sure || c.isPlace() || institutions[last]:
		return false
	case len(c.titles) > 0:
		return true
	case c.capital:
		return !slices.ContainsFunc(strings.Fields(c.text), isAcronym)
	}
	names := c.words
	if lexicon.GivenNames[names[0]] && len(names) > 1 {
		names = names[1:]
	}
	return !slices.ContainsFunc(names, everyday) && !commonNoun(last)
}

// isOfUnnamed reports whether somebody speaks under an office alone that is a title of the
// calling, and may be the same person: the Minister of Fisheries.
func (c calling) isOfUnnamed(everybody []retrieval.PrintedName) bool {
	return slices.ContainsFunc(everybody, func(n retrieval.PrintedName) bool {
		parts := nameParts(n.Name)
		office := slices.ContainsFunc(parts, func(p string) bool { return lexicon.OfficeLinks[p] }) || len(withoutTitles(parts)) == len(parts)
		return office && slices.ContainsFunc(c.titles, func(title string) bool { return slices.Contains(parts, title) })
	})
}

// isPlace reports whether a calling is that of a place: a country, North Carolina.
func (c calling) isPlace() bool {
	return regions[strings.Join(c.words, " ")] || len(c.words) > 1 && places[c.words[len(c.words)-1]]
}

var (
	regions      = lexicon.Words("regions")
	places       = lexicon.Words("last words of places")
	institutions = lexicon.Words("last words of institutions")
	noNames      = lexicon.Words("capitalised words that are no names")
	nounEndings  = lexicon.Phrases("endings of nouns")
)

// everyday reports whether a word is one of every conversation, and seldom of a name.
func everyday(word string) bool {
	return stopWordsHere[word] || commonWords[word] || peopleInGeneral[word] || noNames[word]
}

var commonWords = lexicon.Words("common words of the built-in encoder")

// commonNoun reports whether a word in small letters looks like a noun: scholars, management.
func commonNoun(word string) bool {
	return slices.ContainsFunc(nounEndings, func(ending string) bool { return strings.HasSuffix(word, ending) })
}

// nearest is the record's name that differs least from that of a calling in spelling, if
// that is little.
func (c calling) nearest(everybody []retrieval.PrintedName) string {
	asked := c.words[len(c.words)-1]
	best, least := "", max(1, len(asked)/4)+1
	for _, n := range everybody {
		for _, part := range withoutTitles(nameParts(n.Name)) {
			if d := editDistance(asked, part); d < least && len(part) > 2 {
				best, least = n.Name, d
			}
		}
	}
	return best
}

// editDistance is how many characters two words differ in (Levenshtein).
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(y)]
}

// title is how prose calls somebody as they were asked for: with capitals where the asker
// used none.
func (c calling) title() string {
	if strings.ToLower(c.text) != c.text {
		return capital(unquoted(c.text))
	}
	words := strings.Fields(unquoted(c.text))
	for i, w := range words {
		if !lexicon.Particles[w] {
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}

// nameParts are the words of a name or a label, folded, those in brackets too.
func nameParts(name string) []string { return lexicon.NameWords(name) }

// withoutTitles are the parts of a name without its titles, unless it has no others.
func withoutTitles(parts []string) []string {
	for i := range parts {
		if rest := parts[i:]; !lexicon.IsTitle(rest[0]) {
			return rest
		}
	}
	return parts
}

func withoutArticle(parts []string) []string {
	if len(parts) > 1 && nounMarks[parts[0]] {
		return parts[1:]
	}
	return parts
}

func containsAll(list, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(list, w) })
}

// settle decides, once the record has been searched for them, what of those who are absent is
// sure: that somebody does not speak whom the record does not know either, or knows as a
// person. Of another the evidence has to tell. What is the name of a transcript or of an
// organisation is no person's.
func (b *binding) settle(result retrieval.Result) {
	lacks := wordSet{}
	for _, t := range result.Terms {
		lacks[t.Word] = t.Passages == 0
	}
	b.absent = slices.DeleteFunc(b.absent, func(c calling) bool {
		unknown := slices.ContainsFunc(retrieval.Words(strings.Join(c.words, " ")), func(w string) bool { return lacks[w] })
		full := len(c.titles) > 0 || len(c.words) > 1 && c.capital || c.isPersonIn(result.Hits)
		if unknown || full && !c.event && !c.isTitle(result.Hits) {
			return false
		}
		if !c.isTitle(result.Hits) {
			b.told = append(b.told, c)
		}
		return true
	})
}

// isTitle reports whether a calling stands in the title of a hit's transcript, or in a
// speaker's affiliation.
func (c calling) isTitle(hits []retrieval.Hit) bool {
	return slices.ContainsFunc(hits, func(h retrieval.Hit) bool {
		return containsAll(nameParts(string(h.Title)), c.words) || containsAll(nameParts(string(h.Affiliation)), c.words)
	})
}

// isPersonIn reports whether hits speak of somebody of the calling's name with a title or a
// given name: President Roe, for roe.
func (c calling) isPersonIn(hits []retrieval.Hit) bool {
	last := c.words[len(c.words)-1:]
	given := c.words[max(0, len(c.words)-2) : len(c.words)-1]
	return slices.ContainsFunc(hits, func(h retrieval.Hit) bool {
		fields := strings.Fields(h.Text)
		for i := 1; i < len(fields); i++ {
			name, before := fields[i], fields[i-1]
			if isSpelledAsName(name) && slices.Equal(nameParts(name), last) && isSpelledAsName(before) &&
				(lexicon.IsTitle(before) || len(given) > 0 && slices.Equal(nameParts(before), given)) {
				return true
			}
		}
		return false
	})
}

// isSpelledAsName reports whether a word begins with a capital, and is no acronym.
func isSpelledAsName(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && !isAcronym(word)
}

// isAcronym reports whether a word has capitals alone: NASA.
func isAcronym(word string) bool {
	return !lexicon.IsInitial(word) && !strings.ContainsFunc(word, unicode.IsLower)
}

// tells reports whether an excerpt is of somebody of whom the evidence has to tell, if there
// is such a one: that its turn, the question before it or its label has the name.
func (b binding) tells(e excerpt) bool {
	around := []string{e.hit.Text, string(e.hit.Label)}
	if e.hit.Question != nil {
		around = append(around, e.hit.Question.Text)
	}
	words := wordsOf(strings.Join(around, " "))
	return len(b.told) == 0 || slices.ContainsFunc(b.told, func(c calling) bool { return words.hasAll(wordsOf(c.words[len(c.words)-1])) })
}

// binds reports whether the question binds to persons, or would if they spoke.
func (q question) binds() bool { return len(q.absent) > 0 || len(q.persons) > 0 && !q.Asking }

// hitsOf are the hits with the words of persons to whom the question binds; all where it
// binds to nobody.
func (q question) hitsOf(hits []retrieval.Hit) []retrieval.Hit {
	if len(q.persons) == 0 || q.Asking {
		return hits
	}
	return slices.DeleteFunc(slices.Clone(hits), func(h retrieval.Hit) bool { return !anySpeaks(q.persons, h) })
}

// silence says that the record does not answer, and that it lacks those who were asked about.
func (q question) silence() string {
	switch {
	case len(q.absent) > 0 && len(q.persons) == 0:
		return q.absence()
	case q.binds():
		return nothingBy(q.persons)
	}
	return NotAnswered
}

// absence says who does not speak in the record.
func (q question) absence() string {
	var text []string
	for _, c := range q.absent {
		text = append(text, c.title()+" does not speak in this record.")
	}
	if q.nearest != "" {
		text = append(text, "The nearest name is "+unquoted(q.nearest)+".")
	}
	return strings.Join(text, " ")
}

func nothingBy(persons []person) string {
	names := unquoted(persons[0].name)
	if len(persons) > 1 {
		last := len(persons) - 1
		names = listed(persons[:last+1])
		names = strings.Replace(names, " and "+unquoted(persons[last].name), " or "+unquoted(persons[last].name), 1)
	}
	return "The record has nothing by " + names + " on this."
}
