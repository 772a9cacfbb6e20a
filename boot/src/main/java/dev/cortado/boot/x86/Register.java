package dev.cortado.boot.x86;

/** General-purpose registers, one constant a width (SDM vol. 1, 3.4.1). */
public enum Register {
    RAX(Width.QUADWORD, 0),
    RCX(Width.QUADWORD, 1),
    RDX(Width.QUADWORD, 2),
    RBX(Width.QUADWORD, 3),
    RSP(Width.QUADWORD, 4),
    RBP(Width.QUADWORD, 5),
    RSI(Width.QUADWORD, 6),
    RDI(Width.QUADWORD, 7),
    R8(Width.QUADWORD, 8),
    R9(Width.QUADWORD, 9),
    R10(Width.QUADWORD, 10),
    R11(Width.QUADWORD, 11),
    R12(Width.QUADWORD, 12),
    R13(Width.QUADWORD, 13),
    R14(Width.QUADWORD, 14),
    R15(Width.QUADWORD, 15),
    EAX(Width.DOUBLEWORD, 0),
    ECX(Width.DOUBLEWORD, 1),
    EDX(Width.DOUBLEWORD, 2),
    EBX(Width.DOUBLEWORD, 3),
    ESP(Width.DOUBLEWORD, 4),
    EBP(Width.DOUBLEWORD, 5),
    ESI(Width.DOUBLEWORD, 6),
    EDI(Width.DOUBLEWORD, 7),
    R8D(Width.DOUBLEWORD, 8),
    R9D(Width.DOUBLEWORD, 9),
    R10D(Width.DOUBLEWORD, 10),
    R11D(Width.DOUBLEWORD, 11),
    R12D(Width.DOUBLEWORD, 12),
    R13D(Width.DOUBLEWORD, 13),
    R14D(Width.DOUBLEWORD, 14),
    R15D(Width.DOUBLEWORD, 15),
    AX(Width.WORD, 0),
    CX(Width.WORD, 1),
    DX(Width.WORD, 2),
    BX(Width.WORD, 3),
    AL(Width.BYTE, 0),
    CL(Width.BYTE, 1),
    DL(Width.BYTE, 2),
    BL(Width.BYTE, 3);

    private final Width width;
    private final int number;

    Register(Width width, int number) {
        this.width = width;
        this.number = number;
    }

    Width width() {
        return width;
    }

    /** 0 to 15; the highest bit goes into a REX prefix. */
    int number() {
        return number;
    }

    /** The three bits that go into ModRM, SIB or the opcode. */
    int low() {
        return number & 7;
    }

    /** Whether the register needs a REX prefix. */
    boolean isExtended() {
        return number > 7;
    }
}
