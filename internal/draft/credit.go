package draft

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Patterns of quotation attribution in English prose: verbs of saying, names, and
// what may stand between them.
var (
	said    = lexicon.Pattern(crediting())
	anyForm = lexicon.Pattern(append(crediting(), lexicon.Phrases("infinitives before quotations")...))

	personName = lexicon.PersonName
)

// crediting are the finite forms of the verbs of saying that credit their subject with
// the quotation beside them.
func crediting() []string {
	others := lexicon.Union(lexicon.Words("forms of verbs of saying that are nouns"), lexicon.Words("forms of verbs of saying that react"))
	verbs := append(lexicon.SayingVerbs(lexicon.Third, lexicon.Past), lexicon.Phrases("verbs of saying in drafts alone")...)
	return slices.DeleteFunc(verbs, func(verb string) bool { return others[verb] })
}

var (
	pronoun  = `(?:[Hh]e|[Ss]he|[Tt]hey)`
	roleName = `(?:[Tt]he|[Hh]er|[Hh]is|[Tt]heir)\s+(?:\p{Ll}[\p{L}-]+\s+){0,3}\p{Ll}[\p{L}-]+`

	// aside is what may stand between a subject and its verb.
	aside    = `(?:\s+(?:of|from|at|with|for)\s+(?:the\s+)?` + personName + `)?(?:\s*\([^)]*\))?(?:,\s[^,:;]{1,100},)?`
	adverbs  = `(?:\s+(?:` + lexicon.Any("words before a verb of saying") + `|\p{Ll}+ly))*`
	emphatic = `(?:(?:very|exact|own|last|first|final|only)\s+)?`
	describe = `(?:(?:the|its|their|his|her|a|an)\s+)?(?:[\p{Ll}][\p{L}’'-]*,?\s+){0,5}?`
)

var (
	subjectSaid = regexp.MustCompile(`(` + personName + `|\b` + pronoun + `|\b` + roleName + `)` + aside + adverbs + `\s+(` + said + `)\b`)
	// apposition is an office with the name behind it: the minister of harbours, Ole Brandl.
	apposition   = roleName + `(?:\s+of\s+[^,.:;]{1,60})?,\s+(` + personName + `),`
	whoSaid      = regexp.MustCompile(`(?:\b[Ii]t\s+(?:is|was)\s+(` + personName + `)\s+who|\b` + apposition + `)` + adverbs + `\s+(` + said + `)\b`)
	saidSubject  = regexp.MustCompile(`^` + said + `\s+(?:(` + pronoun + `)\b|` + describe + `(` + personName + `)|(` + roleName + `))`)
	anySaid      = regexp.MustCompile(`\b` + anyForm + `\b`)
	quotedAs     = regexp.MustCompile(`(` + personName + `)\s+(?:has been|had been|was|is)\s+(?:\p{Ll}+ly\s+)?(?:quoted|cited|reported)\s+as\s+saying\b`)
	passive      = regexp.MustCompile(`\b(?:was|were|been|being|is|are)\s+(?:\p{Ll}+ly\s+)?` + lexicon.Any("verbs of telling") + `\s+(?:[^,:;]{0,60}?\s)?by\s+` + describe + `(` + personName + `)`)
	accordingTo  = regexp.MustCompile(`\b(?:[Aa]ccording to|[Ii]n the words of|[Qq]uoting|[Qq]uoted|[Cc]iting)\s+(?:(` + pronoun + `)\b|` + describe + `(` + personName + `))`)
	possessive   = regexp.MustCompile(`(` + personName + `)(?:['’]s|['’])\s+(?:\p{Ll}[\p{L}-]*\s+){0,3}?` + lexicon.Any("nouns of speech") + `\b[^.;]{0,60}$`)
	fromSomebody = regexp.MustCompile(`\b(?:from|by)\s+` + describe + `(` + personName + `)\s*:\s*$`)
	relative     = regexp.MustCompile(`,\s+(?:who|whom|whose|which)\s[^,]{1,120},`)
	label        = regexp.MustCompile(`^\s*(` + personName + `)(?:\s*\([^)]*\))?\s*:\s*$`)
	directly     = regexp.MustCompile(said + `(?:\s+(?:it|him|her|them|us|me|reporters|this|that|this as|it as|the \p{Ll}+|the \p{Ll}+ as|a|an|the))?\s*[,:]?\s*$`)
	afterSubject = regexp.MustCompile(`^[\s,;–—-]*(` + personName + `|` + pronoun + `\b|` + roleName + `)` + aside + adverbs + `\s+` + said + `\b\s*([.,;:]|\S|$)`)
	afterOffice  = regexp.MustCompile(`^[\s,;–—-]*` + apposition + adverbs + `\s+` + said + `\b`)
	afterWords   = regexp.MustCompile(`^[\s,;–—-]*(?:[Tt]hose\s+|[Tt]hese\s+|[Ss]uch\s+)?(?:was|were|is|are)\s+(?:` +
		`(?:all|what)\s+(?:that\s+)?(` + personName + `)` + adverbs + `\s+` + said + `\b|` +
		`the\s+` + emphatic + lexicon.Any("nouns of speech") + `\s+of\s+` + describe + `(` + personName + `)|` +
		`(` + personName + `)(?:['’]s|['’])\s+` + emphatic + lexicon.Any("nouns of speech") + `\b)`)
	afterSaid     = regexp.MustCompile(`^[\s,;–—-]*(` + said + `\s.*)`)
	afterAccord   = regexp.MustCompile(`^[\s,;–—-]*(according to\s.*)`)
	afterDash     = regexp.MustCompile(`^\s*(?:[–—―]|--)\s*(` + personName + `)\s*(?:[,.(\n]|$)`)
	afterBrackets = regexp.MustCompile(`^\s*\((` + personName + `)\)`)
)

// maxCredit bounds the prose that is read for a credit, in bytes.
const maxCredit = 1000

// credit is the attribution of a quotation: whom the prose credits with it.
type credit struct {
	name   string // as the prose has it: a name, a pronoun, or "the minister"
	direct bool   // the prose says so right beside the quotation
}

func (c credit) known() bool { return c.name != "" }

// creditBefore reads the prose before a quotation: its last sentence, if the
// quotation is a part of it.
func creditBefore(text string) credit {
	sentence, open := lastSentence(unwrapped(text))
	if !open {
		return credit{}
	}
	if m := label.FindStringSubmatch(sentence); m != nil && !beginsPhrase(m[1]) {
		return credit{withoutSource(m[1]), true}
	}
	for _, p := range []*regexp.Regexp{fromSomebody, possessive} {
		if m := p.FindStringSubmatch(sentence); m != nil {
			return credit{m[1], true}
		}
	}
	for _, p := range []*regexp.Regexp{quotedAs, passive, accordingTo} {
		if m := p.FindStringSubmatch(sentence); m != nil {
			return credit{strings.Join(m[1:], ""), true}
		}
	}
	sentence = relative.ReplaceAllString(sentence, "")
	verbs := anySaid.FindAllStringIndex(sentence, -1)
	if len(verbs) == 0 {
		return credit{}
	}
	verb := verbs[len(verbs)-1] // the last one: its subject is the speaker
	direct := directly.MatchString(sentence) || strings.HasSuffix(strings.TrimSpace(sentence), ":")
	for _, m := range whoSaid.FindAllStringSubmatchIndex(sentence, -1) {
		if m[6] <= verb[0] && verb[0] < m[7] {
			return credit{sentence[max(m[2], m[4]):max(m[3], m[5])], direct}
		}
	}
	for _, m := range subjectSaid.FindAllStringSubmatchIndex(sentence, -1) {
		if m[4] <= verb[0] && verb[0] < m[5] {
			return credit{sentence[m[2]:m[3]], direct}
		}
	}
	if m := saidSubject.FindStringSubmatch(sentence[verb[0]:]); m != nil {
		return credit{m[1] + m[2] + m[3], true}
	}
	return credit{}
}

// sourceFirst is what stands before a name to say that it is the source: Laut Brandl.
var sourceFirst = regexp.MustCompile(`^(?i:` + lexicon.Any("prepositions of sources") + `)\s+`)

// withoutSource is a label without it.
func withoutSource(label string) string {
	if name := sourceFirst.ReplaceAllString(label, ""); name != "" {
		return name
	}
	return label
}

// lastSentence is the sentence that a text ends in, and whether it is still open.
func lastSentence(text string) (last string, open bool) {
	spans := sentence.Split(text)
	if len(spans) == 0 {
		return "", false
	}
	span := spans[len(spans)-1]
	last = string([]rune(text)[span.Start:span.End])
	return last, !strings.ContainsAny(last[len(last)-1:], ".?!")
}

// unwrapped is a text without the ends of lines that only fit it to a width. A line that
// begins with a dash may be a credit, which ends with its line.
func unwrapped(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines[1:] {
		if startsDash(lines[i]) || startsDash(lines[i+1]) {
			lines[i] += "\n"
		} else {
			lines[i] = strings.TrimRight(lines[i], " ") + " "
		}
	}
	return strings.Join(lines, "")
}

func startsDash(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "--") || line != strings.TrimLeft(line, "–—―")
}

func oneSentence(text string) bool { return len(sentence.Split(text)) <= 1 }

// creditAfter reads the prose after a quotation whose last character is end. After a
// full stop, a subject with its verb may begin another sentence ("… here." She said
// little), so it is a credit only where punctuation or nothing follows the verb.
func creditAfter(text string, end rune) credit {
	text = unwrapped(text)
	if m := afterSaid.FindStringSubmatch(text); m != nil {
		if m = saidSubject.FindStringSubmatch(m[1]); m != nil {
			return credit{m[1] + m[2] + m[3], true}
		}
	}
	for _, p := range []*regexp.Regexp{afterOffice, afterWords} {
		if m := p.FindStringSubmatch(text); m != nil {
			return credit{strings.Join(m[1:], ""), true}
		}
	}
	if m := afterAccord.FindStringSubmatch(text); m != nil {
		if m = accordingTo.FindStringSubmatch(m[1]); m != nil {
			return credit{m[1] + m[2], true}
		}
	}
	for _, p := range []*regexp.Regexp{afterDash, afterBrackets} {
		if m := p.FindStringSubmatch(text); m != nil {
			return credit{m[1], true}
		}
	}
	if m := afterSubject.FindStringSubmatch(text); m != nil {
		ended := strings.ContainsAny(m[2], ".,;") || m[2] == ""
		if ended || end != '.' && m[2] != ":" {
			return credit{m[1], true}
		}
	}
	return credit{}
}
