package rendertest

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
)

// A Form is a way of setting turns apart, composed of its parts.
type Form struct {
	key       key
	adornment adornment
	separator separator
	moment    moment
	container container

	house            *house // whose way is no composition
	second           *Form  // of the other turns, in a mixture
	halfway, byChair bool   // the other turns are those of the second half, or of all but the chair
}

// Name is made of the names of the parts.
func (f Form) Name() string {
	if f.house != nil {
		return f.house.name + "." + string(f.container)
	}
	if f.second != nil {
		first, how := f, "~chair~"
		if first.second = nil; f.halfway {
			how = "~halfway~"
		}
		return strings.TrimSuffix(first.Name(), "."+string(f.container)) + how + f.second.Name()
	}
	return fmt.Sprintf("%s+%s+%s+%s.%s", f.key.name, f.adornment.name, f.separator.name, f.moment.name, f.container)
}

// Half of the forms.
type Half string

// The halves: whoever mends the parser looks at Fit, and measures on Judge.
const (
	Fit   Half = "fit"
	Judge Half = "judge"
)

// HalfOf tells the half of a form by its name.
func HalfOf(form string) Half {
	h := fnv.New32a()
	h.Write([]byte("half " + form))
	if h.Sum32()>>7%2 == 0 {
		return Fit
	}
	return Judge
}

// labels are the keys of the form as one: whoever has two labels is told apart by both.
func (f Form) labels() func(*person, grammar) (string, string) {
	if f.second == nil {
		return f.key.label
	}
	return func(p *person, g grammar) (string, string) {
		a, b := f.key.label(p, g)
		c, d := f.second.key.label(p, g)
		return a + c, b + d
	}
}

// strong reports whether each label is known by what surrounds it, even one that stands once.
func (f Form) strong() bool {
	if f.second != nil && !f.second.strong() {
		return false
	}
	return f.separator.colon || f.adornment.strong || f.moment.name != "untimed"
}

// legible reports whether a careful reader could tell the labels from the words.
func (f Form) legible() bool {
	k, a, s, m := f.key, f.adornment, f.separator, f.moment
	enclosed := a.strong && (a.close != "" || f.container == page && a.html[1] != "")
	switch {
	case !slices.Contains(a.in, f.container):
	case m.own && !s.own, len(f.spoken()) == 0:
	case a.name == "heading" && s.name != "line" && s.name != "colon-line":
	case s.char != "" && strings.ContainsAny(k.holds, s.char):
	case strings.ContainsAny(s.char, "-–—|/>") && strings.ContainsAny(m.format, "-—|"): // two of a kind
	case strings.ContainsAny(m.format, "-—|") && k.holds != "":
	case s.name == "blank" && !enclosed, s.name == "wide-blank" && !(k.loud || enclosed):
	case s.scarce && !(k.loud || enclosed || k.need != anyScript && !k.quiet && k.holds == ""):
	case s.script != anyScript && k.need == anyScript && strings.HasPrefix(s.name, "stop") && k.quiet:
	case s.own && k.quiet && !f.strong():
	case a.name == "at" && !k.quiet, a.name == "at" && m.format != "{l}":
	case a.name == "angle" && strings.ContainsAny(s.text, ">"), a.name == "parentheses" && k.holds != "":
	case a.counts && (m.format != "{l}" || k.quiet):
	case (a.name == "bullet" || a.name == "star" || a.name == "dot") && k.quiet && !s.colon:
	case f.container == page && strings.ContainsAny(s.text, "\t　") || f.container == page && s.name == "blanks":
	case f.container == markdown && (s.name == "pipe" || s.name == "tab" || m.name == "time-before-tab"):
	case f.container == markdown && strings.HasPrefix(m.name, "time-") && (a.name == "heading" || a.name == "bullet-bold"):
	case s.column > 0 && f.container != plain:
	case a.name == "heading" && m.format != "{l}":
	case f.container == markdown && k.name == "phone-some": // its stars would be marks
	default:
		return true
	}
	return false
}

// Forms has a choice of forms in which every part comes with every other kind of part.
// The choice does not depend on a seed.
func Forms() []Form {
	r := source("forms", 1)
	as, ss, ms := adornments(), separators(), moments()
	var forms []Form
	seen := map[string]bool{}
	add := func(f Form) bool {
		if !f.legible() || seen[f.Name()] {
			return false
		}
		seen[f.Name()] = true
		forms = append(forms, f)
		return true
	}
	containers := []container{plain, plain, plain, markdown, page}
	for _, k := range keys() {
		for _, s := range ss[:3] { // the plain ones, whatever the draw says
			add(Form{key: k, adornment: as[0], separator: s, moment: ms[0], container: plain})
		}
		for made, try := 0, 0; made < 7 && try < 1000; try++ {
			f := Form{key: k, adornment: as[0], separator: pick(r, ss), moment: ms[0], container: pick(r, containers)}
			if chance(r, .6) {
				f.adornment = pick(r, as)
			}
			if chance(r, .45) {
				f.moment = pick(r, ms)
			}
			if add(f) {
				made++
			}
		}
	}
	return slices.Concat(forms, mixtures(r, forms), houseForms())
}

// Parts are the names of what the form is composed of.
func (f Form) Parts() []string {
	if f.house != nil {
		return []string{"a house's own", string(f.container)}
	}
	parts := []string{"key " + f.key.name, "adornment " + f.adornment.name, "separator " + f.separator.name, f.moment.name, string(f.container)}
	switch {
	case f.halfway:
		return append(parts, "two forms, one after the other")
	case f.byChair:
		return append(parts, "two forms, one of the chair")
	}
	return parts
}

// mixtures are two forms in one file, of which each can be told by itself.
func mixtures(r *rand.Rand, forms []Form) []Form {
	var all []Form
	for len(all) < 60 {
		f, other := pick(r, forms), pick(r, forms)
		f.second, f.halfway = &other, chance(r, .6)
		f.byChair = !f.halfway
		sure := f.strong() && !f.key.quiet && !other.key.quiet && !f.key.nobody && !other.key.nobody
		if sure && len(f.spoken()) > 0 && f.moment.dressy == other.moment.dressy && f.container == other.container && f.adornment.counts == other.adornment.counts {
			all = append(all, f)
		}
	}
	return all
}

func find[T any](all []T, name string, named func(T) string) (T, bool) {
	i := slices.IndexFunc(all, func(x T) bool { return named(x) == name })
	if i < 0 {
		var none T
		return none, false
	}
	return all[i], true
}
