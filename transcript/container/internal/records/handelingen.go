package records

import (
	"cmp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// The records of the Staten-Generaal have turns with the speaker's surname, as it is
// printed, and party. Those before 2011 have blocks of speakers, in which whoever
// presides has an element of their own.
//
//	<spreekbeurt><spreker><voorvoegsels>Mevrouw</voorvoegsels><naam><achternaam>Roe</achternaam></naam><politiek>XVP</politiek></spreker>
//	  <tekst><al>Voorzitter. De kade is dicht.</al></tekst></spreekbeurt>
func readHandelingen(w *writer, root *node) {
	w.markup = markup{inline: text.WordSet(`nadruk b i em strong sup sub extref intref`), breaks: text.WordSet(`br`),
		dropped: text.WordSet(`metadata meta spreker-info wie`), asides: text.WordSet(`actie vergadering-info noot`)}
	w.fact("language", "nl")
	w.fact("date", cmp.Or(root.first("vergaderdatum").attr("isodatum"), root.value("vergaderdatum"), root.first("datum-vergadering").words()))
	w.fact("title", cmp.Or(root.value("item-titel"), root.value("onderwerp")))
	w.own = func(n *node) bool {
		switch n.name {
		case "spreekbeurt":
			w.say(sprekerVoice(n.first("spreker")), false)
			for _, c := range n.children {
				if c.name != "spreker" {
					w.piece(c)
				}
			}
			w.silence()
		case "spreker":
			w.say(wieVoice(n.first("wie")), false)
			w.prose(n)
			w.silence()
		case "voorz":
			w.say(&content.Voice{Label: "De voorzitter", Role: "moderator"}, false)
			w.prose(n)
			w.silence()
		case "item-titel", "onderwerp", "titel":
			w.heading(1, n.words())
		default:
			return false
		}
		return true
	}
	w.paragraph(root)
}

// sprekerVoice is the voice of a speaker; nobody's where none is named.
func sprekerVoice(n *node) *content.Voice {
	label := text.OneLine(n.value("voorvoegsels") + " " + cmp.Or(n.value("achternaam"), n.value("naam")))
	if label == "" {
		return nil
	}
	v := &content.Voice{Label: label, Affiliation: strings.Trim(n.value("politiek"), "() "), Name: speaker.FullName(label)}
	if strings.HasSuffix(strings.ToLower(label), "voorzitter") {
		v.Role = "moderator"
	}
	return v
}

// wieVoice is the voice of a speaker of the older records.
func wieVoice(n *node) *content.Voice {
	label := text.OneLine(n.value("aanspr") + " " + n.value("naam"))
	if label == "" {
		return nil
	}
	return &content.Voice{Label: label, Affiliation: strings.Trim(n.value("partij"), "() "), Name: speaker.FullName(label)}
}
