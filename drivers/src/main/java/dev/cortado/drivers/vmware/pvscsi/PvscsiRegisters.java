package dev.cortado.drivers.vmware.pvscsi;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.register.Registers;
import java.io.IOException;

/** The adapter's registers ({@code enum PVSCSIRegOffset}) and commands. */
final class PvscsiRegisters {
    private static final int BASE = 0;

    private static final int COMMAND = 0x0;
    private static final int COMMAND_DATA = 0x4;
    private static final int INTR_STATUS = 0x100c;
    private static final int INTR_MASK = 0x2010;
    private static final int KICK_NON_RW_IO = 0x3014;
    private static final int KICK_RW_IO = 0x4018;
    private static final int BYTES = 0x401c;

    /** {@code enum PVSCSICommands}. */
    private static final int CMD_ADAPTER_RESET = 1;

    private static final int CMD_SETUP_RINGS = 3;

    /** Completions, on either of two messages. */
    private static final int INTR_CMPL_MASK = 0b11;

    /** Pages of a ring at most, whose numbers {@code struct PVSCSICmdDescSetupRings} has. */
    private static final int MOST_PAGES = 32;

    private static final int PAGE_SHIFT = 12;

    private final Registers registers;

    PvscsiRegisters(PciAccess access) throws IOException {
        registers = access.registers(BASE);
        if (registers.bytes() < BYTES) {
            throw new IOException(access.name() + ": " + registers.bytes() + " bytes of registers");
        }
    }

    /** It forgets its rings, and what it does. */
    void reset() {
        registers.write32(COMMAND, CMD_ADAPTER_RESET);
        registers.read32(INTR_STATUS); // comes back when it was done
    }

    /**
     * Tells it of a page of each ring.
     *
     * @param state their state's page
     */
    void setUpRings(long state, long requests, long completions) {
        registers.write32(COMMAND, CMD_SETUP_RINGS);
        registers.write32(COMMAND_DATA, 1);
        registers.write32(COMMAND_DATA, 1);
        writePage(state);
        writePages(requests);
        writePages(completions);
    }

    private void writePages(long first) {
        writePage(first);
        for (int i = 1; i < MOST_PAGES; i++) {
            writePage(0);
        }
    }

    private void writePage(long address) {
        long number = address >>> PAGE_SHIFT;
        registers.write32(COMMAND_DATA, (int) number);
        registers.write32(COMMAND_DATA, (int) (number >>> Integer.SIZE));
    }

    void enableInterrupts() {
        registers.write32(INTR_MASK, INTR_CMPL_MASK);
    }

    void disableInterrupts() {
        registers.write32(INTR_MASK, 0);
    }

    /** Lets go of its line. */
    void acknowledge() {
        int causes = registers.read32(INTR_STATUS);
        if (causes != 0) {
            registers.write32(INTR_STATUS, causes);
        }
    }

    /** It looks at its requests. */
    void kick(boolean isTransfer) {
        registers.write32(isTransfer ? KICK_RW_IO : KICK_NON_RW_IO, 0);
    }
}
