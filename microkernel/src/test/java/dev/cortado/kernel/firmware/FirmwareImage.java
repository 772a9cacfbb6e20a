package dev.cortado.kernel.firmware;

import dev.cortado.kernel.memory.PhysicalMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Memory of 1 MiB and a bit with firmware tables in it, as tests write them. As memory it fails a
 * read from behind its limit and any write.
 */
final class FirmwareImage implements PhysicalMemory {
    static final int BYTES = 0x12_0000;
    static final int HEADER_BYTES = 36;

    private record Checksum(int begin, int bytes, int at) {}

    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Checksum> checksums = new ArrayList<>();
    private long limit = BYTES;

    void copy(FirmwareImage from, int begin, int end) {
        bytes.put(begin, from.bytes, begin, end - begin);
    }

    FirmwareImage limit(long newLimit) {
        limit = newLimit;
        return this;
    }

    FirmwareTables tables() {
        return new FirmwareTables(this, limit);
    }

    /** Writes bytes given as hexadecimal digits, blanks ignored. */
    FirmwareImage hex(int at, String digits) {
        byte[] values = HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
        bytes.put(at, values);
        return this;
    }

    FirmwareImage text(int at, String text) {
        bytes.put(at, text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    FirmwareImage setByte(int at, int value) {
        bytes.put(at, (byte) value);
        return this;
    }

    FirmwareImage setShort(int at, int value) {
        bytes.putShort(at, (short) value);
        return this;
    }

    FirmwareImage setInt(int at, long value) {
        bytes.putInt(at, (int) value);
        return this;
    }

    FirmwareImage setLong(int at, long value) {
        bytes.putLong(at, value);
        return this;
    }

    int getByte(int at) {
        return bytes.get(at) & 0xff;
    }

    /** Makes the bytes add up to 0 by the one at {@code at}. */
    FirmwareImage checksum(int begin, int length, int at) {
        checksums.add(new Checksum(begin, length, at));
        correct(new Checksum(begin, length, at));
        return this;
    }

    /** Makes all checksums right again after changes. */
    FirmwareImage correct() {
        checksums.forEach(this::correct);
        return this;
    }

    private void correct(Checksum checksum) {
        int sum = 0;
        for (int i = 0; i < checksum.bytes; i++) {
            sum += bytes.get(checksum.begin + i);
        }
        bytes.put(checksum.at, (byte) (bytes.get(checksum.at) - sum));
    }

    /** An ACPI table: the header (ACPI 6.5, 5.2.6), then the body in hexadecimal. */
    FirmwareImage table(int at, String signature, String body) {
        hex(at + HEADER_BYTES, body);
        int length = HEADER_BYTES + body.replaceAll("\\s", "").length() / 2;
        text(at, signature).setInt(at + 4, length).setByte(at + 8, 1);
        return text(at + 10, "CORTADTESTTABL").checksum(at, length, at + 9);
    }

    /** A root pointer of revision 2 (5.2.5.3). */
    FirmwareImage rootPointer(int at, int rsdt, long xsdt) {
        text(at, "RSD PTR ").text(at + 9, "CORTAD").setByte(at + 15, 2);
        setInt(at + 16, rsdt).setInt(at + 20, 36).setLong(at + 24, xsdt);
        return checksum(at, 20, at + 8).checksum(at, 36, at + 32);
    }

    /** A root pointer of revision 0. */
    FirmwareImage oldRootPointer(int at, int rsdt) {
        text(at, "RSD PTR ").text(at + 9, "CORTAD").setInt(at + 16, rsdt);
        return checksum(at, 20, at + 8);
    }

    /** An XSDT of these tables. */
    FirmwareImage extendedRoot(int at, long... tables) {
        StringBuilder body = new StringBuilder();
        for (long table : tables) {
            body.append("%016x".formatted(Long.reverseBytes(table)));
        }
        return table(at, "XSDT", body.toString());
    }

    /** An RSDT of these tables. */
    FirmwareImage root(int at, int... tables) {
        StringBuilder body = new StringBuilder();
        for (int table : tables) {
            body.append("%08x".formatted(Integer.reverseBytes(table)));
        }
        return table(at, "RSDT", body.toString());
    }

    @Override
    public byte readByte(long physical) {
        if (physical < 0 || physical >= limit) {
            throw new AssertionError("read at %x".formatted(physical));
        }
        return bytes.get((int) physical);
    }

    @Override
    public long readLong(long physical) {
        if (physical < 0 || physical > limit - Long.BYTES) {
            throw new AssertionError("read at %x".formatted(physical));
        }
        return bytes.getLong((int) physical);
    }

    @Override
    public void writeLong(long physical, long value) {
        throw new AssertionError("write at %x".formatted(physical));
    }

    @Override
    public void writeByte(long physical, byte value) {
        throw new AssertionError("write at %x".formatted(physical));
    }
}
