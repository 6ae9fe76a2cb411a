package records

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// The Hansard API of the parliament in Westminster gives debates with items, of which
// contributions have words, as a piece of a web page, and whom they are attributed to.
// Debates stand within debates.
//
//	{"Overview": {"Title": "Northern Quay", "Date": "2031-05-04T00:00:00"},
//	 "Items": [{"ItemType": "Contribution", "MemberId": 10, "AttributedTo": "Ms Jane Roe (Northport) (Lab)", "Value": "<p>When?</p>"}]}
func readHansardAPI(w *writer, root *node) {
	w.fact("language", "en")
	w.fact("title", root.first("overview").child("title").words())
	w.fact("date", root.first("overview").child("date").words())
	w.fact("place", root.first("overview").child("location").words())
	h := hansardAPI{writer: w, members: cast{}}
	for item := range root.all("items") {
		h.members.learn(item.child("memberid").words(), nameLabel(item.child("attributedto").words()).Name)
	}
	h.debate(root)
}

type hansardAPI struct {
	*writer
	members  cast
	speeches stretch
	depth    int
}

// debate writes a debate, and those within it.
func (h *hansardAPI) debate(n *node) {
	if title := n.at("overview", "title").words(); title != "" {
		h.heading(h.depth+1, title)
		h.speeches.end()
	}
	h.depth++
	for _, c := range n.children {
		switch {
		case c.name == "items":
			h.item(c)
		case c.name == "childdebates", c.first("attributedto") != nil:
			h.debate(c)
		}
	}
	h.depth--
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
