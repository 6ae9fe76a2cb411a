package transcript

import (
	"strings"
	"sync"
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
