package api

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/pullquote/pullquote/retrieval"
)

// council is a transcript that nobody has to think about.
const council = "The Harbour Council, 3 March 2025\n\nMS. QUIST: Who pays for the crane?\n\nMR. HALIM: The port pays half of it, and the county the rest.\n\nMS. QUIST: When will it stand?\n\nMR. HALIM: In the autumn.\n"

// harbour is a server that can be gone, and a browser on it.
type harbour struct {
	*testing.T
	config  Config
	url     string
	browser context.Context
	gone    atomic.Bool
	slow    atomic.Bool  // uploads are not answered
	uploads atomic.Int32 // that were sent to the server
	dir     string
}

func openHarbour(t *testing.T, config Config) *harbour {
	t.Helper()
	h := serveHarbour(t, config)
	h.enter(openBrowser(t))
	return h
}

// serveHarbour is a harbour without a browser.
func serveHarbour(t *testing.T, config Config) *harbour {
	t.Helper()
	h := &harbour{T: t, config: config, dir: t.TempDir()}
	handler := New(config)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.gone.Load() {
			panic(http.ErrAbortHandler)
		}
		if r.Method == http.MethodPost && r.URL.Path == "/v1/transcripts" {
			h.uploads.Add(1)
			if h.slow.Load() {
				_, _ = io.Copy(io.Discard, r.Body)
				<-r.Context().Done()
				return
			}
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

// enter has a window note what its policy refuses.
func (h *harbour) enter(window context.Context) {
	h.Helper()
	h.browser = window
	if _, err := chromedp.Call(h.browser, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.violations = []; addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI), true);`,
	}); err != nil {
		h.Fatal(err)
	}
}

func (h *harbour) do(actions ...chromedp.Action[chromedp.Void]) {
	h.Helper()
	if err := chromedp.Do(h.browser, actions...); err != nil {
		h.Fatal(err)
	}
}

// open opens a page and waits until it has an element.
func (h *harbour) open(path, selector string) {
	h.Helper()
	h.do(chromedp.Navigate(h.url+path), chromedp.WaitVisible(chromedp.CSS(selector)))
}

// press presses a button with the keyboard.
func (h *harbour) press(selector string) {
	h.Helper()
	h.do(chromedp.SendKeys(chromedp.CSS(selector), " "))
}

// fill puts a value into a field as typing does.
func (h *harbour) fill(selector, value string) {
	h.Helper()
	h.wait(fmt.Sprintf(`(() => {
		const field = document.querySelector(%q);
		field.value = %q;
		return field.dispatchEvent(new Event('input', { bubbles: true })) && field.dispatchEvent(new Event('change', { bubbles: true }));
	})()`, selector, value))
}

func (h *harbour) wait(expression string) {
	h.Helper()
	waitFor(h.T, h.browser, expression)
}

func (h *harbour) text(selector string) string {
	h.Helper()
	return read(h.T, h.browser, selector)
}

func (h *harbour) file(name, content string) string {
	h.Helper()
	path := filepath.Join(h.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		h.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		h.Fatal(err)
	}
	return path
}

// drop drops files and folders on the middle of the page.
func (h *harbour) drop(paths ...string) {
	h.Helper()
	for _, step := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		if _, err := chromedp.Call(h.browser, input.DispatchDragEvent, input.DispatchDragEventParams{
			Type: step, X: 400, Y: 300, Data: &input.DragData{Items: []*input.DragDataItem{}, Files: paths, DragOperationsMask: 1},
		}); err != nil {
			h.Fatal(err)
		}
	}
}

// choose chooses files in the page's own field.
func (h *harbour) choose(paths ...string) {
	h.Helper()
	h.do(chromedp.SetUploadFiles(chromedp.CSS(`main [data-upload]`), paths))
}

// chooseMore chooses files in the dialog.
func (h *harbour) chooseMore(paths ...string) {
	h.Helper()
	h.do(chromedp.SetUploadFiles(chromedp.CSS(`.uploads [data-upload]`), paths))
}

func (h *harbour) stored(collection string) []retrieval.StoredTranscript {
	h.Helper()
	list, err := h.config.Library.List(h.Context(), retrieval.ListQuery{Collection: collection, Limit: 50})
	if err != nil {
		h.Fatal(err)
	}
	return list.Transcripts
}

// states are the files of the dialog with what became of them.
func (h *harbour) states() []string {
	h.Helper()
	states, err := chromedp.Run(h.browser, chromedp.Evaluate[[]string](`[...document.querySelectorAll('.files > li')].map((row) =>
		(row.querySelector('.name')?.textContent ?? '') + ': ' + row.className)`))
	if err != nil {
		h.Fatal(err)
	}
	slices.Sort(states)
	return states
}

// settled waits until no file is on its way.
func (h *harbour) settled(files int) {
	h.Helper()
	h.wait(fmt.Sprintf(`document.querySelectorAll('.files > li').length >= %d && document.querySelector('.files > :is(.waiting, .reading, .keeping)') === null`, files))
}

// Files and a folder are dropped on a page that has another purpose. How each is read is
// shown while nothing is stored; then they are kept at once.
func TestDroppingFilesOnAnyPage(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/", "/verify", "/mentions", "/docs", "/t/nothing"} {
		t.Run(path, func(t *testing.T) {
			h := openHarbour(t, newConfig(t))
			h.open(path, `.wordmark`)
			h.wait(`document.querySelector('dialog.uploads') !== null`)
			h.file("folder/inner/b.txt", strings.ReplaceAll(council, "crane", "dredger"))
			h.file("folder/.hidden", "nothing")
			h.drop(h.file("a.txt", council), filepath.Join(h.dir, "folder"))
			h.settled(3)
			if got, want := h.states(), []string{": left", "a.txt: read", "folder/inner/b.txt: read"}; !slices.Equal(got, want) {
				t.Fatalf("the files are %q; want %q", got, want)
			}
			preview := h.text(`.files .read`)
			for _, part := range []string{"4 turns", "2 speakers", "Ms. Quist", "No full name was found", "Who pays for the crane?"} {
				if !strings.Contains(preview, part) {
					t.Errorf("the preview lacks %q:\n%s", part, preview)
				}
			}
			if hidden := h.text(`.files > .left`); hidden != "1 hidden file passed over." {
				t.Errorf("of the hidden file it says %q", hidden)
			}
			if stored := h.stored("default"); len(stored) != 0 {
				t.Fatalf("%d transcripts are stored before they are kept", len(stored))
			}
			h.press(`.uploads footer .primary`)
			h.wait(`document.querySelectorAll('.files .kept').length === 2`)
			if stored := h.stored("default"); len(stored) != 2 || stored[0].TurnCount != 4 {
				t.Errorf("stored are %+v", stored)
			}
		})
	}
}

// Whoever adds to the record on the ask page comes to ask it: the dialog goes, the field has the
// focus, what was kept can be asked in its collection, and examples come from it. Elsewhere the
// way there is the next press, also where something was not taken.
func TestKeepingLeadsOnToAsking(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, collection string }{{"into the record", ""}, {"into a collection of its own", "harbours"}} {
		t.Run(test.name, func(t *testing.T) {
			h := openHarbour(t, newConfig(t))
			h.open("/", `#empty`)
			h.choose(h.file("a.txt", council))
			h.settled(1)
			if test.collection != "" {
				h.fill(`.into input`, test.collection)
			}
			h.press(`.uploads footer button.primary`)
			h.wait(`!document.querySelector('dialog.uploads').open && document.activeElement.id === 'question'`)
			if got, want := h.text(`#added`), "Kept: The Harbour Council, 3 March 2025. What would you like to know?"; got != want {
				t.Errorf("it says %q; want %q", got, want)
			}
			h.wait(`document.querySelector('#examples:not([hidden]) button')?.textContent === 'Who pays for the crane?'`)
			h.do(chromedp.SendKeys(chromedp.CSS(`#question`), "When will the crane stand?"+kb.Enter))
			h.wait(`document.querySelector('.answer[aria-busy=false]')?.textContent.includes('In the autumn.')`)
			h.wait(`document.querySelector('#added').textContent === ''`)
		})
	}

	h := openHarbour(t, newConfig(t))
	h.open("/library", `#find`)
	h.choose(h.file("a.txt", council), h.file("empty.txt", ""))
	h.settled(2)
	h.fill(`.into input`, "harbours")
	h.press(`.uploads footer button.primary`)
	h.wait(`document.activeElement.matches('.uploads footer a.primary')`)
	h.do(chromedp.SendKeys(chromedp.CSS(`.uploads footer a.primary`), kb.Enter))
	h.wait(`location.pathname === '/' && document.querySelector('#filters-set')?.textContent.includes('harbours')`)
}

// The title, the date and the collection are set before a file is kept; one is left out and
// taken back; the dialog is closed on what waits, and says so.
func TestDecidingOnAFile(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	h.open("/library", `#find`)
	h.choose(h.file("a.txt", council))
	h.settled(1)
	h.fill(`.into input`, "harbours")
	h.settled(1)
	h.fill(`.files [name=title]`, "The Crane")
	h.fill(`.files [name=date]`, "2025-04-05")
	h.press(`.files .row .plain`)
	h.wait(`document.querySelector('.files .left') !== null`)
	h.press(`.files .left .plain`)
	h.wait(`document.querySelector('.files .read') !== null`)
	h.press(`.uploads header .plain`)
	h.wait(`document.querySelector('button.waiting:not([hidden])')?.textContent === '1 file waiting'`)
	h.wait(`(() => { const leaving = new Event('beforeunload', { cancelable: true }); dispatchEvent(leaving); return leaving.defaultPrevented; })()`)
	h.press(`button.waiting`)
	h.press(`.files .primary`)
	h.wait(`document.querySelector('.files .kept') !== null`)
	h.wait(`(() => { const leaving = new Event('beforeunload', { cancelable: true }); dispatchEvent(leaving); return !leaving.defaultPrevented; })()`)
	stored := h.stored("harbours")
	if len(stored) != 1 || stored[0].Title != "The Crane" || stored[0].Date != "2025-04-05" {
		t.Errorf("stored is %+v", stored)
	}
	h.wait(`document.querySelector('#transcripts li a')?.textContent === 'The Crane' && document.querySelector('#find select').value === 'harbours'`)
}

// What cannot be a transcript says so and why, beside what can; what is too large is not sent.
func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	config.MaxUpload = 1 << 20
	var nothing bytes.Buffer
	zip.NewWriter(&nothing).Close()
	for name, test := range map[string]struct {
		content, want string
		sent          int32
	}{
		"picture.png": {"\x89PNG\r\n\x1a\n0000", "picture", 1},
		"empty.txt":   {"", "The file is empty.", 0},
		"nothing.zip": {nothing.String(), "nothing in it", 1},
		"large.txt":   {strings.Repeat("MS. QUIST: More.\n\n", 100_000), "takes up to 1 MiB. It was not sent", 0},
		"half.pdf":    {"%PDF-1.7\n\xe2\xe3", "PDF", 1},
	} {
		t.Run(name, func(t *testing.T) {
			h := openHarbour(t, config)
			h.open("/library", `#find`)
			h.choose(h.file(name, test.content), h.file("good.txt", council))
			h.settled(2)
			if got := h.text(`.files .failed .problem`); !strings.Contains(got, test.want) {
				t.Errorf("it says %q; want %q", got, test.want)
			}
			if sent := h.uploads.Load(); sent != test.sent+1 {
				t.Errorf("%d files were sent; want %d", sent, test.sent+1)
			}
			if again, err := chromedp.Run(h.browser, chromedp.Evaluate[int](`document.querySelectorAll('.files .failed .quiet').length`)); err != nil || again != 0 {
				t.Errorf("it can be tried again in vain: %d, %v", again, err)
			}
			if states := h.states(); !slices.Contains(states, "good.txt: read") {
				t.Errorf("the file beside it: %q", states)
			}
		})
	}
}

// The same file twice, one that is there already, and one that would be a new version.
func TestFilesThatAreThere(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	add(t, h.config, "council.txt", []byte(council))
	h.open("/library", `#transcripts li`)
	edited := council + "\nMS. QUIST: Thank you.\n"
	h.choose(h.file("same.txt", council))
	h.settled(1)
	if got := h.text(`.files .present`); !strings.Contains(got, "Is in the record already: The Harbour Council") {
		t.Errorf("of a file that is there it says %q", got)
	}
	h.chooseMore(h.file("council.txt", edited), h.file("twin.txt", edited))
	h.settled(3)
	if got := h.text(`.files .read .notice`); !strings.Contains(got, "Becomes a new version of The Harbour Council") {
		t.Errorf("of a new version it says %q", got)
	}
	if got := h.text(`.files > li:last-child`); !strings.Contains(got, "The same file as council.txt above") {
		t.Errorf("of its twin it says %q", got)
	}
	h.press(`.files .read .row .plain`) // leaves the first out
	h.wait(`document.querySelector('.files > li:last-child').className === 'read'`)
	h.press(`.files .left .plain`)
	h.wait(`document.querySelector('.files > li:last-child').className === 'present'`)
	if stored := h.stored("default"); len(stored) != 1 || stored[0].Version != 1 {
		t.Errorf("stored is %+v", stored)
	}
}

// When the server goes midway, what was kept stays, and the rest says so and is tried again.
func TestServerGoneMidway(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	h.open("/library", `#find`)
	h.choose(h.file("a.txt", council), h.file("b.txt", strings.ReplaceAll(council, "crane", "dredger")), h.file("c.txt", strings.ReplaceAll(council, "crane", "ferry")))
	h.settled(3)
	h.press(`.files li:nth-child(1) .primary`)
	h.wait(`document.querySelector('.files .kept') !== null`)
	h.gone.Store(true)
	h.press(`.uploads footer .primary`)
	h.wait(`document.querySelectorAll('.files .failed').length === 2`)
	if got := h.text(`.files .failed .problem`); !strings.Contains(got, "cannot be reached") || !strings.Contains(got, "What was kept stays") {
		t.Errorf("it says %q", got)
	}
	h.gone.Store(false)
	h.press(`.uploads footer .quiet`)
	h.wait(`document.querySelectorAll('.files .read').length === 2`)
	h.press(`.uploads footer .primary`)
	h.wait(`document.querySelectorAll('.files .kept').length === 3`)
	if stored := h.stored("default"); len(stored) != 3 {
		t.Errorf("%d transcripts are stored", len(stored))
	}
}

// What is on its way is stopped, and taken back; whoever leaves meanwhile is asked, and nothing
// is half kept.
func TestStoppingAnUpload(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	h.open("/library", `#find`)
	h.slow.Store(true)
	h.choose(h.file("a.txt", council))
	h.wait(`document.querySelector('.files .reading progress')?.value === 1`)
	h.press(`.files .reading .plain`)
	h.wait(`document.querySelector('.files .left') !== null`)
	h.slow.Store(false)
	h.press(`.files .left .plain`)
	h.wait(`document.querySelector('.files .read') !== null`)
	h.slow.Store(true)
	h.press(`.files .primary`)
	h.press(`.files .keeping .plain`)
	h.wait(`document.querySelector('.files .failed .problem')?.textContent.startsWith('Stopped while it was being kept')`)
	h.slow.Store(false)
	h.press(`.files .failed .quiet`)
	h.wait(`document.querySelector('.files .read') !== null`)
	h.slow.Store(true)
	h.press(`.files .primary`)
	h.wait(`document.querySelector('.files .keeping progress')?.value === 1`)
	h.wait(`(() => { const leaving = new Event('beforeunload', { cancelable: true }); dispatchEvent(leaving); return leaving.defaultPrevented; })()`)
	if stored := h.stored("default"); len(stored) != 0 {
		t.Errorf("stored is %+v", stored)
	}
}

// A newcomer adds a first transcript from the page that opens, with the keyboard alone, and asks it.
func TestFirstUploadByKeyboard(t *testing.T) {
	t.Parallel()
	h := openHarbour(t, newConfig(t))
	h.open("/", `#empty`)
	h.tabTo(`document.activeElement.matches('#empty [data-upload]')`)
	h.do(chromedp.SetUploadFiles(chromedp.CSS(`#empty [data-upload]`), []string{h.file("a.txt", council)}))
	h.settled(1)
	h.tabTo(`document.activeElement.textContent === 'Keep'`)
	h.do(chromedp.KeyEvent(kb.Enter))
	h.wait(`document.querySelector('.files .kept') !== null && document.querySelector('#empty').hidden`)
	h.do(chromedp.KeyEvent(kb.Escape))
	h.wait(`document.querySelector('dialog[open]') === null`)
	h.do(chromedp.SendKeys(chromedp.CSS(`#question`), "Who pays for the crane?"+kb.Enter), chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false] q`)))
}

// tabTo presses Tab until the focus is where it is wanted.
func (h *harbour) tabTo(reached string) {
	h.Helper()
	for presses := 1; presses <= 15; presses++ {
		h.do(chromedp.KeyEvent(kb.Tab))
		if there, err := chromedp.Run(h.browser, chromedp.Evaluate[bool](reached)); err == nil && there {
			h.Logf("%s after %d tabs", reached, presses)
			return
		}
	}
	h.Fatalf("the keyboard does not reach %s", reached)
}
