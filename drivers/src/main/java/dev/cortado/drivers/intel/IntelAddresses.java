package dev.cortado.drivers.intel;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.network.card.ReceiveFilter;
import dev.cortado.drivers.register.Registers;

/** Whose packets come: the address, and a table of hashes of groups (SDM, 13.5.1 to 13.5.3). */
final class IntelAddresses {
    /** Words of the EEPROM, the first two bytes in the first (SDM, 5.6.1; 82574, 6.1.1.1). */
    private static final int ADDRESS_WORDS = 3;

    /** EERD (SDM, 13.4.4; 82574, 10.2.2.4). */
    private static final int EERD_START = 1;

    private static final int EERD_DONE = 1 << 4;
    private static final int EERD_ADDRESS_SHIFT = 8;
    private static final int EERD_DONE_EXPRESS = 1 << 1;
    private static final int EERD_ADDRESS_SHIFT_EXPRESS = 2;
    private static final int EERD_DATA_SHIFT = 16;

    /** A word takes some microseconds (SDM, 5.4). */
    private static final int MOST_READS = 100_000;

    private final Registers registers;
    private final IntelModel model;

    IntelAddresses(Registers registers, IntelModel model) {
        this.registers = registers;
        this.model = model;
    }

    /** The address that the card has loaded when it was reset, or else the EEPROM's; 0 if none. */
    long read() {
        int high = registers.read32(IntelRegisters.RAH);
        long loaded = address(registers.read32(IntelRegisters.RAL), high);
        if ((high & IntelRegisters.RAH_AV) != 0 && MacAddress.isStation(loaded)) {
            return loaded;
        }
        long words = 0;
        for (int i = 0; i < ADDRESS_WORDS; i++) {
            int word = readWord(i);
            if (word < 0) {
                return 0;
            }
            words |= (long) word << Short.SIZE * i;
        }
        return address((int) words, (int) (words >>> Integer.SIZE));
    }

    /** The byte that is sent first is the lowest one. */
    private static long address(int low, int high) {
        long bytes = Integer.toUnsignedLong(low) | (long) (high & 0xffff) << Integer.SIZE;
        return Long.reverseBytes(bytes) >>> Short.SIZE;
    }

    /** -1 if the card does not answer. */
    private int readWord(int index) {
        boolean express = model.isExpress();
        int shift = express ? EERD_ADDRESS_SHIFT_EXPRESS : EERD_ADDRESS_SHIFT;
        int done = express ? EERD_DONE_EXPRESS : EERD_DONE;
        registers.write32(IntelRegisters.EERD, index << shift | EERD_START);
        for (int i = 0; i < MOST_READS; i++) {
            int value = registers.read32(IntelRegisters.EERD);
            if ((value & done) != 0) {
                return value >>> EERD_DATA_SHIFT;
            }
        }
        return -1;
    }

    /** Sets address and groups, not what RCTL has of them. */
    void set(ReceiveFilter filter) {
        long bytes = Long.reverseBytes(filter.address()) >>> Short.SIZE;
        registers.write32(IntelRegisters.RAH, 0); // it is not to match half of each
        registers.write32(IntelRegisters.RAL, (int) bytes);
        registers.write32(
                IntelRegisters.RAH, (int) (bytes >>> Integer.SIZE) | IntelRegisters.RAH_AV);
        int[] table = new int[IntelRegisters.MTA_REGISTERS];
        for (long group : filter.groups()) {
            int hash = hash(group);
            table[hash >>> 5] |= 1 << hash;
        }
        for (int i = 0; i < table.length; i++) {
            registers.write32(IntelRegisters.MTA + i * Integer.BYTES, table[i]);
        }
    }

    /** All but the first address, which the firmware may have left behind. */
    void clearOthers() {
        for (int i = 1; i < IntelRegisters.RA_ENTRIES; i++) {
            registers.write32(IntelRegisters.RAH + 2 * Integer.BYTES * i, 0);
        }
    }

    /** Bits 47 to 36 of the address, the byte that is sent last the highest (RCTL.MO is 0). */
    private static int hash(long group) {
        int last = MacAddress.byteOf(group, 5);
        int before = MacAddress.byteOf(group, 4);
        return last << 4 | before >>> 4;
    }
}
