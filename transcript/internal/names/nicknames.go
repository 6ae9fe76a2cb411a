package names

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// nicknames lists given names with the short forms under which the same people
// speak. Only forms that stand for one name are here.
var nicknames = sync.OnceValue(func() map[string]string {
	full := map[string]string{}
	for _, names := range strings.Split(`michael mike mick|robert bob rob bobby|william bill billy|richard dick rick|james jim jimmy|
		thomas tom tommy|joseph joe joey|charles charlie chuck|edward ed eddie ted|david dave|daniel dan danny|matthew matt|
		anthony tony|christopher chris|steven steve stephen|andrew andy drew|gregory greg|jeffrey jeff geoffrey|kenneth ken kenny|
		lawrence larry|martin marty|nicholas nick|peter pete|philip phil|raymond ray|ronald ron|samuel sam|timothy tim|
		benjamin ben|donald don donnie|douglas doug|frederick fred|gerald gerry jerry|leonard len lenny|patrick pat|
		elizabeth liz beth betty|katherine kate kathy katie kathryn catherine cathy|margaret maggie peggy|deborah deb debbie debra|
		jennifer jen jenny|susan sue susie|barbara barb|patricia pat patty|victoria vicky|rebecca becky|jacqueline jackie|
		cynthia cindy|pamela pam|judith judy|christine chris christina`, "|") {
		forms := strings.Fields(names)
		for _, form := range forms {
			if _, twice := full[form]; twice {
				delete(full, form) // Pat, Chris: of a man or a woman
				continue
			}
			full[form] = forms[0]
		}
	}
	return full
})

// inFull is the given name of which a folded one is the short form.
func inFull(given string) string {
	if full := nicknames()[given]; full != "" {
		return full
	}
	return given
}

// AddName adds a name unless a variant of it is there: Jane Roe, Jane A. Roe.
func AddName(names []string, name string) []string {
	for _, known := range names {
		if Same(known, name) {
			return names
		}
	}
	return append(names, name)
}

// Same reports whether two names may be one person's: first and last name
// are the same, middle names apart, and Mike is Michael.
func Same(a, b string) bool {
	x, y := strings.Fields(letters.Fold(a)), strings.Fields(letters.Fold(b))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	return inFull(x[0]) == inFull(y[0]) && x[len(x)-1] == y[len(y)-1]
}

// GivenName is the first word of a name, folded.
func GivenName(name string) string {
	first, _, _ := strings.Cut(letters.Fold(name), " ")
	return first
}

func InitialsOf(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(letters.Fold(name)) {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}
