package dev.cortado.runtime.random;

import dev.cortado.drivers.entropy.MachineSeeds;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;

/**
 * What the host gives. Its devices are looked for when somebody first draws a number, by a thread
 * of its own: nobody waits for a host who has something else.
 */
public final class HostSource implements EntropySource {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BooleanSupplier mayBe;
    private final Runnable search;
    private boolean started;

    /** All have been found, and there is none. */
    private boolean none;

    /** The last one that came and was not taken; null: there is none. */
    private byte[] seed;

    private long taken;

    /**
     * @param start is called once with who takes seeds, may take its time, and says how many
     *     devices will give some
     */
    HostSource(ToIntFunction<Consumer<byte[]>> start) {
        this(() -> true, start);
    }

    private HostSource(BooleanSupplier mayBe, ToIntFunction<Consumer<byte[]>> start) {
        this.mayBe = mayBe;
        search = () -> search(start);
    }

    /** This machine's host. */
    static HostSource ofMachine() {
        return new HostSource(
                MachineSeeds::mayBe,
                seeds -> MachineSeeds.start(seeds, text -> System.err.println("cortado: " + text)));
    }

    private void search(ToIntFunction<Consumer<byte[]>> start) {
        int devices = 0;
        try {
            devices = start.applyAsInt(this::put);
        } finally {
            found(devices);
        }
    }

    private synchronized void found(int devices) {
        none = devices == 0;
        notifyAll();
    }

    private synchronized void put(byte[] bytes) {
        seed = bytes;
        notifyAll();
    }

    @Override
    public synchronized void forget() {
        seed = null;
    }

    private void start() {
        started = true;
        none = true;
        if (mayBe.getAsBoolean()) {
            try {
                Thread.ofPlatform()
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .name("host entropy")
                        .start(search);
                none = false;
            } catch (OutOfMemoryError e) {
                // Without: who draws a number has other sources.
            }
        }
    }

    @Override
    public synchronized int gather(LongConsumer numbers) {
        if (!started) {
            start();
        }
        if (seed == null) {
            return 0;
        }
        byte[] given = seed;
        seed = null;
        taken++;
        return Numbers.of(given, numbers);
    }

    /** How many seeds have been taken. */
    public synchronized long taken() {
        return taken;
    }

    @Override
    public synchronized boolean await() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        boolean interrupted = false;
        while (seed == null && !none) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return seed != null;
    }
}
