package quotation

// Thresholds are every number with which a quotation that stands nowhere is compared
// with turns of the record, to say what is wrong with it. None of them decides whether
// a quotation holds: Locate has no threshold.
type Thresholds struct {
	// Turns are compared of those given, in their order: 300.
	Turns int
	// AlignedTurns are aligned with the quotation of those compared, the ones that have
	// most of its words: 8.
	AlignedTurns int
	// AlignedCells bounds that work: 4,000,000 words of the quotation times words of
	// the turns, some tens of milliseconds.
	AlignedCells int
	// AlignedWords are aligned of a quotation: 500. The rest counts as altered.
	AlignedWords int
	// SlightShare of its words may differ, and one always may, in a quotation that is
	// altered beyond doubt, so that it is looked for no further: 0.15.
	SlightShare float64
	// AlteredShare of its words, and of those that carry meaning, an altered quotation
	// has in common with the record: 0.5.
	AlteredShare float64
	// SimilarShare is the same for a passage that is worth showing beside a quotation
	// that is not in the record: 0.34.
	SimilarShare float64
	// SimilarWords is the least that such a passage has in common with it: 2.
	SimilarWords int
	// PieceWords is the least of a piece of a stitched quotation, unless the piece is a
	// whole sentence: 4 words. Three in a row stand in many places.
	PieceWords int
	// Pieces is the most of a stitched quotation: 6.
	Pieces int
	// DiffCells bounds the table of a comparison word by word: 1,000,000, which is 1,000
	// words by 1,000. Beyond it all words count as replaced.
	DiffCells int
}

// DefaultThresholds are those that have proved themselves on testdata/cases.txt.
func DefaultThresholds() Thresholds {
	return Thresholds{
		Turns: 300, AlignedTurns: 8, AlignedCells: 4_000_000, AlignedWords: 500,
		SlightShare: 0.15, AlteredShare: 0.5, SimilarShare: 0.34, SimilarWords: 2,
		PieceWords: 4, Pieces: 6, DiffCells: 1_000_000,
	}
}
