package records

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Australia's Hansard has a talker in each speech, with the name as it is filed and as it
// is shown, and facts that are no words: page, time, electorate, party. In the records of
// 1981 to 1997, which are SGML in capitals, attributes have them. Since 2011 the words stand in a web page
// within the speech: see hansardPage.
//
//	<speech><talk.start><talker><name role="metadata">Roe, Jane MP</name><name role="display">Ms ROE</name>…</talker>
//	  <para>—The quay is closed.</para></talk.start></speech>
func readAustralia(w *writer, root *node) {
	w.markup = markup{inline: text.WordSet(`inline a b i em strong span sup sub emphasis`), breaks: text.WordSet(`br`),
		dropped: text.WordSet(`session.header talker page.no time.stamp name.id id.no type division.data names day.start`),
		asides:  text.WordSet(`proctext division stage.direction`), quotes: text.WordSet(`quote`)}
	w.fact("date", cmp.Or(root.first("session.header").value("date"), root.attr("date"), root.first("day.start").attr("date")))
	w.fact("title", australianTitle(cmp.Or(root.first("session.header").value("chamber"), root.attr("chamber"))))
	a := australia{writer: w}
	w.own = a.element
	w.paragraph(root)
}

// australianTitle is the house's name in full.
func australianTitle(chamber string) string {
	switch strings.ToLower(chamber) {
	case "reps", "house of reps":
		return "House of Representatives Hansard"
	case "":
		return ""
	}
	return chamber + " Hansard"
}

var (
	australianSpeeches = text.WordSet(`speech question answer interjection interject continue motionnospeech`)
	australianHeads    = map[string]int{"debateinfo": 1, "subdebateinfo": 2}
)

type australia struct {
	*writer
	talkers map[string]*node // of the open speech, by identifier
}

func (a *australia) element(n *node) bool {
	switch {
	case australianSpeeches[n.name]:
		outer := a.voice
		a.say(a.voiceOf(n, outer), true)
		a.prose(n)
		a.say(outer, false)
	case australianHeads[n.name] > 0:
		a.heading(australianHeads[n.name], n.value("title"))
	case n.name == "title" && a.voice == nil:
		a.heading(1, n.words())
	case n.name == "talk.text" && n.first("body") != nil:
		a.page(n.first("body"))
	case n.name == "body" && a.voice == nil:
		for p := range n.all("p") {
			a.outside(p.words())
		}
	case n.name == "para" && a.voice != nil:
		a.para(n)
	default:
		return false
	}
	return true
}

// voiceOf is who speaks in an element. One without a talker goes on with the speech
// around it, but a motion names its mover in an element before the words.
func (a *australia) voiceOf(n *node, around *content.Voice) *content.Voice {
	talker := n.first("talker")
	if start := n.child("talk.start"); start != nil {
		talker = start.first("talker")
	}
	if around == nil {
		a.talkers = map[string]*node{}
		for t := range n.all("talker") {
			a.talkers[t.value("name.id")] = t
		}
	}
	switch {
	case talker != nil:
		return talkerVoice(talker, n)
	case n.name == "motionnospeech" && n.child("name") != nil:
		return &content.Voice{Label: n.child("name").words()}
	case n.attr("speaker") != "" && n.name != "continue":
		return &content.Voice{Label: n.attr("speaker")}
	}
	return around
}

// talkerVoice is the voice of a talker; facts that the talker lacks are attributes of the
// speech.
func talkerVoice(talker, speech *node) *content.Voice {
	v := &content.Voice{Role: map[string]string{"question": "question", "answer": "answer"}[speech.name]}
	for name := range talker.all("name") {
		switch name.attr("role") {
		case "metadata":
			v.Name = speaker.FiledName(name.words())
			v.Label = cmp.Or(v.Label, v.Name, name.words())
		default:
			if shown := name.words(); shown != "" {
				v.Label = strings.TrimRight(shown, " :—-")
			}
		}
	}
	v.Affiliation = affiliated(strings.Trim(cmp.Or(talker.value("electorate"), speech.attr("electorate")), "() "), cmp.Or(talker.value("party"), speech.attr("party")))
	return v
}

// para is a paragraph of a speech. One that begins with a name in bold and a dash is what
// somebody calls out; without a dash, that somebody does is only noted.
func (a *australia) para(n *node) {
	first := n.firstPiece()
	if first == nil || first.name != "inline" || first.attr("font-weight") != "bold" {
		a.paragraph(n)
		return
	}
	label := first.words()
	rest := strings.TrimSpace(strings.TrimPrefix(n.words(), label))
	said := strings.TrimLeft(rest, "—–-")
	if said == rest || strings.Contains(label, "interjecting") {
		a.aside(n)
		return
	}
	outer := a.voice
	a.say(&content.Voice{Label: label}, true)
	a.speak(strings.TrimSpace(said))
	a.say(outer, false)
}

// firstPiece is the first child that is not blank.
func (n *node) firstPiece() *node {
	for _, c := range n.children {
		if c.name != "" || strings.TrimSpace(c.text) != "" {
			return c
		}
	}
	return nil
}
