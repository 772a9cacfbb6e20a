package dev.cortado.image.format.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * UUIDs that the same input always gives: of version 8, where all but version and variant is free
 * (RFC 9562, 5.8).
 */
public final class NameUuid {
    private static final long VERSION_MASK = 0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private NameUuid() {}

    /**
     * @param use what the UUID is for, so that two uses of one thing have two
     * @param of what it names
     */
    public static UUID of(String use, String of) {
        byte[] text = (use + '\0' + of).getBytes(StandardCharsets.UTF_8);
        ByteBuffer hash = ByteBuffer.wrap(ContentHash.sha256().digest(text));
        long most = hash.getLong() & ~VERSION_MASK | VERSION_8;
        long least = hash.getLong() & ~VARIANT_MASK | VARIANT;
        return new UUID(most, least);
    }
}
