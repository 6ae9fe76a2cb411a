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

// Instructions that the assembler does not know, by the numbers of their registers.

// SDOT Vd.4S, Vn.16B, Vm.4B[0]
#define SDOT(m, n, d) WORD $(0x4F80E000 | m<<16 | n<<5 | d)

// SCVTF Vd.4S, Vd.4S
#define SCVTF(d) WORD $(0x4E21D800 | d<<5 | d)

// FMUL Vd.4S, Vn.4S, Vm.4S
#define FMUL4(m, n, d) WORD $(0x6E20DC00 | m<<16 | n<<5 | d)

// DOT adds, to the sums of a row in 16 columns, the products of a group of its
// numbers with the group of each column in V24 to V27. V31 makes the numbers
// signed, by taking 128 off.
#define DOT(row, s0, s1, s2, s3) \
	FMOVS.P 4(row), F28;            \
	VEOR    V31.B16, V28.B16, V28.B16; \
	SDOT(28, 24, s0);               \
	SDOT(28, 25, s1);               \
	SDOT(28, 26, s2);               \
	SDOT(28, 27, s3)

// SCALE turns the sums of 4 columns into the numbers they mean and stores them.
// V28 is the row's scale, V29 its low and 128 times the scale.
#define SCALE(sums, number, columns) \
	SCVTF(number);                   \
	FMOVQ columns(R14), F24;         \
	FMUL4(24, 29, 30);               \
	VFMLA sums.S4, V28.S4, V30.S4;   \
	FMOVQ columns(R15), F24;         \
	FMOVQ columns(R13), F25;         \
	VFMLA V24.S4, V30.S4, V25.S4;    \
	FMOVQ F25, columns(R12)

#define ROW(n, s0, n0, s1, n1, s2, n2, s3, n3) \
	FMOVS n(R16), F28;           \
	FMOVS n(R17), F29;           \
	FMADDS F28, F29, F30, F29;   \
	VDUP V28.S[0], V28.S4;       \
	VDUP V29.S[0], V29.S4;       \
	SCALE(s0, n0, 0);            \
	SCALE(s1, n1, 16);           \
	SCALE(s2, n2, 32);           \
	SCALE(s3, n3, 48);           \
	ADD R19, R12;                \
	ADD R20, R13;                \
	FMOVS $128.0, F30

// func int8TileNEON(t *int8Tile)
// Of 16 columns at a time: the sums of 6 rows in 4 vectors are in V0 to V23.
TEXT ·int8TileNEON(SB), NOSPLIT, $0-8
	MOVD t+0(FP), R0
	MOVD out(R0), R1
	MOVD weights(R0), R2
	MOVD columnScale(R0), R15
	MOVD columnSum(R0), R14
	MOVD bias(R0), R3
	MOVD outStride(R0), R19
	MOVD biasStride(R0), R20
	MOVD rowScale(R0), R16
	MOVD rowLow(R0), R17
	MOVD aStride(R0), R4
	MOVD $4, R21
	VMOVI $128, V31.B16

columns:
	MOVD a(R0), R5
	ADD  R4, R5, R6
	ADD  R4, R6, R7
	ADD  R4, R7, R8
	ADD  R4, R8, R9
	ADD  R4, R9, R10
	MOVD R2, R11
	MOVD groups(R0), R22
	VEOR V0.B16, V0.B16, V0.B16
	VEOR V1.B16, V1.B16, V1.B16
	VEOR V2.B16, V2.B16, V2.B16
	VEOR V3.B16, V3.B16, V3.B16
	VEOR V4.B16, V4.B16, V4.B16
	VEOR V5.B16, V5.B16, V5.B16
	VEOR V6.B16, V6.B16, V6.B16
	VEOR V7.B16, V7.B16, V7.B16
	VEOR V8.B16, V8.B16, V8.B16
	VEOR V9.B16, V9.B16, V9.B16
	VEOR V10.B16, V10.B16, V10.B16
	VEOR V11.B16, V11.B16, V11.B16
	VEOR V12.B16, V12.B16, V12.B16
	VEOR V13.B16, V13.B16, V13.B16
	VEOR V14.B16, V14.B16, V14.B16
	VEOR V15.B16, V15.B16, V15.B16
	VEOR V16.B16, V16.B16, V16.B16
	VEOR V17.B16, V17.B16, V17.B16
	VEOR V18.B16, V18.B16, V18.B16
	VEOR V19.B16, V19.B16, V19.B16
	VEOR V20.B16, V20.B16, V20.B16
	VEOR V21.B16, V21.B16, V21.B16
	VEOR V22.B16, V22.B16, V22.B16
	VEOR V23.B16, V23.B16, V23.B16

loop:
	VLD1 (R11), [V24.B16, V25.B16, V26.B16, V27.B16]
	DOT(R5, 0, 1, 2, 3)
	DOT(R6, 4, 5, 6, 7)
	DOT(R7, 8, 9, 10, 11)
	DOT(R8, 12, 13, 14, 15)
	DOT(R9, 16, 17, 18, 19)
	DOT(R10, 20, 21, 22, 23)
	ADD  $256, R11
	SUBS $1, R22
	BNE  loop

	MOVD R1, R12
	MOVD R3, R13
	FMOVS $128.0, F30
	ROW(0, V0, 0, V1, 1, V2, 2, V3, 3)
	ROW(4, V4, 4, V5, 5, V6, 6, V7, 7)
	ROW(8, V8, 8, V9, 9, V10, 10, V11, 11)
	ROW(12, V12, 12, V13, 13, V14, 14, V15, 15)
	ROW(16, V16, 16, V17, 17, V18, 18, V19, 19)
	ROW(20, V20, 20, V21, 21, V22, 22, V23, 23)
	ADD  $64, R1
	ADD  $64, R2
	ADD  $64, R3
	ADD  $64, R14
	ADD  $64, R15
	SUBS $1, R21
	BNE  columns
	RET
