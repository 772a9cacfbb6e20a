package dev.cortado.drivers.intel;

/** Registers and their bits (SDM, 13.4 and 13.5; 82574, 10.2), those that the driver uses. */
final class IntelRegisters {
    static final int BYTES = 0x20000;

    static final int CTRL = 0x0000;
    static final int CTRL_GIO_MASTER_DISABLE = 1 << 2;
    static final int CTRL_LRST = 1 << 3;
    static final int CTRL_ASDE = 1 << 5;
    static final int CTRL_SLU = 1 << 6;
    static final int CTRL_ILOS = 1 << 7;
    static final int CTRL_FRCSPD = 1 << 11;
    static final int CTRL_FRCDPX = 1 << 12;
    static final int CTRL_RST = 1 << 26;
    static final int CTRL_VME = 1 << 30;
    static final int CTRL_PHY_RST = 1 << 31;

    static final int STATUS = 0x0008;
    static final int STATUS_LU = 1 << 1;
    static final int STATUS_GIO_MASTER_ENABLE = 1 << 19;

    static final int EECD = 0x0010;
    static final int EECD_AUTO_RD = 1 << 9;
    static final int EERD = 0x0014;

    static final int CTRL_EXT = 0x0018;
    static final int CTRL_EXT_IAME = 1 << 27;
    static final int CTRL_EXT_DRV_LOAD = 1 << 28;

    static final int ICR = 0x00c0;
    static final int ITR = 0x00c4;
    static final int IMS = 0x00d0;
    static final int IMC = 0x00d8;
    static final int EIAC = 0x00dc;
    static final int IVAR = 0x00e4;
    static final int EITR0 = 0x00e8;

    /** Causes of interrupts, of ICR, IMS and IMC. */
    static final int TXDW = 1;

    static final int LSC = 1 << 2;
    static final int RXO = 1 << 6;
    static final int RXT0 = 1 << 7;
    static final int RXQ0 = 1 << 20;
    static final int TXQ0 = 1 << 22;
    static final int OTHER = 1 << 24;

    /** Of IVAR (82574, 10.2.4.9): all go to message 0, and do go. */
    static final int IVAR_RXQ0_VALID = 1 << 3;

    static final int IVAR_TXQ0_VALID = 1 << 11;
    static final int IVAR_OTHER_VALID = 1 << 19;

    static final int RCTL = 0x0100;
    static final int RCTL_EN = 1 << 1;
    static final int RCTL_UPE = 1 << 3;
    static final int RCTL_MPE = 1 << 4;
    static final int RCTL_BAM = 1 << 15;
    static final int RCTL_SECRC = 1 << 26;

    static final int TCTL = 0x0400;
    static final int TCTL_EN = 1 << 1;
    static final int TCTL_PSP = 1 << 3;
    static final int TCTL_CT_SHIFT = 4;
    static final int TCTL_COLD_SHIFT = 12;
    static final int TIPG = 0x0410;

    static final int RDBAL = 0x2800;
    static final int RDBAH = 0x2804;
    static final int RDLEN = 0x2808;
    static final int RDH = 0x2810;
    static final int RDT = 0x2818;
    static final int RDTR = 0x2820;
    static final int RADV = 0x282c;

    static final int TDBAL = 0x3800;
    static final int TDBAH = 0x3804;
    static final int TDLEN = 0x3808;
    static final int TDH = 0x3810;
    static final int TDT = 0x3818;
    static final int TIDV = 0x3820;
    static final int TXDCTL = 0x3828;

    /** 82574, 10.2.6.11: to be set by software. */
    static final int TXDCTL_COUNT_DESCRIPTORS = 1 << 22;

    static final int TADV = 0x382c;

    static final int RXCSUM = 0x5000;
    static final int RXCSUM_IPOFL = 1 << 8;
    static final int RXCSUM_TUOFL = 1 << 9;
    static final int RFCTL = 0x5008;

    static final int MTA = 0x5200;
    static final int MTA_REGISTERS = 128;
    static final int RAL = 0x5400;
    static final int RAH = 0x5404;
    static final int RA_ENTRIES = 16;
    static final int RAH_AV = 1 << 31;

    private IntelRegisters() {}
}
