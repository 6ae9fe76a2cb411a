package draft

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// Patterns of quotation attribution in other languages than English, in the few forms in
// which it is plain who speaks: a name and a verb of saying before a colon, or either of
// them first behind the quotation. Where anything else stands in the place of the
// name, a pronoun or an office alone, nobody is credited.
var (
	verbBeside = `(?i:` + lexicon.Any("verbs beside quotations") + `)`
	noLetter   = `(?:[^\p{L}\p{M}]|$)`
	described  = `(?:\p{Ll}[\p{L}\p{M}’'-]*\s+){0,4}?`

	nameVerbColon = regexp.MustCompile(`(?:^|[^\p{L}\p{M}’'-])(` + personName + `)(?:,\s[^,:;]{1,100},)?\s+` + verbBeside + `(?:\s[^.:;!?]{1,80})?\s*:\s*$`)
	verbNameColon = regexp.MustCompile(`(?:^|[^\p{L}\p{M}])` + verbBeside + `\s+` + described + `(` + personName + `)(?:\s[^.:;!?]{1,80})?\s*:\s*$`)
	verbName      = regexp.MustCompile(`^[\s,;–—-]*` + verbBeside + `\s+` + described + `(` + personName + `)`)
	verbOffice    = regexp.MustCompile(`^[\s,;–—-]*` + verbBeside + `\s+` + lexicon.Any("determiners") + `\s+(?:\p{L}[\p{L}\p{M}’'-]*\s+){0,4}?\p{L}[\p{L}\p{M}’'-]*,\s+(` + personName + `)\s*(?:[.,;:–—]|$)`)
	nameVerb      = regexp.MustCompile(`^[\s,;–—-]*(` + personName + `)(?:,\s[^,:;]{1,100},)?\s+` + verbBeside + noLetter)

	// Likewise with words of the sentence between the verb and the quotation: Brandl sagte, er
	// sei „…“. The name begins the clause, or stands behind the verb and before a comma or a link.
	nameVerbOpen = regexp.MustCompile(`(?:^|[,;:–—(])\s*(` + personName + `)(?:,\s[^,:;]{1,100},)?\s+` + verbBeside + `([\s,:][^.;!?]{0,120})$`)
	verbNameOpen = regexp.MustCompile(`(?:^|[^\p{L}\p{M}])` + verbBeside + `\s+` + described + `(` + personName + `)(,?\s[^.;!?]{0,120})$`)

	// otherSaid finds a verb of saying, and what is of scripts that have others or ends their sentences.
	otherSaid = regexp.MustCompile(`(?:^|[^\p{L}\p{M}])` + verbBeside + noLetter + `|[\p{Lo}。！？؟।]`)

	// In Chinese a name has no end but the verb: two to four characters from the beginning of
	// the clause on.
	hanName       = `([\p{Han}·]{2,4}?)`
	hanNameBefore = regexp.MustCompile(`(?:^|[，。；！？、\s”」』])` + hanName + `(?:[在对向][^，。：；]{1,20})?` + verbBeside + `[：:，,]?\s*$`)
	hanNameAfter  = regexp.MustCompile(`^[，,\s]*` + hanName + verbBeside + `[，。；！？：]`)
	hanTitle      = lexicon.Any("titles behind family names")
	hanOffice     = regexp.MustCompile(`^` + hanTitle + `|..` + hanTitle + `$`)
	hanNobody     = regexp.MustCompile(`^` + lexicon.Any("pronouns before verbs of saying") + `|` + lexicon.Any("last characters of nobody's names") + `$`)
)

// otherBefore reads the prose before a quotation in other languages. Where a name stands on
// either side of the verb nobody is credited, unless that before it is a phrase: am Dienstag
// sagte Brandl.
func otherBefore(text string) credit {
	clause := text[strings.LastIndexAny(text, ".!?\n")+1:]
	before, after := "", ""
	if m := nameVerbColon.FindStringSubmatch(clause); m != nil && !beginsPhrase(m[1]) {
		before = m[1]
	}
	if m := verbNameColon.FindStringSubmatch(clause); m != nil {
		after = m[1]
	}
	switch {
	case before != "" && after != "":
		return credit{"", true}
	case before+after != "":
		return credit{before + after, true}
	}
	if m := hanNameBefore.FindStringSubmatch(clause); m != nil && isHanName(m[1]) {
		return credit{m[1], true}
	}
	return otherIndirect(clause)
}

// otherIndirect reads a clause in which other words than a name and a verb of saying lead to
// the quotation. Nobody is credited where another verb of saying follows, or names stand on
// both sides of the verb.
func otherIndirect(clause string) credit {
	var found []string
	for _, p := range []*regexp.Regexp{nameVerbOpen, verbNameOpen} {
		if m := p.FindStringSubmatch(clause); m != nil && !beginsPhrase(m[1]) && !otherSaid.MatchString(m[2]) && !anySaid.MatchString(m[2]) {
			found = append(found, m[1])
		}
	}
	if len(found) != 1 {
		return credit{}
	}
	return credit{found[0], false}
}

// isHanName reports whether Chinese characters before a verb of saying are a person's name, and no
// office, body or pronoun.
func isHanName(name string) bool { return !hanNobody.MatchString(name) && !hanOffice.MatchString(name) }

// beginsPhrase reports whether capitalised words are no name, but a phrase at the beginning of a sentence.
func beginsPhrase(name string) bool {
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	return notNames[first] && !lexicon.Particles[first]
}

var notNames = lexicon.Union(lexicon.Words("sentence starters"), lexicon.Words("small words of titles"))

// otherAfter reads the prose after a quotation in other languages.
func otherAfter(text string) credit {
	for _, p := range []*regexp.Regexp{verbOffice, verbName, nameVerb} {
		if m := p.FindStringSubmatch(text); m != nil {
			return credit{m[1], true}
		}
	}
	if m := hanNameAfter.FindStringSubmatch(text); m != nil && isHanName(m[1]) {
		return credit{m[1], true}
	}
	return credit{}
}

// capitalOffices are the last parts of offices that German writes with a capital.
var capitalOffices = lexicon.Phrases("last parts of offices with a capital")

// isCapitalOffice reports whether a word is an office as German writes it: Hafenministerin. The
// titles of all languages are a part of the name.
func isCapitalOffice(word string) bool {
	word = strings.ToLower(word)
	return !lexicon.IsTitle(word) && slices.ContainsFunc(capitalOffices, func(part string) bool { return strings.HasSuffix(word, part) })
}
