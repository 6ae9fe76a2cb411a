// Package rounds says how often a property test tries its property.
package rounds

// Of is how many rounds of a property test are made: all of them, or with the race detector,
// under which a round takes some ten times as long, a tenth.
func Of(n int) int {
	if racing {
		return n / 10
	}
	return n
}
