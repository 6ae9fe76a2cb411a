package api

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// newPages are the templates of all pages, by the names of their files.
func newPages() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"head": newHead, "masthead": newMasthead}).ParseFS(files, "web/*.html"))
}

// head is what every page has in its head.
type head struct {
	Root        string // leads from where the page stands to the first page
	Title       string // of the page; that of the program alone if it is empty
	Description string // for search engines; empty where the page is not for them
	Scripts     []string
}

func newHead(root, title, description string, scripts ...string) head {
	return head{root, title, description, scripts}
}

// masthead is what stands above every page.
type masthead struct {
	Root    string // as the head's
	Current string // the file of the page; empty where no link of the masthead leads to it
}

func newMasthead(root, current string) masthead { return masthead{root, current} }

// transcriptView is what transcript.html shows.
type transcriptView struct {
	Stored    retrieval.StoredTranscript
	Recording recording
	Turns     []turnView
	Speakers  []speakerView // in order of first appearance
	Questions []questionView
}

type turnView struct {
	model.Turn
	Who        string
	SpeakerAt  int  // index of transcriptView.Speakers
	Question   *int // the turn that this one answers
	Time       moment
	Embargo    retrieval.Embargo
	Paragraphs []paragraph
}

// speakerView is who speaks some of the turns, as their headings have it.
type speakerView struct {
	Who          string
	First, Count int
}

// questionView is how a question begins.
type questionView struct {
	Turn int
	Text string
}

// longestQuestion bounds a question among the contents, in code points: two lines.
const longestQuestion = 140

// paragraph is a part of a turn; Start counts code points of the canonical text.
type paragraph struct {
	Start    int
	Segments []segment
}

// segment is a part of a paragraph that is marked, or not, as a whole.
type segment struct {
	Text   string
	Marked bool
}

// transcriptPage shows a transcript. The query's start and end, in code points
// of the canonical text, mark a span; numbers that make none mark nothing, since
// an old or shortened link should still lead to its transcript.
func (s *server) transcriptPage(w http.ResponseWriter, r *http.Request) error {
	ctx := access.Managing(r.Context())
	stored, err := s.Library.Get(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	turns, err := s.Library.Turns(ctx, stored.ID)
	if err != nil {
		return err
	}
	marked := spanOf(r, turns)
	view := newTranscriptView(stored, turns, marked, s.recordingOf(r, stored, turns, marked))
	var page bytes.Buffer
	if err := s.pages.ExecuteTemplate(&page, "transcript.html", view); err != nil {
		return fmt.Errorf("write the page of transcript %s: %w", stored.ID, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(page.Bytes())
	return nil
}

// Title is what the page calls the transcript.
func (v transcriptView) Title() string {
	return cmp.Or(string(v.Stored.Called()), "Untitled transcript")
}

func newTranscriptView(stored retrieval.StoredTranscript, turns []model.Turn, marked sentence.Span, rec recording) transcriptView {
	view := transcriptView{Stored: stored, Recording: rec}
	speakers := map[string]int{}
	embargoes := map[int]retrieval.Embargo{}
	for _, e := range stored.EmbargoedTurns {
		embargoes[e.Turn] = e.Embargo
	}
	for _, turn := range turns {
		who := whoSpeaks(turn)
		speaker, known := speakers[who]
		if !known {
			speaker = len(view.Speakers)
			speakers[who] = speaker
			view.Speakers = append(view.Speakers, speakerView{Who: who, First: turn.Index})
		}
		view.Speakers[speaker].Count++
		if turn.Role == model.RoleQuestion {
			view.Questions = append(view.Questions, questionView{turn.Index, words.Shortened(words.OneLine(turn.Text), longestQuestion)})
		}
		view.Turns = append(view.Turns, turnView{turn, who, speaker, turn.Answers, rec.at(turn.StartMS), embargoes[turn.Index], paragraphs(turn, marked)})
	}
	return view
}

// whoSpeaks is the heading of a turn.
func whoSpeaks(turn model.Turn) string {
	switch {
	case turn.Doubt != "":
		return turn.Credit().Name("")
	case turn.Speaker != "":
		return string(turn.Speaker)
	case turn.Role == model.RoleNarration:
		return "Editorial text"
	case turn.Label != "":
		return string(turn.Label)
	}
	return "Speaker not named"
}

// spanOf is the span of the query; empty when its numbers are not one of the turns' words.
func spanOf(r *http.Request, turns []model.Turn) sentence.Span {
	start, errStart := strconv.Atoi(r.URL.Query().Get("start"))
	end, errEnd := strconv.Atoi(r.URL.Query().Get("end"))
	if errStart != nil || errEnd != nil || start < 0 || end <= start || len(turns) == 0 || end > turns[len(turns)-1].End {
		return sentence.Span{}
	}
	return sentence.Span{Start: start, End: end}
}

// paragraphs divides the words of a turn at blank lines, and marks in each
// paragraph its part of the span.
func paragraphs(turn model.Turn, marked sentence.Span) []paragraph {
	const blankLine = "\n\n"
	var divided []paragraph
	start := turn.Start
	for text := range strings.SplitSeq(turn.Text, blankLine) {
		runes := []rune(text)
		if strings.TrimSpace(text) != "" {
			divided = append(divided, paragraph{start, segments(runes, marked.Start-start, marked.End-start)})
		}
		start += len(runes) + len(blankLine)
	}
	return divided
}

// segments cuts a paragraph where the mark begins and ends. The two offsets may
// lie before or behind it.
func segments(paragraph []rune, from, to int) []segment {
	from = min(max(from, 0), len(paragraph))
	to = min(max(to, from), len(paragraph))
	if from == to {
		return []segment{{Text: string(paragraph)}}
	}
	var cut []segment
	for _, s := range []segment{
		{string(paragraph[:from]), false},
		{string(paragraph[from:to]), true},
		{string(paragraph[to:]), false},
	} {
		if s.Text != "" {
			cut = append(cut, s)
		}
	}
	return cut
}
