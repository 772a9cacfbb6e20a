package dev.cortado.drivers.acpi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tables of this directory's resources: those of QEMU 7.2 as its firmware left them in memory, and
 * those that iasl compiled from the sources beside them.
 */
public final class Tables {
    private static final int HEADER_BYTES = 36;
    private static final int CHECKSUM = 9;

    private Tables() {}

    public static byte[] bytes(String name) {
        try (InputStream stream = Tables.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> lines(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
    }

    /** A DSDT of revision 2 with these terms. */
    public static byte[] dsdt(byte... terms) {
        byte[] table = new byte[HEADER_BYTES + terms.length];
        System.arraycopy("DSDT".getBytes(StandardCharsets.US_ASCII), 0, table, 0, 4);
        table[8] = 2;
        System.arraycopy(terms, 0, table, HEADER_BYTES, terms.length);
        return seal(table);
    }

    /** Makes length and checksum of a table right; returns it. */
    public static byte[] seal(byte[] table) {
        for (int i = 0; i < Integer.BYTES; i++) {
            table[4 + i] = (byte) (table.length >>> i * Byte.SIZE);
        }
        table[CHECKSUM] = 0;
        byte sum = 0;
        for (byte b : table) {
            sum += b;
        }
        table[CHECKSUM] = (byte) -sum;
        return table;
    }
}
