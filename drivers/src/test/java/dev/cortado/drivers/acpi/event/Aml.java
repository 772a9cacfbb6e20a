package dev.cortado.drivers.acpi.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes terms of AML (ACPI 6.5, 20.2), as far as tests of events need them. */
public final class Aml {
    private Aml() {}

    private static final int TWO_BYTES = 0x40;

    /** Terms one after the other. */
    public static byte[] terms(byte[]... terms) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] term : terms) {
            out.writeBytes(term);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** A length of two bytes (20.2.4), and what is of that length. */
    private static byte[] packaged(byte[]... parts) {
        byte[] body = terms(parts);
        int length = body.length + 2;
        return terms(bytes(TWO_BYTES | length & 0xf, length >>> 4), body);
    }

    public static byte[] scope(String name, byte[]... body) {
        return terms(bytes(0x10), packaged(ascii(name), terms(body)));
    }

    public static byte[] device(String name, byte[]... body) {
        return terms(bytes(0x5b, 0x82), packaged(ascii(name), terms(body)));
    }

    public static byte[] method(String name, byte[]... body) {
        return terms(bytes(0x14), packaged(ascii(name), bytes(0), terms(body)));
    }

    /** Name with a number of 32 bits. */
    public static byte[] number(String name, long value) {
        return terms(
                bytes(0x08),
                ascii(name),
                bytes(0x0c),
                bytes((int) value, (int) value >> 8, (int) value >> 16, (int) value >> 24));
    }

    /** Name with a buffer of less than 4 KiB. */
    public static byte[] buffer(String name, byte[] contents) {
        return terms(
                bytes(0x08),
                ascii(name),
                bytes(0x11),
                packaged(bytes(0x0b, contents.length, contents.length >> 8), contents));
    }

    /** Name with an EISA identifier of its four bytes. */
    public static byte[] hostBridge() {
        return terms(bytes(0x08), ascii("_HID"), bytes(0x0c, 0x41, 0xd0, 0x0a, 0x03));
    }

    public static byte[] notify(String name, int value) {
        return terms(bytes(0x86), ascii(name), bytes(0x0a, value));
    }

    public static byte[] forEver(byte[]... body) {
        return terms(bytes(0xa2), packaged(bytes(0x01), terms(body)));
    }

    /** A region of 16 ports, of which the first is a field of a byte. */
    public static byte[] port(String field, int port) {
        return terms(
                bytes(0x5b, 0x80),
                ascii("R" + field.substring(1)),
                bytes(0x01, 0x0b, port, port >> 8, 0x0a, 0x10),
                bytes(0x5b, 0x81),
                packaged(ascii("R" + field.substring(1)), bytes(0x01), ascii(field), bytes(0x08)));
    }

    /** Store of a byte. */
    public static byte[] store(int value, String field) {
        return terms(bytes(0x70, 0x0a, value), ascii(field));
    }
}
