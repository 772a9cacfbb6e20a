package dev.cortado.drivers.tulip;

/** Command and status registers, 8 bytes apart, and their bits (HRM, 3.2), those that are used. */
final class TulipRegisters {
    static final int BYTES = 128;

    /** Bus mode. */
    static final int CSR0 = 0x00;

    static final int CSR0_SWR = 1;

    /** Bursts of 8 longwords, which end where cache lines of 8 do. */
    static final int CSR0_PBL_8 = 8 << 8;

    static final int CSR0_CAL_8 = 1 << 14;

    /** Poll demands. */
    static final int CSR1 = 0x08;

    static final int CSR2 = 0x10;

    /** Lists of descriptors: of what comes, of what is sent. */
    static final int CSR3 = 0x18;

    static final int CSR4 = 0x20;

    /** Status, and with the same bits in CSR7 what interrupts. */
    static final int CSR5 = 0x28;

    static final int TI = 1;
    static final int RI = 1 << 6;
    static final int RU = 1 << 7;
    static final int GTE = 1 << 11;
    static final int FBE = 1 << 13;
    static final int AIS = 1 << 15;
    static final int NIS = 1 << 16;
    static final int CAUSES = (1 << 17) - 1;

    /** What both processes are at; nothing, if they are stopped. */
    static final int CSR5_PROCESSES = 7 << 17 | 7 << 20;

    /** Operation mode. */
    static final int CSR6 = 0x30;

    static final int CSR6_SR = 1 << 1;
    static final int CSR6_PR = 1 << 6;
    static final int CSR6_PM = 1 << 7;
    static final int CSR6_FD = 1 << 9;
    static final int CSR6_ST = 1 << 13;
    static final int CSR6_PS = 1 << 18;
    static final int CSR6_HBD = 1 << 19;
    static final int CSR6_SF = 1 << 21;
    static final int CSR6_TTM = 1 << 22;
    static final int CSR6_MBO = 1 << 25;

    static final int CSR7 = 0x38;

    /** Serial ROM and MII management. */
    static final int CSR9 = 0x48;

    static final int CSR9_SR_CS = 1;
    static final int CSR9_SR_SK = 1 << 1;
    static final int CSR9_SR_DI = 1 << 2;
    static final int CSR9_SR_DO = 1 << 3;
    static final int CSR9_SR = 1 << 11;
    static final int CSR9_RD = 1 << 14;
    static final int CSR9_MDC = 1 << 16;
    static final int CSR9_MDO = 1 << 17;
    static final int CSR9_MII = 1 << 18;
    static final int CSR9_MDI = 1 << 19;

    /** General-purpose timer. */
    static final int CSR11 = 0x58;

    static final int CSR11_CON = 1 << 16;

    private TulipRegisters() {}
}
