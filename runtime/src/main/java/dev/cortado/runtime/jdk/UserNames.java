package dev.cortado.runtime.jdk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** There is one user, who is one group. */
final class UserNames {
    private static final int ROOT = 0;

    private UserNames() {}

    static byte[] of(int id) {
        return (id == ROOT ? "root" : Integer.toString(id)).getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns -1 for an unknown name. */
    static int find(long nameAddress) {
        return Arrays.equals(NativeBytes.readString(nameAddress), of(ROOT)) ? ROOT : -1;
    }
}
