package retrieval

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/internal/words"
)

// NormalFilename is the name under which a file is known. It is in NFC, for systems
// differ in how they write an accent, and a file keeps its versions when it moves. What
// is no character, or commands whatever shows it, is written as its bytes in hexadecimal:
// such names cannot be stored as they are, and two of them must not become one. The warning says
// so; it is empty where nothing was replaced.
func NormalFilename(name string) (normal, warning string) {
	var b strings.Builder
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRuneInString(name[i:])
		if r == utf8.RuneError && size == 1 || words.Commands(r) {
			for _, c := range []byte(name[i : i+size]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteString(name[i : i+size])
		}
		i += size
	}
	if normal = b.String(); normal != name {
		warning = fmt.Sprintf("the file's name is not UTF-8, or has control characters or marks of direction; it is kept as %q", normal)
	}
	return norm.NFC.String(normal), warning
}
