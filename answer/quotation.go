package answer

import "github.com/pullquote/pullquote/answer/quotation"

// Verdicts and citations are told in the words of package quotation. Whoever
// checks a draft needs package answer alone.
type (
	// DraftQuote is a quotation in somebody's text.
	DraftQuote = quotation.DraftQuote
	// NamedAround are the people whom a text names around a quotation.
	NamedAround = quotation.NamedAround
	// Status says how a quotation agrees with the record.
	Status = quotation.Status
	// Edit is what an editor has changed in a quotation.
	Edit = quotation.Edit
	// DiffPart is a run of words that a quotation and the record share, or only one of them has.
	DiffPart = quotation.DiffPart
	// DiffOp is what has to be done with a part of the quotation to make it the record's.
	DiffOp = quotation.DiffOp
)

// How a quotation agrees with the record, see package quotation.
const (
	StatusExact         = quotation.StatusExact
	StatusNormalized    = quotation.StatusNormalized
	StatusEdited        = quotation.StatusEdited
	StatusUnchecked     = quotation.StatusUnchecked
	StatusAltered       = quotation.StatusAltered
	StatusMisattributed = quotation.StatusMisattributed
	StatusStitched      = quotation.StatusStitched
	StatusAmbiguous     = quotation.StatusAmbiguous
	StatusNotFound      = quotation.StatusNotFound
	StatusUnchanged     = quotation.StatusUnchanged
	StatusMoved         = quotation.StatusMoved
	StatusChanged       = quotation.StatusChanged
	StatusGone          = quotation.StatusGone

	DiffEqual  = quotation.DiffEqual
	DiffDelete = quotation.DiffDelete
	DiffInsert = quotation.DiffInsert
)
