// Package quotation says whether words stand in the record, and whose they are.
//
// Locate decides: it compares texts in which what typesetting decides is folded
// together, and nothing else, so that words which differ are never taken for the
// same. Judge credits a speaker by it, and explains a no: altered, another's,
// stitched together, not there. What explains never decides. JudgeDraft lets pass
// besides what editors change openly: brackets, an ellipsis, a capital. No program
// understands whether the meaning stays, so only forms are allowed of which it is known,
// and whatever is in doubt counts as altered.
//
// Everything here is pure: the turns are given, whoever found them.
package quotation

// DraftQuote is a quotation in somebody's text.
type DraftQuote struct {
	Text    string // what stands between the quotation marks
	Speaker string // whom the text credits with it, as it names them; empty where it does not
	Line    int    // of the text, from 1; 0 where there are no lines
	// Continues is the quotation before, if this goes on with its sentence, which the text
	// interrupts to say who speaks: “We will,” she said, “wait.” Empty for every other.
	Continues string
	// Within is the quotation in it that ends it, where its own words only credit that: “Renwick
	// told us, ‘We will wait.’” Nil for none. It is judged where the whole does not stand in the record.
	Within *DraftQuote
	// NamedAround are whom the text names around it, where it credits nobody; nil for none.
	NamedAround *NamedAround
	// Office is the office that the text credits, where it does not tell who has it: the minister.
	Office string
	// Loose says that the text does not plainly give these words as somebody's: few words that may be a
	// term of its own, a pull quote. If they then do not hold it cannot be judged.
	Loose bool
	// Unchecked says why it cannot be judged: where it begins or ends is a guess, since a mark is
	// missing, or it is too long. Empty for every other. What has a reason is given the status
	// `unchecked` with the reason for its note, and is not looked up.
	Unchecked string
}

// Status says how a quotation agrees with the record.
type Status string

// A quotation holds when the record has its words as its speaker's.
const (
	StatusExact      Status = "exact"      // character for character
	StatusNormalized Status = "normalized" // typographic marks or white space differed; the record's words were put in
)

// StatusEdited is that of a quotation which an editor has changed openly – by brackets, an
// ellipsis, a capital – and whose words else are the record's: it may be printed as it is,
// but is not the record's wording.
const StatusEdited Status = "edited"

// StatusUnchecked is that of a quotation which cannot be judged, for the reason that it
// comes with: somebody has to look.
const StatusUnchecked Status = "unchecked"

// What else a quotation can be when it is checked against the record. None of these
// may be shown as a quotation.
const (
	StatusAltered       Status = "altered"       // close to the record, but not its words
	StatusMisattributed Status = "misattributed" // the record's words, but another's
	StatusStitched      Status = "stitched"      // pieces of the record that do not stand together
	StatusAmbiguous     Status = "ambiguous"     // several said it and the text does not say which, or the record is in doubt who did
	StatusNotFound      Status = "not_found"     // not in the record
)

// What becomes of a quotation with the years, when it is checked again at the
// place that it cites.
const (
	StatusUnchanged Status = "unchanged" // the record says it where it did
	StatusMoved     Status = "moved"     // the transcript was replaced, and the new version says it too
	StatusChanged   Status = "changed"   // the record has other words there now
	StatusGone      Status = "gone"      // the record has nothing like it any more
)

// Fails reports whether a quotation of this status has to be looked at, and mended, before it is
// printed.
func (s Status) Fails() bool { return !s.Holds() && s != StatusEdited }

// Holds reports whether a quotation of this status is the record's wording, to the
// letter or with the record's words put in.
func (s Status) Holds() bool {
	switch s {
	case StatusExact, StatusNormalized, StatusUnchanged, StatusMoved:
		return true
	}
	return false
}
