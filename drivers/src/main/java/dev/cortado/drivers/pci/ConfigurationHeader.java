package dev.cortado.drivers.pci;

/** Where the first 64 bytes of a function's registers have what (PCI 3.0, 6.1). */
final class ConfigurationHeader {
    static final int VENDOR_ID = 0x00;
    static final int DEVICE_ID = 0x02;
    static final int COMMAND = 0x04;
    static final int STATUS = 0x06;
    static final int REVISION_ID = 0x08;

    /** 3 bytes: programming interface, sub-class, base class. */
    static final int CLASS_CODE = 0x09;

    static final int HEADER_TYPE = 0x0e;
    static final int BASE_ADDRESSES = 0x10;
    static final int SUBSYSTEM_ID = 0x2e;
    static final int CAPABILITIES = 0x34;
    static final int INTERRUPT_LINE = 0x3c;
    static final int INTERRUPT_PIN = 0x3d;

    /** Of a bridge (PCI-to-PCI Bridge Architecture 1.2, 3.2.5). */
    static final int SECONDARY_BUS = 0x19;

    static final int SUBORDINATE_BUS = 0x1a;

    /** What a bridge passes on (3.2.5.6 to 3.2.5.10); each base has its limit behind it. */
    static final int PORT_BASE = 0x1c;

    static final int MEMORY_BASE = 0x20;
    static final int PREFETCHABLE_BASE = 0x24;
    static final int PREFETCHABLE_BASE_UPPER = 0x28;
    static final int PREFETCHABLE_LIMIT_UPPER = 0x2c;
    static final int PORT_BASE_UPPER = 0x30;

    /** Bits of {@link #COMMAND} (6.2.2). */
    static final int COMMAND_PORTS = 1;

    static final int COMMAND_MEMORY = 1 << 1;
    static final int COMMAND_BUS_MASTER = 1 << 2;
    static final int COMMAND_INTERRUPT_DISABLE = 1 << 10;

    /** Bits of {@link #STATUS} (6.2.3). */
    static final int STATUS_INTERRUPT = 1 << 3;

    static final int STATUS_CAPABILITIES = 1 << 4;

    /** Bits of {@link #HEADER_TYPE}. */
    static final int MULTI_FUNCTION = 1 << 7;

    static final int TYPE_MASK = 0x7f;
    static final int TYPE_DEVICE = 0;
    static final int TYPE_BRIDGE = 1;

    /** What {@link #VENDOR_ID} reads as where there is nothing (6.1). */
    static final int NO_VENDOR = 0xffff;

    private ConfigurationHeader() {}

    /** How many base addresses a type of header has. */
    static int baseAddresses(int type) {
        return switch (type) {
            case TYPE_DEVICE -> 6;
            case TYPE_BRIDGE -> 2;
            default -> 0;
        };
    }
}
