package dev.cortado.runtime.jdk;

import java.security.SecureRandomParameters;

/** What the replaced {@code SecureRandom}s have in common. */
final class SecureRandoms {
    /** Enough to seed any of them. */
    static final int ENTROPY_BYTES = 32;

    private SecureRandoms() {}

    static void requireNone(SecureRandomParameters parameters) {
        if (parameters != null) {
            throw new IllegalArgumentException("Unsupported params: " + parameters.getClass());
        }
    }
}
