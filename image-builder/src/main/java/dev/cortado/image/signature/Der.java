package dev.cortado.image.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Values in ASN.1's Distinguished Encoding Rules (ITU-T X.690), each as its bytes. */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int NULL = 0x05;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;

    /** Lengths from here on take more than one byte. */
    private static final int LONG_LENGTH = 0x80;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, concatenation(parts));
    }

    /** The elements in the order that the rules want (11.6): by their bytes. */
    static byte[] set(byte[]... elements) {
        return value(SET, setContents(elements));
    }

    /** What is in a {@link #set}, for where another tag stands for it. */
    static byte[] setContents(byte[]... elements) {
        byte[][] sorted = elements.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return concatenation(sorted);
    }

    /** A tag that depends on its place, around what has a tag of its own or instead of that. */
    static byte[] tagged(int number, byte[] contents) {
        return value(CONTEXT | CONSTRUCTED | number, contents);
    }

    /** The same in place of the tag of something that is not made of parts. */
    static byte[] taggedPrimitive(int number, byte[] contents) {
        return value(CONTEXT | number, contents);
    }

    /**
     * @param bytes two's complement, the highest byte first, and no more than it takes
     */
    static byte[] integer(byte... bytes) {
        return value(INTEGER, bytes);
    }

    static byte[] noBits() {
        return value(BIT_STRING, new byte[1]);
    }

    static byte[] octets(byte[] bytes) {
        return value(OCTET_STRING, bytes);
    }

    static byte[] nothing() {
        return value(NULL, new byte[0]);
    }

    /** An identifier in dots. */
    static byte[] identifier(String dotted) {
        List<Long> numbers = Arrays.stream(dotted.split("\\.")).map(Long::valueOf).toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        base128(bytes, 40 * numbers.get(0) + numbers.get(1));
        numbers.stream().skip(2).forEach(number -> base128(bytes, number));
        return value(OBJECT_IDENTIFIER, bytes.toByteArray());
    }

    /** The bytes of a string of 16-bit characters (BMPString). */
    static byte[] wideCharacters(String text) {
        return text.getBytes(StandardCharsets.UTF_16BE);
    }

    private static void base128(ByteArrayOutputStream to, long number) {
        int shift = 0;
        while (number >>> shift + 7 != 0) {
            shift += 7;
        }
        for (; shift > 0; shift -= 7) {
            to.write((int) (number >>> shift & 0x7F | 0x80));
        }
        to.write((int) (number & 0x7F));
    }

    private static byte[] value(int tag, byte[] contents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(tag);
        int length = contents.length;
        if (length < LONG_LENGTH) {
            bytes.write(length);
        } else {
            int size = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
            bytes.write(LONG_LENGTH | size);
            for (int i = size - 1; i >= 0; i--) {
                bytes.write(length >>> i * Byte.SIZE);
            }
        }
        bytes.writeBytes(contents);
        return bytes.toByteArray();
    }

    private static byte[] concatenation(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
