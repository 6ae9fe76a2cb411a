package api

import (
	"net/http"
	"net/netip"
	"slices"

	"github.com/pullquote/pullquote/internal/fault"
)

// Proxy is what signs persons in before their requests come here, and names them in a header.
// The zero value is none.
type Proxy struct {
	Header string // empty: there is none
	From   []netip.Prefix
}

// person is whom the proxy names; empty where it names nobody.
//
// The header is refused, and not only left aside, from anybody else: nobody else has a reason
// to send it, and a proxy whose address was forgotten is noticed by its first request. So is
// one that adds its header to what a browser has sent, when it should replace it.
func (p Proxy) person(r *http.Request) (string, error) {
	if p.Header == "" {
		return "", nil
	}
	names := r.Header.Values(p.Header)
	switch {
	case len(names) == 0 || len(names) == 1 && names[0] == "":
		return "", nil
	case !p.trusts(r.RemoteAddr):
		return "", fault.New(fault.Forbidden, "this request says who sends it, which only the proxy of this server may; send it without %s", p.Header).
			WithHint("if %s is the proxy, add it to PULLQUOTE_PROXY_ADDRESSES", r.RemoteAddr)
	case len(names) > 1:
		return "", fault.New(fault.Forbidden, "this request has %s more than once; send it without", p.Header).
			WithHint("the proxy has to replace the header that a client sends, and not to add its own")
	}
	return names[0], nil
}

func (p Proxy) trusts(remote string) bool {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return false
	}
	addr := at.Addr().Unmap().WithZone("")
	return slices.ContainsFunc(p.From, func(from netip.Prefix) bool { return from.Contains(addr) })
}
