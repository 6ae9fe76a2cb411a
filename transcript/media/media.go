// Package media knows links to recordings: which are taken, whether a browser can play what
// they lead to, and how each host is told at which second to begin. It is pure: nothing is
// fetched, so a link is known by its address alone.
//
// A link is written into pages, documents and messages for other people to follow. So only
// what a browser opens harmlessly is taken: http and https, with a host, without a user's
// name or password.
package media

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Longest is how many bytes a link may have.
const Longest = 2_000

// Kind is what a browser can do with a recording.
type Kind string

// The kinds of recordings.
const (
	Audio Kind = "audio" // a file that an audio element plays
	Video Kind = "video" // a file that a video element plays
	Page  Kind = "page"  // anything else: a host's page, which can only be opened
)

// Link is the address of a recording. Its zero value leads nowhere.
type Link struct{ url *url.URL }

// Parse reads the address of a recording. Errors say what to do.
func Parse(address string) (Link, error) {
	address = strings.TrimSpace(address)
	switch {
	case address == "":
		return Link{}, errors.New("the media link is empty; give an address that begins with https://")
	case len(address) > Longest:
		return Link{}, fmt.Errorf("the media link has %d bytes; give one of %d at the most", len(address), Longest)
	case !utf8.ValidString(address) || strings.ContainsFunc(address, forbidden):
		return Link{}, errors.New("the media link has white space, quotation marks, angle brackets or control characters; encode them, as %20")
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return Link{}, errors.New("the media link cannot be read; copy the address of the recording from the browser")
	case u.Scheme != "http" && u.Scheme != "https":
		return Link{}, errors.New("the media link is no web address; give one that begins with https:// or http://")
	case u.User != nil:
		return Link{}, errors.New("the media link has a user's name or password in it; leave them out")
	case u.Hostname() == "" || u.Opaque != "":
		return Link{}, errors.New("the media link names no host; give an address such as https://example.org/hearing.mp3")
	}
	return Link{u}, nil
}

// forbidden are characters that no address has, and that would end it, or turn the direction
// of the text, where it is written.
func forbidden(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune("\"<>\\^`{|}", r) ||
		r > unicode.MaxASCII && (unicode.IsSpace(r) || unicode.In(r, unicode.C, unicode.Z))
}

// String is the address as it is used everywhere: characters beyond ASCII are encoded.
func (l Link) String() string {
	if l.url == nil {
		return ""
	}
	return l.url.String()
}

// Origin is the scheme, the host and the port, as a browser compares them:
// https://example.org.
func (l Link) Origin() string {
	if l.url == nil {
		return ""
	}
	host := strings.ToLower(l.url.Host)
	for scheme, port := range map[string]string{"http": ":80", "https": ":443"} {
		if l.url.Scheme == scheme {
			host = strings.TrimSuffix(host, port)
		}
	}
	return l.url.Scheme + "://" + host
}

// Host is the host and the port, as they are written.
func (l Link) Host() string {
	if l.url == nil {
		return ""
	}
	return l.url.Host
}

// The extensions of files that browsers play.
var (
	audioFiles = set("mp3 m4a aac oga ogg opus wav flac weba")
	videoFiles = set("mp4 m4v webm ogv mov")
)

func set(words string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(words) {
		s["."+w] = true
	}
	return s
}

// Kind tells a file that a browser plays by its extension. A known host's page is a page,
// whatever its address ends with.
func (l Link) Kind() Kind {
	if l.url == nil || l.host().at != nil {
		return Page
	}
	switch extension := strings.ToLower(path.Ext(l.url.Path)); {
	case audioFiles[extension]:
		return Audio
	case videoFiles[extension]:
		return Video
	}
	return Page
}

// At is the address that leads to a time, in milliseconds: of a file by a Media Fragments URI
// (https://www.w3.org/TR/media-frags/), of a known host's page as that host writes it, in whole
// seconds, rounded down so that no word is missed. Of any other page it is the address as it
// is, timed false, because nothing certain can be said of it.
func (l Link) At(ms int64) (address string, timed bool) {
	if l.url == nil {
		return "", false
	}
	u, ms := *l.url, max(0, ms)
	if h := l.host(); h.at != nil {
		h.at(&u, ms/1000)
		return u.String(), true
	}
	if l.Kind() == Page {
		return u.String(), false
	}
	setFragment(&u, "t="+Seconds(ms))
	return u.String(), true
}

// ParseOrigin reads an origin as settings give it: https://example.org, and nothing behind.
func ParseOrigin(s string) (string, error) {
	link, err := Parse(s)
	if err != nil || strings.Trim(link.url.Path, "/") != "" || link.url.RawQuery != "" || link.url.Fragment != "" || strings.ContainsAny(s, "*;,'") {
		return "", fmt.Errorf("%q is no origin; write it as https://site.example", s)
	}
	return link.Origin(), nil
}

// Clock is milliseconds as people write a place in a recording: 12:05, 1:02:05.
func Clock(ms int64) string {
	s := max(0, ms) / 1000
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Seconds is milliseconds in seconds: 12.5.
func Seconds(ms int64) string {
	s := fmt.Sprintf("%d.%03d", ms/1000, ms%1000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// setFragment replaces the fragment.
func setFragment(u *url.URL, fragment string) { u.Fragment, u.RawFragment = fragment, "" }
