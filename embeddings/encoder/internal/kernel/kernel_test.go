package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// forms are those of the operations that this processor runs besides the portable.
func forms(t *testing.T) []operations {
	all := runnable()
	if len(all) == 0 {
		t.Skip("this processor runs the portable form alone")
	}
	return all
}

func numbers(r *rand.Rand, n int, size float64) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64() * size)
	}
	return v
}

func TestRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	operations := []struct {
		name  string
		run   func(o *operations, row, add, gain, bias []float32)
		large float64 // at most, of what is exact to a float
	}{
		{"softmax", func(o *operations, row, _, _, _ []float32) { o.softmax(row) }, 1e-6},
		{"gelu", func(o *operations, row, _, _, _ []float32) { o.gelu(row) }, 1e-6},
		{"addNorm", func(o *operations, row, add, gain, bias []float32) { o.addNorm(row, add, gain, bias, 1e-12) }, 1e-5},
	}
	for _, o := range forms(t) {
		for _, op := range operations {
			for _, n := range []int{8, 16, 384, 1536} {
				for _, size := range []float64{1e-3, 1, 30} {
					t.Run(fmt.Sprint(o.name, "/", op.name, "/", n, "/", size), func(t *testing.T) {
						row, add := numbers(r, n, size), numbers(r, n, size)
						gain, bias := numbers(r, n, 1), numbers(r, n, 1)
						want := slices.Clone(row)
						op.run(&portable, want, add, gain, bias)
						op.run(&o, row, add, gain, bias)
						near(t, row, want, op.large)
					})
				}
			}
		}
	}
}

// near fails unless each number is within a part of the other or of 1.
func near(t *testing.T, got, want []float32, part float64) {
	t.Helper()
	for i := range want {
		g, w := float64(got[i]), float64(want[i])
		if !(math.Abs(g-w) <= part*max(1, math.Abs(w))) {
			t.Fatalf("number %d is %v, want %v", i, g, w)
		}
	}
}

func TestSoftmaxLeavesOutWhatIsInfinitelySmall(t *testing.T) {
	for _, o := range append(runnable(), portable) {
		row := numbers(rand.New(rand.NewPCG(1, 2)), 16, 1)
		short := slices.Clone(row[:11])
		for i := 11; i < 16; i++ {
			row[i] = float32(math.Inf(-1))
		}
		o.softmax(row)
		softmaxPortable(short)
		near(t, row[:11], short, 1e-6)
		for _, x := range row[11:] {
			if !(x < 1e-30) {
				t.Errorf("%s: %v", o.name, x)
			}
		}
	}
}

func TestGELU(t *testing.T) {
	row := []float32{-100, -6, -1, -1e-8, 0, 1e-8, 0.5, 1, 6, 100, 3}
	want := []float32{0, 0, -0.15865525, 0, 0, 0, 0.34573123, 0.8413447, 6, 100, 2.9959502}
	GELU(row)
	near(t, row, want, 1e-6)
}

func TestQuantisedRows(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, o := range append(runnable(), portable) {
		for _, size := range []float64{0, 1e-30, 1, 1e6} {
			row := numbers(r, 384, size)
			got, want := make([]uint8, 384), make([]uint8, 384)
			low, scale := quantise(&o, got, row)
			wantLow, wantScale := quantise(&portable, want, row)
			if low != wantLow || scale != wantScale || !slices.Equal(got, want) {
				t.Errorf("%s: numbers of the size %v are quantised otherwise", o.name, size)
			}
			for i, x := range row {
				if d := math.Abs(float64(low + scale*float32(got[i]) - x)); d > 0.51*float64(scale) {
					t.Fatalf("%s: %v is off by %v at a scale of %v", o.name, x, d, scale)
				}
			}
		}
	}
}

func TestMultiplyFloat(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, o := range append(runnable(), portable) {
		for _, size := range []struct{ rows, columns, depth int }{
			{1, 16, 32}, {5, 48, 1}, {6, 32, 384}, {7, 33, 20}, {13, 160, 31}, {48, 512, 32}, {3, 26, 64},
		} {
			t.Run(fmt.Sprint(o.name, size), func(t *testing.T) {
				a := numbers(r, (size.rows+RowBlock)*size.depth, 1)
				b := numbers(r, size.depth*size.columns, 1)
				bias := numbers(r, size.columns, 1)
				want := make([]float32, size.rows*size.columns)
				for i := range want {
					row, column := i/size.columns, i%size.columns
					sum := float64(bias[column])
					for k := range size.depth {
						sum += float64(a[row*size.depth+k]) * float64(b[k*size.columns+column])
					}
					want[i] = float32(sum)
				}
				got := make([]float32, (size.rows+RowBlock)*size.columns)
				multiplyFloat(&o, got, size.columns, a, size.depth, b, size.columns, size.rows, size.columns, size.depth, bias)
				near(t, got[:len(want)], want, 1e-4)
			})
		}
	}
}

func TestInt8(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, o := range append(runnable(), portable) {
		for _, size := range []struct{ rows, in, out int }{
			{1, 8, 8}, {5, 30, 64}, {6, 384, 1152}, {7, 312, 70}, {13, 1536, 384}, {20, 131, 1},
		} {
			t.Run(fmt.Sprint(o.name, size), func(t *testing.T) {
				src := numbers(r, (size.rows+RowBlock)*size.in, 1)
				weights, bias := numbers(r, size.in*size.out, 0.05), numbers(r, size.out, 1)
				m := NewInt8(weights, bias, size.in, size.out, CoarseChunk)
				scratch := NewQuantised(size.rows, size.in)
				want := make([]float32, (size.rows+RowBlock)*size.out)
				m.apply(&portable, want, src, size.rows, scratch)
				got := make([]float32, len(want))
				m.apply(&o, got, src, size.rows, scratch)
				near(t, got[:size.rows*size.out], want[:size.rows*size.out], 1e-5)

				exact := make([]float32, len(want))
				NewFloat(weights, bias, size.in, size.out).Apply(exact, src, size.rows, nil)
				near(t, got[:size.rows*size.out], exact[:size.rows*size.out], 0.1)
			})
		}
	}
}

// TestInt8Twice takes rows in two parts: with weights that are integers the product is
// that of floats.
func TestInt8Twice(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for _, o := range append(runnable(), portable) {
		for _, chunk := range []int{FineChunk, CoarseChunk} {
			for _, size := range []struct{ rows, in, out int }{{1, 8, 8}, {7, 384, 70}, {13, 200, 64}} {
				t.Run(fmt.Sprint(o.name, chunk, size), func(t *testing.T) {
					src := numbers(r, (size.rows+RowBlock)*size.in, 1)
					weights, bias := numbers(r, size.in*size.out, 30), numbers(r, size.out, 1)
					for i := range weights {
						weights[i] = float32(math.Round(max(-127, min(127, float64(weights[i])))))
						if i%size.in%FineChunk == 0 {
							weights[i] = 127 // of each chunk: its scale is 1
						}
					}
					exact, got := make([]float32, (size.rows+RowBlock)*size.out), make([]float32, (size.rows+RowBlock)*size.out)
					NewFloat(weights, bias, size.in, size.out).Apply(exact, src, size.rows, nil)
					m, scratch := NewInt8(weights, bias, size.in, size.out, chunk), NewQuantised(size.rows, size.in)
					for _, twice := range []bool{false, true, false, true} {
						scratch.Twice = twice
						m.apply(&o, got, src, size.rows, scratch)
						near(t, got[:size.rows*size.out], exact[:size.rows*size.out], map[bool]float64{false: 30, true: 0.05}[twice])
					}
				})
			}
		}
	}
}

// TestInt8Extremes has the largest integers that there are, with which 16-bit sums
// would overflow.
func TestInt8Extremes(t *testing.T) {
	for _, o := range append(runnable(), portable) {
		for _, sign := range []float32{1, -1} {
			src, weights := make([]float32, 2*RowBlock*CoarseChunk), make([]float32, CoarseChunk*panelWidth)
			for i := range src {
				src[i] = 255
			}
			for i := range weights {
				weights[i] = sign * 127
			}
			for i := range 2 * RowBlock {
				src[i*CoarseChunk] = 0
			}
			m := NewInt8(weights, make([]float32, panelWidth), CoarseChunk, panelWidth, CoarseChunk)
			got := make([]float32, 2*RowBlock*panelWidth)
			m.apply(&o, got, src, RowBlock, NewQuantised(RowBlock, CoarseChunk))
			want := sign * 127 * 255 * (CoarseChunk - 1)
			if got[0] != want || got[RowBlock*panelWidth-1] != want {
				t.Errorf("%s: %v, want %v", o.name, got[0], want)
			}
		}
	}
}

func BenchmarkInt8(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, o := range runnable() {
		for _, size := range []struct{ in, out int }{{384, 1152}, {384, 1536}, {1536, 384}} {
			b.Run(fmt.Sprint(o.name, "/", size.in, "x", size.out), func(b *testing.B) {
				const rows = 252
				src := numbers(r, (rows+RowBlock)*size.in, 1)
				m := NewInt8(numbers(r, size.in*size.out, 0.05), make([]float32, size.out), size.in, size.out, CoarseChunk)
				scratch := NewQuantised(rows, size.in)
				dst := make([]float32, (rows+RowBlock)*size.out)
				for b.Loop() {
					m.apply(&o, dst, src, rows, scratch)
				}
				b.ReportMetric(float64(rows*size.in*size.out)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GMAC/s")
			})
		}
	}
}

func BenchmarkRows(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 8))
	fresh, row, rounded := numbers(r, 1536, 1), make([]float32, 1536), make([]uint8, 1536)
	for _, o := range append(runnable(), portable) {
		for _, op := range []struct {
			name string
			run  func()
		}{
			{"softmax", func() { o.softmax(row) }},
			{"gelu", func() { o.gelu(row) }},
			{"addNorm", func() { o.addNorm(row, fresh, fresh, fresh, 1e-12) }},
			{"quantise", func() { quantise(&o, rounded, row) }},
		} {
			b.Run(o.name+"/"+op.name, func(b *testing.B) {
				for b.Loop() {
					copy(row, fresh)
					op.run()
				}
			})
		}
	}
}
