package dev.cortado.image.network;

import java.util.OptionalInt;

/**
 * Addresses of the Internet protocol's version 4, as four decimal numbers with dots (RFC 6943,
 * 3.1.1, strict).
 */
final class Ipv4 {
    static final int BITS = 32;

    private static final int PARTS = 4;
    private static final int BITS_OF_PART = 8;
    private static final int LAST = 255;

    private Ipv4() {}

    /** The address as a number, the first byte the highest; empty if the text is none. */
    static OptionalInt parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            return OptionalInt.empty();
        }
        int address = 0;
        for (String part : parts) {
            // A leading zero means octal to some.
            if (!part.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(part) > LAST) {
                return OptionalInt.empty();
            }
            address = address << BITS_OF_PART | Integer.parseInt(part);
        }
        return OptionalInt.of(address);
    }

    /** Whether two addresses have the same first bits. */
    static boolean sameNetwork(int one, int other, int prefix) {
        return prefix == 0 || (one ^ other) >>> (BITS - prefix) == 0;
    }
}
