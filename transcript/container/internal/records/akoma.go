package records

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Akoma Ntoso says by whom a speech is, by an identifier, and who that is in a list of
// references; the label stands in an element of its own. Scenes and narratives are
// nobody's words.
//
//	<speech by="#roe"><from>Ms J ROE</from><p>Is it safe?</p></speech>
func readAkoma(w *writer, root *node) {
	w.markup = markup{inline: akomaInline, asides: akomaAsides, dropped: text.WordSet(`meta`), breaks: text.WordSet(`br eol`), quotes: text.WordSet(`embeddedstructure blocklist`)}
	a := akoma{writer: w, names: map[string]string{}}
	for _, kind := range []string{"tlcperson", "tlcrole"} {
		for p := range root.all(kind) {
			a.names[p.attr("eId", "id")] = p.attr("showAs")
		}
	}
	made := root.first("frbrdate").attr("date")
	w.fact("language", shortLanguage(root.first("frbrlanguage").attr("language")))
	w.own = a.element
	w.paragraph(root)
	w.fact("date", made) // where the title page has none
}

var (
	akomaSpeeches = text.WordSet(`speech question answer`)
	akomaAsides   = text.WordSet(`narrative scene summary note adjournment prayers rollcall voting other`)
	akomaHeadings = text.WordSet(`heading subheading`)
	akomaSections = text.WordSet(`debatesection section`)
	akomaInline   = text.WordSet(`a abbr b date def docdate doctitle docketnumber em entity event extractedtext i img inline ins del location mark
		mod num organization person place process quantity recordedtime ref remark role session span strong sub sup term time u docnumber doctype`)
)

type akoma struct {
	*writer
	names    map[string]string // of people and roles, by identifier
	sections int               // how many open elements are sections
}

// element reads the elements that are more than prose.
func (a *akoma) element(n *node) bool {
	switch {
	case akomaSpeeches[n.name]:
		outer := a.voice
		a.say(a.voiceOf(n), false)
		a.prose(n)
		a.say(outer, false)
	case akomaHeadings[n.name]:
		outer := a.voice
		a.heading(a.sections, n.words())
		a.voice = outer
	case akomaSections[n.name]:
		a.sections++
		a.paragraph(n)
		a.sections--
	case n.name == "from" && a.voice != nil:
		relabel(a.voice, n.words())
	case n.name == "doctitle":
		a.fact("title", n.words())
		a.prose(n)
	case n.name == "docdate":
		a.fact("date", n.attr("date"))
		a.prose(n)
	default:
		return false
	}
	return true
}

// voiceOf reads the attributes of a speech.
func (a *akoma) voiceOf(n *node) *content.Voice {
	v := &content.Voice{Role: map[string]string{"question": "question", "answer": "answer"}[n.name], Affiliation: a.names[strings.TrimPrefix(n.attr("as"), "#")]}
	if id := strings.TrimPrefix(n.attr("by"), "#"); id != "" {
		if v.Label = a.names[id]; v.Label == "" {
			v.Label = readableID(id)
		}
	}
	return v
}

// relabel gives a voice the label that is printed. What the markup calls it becomes the
// name, if it is one in full.
func relabel(v *content.Voice, printed string) {
	printed = strings.TrimRight(printed, ":. \u00a0")
	if printed == "" {
		return
	}
	if v.Label != "" && v.Name == "" && speaker.IsFullName(v.Label) && !strings.EqualFold(v.Label, printed) {
		v.Name = v.Label
	}
	v.Label = printed
}

// readableID is the last part of an identifier, as words.
func readableID(id string) string {
	return strings.ReplaceAll(id[strings.LastIndexAny(id, "/#")+1:], "_", " ")
}

// shortLanguage is the code of two letters for those of three that records use.
func shortLanguage(code string) string {
	if short := map[string]string{"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "ita": "it", "spa": "es", "por": "pt", "gle": "ga",
		"ell": "el", "gre": "el", "nld": "nl", "dut": "nl", "fin": "fi", "swe": "sv"}[code]; short != "" {
		return short
	}
	if len(code) != 2 {
		return "" // of several, "mul"
	}
	return code
}
