package api

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/pullquote/pullquote/internal/golden"
)

const (
	gateAsked = "Has the contractor threatened to leave the site of the gate?"
	gateDraft = `# A gate of steel and patience

“When it stands, the gate will be 412 metres across, with two steel leaves,” said Commissioner Tobias Renwick. “There will be hardly one crown more from the general budget,” Renwick added. On the contractor he was curt: “[It] was a good try.”

Marta Solheim, the chief engineer, promised that “the gate will close for the first time, in a proper test, in October 2027”.`
)

// tour are the views that doc/TOUR.md shows, with what each is to have in it.
var tour = []struct {
	name, heading, shows string
	open                 func(s *scene)
}{
	{"ask", "What does the record say?", "Questions that the record answers", func(s *scene) { s.open("/", `#examples button`) }},
	{"answer", "Conversation: " + gateAsked, "It was a good try.", func(s *scene) {
		s.open(s.conversation(), `.sources > li`)
		s.answered(1)
		s.do(chromedp.SendKeys(chromedp.CSS(`.sources .where a`), "\r"))
		s.wait(`document.querySelector('.beside[open] mark') !== null`)
		s.wait(inView(`.beside mark`))
	}},
	{"library", "What is in the record?", "The Storm Gate and the Deep Channel", func(s *scene) {
		s.open("/library", `#transcripts > li`)
		s.wait(`document.querySelector('#library').ariaBusy === 'false'`)
	}},
	{"transcript", "The Storm Gate and the Deep Channel", "there will be four hundred and sixty people on it tomorrow", func(s *scene) {
		s.open(s.quotation(), `main.record mark`)
		s.wait(`document.querySelector('.within') !== null`)
		s.wait(inView(`main.record mark`))
	}},
	{"mentions", "All mentions of “the gate”", "The Storm Gate and the Deep Channel", func(s *scene) {
		s.open("/mentions?phrase="+url.QueryEscape(s.phrase), `.places li`)
	}},
	{"clippings", "What have you kept?", "It was a good try.", func(s *scene) { s.open("/clippings", `#clippings q`) }},
	{"verify", "Does the draft quote the record?", "4 quotations; 2 to mend.", func(s *scene) {
		s.open("/verify", `#draft`)
		s.checks(s.draft)
		s.wait(`(document.querySelector('#outcome').scrollIntoView({ behavior: 'instant' }), true)`)
	}},
}

// The tour shows every main view with the invented transcripts of the samples, wide, narrow and
// dark. With -update its pictures are taken anew.
func TestTour(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("../doc/TOUR.md")
	if err != nil {
		t.Fatal(err)
	}
	config := newConfig(t)
	samples, err := filepath.Glob("../samples/*-*.*")
	if err != nil || len(samples) != 5 {
		t.Fatalf("the samples are %q: %v", samples, err)
	}
	for _, sample := range samples {
		data, err := os.ReadFile(sample)
		if err != nil {
			t.Fatal(err)
		}
		add(t, config, filepath.Base(sample), data)
	}
	_, of := newScene(t, config, "the gate", gateDraft, gateAsked).visit(t)
	for _, look := range []struct {
		name, colours string
		width, height int64
	}{{"", "light", 1280, 800}, {"-dark", "dark", 1280, 800}, {"-narrow", "light", 360, 740}} {
		s := of(t)
		s.colours(look.colours)
		s.do(chromedp.EmulateViewport(look.width, look.height))
		for _, stop := range tour {
			t.Run(stop.name+look.name, func(t *testing.T) {
				s := of(t)
				stop.open(s)
				if headings := s.texts(`h1`); !slices.Equal(headings, []string{stop.heading}) {
					t.Errorf("its headings are %q; want %q", headings, stop.heading)
				}
				if shown := s.text(`body`); !strings.Contains(shown, stop.shows) {
					t.Errorf("it does not show %q:\n%s", stop.shows, shown)
				}
				picture := "tour/" + stop.name + look.name + ".png"
				if !bytes.Contains(document, []byte(picture)) {
					t.Errorf("doc/TOUR.md does not show %s", picture)
				}
				s.picture("../doc/" + picture)
			})
		}
	}
}

// maxPicture bounds a picture of the tour, in bytes: all of them are loaded with its page.
const maxPicture = 120_000

// picture holds a picture of the window to its bound, after taking it anew with -update.
func (h *harbour) picture(path string) {
	h.Helper()
	if golden.Updating() {
		taken, err := chromedp.Run(h.browser, chromedp.CaptureScreenshot())
		if err != nil {
			h.Fatal(err)
		}
		small, err := inPalette(taken)
		if err != nil {
			h.Fatal(err)
		}
		if err := os.WriteFile(path, small, 0o644); err != nil {
			h.Fatal(err)
		}
	}
	if file, err := os.Stat(path); err != nil || file.Size() > maxPicture {
		h.Errorf("%s: %+v, %v; go test -update takes it anew, of %d bytes at most", path, file, err, maxPicture)
	}
}

// inPalette draws a PNG in its 256 most frequent colours, each pixel in that which is nearest:
// type on paper has few others, and a third of the bytes is left.
func inPalette(picture []byte) ([]byte, error) {
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, err
	}
	counts := map[color.Color]int{}
	bounds := drawn.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[drawn.At(x, y)]++
		}
	}
	frequent := slices.SortedFunc(maps.Keys(counts), func(a, b color.Color) int { return cmp.Compare(counts[b], counts[a]) })
	paletted := image.NewPaletted(bounds, frequent[:min(len(frequent), 256)])
	nearest := map[color.Color]uint8{}
	for _, c := range frequent {
		nearest[c] = uint8(paletted.Palette.Index(c))
	}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			paletted.SetColorIndex(x, y, nearest[drawn.At(x, y)])
		}
	}
	var small bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, paletted)
	return small.Bytes(), err
}
