package answer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer/quotation"
)

// sayingVerbs are how prose credits words to somebody.
const sayingVerbs = `(?:says?|said|saying|tells?|told|adds?|added|notes?|noted|argues?|argued|explains?|explained|warns?|warned|replie[sd]|repl(?:y|ied)|answers?|answered|responds?|responded|states?|stated|claims?|claimed|insists?|insisted|asks?|asked|remarks?|remarked|observes?|observed|comments?|commented|describes?|described|points? out|pointed out|calls?|called|acknowledge[sd]?|admit(?:s|ted)?|concede[sd]?|denie[sd]|deny|declines?|declined|refuse[sd]?|promise[sd]?|estimate[sd]?|predict(?:s|ed)?|recall(?:s|ed)?|stress(?:es|ed)?|emphasi[sz]e[sd]?|caution(?:s|ed)?|believe[sd]?|thinks?|thought|continue[sd]?|conclude[sd]?|blame[sd]?|put it)`

// properName is one or more capitalised words, with initials and particles.
const properName = `\p{Lu}[\p{L}\p{M}'’.-]*(?:\s+(?:(?:de|da|del|der|den|di|du|la|le|van|von|bin|al|el|of)\s+)*\p{Lu}[\p{L}\p{M}'’.-]*)*`

var (
	asides    = regexp.MustCompile(`(?i)(?:when\s+|being\s+)?\b(?:asked|questioned|pressed|interviewed|challenged)\s+(?:again\s+)?(?:about\s+[^,:;.]{1,80}?\s+)?by\s+(?-i:` + properName + `)(?:\s*\([^)]*\)|\s+of\s+(?-i:` + properName + `))?|\b(?:answering|replying to|responding to|in (?:answer|reply|response) to|(?:a )?questions? (?:from|by|of)|told|telling)\s+(?-i:` + properName + `)(?:\s*\([^)]*\))?`)
	saidAfter = regexp.MustCompile(`^[\s,.;:–—-]*(?:` + sayingVerbs + `\s+((?:[a-z]+\s+){0,2}?` + properName + `)|(` + properName + `)\s+` + sayingVerbs + `\b)`)
	// introduces is what stands between "NAME said" and the quotation that it
	// introduces, which is then the next one.
	introduces = regexp.MustCompile(`^[\s,:]*(?:that\s+)?…`)
	saidBy     = regexp.MustCompile(`(` + properName + `)(?:\s*\([^)]*\)|,[^,:]{1,60},)?\s+(?:(?:also|then|later|once|again|has|had|have|did|not|would|directly|\p{Ll}+ly)\s+)*` + sayingVerbs + `\b|(?:[Aa]ccording to|[Ww]ords of|\b[Ss]ays|\bsaid)\s+(` + properName + `)`)
)

// openers are capitalised words that begin a sentence and name nobody.
var openers = newWordSet(strings.Fields(`he she they it the this that a an in on at when asked his her their one but and also as to for both another later
	earlier then instead however there while although according nobody i moderator questioner speaker reporter commissioner`))

// misattributes reports whether the prose around the quotation at i credits it
// to somebody who did not say it: a saying verb with another's name, or, without
// one, another of the speakers shown as the nearest name.
func (s *shown) misattributes(parts []part, i int) bool {
	hit := parts[i].quote.hit
	before, after := asides.ReplaceAllString(proseBefore(parts, i), ""), proseAfter(parts, i)
	if m := saidAfter.FindStringSubmatch(after); m != nil && !(m[2] != "" && introduces.MatchString(after[len(m[0]):])) {
		if name := m[1] + m[2]; namesSomebody(name) {
			return !quotation.ReadName(name).Agrees(hit)
		}
	}
	var claimed string
	for _, m := range saidBy.FindAllStringSubmatch(before, -1) {
		if name := m[1] + m[2]; namesSomebody(name) {
			claimed = name
		}
	}
	if claimed != "" && !quotation.ReadName(claimed).Agrees(hit) {
		return true
	}
	nearest := s.nearest(before)
	return nearest != "" && claimed == "" && !quotation.ReadName(nearest).Agrees(hit)
}

// names reports whether the prose around the quotation at i names its speaker.
func names(parts []part, i int) bool {
	speaker := string(parts[i].quote.hit.Speaker)
	return speaker != "" && mentions(proseBefore(parts, i)+" … "+proseAfter(parts, i), speaker) >= 0
}

// proseBefore and proseAfter are the words of the statement around a quotation.
func proseBefore(parts []part, i int) string { return prose(parts[:i]) }
func proseAfter(parts []part, i int) string  { return prose(parts[i+1:]) }

func prose(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.quote == nil {
			b.WriteString(p.prose)
		} else {
			b.WriteString("…")
		}
	}
	return b.String()
}

// nearest is the last of the speakers shown that a text mentions.
func (s *shown) nearest(text string) string {
	name, at := "", -1
	for _, speaker := range speakersOf(s.hits) {
		if i := mentions(text, speaker); i > at {
			name, at = speaker, i
		}
	}
	return name
}

// mentions is where a text last has a speaker's family name; -1 if nowhere.
func mentions(text, speaker string) int {
	words := strings.Fields(speaker)
	if len(words) == 0 {
		return -1
	}
	family := words[len(words)-1]
	for end := len(text); ; {
		i := strings.LastIndex(text[:end], family)
		if i < 0 {
			return -1
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(family):])
		if (i == 0 || !isNameRune(before)) && (i+len(family) == len(text) || !isLetterRune(after)) {
			return i
		}
		end = i
	}
}

func isLetterRune(r rune) bool { return r != '\'' && r != '’' && r != '-' && isNameRune(r) }

func namesSomebody(name string) bool {
	words := strings.Fields(name)
	for len(words) > 0 && openers[strings.ToLower(strings.Trim(words[0], ",.:"))] {
		words = words[1:]
	}
	return len(words) > 0
}
