package api

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// openBrowser starts Chromium, and gives up on what does not appear.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("the tests need Chromium (run make setup): %v", err)
	}
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// A person asks on the page, reads a quotation, follows it to the transcript and
// finds the same words marked there.
func TestAskingOnThePage(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	defer server.Close()
	browser := openBrowser(t)

	var listed, text, place string
	if err := chromedp.Run(browser,
		chromedp.Navigate(server.URL),
		chromedp.Text(`#transcripts li a`, &listed),
		chromedp.SendKeys(`#question`, "Which sign stands on the chart?"),
		chromedp.Click(`#ask [type=submit]`),
		chromedp.WaitVisible(`.answer[aria-busy=false]`),
		chromedp.Text(`.answer`, &text),
		chromedp.Text(`.sources a`, &place),
		chromedp.Click(`.sources a`),
		chromedp.WaitVisible(`.record mark`),
	); err != nil {
		t.Fatal(err)
	}
	var speaker string
	var marked []string
	if err := chromedp.Run(browser,
		chromedp.Text(`.turn:has(mark) h2`, &speaker),
		chromedp.Evaluate(`[...document.querySelectorAll('mark')].map((mark) => mark.textContent)`, &marked),
	); err != nil {
		t.Fatal(err)
	}

	const title, quotation = "The Lighthouse at Gull Rock <draft>", "On the chart its sign is 🜨, and “𝔊𝔲𝔩𝔩 ℜ𝔬𝔠𝔨” stands beside it."
	if listed != title || !strings.Contains(place, title) {
		t.Errorf("the transcript is listed as %q and cited as %q; want %q", listed, place, title)
	}
	if !strings.Contains(text, quotation) {
		t.Errorf("the answer is %q; want %q in it", text, quotation)
	}
	if !slices.Equal(marked, []string{quotation}) || speaker != "Odile Marchetti" {
		t.Errorf("marked %q in a turn of %q; want %q of Odile Marchetti", marked, speaker, quotation)
	}
}
