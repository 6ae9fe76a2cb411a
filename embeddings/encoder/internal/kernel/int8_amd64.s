#include "textflag.h"

// The fields of int8Tile.
#define out 0
#define outStride 8
#define a 16
#define aStride 24
#define weights 32
#define groups 40
#define rowScale 48
#define rowLow 56
#define columnScale 64
#define columnSum 72
#define bias 80
#define biasStride 88

// DOT adds, to the sums of a row in 64 columns, the products of a group of its
// numbers with the group of each column in Z24 to Z27.
#define DOT(row, s0, s1, s2, s3) \
	VPBROADCASTD row, Z28; \
	VPDPBUSD     Z24, Z28, s0; \
	VPDPBUSD     Z25, Z28, s1; \
	VPDPBUSD     Z26, Z28, s2; \
	VPDPBUSD     Z27, Z28, s3

// SCALE turns the sums of 16 columns into the numbers they mean and stores them.
// Z28 is the row's scale, Z29 its low.
#define SCALE(sums, columns) \
	VCVTDQ2PS   sums, sums; \
	VMULPS      Z28, sums, sums; \
	VFMADD231PS columns(R13), Z29, sums; \
	VMOVUPS     columns(R12), Z30; \
	VFMADD213PS columns(BX), Z30, sums; \
	VMOVUPS     sums, columns(DI)

#define ROW(n, s0, s1, s2, s3) \
	VBROADCASTSS n(R10), Z28; \
	VBROADCASTSS n(R11), Z29; \
	SCALE(s0, 0); \
	SCALE(s1, 64); \
	SCALE(s2, 128); \
	SCALE(s3, 192); \
	ADDQ R14, DI; \
	ADDQ R15, BX

// func int8TileVNNI(t *int8Tile)
// The sums of 6 rows in 4 vectors of columns are in Z0 to Z23.
TEXT ·int8TileVNNI(SB), NOSPLIT, $0-8
	MOVQ t+0(FP), AX
	MOVQ a(AX), SI
	MOVQ aStride(AX), R8
	MOVQ weights(AX), DX
	MOVQ groups(AX), CX
	LEAQ (R8)(R8*2), DI
	ADDQ SI, DI            // row 3
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	VPXORD Z4, Z4, Z4
	VPXORD Z5, Z5, Z5
	VPXORD Z6, Z6, Z6
	VPXORD Z7, Z7, Z7
	VPXORD Z8, Z8, Z8
	VPXORD Z9, Z9, Z9
	VPXORD Z10, Z10, Z10
	VPXORD Z11, Z11, Z11
	VPXORD Z12, Z12, Z12
	VPXORD Z13, Z13, Z13
	VPXORD Z14, Z14, Z14
	VPXORD Z15, Z15, Z15
	VPXORD Z16, Z16, Z16
	VPXORD Z17, Z17, Z17
	VPXORD Z18, Z18, Z18
	VPXORD Z19, Z19, Z19
	VPXORD Z20, Z20, Z20
	VPXORD Z21, Z21, Z21
	VPXORD Z22, Z22, Z22
	VPXORD Z23, Z23, Z23

loop:
	VMOVDQU32 0(DX), Z24
	VMOVDQU32 64(DX), Z25
	VMOVDQU32 128(DX), Z26
	VMOVDQU32 192(DX), Z27
	DOT((SI), Z0, Z1, Z2, Z3)
	DOT((SI)(R8*1), Z4, Z5, Z6, Z7)
	DOT((SI)(R8*2), Z8, Z9, Z10, Z11)
	DOT((DI), Z12, Z13, Z14, Z15)
	DOT((DI)(R8*1), Z16, Z17, Z18, Z19)
	DOT((DI)(R8*2), Z20, Z21, Z22, Z23)
	ADDQ $4, SI
	ADDQ $4, DI
	ADDQ $256, DX
	DECQ CX
	JNZ  loop

	MOVQ rowScale(AX), R10
	MOVQ rowLow(AX), R11
	MOVQ columnScale(AX), R12
	MOVQ columnSum(AX), R13
	MOVQ outStride(AX), R14
	MOVQ biasStride(AX), R15
	MOVQ bias(AX), BX
	MOVQ out(AX), DI
	ROW(0, Z0, Z1, Z2, Z3)
	ROW(4, Z4, Z5, Z6, Z7)
	ROW(8, Z8, Z9, Z10, Z11)
	ROW(12, Z12, Z13, Z14, Z15)
	ROW(16, Z16, Z17, Z18, Z19)
	ROW(20, Z20, Z21, Z22, Z23)
	VZEROUPPER
	RET

// MADD adds the products of a row's group, four times in a as 16-bit integers,
// with the groups of four columns in Y10 to pairs of sums.
#define MADD(a, sums) \
	VPMADDWD Y10, a, Y11; \
	VPADDD   Y11, sums, sums

// SCALE8 is SCALE for 8 columns, whose sums are in pairs in two registers. Y8 is
// the row's scale, Y9 its low; R8 is where the columns are, of four bytes each.
#define SCALE8(s0, s1, columns) \
	VPHADDD     s1, s0, s0; \
	VPERMQ      $0xD8, s0, s0; \
	VCVTDQ2PS   s0, s0; \
	VMULPS      Y8, s0, s0; \
	VFMADD231PS columns(R13)(R9*1), Y9, s0; \
	VMOVUPS     columns(R12)(R9*1), Y10; \
	VFMADD213PS columns(BX)(R9*1), Y10, s0; \
	VMOVUPS     s0, columns(DI)(R9*1)

// func int8TileAVX2(t *int8Tile)
// Two rows and 16 columns at a time, in 16-bit integers, whose products have no
// room for saturation.
TEXT ·int8TileAVX2(SB), NOSPLIT, $0-8
	MOVQ t+0(FP), AX
	MOVQ rowScale(AX), R10
	MOVQ rowLow(AX), R11
	MOVQ columnScale(AX), R12
	MOVQ columnSum(AX), R13
	MOVQ bias(AX), BX
	MOVQ out(AX), DI
	MOVQ a(AX), R14
	MOVQ aStride(AX), R8
	MOVQ $3, R15          // pairs of rows

pair:
	XORQ R9, R9           // bytes of out, and of weights

columns:
	MOVQ R14, SI
	MOVQ weights(AX), DX
	ADDQ R9, DX
	MOVQ groups(AX), CX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7

loop:
	VPBROADCASTD (SI), X8
	VPBROADCASTD (SI)(R8*1), X9
	VPMOVZXBW X8, Y8
	VPMOVZXBW X9, Y9
	VPMOVSXBW 0(DX), Y10
	MADD(Y8, Y0)
	MADD(Y9, Y4)
	VPMOVSXBW 16(DX), Y10
	MADD(Y8, Y1)
	MADD(Y9, Y5)
	VPMOVSXBW 32(DX), Y10
	MADD(Y8, Y2)
	MADD(Y9, Y6)
	VPMOVSXBW 48(DX), Y10
	MADD(Y8, Y3)
	MADD(Y9, Y7)
	ADDQ $4, SI
	ADDQ $256, DX
	DECQ CX
	JNZ  loop

	VBROADCASTSS 0(R10), Y8
	VBROADCASTSS 0(R11), Y9
	SCALE8(Y0, Y1, 0)
	SCALE8(Y2, Y3, 32)
	ADDQ outStride(AX), DI
	ADDQ biasStride(AX), BX
	VBROADCASTSS 4(R10), Y8
	VBROADCASTSS 4(R11), Y9
	SCALE8(Y4, Y5, 0)
	SCALE8(Y6, Y7, 32)
	SUBQ outStride(AX), DI
	SUBQ biasStride(AX), BX
	ADDQ $64, R9
	CMPQ R9, $256
	JLT  columns

	MOVQ outStride(AX), DX
	LEAQ (DI)(DX*2), DI
	MOVQ biasStride(AX), DX
	LEAQ (BX)(DX*2), BX
	LEAQ (R14)(R8*2), R14
	ADDQ $8, R10
	ADDQ $8, R11
	DECQ R15
	JNZ  pair
	VZEROUPPER
	RET
