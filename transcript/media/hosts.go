package media

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// host is a site whose pages can be opened at a time.
type host struct {
	domains []string                        // with all that stands before them: m.youtube.com
	paths   []string                        // with which the path of a recording begins; none for any but /
	at      func(u *url.URL, seconds int64) // makes the address lead there
}

// hosts lists the sites, each with the form of link that its own button for sharing at a time
// makes.
var hosts = []host{
	{[]string{"youtube.com", "youtube-nocookie.com"}, []string{"/embed/"}, query("start", plain)},
	{[]string{"youtube.com"}, []string{"/watch", "/live/"}, query("t", marked, "start")},
	{[]string{"youtu.be"}, nil, query("t", marked, "start")},
	{[]string{"vimeo.com"}, nil, fragment(marked)},
	{[]string{"soundcloud.com"}, nil, fragment(clock)},
	{[]string{"dailymotion.com"}, []string{"/video/", "/embed/video/"}, query("start", plain)},
	{[]string{"dai.ly"}, nil, query("start", plain)},
	{[]string{"twitch.tv"}, []string{"/videos/"}, query("t", parts)},
	{[]string{"archive.org"}, []string{"/details/", "/embed/"}, query("start", plain)},
	{[]string{"bilibili.com"}, []string{"/video/"}, query("t", plain)},
}

// host is the site of a link; without a function where it is none that is known.
func (l Link) host() host {
	name := strings.ToLower(l.url.Hostname())
	for _, h := range hosts {
		for _, domain := range h.domains {
			if (name == domain || strings.HasSuffix(name, "."+domain)) && h.has(l.url.Path) {
				return h
			}
		}
	}
	return host{}
}

// has reports whether a path is that of a recording.
func (h host) has(path string) bool {
	if h.paths == nil {
		return strings.Trim(path, "/") != ""
	}
	return slices.ContainsFunc(h.paths, func(p string) bool { return strings.HasPrefix(path, p) })
}

// query writes a time into a parameter, in place of the one that is there and of others of the
// same meaning. The other parameters stay as they are.
func query(name string, write func(int64) string, others ...string) func(*url.URL, int64) {
	return func(u *url.URL, at int64) {
		var kept []string
		for _, pair := range strings.Split(u.RawQuery, "&") {
			key, _, _ := strings.Cut(pair, "=")
			if pair != "" && key != name && !slices.Contains(others, key) {
				kept = append(kept, pair)
			}
		}
		u.RawQuery = strings.Join(append(kept, name+"="+write(at)), "&")
		setFragment(u, "")
	}
}

// fragment writes a time as the fragment.
func fragment(write func(int64) string) func(*url.URL, int64) {
	return func(u *url.URL, at int64) { setFragment(u, "t="+write(at)) }
}

// The ways of writing a time.
func plain(s int64) string  { return fmt.Sprint(s) }                                   // 754
func marked(s int64) string { return fmt.Sprintf("%ds", s) }                           // 754s
func parts(s int64) string  { return fmt.Sprintf("%dh%dm%ds", s/3600, s/60%60, s%60) } // 0h12m34s
func clock(s int64) string  { return Clock(s * 1000) }                                 // 12:34
