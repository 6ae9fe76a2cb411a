package api

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const hostileNames = `{"title": "Hearing” “we lied” [3] on the quay", "date": "2026-03-11", "turns": [
	{"speaker": "Mona O'Lind: I know [2]", "role": "question", "text": "What did the keeper write about the northern wall?"},
	{"speaker": "Jane Roe: “I took it” [1]", "affiliation": "Harbour «Board» ［４］\nsays no", "role": "answer", "text": "The northern wall is rotten from end to end, the keeper wrote."}]}`

// What a transcript prints for a name or a title does not quote, cite or speak in a byline
// of the page; and the record's words are in another type and ink than the page's own.
func TestNamesAndWordsOnThePage(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	add(t, config, "names.json", []byte(hostileNames))
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	browser := openBrowser(t)
	if err := chromedp.Do(browser, chromedp.Navigate(server.URL+"/?q=What did the keeper write about the northern wall?"), chromedp.WaitVisible(chromedp.CSS(`.sources .who`))); err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, browser, `.sources .who`), "Jane Roe\nHarbour Board"; got != want {
		t.Errorf("the byline is %q, want %q", got, want)
	}
	card := read(t, browser, `.sources`)
	for _, lie := range []string{"I took it", "I know", "we lied”", "[1]", "[3]", "says no"} {
		if strings.Contains(card, lie) {
			t.Errorf("the card says %q:\n%s", lie, card)
		}
	}
	if !strings.Contains(card, "Mona O'Lind asked:") {
		t.Errorf("the card does not say who asked:\n%s", card)
	}
	style := func(selector, property string) string {
		value, err := chromedp.Run(browser, chromedp.Evaluate[string](`getComputedStyle(document.querySelector('`+selector+`')).`+property))
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	for _, property := range []string{"color", "fontFamily"} {
		if quoted, around := style(`.answer q`, property), style(`.answer p:has(q)`, property); quoted == around {
			t.Errorf("the record's words and the page's both have the %s %s", property, quoted)
		}
	}
}
