package sentence

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// The sets hold words in lower case without their last full stop.
var (
	// TitleAbbreviations stand before a name and never end a sentence.
	TitleAbbreviations = letters.WordSet(`mr mrs ms mx dr prof sen rep gov gen col lt maj capt cmdr adm sgt cpl brig hon rev pres amb
		supt insp atty messrs mme mlle mmes sra srta dra fr dña exmo exma dhr mevr mej mw hr frl dipl
		sig dott avv drs profs sens reps govs gens pvt mons sto sta`)

	// neverFinal cannot end a sentence either.
	neverFinal = letters.WordSet(`e.g i.e vs v cf approx viz ca z.b d.h u.a z.t bzw bspw evtl ggf sog vgl inkl zzgl p.ex p.ej c.-à-d env
		bijv d.w.z o.a т.е т.к ул стр`)

	// maybeFinal may end one: the next word decides, as after U.S. and Ph.D.
	maybeFinal = letters.WordSet(`etc usw ecc al st mt ft inc corp ltd co bros jr sr ud uds vd vds uu ee dept assn assoc ave blvd rd univ est mass calif conn tenn wash ala
		ariz colo fla ga ill ind kan ky md mich minn miss mo mont neb nev okla ore pa va vt wis wyo`)

	// numberAbbreviations belong to the number after them.
	numberAbbreviations = letters.WordSet(`no nos nr núm num art arts sec secs fig figs p pp vol vols ch par para paras ex exh cl reg pt pág págs rs abs
		kap bd`)

	Months = letters.WordSet(`jan feb mar apr jun jul aug sep sept oct nov dec`)

	// afterClock go on with a time of day: 9 a.m. Eastern, 9 a.m. Monday.
	afterClock = letters.WordSet(`et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc eastern central mountain pacific local
		monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
		september october november december jan feb mar apr jun jul aug sept sep oct nov dec`)

	// quoteVerbs tell who said what was just quoted.
	quoteVerbs = letters.WordSet(`said says asked asks replied replies answered told wrote added cried shouted`)

	// beforeOrdinals stand before a number that is written with a full stop in
	// German.
	beforeOrdinals = letters.WordSet(`am im vom zum beim der die das den dem des seit ab bis`)

	// Starters begin sentences far more often than they follow an
	// abbreviation within one.
	Starters = letters.WordSet(`a about actually after again all also although an and another any are as at because before but by
		can clearly could did do does during each even every everybody everyone finally first for frankly from had has have
		he hello here hi his how however i i'd i'll i'm i've i’d i’ll i’m i’ve if in indeed is isn't isn’t it it'll it's
		it’ll it’s its just last let let's let’s like look many maybe most my next no nobody nor not nothing now obviously
		of oh okay on once one only or our over perhaps please right second several she should since so some sometimes soon
		still such sure thank thanks that that's that’s the their then there there's there’s these they they'll they're
		they've they’ll they’re they’ve this those though three through to today two under unfortunately unless until was
		we we'd we'll we're we've we’d we’ll we’re we’ve well were what what's what’s when where whether which while who why
		das der es wir ich sie er und aber dann il elle nous vous je c'est mais yo ella pero
		will with without would yes yesterday yet you you'd you'll you're you've you’d you’ll you’re you’ve your`)
)

// IsAbbreviation reports whether a word is written with a full stop.
func IsAbbreviation(word string) bool {
	lower := strings.ToLower(word)
	return strings.Contains(strings.Trim(word, "."), ".") || TitleAbbreviations[lower] || neverFinal[lower] ||
		maybeFinal[lower] || numberAbbreviations[lower] || Months[lower]
}
