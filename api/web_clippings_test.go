package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/pullquote/pullquote/answer"
)

// What is clipped from an answer stands among the clippings, in the record's words, until it
// is taken out.
func TestClippingsOnThePage(t *testing.T) {
	t.Parallel()
	_, url, browser := openLighthouse(t)
	do(t, browser, chromedp.Navigate(url), chromedp.SendKeys(chromedp.CSS(`#question`), "Which sign stands on the chart?"), chromedp.Click(chromedp.CSS(`#ask [type=submit]`)))
	waitFor(t, browser, `document.querySelector('.answer[aria-busy=false]') !== null`)
	do(t, browser, chromedp.Click(chromedp.CSS(`.sources li:first-child .actions button[aria-pressed]`)))
	waitFor(t, browser, `document.querySelector('.clipped-count').textContent === ' (1)'`)
	do(t, browser, chromedp.Navigate(url+"/clippings"))
	waitFor(t, browser, `document.querySelector('#clippings q')?.textContent === '“On the chart its sign is 🜨, and “𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨” stands beside it.”'`)
	if by := read(t, browser, `#clippings .who`); !strings.Contains(by, "Odile Marchetti") {
		t.Errorf("it is credited to %q", by)
	}
	exported, err := chromedp.Run(browser, chromedp.Evaluate[bool](`document.querySelector('#export select[name=format]') !== null && !document.querySelector('#export').hidden`))
	if err != nil || !exported {
		t.Errorf("it cannot leave: %v", err)
	}
	do(t, browser, chromedp.Click(chromedp.CSS(`#clippings .actions button:last-child`)))
	waitFor(t, browser, `document.querySelectorAll('#clippings li').length === 0 && !document.querySelector('#none').hidden`)
}

// openClipped opens the clippings of the quotations that answers have.
func openClipped(t *testing.T) (h *harbour, quotes []string) {
	t.Helper()
	h, _, answers := openAsked(t, signAsked, reachAsked, "And who pays for the electricity?")
	var citations []answer.Citation
	for _, a := range answers {
		citations = append(citations, a.Citations[0])
		quotes = append(quotes, "“"+a.Citations[0].Quote+"”")
	}
	h.keeps(citations)
	h.open("/clippings", `#clippings q`)
	return h, quotes
}

// keeps puts clippings into the browser.
func (h *harbour) keeps(citations any) {
	h.Helper()
	kept, err := json.Marshal(citations)
	if err != nil {
		h.Fatal(err)
	}
	h.open("/icon.svg", `svg`)
	h.wait(fmt.Sprintf(`localStorage.setItem('clippings', %q) === undefined`, kept))
}

// clipped waits until the page shows so many clippings, which are these if there are any.
func (h *harbour) clipped(quotes ...string) {
	h.Helper()
	want, err := json.Marshal(quotes)
	if err != nil {
		h.Fatal(err)
	}
	h.wait(fmt.Sprintf(`JSON.stringify([...document.querySelectorAll('#clippings q')].map((q) => q.textContent)) === JSON.stringify(%s ?? [])`, want))
}

// Clippings are read in one request, put in order and taken out with the keyboard, which stays
// where it was; what was taken out can be put back.
func TestOrderOfClippingsOnThePage(t *testing.T) {
	t.Parallel()
	h, q := openClipped(t)
	h.clipped(q...)
	if asked := evaluated[int](t, h.browser, `performance.getEntriesByType('resource').filter(({ name }) => name.includes('/v1/') && !name.includes('/readyz')).length`); asked != 1 {
		t.Errorf("%d requests were sent; want one", asked)
	}
	const button = `#clippings li:nth-child(%d) .actions button:nth-child(%d)`
	press := func(item, which int) { t.Helper(); h.press(fmt.Sprintf(button, item, which)) }
	has := func(item, which int) {
		t.Helper()
		h.wait(fmt.Sprintf(`document.activeElement === document.querySelector(%q)`, fmt.Sprintf(button, item, which)))
	}
	const up, down, remove = 2, 3, 4
	press(1, down)
	h.clipped(q[1], q[0], q[2])
	has(2, down)
	h.do(chromedp.KeyEvent(" "))
	h.clipped(q[1], q[2], q[0])
	has(3, down)
	press(3, up)
	h.clipped(q[1], q[0], q[2])
	press(1, up) // there is nothing above
	h.do(chromedp.Reload())
	h.clipped(q[1], q[0], q[2])

	press(2, remove)
	h.clipped(q[1], q[2])
	h.wait(`document.activeElement.textContent === 'Undo' && document.querySelector('#said').textContent.startsWith('Removed: “')`)
	h.do(chromedp.KeyEvent(kb.Enter))
	h.clipped(q[1], q[0], q[2])
	has(2, remove)
	press(3, remove)
	h.clipped(q[1], q[0])
	h.wait(`localStorage.removeItem('clippings') === undefined`) // elsewhere, whereupon there is no third place
	h.press(`#said button`)
	h.clipped(q[2])
}

// What is kept leaves as a file, in its order, and the file holds.
func TestTakingClippingsAwayOnThePage(t *testing.T) {
	t.Parallel()
	h, q := openClipped(t)
	if _, err := chromedp.CallBrowser(h.browser, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: h.dir, BrowserContextID: chromedp.FromContext(h.browser).BrowserContextID,
	}); err != nil {
		t.Fatal(err)
	}
	h.fill(`#export [name=format]`, "md")
	h.press(`#export [type=submit]`)
	var file []byte
	for len(file) == 0 {
		if h.browser.Err() != nil {
			t.Fatal("no file is saved")
		}
		h.wait(`new Promise((later) => setTimeout(later, 20)) !== null`)
		file, _ = os.ReadFile(filepath.Join(h.dir, "pullquote-clippings.md"))
	}
	verdicts := verdictsOfExport(t, New(h.config), file)
	if len(verdicts) != len(q) {
		t.Fatalf("the file has %d quotations; want %d:\n%s", len(verdicts), len(q), file)
	}
	for i, v := range verdicts {
		if want := strings.Join(strings.Fields(q[i]), " "); "“"+v.Quote+"”" != want || v.Status != answer.StatusUnchanged {
			t.Errorf("quotation %d is %s, %q; want %q", i+1, v.Status, v.Quote, want)
		}
	}

	h.gone.Store(true)
	h.press(`#clippings li:first-child .actions button:last-child`)
	h.wait(`document.querySelector('#said').textContent.startsWith('Pullquote cannot be reached')`)
	h.clipped(q...) // what is shown stays
	h.gone.Store(false)
	h.press(`#said button`)
	h.clipped(q[1:]...)
}

// verdictsOfExport checks an exported document.
func verdictsOfExport(t *testing.T, handler http.Handler, file []byte) []placedVerdict {
	t.Helper()
	var verified verifyResponse
	unmarshal(t, verifyFile(t, handler, "text/markdown", file).Body.String(), &verified)
	return verified.Quotes
}

// What is clipped or taken out in one tab is so in the others.
func TestClippingsInTwoTabs(t *testing.T) {
	t.Parallel()
	h, q := openClipped(t)
	h.clipped(q...)
	tab, cancel := chromedp.NewContext(h.browser) // of the same profile
	t.Cleanup(cancel)
	do(t, tab, chromedp.Navigate(h.url+"/?q=Which+sign+stands+on+the+chart"))
	waitFor(t, tab, `document.querySelector('.clip')?.ariaPressed === 'true' && document.querySelector('.clipped-count').textContent === ' (3)'`)
	h.press(`#clippings li:first-child .actions button:last-child`)
	waitFor(t, tab, `document.querySelector('.clip').ariaPressed === 'false' && document.querySelector('.clipped-count').textContent === ' (2)'`)
	waitFor(t, tab, `document.querySelector('.clip').click() === undefined`)
	h.clipped(q[1], q[2], q[0])
	h.press(`#said button`) // it is there already
	h.clipped(q[1], q[2], q[0])
	waitFor(t, tab, `localStorage.clear() === undefined`)
	h.clipped()
	h.wait(`!document.querySelector('#none').hidden && document.querySelector('#export').hidden`)
}

// More clippings than a document takes are all shown, and it is said how many leave.
func TestMoreClippingsThanADocumentTakes(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := add(t, config, "long.json", longTranscript(2*(maxClippings+1)))
	turns, err := config.Library.Turns(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	var kept []map[string]any
	for i, turn := range turns {
		if i%2 == 1 {
			kept = append(kept, map[string]any{"transcript_id": stored.ID, "turn": i, "start_char_index": turn.Start, "end_char_index": turn.Start + strings.Index(turn.Text, ".") + 1, "quote": ""})
		}
	}
	h := openHarbour(t, config)
	h.keeps(kept)
	h.open("/clippings", `#many`)
	h.wait(`document.querySelectorAll('#clippings q').length === 501 && document.querySelector('#many').textContent.startsWith('A document takes 500 quotations, and 501 are kept: the first 500 leave.')`)
	h.press(`#clippings li:last-child .actions button:last-child`)
	h.wait(`document.querySelectorAll('#clippings q').length === 500 && document.querySelector('#many').hidden`)
}

// A question mark lists the keys of a page, unless it is typed; so does the one of the masthead.
func TestKeysOnThePage(t *testing.T) {
	t.Parallel()
	_, url, browser := openLighthouse(t)
	do(t, browser, chromedp.Navigate(url+"/library"), chromedp.WaitVisible(chromedp.CSS(`#transcripts li`)), chromedp.KeyEvent("?"))
	waitFor(t, browser, `document.querySelector('dialog.keys')?.open === true`)
	do(t, browser, chromedp.SendKeys(chromedp.CSS(`dialog.keys button`), " "))
	waitFor(t, browser, `document.querySelector('dialog.keys').open === false`)
	do(t, browser, chromedp.SendKeys(chromedp.CSS(`.list-keys`), " "))
	waitFor(t, browser, `document.querySelector('dialog.keys').open === true`)
	do(t, browser, chromedp.Navigate(url), chromedp.SendKeys(chromedp.CSS(`#question`), "Why?"))
	waitFor(t, browser, `document.querySelector('#question').value === 'Why?' && !document.querySelector('dialog.keys')?.open`)
}
