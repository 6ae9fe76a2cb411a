package rendertest

import (
	"fmt"
	"hash/fnv"
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
}

// Name is made of the names of the parts.
func (f Form) Name() string {
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

// strong reports whether each label is known by what surrounds it, even one that stands once.
func (f Form) strong() bool {
	return f.separator.colon || f.adornment.strong || f.moment.name != "untimed"
}

// legible reports whether a careful reader could tell the labels from the words.
func (f Form) legible() bool {
	k, a, s, m := f.key, f.adornment, f.separator, f.moment
	enclosed := a.strong && (a.close != "" || f.container == page && a.html[1] != "")
	switch {
	case !slices.Contains(a.in, f.container):
	case m.own && !s.own:
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
			add(Form{k, as[0], s, ms[0], plain})
		}
		for made, try := 0, 0; made < 7 && try < 1000; try++ {
			f := Form{k, as[0], pick(r, ss), ms[0], pick(r, containers)}
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
	return forms
}

// FormNamed finds a form by the names of its parts, whether Forms has it or not.
func FormNamed(name string) (Form, bool) {
	rest, in, _ := strings.Cut(name, ".")
	parts := strings.Split(rest, "+")
	if len(parts) != 4 {
		return Form{}, false
	}
	f := Form{container: container(in)}
	k, okK := find(keys(), parts[0], func(k key) string { return k.name })
	a, okA := find(adornments(), parts[1], func(a adornment) string { return a.name })
	s, okS := find(separators(), parts[2], func(s separator) string { return s.name })
	m, okM := find(moments(), parts[3], func(m moment) string { return m.name })
	f.key, f.adornment, f.separator, f.moment = k, a, s, m
	return f, okK && okA && okS && okM && f.legible()
}

func find[T any](all []T, name string, named func(T) string) (T, bool) {
	i := slices.IndexFunc(all, func(x T) bool { return named(x) == name })
	if i < 0 {
		var none T
		return none, false
	}
	return all[i], true
}
