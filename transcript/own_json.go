package transcript

import (
	"cmp"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/internal/roles"
	"github.com/pullquote/pullquote/transcript/model"
)

// ownTranscript is Pullquote's own JSON: what parse prints, or as much of it as somebody else
// cares to write. Its turns stay as they are, one for one.
type ownTranscript struct {
	Title    model.Optional  `json:"title"`
	Date     model.Optional  `json:"date"`
	Place    model.Optional  `json:"place"`
	Format   string          `json:"format"`
	Language model.Optional  `json:"language"`
	Speakers []model.Speaker `json:"speakers"`
	Text     string          `json:"text"`
	Turns    []ownTurn       `json:"turns"`
	Media    model.Optional  `json:"media"`
	Warnings []string        `json:"warnings"`
}

// ownTurn is a turn of Pullquote's own JSON. All fields but the text may be absent.
type ownTurn struct {
	Label       model.Optional  `json:"label"`
	Speaker     model.Optional  `json:"speaker"`
	Affiliation model.Optional  `json:"affiliation"`
	Role        model.Role      `json:"role"`
	Answers     json.RawMessage `json:"answers"` // absent: to be found; null: it answers nothing
	Start       *int            `json:"start"`
	End         *int            `json:"end"`
	Text        *string         `json:"text"`
	StartMS     *int64          `json:"start_ms"`
	EndMS       *int64          `json:"end_ms"`
	Cues        model.Cues      `json:"cues"`
	Doubt       model.Optional  `json:"doubt"`
}

// scoreOwn is the score of the format: 1 for JSON in which its container finds no lines.
func scoreOwn(doc *document) float64 {
	if doc.content.Kind == "json" && len(doc.content.Lines) == 0 {
		return 1
	}
	return 0
}

// readOwn reads Pullquote's own JSON.
func readOwn(doc *document) (*model.Transcript, error) {
	var own ownTranscript
	if strings.Contains(doc.content.Text, `\u0000`) {
		return nil, invalid(`the JSON holds a NUL character, \u0000; take it out`)
	}
	if err := decodeJSON(doc.content.Text, &own); err != nil {
		return nil, err
	}
	if len(own.Turns) == 0 {
		return nil, container.NoTranscript("no turns found", "the JSON has no turns; give {\"turns\": [{\"speaker\": ..., \"text\": ...}]}")
	}
	if own.Date != "" && doc.options.Date == "" && !names.IsISODate(string(own.Date)) {
		return nil, invalid("the JSON's date %q is none; write it as YYYY-MM-DD", string(own.Date))
	}
	hidden := own.clean()
	t, err := own.turns()
	if err != nil {
		return nil, err
	}
	own.describe(t)
	if hidden > 0 {
		t.Warn("%d invisible characters were taken out", hidden)
	}
	return t, nil
}

// decodeJSON decodes Pullquote's own JSON; its errors say where the JSON goes wrong.
func decodeJSON(text string, own *ownTranscript) error {
	dec := json.NewDecoder(strings.NewReader(text))
	err := dec.Decode(own)
	var syntax *json.SyntaxError
	var mistyped *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return invalid("the JSON is malformed at byte %d; correct it there", syntax.Offset)
	case errors.As(err, &mistyped) && mistyped.Type == reflect.TypeFor[ownTranscript]():
		return container.NoTranscript("no turns found", "the JSON is of the type %s; give one object with \"turns\", one transcript a file", mistyped.Value)
	case errors.As(err, &mistyped):
		return container.NoTranscript("no turns found", "%q of the JSON is a %s, which does not belong there; give {\"turns\": [{\"speaker\": \"...\", \"text\": \"...\"}]}", cmp.Or(mistyped.Field, "some field"), strings.Replace(mistyped.Value, "bool", "boolean", 1))
	case err != nil:
		return invalid("the JSON breaks off; give the whole file")
	case dec.More():
		return invalid("the JSON goes on after its end at byte %d; give one object a file", dec.InputOffset())
	}
	return nil
}

// clean unifies the ends of lines and takes out invisible characters, which it counts. If that
// changes anything, it drops the canonical text and the cues as well, since offsets no longer hold.
func (own *ownTranscript) clean() (hidden int) {
	changed := false
	clean := func(s string) string {
		c, n, _ := container.DropInvisible(container.UnifyLines(s))
		hidden += n
		changed = changed || c != s
		return c
	}
	for i := range own.Turns {
		turn := &own.Turns[i]
		if turn.Text != nil {
			*turn.Text = clean(*turn.Text)
		}
		for _, field := range []*model.Optional{&turn.Label, &turn.Speaker, &turn.Affiliation, &turn.Doubt} {
			*field = model.Optional(clean(string(*field)))
		}
	}
	for i, s := range own.Speakers {
		own.Speakers[i].Name = clean(s.Name)
		own.Speakers[i].Affiliation = model.Optional(clean(string(s.Affiliation)))
	}
	for _, field := range []*model.Optional{&own.Title, &own.Place} {
		*field = model.Optional(clean(string(*field)))
	}
	if clean(own.Text); changed {
		own.Text = ""
		for i := range own.Turns {
			own.Turns[i].Cues = nil
		}
	}
	return hidden
}

// turns makes a transcript of the turns. It keeps the text and the offsets of the JSON if
// they agree with each other, and lays the turns out anew otherwise.
func (own *ownTranscript) turns() (*model.Transcript, error) {
	t := &model.Transcript{Turns: make([]model.Turn, len(own.Turns))}
	stated := map[int]*int{} // what turns answer, nil included, where the JSON says it
	for i, from := range own.Turns {
		turn, err := from.turn(i, len(own.Turns))
		if err != nil {
			return nil, err
		}
		if from.Answers != nil {
			stated[i] = turn.Answers
		}
		t.Turns[i] = turn
	}
	if own.offsetsAgree() {
		t.Text = own.Text
		for i, from := range own.Turns {
			t.Turns[i].Start, t.Turns[i].End, t.Turns[i].Text = *from.Start, *from.End, *from.Text
		}
	} else {
		t = layOutTurns(own.Turns, t.Turns)
	}
	for i, from := range own.Turns {
		if t.Turns[i].Text == *from.Text {
			t.Turns[i].SetCues(from.Cues)
		}
	}
	roles.Assign(t.Turns, labels.Reader{}, nil)
	for i, answers := range stated {
		t.Turns[i].Answers = answers
	}
	return t, nil
}

// turn is turn i of n, checked, without its text.
func (from ownTurn) turn(i, n int) (model.Turn, error) {
	turn := model.Turn{Index: i, Label: from.Label, Speaker: from.Speaker, Affiliation: from.Affiliation,
		Role: from.Role, StartMS: from.StartMS, EndMS: from.EndMS, Doubt: from.Doubt}
	if from.Text == nil {
		return turn, invalid("turn %d of the JSON has no text", i)
	}
	if from.Role != "" && !from.Role.Valid() {
		return turn, invalid("turn %d of the JSON has the role %q; the roles are %s", i, string(from.Role), roleNames())
	}
	if from.StartMS != nil && (*from.StartMS < 0 || from.EndMS != nil && *from.EndMS < *from.StartMS) {
		return turn, invalid("turn %d of the JSON ends before it starts; give start_ms and end_ms in milliseconds", i)
	}
	if from.Answers == nil {
		return turn, nil
	}
	err := json.Unmarshal(from.Answers, &turn.Answers)
	if a := turn.Answers; err != nil || a != nil && (*a < 0 || *a >= n || *a == i) {
		return turn, invalid("turn %d of the JSON answers %s; give the index of another turn, or null", i, letters.Head(string(from.Answers), 20))
	}
	return turn, nil
}

// roleNames lists the roles for people.
func roleNames() string {
	list := make([]string, len(model.Roles))
	for i, r := range model.Roles {
		list[i] = string(r)
	}
	return strings.Join(list, ", ")
}

// offsetsAgree reports whether the text of every turn stands in the canonical text where its
// offsets say, in order, and without white space at its ends.
func (own *ownTranscript) offsetsAgree() bool {
	at, atByte := 0, 0
	for _, turn := range own.Turns {
		if turn.Start == nil || turn.End == nil || *turn.Start < at || strings.TrimSpace(*turn.Text) != *turn.Text {
			return false
		}
		for ; at < *turn.Start && atByte < len(own.Text); at++ {
			_, size := utf8.DecodeRuneInString(own.Text[atByte:])
			atByte += size
		}
		n := utf8.RuneCountInString(*turn.Text)
		if at != *turn.Start || at+n != *turn.End || !strings.HasPrefix(own.Text[atByte:], *turn.Text) {
			return false
		}
		at, atByte = at+n, atByte+len(*turn.Text)
	}
	return true
}

// layOutTurns writes the canonical text of turns that come without one.
func layOutTurns(from []ownTurn, turns []model.Turn) *model.Transcript {
	c := layout.NewCanonical("", len(turns))
	for i, turn := range turns {
		prefix := ""
		if turn.Speaker != "" {
			prefix = string(turn.Speaker) + ": "
		}
		c.Begin(prefix, turn)
		c.Write(strings.TrimSpace(container.UnifyLines(*from[i].Text)))
	}
	return c.Transcript()
}

// describe gives a transcript what the JSON says of it as a whole.
func (own *ownTranscript) describe(t *model.Transcript) {
	t.Title, t.Date, t.Place, t.Language = own.Title, own.Date, own.Place, own.Language
	t.Media, t.Speakers, t.Warnings = own.Media, own.Speakers, own.Warnings
	if _, _, known := readFormat(own.Format); known {
		t.Format = own.Format
	}
	for i := range t.Speakers {
		if t.Speakers[i].Labels == nil {
			t.Speakers[i].Labels = []string{}
		}
	}
}
