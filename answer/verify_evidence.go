package answer

import "github.com/pullquote/pullquote/answer/quotation"

// Verification is every number that decides where a quotation of a draft is looked
// for. None of them decides whether it holds: quotation.Locate has no threshold.
type Verification struct {
	// MaxRunes bounds a quotation: 20,000 code points. A longer one was not closed.
	MaxRunes int
	// MaxQuotations bounds those of a draft: 2,000. More is a book, and can be divided.
	MaxQuotations int
	// AtOnce are the quotations of a draft that are checked at the same time: 4, so that
	// one draft does not take all of the database.
	AtOnce int
	// PassagesRead bounds the passages whose words are compared for a text, unless those
	// of RarestLexemes are more: 4,000. In a record of a million sentences they find the
	// same source as 20,000 do.
	PassagesRead int
	// RarestLexemes are those of a text that are always looked up, however frequent: 2,
	// because one of them may be what was altered.
	RarestLexemes int
	// FewLexemes make a text of few words, which others may have more often: 4. For such
	// a text the passages with its rarest word are read besides those that rank best.
	FewLexemes int
	// Whole is what is read for a quotation: 40 and 300 passages.
	Whole LookUp
	// Portion is what is read for each portion of a quotation that stands nowhere as a
	// whole: 15 and 50 passages.
	Portion LookUp
	// Compare is how a quotation that stands nowhere is compared with what was found.
	Compare quotation.Thresholds
}

// LookUp bounds the passages whose turns are read for a text.
type LookUp struct {
	Best   int // those that rank best for its words
	Rarest int // besides, of a text of few words those with its rarest, and of common ones those that have them all
}

// DefaultVerification is what is used unless WithEvidence says otherwise.
func DefaultVerification() Verification {
	return Verification{
		MaxRunes: 20_000, MaxQuotations: 2_000, AtOnce: 4,
		PassagesRead: 4_000, RarestLexemes: 2, FewLexemes: 4,
		Whole: LookUp{Best: 40, Rarest: 300}, Portion: LookUp{Best: 15, Rarest: 50},
		Compare: quotation.DefaultThresholds(),
	}
}
