package kernel

import "math"

// Softmax turns each number of the row into its share: e^x over the sum of all.
func Softmax(row []float32) {
	if len(row)%vectorWidth != 0 {
		softmaxPortable(row)
		return
	}
	best.softmax(row)
}

func softmaxPortable(row []float32) {
	high := float32(math.Inf(-1))
	for _, x := range row {
		high = max(high, x)
	}
	var sum float32
	for i, x := range row {
		row[i] = float32(math.Exp(float64(x - high)))
		sum += row[i]
	}
	for i := range row {
		row[i] /= sum
	}
}

// GELU applies the Gaussian error linear unit of Hendrycks and Gimpel (2016),
// x·Φ(x), in its exact form.
func GELU(row []float32) {
	n := len(row) &^ (vectorWidth - 1)
	best.gelu(row[:n])
	geluPortable(row[n:])
}

func geluPortable(row []float32) {
	for i, x := range row {
		row[i] = float32(0.5 * float64(x) * math.Erfc(-float64(x)*math.Sqrt2/2))
	}
}

// AddNorm adds a row to a row, and gives the sum the mean 0 and the variance 1
// before gain and bias: the layer normalisation of Ba et al. (2016).
func AddNorm(row, add, gain, bias []float32, epsilon float32) {
	if len(row)%vectorWidth != 0 {
		addNormPortable(row, add, gain, bias, epsilon)
		return
	}
	best.addNorm(row, add, gain, bias, epsilon)
}

func addNormPortable(row, add, gain, bias []float32, epsilon float32) {
	var sum, squares float32
	for i := range row {
		row[i] += add[i]
		sum += row[i]
	}
	mean := sum / float32(len(row))
	for _, x := range row {
		squares += (x - mean) * (x - mean)
	}
	scale := 1 / float32(math.Sqrt(float64(squares/float32(len(row))+epsilon)))
	for i, x := range row {
		row[i] = (x-mean)*scale*gain[i] + bias[i]
	}
}

func extremesPortable(row []float32) (low, high float32) {
	low, high = row[0], row[0]
	for _, x := range row {
		low, high = min(low, x), max(high, x)
	}
	return low, high
}

func roundPortable(dst []uint8, row []float32, low, inverse float32) {
	for i, x := range row {
		q := math.RoundToEven(float64(float32(x-low) * inverse))
		dst[i] = uint8(min(max(q, 0), 255))
	}
}
