package media

import (
	"net/url"
	"strings"
	"testing"
)

func TestAt(t *testing.T) {
	const at = 754_500 // 12:34.5
	for _, tt := range []struct{ name, link, want string }{
		{"a file of audio", "https://example.org/hearing.mp3", "https://example.org/hearing.mp3#t=754.5"},
		{"a file of video, of a query", "http://example.org/a/hearing.MP4?sig=a%2Fb", "http://example.org/a/hearing.MP4?sig=a%2Fb#t=754.5"},
		{"a file with a fragment", "https://example.org/hearing.ogg#t=9,12", "https://example.org/hearing.ogg#t=754.5"},
		{"YouTube", "https://www.youtube.com/watch?v=Ab-_9&list=PL", "https://www.youtube.com/watch?v=Ab-_9&list=PL&t=754s"},
		{"YouTube with another time", "https://m.youtube.com/watch?t=3&v=Ab&start=9#x", "https://m.youtube.com/watch?v=Ab&t=754s"},
		{"YouTube live", "https://www.youtube.com/live/Ab", "https://www.youtube.com/live/Ab?t=754s"},
		{"YouTube embedded", "https://www.youtube-nocookie.com/embed/Ab?rel=0", "https://www.youtube-nocookie.com/embed/Ab?rel=0&start=754"},
		{"YouTube's short host", "https://youtu.be/Ab?si=x", "https://youtu.be/Ab?si=x&t=754s"},
		{"Vimeo", "https://vimeo.com/123/abcdef", "https://vimeo.com/123/abcdef#t=754s"},
		{"Vimeo's player", "https://player.vimeo.com/video/123?h=a", "https://player.vimeo.com/video/123?h=a#t=754s"},
		{"SoundCloud", "https://soundcloud.com/radio/hearing", "https://soundcloud.com/radio/hearing#t=12:34"},
		{"Dailymotion", "https://www.dailymotion.com/video/x1", "https://www.dailymotion.com/video/x1?start=754"},
		{"Twitch", "https://www.twitch.tv/videos/12", "https://www.twitch.tv/videos/12?t=0h12m34s"},
		{"the Internet Archive", "https://archive.org/details/hearing", "https://archive.org/details/hearing?start=754"},
		{"a file at the Internet Archive", "https://archive.org/download/hearing/1.mp3", "https://archive.org/download/hearing/1.mp3#t=754.5"},
		{"Bilibili", "https://www.bilibili.com/video/BV1/", "https://www.bilibili.com/video/BV1/?t=754"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			link, err := Parse(tt.link)
			if err != nil {
				t.Fatal(err)
			}
			if got, timed := link.At(at); got != tt.want || !timed {
				t.Errorf("got %s (timed %t), want %s", got, timed, tt.want)
			}
		})
	}
}

// Of what is not known nothing is promised: the address stays as it is.
func TestPagesWithoutATime(t *testing.T) {
	for _, address := range []string{
		"https://example.org/hearings/12?a=b#transcript",
		"https://www.youtube.com/@harbour",
		"https://www.youtube.com/shorts/Ab",
		"https://vimeo.com/",
		"https://open.spotify.com/episode/4x?si=a",
		"https://youtube.com.example.org/watch?v=Ab",
		"https://notyoutube.com/watch?v=Ab",
		"https://example.org/youtu.be/Ab",
	} {
		link, err := Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got, timed := link.At(12_000); got != address || timed || link.Kind() != Page {
			t.Errorf("%s became %s (timed %t, %s)", address, got, timed, link.Kind())
		}
	}
}

func TestTimes(t *testing.T) {
	for ms, want := range map[int64]string{0: "0", 7: "0.007", 12_500: "12.5", 60_000: "60", 3_723_040: "3723.04", -5: "0"} {
		link, _ := Parse("https://example.org/a.wav")
		if got, _ := link.At(ms); got != "https://example.org/a.wav#t="+want {
			t.Errorf("%d ms: %s", ms, got)
		}
	}
	link, _ := Parse("https://soundcloud.com/radio/hearing")
	if got, _ := link.At(3_723_999); got != "https://soundcloud.com/radio/hearing#t=1:02:03" {
		t.Errorf("behind an hour: %s", got)
	}
}

func TestKind(t *testing.T) {
	for address, want := range map[string]Kind{
		"https://example.org/a.mp3":            Audio,
		"https://example.org/a.MP3?x=.html":    Audio,
		"https://example.org/a.webm":           Video,
		"https://example.org/a.html?x=a.mp3":   Page,
		"https://example.org/a":                Page,
		"https://vimeo.com/a.mp4":              Page,
		"https://archive.org/details/a.mp3":    Page,
		"https://archive.org/download/a/a.mp3": Audio,
	} {
		link, err := Parse(address)
		if err != nil || link.Kind() != want {
			t.Errorf("%s: %s (%v)", address, link.Kind(), err)
		}
	}
}

func TestOrigin(t *testing.T) {
	for address, want := range map[string]string{
		"https://Example.org:443/a.mp3": "https://example.org",
		"http://example.org:80/a.mp3":   "http://example.org",
		"https://example.org:8443/a":    "https://example.org:8443",
		"http://[::1]:8080/a.mp3":       "http://[::1]:8080",
	} {
		link, err := Parse(address)
		if err != nil || link.Origin() != want {
			t.Errorf("%s: %s (%v)", address, link.Origin(), err)
		}
	}
}

func TestParseOrigin(t *testing.T) {
	for given, want := range map[string]string{
		"https://media.example.org":      "https://media.example.org",
		"https://Media.example.org:443/": "https://media.example.org",
		"http://localhost:9000":          "http://localhost:9000",
	} {
		if got, err := ParseOrigin(given); err != nil || got != want {
			t.Errorf("%s: %s (%v)", given, got, err)
		}
	}
	for _, given := range []string{"", "*", "https://*.example.org", "https://example.org/a", "https://example.org?a", "https://example.org#a", "example.org",
		"data:", "https:", "'self'", "https://example.org; script-src *", "https://example.org;x", "https://a,b", "https://ada@example.org"} {
		if got, err := ParseOrigin(given); err == nil {
			t.Errorf("%q was read as %s", given, got)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, address := range map[string]string{
		"nothing":                "  ",
		"a script":               "javascript:alert(1)",
		"a script with slashes":  "javascript://example.org/%0aalert(1)",
		"data":                   "data:audio/wav;base64,AAAA",
		"a file":                 "file:///etc/passwd",
		"no scheme":              "example.org/a.mp3",
		"a scheme of the page's": "//example.org/a.mp3",
		"no host":                "https:///a.mp3",
		"an opaque address":      "https:example.org/a.mp3",
		"a port alone":           "https://:443/a.mp3",
		"a password":             "https://ada:secret@example.org/a.mp3",
		"a user":                 "https://ada@example.org/a.mp3",
		"a blank":                "https://example.org/a b.mp3",
		"a line's end":           "https://example.org/\na.mp3",
		"a tab":                  "https://example.org/\ta.mp3",
		"a NUL":                  "https://example.org/\x00a.mp3",
		"a quotation mark":       `https://example.org/"onerror="alert(1).mp3`,
		"an angle bracket":       "https://example.org/<script>.mp3",
		"a turned direction":     "https://example.org/\u202e3pm.exe",
		"an invisible character": "https://example.org/\u200b.mp3",
		"no UTF-8":               "https://example.org/\xff.mp3",
		"a broken escape":        "https://example.org/%zz.mp3",
		"too long":               "https://example.org/" + strings.Repeat("a", Longest),
	} {
		t.Run(name, func(t *testing.T) {
			if link, err := Parse(address); err == nil {
				t.Errorf("%q was taken as %s", address, link)
			}
		})
	}
}

// Whatever is taken is a web address without a user, before and behind a time, and a time
// changes neither where it leads nor what it is.
func FuzzParse(f *testing.F) {
	for _, address := range []string{"https://example.org/a.mp3", "https://youtu.be/a?t=1", "http://[::1]/ä#b", "https://vimeo.com/1%2f", "https://soundcloud.com/a?b&c=#d"} {
		f.Add(address, int64(12_345))
	}
	f.Fuzz(func(t *testing.T, address string, ms int64) {
		link, err := Parse(address)
		if err != nil {
			return
		}
		timed, _ := link.At(ms)
		again, _ := Parse(link.String())
		if again.String() != link.String() {
			t.Errorf("%q is %q, then %q", address, link, again)
		}
		u, err := url.Parse(timed)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Host != link.url.Host || u.Path != link.url.Path {
			t.Errorf("%q leads to %q (%v)", address, timed, err)
		}
		if strings.ContainsAny(timed, " \"<>\n\\") {
			t.Errorf("%q has characters that end it", timed)
		}
		if twice, _ := (Link{u}).At(ms); twice != timed {
			t.Errorf("at the same time %q is %q", timed, twice)
		}
	})
}
