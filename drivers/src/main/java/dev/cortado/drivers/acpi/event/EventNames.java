package dev.cortado.drivers.acpi.event;

import java.util.BitSet;
import java.util.List;

/** Names of methods of general purpose events (ACPI 6.5, 5.6.4.1). */
final class EventNames {
    private static final int NAME_BYTES = 4;

    private EventNames() {}

    /** The method of an event that stays until its cause is gone. */
    static String level(int event) {
        return "_L%02X".formatted(event);
    }

    /** The method of an event that comes once. */
    static String edge(int event) {
        return "_E%02X".formatted(event);
    }

    /**
     * The numbers of such names anywhere in tables, which are not run: all that have a method, and
     * perhaps others.
     */
    static BitSet find(List<byte[]> tables) {
        BitSet found = new BitSet();
        for (byte[] table : tables) {
            for (int at = 0; at <= table.length - NAME_BYTES; at++) {
                if (table[at] == '_' && (table[at + 1] == 'L' || table[at + 1] == 'E')) {
                    int high = digit(table[at + 2]);
                    int low = digit(table[at + 3]);
                    if (high >= 0 && low >= 0) {
                        found.set(high << 4 | low);
                    }
                }
            }
        }
        return found;
    }

    /** Names have capital letters. */
    private static int digit(byte letter) {
        return letter >= 'a' ? -1 : Character.digit(letter, 16);
    }
}
