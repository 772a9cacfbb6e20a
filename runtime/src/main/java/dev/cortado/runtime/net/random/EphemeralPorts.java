package dev.cortado.runtime.net.random;

import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** The choice of a port that nobody has asked for (RFC 6056). */
public final class EphemeralPorts {
    /** The range of dynamic ports (RFC 6335, 6). */
    public static final int FIRST = 49152;

    public static final int LAST = 65535;

    private static final int COUNT = LAST - FIRST + 1;

    private EphemeralPorts() {}

    /**
     * A random port that is free, or the next free one behind it (RFC 6056, 3.3.1).
     *
     * @return 0 if none is free
     */
    public static int choose(RandomGenerator random, IntPredicate isFree) {
        int start = random.nextInt(COUNT);
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + (start + i) % COUNT;
            if (isFree.test(port)) {
                return port;
            }
        }
        return 0;
    }
}
