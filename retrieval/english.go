package retrieval

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// stopWords carry no topic. They are neither indexed nor searched.
var stopWords = lexicon.Set(strings.Fields(`
a about above after again all also am an and any are as at be because been before being between both but by
can could did do does doing done don down during each either else ever few for from further get gets getting got had has
have having he her here hers herself him himself his how i if in into is it its itself just let like may me might
more most much must my myself no nor not now of off on once one only or other our ours ourselves out over own
really same shall she should so some such than that the their theirs them themselves then there these they
this those though through to too under until up upon us very was we well were what when where whether which while who
whom whose why will with would yes yet you your yours yourself yourselves okay ok oh um uh hi hello please
according across against along already although among amongst around away despite ever inside outside per since
towards toward upon versus via within without
`))

// boilerplate is how people put a question; it says nothing of its topic and is
// dropped from queries unless nothing else is left. In stemmed form.
var boilerplate = lexicon.Set(strings.Fields(`
say said tell told talk speak describ descript mention discuss explain summar summari summary summaris
comment ask question answer respond respons repli accord give gave state statement thing someth anyth anyon someon
know think thought view opinion express make made mean much mani kind sort
`))

// generic words shape a question more than they name its topic: that the record
// lacks “purpose” says little of whether it answers. In stemmed form.
var generic = lexicon.Set(strings.Fields(`
purpos reason role part aspect detail exampl topic subject matter issu concern main major key biggest import
differ happen occur involv regard relat exist becom remain need like try hope feel believ list compar comparison way
method amount approach effect affect impact result caus lead consequ look new use current recent specif particular
exact actual describ play take come put set keep find want expect plan current person peopl name work go
group team meet decis decid conclus conclud suggest option debat present introduc idea agre disagre recommend propos
individu general final base help deal includ advantag disadvantag criteria attitud reason point chang problem
`))

//go:embed synonyms.txt
var synonymTable string

// synonyms maps a stem to the stems of the words used for it.
var synonyms = synonymStems(synonymTable)

func synonymStems(table string) map[string][]string {
	groups := map[string][]string{}
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		stems := unique(Words(line))
		for _, s := range stems {
			for _, other := range stems {
				if other != s && !slices.Contains(groups[s], other) {
					groups[s] = append(groups[s], other)
				}
			}
		}
	}
	return groups
}

// contractions whose parts are not stop words in themselves.
var contractions = map[string]string{
	"can't": "can", "won't": "will", "don't": "do", "didn't": "did", "doesn't": "does", "isn't": "is",
	"aren't": "are", "wasn't": "was", "weren't": "were", "hasn't": "has", "haven't": "have", "hadn't": "had",
	"wouldn't": "would", "couldn't": "could", "shouldn't": "should", "i'm": "i", "i've": "i", "i'd": "i",
	"i'll": "i", "we're": "we", "we've": "we", "we'd": "we", "we'll": "we", "you're": "you", "you've": "you",
	"you'd": "you", "you'll": "you", "they're": "they", "they've": "they", "they'd": "they", "they'll": "they",
	"he'd": "he", "he'll": "he", "she'd": "she", "she'll": "she", "it'd": "it", "it'll": "it",
	"that'd": "that", "that'll": "that", "there'd": "there", "there'll": "there", "who'd": "who", "who'll": "who",
}

// irregular maps forms that a stemmer does not bring together.
var irregular = irregularForms(`
arise arose arisen|awake awoke|bear bore borne|beat beaten|become became|begin began begun|bend bent|bind bound|bite bit bitten
blow blew blown|break broke broken|breed bred|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen
come came|creep crept|deal dealt|dig dug|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|eat ate eaten
fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten
forgive forgave forgiven|freeze froze frozen|give gave given|go went gone|grow grew grown|hang hung|hear heard|hide hid hidden|hold held
keep kept|know knew known|lay laid|lead led|leave left|lend lent|light lit|lose lost|make made|mean meant|meet met|pay paid
prove proven|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent
shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid
speak spoke spoken|spend spent|spin spun|stand stood|steal stole stolen|stick stuck|strike struck stricken|strive strove
swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told|think thought
throw threw thrown|understand understood|wake woke woken|wear wore worn|weave wove woven|win won|wind wound|withdraw withdrew withdrawn
write wrote written|man men|woman women|child children|foot feet|tooth teeth|mouse mice|life lives|wife wives|half halves
`)

func irregularForms(table string) map[string]string {
	forms := map[string]string{}
	for row := range strings.FieldsFuncSeq(table, func(r rune) bool { return r == '|' || r == '\n' }) {
		words := strings.Fields(row)
		for i, w := range words {
			if i > 0 {
				forms[w] = words[0]
			}
		}
	}
	return forms
}
