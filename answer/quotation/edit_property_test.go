package quotation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/pullquote/pullquote/internal/rounds"
	"github.com/pullquote/pullquote/retrieval"
)

// editor makes up turns, and edits quotations of them, as print allows or so that they say
// something else.
type editor struct {
	*rand.Rand
	language
}

// language is what sentences are made up of. A clause is a subject, a verb, an object and
// perhaps a place or a time; the words of a list are harmless.
type language struct {
	name                                  string
	subjects, verbs, objects, adverbials  []string
	pronouns, nouns                       []string // a subject in short; what may stand for it
	and, comma, stop, space               string
	negations, conditions, numbers, hints []string // what turns a meaning, put in before the verb
}

var languages = []language{
	{
		name:       "English",
		subjects:   strings.Split("the harbour board|our engineers|the ferry company|the island council|these crews|the surveyors", "|"),
		verbs:      strings.Split("deepened|repaired|measured|painted|sold|moved|inspected|closed", "|"),
		objects:    strings.Split("the north channel|the old pier|a wooden bridge|the fishing boats|the stone quay|the signal lamps", "|"),
		adverbials: strings.Split("before the winter|in the spring|near the lighthouse|after the storm|on Tuesday|with the pilots", "|"),
		pronouns:   strings.Split("it|they|we|she|he", "|"), nouns: strings.Split("the board|the company|the surveyors|the council", "|"),
		and: "and", comma: ",", stop: ".", space: " ",
		negations: strings.Split("not|never|hardly|nobody|without", "|"), conditions: strings.Split("if|unless|until", "|"),
		numbers: strings.Split("two|30|thousand|half|only|all|€5", "|"), hints: strings.Split("may|perhaps|always|now", "|"),
	},
	{
		name:       "French",
		subjects:   strings.Split("le conseil du port|nos ingénieures|la compagnie maritime|les pêcheurs du village", "|"),
		verbs:      strings.Split("répare|mesure|nettoie|vend|inspecte", "|"),
		objects:    strings.Split("le vieux quai|la jetée nord|le pont étroit|la digue|le phare", "|"),
		adverbials: strings.Split("avant l’hiver|au printemps|près du phare|mardi|avec les pilotes", "|"),
		pronouns:   strings.Split("il|elle|nous|ils", "|"), nouns: strings.Split("le conseil|la compagnie|les pêcheurs", "|"),
		and: "et", comma: ",", stop: ".", space: " ",
		negations: strings.Split("ne|pas|jamais|sans", "|"), conditions: strings.Split("si|sauf", "|"),
		numbers: strings.Split("deux|12|tous|seulement", "|"), hints: strings.Split("peut|toujours|peut-être", "|"),
	},
	{
		name:       "German",
		subjects:   strings.Split("der Hafenrat|unsere Ingenieurin|die Reederei|der Inselrat", "|"),
		verbs:      strings.Split("saniert|vermisst|verkauft|prüft|reinigt", "|"),
		objects:    strings.Split("die alte Mole|den Nordkanal|die schmale Brücke|das Fischerboot|den Leuchtturm", "|"),
		adverbials: strings.Split("vor dem Winter|im Frühjahr|nach dem Sturm|am Dienstag|mit den Lotsen", "|"),
		pronouns:   strings.Split("er|sie|es|wir", "|"), nouns: strings.Split("der Rat|die Reederei|die Ingenieurin", "|"),
		and: "und", comma: ",", stop: ".", space: " ",
		negations: strings.Split("nicht|kein|nie|ohne", "|"), conditions: strings.Split("wenn|falls", "|"),
		numbers: strings.Split("zwei|7|alle|nur", "|"), hints: strings.Split("vielleicht|kann|bald", "|"),
	},
	{
		name:       "Spanish",
		subjects:   strings.Split("el consejo del puerto|nuestra ingeniera|la naviera|los pescadores del pueblo", "|"),
		verbs:      strings.Split("repara|mide|limpia|vende|revisa", "|"),
		objects:    strings.Split("el muelle viejo|el canal norte|el puente estrecho|el faro", "|"),
		adverbials: strings.Split("antes del invierno|en primavera|cerca del faro|el martes|con los prácticos", "|"),
		pronouns:   strings.Split("él|ella|nosotros|ellos", "|"), nouns: strings.Split("el consejo|la naviera|los pescadores", "|"),
		and: "y", comma: ",", stop: ".", space: " ",
		negations: strings.Split("no|nunca|sin|nadie", "|"), conditions: strings.Split("si|salvo", "|"),
		numbers: strings.Split("dos|15|todos|sólo", "|"), hints: strings.Split("puede|siempre|quizás", "|"),
	},
	{
		name:       "Chinese",
		subjects:   strings.Split("港口委员会|工程师|渡轮公司|岛上居民", "|"),
		verbs:      strings.Split("修好|测量|卖掉|检查|清理", "|"),
		objects:    strings.Split("旧码头|北航道|木桥|灯塔|渔船", "|"),
		adverbials: strings.Split("在冬天之前|在春季|在暴风之后|在灯塔旁边", "|"),
		pronouns:   strings.Split("它|他们|我们", "|"), nouns: strings.Split("委员会|公司|居民", "|"),
		and: "而且", comma: "，", stop: "。", space: "",
		negations: strings.Split("不|没|未", "|"), conditions: strings.Split("如果|除非", "|"),
		numbers: strings.Split("二|十二|都|只", "|"), hints: strings.Split("可能|必须|也许", "|"),
	},
}

// clauses are three whose verbs differ, so that no edit of one is true of another.
func (e editor) clauses() (a, b, c clause) {
	verbs := e.Perm(len(e.verbs))
	a, b, c = e.clause(false), e.clause(true), e.clause(false)
	a.verb, b.verb, c.verb = e.verbs[verbs[0]], e.verbs[verbs[1]], e.verbs[verbs[2]]
	return a, b, c
}

func (e editor) any(of []string) string { return of[e.IntN(len(of))] }

// clause is one of a turn.
type clause struct {
	subject, verb, object, adverbial string
}

func (e editor) clause(pronoun bool) clause {
	c := clause{e.any(e.subjects), e.any(e.verbs), e.any(e.objects), e.any(e.adverbials)}
	if pronoun {
		c.subject = e.any(e.pronouns)
	}
	return c
}

func (e editor) join(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return strings.Join(parts, e.space)
}

// words of a clause, in the order of its language.
func (e editor) text(c clause) string {
	if e.name == "Chinese" {
		return e.join(c.subject, c.adverbial, c.verb, c.object)
	}
	return e.join(c.subject, c.verb, c.object, c.adverbial)
}

// turn is two clauses and a sentence more: A, and B. C.
func (e editor) turn(a, b, c clause) string {
	return upper(e.text(a)) + e.comma + e.space + e.join(e.and, e.text(b)) + e.stop + e.space + upper(e.text(c)) + e.stop
}

func upper(s string) string {
	runes := []rune(s)
	return string(unicode.ToUpper(runes[0])) + string(runes[1:])
}

// honest are edits that turn no meaning, with the originals that are due to them.
var honest = map[EditKind]func(e editor, a, b, c clause) (quote string, originals []string){
	EditCapital: func(e editor, a, b, c clause) (string, []string) {
		return upper(e.text(b)) + e.stop, []string{firstWord(e.text(b))}
	},
	EditBracketedLetter: func(e editor, a, b, c clause) (string, []string) {
		text := []rune(e.text(b))
		return "[" + string(unicode.ToUpper(text[0])) + "]" + string(text[1:]) + e.stop, []string{firstWord(string(text))}
	},
	EditReplaced: func(e editor, a, b, c clause) (string, []string) {
		rest := b
		rest.subject = ""
		noun := e.any(e.nouns)
		if e.space == "" || strings.Contains("we nous wir nosotros", b.subject) { // without an article, and for who speaks, it is one of the turn's
			noun = a.subject
		}
		return "[" + noun + "]" + e.space + e.text(rest) + e.stop, []string{b.subject}
	},
	EditInserted: func(e editor, a, b, c clause) (string, []string) {
		return e.join(b.subject, "[sic]", strings.TrimPrefix(e.text(b), b.subject+e.space)) + e.stop, []string{""}
	},
	EditOmitted: func(e editor, a, b, c clause) (string, []string) {
		ellipsis := e.any([]string{" … ", "…", " ... ", " [...] ", " (…) "})
		if e.name == "Chinese" {
			return a.subject + ellipsis + e.join(a.verb, a.object), []string{a.adverbial}
		}
		return upper(e.join(a.subject, a.verb, a.object)) + ellipsis + e.join(e.and, e.text(b)) + e.stop, []string{a.adverbial}
	},
}

func firstWord(text string) string { return strings.Fields(text)[0] }

func TestHonestEdits(t *testing.T) {
	for kind, edit := range honest {
		for _, l := range languages {
			if kind != EditReplaced && kind != EditOmitted && kind != EditInserted && l.space == "" {
				continue // letters of one case
			}
			t.Run(fmt.Sprintf("%s in %s", kind, l.name), func(t *testing.T) {
				e := editor{rand.New(rand.NewPCG(7, 8)), l}
				const edits = 400
				missed := 0
				for range edits {
					a, b, c := e.clauses()
					turn := e.turn(a, b, c)
					quote, originals := edit(e, a, b, c)
					j := judgeIn(turn, quote)
					var told []string
					for _, e := range j.Edits {
						if e.Kind == kind {
							told = append(told, e.Original)
						}
					}
					if j.Status != StatusEdited || !slices.Equal(told, originals) {
						missed++
						t.Logf("%q of %q is %s, of %q, want %q", quote, turn, j.Status, told, originals)
					}
				}
				if missed > edits/20 {
					t.Errorf("%d of %d honest edits are none", missed, edits)
				}
			})
		}
	}
}

func judgeIn(turn, quote string) Judgement {
	hit := retrieval.Hit{TranscriptID: "t", Speaker: "Ada Lorne", Text: turn, End: len([]rune(turn))}
	return NewTurns([]retrieval.Hit{hit}, DefaultThresholds()).JudgeDraft(DraftQuote{Text: quote, Speaker: "Ada Lorne"})
}

// inversions are edits after which a quotation says something else.
var inversions = map[string]func(e editor, a, b, c clause) (turn, quote string){
	"words that turn the meaning are left out by an ellipsis": func(e editor, a, b, c clause) (string, string) {
		before := e.join(b.subject, b.verb)
		behind := b.object
		return e.turn(a, clause{subject: e.join(before, e.turning(), b.adverbial, behind)}, c), e.join(before, "…", behind)
	},
	"a clause with its condition is left out": func(e editor, a, b, c clause) (string, string) {
		condition := e.comma + e.space + e.join(e.any(e.conditions), e.text(b)) + e.comma + e.space
		return e.text(a) + condition + e.text(c) + e.stop, e.text(a) + "…" + e.text(c)
	},
	"an ellipsis takes a negation to another verb": func(e editor, a, b, c clause) (string, string) {
		denied := e.join(a.subject, e.any(e.negations))
		return e.join(denied, a.verb, a.object) + e.comma + e.space + e.join(e.and, b.subject, b.verb, b.object) + e.stop, e.join(denied, "…", b.verb, b.object)
	},
	"a subject comes to another's verb": func(e editor, a, b, c clause) (string, string) {
		return e.turn(a, b, c), upper(a.subject) + "…" + e.join(b.verb, b.object)
	},
	"words that turn the meaning are put in in brackets": func(e editor, a, b, c clause) (string, string) {
		return e.turn(a, b, c), e.join(b.subject, "["+e.turning()+"]", strings.TrimPrefix(e.text(b), b.subject+e.space))
	},
	"a bracket stands for a verb": func(e editor, a, b, c clause) (string, string) {
		return e.turn(a, b, c), e.join(b.subject, "["+e.join(b.subject, e.any(e.verbs))+"]", b.object)
	},
	"a bracket stands for who nobody, or all, would be": func(e editor, a, b, c clause) (string, string) {
		return e.turn(a, b, c), strings.Replace(e.text(b), b.subject, "["+e.turning()+"]", 1)
	},
	"a bracket stands for another's name": func(e editor, a, b, c clause) (string, string) {
		return e.turn(a, b, c), strings.Replace(e.text(b), b.subject, "[Gundersen]", 1)
	},
	"a word outside brackets is another": func(e editor, a, b, c clause) (string, string) {
		turn := e.turn(a, b, c)
		b.object = e.other(e.objects, b.object)
		quote, _ := honest[e.kind()](e, a, b, c)
		return turn, quote
	},
	"a negation outside brackets is put in": func(e editor, a, b, c clause) (string, string) {
		turn := e.turn(a, b, c)
		b.verb = e.join(e.any(e.negations), b.verb)
		quote, _ := honest[e.kind()](e, a, b, c)
		return turn, quote
	},
	"a negation outside brackets is left out": func(e editor, a, b, c clause) (string, string) {
		denied := b
		denied.verb = e.join(e.any(e.negations), b.verb)
		quote, _ := honest[e.kind()](e, a, b, c)
		return e.turn(a, denied, c), quote
	},
	"a number outside brackets is another": func(e editor, a, b, c clause) (string, string) {
		said, quoted := b, b
		said.object = e.join(b.object, "17")
		quoted.object = e.join(b.object, fmt.Sprint(18+e.IntN(80)))
		quote, _ := honest[e.kind()](e, a, quoted, c)
		return e.turn(a, said, c), quote
	},
	"a capital makes a statement of what depends on a condition": func(e editor, a, b, c clause) (string, string) {
		return upper(e.any(e.conditions)) + e.space + e.text(a) + e.comma + e.space + e.text(b) + e.stop, "[" + string([]rune(upper(e.text(b)))[:1]) + "]" + string([]rune(e.text(b))[1:])
	},
	"the pieces change places": func(e editor, a, b, c clause) (string, string) {
		return e.turn(a, b, c), e.text(c) + "…" + e.text(b)
	},
}

// turning is a word that turns a meaning.
func (e editor) turning() string {
	return e.any(slices.Concat(e.negations, e.conditions, e.numbers, e.hints))
}

// other is another than one of some words.
func (e editor) other(of []string, than string) string {
	for {
		if word := e.any(of); word != than {
			return word
		}
	}
}

// kind is one of the honest edits that leave the second clause whole.
func (e editor) kind() EditKind {
	if e.space == "" {
		return EditReplaced
	}
	return []EditKind{EditCapital, EditBracketedLetter, EditReplaced, EditInserted, EditOmitted}[e.IntN(5)]
}

// No edit that puts in or leaves out a negation, a condition or a number, or that changes a
// word outside brackets, is taken for an honest one.
func TestInvertingEditsDoNotHold(t *testing.T) {
	told := 0
	for name, invert := range inversions {
		for _, l := range languages {
			if strings.HasPrefix(name, "a capital") && l.space == "" {
				continue
			}
			t.Run(name+" in "+l.name, func(t *testing.T) {
				e := editor{rand.New(rand.NewPCG(9, 10)), l}
				for range rounds.Of(320) {
					a, b, c := e.clauses()
					turn, quote := invert(e, a, b, c)
					told++
					if j := judgeIn(turn, quote); j.Status.Holds() || j.Status == StatusEdited {
						t.Errorf("%q of %q is %s, with %v", quote, turn, j.Status, j.Edits)
					}
				}
			})
		}
	}
	if told < rounds.Of(20_000) {
		t.Errorf("only %d edits were made", told)
	}
}
