package dev.cortado.system.guest;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** Random numbers in a machine of which there are two. */
final class RandomProbes {
    private static final int BYTES = 16;
    private static final long PAUSE_MILLIS = 50;

    private RandomProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of("random", arguments -> random());
    }

    /** Draws numbers for ever. */
    private static void random() throws NoSuchAlgorithmException, InterruptedException {
        SecureRandom usual = new SecureRandom();
        SecureRandom strong = SecureRandom.getInstanceStrong();
        SecureRandom drbg = SecureRandom.getInstance("DRBG");
        for (int round = 1; true; round++) {
            show(usual, strong, drbg, new SecureRandom());
            System.out.println("round " + round);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static void show(SecureRandom... generators) {
        for (SecureRandom generator : generators) {
            byte[] bytes = new byte[BYTES];
            generator.nextBytes(bytes);
            System.out.println("number " + HexFormat.of().formatHex(bytes));
        }
    }
}
