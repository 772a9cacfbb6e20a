package dev.cortado.system.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Random numbers in a machine of which there are two. */
final class RandomProbes {
    private static final int BYTES = 16;
    private static final long PAUSE_MILLIS = 50;

    /** Before a machine is copied, so that its generators have been used. */
    private static final int FIRST_ROUNDS = 3;

    private RandomProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of("random", arguments -> random());
    }

    /**
     * Draws numbers for ever. While it waits for a key it draws none, and says that it waits: if
     * the machine is copied then, each number that a copy shows was drawn by that copy.
     */
    private static void random() throws NoSuchAlgorithmException, InterruptedException {
        SecureRandom usual = new SecureRandom();
        SecureRandom strong = SecureRandom.getInstanceStrong();
        SecureRandom drbg = SecureRandom.getInstance("DRBG");
        CountDownLatch key = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> awaitKey(key));
        for (int round = 1; true; round++) {
            show(usual, strong, drbg, new SecureRandom());
            System.out.println("round " + round);
            if (round == FIRST_ROUNDS) {
                while (!key.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    System.out.println("waiting");
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static void awaitKey(CountDownLatch key) {
        try {
            System.in.read();
            key.countDown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
