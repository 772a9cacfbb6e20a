package dev.cortado.boot.gpt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** Identifiers in EFI's order of bytes (UEFI 2.10, appendix A "GUID and Time Formats"). */
public final class Guid {
    /** Bytes of one. */
    public static final int SIZE = 16;

    private Guid() {}

    /**
     * The first three groups of digits are little-endian numbers, the rest are bytes as written.
     */
    public static byte[] bytes(UUID id) {
        long high = id.getMostSignificantBits();
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt((int) (high >>> Integer.SIZE));
        bytes.putShort((short) (high >>> Short.SIZE)).putShort((short) high);
        bytes.order(ByteOrder.BIG_ENDIAN).putLong(id.getLeastSignificantBits());
        return bytes.array();
    }
}
