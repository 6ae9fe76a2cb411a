//go:build amd64 || arm64

package kernel

import "math"

// table has the constants of the rows' operations, each as wide as a vector. The
// assembly knows them by their place.
type table [20][vectorWidth]float32

var constants = func() (table table) {
	for i, c := range [len(table)]float32{
		// e^x = 2^n·e^r with n the integer nearest to x/ln 2, where e^r is its Taylor
		// series: |r| ≤ 0.35, so that the first term left out is 1.2e-7. ln 2 is in
		// two parts, of which the first times n is exact.
		0: math.Log2E, 1: 0.693359375, 2: math.Ln2 - 0.693359375,
		3: 1. / 720, 4: 1. / 120, 5: 1. / 24, 6: 1. / 6, 7: 1. / 2, 8: 1,
		9: -87.3, // below it e^x is denormal
		// erfc(z) = e^(-z²)·(a1·t + … + a5·t⁵) with t = 1/(1+p·z), within 1.5e-7:
		// Abramowitz and Stegun (1964), 7.1.26.
		10: math.Sqrt2 / 2, 11: 0.3275911,
		12: 1.061405429, 13: -1.453152027, 14: 1.421413741, 15: -0.284496736, 16: 0.254829592,
		17: 0.5,
		18: float32(math.Copysign(0, -1)),            // the sign bit
		19: math.Float32frombits(math.MaxUint32 / 2), // all but the sign bit
	} {
		for lane := range table[i] {
			table[i][lane] = c
		}
	}
	return table
}()
