package api

import (
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

const readAloud = `{"title": "Hearing on the old quay", "date": "2026-03-11", "turns": [
	{"speaker": "Mona Lind", "role": "question", "text": "What did the keeper write?"},
	{"speaker": "Jane Roe", "affiliation": "Harbour Board", "role": "answer", "text": "“The northern wall is rotten from end to end.”"}]}`

// The page says beside a quotation, and at its turn in the transcript, that its speaker is
// uncertain, and why when one points there; and of words read aloud that they are quoted.
func TestDoubtOnThePage(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	doubtful, aloud := add(t, config, "doubtful.json", []byte(retrievaltest.Doubtful)), add(t, config, "aloud.json", []byte(readAloud))
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	browser := openBrowser(t)
	const quay, wall = "Who closed the quay?", "What did Roe say about the northern wall?"
	for _, tt := range []struct {
		name, path, wait string
		selector, what   string // of the elements that are looked at
		want             []string
	}{
		{"a doubtful quotation", "/?q=" + quay, `.sources .doubt`, `.sources .who`, "innerText", []string{"Speaker uncertain (printed: B.)"}},
		{"why it is doubtful", "/?q=" + quay, `.sources .doubt`, `.sources .doubt`, "title", []string{"two speakers have this initial"}},
		{"a quotation that is read aloud", "/?q=" + wall, `.sources .who`, `.sources .who`, "innerText", []string{"Jane Roe\nHarbour Board · quoting"}},
		{"doubtful turns", "/t/" + doubtful.ID, `.turn`, `.turn .doubt`, "innerText", []string{"speaker uncertain (printed: MORROW)", "speaker uncertain (printed: B.)"}},
		{"why they are doubtful", "/t/" + doubtful.ID, `.turn`, `.turn .doubt`, "title", []string{"the label stands once", "two speakers have this initial"}},
		{"a turn that is read aloud", "/t/" + aloud.ID, `.turn`, `.turn .quoting`, "innerText", []string{"quoting"}},
	} {
		if err := chromedp.Do(browser, chromedp.Navigate(server.URL+tt.path), chromedp.WaitVisible(chromedp.CSS(tt.wait))); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		got, err := chromedp.Run(browser, chromedp.Evaluate[[]string](`[...document.querySelectorAll('`+tt.selector+`')].map((e) => e.`+tt.what+`)`))
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: the page has %q, %v; want %q", tt.name, got, err, tt.want)
		}
	}
}
