package records

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
)

// The Hansard API of the parliament in Westminster gives debates with items, of which
// contributions have words, as a piece of a web page, and whom they are attributed to.
// Debates stand within debates.
//
//	{"Overview": {"Title": "Northern Quay", "Date": "2031-05-04T00:00:00"},
//	 "Items": [{"ItemType": "Contribution", "MemberId": 10, "AttributedTo": "Ms Jane Roe (Northport) (Lab)", "Value": "<p>When?</p>"}]}
func readHansardAPI(w *writer, root *node) {
	w.fact("language", "en")
	w.fact("title", cmp.Or(root.first("overview").child("title").words(), root.value("debatesection")))
	w.fact("date", cmp.Or(root.first("overview").child("date").words(), root.value("sittingdate")))
	w.fact("place", root.first("overview").child("location").words())
	h := hansardAPI{writer: w, members: cast{}}
	h.learn(root)
	h.debate(root)
}

type hansardAPI struct {
	*writer
	members  cast
	speeches stretch
	depth    int
}

// learn gathers who the members are, by their numbers.
func (h *hansardAPI) learn(n *node) {
	for _, c := range n.children {
		if label := c.child("attributedto").words(); label != "" {
			h.members.learn(c.child("memberid").words(), cmp.Or(nameLabel(label).Name, speaker.FullName(c.child("membername").words())))
		}
		h.learn(c)
	}
}

// debate writes a debate, and those within it.
func (h *hansardAPI) debate(n *node) {
	if title := n.at("overview", "title").words(); title != "" {
		h.depth++
		defer func() { h.depth-- }()
		h.heading(h.depth, title)
		h.speeches.end()
	}
	for _, c := range n.children {
		switch {
		case c.child("attributedto") != nil:
			h.item(c)
		case c.name != "" && c.name != "overview":
			h.debate(c)
		}
	}
}

// item writes an item: words, where somebody has them, or what the clerks note.
func (h *hansardAPI) item(n *node) {
	paragraphs := webParagraphs(cmp.Or(n.child("value").raw(), n.child("contributiontextfull").raw(), n.child("contributiontext").raw()))
	label := n.child("attributedto").words()
	member := n.child("memberid").words()
	switch kind := n.child("itemtype").words(); {
	case kind == "Timestamp":
	case kind != "Contribution" && kind != "Question" && kind != "":
		h.outsideAll(paragraphs)
	case label == "" && h.members[member] == "":
		h.speeches.end()
		h.outsideAll(paragraphs)
	default:
		h.say(h.speeches.voice(h.voiceOf(label, member, n)), false)
		h.speak(paragraphs...)
	}
}

func (h *hansardAPI) voiceOf(label, member string, n *node) *content.Voice {
	v := nameLabel(label)
	v.Name = cmp.Or(v.Name, h.members[member])
	v.Label = cmp.Or(v.Label, v.Name)
	if tag := strings.ToLower(n.child("hrstag").words()); n.child("uin").words() != "" || strings.Contains(tag, "question") && !strings.Contains(tag, "put") {
		v.Role = "question"
	}
	return v
}

func (h *hansardAPI) outsideAll(paragraphs []string) {
	h.silence()
	for p := range slices.Values(paragraphs) {
		h.outside(p)
	}
}
