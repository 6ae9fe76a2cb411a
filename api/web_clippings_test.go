package api

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
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
