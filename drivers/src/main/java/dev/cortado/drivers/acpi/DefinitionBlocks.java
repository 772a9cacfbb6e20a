package dev.cortado.drivers.acpi;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tables of AML, before they are run. */
public final class DefinitionBlocks {
    private DefinitionBlocks() {}

    /**
     * Whether one of them has these characters anywhere: without a device's name, it is not worth
     * while to run them.
     *
     * @param name in ASCII
     */
    public static boolean mention(List<byte[]> tables, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        for (byte[] table : tables) {
            if (isIn(table, bytes)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(byte[] table, byte[] name) {
        for (int at = 0; at <= table.length - name.length; at++) {
            int same = 0;
            while (same < name.length && table[at + same] == name[same]) {
                same++;
            }
            if (same == name.length) {
                return true;
            }
        }
        return false;
    }
}
