package dev.cortado.runtime.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.generation.GenerationId;
import java.security.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostSourceTest {
    private final AtomicReference<Consumer<byte[]>> seeds = new AtomicReference<>();
    private final CountDownLatch searched = new CountDownLatch(1);
    private final List<Long> numbers = new ArrayList<>();

    private HostSource source(int devices) {
        return new HostSource(consumer -> {
            seeds.set(consumer);
            searched.countDown();
            return devices;
        });
    }

    @Test
    void devicesAreLookedForWhenANumberIsDrawn() throws InterruptedException {
        HostSource source = source(1);
        assertEquals(1, searched.getCount());
        assertEquals(0, source.gather(numbers::add), "nobody waits for the host");
        assertTrue(searched.await(30, TimeUnit.SECONDS));
    }

    @Test
    void aSeedIsTakenOnce() throws InterruptedException {
        HostSource source = source(1);
        source.gather(numbers::add);
        searched.await();
        byte[] seed = new byte[32];
        seed[7] = 5;
        seed[31] = 9;
        seeds.get().accept(seed);
        assertEquals(256, source.gather(numbers::add));
        assertEquals(List.of(5L, 0L, 0L, 9L), numbers);
        assertEquals(0, source.gather(numbers::add));
        assertEquals(1, source.taken());
    }

    @Test
    void whoHasNothingElseWaitsForTheHost() throws InterruptedException {
        HostSource source = source(1);
        source.gather(numbers::add);
        searched.await();
        Thread host = Thread.ofVirtual().unstarted(() -> seeds.get().accept(new byte[32]));
        host.start();
        assertTrue(source.await());
        assertEquals(256, source.gather(numbers::add));
    }

    @Test
    void aSeedThatOthersMayHaveIsNotCounted() throws InterruptedException {
        HostSource source = source(1);
        source.gather(numbers::add);
        searched.await();
        seeds.get().accept(new byte[32]);
        source.forget();
        assertEquals(0, source.gather(numbers::add));
    }

    @Test
    void aSearchThatFailsIsOver() {
        HostSource source =
                new HostSource(consumer -> {
                    Thread.currentThread().setUncaughtExceptionHandler((t, e) -> {});
                    throw new IllegalStateException("ACPI is damaged");
                });
        source.gather(numbers::add);
        assertFalse(source.await());
    }

    @Test
    void nobodyWaitsForAHostWithoutDevices() {
        HostSource source = source(0);
        source.gather(numbers::add);
        assertFalse(source.await());
    }

    /** Ten seconds are a host's; here there is none, and the end comes at once. */
    @Test
    void aPoolWithoutAnySourceSaysSo() {
        GenerationId generation = GenerationId.NONE;
        Clocks clocks = new FixedClocks();
        RandomPool pool = new RandomPool(clocks, () -> generation, source(0));
        assertThrows(ProviderException.class, () -> pool.next(new byte[8]));
    }

    @Test
    void aPoolHasItsSeedFromTheHostAlone() {
        HostSource source =
                new HostSource(consumer -> {
                    consumer.accept(new byte[32]);
                    return 1;
                });
        RandomPool pool = new RandomPool(new FixedClocks(), () -> GenerationId.NONE, source);
        pool.next(new byte[8]);
        assertEquals(1, source.taken());
    }

    private record FixedClocks() implements Clocks {
        @Override
        public long wallMillis() {
            return 1;
        }

        @Override
        public long runningNanos() {
            return 1;
        }
    }
}
