package api

import (
	"context"
	"fmt"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// waitFor waits until an expression is true of the page, whichever it is by then.
func waitFor(t *testing.T, browser context.Context, expression string) {
	t.Helper()
	for {
		is, err := chromedp.Run(browser, chromedp.Evaluate[bool](expression))
		if browser.Err() != nil {
			t.Fatalf("%s never becomes true: %v", expression, err)
		}
		if err == nil && is { // in between there is no page
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// shown is who says what on the page of a transcript, a line for each turn.
func shown(t *testing.T, browser context.Context) []string {
	t.Helper()
	lines, err := chromedp.Run(browser, chromedp.Evaluate[[]string](`[...document.querySelectorAll('.turn')].map((turn) =>
		turn.querySelector('h2').textContent.trim() + ': ' + turn.querySelector('.words').textContent.trim().slice(0, 12))`))
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// mended opens the control of a turn, fills a form of it and waits for the new version.
func mended(t *testing.T, browser context.Context, turn, form int, fields map[string]string, then int) {
	t.Helper()
	control := fmt.Sprintf(`#turn-%d .mend`, turn)
	within := fmt.Sprintf(`#turn-%d .mending form:nth-child(%d) `, turn, form)
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(browser, steps...); err != nil {
			t.Fatal(err)
		}
	}
	before := location(t, browser)
	// With the keyboard, as the page may be scrolling to the turn still.
	do(chromedp.SendKeys(chromedp.CSS(control), " "), chromedp.WaitVisible(chromedp.CSS(within)))
	for name, value := range fields {
		fill(t, browser, within+`[name=`+name+`]`, value)
	}
	do(chromedp.SendKeys(chromedp.CSS(within+`[type=submit]`), " "))
	waitFor(t, browser, fmt.Sprintf(`location.pathname !== %q && document.querySelector('#turn-%d:target .mend') !== null`, before, then))
}

func location(t *testing.T, browser context.Context) string {
	t.Helper()
	path, err := chromedp.Run(browser, chromedp.Evaluate[string](`location.pathname`))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// fill gives an input a value, be it none.
func fill(t *testing.T, browser context.Context, selector, value string) {
	t.Helper()
	waitFor(t, browser, fmt.Sprintf(`(document.querySelector(%q).value = %q) === %[2]q`, selector, value))
}

// selecting selects the last paragraph of a turn.
func selecting(turn int) string {
	return fmt.Sprintf(`getSelection().selectAllChildren([...document.querySelectorAll('#turn-%d .words p')].at(-1)) === undefined`, turn)
}

// A reader mends who speaks in a turn, divides one before the words that they selected, and
// joins the two again: each time the page shows the new version.
func TestMendingATurnOnThePage(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	browser := openBrowser(t)
	if err := chromedp.Do(browser, chromedp.Navigate(server.URL+"/t/"+stored.ID)); err != nil {
		t.Fatal(err)
	}
	const first, question, last = "Imre Castellan: How far does", "Imre Castellan: And who pays", "Odile Marchetti: The fishing "

	mended(t, browser, 1, 1, map[string]string{"speaker": "Ann <Poe>"}, 1)
	if got, want := shown(t, browser), []string{first, "Ann <Poe>: The new lamp", question, last}; !slices.Equal(got, want) {
		t.Errorf("with another speaker the page shows %q", got)
	}

	waitFor(t, browser, selecting(1))
	mended(t, browser, 1, 2, map[string]string{"speaker": "Odile Marchetti"}, 2)
	if got, want := shown(t, browser), []string{first, "Ann <Poe>: The new lamp", "Odile Marchetti: Nobody types", question, last}; !slices.Equal(got, want) {
		t.Errorf("divided, the page shows %q", got)
	}

	mended(t, browser, 1, 3, nil, 1)
	if got, want := shown(t, browser), []string{first, "Ann <Poe>: The new lamp", question, last}; !slices.Equal(got, want) {
		t.Errorf("joined again, the page shows %q", got)
	}
	if page, err := config.Library.Get(t.Context(), stored.ID); err != nil || "/t/"+page.CurrentID != location(t, browser) {
		t.Errorf("the page is at %s, and the newest version is %s (%v)", location(t, browser), page.CurrentID, err)
	}
}

// What cannot be done is said in the API's words, beside the form.
func TestMendingInVainOnThePage(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	browser := openBrowser(t)
	const divide = `#turn-1 .mending form:nth-child(2) `
	for _, tt := range []struct{ words, want string }{
		{"lightship", "The turn does not have these words; copy them from it."},
		{"The", "The turn has these words 3 times; give more of them."},
		{"autical miles", `Split_at 111 is in the middle of the word "nautical"; divide the turn before it, at 110, or after it, at 118`},
	} {
		if err := chromedp.Do(browser,
			chromedp.Navigate(server.URL+"/t/"+stored.ID),
			chromedp.SendKeys(chromedp.CSS(`#turn-1 .mend`), " "),
			chromedp.WaitVisible(chromedp.CSS(divide)),
		); err != nil {
			t.Fatal(err)
		}
		fill(t, browser, divide+`[name=words]`, tt.words)
		if err := chromedp.Do(browser,
			chromedp.SendKeys(chromedp.CSS(divide+`[type=submit]`), " "),
			chromedp.WaitVisible(chromedp.CSS(divide+`.status:not(:empty)`)),
		); err != nil {
			t.Fatal(err)
		}
		if said := read(t, browser, divide+`.status`); said != tt.want {
			t.Errorf("%s: the page says %q; want %q", tt.words, said, tt.want)
		}
	}
}

// The title, the date and the place are mended where they stand; an old version offers
// nothing.
func TestMendingTheTitleOnThePage(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	stored := addLighthouse(t, config)
	server := httptest.NewServer(New(config))
	t.Cleanup(server.Close)
	browser := openBrowser(t)
	if err := chromedp.Do(browser,
		chromedp.Navigate(server.URL+"/t/"+stored.ID),
		chromedp.SendKeys(chromedp.CSS(`.dateline .mend`), " "),
		chromedp.WaitVisible(chromedp.CSS(`.record > header .mending`)),
	); err != nil {
		t.Fatal(err)
	}
	fill(t, browser, `.mending [name=title]`, "The Lamp")
	fill(t, browser, `.mending [name=place]`, "")
	if err := chromedp.Do(browser, chromedp.SendKeys(chromedp.CSS(`.mending [type=submit]`), " ")); err != nil {
		t.Fatal(err)
	}
	waitFor(t, browser, fmt.Sprintf(`location.pathname !== '/t/%s' && document.querySelector('.dateline .mend') !== null && document.querySelector('h1').textContent.trim() === 'The Lamp'`, stored.ID))
	newest, err := config.Library.Get(t.Context(), location(t, browser)[len("/t/"):])
	if err != nil || newest.Date != "2026-02-17" || newest.Place != "" || len(newest.Corrections) != 1 || newest.Corrections[0].Date.Given {
		t.Errorf("the newest version is %+v (%v)", newest, err)
	}
	if err := chromedp.Do(browser, chromedp.Navigate(server.URL+"/t/"+stored.ID), chromedp.WaitVisible(chromedp.CSS(`.notice`))); err != nil {
		t.Fatal(err)
	}
	if offered, err := chromedp.Run(browser, chromedp.Evaluate[int](`document.querySelectorAll('.mend').length`)); err != nil || offered != 0 {
		t.Errorf("an old version offers %d controls (%v)", offered, err)
	}
}
