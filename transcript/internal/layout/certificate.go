package layout

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// findCertificate marks the certificate and all that follows it. A certificate is the
// statement at the end in which the stenographer vouches for the transcript.
func findCertificate(lines []Line) {
	for i := max(1, len(lines)-certificateLines); i < len(lines); i++ {
		if lines[i].Furniture || !isCertificate(lines[i].Text) {
			continue
		}
		for ; i < len(lines); i++ {
			lines[i].Furniture = true
		}
	}
}

const certificateLines = 100 // at the end of a document, among which a certificate begins

// isCertificate reports whether a certificate begins with a line: with a heading, or with
// its formula.
func isCertificate(text string) bool {
	if len(text) > longestTyped {
		return false
	}
	if caps := capitals(text); strings.Contains(caps, "CERTIFICATE") || strings.Contains(caps, "CERTIFICATION") {
		return len(strings.Fields(text)) <= certificateWords
	}
	lower := strings.ToLower(text)
	return letters.ContainsAny(lower, certifying...)
}

const certificateWords = len("CERTIFICATION") + 4 // of a heading, in which each letter may stand apart

var certifying = lexicon.Phrases("phrases of certificates")
