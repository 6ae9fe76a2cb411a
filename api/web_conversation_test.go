package api

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

const (
	signAsked  = "Which sign stands on the chart?"
	reachAsked = "How far does the new lamp reach?"
	hostile    = `<img src=x onerror="document.title='owned'"> & "who" pays?`
)

// openAsked serves the lighthouse's transcript and a conversation about it.
func openAsked(t *testing.T, questions ...string) (h *harbour, conversation string, answers []*answer.Answer) {
	t.Helper()
	config := newConfig(t)
	addLighthouse(t, config)
	h = openHarbour(t, config)
	for _, question := range questions {
		a, err := config.Answers.Answer(t.Context(), answer.Request{Question: question, ConversationID: conversation}, nil)
		if err != nil {
			t.Fatal(err)
		}
		conversation = a.ConversationID
		answers = append(answers, a)
	}
	return h, conversation, answers
}

// asks types a question and waits until it is the nth that is answered. It is sent by Enter, as
// most people do: what comes in meanwhile may move the button away from a click.
func (h *harbour) asks(question string, n int) {
	h.Helper()
	h.do(chromedp.SendKeys(chromedp.CSS(`#question`), question+kb.Enter))
	h.answered(n)
}

// answered waits until so many answers are on the page, all of them whole.
func (h *harbour) answered(n int) {
	h.Helper()
	h.wait(fmt.Sprintf(`document.querySelectorAll('.answer[aria-busy=false]').length === %d && document.querySelectorAll('.exchange').length === %d`, n, n))
}

// texts are what the elements say that a selector finds.
func (h *harbour) texts(selector string) []string {
	h.Helper()
	texts, err := chromedp.Run(h.browser, chromedp.Evaluate[[]string](fmt.Sprintf(`[...document.querySelectorAll(%q)].map((e) => e.textContent)`, selector)))
	if err != nil {
		h.Fatal(err)
	}
	return texts
}

// A conversation has an address: to load it again, and to come back to it, shows all its answers.
func TestConversationHasAnAddressOnThePage(t *testing.T) {
	t.Parallel()
	h, _, _ := openAsked(t)
	h.open("/", `#question`)
	h.asks(signAsked, 1)
	h.asks(reachAsked, 2)
	h.wait(`/^\?conversation=[-0-9a-f]{36}$/.test(location.search) && document.title.startsWith('Which sign')`)
	h.do(chromedp.Reload())
	h.answered(2)
	if got := h.texts(`.exchange h2`); !slices.Equal(got, []string{signAsked, reachAsked}) {
		t.Errorf("loaded again, the page has %q", got)
	}
	h.do(chromedp.Click(chromedp.CSS(`#restart`)))
	h.wait(`location.search === '' && document.querySelector('.exchange') === null && document.activeElement.id === 'question'`)
	h.asks("And who pays for the electricity?", 1)
	h.wait(`document.querySelectorAll('#conversations-list li').length === 2`)
	h.wait(`(history.go(-2), true)`)
	h.answered(2)
	h.wait(`(history.go(2), true)`)
	h.answered(1)
	if got := h.texts(`#conversations-list li > a`); !slices.Equal(got, []string{"And who pays for the electricity?", signAsked}) {
		t.Errorf("the list has %q", got)
	}
}

// The link of an answer shows it among the others of its conversation.
func TestOpeningAnAnswerScrollsToItOnThePage(t *testing.T) {
	t.Parallel()
	h, _, answers := openAsked(t, signAsked, reachAsked, "And who pays for the electricity?")
	h.do(chromedp.EmulateViewport(1000, 500))
	h.open("/?answer="+answers[1].ID, `.exchange:nth-child(2)`)
	h.answered(3)
	h.wait(`Math.abs(document.querySelector('.exchange:nth-child(2)').getBoundingClientRect().top) < 100`)
}

// Conversations are listed page by page, opened, named and deleted; titles and questions are text.
func TestListOfConversationsOnThePage(t *testing.T) {
	t.Parallel()
	h, conversation, _ := openAsked(t, hostile, signAsked)
	for i := range 22 {
		if _, err := h.config.Answers.Answer(t.Context(), answer.Request{Question: fmt.Sprintf("%s Chart %d.", signAsked, i)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	h.do(chromedp.EmulateViewport(1280, 860))
	h.open("/", `#conversations-list li`)
	h.wait(`document.querySelectorAll('#conversations-list li').length === 20`)
	h.press(`#conversations-more`)
	h.wait(`document.querySelectorAll('#conversations-list li').length === 23 && document.querySelector('#conversations-more').hidden`)
	h.wait(`(document.querySelector('#conversations-list li:last-child > a').click(), true)`)
	h.answered(2)
	h.wait(`location.search === '?conversation=` + conversation + `' && document.querySelector('#conversations-list [aria-current]') !== null`)

	h.press(`#conversations-list li:last-child button`)
	h.do(chromedp.SendKeys(chromedp.CSS(`#conversations-list input`), `<b>Sign</b> & “lamp”`+"\r"))
	h.wait(`document.querySelector('#conversations-list input') === null && document.querySelector('#conversation-title').textContent === 'Conversation: <b>Sign</b> & “lamp”'`)
	h.wait(`[...document.querySelectorAll('#conversations-list li > a')].at(-1)?.textContent === '<b>Sign</b> & “lamp”'`)
	if active := h.texts(`#conversations-list :is(img, b), .exchange img, h1 b`); len(active) != 0 {
		t.Errorf("what was typed is markup: %q", active)
	}
	h.press(`#conversations-list li:last-child button:nth-of-type(2)`)
	h.wait(`document.querySelector('dialog.confirm').textContent.includes('with its 2 answers')`)
	h.press(`dialog.confirm [value='']`)
	h.wait(`document.querySelector('dialog.confirm') === null && document.querySelectorAll('.exchange').length === 2`)
	h.press(`#conversations-list li:last-child button:nth-of-type(2)`)
	h.press(`dialog.confirm [value=go]`)
	h.wait(`document.querySelectorAll('#conversations-list li').length === 22 && document.querySelector('.exchange') === null && location.search === ''`)
	if _, err := h.config.Answers.Conversation(t.Context(), conversation); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the deleted conversation is there: %v", err)
	}
}

// What is deleted elsewhere is told, with a way on.
func TestConversationDeletedElsewhereOnThePage(t *testing.T) {
	t.Parallel()
	h, conversation, _ := openAsked(t, signAsked)
	h.open("/?conversation="+conversation, `.exchange`)
	h.answered(1)
	if err := h.config.Answers.DeleteConversation(t.Context(), conversation); err != nil {
		t.Fatal(err)
	}
	h.do(chromedp.SendKeys(chromedp.CSS(`#question`), reachAsked), chromedp.Click(chromedp.CSS(`#ask [type=submit]`)))
	h.wait(`document.querySelector('.unanswered .problem a')?.textContent === 'The conversation is gone: ask in a new one'`)
	h.wait(`(document.querySelector('.unanswered .problem a').click(), true)`)
	h.wait(`document.querySelector('.exchange') === null && document.querySelector('#question').value === '` + reachAsked + `'`)
	h.do(chromedp.Click(chromedp.CSS(`#ask [type=submit]`)))
	h.answered(1)

	h.open("/?conversation="+conversation, `.exchange .problem`)
	if title := h.text(`.exchange h2`); title != "This conversation cannot be shown" {
		t.Errorf("the page says %q", title)
	}
	h.wait(`(document.querySelector('.exchange .problem a').click(), true)`)
	h.wait(`location.search === '' && document.querySelector('.exchange') === null`)
}

// Without the server a question stays in its field, and can be asked again.
func TestAskingWithoutAServerOnThePage(t *testing.T) {
	t.Parallel()
	h, _, _ := openAsked(t)
	h.open("/", `#examples button`)
	h.gone.Store(true)
	h.do(chromedp.SendKeys(chromedp.CSS(`#question`), hostile), chromedp.Click(chromedp.CSS(`#ask [type=submit]`)))
	h.wait(`document.querySelector('.unanswered .problem')?.textContent.includes('cannot be reached') && document.querySelector('.unanswered .problem').textContent.includes('kept in the field below')`)
	h.wait(fmt.Sprintf(`document.querySelector('#question').value === %q && document.querySelector('.exchange h2').textContent === %q`, hostile, hostile))
	h.gone.Store(false)
	h.do(chromedp.Click(chromedp.CSS(`#ask [type=submit]`)))
	h.answered(1)
}

// An empty conversation offers questions that the record answers; a press asks one.
func TestAskingAnExampleOnThePage(t *testing.T) {
	t.Parallel()
	h, _, _ := openAsked(t)
	h.open("/", `#examples button`)
	question := h.text(`#examples button`)
	h.press(`#examples button`)
	h.answered(1)
	h.wait(`document.querySelector('#examples').hidden && document.querySelector('.sources > li') !== null`)
	if got := h.texts(`.exchange h2`); !slices.Equal(got, []string{question}) {
		t.Errorf("asked %q instead of %q", got, question)
	}
}

// Filters are choices of what the record has: shown, taken away, and refused when it has nothing such.
func TestFiltersOnThePage(t *testing.T) {
	t.Parallel()
	h, _, _ := openAsked(t)
	beacon := h.addTo("many", "Beacon <i>of</i> “Mist”", "Zoë Núñez", "2024-03-01")
	h.addTo("many", "Anchor", "Ada Quist", "2025-03-01")
	const chips = `#filters-set button`
	shown := func(want ...string) {
		t.Helper()
		h.wait(fmt.Sprintf(`[...document.querySelectorAll('%s')].map((chip) => chip.textContent.replace(' ×', '')).join(' | ') === %q`, chips, strings.Join(want, " | ")))
	}
	says := func(selector, words string) {
		t.Helper()
		h.wait(fmt.Sprintf(`document.querySelector(%q).textContent.includes(%q)`, selector, words))
	}

	h.open("/?transcript="+beacon.ID, chips)
	shown("Collection: many", "Transcript: Beacon <i>of</i> “Mist”, 1 March 2024")
	h.wait(`document.querySelector('#filters-set i') === null`)
	h.press(`[name=remove-transcript]`)
	shown("Collection: many")
	h.fill(`#filters [name=transcript]`, "Anchor")
	shown("Collection: many", "Transcript: Anchor, 1 March 2025")
	h.fill(`#filters [name=speaker]`, "nunez")
	says(`#filters-leave`, "matches the filter")
	h.press(`[name=remove-speaker]`)
	h.wait(`document.querySelector('#filters-leave').textContent === ''`)
	h.fill(`#filters [name=transcript]`, "The Quay")
	says(`#filters-said`, "No transcript is called that")
	h.press(`[name=remove-transcript]`)
	h.fill(`#filters [name=speaker]`, "Nobody <b>at all</b>")
	says(`#filters-said`, "Nobody of that name")
	h.do(chromedp.SendKeys(chromedp.CSS(`#question`), "Which crane stands?\r"))
	h.wait(`document.querySelector('#filters').open && document.querySelector('.exchange') === null && document.querySelector('#question').value === 'Which crane stands?'`)
	h.press(`[name=remove-speaker]`)
	h.fill(`#filters [name=from]`, "2030-01-01")
	says(`#filters-said`, "of 1 March 2024 to 1 March 2025")
	h.fill(`#filters [name=from]`, "2025-01-01")
	h.fill(`#filters [name=role]`, "statement")
	shown("Collection: many", "Role: Statement", "From: 1 January 2025")
	if roles := h.texts(`#filters [name=role] option`); !slices.Equal(roles, []string{"any", "Statement"}) {
		t.Errorf("the roles to choose from are %q", roles)
	}
	h.do(chromedp.Click(chromedp.CSS(`#ask [type=submit]`)))
	h.answered(1)
	page, err := h.config.Answers.Conversations(t.Context(), answer.ConversationsQuery{Limit: 1})
	if err != nil || len(page.Conversations) != 1 {
		t.Fatalf("the conversations are %+v: %v", page.Conversations, err)
	}
	asked, err := h.config.Answers.Conversation(t.Context(), page.Conversations[0].ID)
	if want := (retrieval.Filter{Collection: "many", Role: "statement", From: "2025-01-01"}); err != nil || asked.Answers[0].Filter != want {
		t.Errorf("asked within %+v: %v", asked.Answers, err)
	}

	h.open("/?collection=many", chips)
	shown("Collection: many")
	h.open("/?transcript=0198c5a2-6b1f-7c3e-9d40-5e8a1b2c3d4e", chips)
	says(`#filters-said`, "There is no such transcript")
}

// A card tells who spoke, in which role and when, what was asked, and keeps the quotation; one
// whose transcript is deleted has none of its words any more, and says so.
func TestCardsOfAnAnswerOnThePage(t *testing.T) {
	t.Parallel()
	h, conversation, answers := openAsked(t, reachAsked)
	h.open("/?conversation="+conversation, `.sources > li`)
	h.answered(1)
	card := h.text(`.sources > li`)
	for _, word := range []string{"Odile Marchetti", "Answer · ", "17 February 2026", "Imre Castellan, Brackwater Gazette asked:", "✓ Verified, exact"} {
		if !strings.Contains(card, word) {
			t.Errorf("the card does not say %q:\n%s", word, card)
		}
	}
	h.press(`.sources .clip`)
	h.wait(`document.querySelector('.clip').ariaPressed === 'true' && JSON.parse(localStorage.getItem('clippings')).length === 1`)
	h.press(`.sources .clip`)
	h.wait(`document.querySelector('.clip').ariaPressed === 'false' && JSON.parse(localStorage.getItem('clippings')).length === 0`)

	if err := h.config.Library.Delete(context.WithoutCancel(t.Context()), answers[0].Citations[0].TranscriptID); err != nil {
		t.Fatal(err)
	}
	h.do(chromedp.Reload())
	h.wait(`document.querySelector('.where')?.textContent === 'Redacted: The transcript has been deleted.' && document.querySelector('.where a') === null`)
	if page := h.text(`#conversation`); strings.Contains(page, answers[0].Citations[0].Quote) || strings.Contains(page, "Marchetti") {
		t.Errorf("words of the deleted transcript are on the page:\n%s", page)
	}
}

// On a narrow screen the list is folded, everything fits, and what can be pressed has a name.
func TestNarrowConversationOnThePage(t *testing.T) {
	t.Parallel()
	h, conversation, _ := openAsked(t, hostile+strings.Repeat("lamp", 60), signAsked)
	h.do(chromedp.EmulateViewport(360, 740))
	h.open("/?conversation="+conversation, `.exchange`)
	h.answered(2)
	h.wait(`!document.querySelector('#conversations-fold').open && document.querySelectorAll('#conversations-list li').length === 1`)
	h.do(chromedp.Click(chromedp.CSS(`#conversations-fold summary`)), chromedp.Click(chromedp.CSS(`#filters summary`)))
	for _, check := range []string{
		`document.documentElement.scrollWidth <= innerWidth`,
		`[...document.querySelectorAll(':is(button, input, select, textarea):not([hidden])')].every((e) => e.ariaLabel || e.textContent.trim() || e.labels?.length)`,
		`[...document.querySelectorAll('h1')].filter((h) => !h.closest('[hidden]')).length === 1`,
	} {
		if holds, err := chromedp.Run(h.browser, chromedp.Evaluate[bool](check)); err != nil || !holds {
			t.Errorf("not so: %s (%v)", check, err)
		}
	}
	h.colours("dark")
	h.wait(`getComputedStyle(document.body).backgroundColor === 'rgb(23, 23, 21)'`)
}
