package api

import (
	"context"
	"fmt"

	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// addTo stores a transcript of a speaker in a collection.
func (h *harbour) addTo(collection, title, speaker, date string) retrieval.StoredTranscript {
	h.Helper()
	data := fmt.Sprintf(`{"title":%q,"date":%q,"turns":[{"speaker":%q,"role":"statement","text":"The crane %s stands."}]}`, title, date, speaker, title)
	stored, _, err := h.config.Library.Add(h.Context(), retrieval.AddRequest{Data: []byte(data), Collection: collection, Options: transcript.Options{Filename: strings.ToLower(title) + ".json"}})
	if err != nil {
		h.Fatal(err)
	}
	return stored
}

// listed are the titles on the page, once it has as many.
func (h *harbour) listed(n int) []string {
	h.Helper()
	h.wait(fmt.Sprintf(`document.querySelector('#library').ariaBusy === 'false' && document.querySelectorAll('#transcripts > li').length === %d`, n))
	titles, err := chromedp.Run(h.browser, chromedp.Evaluate[[]string](`[...document.querySelectorAll('#transcripts > li > a')].map((link) => link.textContent)`))
	if err != nil {
		h.Fatal(err)
	}
	return titles
}

// The transcripts are found by title, speaker and file, put in order, and read on page by page;
// the address keeps what was asked.
func TestFindingTranscriptsOnThePage(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	h.addTo("default", "Beacon", "Zoë Núñez", "2024-03-01")
	h.addTo("default", "Anchor", "Ada Quist", "2025-03-01")
	for i := range 26 {
		h.addTo("many", fmt.Sprintf("Tide %02d", i), "Ada Quist", "2025-03-01")
	}
	h.open("/library", `#transcripts li`)
	if got := h.listed(2); !slices.Equal(got, []string{"Anchor", "Beacon"}) {
		t.Errorf("the newest first: %q", got)
	}
	h.fill(`#find [name=order]`, "date")
	h.wait(`document.querySelector('#transcripts a').textContent === 'Beacon'`)
	h.fill(`#find [name=words]`, "nunez")
	if got := h.listed(1); got[0] != "Beacon" {
		t.Errorf("nunez finds %q", got)
	}
	h.do(chromedp.Reload())
	if got := h.listed(1); got[0] != "Beacon" {
		t.Errorf("after a reload there is %q", got)
	}
	h.fill(`#find [name=words]`, "walrus")
	h.wait(`document.querySelector('#said').textContent === 'No title, speaker or file has these words.'`)
	h.open("/library?collection=many&words=tide+0&order=-title", `#transcripts li`)
	h.listed(12)
	h.do(chromedp.Click(chromedp.CSS(`#transcripts a`)), chromedp.WaitVisible(chromedp.CSS(`main.record`)), chromedp.NavigateBack())
	if got := h.listed(12); got[0] != "Tide 20" {
		t.Errorf("after Back there is %q", got)
	}
	h.open("/library?collection=many&order=title", `#transcripts li`)
	h.listed(25)
	h.press(`#more`)
	if got := h.listed(26); got[25] != "Tide 25" {
		t.Errorf("the last is %q", got[25])
	}
	h.wait(`document.activeElement.textContent === 'Tide 25'`)
	h.open("/library?collection=nowhere", `#transcripts li`)
	if got := h.text(`#said`); !strings.Contains(got, "The collection nowhere is not there") {
		t.Errorf("of a collection that is gone it says %q", got)
	}
}

// A title, a date and a place are edited in place. In a second window, where the transcript is
// as it was, the change is told and shown.
func TestEditingATranscriptInTwoWindows(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	old := h.addTo("default", "Beacon", "Ada Quist", "2024-03-01")
	h.open("/library", `#transcripts li`)
	h.press(`#transcripts .row .plain`)
	h.fill(`#transcripts [name=title]`, "The Beacon")
	h.fill(`#transcripts [name=place]`, "Sandmouth")
	// Meanwhile, elsewhere:
	edited, _, err := h.config.Library.Edit(t.Context(), old.ID, correction.Facts{Date: correction.Set("2024-03-02")})
	if err != nil {
		t.Fatal(err)
	}
	h.press(`#transcripts form .quiet`)
	h.wait(`document.querySelector('#said').textContent.startsWith('It was changed meanwhile')`)
	if got := h.text(`#transcripts small`); !strings.Contains(got, "2 March 2024") {
		t.Errorf("it is shown as %q", got)
	}
	h.press(`#transcripts .row .plain`)
	h.fill(`#transcripts [name=title]`, "The Beacon")
	h.press(`#transcripts form .quiet`)
	h.wait(`document.querySelector('#transcripts a').textContent === 'The Beacon'`)
	newest, err := h.config.Library.Get(t.Context(), edited.ID)
	if err != nil || newest.CurrentID == edited.ID {
		t.Errorf("the edit made no version: %+v, %v", newest, err)
	}
}

// Deleting asks first, with what goes; Escape keeps it. What was deleted in another window is said.
func TestDeletingTranscriptsOnThePage(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	kept, gone := h.addTo("default", "Anchor", "Ada Quist", "2025-03-01"), h.addTo("default", "Beacon", "Ada Quist", "2024-03-01")
	h.open("/library?order=title", `#transcripts li`)
	remove := `#transcripts li:nth-child(2) .row .plain:nth-child(2)`
	h.press(remove)
	if asked := h.text(`dialog.confirm`); !strings.Contains(asked, "Beacon") || !strings.Contains(asked, "with its 1 turn,") || !strings.Contains(asked, "cannot be undone") {
		t.Errorf("it asks %q", asked)
	}
	h.wait(`document.activeElement.textContent === 'Cancel'`)
	h.press(`.confirm .quiet`)
	h.wait(`document.querySelector('dialog.confirm') === null`)
	h.listed(2)
	h.press(remove)
	h.press(`.confirm .primary`)
	h.listed(1)
	if _, err := h.config.Library.Get(t.Context(), gone.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("it is still there: %v", err)
	}
	if err := h.config.Library.Delete(t.Context(), kept.ID); err != nil { // elsewhere
		t.Fatal(err)
	}
	h.press(`#transcripts .row .plain:nth-child(2)`)
	h.press(`.confirm .primary`)
	h.wait(`document.querySelector('#said').textContent.startsWith('Anchor: deleted meanwhile')`)
	h.listed(0)
}

// A collection is renamed, refused a name that is taken, and deleted after it was said what goes.
func TestCollectionsOnThePage(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	h.addTo("default", "Anchor", "Ada Quist", "2025-03-01")
	h.addTo("ports", "Beacon", "Noor Halim", "2024-03-01")
	h.open("/library?collection=ports", `#transcripts li`)
	h.press(`#about .plain:nth-of-type(2)`)
	h.fill(`#about [name=name]`, "default")
	h.press(`#about form .quiet`)
	h.wait(`document.querySelector('#about .problem')?.textContent !== ''`)
	h.fill(`#about [name=name]`, "harbours")
	h.press(`#about form .quiet`)
	h.wait(`document.querySelector('#find select').value === 'harbours' && document.querySelector('#said').textContent.includes('harbours now')`)
	h.listed(1)
	h.press(`#about .plain:nth-of-type(3)`)
	if asked := h.text(`dialog.confirm`); !strings.Contains(asked, "harbours") || !strings.Contains(asked, "1 transcript and 1 turn,") {
		t.Errorf("it asks %q", asked)
	}
	h.press(`.confirm .primary`)
	h.wait(`document.querySelector('#find select').value === 'default' && document.querySelector('#said').textContent === 'Deleted: the collection harbours, with 1 transcript.'`)
	if all, err := h.config.Library.Collections(t.Context()); err != nil || len(all) != 1 || all[0].Name != "default" {
		t.Errorf("the collections are %+v, %v", all, err)
	}
}

// Two names become one person, who is called by a third, and are taken apart again.
func TestPeopleOnThePage(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	h.addTo("default", "Anchor", "Ada Quist", "2025-03-01")
	h.addTo("default", "Beacon", "A. Quist", "2024-03-01")
	people := func(names ...string) {
		t.Helper()
		h.wait(fmt.Sprintf(`[...document.querySelectorAll('.speakers bdi')].map((name) => name.textContent).join('|') === %q`, strings.Join(names, "|")))
	}
	h.open("/library", `#transcripts li`)
	h.press(`#about .plain:nth-of-type(1)`)
	people("A. Quist", "Ada Quist")
	h.press(`.speakers li:nth-child(2) .plain`)
	h.fill(`.speakers [name=name]`, "Ada Marie Quist")
	h.fill(`.speakers [name=same]`, "A. Quist")
	h.press(`.speakers form .quiet`)
	people("Ada Marie Quist")
	h.press(`.speakers li .plain`)
	h.press(`.speakers form > .plain`)
	h.wait(`document.querySelectorAll('.speakers bdi').length === 2`)
}

// What transcripts, speakers, files and collections are called is shown as it is written: no
// part of it runs, is loaded or becomes an element.
func TestHostileNamesOnThePage(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	const markup = `<img src=x onerror=window.ran=1><script>window.ran=1</script>`
	h.addTo("default", "Anchor "+markup, "Ada "+markup+" Quist", "2025-03-01")
	h.open("/library", `#transcripts li`)
	h.press(`#about .plain:nth-of-type(1)`)
	h.wait(`document.querySelector('.speakers li') !== null`)
	h.press(`#transcripts .row .plain:nth-child(2)`)
	if asked := h.text(`dialog.confirm`); !strings.Contains(asked, "<img src=x onerror=") {
		t.Errorf("the dialog lost the name: %q", asked)
	}
	h.press(`.confirm .quiet`)
	h.choose(h.file("<img src=x onerror=window.ran=1>.json", `{"title":"`+markup+`","turns":[{"speaker":"Mr. `+markup+`","text":"`+markup+`"}]}`))
	h.settled(1)
	h.press(`.files .primary`)
	h.wait(`document.querySelector('.files .kept') !== null`)
	ran, err := chromedp.Run(h.browser, chromedp.Evaluate[string](`JSON.stringify([window.ran ?? 0, document.querySelectorAll('img, body script').length, window.violations])`))
	if err != nil || ran != "[0,0,[]]" {
		t.Errorf("scripts that ran, elements that were made, violations: %s (%v)", ran, err)
	}
	h.open("/t/"+strings.ReplaceAll("%3Cimg src=x onerror=window.ran=1%3E", " ", "%20"), `h1`)
	if got := h.text(`.detail`); !strings.Contains(got, "<img src=x") {
		t.Errorf("the page of the problem says %q", got)
	}
}

// Every page has one h1, a name for whatever can be pressed or filled in, one form of masthead, a way
// past it with the keyboard, and fits a narrow screen.
func TestPagesFitAndAreNamed(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	h.addTo("default", strings.Repeat("Harbour", 20), "Ada Quist", "2025-03-01")
	h.do(chromedp.EmulateViewport(360, 740))
	for _, path := range []string{"/", "/library", "/verify", "/mentions", "/docs", "/nothing"} {
		h.open(path, `h1`)
		h.wait(`document.querySelector('dialog.uploads') !== null`)
		if path == "/library" {
			h.listed(1)
			h.press(`#transcripts .row .plain`)
		}
		told, err := chromedp.Run(h.browser, chromedp.Evaluate[string](`[
			document.querySelectorAll('h1').length,
			[...document.querySelectorAll('.masthead nav a:not([id])')].map((link) => link.textContent).join(', '),
			[...document.querySelectorAll('main input, main select, main textarea, dialog input')].filter((field) => !field.labels?.length && !field.ariaLabel).length,
			[...document.querySelectorAll('main button')].filter((button) => !button.textContent && !button.ariaLabel && button.checkVisibility()).length,
			document.documentElement.scrollWidth > innerWidth ? 'wide' : 'fits',
			document.querySelector(document.querySelector('body a').hash).contains(document.querySelector('h1')) ? 'skips' : 'goes through all',
		].join('; ')`))
		if want := "1; Ask a question, Transcripts, Mentions, Clippings, Check a draft; 0; 0; fits; skips"; err != nil || told != want {
			t.Errorf("%s: %s (%v); want %s", path, told, err, want)
		}
	}
}

// On paper the list stands without what can only be pressed.
func TestLibraryOnPaper(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	h.addTo("default", "Anchor", "Ada Quist", "2025-03-01")
	h.open("/library", `#transcripts li`)
	if _, err := chromedp.Call(h.browser, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	h.wait(`document.querySelector('#transcripts a').checkVisibility() && !document.querySelector('#transcripts button').checkVisibility() && !document.querySelector('.drop').checkVisibility()`)
}

// A browser gets an error as a page with a way on, a program as a problem.
func TestProblemsAsPages(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	broken := config
	broken.Library = panickingLibrary{config.Library}
	for name, test := range map[string]struct {
		config           Config
		method, target   string
		status           int
		heading, details string
	}{
		"no such page":       {config, "GET", "/a/b/nothing", 404, "There is nothing here", `href="../../library"`},
		"no such transcript": {config, "GET", "/t/%3Cb%3E", 404, "There is nothing here", "&lt;b&gt;"},
		"another method":     {config, "DELETE", "/verify", 405, "This cannot be done here", "use GET, HEAD"},
		"a wrong query":      {config, "GET", "/v1/transcripts?limit=many", 422, "This did not work", "Go to the first page"},
		"a failure":          {broken, "GET", "/v1/transcripts", 500, "Something went wrong", "in the log as"},
	} {
		t.Run(name, func(t *testing.T) {
			handler := New(test.config)
			r := httptest.NewRequestWithContext(t.Context(), test.method, test.target, nil)
			r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
			recorded := httptest.NewRecorder()
			handler.ServeHTTP(recorded, r)
			body := recorded.Body.String()
			if recorded.Code != test.status || !strings.Contains(body, "<h1>"+test.heading+"</h1>") || !strings.Contains(body, test.details) || strings.Contains(body, "<b>") {
				t.Errorf("status %d:\n%s", recorded.Code, body)
			}
			r = httptest.NewRequestWithContext(t.Context(), test.method, test.target, nil)
			recorded = httptest.NewRecorder()
			handler.ServeHTTP(recorded, r)
			if kind := recorded.Header().Get("Content-Type"); recorded.Code != test.status || kind != "application/problem+json" {
				t.Errorf("a program gets %d as %s", recorded.Code, kind)
			}
		})
	}
}

// panickingLibrary fails as a defect does.
type panickingLibrary struct{ Library }

func (panickingLibrary) List(context.Context, retrieval.ListQuery) (retrieval.Page, error) {
	panic("a defect")
}
