package dev.cortado.drivers.vmware.vmxnet3;

/** Registers, commands and bits. All registers are 8 bytes apart and have 32 bits. */
final class Vmxnet3Registers {
    /** Base address 0, "pass through": those of rings and interrupts. */
    static final int IMR = 0x000;

    static final int IMR_BYTES = 8;
    static final int TXPROD = 0x600;
    static final int RXPROD = 0x800;
    static final int RXPROD2 = 0xa00;
    static final int PASS_THROUGH_BYTES = 0x1000;

    /** Base address 1, of the whole device. */
    static final int VRRS = 0x00;

    static final int UVRS = 0x08;
    static final int DSAL = 0x10;
    static final int DSAH = 0x18;
    static final int CMD = 0x20;
    static final int MACL = 0x28;
    static final int MACH = 0x30;
    static final int ICR = 0x38;
    static final int ECR = 0x40;
    static final int DEVICE_BYTES = 0x1000;

    static final int CMD_ACTIVATE_DEV = 0xcafe0000;
    static final int CMD_QUIESCE_DEV = 0xcafe0001;
    static final int CMD_RESET_DEV = 0xcafe0002;
    static final int CMD_UPDATE_RX_MODE = 0xcafe0003;
    static final int CMD_UPDATE_MAC_FILTERS = 0xcafe0004;
    static final int CMD_GET_QUEUE_STATUS = 0xf00d0000;
    static final int CMD_GET_LINK = 0xf00d0002;
    static final int CMD_GET_PERM_MAC_LO = 0xf00d0003;
    static final int CMD_GET_PERM_MAC_HI = 0xf00d0004;
    static final int CMD_GET_CONF_INTR = 0xf00d0008;

    /** The first revision of the device, and of UPT. */
    static final int REVISION_1 = 1;

    static final int LINK_UP = 1;

    /** Of {@link #CMD_GET_CONF_INTR}: the mask mode. */
    static final int MASK_MODE_SHIFT = 2;

    static final int MASK_MODE_MASK = 3;
    static final int MASK_MODE_AUTO = 0;

    /** Events, of ECR and of shared memory. */
    static final int ECR_RQERR = 1;

    static final int ECR_TQERR = 1 << 1;
    static final int ECR_LINK = 1 << 2;

    private Vmxnet3Registers() {}
}
