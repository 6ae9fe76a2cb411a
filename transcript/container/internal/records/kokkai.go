package records

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Japan's Diet gives its records as XML and as JSON, in the same elements: a record for
// each speech, whose first line repeats the speaker behind a circle. The first record of a
// meeting is its front matter.
//
//	{"speaker": "ロー花子", "speakerPosition": "議長", "speech": "○議長（ロー花子君）　これより会議を開きます。"}
func readKokkai(w *writer, root *node) {
	w.fact("language", "ja")
	w.fact("title", text.OneLine(root.value("nameofhouse")+" "+root.value("nameofmeeting")+" "+root.value("issue")))
	w.fact("date", root.value("date"))
	for record := range root.all("speechrecord") {
		w.kokkaiSpeech(record)
	}
}

const kokkaiFront = "会議録情報" // the speaker of the record that holds the front matter

// kokkaiSpeech writes a speech: lines, of which rules and directions are nobody's.
func (w *writer) kokkaiSpeech(record *node) {
	var b strings.Builder
	if speech := record.child("speech"); speech != nil {
		speech.gather(&b)
	}
	name := record.child("speaker").words()
	lines := strings.Split(text.UnifyLines(strings.ReplaceAll(b.String(), `\r\n`, "\n")), "\n")
	if name == kokkaiFront || name == "" {
		w.silence()
		w.speak(lines...)
		return
	}
	v := &content.Voice{Name: name, Affiliation: record.child("speakergroup").words(), Label: name}
	if presides[record.child("speakerposition").words()] {
		v.Role = "moderator"
	}
	if rest, circle := strings.CutPrefix(strings.TrimSpace(lines[0]), "○"); circle {
		if at := strings.IndexAny(rest, "\u3000 "); at > 0 {
			v.Label, lines[0] = rest[:at], rest[at:]
		} else {
			v.Label, lines[0] = rest, ""
		}
	}
	w.say(v, false)
	for _, line := range lines {
		if strings.Trim(line, "\u3000 ―─—-－◇○・") == "" {
			w.outside(line)
			continue
		}
		w.speak(line)
	}
	w.silence()
}

// presides are the positions of those who preside.
var presides = text.WordSet(`議長 副議長 仮議長 委員長 委員長代理 会長 主査 事務総長`)
