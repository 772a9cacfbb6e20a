package dev.cortado.drivers.pci;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Follows the list of a function's capabilities (PCI 3.0, 6.7). Each register is visited once at
 * most.
 */
final class CapabilityLists {
    private static final int FIRST_OFFSET = 0x40;
    private static final int END = 256;
    private static final int NO_ID = 0xff;

    private CapabilityLists() {}

    /** The capabilities in the first 256 bytes, in their order. */
    static List<Capability> read(PciFunction function) throws PciException {
        List<Capability> found = new ArrayList<>();
        int status = function.read16(ConfigurationHeader.STATUS);
        if ((status & ConfigurationHeader.STATUS_CAPABILITIES) == 0) {
            return found;
        }
        BitSet seen = new BitSet(END);
        int offset = function.read8(ConfigurationHeader.CAPABILITIES) & ~3;
        while (offset != 0) {
            visit(function, seen, offset);
            int id = function.read8(offset);
            if (id == NO_ID) {
                throw function.error("no capability at " + offset + ", where the list has one");
            }
            found.add(new Capability(id, offset));
            offset = function.read8(offset + 1) & ~3;
        }
        return found;
    }

    private static void visit(PciFunction function, BitSet seen, int offset) throws PciException {
        if (offset < FIRST_OFFSET) {
            throw function.error("capability at " + offset + ", inside the header");
        }
        if (seen.get(offset)) {
            throw function.error("its list of capabilities comes back to " + offset);
        }
        seen.set(offset);
    }
}
