package dev.cortado.kernel.firmware;

import java.util.ArrayList;
import java.util.List;

/**
 * Registers of general purpose events, in groups of eight (ACPI 6.5, 4.8.4.1): a byte of status for
 * each group, and behind all of them a byte for each of what is enabled.
 *
 * @param status port of the first group's status
 * @param enable port of what is enabled of it
 * @param groups at least 1; the last event is number 255 at most
 * @param firstEvent number of bit 0 of the first group
 */
public record EventBlock(int status, int enable, int groups, int firstEvent) {
    /** In the FADT (5.2.9). */
    private static final int GPE0_BLOCK = 80;

    private static final int GPE1_BLOCK = 84;
    private static final int GPE0_LENGTH = 92;
    private static final int GPE1_LENGTH = 93;
    private static final int GPE1_BASE = 94;
    private static final int EXTENDED_GPE0_BLOCK = 220;
    private static final int EXTENDED_GPE1_BLOCK = 232;

    private static final int EVENTS = 256;
    private static final int PORTS = 1 << 16;

    /** Both blocks, as far as they are behind ports; of machines with reduced hardware none. */
    static List<EventBlock> read(FirmwareMemory memory, long fadt, long length) {
        List<EventBlock> blocks = new ArrayList<>();
        if (length > GPE1_BASE) {
            int first = memory.readByte(fadt + GPE1_BASE);
            add(
                    blocks,
                    address(memory, fadt, length, GPE0_BLOCK, EXTENDED_GPE0_BLOCK),
                    memory.readByte(fadt + GPE0_LENGTH),
                    0);
            add(
                    blocks,
                    address(memory, fadt, length, GPE1_BLOCK, EXTENDED_GPE1_BLOCK),
                    memory.readByte(fadt + GPE1_LENGTH),
                    first);
        }
        return blocks;
    }

    private static RegisterAddress address(
            FirmwareMemory memory, long fadt, long length, int offset, int extended) {
        RegisterAddress address = new RegisterAddress();
        address.setPort(memory.readInt(fadt + offset));
        if (length >= extended + RegisterAddress.BYTES) {
            address.read(memory, fadt + extended);
        }
        return address;
    }

    /** A block may not go beyond the ports, and events have numbers of a byte. */
    private static void add(
            List<EventBlock> blocks, RegisterAddress address, int bytes, int firstEvent) {
        int groups = Math.min(bytes / 2, (EVENTS - firstEvent) / Byte.SIZE);
        if (address.isPresent()
                && address.isPort()
                && groups > 0
                && address.address() <= PORTS - bytes) {
            int status = (int) address.address();
            blocks.add(new EventBlock(status, status + bytes / 2, groups, firstEvent));
        }
    }
}
