package rendertest

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
)

// A key is what stands for a person.
type key struct {
	name string
	// label gives the part that names the person, and what the label says besides.
	label  func(p *person, g grammar) (base, rest string)
	need   need
	loud   bool   // recognisable by itself: in capitals, with a title, a number, an office
	quiet  bool   // nothing that one would know for a person without the separator
	nobody bool   // names nobody, and means another in each form
	holds  string // separators that also stand within it
}

// need is what a language must have for a key.
type need int

const (
	anyScript need = iota
	cased          // capital letters
	latin
)

// only makes a label that is nothing but its base.
func only(f func(p *person) string) func(*person, grammar) (string, string) {
	return func(p *person, _ grammar) (string, string) { return f(p), "" }
}

// beside makes a label of the full name and what format says besides; where the person
// has nothing to say there, the name stands alone.
func beside(format string, value func(p *person) string) func(*person, grammar) (string, string) {
	return func(p *person, _ grammar) (string, string) {
		if v := value(p); v != "" {
			return p.full(), fmt.Sprintf(format, v)
		}
		return p.full(), ""
	}
}

// mixed gives every nth person, from the kth, another label.
func mixed(n, k int, some, others func(*person, grammar) (string, string)) func(*person, grammar) (string, string) {
	return func(p *person, g grammar) (string, string) {
		if p.number%n == k {
			return some(p, g)
		}
		return others(p, g)
	}
}

// chaired gives whoever presides another label.
func chaired(chair, others func(*person, grammar) (string, string)) func(*person, grammar) (string, string) {
	return func(p *person, g grammar) (string, string) {
		if p.chairs {
			return chair(p, g)
		}
		return others(p, g)
	}
}

func word(symbol string) func(*person, grammar) (string, string) {
	return func(_ *person, g grammar) (string, string) { return g[symbol][0], "" }
}

// numbered is a word of the language with the person's number.
func numbered(symbol, format string) func(*person, grammar) (string, string) {
	return func(p *person, g grammar) (string, string) { return fmt.Sprintf(format, g[symbol][0], p.number), "" }
}

var (
	full         = only((*person).full)
	titleSurname = only(func(p *person) string { return p.titled(p.surname()) })
	upperTitle   = only(func(p *person) string { return strings.ToUpper(p.titled(p.surname())) })
	upperSurname = only(func(p *person) string { return strings.ToUpper(p.surname()) })
	chair        = only(func(p *person) string { return p.chair })
)

// keys are all that stand for people.
func keys() []key {
	return []key{
		{name: "full", label: full},
		{name: "full-upper", label: only(func(p *person) string { return strings.ToUpper(p.full()) }), need: cased, loud: true},
		{name: "surname", label: only((*person).surname)},
		{name: "surname-upper", label: upperSurname, need: cased, loud: true},
		{name: "first", label: only(func(p *person) string { return p.first })},
		{name: "initials", label: only((*person).initials), need: cased, quiet: true},
		{name: "initials-dotted", label: only(dotted), need: cased, quiet: true, holds: "."},
		{name: "initial-surname", label: only(func(p *person) string { return initial(p) + ". " + p.surname() }), need: cased},
		{name: "initial-surname-upper", label: only(func(p *person) string { return p.title + " " + initial(p) + " " + strings.ToUpper(p.surname()) }), need: latin, loud: true},
		{name: "surname-initial", label: only(func(p *person) string { return p.surname() + " " + initial(p) + "." }), need: cased, holds: "."},
		{name: "title-surname", label: titleSurname, loud: true},
		{name: "title-surname-upper", label: upperTitle, need: cased, loud: true},
		{name: "title-surname-caps", label: only(func(p *person) string { return p.title + " " + strings.ToUpper(p.surname()) }), need: cased, loud: true},
		{name: "title-full", label: only(func(p *person) string { return p.titled(p.full()) }), loud: true},
		{name: "last-first", label: only(lastFirst), need: cased},
		{name: "last-first-department", label: func(p *person, _ grammar) (string, string) { return lastFirst(p), " (" + p.org + ")" }, need: cased},
		{name: "brackets-org", label: beside(" (%s)", func(p *person) string { return p.org })},
		{name: "square-org", label: beside(" [%s]", func(p *person) string { return p.org })},
		{name: "comma-org", label: beside(", %s", func(p *person) string { return p.org })},
		{name: "comma-role", label: beside(", %s", func(p *person) string { return p.role })},
		{name: "pipe-org", label: beside(" | %s", func(p *person) string { return p.org }), holds: "|"},
		{name: "dash-org", label: beside(" - %s", func(p *person) string { return p.org }), holds: "-"},
		{name: "slash-org", label: beside(" / %s", func(p *person) string { return p.org }), holds: "/"},
		{name: "at-org", label: beside(" @ %s", func(p *person) string { return p.org })},
		{name: "party", label: beside(" (%s)", func(p *person) string { return p.party })},
		{name: "party-bracket-square", label: beside(" [%s]", func(p *person) string { return p.party })},
		{name: "seat-party", label: func(p *person, _ grammar) (string, string) {
			return p.full(), fmt.Sprintf(" (%s) (%s)", p.seat, p.party)
		}},
		{name: "title-surname-party", label: func(p *person, _ grammar) (string, string) {
			return p.titled(p.surname()), fmt.Sprintf(" (%s)", p.party)
		}, loud: true},
		{name: "title-surname-country", label: func(p *person, _ grammar) (string, string) {
			return p.titled(p.surname()), fmt.Sprintf(" (%s)", p.country)
		}, loud: true},
		{name: "pronouns", label: beside(" (%s)", func(p *person) string { return p.pronouns })},
		{name: "pronouns-some", label: mixed(2, 1, beside(" (%s)", func(p *person) string { return p.pronouns }), full)},
		{name: "role-host", label: chaired(func(p *person, g grammar) (string, string) { return p.full(), " (" + g["host"][0] + ")" }, full)},
		{name: "role-guest-dash", label: mixed(2, 0, func(p *person, g grammar) (string, string) { return p.full(), " – " + g["guest"][0] }, full), holds: "–"},
		{name: "interpreter", label: mixed(3, 2, func(p *person, _ grammar) (string, string) { return p.full(), " (via interpreter)" }, full), need: latin},
		{name: "phone-some", label: mixed(3, 2, only(func(p *person) string { return p.phone }), full), holds: "-"},
		{name: "display", label: display, need: latin, quiet: true, holds: "-|@"},
		{name: "user", label: only((*person).user), need: latin, quiet: true},
		{name: "user-dotted", label: only(func(p *person) string { return ascii(p.first) + "." + ascii(p.surname()) }), need: latin, quiet: true},
		{name: "user-number", label: only(func(p *person) string {
			return capital(ascii(p.first)) + capital(ascii(p.surname())[:1]) + fmt.Sprintf("_%d", 7*p.number+35)
		}), need: latin, quiet: true},
		{name: "lower", label: only(func(p *person) string { return strings.ToLower(p.full()) }), need: cased, quiet: true},
		{name: "speaker-n", nobody: true, label: numbered("speaker", "%s %d"), loud: true},
		{name: "speaker-n-upper", nobody: true, label: func(p *person, g grammar) (string, string) {
			return strings.ToUpper(fmt.Sprintf("%s %d", g["speaker"][0], p.number)), ""
		}, need: cased, loud: true},
		{name: "speaker-letter", nobody: true, label: func(p *person, g grammar) (string, string) {
			return fmt.Sprintf("%s %c", g["speaker"][0], 'A'+p.number-1), ""
		}, need: latin, loud: true},
		{name: "speaker-diarised", nobody: true, label: only(func(p *person) string { return fmt.Sprintf("SPEAKER_%02d", p.number-1) }), loud: true},
		{name: "spk", nobody: true, label: only(func(p *person) string { return fmt.Sprintf("spk_%d", p.number-1) }), quiet: true},
		{name: "s-n", nobody: true, label: only(func(p *person) string { return fmt.Sprintf("S%d", p.number) }), quiet: true},
		{name: "participant", nobody: true, label: numbered("participant", "%s #%d"), loud: true},
		{name: "unidentified", nobody: true, label: mixed(2, 1, func(p *person, g grammar) (string, string) {
			return fmt.Sprintf("%s %d", g.either("unknown", p.she), p.number), ""
		}, full), loud: true},
		{name: "letters-qa", nobody: true, label: chaired(word("q"), word("a")), quiet: true},
		{name: "words-qa", nobody: true, label: chaired(word("question"), word("answer"))},
		{name: "words-interview", nobody: true, label: chaired(word("interviewer"), word("respondent"))},
		{name: "interviewer-name", label: chaired(word("interviewer"), full)},
		{name: "question-name", label: chaired(word("q"), titleSurname)},
		{name: "chair", label: chaired(chair, titleSurname), loud: true},
		{name: "chair-upper", label: chaired(only(func(p *person) string { return strings.ToUpper(p.chair) }), upperTitle), need: cased, loud: true},
		{name: "chair-bracket", label: chaired(func(p *person, _ grammar) (string, string) {
			return p.chair, " (" + p.surname() + ")"
		}, titleSurname), loud: true},
		{name: "chair-bracket-upper", label: chaired(func(p *person, _ grammar) (string, string) {
			return strings.ToUpper(p.chair), " (" + p.surname() + ")"
		}, upperTitle), need: cased, loud: true},
		{name: "chair-name", label: chaired(func(p *person, _ grammar) (string, string) {
			return p.chair + " " + p.full(), ""
		}, beside(" (%s)", func(p *person) string { return p.party }))},
		{name: "office", label: only(func(p *person) string { return cmp.Or(p.office, p.full()) }), loud: true},
		{name: "office-bracket", label: func(p *person, _ grammar) (string, string) {
			return p.office, " (" + p.full() + ")"
		}, loud: true},
		{name: "office-comma", label: func(p *person, _ grammar) (string, string) {
			return p.full(), ", " + p.office
		}},
		{name: "emoji", label: mixed(2, 1, func(p *person, _ grammar) (string, string) { return p.full() + " ⚓", "" }, full)},
		{name: "letters-after", label: beside(", %s", func(p *person) string { return []string{"PhD", "MP", "OBE"}[p.number%3] }), need: latin},
	}
}

// either is the language's word for a woman or a man.
func (g grammar) either(symbol string, she bool) string {
	if she {
		return g[symbol+"-she"][0]
	}
	return g[symbol+"-he"][0]
}

// display is what people call themselves in video calls.
func display(p *person, _ grammar) (string, string) {
	switch p.number % 6 {
	case 1:
		return p.full(), ""
	case 2:
		return p.first + "'s iPhone", ""
	case 3:
		return p.phone, ""
	case 4:
		return strings.ToLower(p.first), ""
	case 5:
		return "Meeting Room 2", ""
	}
	return p.full(), " - " + p.org
}

func initial(p *person) string { return string([]rune(p.first)[:1]) }

func dotted(p *person) string {
	var b strings.Builder
	for _, c := range p.initials() {
		b.WriteRune(c)
		b.WriteByte('.')
	}
	return b.String()
}

func lastFirst(p *person) string {
	if p.last == "" {
		return p.first
	}
	return p.last + ", " + strings.TrimSpace(p.first+" "+p.middle)
}

// user is a login: jroe.
func (p *person) user() string {
	if p.joined {
		return p.full()
	}
	return strings.ToLower(initial(p)) + ascii(p.surname())
}

var plainLetters = strings.NewReplacer("é", "e", "ø", "o", "ö", "o", "ü", "u", "ß", "ss", "ñ", "n", "í", "i", "ú", "u", "á", "a", "ó", "o", "ã", "a",
	"ç", "c", "è", "e", "ê", "e", "ł", "l", "ń", "n", "ś", "s", "ż", "z", "ź", "z", "ą", "a", "ę", "e", "ć", "c", "ğ", "g", "ş", "s", "ı", "i", "ä", "a", "ë", "e", "ô", "o", "à", "a", "ò", "o", "ì", "i", "ù", "u")

// ascii is a name as logins have it: in small letters, without marks and blanks.
func ascii(s string) string {
	return strings.Map(func(c rune) rune {
		if c < unicode.MaxASCII && unicode.IsLetter(c) {
			return c
		}
		return -1
	}, plainLetters.Replace(strings.ToLower(s)))
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
