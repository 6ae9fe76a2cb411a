package api

import (
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
)

// What a reader waits for in a transcript of 5,000 turns: until its page shows the quoted
// words, until the pane beside an answer does, and until a search within has marked its words.
func BenchmarkReadingALongTranscript(b *testing.B) {
	config := newConfigWith(b, nil)
	stored := add(b, config, "long.json", longTranscript(5000))
	server := httptest.NewServer(New(config))
	b.Cleanup(server.Close)
	tab := openBrowser(b)
	words := server.URL + "/t/" + stored.ID + "?start=400000&end=400020"
	timed := func(setUp, script string) float64 {
		b.Helper()
		if setUp != "" {
			if err := chromedp.Do(tab, chromedp.Navigate(setUp)); err != nil {
				b.Fatal(err)
			}
		}
		ms, err := chromedp.Run(tab, chromedp.Evaluate[float64](script, chromedp.EvalAwaitPromise))
		if err != nil {
			b.Fatal(err)
		}
		return ms
	}
	const until = `const until = (is) => new Promise((resolve) => { const look = () => (is() ? resolve() : requestAnimationFrame(look)); look(); });
		const shown = (mark) => mark && mark.getBoundingClientRect().top > 0 && mark.getBoundingClientRect().bottom < innerHeight;`
	var page, pane, search float64
	for b.Loop() {
		page += timed(words, `(async () => { `+until+` await until(() => shown(document.querySelector('main mark'))); return performance.now(); })()`)
		search += timed("", `(async () => { `+until+`
			const field = document.querySelector('.within input');
			field.value = 'figures';
			const begun = performance.now();
			field.dispatchEvent(new InputEvent('input', { bubbles: true }));
			await until(() => /of 2500$/.test(document.querySelector('.within output').textContent));
			return performance.now() - begun;
		})()`)
		pane += timed(server.URL+"/?none", `(async () => { `+until+`
			await until(() => document.querySelector('.beside'));
			const link = document.createElement('a');
			link.href = '`+words+`';
			document.querySelector('main').append(link);
			const begun = performance.now();
			link.click();
			await until(() => shown(document.querySelector('.beside mark')));
			return performance.now() - begun;
		})()`)
	}
	b.ReportMetric(page/float64(b.N), "ms/page")
	b.ReportMetric(pane/float64(b.N), "ms/pane")
	b.ReportMetric(search/float64(b.N), "ms/search")
}
