package api

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
)

// attack is what would run, or stand on a page as an element of the class owned, if it entered
// a page as anything but text.
const attack = `</title></textarea><img src=x class=owned onerror=ran=1><script>ran=1</script><svg class=owned onload=ran=1></svg><a href="javascript:ran=1" class=owned>a</a>" onclick="ran=1" '`

// attacking is a transcript in which everything that is printed is an attack.
func attacking(t *testing.T) []byte {
	t.Helper()
	turn := func(speaker, role, text string) map[string]string {
		return map[string]string{"speaker": speaker + attack, "affiliation": attack, "role": role, "text": text}
	}
	data, err := json.Marshal(map[string]any{"title": attack, "date": "2026-02-17", "place": attack, "turns": []any{
		turn("Imre Castellan ", "question", "How far does the new lamp at Gull Rock reach "+attack+"?"),
		turn("Odile Marchetti ", "answer", "The new lamp reaches nineteen nautical miles, "+attack+" she wrote. The old one reached eleven."),
		turn("Imre Castellan ", "question", "And who pays for the electricity?"),
		turn("Odile Marchetti ", "answer", attack+"\n\nThe fishing harbours pay a third of the electricity."),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// watched is what a window reports that no page of ours is to cause.
type watched struct {
	reporting sync.Mutex
	reports   []string
}

func (w *watched) report(event any) {
	var told string
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Source == log.EntrySourceSecurity || strings.Contains(e.Entry.Text, "Content Security Policy") {
			told = e.Entry.Text
		}
	case *runtime.EventExceptionThrown:
		told = e.ExceptionDetails.Text
		if thrown := e.ExceptionDetails.Exception; thrown != nil {
			told += " " + thrown.Description
		}
	case *page.EventJavascriptDialogOpening:
		told = "a dialog: " + e.Message
	}
	if told == "" {
		return
	}
	w.reporting.Lock()
	defer w.reporting.Unlock()
	w.reports = append(w.reports, told)
}

// take is what was reported since it was last asked.
func (w *watched) take() []string {
	w.reporting.Lock()
	defer w.reporting.Unlock()
	taken := w.reports
	w.reports = nil
	return taken
}

// Whatever transcripts, conversations, clippings, drafts, addresses and models say is text on
// every view: no script runs, nothing becomes an element, and the browser has nothing to refuse.
func TestHostileWordsOnEveryView(t *testing.T) {
	t.Parallel()
	model, _ := scripted(t, saying("Odile Marchetti gave "+attack+" the reach: {nineteen nautical}. It shines “far beyond "+attack+" the horizon”. ["+attack+"](javascript:ran=1)", llmtest.Finish("stop")))
	config := newConfigWith(t, model)
	add(t, config, attack+".json", attacking(t))
	draft := "“The new lamp reaches ninety " + attack + " nautical miles,” said Odile Marchetti. “The old one reached eleven.” " + attack
	s := newScene(t, config, "nautical", draft, reachAsked, "How far does it reach, "+attack+"?")
	if _, err := config.Answers.NameConversation(t.Context(), s.answers[0].ConversationID, attack); err != nil {
		t.Fatal(err)
	}
	browser, of := s.visit(t)
	var w watched
	if err := chromedp.Listen(browser, w.report); err != nil {
		t.Fatal(err)
	}
	c := s.answers[0].Citations[0]
	clippings, err := json.Marshal([]any{
		map[string]any{"transcript_id": c.TranscriptID, "turn": c.Turn, "start_char_index": c.Start, "end_char_index": c.End, "quote": attack},
		map[string]any{"transcript_id": c.TranscriptID, "turn": 99, "start_char_index": 1, "end_char_index": 2, "quote": attack},
		map[string]any{"transcript_id": attack, "turn": 1, "start_char_index": 1, "end_char_index": 2, "quote": attack},
		map[string]any{"transcript_id": "0198c5a2-6b1f-7c3e-9d40-5e8a1b2c3d4e", "turn": 1, "start_char_index": 1, "end_char_index": 2, "quote": attack},
	})
	if err != nil {
		t.Fatal(err)
	}
	of(t).wait(fmt.Sprintf(`localStorage.setItem('clippings', %q) === undefined`, clippings))

	addresses := url.QueryEscape(attack)
	for _, view := range slices.Concat(views, []view{
		{"a draft as it stands", func(s *scene) {
			s.open("/verify", `#draft`)
			s.do(chromedp.SetUploadFiles(chromedp.CSS(`#file`), []string{s.file("draft.html", "<p>"+html.EscapeString(draft))}))
			s.wait(`document.querySelector('#verdicts li') !== null && document.querySelector('#verdicts').textContent.includes('<script>')`)
		}},
		{"a question in the address", func(s *scene) {
			s.open("/?q="+addresses, `.exchange h2`)
			s.answered(1)
		}},
		{"filters in the address", func(s *scene) { s.open("/?collection="+addresses+"&transcript="+addresses, `#filters-set button`) }},
		{"a conversation in the address", func(s *scene) { s.open("/?conversation="+addresses, `.exchange .problem`) }},
		{"a phrase in the address", func(s *scene) {
			s.open("/mentions?phrase="+addresses+"&speaker="+addresses+"&from="+addresses, `#mentions :is(.problem, .outcome)`)
		}},
		{"words of the list in the address", func(s *scene) {
			s.open("/library?collection="+addresses+"&words="+addresses, `#library[aria-busy=false]`)
		}},
	}) {
		t.Run(view.name, func(t *testing.T) {
			s := of(t)
			view.open(s)
			if got := evaluated[[]string](t, s.browser, `[...violations, ...[...document.querySelectorAll('.owned, [onclick], a[href^="javascript:"]')].map((node) => node.outerHTML), ...('ran' in window ? ['a script ran'] : [])]`); len(got) != 0 {
				t.Errorf("the page has %q", got)
			}
			if got := w.take(); len(got) != 0 {
				t.Errorf("the browser reports %q", got)
			}
		})
	}

	t.Run("what is no text is seen", func(t *testing.T) { // or else the rest proves nothing
		s := of(t)
		s.open("/", `h1`)
		s.wait(fmt.Sprintf(`document.body.insertAdjacentHTML('beforeend', %q) === undefined`, attack))
		s.wait(`violations.length > 0 && document.querySelector('.owned') !== null`)
		s.wait(`setTimeout(() => { throw new Error('seen'); }) > 0`)
		for deadline := s.browser; len(w.take()) < 2; {
			if deadline.Err() != nil {
				t.Fatal("the browser reports nothing")
			}
			s.wait(`new Promise((later) => setTimeout(later, 20)) !== null`)
		}
	})
}
