package answer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// person is somebody whose words a question wants.
type person struct {
	name  string   // the fullest under which the record has them
	names []string // all of these
	label []string // words that the label has as well, where several people speak under the name

	titles []string // with which the record prints them, folded
	taken  *calling // who is taken to be the person by the family name alone; nil: nobody
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
	asked   []string  // the names by which they were called
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
	found := make([][]person, len(called))
	some := false // of those who are called speak
	for i, c := range called {
		found[i] = c.among(named)
		if len(found[i]) == 0 && everybody == nil {
			if everybody, err = s.searcher.Names(ctx, retrieval.NamesQuery{Filter: filter, Limit: mostNames}); err != nil {
				return b, err
			}
		}
		if len(found[i]) == 0 && len(everybody) < mostNames {
			found[i] = c.amongAll(everybody)
		}
		some = some || len(found[i]) > 0
	}
	for i, c := range called {
		c.sure = c.sure || some // who stands beside a speaker is to be no less
		b.add(c, found[i], everybody)
	}
	return b, nil
}

// amongAll are those of all whom a calling stands for in another spelling, by a role, or by a
// family name alone.
func (c calling) amongAll(everybody []retrieval.PrintedName) []person {
	if found := c.spelledAs(everybody).among(everybody); len(found) > 0 {
		return found
	}
	if found := c.amongRoles(everybody); len(found) > 0 {
		return found
	}
	return c.amongFamilies(everybody)
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
		b.asked = append(b.asked, c.text)
		for _, p := range found {
			if !slices.ContainsFunc(b.persons, func(other person) bool { return other.name == p.name }) {
				b.persons = append(b.persons, p)
			}
		}
	case len(everybody) > 0 && (c.isName() || c.isNamesake(everybody)) && !c.isOfUnnamed(everybody):
		if len(b.absent) == 0 {
			b.nearest = c.nearest(everybody)
		}
		b.absent = append(b.absent, c)
	case c.isOffice():
		b.notice = join(" ", b.notice, "The record does not tell which speaker is "+words.Name(c.text)+".")
	case !c.definite:
		b.nobody = lexicon.Union(b.nobody, wordsOf(strings.Join(c.words, " ")))
	}
}

// listed are the names of persons as prose has them.
func listed(persons []person) string {
	names := make([]string, len(persons))
	for i, p := range persons {
		names[i] = words.Name(p.name)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// among are those of the record's names that a calling stands for, of one person together.
func (c calling) among(names []retrieval.PrintedName) []person {
	if c.definite {
		return nil
	}
	place := c.isPlace() && len(c.titles) == 0
	var found []retrieval.PrintedName
	whole := false // a name is exactly as it was asked
	for _, n := range names {
		parts := withoutTitles(nameParts(n.Name))
		if !c.standsFor(parts) || place && !slices.Equal(parts, c.words) {
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
	return c.byTitle(grouped(found))
}

// byTitle are those whom the titles of a calling leave: those who are printed with one of
// them, if anybody is; else those whose own do not contradict.
func (c calling) byTitle(found []person) []person {
	found = slices.DeleteFunc(found, func(p person) bool {
		return hasTitle(c.titles, lexicon.TitlesOfMen) && hasTitle(p.titles, lexicon.TitlesOfWomen) ||
			hasTitle(c.titles, lexicon.TitlesOfWomen) && hasTitle(p.titles, lexicon.TitlesOfMen)
	})
	lacks := func(p person) bool { return !sharesTitle(p.titles, c.titles) }
	if slices.ContainsFunc(found, func(p person) bool { return !lacks(p) }) {
		return slices.DeleteFunc(found, lacks)
	}
	return found
}

func hasTitle(titles []string, of map[string]bool) bool {
	return slices.ContainsFunc(titles, func(t string) bool { return of[t] })
}

// sharesTitle reports whether a title is one of some others, or short for one: Sen., Senator.
func sharesTitle(titles, others []string) bool {
	return slices.ContainsFunc(titles, func(t string) bool {
		return slices.ContainsFunc(others, func(o string) bool {
			return t == o || min(len(t), len(o)) >= shortestTitle && (strings.HasPrefix(t, o) || strings.HasPrefix(o, t))
		})
	})
}

// shortestTitle is the least letters of an abbreviation that begins the whole title: 3. Mr.
// begins Mrs. as well.
const shortestTitle = 3

// titlesOf are the titles in a name, its labels and its affiliations.
func titlesOf(n retrieval.PrintedName) []string {
	var titles []string
	for _, printed := range slices.Concat([]string{n.Name}, n.Labels, n.Affiliations) {
		titles = append(titles, titlesIn(nameParts(printed))...)
	}
	return titles
}

func titlesIn(parts []string) []string {
	return slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return !lexicon.IsTitle(p) })
}

// spelledAs is a calling with the record's spelling of a name that differs in marks and
// blanks alone: odonnell, May Ogden.
func (c calling) spelledAs(everybody []retrieval.PrintedName) calling {
	for _, n := range everybody {
		parts := withoutTitles(nameParts(n.Name))
		for i := range parts {
			for j := range c.words {
				name := lettersOf(parts[i:])
				if name == lettersOf(c.words[j:]) && len(name) >= shortestJoined && !slices.Equal(parts[i:], c.words[j:]) {
					c.words = slices.Concat(c.words[:j], parts[i:])
					return c
				}
			}
		}
	}
	return c
}

// shortestJoined is the least letters of a name that is known without its marks: 4, since
// those of a shorter one may be initials.
const shortestJoined = 4

func lettersOf(words []string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, strings.Join(words, ""))
}

// amongFamilies is the one speaker of the family name of a calling with a given name, if the
// record prints no given name of theirs: Mr. Roe, for Richard Roe.
func (c calling) amongFamilies(everybody []retrieval.PrintedName) []person {
	if c.definite || !c.sure || c.isPlace() || len(c.words) < 2 || everyday(c.words[0]) {
		return nil
	}
	family := c
	family.words = c.words[len(c.words)-1:]
	for len(c.words) > len(family.words)+1 && lexicon.Particles[c.words[len(c.words)-len(family.words)-1]] {
		family.words = c.words[len(c.words)-len(family.words)-1:]
	}
	found := family.among(everybody)
	if len(found) != 1 || !slices.Equal(withoutTitles(nameParts(found[0].name)), family.words) {
		return nil
	}
	found[0].taken = &c
	return found
}

// standsFor reports whether each word of a calling is one of a name, its initial or a short
// form, and one at least the same word. A second initial may be of a name that is not printed.
func (c calling) standsFor(name []string) bool {
	same := false
	for at, w := range c.words {
		if lexicon.IsInitial(w) && 0 < at && at < len(c.words)-1 && len(name) == 2 && len(c.words) == 3 {
			continue
		}
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
// those without a given name that can be of one other alone, who has their office as well.
func grouped(names []retrieval.PrintedName) []person {
	var groups []person
	ids := map[string]int{}
	slices.SortStableFunc(names, func(a, b retrieval.PrintedName) int { return len(nameParts(b.Name)) - len(nameParts(a.Name)) })
	for _, n := range names {
		i, known := ids[n.SpeakerID]
		if !known {
			i = onlyOf(groups, nameParts(n.Name))
		}
		if i < 0 {
			i, groups = len(groups), append(groups, person{name: n.Name})
		}
		ids[n.SpeakerID] = i
		groups[i].names = append(groups[i].names, n.Name)
		groups[i].titles = append(groups[i].titles, titlesOf(n)...)
	}
	slices.SortStableFunc(groups, func(a, b person) int { return strings.Compare(a.name, b.name) })
	return groups
}

// onlyOf is the one group whose name has all parts of another, titles apart; -1 if there is
// none, or more, or the other has an office that the record prints of nobody in the group.
func onlyOf(groups []person, parts []string) int {
	offices := slices.DeleteFunc(titlesIn(parts), func(t string) bool { return ofFamilyNames[t] && t != "dr" })
	parts = withoutTitles(parts)
	only := -1
	for i, g := range groups {
		if containsAll(withoutTitles(nameParts(g.name)), parts) {
			if only >= 0 {
				return -1
			}
			only = i
		}
	}
	if only >= 0 && len(offices) > 0 && !sharesTitle(groups[only].titles, offices) {
		return -1
	}
	return only
}

var ofFamilyNames = lexicon.Words("honorifics of family names")

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
			found = append(found, person{name: n.Name, names: []string{n.Name}, label: label, titles: titlesOf(n)})
		}
	}
	if found = c.byTitle(found); len(found) != 1 {
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

// isNamesake reports whether what could be a place, such as Roe Park, ends with the family
// name of somebody who speaks.
func (c calling) isNamesake(everybody []retrieval.PrintedName) bool {
	if c.definite || !c.sure || len(c.words) < 2 || regions[strings.Join(c.words, " ")] {
		return false
	}
	return slices.ContainsFunc(everybody, func(n retrieval.PrintedName) bool {
		parts := withoutTitles(nameParts(n.Name))
		return c.isPlace() && len(parts) > 1 && parts[len(parts)-1] == c.words[len(c.words)-1]
	})
}

// isOffice reports whether a calling is an office, which somebody who speaks may hold without
// the record's telling: the ward's director.
func (c calling) isOffice() bool {
	return c.definite && c.sure && lexicon.IsTitle(c.words[len(c.words)-1])
}

// isName reports whether a calling that stands for no speaker is a person's name all the same.
func (c calling) isName() bool {
	last := c.words[len(c.words)-1]
	switch {
	case c.definite || !c.sure:
		return false
	case hasTitle(c.titles, lexicon.Honorifics):
		return true
	case c.isPlace() || institutions[last]:
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
			if d := words.EditsOf([]rune(asked), []rune(part)); d < least && len(part) > 2 {
				best, least = n.Name, d
			}
		}
	}
	return best
}

// title is how prose calls somebody as they were asked for: with capitals where the asker
// used none.
func (c calling) title() string {
	if strings.ToLower(c.text) != c.text {
		return capital(words.Name(c.text))
	}
	name := strings.Fields(words.Name(c.text))
	for i, w := range name {
		if !lexicon.Particles[w] {
			name[i] = capital(w)
		}
	}
	return strings.Join(name, " ")
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
// person, or whose name is nearly a speaker's. Of another, and where others tell what somebody
// says, the evidence has to tell. What is the name of a transcript or of an organisation is no
// person's.
func (b *binding) settle(result retrieval.Result) {
	b.persons = slices.DeleteFunc(b.persons, func(p person) bool {
		if p.taken == nil {
			return false
		}
		prints, another := p.taken.givenNamesIn(result.Hits)
		switch {
		case another && !prints:
			b.absent, b.nearest = append(b.absent, *p.taken), cmp.Or(b.nearest, p.name)
			return true
		case !prints:
			b.notice = join(" ", b.notice, fmt.Sprintf("%s is taken to be %s, the only speaker of that family name.", p.taken.title(), words.Name(p.name)))
		}
		return false
	})
	lacks := wordSet{}
	for _, t := range result.Terms {
		lacks[t.Word] = t.Passages == 0
	}
	b.absent = slices.DeleteFunc(b.absent, func(c calling) bool {
		unknown := slices.ContainsFunc(retrieval.Words(strings.Join(c.words, " ")), func(w string) bool { return lacks[w] })
		full := len(c.titles) > 0 || len(c.words) > 1 && c.capital || c.isPersonIn(result.Hits)
		alone := !c.event && !c.saysIn(result.Hits) && (c.capital || b.nearest != "" || c.isSpelledIn(result.Hits))
		title := c.isTitle(result.Hits) && !hasTitle(c.titles, lexicon.Honorifics)
		if unknown || (full && !c.event || alone) && !title {
			return false
		}
		if !title {
			b.told = append(b.told, c)
			others := "; others may tell of it."
			if len(b.persons) > 0 {
				others = "." // nobody else is quoted
			}
			b.notice = join(" ", b.notice, c.title()+" does not speak in this record"+others)
		}
		return true
	})
}

// givenNamesIn reports whether hits print the given name of a calling before its family name,
// and whether they print another there.
func (c calling) givenNamesIn(hits []retrieval.Hit) (prints, another bool) {
	c.standsIn(hits, func(fields []string, i int) bool {
		if i == 0 || !lexicon.IsNameWord(fields[i-1]) || !isSpelledAsName(fields[i]) {
			return false
		}
		given := nameParts(fields[i-1])
		if is := len(given) > 0 && slices.ContainsFunc(c.words, func(w string) bool { return w == given[0] || alike(w, given[0]) }); is {
			prints = true
		} else {
			another = true
		}
		return false
	})
	return prints, another
}

// isSpelledIn reports whether hits write the last word of a calling as a name, behind others
// of a sentence.
func (c calling) isSpelledIn(hits []retrieval.Hit) bool {
	return c.standsIn(hits, func(fields []string, i int) bool {
		return i > 0 && isSpelledAsName(fields[i]) && !strings.ContainsAny(fields[i-1][len(fields[i-1])-1:], ".?!")
	})
}

// saysIn reports whether hits tell what somebody of the calling's name says: Roe told me.
func (c calling) saysIn(hits []retrieval.Hit) bool {
	return c.standsIn(hits, func(fields []string, i int) bool {
		says := func(field string) bool { return tellingVerbs[strings.Join(nameParts(field), " ")] }
		beside := fields[max(0, i-1):min(len(fields), i+farthestVerb+1)]
		return isSpelledAsName(fields[i]) && slices.ContainsFunc(beside, says)
	})
}

// farthestVerb is how many words behind a name its verb of saying stands at most: 3, as in
// "Roe has often said".
const farthestVerb = 3

var tellingVerbs = lexicon.Set(lexicon.SayingVerbs(lexicon.Third, lexicon.Past))

// standsIn reports whether the last word of a calling stands somewhere in hits where it is as
// is wanted.
func (c calling) standsIn(hits []retrieval.Hit, wanted func(fields []string, i int) bool) bool {
	last := c.words[len(c.words)-1:]
	return slices.ContainsFunc(hits, func(h retrieval.Hit) bool {
		fields := strings.Fields(h.Text)
		for i, field := range fields {
			if slices.Equal(nameParts(field), last) && wanted(fields, i) {
				return true
			}
		}
		return false
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
	given := c.words[max(0, len(c.words)-2) : len(c.words)-1]
	return c.standsIn(hits, func(fields []string, i int) bool {
		return i > 0 && isSpelledAsName(fields[i]) && isSpelledAsName(fields[i-1]) &&
			(lexicon.IsTitle(fields[i-1]) || len(given) > 0 && slices.Equal(nameParts(fields[i-1]), given))
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
		text = append(text, "The nearest name is "+words.Name(q.nearest)+".")
	}
	return strings.Join(text, " ")
}

func nothingBy(persons []person) string {
	names := words.Name(persons[0].name)
	if len(persons) > 1 {
		last := len(persons) - 1
		names = listed(persons[:last+1])
		names = strings.Replace(names, " and "+words.Name(persons[last].name), " or "+words.Name(persons[last].name), 1)
	}
	return "Nothing by " + names + " on this was found."
}
