package api

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

const pierCaptions = `WEBVTT - The hearing on the pier

00:00:01.000 --> 00:00:03.000
<v Ada Roe>Who keeps the lantern of the pier?

00:00:03.500 --> 00:00:07.000
<v Jon Elm>The town did, for a hundred years.

00:00:11.250 --> 00:00:15.000
<v Jon Elm>Since May the lantern is kept by volunteers.

00:00:15.500 --> 00:00:17.000
<v Ada Roe>Thank you.
`

// silence is a WAV of so many seconds.
func silence(seconds int) []byte {
	const rate = 8_000 // of a byte each
	size := seconds * rate
	var b bytes.Buffer
	b.WriteString("RIFF")
	binary.Write(&b, binary.LittleEndian, uint32(36+size))
	b.WriteString("WAVEfmt ")
	binary.Write(&b, binary.LittleEndian, []uint32{16})
	binary.Write(&b, binary.LittleEndian, []uint16{1, 1})
	binary.Write(&b, binary.LittleEndian, []uint32{rate, rate})
	binary.Write(&b, binary.LittleEndian, []uint16{1, 8})
	b.WriteString("data")
	binary.Write(&b, binary.LittleEndian, uint32(size))
	b.Write(bytes.Repeat([]byte{128}, size))
	return b.Bytes()
}

// serveRecording serves a WAV in front of a handler, in the parts that a player asks for.
func serveRecording(t *testing.T, rest http.Handler) *httptest.Server {
	t.Helper()
	file := silence(20)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/pier.wav" {
			http.ServeContent(w, r, "pier.wav", time.Time{}, bytes.NewReader(file))
			return
		}
		rest.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// addPier stores the hearing on the pier with a link to its recording.
func addPier(t *testing.T, config Config, link string) retrieval.StoredTranscript {
	t.Helper()
	stored, _, err := config.Library.Add(t.Context(), retrieval.AddRequest{Data: []byte(pierCaptions), Options: transcript.Options{Filename: "pier.vtt", Media: link}})
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

// Whoever reads an answer hears the quotation: its card leads to its second, and so does the
// player on the transcript's page, where the time at each turn moves it.
func TestHearingTheQuotation(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	server := serveRecording(t, New(config))
	addPier(t, config, server.URL+"/pier.wav")
	browser := openBrowser(t)
	if err := chromedp.Do(browser,
		chromedp.Navigate(server.URL),
		chromedp.SendKeys(chromedp.CSS(`#question`), "Since when is the lantern kept by volunteers?"),
		chromedp.Click(chromedp.CSS(`#ask [type=submit]`)),
		chromedp.WaitVisible(chromedp.CSS(`.answer[aria-busy=false]`)),
	); err != nil {
		t.Fatal(err)
	}
	link, err := chromedp.Run(browser, chromedp.Evaluate[string](`[...document.querySelectorAll('.sources .hear')].map((a) => a.textContent + ' ' + a.href).join('\n')`))
	if want := "Hear it at 0:11 " + server.URL + "/pier.wav#t=11.25"; err != nil || !strings.Contains(link, want) {
		t.Fatalf("the cards lead to %q (%v), want %q", link, err, want)
	}
	if err := chromedp.Do(browser,
		chromedp.Click(chromedp.CSS(`.sources li:has(.hear[href$="#t=11.25"]) .where > a`)),
		chromedp.WaitVisible(chromedp.CSS(`.record mark`)),
	); err != nil {
		t.Fatal(err)
	}
	waitFor(t, browser, `document.querySelector('audio#recording').currentTime === 11.25`)
	if _, err := chromedp.Run(browser, chromedp.Evaluate[bool](`document.querySelector('#turn-0 .moment').click(), true`)); err != nil { // wherever it is scrolled to
		t.Fatal(err)
	}
	waitFor(t, browser, `Math.abs(document.querySelector('#recording').currentTime - 1) < 5`)
	if moments, err := chromedp.Run(browser, chromedp.Evaluate[string](`[...document.querySelectorAll('.moment')].map((a) => a.textContent).join(' ')`)); err != nil || moments != "0:01 0:03 0:15" {
		t.Errorf("the turns have the times %q (%v)", moments, err)
	}
}

// A file of another origin is linked, until that origin is configured.
func TestRecordingsOfOtherOrigins(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	other := serveRecording(t, http.NotFoundHandler())
	stored := addPier(t, config, other.URL+"/pier.wav")
	server := serveRecording(t, New(config))
	browser := openBrowser(t)
	if err := chromedp.Do(browser, chromedp.Navigate(server.URL+"/t/"+stored.ID), chromedp.WaitVisible(chromedp.CSS(`.recording`))); err != nil {
		t.Fatal(err)
	}
	if told := read(t, browser, `.recording`); !strings.Contains(told, "PULLQUOTE_MEDIA_ORIGINS="+other.URL) {
		t.Errorf("the page says %q", told)
	}
	// Even an element that something else puts there loads nothing.
	refused, err := chromedp.Run(browser, chromedp.Evaluate[bool](`new Promise((done) => {
		const audio = new Audio('`+other.URL+`/pier.wav');
		audio.onerror = () => done(true);
		audio.onloadedmetadata = () => done(false);
	})`, chromedp.EvalAwaitPromise))
	if err != nil || !refused {
		t.Errorf("the browser loads what was not configured (%v)", err)
	}

	config.MediaOrigins = []string{other.URL}
	server = serveRecording(t, New(config))
	if err := chromedp.Do(browser, chromedp.Navigate(server.URL+"/t/"+stored.ID)); err != nil {
		t.Fatal(err)
	}
	waitFor(t, browser, `document.querySelector('audio#recording')?.readyState >= 1`)
}

// What the page shows of a recording depends on where it is.
func TestRecordingOnThePage(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	config.MediaOrigins = []string{"https://media.example"}
	handler := New(config)
	for i, tt := range []struct {
		name, link, has string
		never           string
	}{
		{"a file of ours", "http://example.com/pier.mp3", `<audio id="recording" controls preload="metadata" src="http://example.com/pier.mp3#t=11.25">`, "PULLQUOTE_MEDIA_ORIGINS"},
		{"a file of a configured origin", "https://media.example/pier.webm", `<video id="recording" controls preload="metadata" src="https://media.example/pier.webm#t=11.25">`, "PULLQUOTE_MEDIA_ORIGINS"},
		{"a file of another port", "https://media.example:8443/pier.mp3", `PULLQUOTE_MEDIA_ORIGINS=https://media.example:8443`, `id="recording"`},
		{"a host's page", "https://youtu.be/Ab", `<a href="https://youtu.be/Ab?t=11s"`, `id="recording"`},
		{"any page", "https://example.org/hearing?a=1&b='2'", `<a href="https://example.org/hearing?a=1&amp;b=%272%27"`, `id="recording"`},
		{"none", "", "<h1", `class="moment"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			stored, _, err := config.Library.Add(t.Context(), retrieval.AddRequest{Data: []byte(pierCaptions), Collection: fmt.Sprint("c", i), Options: transcript.Options{Filename: "pier.vtt", Media: tt.link}})
			if err != nil {
				t.Fatal(err)
			}
			text, err := config.Library.Text(t.Context(), stored.ID)
			if err != nil {
				t.Fatal(err)
			}
			start := strings.Index(text, "Since May")
			page := get(t, handler, fmt.Sprintf("/t/%s?start=%d&end=%d", stored.ID, start, start+9)).Body.String()
			if !strings.Contains(page, tt.has) || strings.Contains(page, tt.never) {
				t.Errorf("the page is\n%s\nwant %s and no %s", page, tt.has, tt.never)
			}
		})
	}
	policy := get(t, handler, "/").Header().Get("Content-Security-Policy")
	if !strings.HasSuffix(policy, "; media-src 'self' https://media.example") || strings.Count(policy, "media-src") != 1 {
		t.Errorf("the policy is %q", policy)
	}
}

// Where captions have times within a cue, a citation begins and ends with its words.
func TestCitationByTheTimesOfWords(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	add(t, config, "bell.vtt", []byte(`WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ada Roe>Who rings the bell of the pier?

00:00:05.000 --> 00:00:20.000
<v Jon Elm>I am glad you ask. <00:00:08.250>The bell of the pier is rung by <00:00:10.000>the harbour master.
`))
	handler := newDescribed(t, New(config))
	var got answer.Answer
	unmarshal(t, post(t, handler, "/v1/answers", `{"question": "Who rings the bell of the pier?"}`).Body.String(), &got)
	for _, c := range got.Citations {
		if c.Quote == "The bell of the pier is rung by the harbour master." {
			if c.StartMS == nil || *c.StartMS != 8_250 || c.EndMS == nil || *c.EndMS != 20_000 {
				t.Errorf("cited from %v to %v", c.StartMS, c.EndMS)
			}
			return
		}
	}
	t.Errorf("the answer is %+v", got)
}
