package answer

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// said is how prose credits words to somebody, by verbs in nearly any form: where one is
// not known, the speaker who is named nearest to the quotation must be its own. Infinitives
// that are nouns as well credit nobody: Port Ellery post.
var said = lexicon.Pattern(append(crediting(), "saying"))

func crediting() []string {
	nouns := lexicon.Words("forms of verbs of saying that are nouns")
	infinitives := slices.DeleteFunc(lexicon.SayingVerbs(lexicon.Infinitive), func(verb string) bool { return nouns[verb] })
	return append(infinitives, lexicon.SayingVerbs(lexicon.Third, lexicon.Past)...)
}

// answering is what stands before the name of one who asked.
const answering = `(?:answering|replying to|responding to|in (?:answer|reply|response) to|(?:a )?questions? (?:from|by|of)|told|telling)`

var (
	// asides credit a question, not the words that are quoted: "asked by NAME",
	// "in reply to NAME".
	asides = newNaming(`(?i)(?:when|being|\b`+lexicon.Any("verbs of questioning")+`|\b`+answering+`)`,
		`(?i)(?:when\s+|being\s+)?\b`+lexicon.Any("verbs of questioning")+`\s+(?:again\s+)?(?:about\s+[^,:;.]{1,80}?\s+)?by\s+(?-i:`+lexicon.PersonName+`)(?:\s*\([^)]*\)|\s+of\s+(?-i:`+lexicon.PersonName+`))?|\b`+answering+`\s+(?-i:`+lexicon.PersonName+`)(?:\s*\([^)]*\))?`)
	// saidAfter is a credit behind a quotation: "said NAME", "NAME said".
	saidAfter = regexp.MustCompile(`^[\s,.;:–—-]*(?:` + said + `\s+((?:[a-z]+\s+){0,2}?` + lexicon.PersonName + `)|(` + lexicon.PersonName + `)\s+` + said + `\b)`)
	// introduces is what stands between "NAME said" and the quotation that it
	// introduces, which is then the next one.
	introduces = regexp.MustCompile(`^[\s,:]*(?:that\s+)?…`)
	// saidBy is a credit before a quotation: "NAME said", "according to NAME".
	saidBy = newNaming(`\p{Lu}|according to|words of|says|said`,
		`(`+lexicon.PersonName+`)(?:\s*\([^)]*\)|,[^,:]{1,60},)?\s+(?:(?:`+lexicon.Any("words before a verb of saying")+`|not|\p{Ll}+ly)\s+)*`+said+`\b|(?:[Aa]ccording to|[Ww]ords of|\b[Ss]ays|\bsaid)\s+(`+lexicon.PersonName+`)`)
)

// naming is a pattern with persons' names in it. To try it takes long, so that a short one tells
// where a match may begin.
type naming struct {
	begins *regexp.Regexp
	whole  *regexp.Regexp // of a text that begins with the character before the match
}

func newNaming(begins, whole string) naming {
	return naming{regexp.MustCompile(begins), regexp.MustCompile(`(?s:^.)(?:` + whole + `)`)}
}

// named is a match of a naming, from start to end in bytes, with what its groups have.
type named struct {
	start, end int
	name       string
}

// findAll finds all matches, one behind the other.
func (n naming) findAll(text string) (found []named) {
	behindBlank, end := " "+text, 0
	for _, at := range n.begins.FindAllStringIndex(text, -1) {
		start := at[0]
		if start < end {
			continue
		}
		_, size := utf8.DecodeLastRuneInString(behindBlank[:start+1])
		if m := n.whole.FindStringSubmatch(behindBlank[start+1-size:]); m != nil {
			end = start + len(m[0]) - size
			found = append(found, named{start, end, strings.Join(m[1:], "")})
		}
	}
	return found
}

// openers are capitalised words that begin a sentence and name nobody.
var openers = lexicon.Union(lexicon.Words("openings of sentences in prose"), lexicon.Words("labels of askers"), lexicon.Words("labels of moderators"))

// misattributes reports whether a quotation of a hit is credited to somebody who did not say
// it, or not for certain. Empty is nobody.
func (s *shown) misattributes(credited string, hit retrieval.Hit) bool {
	return credited != "" && (hit.Doubt != "" || !s.turns.Credits(lexicon.ReadName(credited), hit))
}

// creditedIn is whom the prose around a quotation credits with it: who is named with
// a saying verb behind it, else before it, else the speaker mentioned last before
// it. Empty where nobody is.
func creditedIn(before func() string, after []part) string {
	if name := creditedBehind(prose(after)); name != "" {
		return name
	}
	return before()
}

// creditedBehind is who is named with a saying verb behind a quotation.
func creditedBehind(after string) string {
	if m := saidAfter.FindStringSubmatch(after); m != nil && !(m[2] != "" && introduces.MatchString(after[len(m[0]):])) {
		if name := m[1] + m[2]; namesSomebody(name) {
			return name
		}
	}
	return ""
}

// creditedBefore is whom the parts before a quotation credit. It is read once, where it is
// wanted.
func (s *shown) creditedBefore(parts []part) func() string {
	return sync.OnceValue(func() string { return s.namedLast(prose(parts)) })
}

// namedLast is who is named last with a saying verb, else the speaker mentioned last.
func (s *shown) namedLast(before string) string {
	for _, aside := range slices.Backward(asides.findAll(before)) {
		before = before[:aside.start] + before[aside.end:]
	}
	for _, credit := range slices.Backward(saidBy.findAll(before)) {
		if namesSomebody(credit.name) {
			return credit.name
		}
	}
	return s.nearest(before)
}

// prose are the words of some parts of a statement, with a mark where it quotes.
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

// nearest is the last of the speakers shown that a text mentions: of those with one family
// name the one whom it names in full, else the family name alone.
func (s *shown) nearest(text string) string {
	name, at := "", -1
	for _, speaker := range speakersOf(s.hits) {
		switch i := mentions(text, speaker); {
		case i < 0 || i < at:
		case i > at || endsWith(text, i, speaker):
			name, at = speaker, i
		case !endsWith(text, i, name):
			name = familyName(speaker)
		}
	}
	return name
}

// endsWith reports whether a text names a speaker in full whose family name it has at i.
func endsWith(text string, i int, speaker string) bool {
	return strings.HasSuffix(text[:i]+familyName(speaker), speaker)
}

func familyName(speaker string) string { return speaker[strings.LastIndexByte(speaker, ' ')+1:] }

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

// isLetterRune reports whether a name goes on with r: an apostrophe or a hyphen may
// end it.
func isLetterRune(r rune) bool { return r != '\'' && r != '’' && r != '-' && isNameRune(r) }

// namesSomebody reports whether capitalised words are more than the beginning of a
// sentence.
func namesSomebody(name string) bool {
	words := strings.Fields(name)
	for len(words) > 0 && openers[strings.ToLower(strings.Trim(words[0], ",.:"))] {
		words = words[1:]
	}
	return len(words) > 0
}
