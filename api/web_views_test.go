package api

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/answer"
)

// scene is a record with a conversation about it, quotations that were clipped from its
// answers, a draft and a phrase: what every view of the page has something to show of.
type scene struct {
	*harbour
	answers       []*answer.Answer // of one conversation; the first has citations
	phrase, draft string
}

func newScene(t *testing.T, config Config, phrase, draft string, questions ...string) *scene {
	t.Helper()
	s := &scene{phrase: phrase, draft: draft}
	var conversation string
	for _, question := range questions {
		a, err := config.Answers.Answer(t.Context(), answer.Request{Question: question, ConversationID: conversation}, nil)
		if err != nil {
			t.Fatal(err)
		}
		conversation = a.ConversationID
		s.answers = append(s.answers, a)
	}
	if len(s.answers[0].Citations) == 0 {
		t.Fatalf("%q is not answered: %+v", questions[0], s.answers[0])
	}
	s.harbour = serveHarbour(t, config)
	return s
}

// visit opens a window on the scene; of then is the same window for each test in it.
func (s *scene) visit(t *testing.T) (window context.Context, of func(*testing.T) *scene) {
	t.Helper()
	window = openWindow(t)
	of = func(t *testing.T) *scene {
		seen := *s
		seen.harbour = &harbour{T: t, config: s.config, url: s.url, dir: t.TempDir(), browser: impatient(t, window)}
		return &seen
	}
	seen := of(t)
	seen.enter(seen.browser)
	seen.keeps(s.answers[0].Citations)
	return window, of
}

func (s *scene) conversation() string { return "/?conversation=" + s.answers[0].ConversationID }

// quotation is the page of the first answer's transcript, its first quotation marked.
func (s *scene) quotation() string {
	c := s.answers[0].Citations[0]
	return fmt.Sprintf("/t/%s?start=%d&end=%d#turn-%d", c.TranscriptID, c.Start, c.End, c.Turn)
}

// view is something that the page can show. It is open when what is particular to it is there.
type view struct {
	name string
	open func(s *scene)
}

var views = []view{
	{"ask", func(s *scene) { s.open("/", `#examples button`) }},
	{"filters", func(s *scene) {
		s.open("/?transcript="+s.answers[0].Citations[0].TranscriptID, `#filters-set button`)
		s.wait(`document.querySelector('#filters').open = true`)
	}},
	{"answer", func(s *scene) {
		s.open("/?answer="+s.answers[0].ID, `.sources > li`)
		s.answered(len(s.answers))
		s.wait(`document.querySelectorAll('.rating').length > 1`)
		s.wait(`[...document.querySelectorAll('main details:not(#conversations-fold)')].every((details) => details.open = true)`)
		s.wait(`document.querySelector('.rating [value=down]').click() === undefined`)
		s.wait(`document.querySelector('.rating form') !== null`)
	}},
	{"conversation", func(s *scene) {
		s.open(s.conversation(), `.sources > li`)
		s.answered(len(s.answers))
		s.wait(`document.querySelector('#conversations-list [aria-current]') !== null && (document.querySelector('#conversations-fold').open = true)`)
	}},
	{"answer with its transcript beside it", func(s *scene) {
		s.open(s.conversation(), `.sources > li`)
		s.answered(len(s.answers))
		s.do(chromedp.SendKeys(chromedp.CSS(`.sources .where a`), "\r"))
		s.wait(`document.querySelector('.beside[open] mark') !== null`)
		s.wait(inView(`.beside mark`))
	}},
	{"library", func(s *scene) {
		s.open("/library", `#transcripts > li`)
		s.wait(`document.querySelector('#library').ariaBusy === 'false'`)
		s.press(`#transcripts .row .plain`)
		s.wait(`document.querySelector('#transcripts form') !== null`)
	}},
	{"upload", func(s *scene) {
		s.open("/library", `#transcripts > li`)
		s.choose(s.file("council.txt", council))
		s.settled(1)
		s.wait(`document.querySelector('.files .read') !== null`)
	}},
	{"transcript", func(s *scene) {
		s.open(s.quotation(), `main.record mark`)
		s.wait(`document.querySelector('.within') !== null`)
		s.wait(inView(`main.record mark`))
	}},
	{"transcript with its contents, being mended", func(s *scene) {
		s.open(s.quotation(), `main.record mark`)
		s.wait(`document.querySelector('.within') !== null && [...document.querySelectorAll('main details')].every((details) => details.open = true)`)
		s.wait(`document.querySelector('.turn .mend').click() === undefined`)
		s.wait(`document.querySelector('.turn .mending form') !== null`)
	}},
	{"mentions", func(s *scene) { s.open("/mentions?phrase="+url.QueryEscape(s.phrase), `.places li`) }},
	{"no mentions yet", func(s *scene) { s.open("/mentions", `#words`) }},
	{"clippings", func(s *scene) { s.open("/clippings", `#clippings q`) }},
	{"verify", func(s *scene) {
		s.open("/verify", `#draft`)
		s.checks(s.draft)
		s.wait(`document.querySelector('#verdicts li') !== null`)
	}},
	{"nothing here", func(s *scene) { s.open("/nothing/"+url.PathEscape(`"><b>`), `h1`) }},
	{"no such transcript", func(s *scene) { s.open("/t/0198c5a2-6b1f-7c3e-9d40-5e8a1b2c3d4e", `h1`) }},
	{"documentation", func(s *scene) {
		s.open("/docs", `.docs article`)
		s.wait(`document.querySelectorAll('.docs :is(section:nth-of-type(n + 4):not(#objects), article:nth-of-type(n + 3), nav li li:nth-of-type(n + 3))').forEach((one) => one.remove()) === undefined`) // they are hundreds, and alike
	}},
	{"keys", func(s *scene) {
		s.open(s.quotation(), `main.record mark`)
		s.wait(`document.querySelector('dialog.uploads') !== null`)
		s.do(chromedp.KeyEvent("?"))
		s.wait(`document.querySelector('dialog.keys')?.open === true`)
	}},
	{"deletion", func(s *scene) {
		s.open("/library", `#transcripts > li`)
		s.press(`#transcripts .row .plain:last-child`)
		s.wait(`document.querySelector('dialog.confirm')?.open === true`)
	}},
}

// colours has the window prefer light or dark colours.
func (h *harbour) colours(scheme string) {
	h.Helper()
	if _, err := chromedp.Call(h.browser, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
		h.Fatal(err)
	}
	h.wait(fmt.Sprintf(`matchMedia('(prefers-color-scheme: %s)').matches`, scheme))
}
