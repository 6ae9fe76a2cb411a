package correction

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/media"
	"github.com/pullquote/pullquote/transcript/model"
)

const (
	longestName = 200   // code points
	longestFact = 1_000 // code points
)

// TurnEdit is what somebody wants to change in a turn. SplitAt counts code points of the
// canonical text, as every offset does, and lies within the turn; Join joins the turn
// with the next one. Speaker and Role are those of the turn that begins at SplitAt, or of
// the joined one.
type TurnEdit struct {
	Speaker Setting    `json:"speaker,omitzero"`
	Role    model.Role `json:"role,omitempty"`
	SplitAt *int       `json:"split_at,omitempty"`
	Join    bool       `json:"join,omitempty"`
}

// Of checks the facts, and is the correction that they are.
func (f Facts) Of() (Correction, error) {
	if f == (Facts{}) {
		return Correction{}, fault.New(fault.Invalid, "nothing is to be changed; give a title, a date, a place or a media link")
	}
	for _, fact := range []struct {
		name  string
		value *model.Optional
	}{{"title", &f.Title.Value}, {"place", &f.Place.Value}} {
		if err := oneLine(fact.name, fact.value, longestFact); err != nil {
			return Correction{}, err
		}
	}
	if date := string(f.Date.Value); date != "" {
		if day, err := time.Parse(time.DateOnly, date); err != nil || day.Year() < 1 {
			return Correction{}, fault.New(fault.Invalid, "the date %q is none; write it as YYYY-MM-DD, for example 2011-10-18", date)
		}
	}
	if address := string(f.Media.Value); address != "" {
		link, err := media.Parse(address)
		if err != nil {
			return Correction{}, fault.New(fault.Invalid, "%s", err)
		}
		f.Media.Value = model.Optional(link.String())
	}
	return Correction{Facts: f}, nil
}

// oneLine folds the white space of a value, and bounds it.
func oneLine(name string, value *model.Optional, most int) error {
	folded := words.OneLine(string(*value))
	if n := utf8.RuneCountInString(folded); n > most {
		return fault.New(fault.Invalid, "the %s has %d characters; give it %d at the most", name, n, most)
	}
	if strings.ContainsFunc(folded, words.Commands) || !utf8.ValidString(folded) {
		return fault.New(fault.Invalid, "the %s has control characters, or marks that turn its direction; leave them out", name)
	}
	*value = model.Optional(folded)
	return nil
}

// Of checks an edit of turn n of a transcript, and is the correction that it is.
func (e TurnEdit) Of(t *model.Transcript, n int) (Correction, error) {
	if n < 0 || n >= len(t.Turns) {
		return Correction{}, fault.New(fault.NotFound, "there is no turn %d; the turns of this transcript are 0 to %d", n, len(t.Turns)-1)
	}
	c := Correction{Turn: anchorOf(t.Turns, n), Join: e.Join, Speaker: e.Speaker, Role: e.Role}
	switch {
	case e == (TurnEdit{}):
		return c, fault.New(fault.Invalid, "nothing is to be changed; give a speaker, a role, split_at or join")
	case e.SplitAt != nil && e.Join:
		return c, fault.New(fault.Invalid, "a turn cannot be divided and joined at once; do one after the other")
	case e.Join && n+1 == len(t.Turns):
		return c, fault.New(fault.Invalid, "turn %d is the last one: there is none to join it with; join the turn before it", n)
	case e.Role != "" && !e.Role.Valid():
		return c, fault.New(fault.Invalid, "there is no role %q; use question, answer, statement, moderator or narration", string(e.Role))
	}
	if err := oneLine("speaker", &c.Speaker.Value, longestName); err != nil {
		return c, err
	}
	if name := string(c.Speaker.Value); name != "" && !strings.ContainsFunc(name, unicode.IsLetter) {
		return c, fault.New(fault.Invalid, "nobody can be called %q; give a name with letters", name)
	}
	if e.SplitAt == nil {
		return c, nil
	}
	at, err := splitIn(t.Turns[n], *e.SplitAt)
	if err == nil {
		c.Split = pointAt(t.Turns[n].Text, at)
	}
	return c, err
}

// splitIn is where a turn is to be divided, in code points from its start.
func splitIn(turn model.Turn, splitAt int) (at int, err error) {
	if splitAt <= turn.Start || splitAt >= turn.End {
		return 0, fault.New(fault.Invalid, "split_at %d is not within turn %d; give a code point of the canonical text between %d and %d",
			splitAt, turn.Index, turn.Start+1, turn.End-1)
	}
	at = splitAt - turn.Start
	runes := []rune(turn.Text)
	if leading(runes[:at]) == at || leading(runes[at:]) == len(runes)-at {
		return 0, fault.New(fault.Invalid, "split_at %d would leave a turn without words; divide the turn between two words", splitAt)
	}
	if start, end, within := wordAround(runes, at); within {
		return 0, fault.New(fault.Invalid, "split_at %d is in the middle of the word %q; divide the turn before it, at %d, or after it, at %d",
			splitAt, string(runes[start:end]), turn.Start+start, turn.Start+end)
	}
	return at, nil
}

// wordAround is the word that a place is in the middle of, if it is.
func wordAround(runes []rune, at int) (start, end int, within bool) {
	if !partOfWord(runes, at-1) || !partOfWord(runes, at) || words.Unspaced(runes[at-1]) || words.Unspaced(runes[at]) {
		return 0, 0, false
	}
	for start = at; start > 0 && partOfWord(runes, start-1) && !words.Unspaced(runes[start-1]); {
		start--
	}
	for end = at; end < len(runes) && partOfWord(runes, end) && !words.Unspaced(runes[end]); {
		end++
	}
	return start, end, true
}

// partOfWord reports whether a rune is a letter, or a mark within a word: don't, 3.5.
func partOfWord(runes []rune, i int) bool {
	if isLetter(runes[i]) {
		return true
	}
	if i == 0 || i+1 == len(runes) {
		return false
	}
	before, after := runes[i-1], runes[i+1]
	return strings.ContainsRune(`'’-‐‑`, runes[i]) && isLetter(before) && isLetter(after) ||
		strings.ContainsRune(`.,:`, runes[i]) && unicode.IsDigit(before) && unicode.IsDigit(after)
}

// PlaceOf is where words begin that a turn has once, in code points of the canonical text.
// White space may differ, for it is not seen as it is.
func PlaceOf(turn model.Turn, quoted string) (int, error) {
	var parts []string
	for _, word := range strings.Fields(quoted) {
		parts = append(parts, regexp.QuoteMeta(word))
	}
	if len(parts) == 0 {
		return 0, fault.New(fault.Invalid, "no words are given; give the first words of the turn that is to begin, or split_at as a number")
	}
	found := regexp.MustCompile(strings.Join(parts, `\s+`)).FindAllStringIndex(turn.Text, 2)
	switch len(found) {
	case 0:
		return 0, fault.New(fault.Invalid, "turn %d does not have the words %q; copy them from it", turn.Index, quoted)
	case 1:
		return turn.Start + utf8.RuneCountInString(turn.Text[:found[0][0]]), nil
	}
	return 0, fault.New(fault.Invalid, "turn %d has the words %q more than once; give more of them", turn.Index, quoted)
}
