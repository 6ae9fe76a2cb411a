package api

import (
	"context"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// maxPageBytes bounds what a browser that knows nothing of Pullquote loads to show a page, with
// what its scripts ask for and all headers: a second of a slow line.
const maxPageBytes = 150_000

// loaded is how long a page takes, from the press on its link to the first words or lines that
// the browser paints, and what is transferred until it is at rest.
type loaded struct{ PaintedMS, Bytes float64 }

// loading loads a page into a browser that keeps nothing, and waits for an element.
func loading(tab context.Context, url, selector string) (l loaded, err error) {
	if _, err := chromedp.Call(tab, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		return l, err
	}
	if err := chromedp.Do(tab, chromedp.Navigate(url), chromedp.WaitVisible(chromedp.CSS(selector))); err != nil {
		return l, err
	}
	return chromedp.Run(tab, chromedp.Evaluate[loaded](`new Promise((measured) => new PerformanceObserver((list) => measured({
		PaintedMS: list.getEntriesByName('first-contentful-paint')[0].startTime,
		Bytes: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, { transferSize }) => sum + transferSize, 0),
	})).observe({ type: 'paint', buffered: true }))`, chromedp.EvalAwaitPromise))
}

// pagesAtRest are the pages with what each shows last.
var pagesAtRest = []struct{ path, selector string }{
	{"/", `#examples button`}, {"/library", `#transcripts > li`}, {"/mentions", `#words`}, {"/clippings", `#none`}, {"/verify", `#draft`},
}

// No page is heavier than a slow line takes.
func TestWeightOfThePages(t *testing.T) {
	t.Parallel()
	_, url, tab := openLighthouse(t)
	for _, page := range pagesAtRest {
		l, err := loading(tab, url+page.path, page.selector)
		if err != nil {
			t.Fatal(err)
		}
		if l.Bytes < 20_000 || l.Bytes > maxPageBytes { // the style alone is more
			t.Errorf("%s transfers %.0f bytes; want %d at most", page.path, l.Bytes, maxPageBytes)
		}
		t.Logf("%s: %.0f bytes", page.path, l.Bytes)
	}
}

// How soon the ask page is seen from a warm server, in a browser that has to load all of it.
func BenchmarkFirstPaint(b *testing.B) {
	config := newConfigWith(b, nil)
	addLighthouse(b, config)
	server := httptest.NewServer(New(config))
	b.Cleanup(server.Close)
	tab := openWindow(b)
	ask := pagesAtRest[0]
	if _, err := loading(tab, server.URL+ask.path, ask.selector); err != nil { // which warms the server
		b.Fatal(err)
	}
	var painted []float64
	var bytes float64
	for b.Loop() {
		l, err := loading(tab, server.URL+ask.path, ask.selector)
		if err != nil {
			b.Fatal(err)
		}
		painted = append(painted, l.PaintedMS)
		bytes = l.Bytes
	}
	slices.Sort(painted)
	b.ReportMetric(painted[len(painted)/2], "ms/first-paint")
	b.ReportMetric(bytes/1000, "kB/page")
}
