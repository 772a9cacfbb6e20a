package dev.cortado.image.format.bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells one disk from another. */
public final class ContentHash {
    private static final int BLOCK_BYTES = 1 << 16;

    private ContentHash() {}

    /**
     * A text that depends on nothing but the size and the bytes of a disk; not the SHA-256 of the
     * bytes, since zeros are skipped.
     */
    public static String of(ByteSource disk) {
        MessageDigest digest = sha256();
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        digest.update(number.putLong(0, disk.size()).clear());
        try {
            Blocks.visit(
                    disk,
                    BLOCK_BYTES,
                    (block, bytes) -> {
                        digest.update(number.putLong(0, block).clear());
                        digest.update(bytes);
                    });
        } catch (IOException e) {
            // A disk's own errors are UserErrors.
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A new SHA-256, which every JDK has. */
    public static MessageDigest sha256() {
        return named("SHA-256");
    }

    /** A new digest of a name that every JDK knows. */
    public static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
