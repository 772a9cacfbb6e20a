package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Which socket of AF_UNIX has which name (unix(7)). Guarded by {@link UnixLock}. */
final class UnixNames {
    private static final int LARGEST_PATH = 108;

    /** By path, as ISO 8859-1. */
    private static final Map<String, UnixEndpoint> BOUND = new HashMap<>();

    private static long lastName;

    private UnixNames() {}

    /**
     * @throws FileException EINVAL, if it is too long
     */
    static String name(byte[] bytes) throws FileException {
        if (bytes.length > LARGEST_PATH) {
            throw new FileException(Errno.EINVAL);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Gives a socket a name; one of its choice if there are no bytes (autobind). */
    static String take(byte[] bytes, UnixEndpoint owner) throws FileException {
        String wanted = bytes.length == 0 ? "\0" + ++lastName : name(bytes);
        if (BOUND.putIfAbsent(wanted, owner) != null) {
            throw new FileException(Errno.EADDRINUSE);
        }
        return wanted;
    }

    /**
     * @throws FileException ENOENT
     */
    static UnixEndpoint find(String path) throws FileException {
        UnixEndpoint bound = BOUND.get(path);
        if (bound == null) {
            throw new FileException(Errno.ENOENT);
        }
        return bound;
    }

    static void giveBack(String path, UnixEndpoint owner) {
        BOUND.remove(path, owner);
    }
}
