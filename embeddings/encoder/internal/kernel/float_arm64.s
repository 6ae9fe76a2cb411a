#include "textflag.h"

// The fields of floatTile.
#define out 0
#define outStride 8
#define a 16
#define aStride 24
#define b 32
#define bStride 40
#define depth 48
#define bias 56

#define ROW(number, s0, s1, s2, s3) \
	VLD1R.P 4(number), [V28.S4];  \
	VFMLA V24.S4, V28.S4, s0.S4;  \
	VFMLA V25.S4, V28.S4, s1.S4;  \
	VFMLA V26.S4, V28.S4, s2.S4;  \
	VFMLA V27.S4, V28.S4, s3.S4

#define COPY(s0, s1, s2, s3) \
	VMOV V0.B16, s0.B16; \
	VMOV V1.B16, s1.B16; \
	VMOV V2.B16, s2.B16; \
	VMOV V3.B16, s3.B16

// func floatTileNEON(t *floatTile)
// The sums of 6 rows in 4 vectors of 4 columns are in V0 to V23.
TEXT ·floatTileNEON(SB), NOSPLIT, $0-8
	MOVD t+0(FP), R0
	MOVD a(R0), R5
	MOVD aStride(R0), R4
	ADD  R4, R5, R6
	ADD  R4, R6, R7
	ADD  R4, R7, R8
	ADD  R4, R8, R9
	ADD  R4, R9, R10
	MOVD b(R0), R11
	MOVD bStride(R0), R12
	MOVD depth(R0), R13
	MOVD out(R0), R1
	MOVD outStride(R0), R2
	MOVD bias(R0), R3
	VEOR V0.B16, V0.B16, V0.B16
	VEOR V1.B16, V1.B16, V1.B16
	VEOR V2.B16, V2.B16, V2.B16
	VEOR V3.B16, V3.B16, V3.B16
	CBZ  R3, start
	VLD1 (R3), [V0.S4, V1.S4, V2.S4, V3.S4]

start:
	COPY(V4, V5, V6, V7)
	COPY(V8, V9, V10, V11)
	COPY(V12, V13, V14, V15)
	COPY(V16, V17, V18, V19)
	COPY(V20, V21, V22, V23)

loop:
	VLD1 (R11), [V24.S4, V25.S4, V26.S4, V27.S4]
	ROW(R5, V0, V1, V2, V3)
	ROW(R6, V4, V5, V6, V7)
	ROW(R7, V8, V9, V10, V11)
	ROW(R8, V12, V13, V14, V15)
	ROW(R9, V16, V17, V18, V19)
	ROW(R10, V20, V21, V22, V23)
	ADD  R12, R11
	SUBS $1, R13
	BNE  loop

	VST1 [V0.S4, V1.S4, V2.S4, V3.S4], (R1)
	ADD  R2, R1
	VST1 [V4.S4, V5.S4, V6.S4, V7.S4], (R1)
	ADD  R2, R1
	VST1 [V8.S4, V9.S4, V10.S4, V11.S4], (R1)
	ADD  R2, R1
	VST1 [V12.S4, V13.S4, V14.S4, V15.S4], (R1)
	ADD  R2, R1
	VST1 [V16.S4, V17.S4, V18.S4, V19.S4], (R1)
	ADD  R2, R1
	VST1 [V20.S4, V21.S4, V22.S4, V23.S4], (R1)
	RET
