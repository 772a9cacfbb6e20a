package dev.cortado.drivers.acpi.aml;

import dev.cortado.drivers.pci.PciAddress;

/** Accesses to operation regions, checked against their bounds and handed to the caller's. */
final class Regions {
    private static final NamePath ADDRESS = name("_ADR");
    private static final NamePath BUS = name("_BBN");
    private static final NamePath SEGMENT = name("_SEG");

    /** Header type and secondary bus of a bridge (PCI to PCI Bridge Architecture 1.2, 3.2). */
    private static final int HEADER_TYPE = 0x0e;

    private static final int HEADER_TYPE_MASK = 0x7f;
    private static final int BRIDGE = 1;
    private static final int SECONDARY_BUS = 0x19;

    private final Execution execution;
    private final RegionAccess access;

    Regions(Execution execution, RegionAccess access) {
        this.execution = execution;
        this.access = access;
    }

    private static NamePath name(String name) {
        return new NamePath(false, 0, new int[] {NameSegment.of(name)});
    }

    long read(OperationRegion region, long offset, int bytes) throws AmlException {
        long address = region.address(offset, bytes);
        long value =
                switch (region.space()) {
                    case OperationRegion.SYSTEM_MEMORY -> access.readMemory(address, bytes);
                    case OperationRegion.SYSTEM_IO -> access.readPort((int) address, bytes);
                    case OperationRegion.PCI_CONFIG ->
                            access.readConfiguration(function(region), (int) address, bytes);
                    default -> throw refused(region);
                };
        return value & mask(bytes);
    }

    void write(OperationRegion region, long offset, int bytes, long given) throws AmlException {
        long address = region.address(offset, bytes);
        long value = given & mask(bytes);
        switch (region.space()) {
            case OperationRegion.SYSTEM_MEMORY -> access.writeMemory(address, bytes, value);
            case OperationRegion.SYSTEM_IO -> access.writePort((int) address, bytes, value);
            case OperationRegion.PCI_CONFIG ->
                    access.writeConfiguration(function(region), (int) address, bytes, value);
            default -> throw refused(region);
        }
    }

    private static long mask(int bytes) {
        return bytes == Long.BYTES ? -1 : (1L << bytes * Byte.SIZE) - 1;
    }

    private static AmlException refused(OperationRegion region) {
        return new AmlException(
                "The region "
                        + region.node().path()
                        + " is in address space "
                        + region.space()
                        + ", which is refused");
    }

    /**
     * The function that a region's device is (6.1.1, 6.5.5, 6.5.6): its _ADR, on the bus that its
     * host bridge's _BBN says, or that the bridges in between pass on.
     */
    private PciAddress function(OperationRegion region) throws AmlException {
        NamespaceNode device = region.node().parent();
        NamespaceNode[] way = new NamespaceNode[device.depth() + 1];
        int length = 0;
        NamespaceNode host = null;
        for (NamespaceNode at = device; at != null && host == null; at = at.parent()) {
            if (at.child("_BBN") != null || isHostBridge(at)) {
                host = at;
            } else if (at.child("_ADR") != null) {
                way[length++] = at;
            }
        }
        if (length == 0 && host != null && host.child("_ADR") != null) {
            way[length++] = host;
        }
        int bus = number(host, BUS, 0xff);
        int segment = number(host, SEGMENT, 0xffff);
        PciAddress function = new PciAddress(segment, bus, 0, 0);
        for (int i = length - 1; i >= 0; i--) {
            long slot = execution.conversions().number(execution.evaluate(way[i], ADDRESS));
            int number = (int) (slot >>> 16 & 0x1f);
            function = new PciAddress(segment, bus, number, (int) (slot & 7));
            if (i > 0 && isBridge(function)) {
                bus = (int) access.readConfiguration(function, SECONDARY_BUS, 1) & 0xff;
            }
        }
        return function;
    }

    /** The bus below the root has a routing table, and its name lies in \_SB. */
    private static boolean isHostBridge(NamespaceNode node) {
        return node.parent() != null && node.parent().depth() == 1 && node.child("_PRT") != null;
    }

    private boolean isBridge(PciAddress function) throws AmlException {
        int type = (int) access.readConfiguration(function, HEADER_TYPE, 1);
        return (type & HEADER_TYPE_MASK) == BRIDGE;
    }

    private int number(NamespaceNode device, NamePath name, int mask) throws AmlException {
        if (device == null || device.child(name.segments()[0]) == null) {
            return 0;
        }
        return (int) execution.conversions().number(execution.evaluate(device, name)) & mask;
    }
}
