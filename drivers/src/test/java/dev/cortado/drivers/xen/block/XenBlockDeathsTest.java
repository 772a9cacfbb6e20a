package dev.cortado.drivers.xen.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.DiskParts;
import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver that dies at any point, and a backend that has it die. */
@Timeout(300)
final class XenBlockDeathsTest extends XenBlockCase {
    private static final int DEATHS = 100;
    private static final int THREADS = 40;
    private static final int BUFFER_BYTES = 8192;
    private static final int MOST_ACCESSES = 400;

    /** Until something of the driver's dies: its service, the bus's thread, or a caller. */
    private final AtomicInteger left = new AtomicInteger();

    private final Random random = new Random(5);

    private Object access(Method method, Object[] arguments) throws Throwable {
        if (left.getAndDecrement() == 0) {
            throw new IllegalStateException("killed");
        }
        try {
            return method.invoke(memory, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Memory that is shared is what kills; grants do so where nothing is shared yet. */
    private BackendAccess mortal() {
        RingMemory mortal =
                (RingMemory)
                        Proxy.newProxyInstance(
                                RingMemory.class.getClassLoader(),
                                new Class<?>[] {RingMemory.class},
                                (proxy, method, arguments) -> access(method, arguments));
        return new BackendAccess() {
            @Override
            public RingMemory memory() {
                return mortal;
            }

            @Override
            public int grant(int domain, long deviceAddress, boolean readOnly) {
                return access.grant(domain, deviceAddress, readOnly);
            }

            @Override
            public boolean end(int reference) {
                return access.end(reference);
            }

            @Override
            public PeerPort offerPort(int domain) throws IOException {
                if (left.getAndDecrement() == 0) {
                    throw new IOException("no event channel is left");
                }
                return access.offerPort(domain);
            }
        };
    }

    private FollowingBackend follow(int slow, long seed) {
        xenstored.write(BACK + "online", "1");
        return new FollowingBackend(
                xenstored,
                () -> {
                    BlockBackend made = makeBackend();
                    made.slow = slow;
                    return made;
                },
                this::publishDisk,
                seed);
    }

    /**
     * Under load, at seeded points, and with a backend that has something under way for longer now
     * and then, by the thousand: what is read is what was written last.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void noRequestNoGrantAndNoFrameIsLost(int slow) throws Exception {
        offer();
        FollowingBackend toolstack = follow(slow, slow);
        left.set(-1);
        begin(mortal());
        block.await();
        List<DeviceBlock> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(buffer(BUFFER_BYTES));
        }
        Thread killer = Thread.ofPlatform().daemon().start(() -> kill(toolstack));
        DiskParts.each(
                THREADS,
                disk.length,
                (number, first, bytes) -> use(all.get(number), number, first, bytes));
        killer.join();
        left.set(-1);
        all.forEach(buffers::free);
        bus.close();
        toolstack.close();
        checkNothingShared();
        assertTrue(deaths() >= DEATHS, deaths() + " deaths");
        assertTrue(toolstack.connections > DEATHS / 3, toolstack.connections + " connections");
        assertTrue(slow == 0 || toolstack.refusals > 0, "it has refused nothing");
    }

    /** Each death is to be seen before the next one. */
    private void kill(FollowingBackend toolstack) {
        try {
            while (deaths() < DEATHS) {
                long before = deaths();
                left.set(random.nextInt(MOST_ACCESSES));
                await(
                        "death",
                        () -> {
                            toolstack.checkFine();
                            return deaths() > before;
                        });
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Until the last death, and once more. */
    private void use(DeviceBlock buffer, int seed, int first, int bytes) throws IOException {
        Random own = new Random(seed);
        byte[] expected = new byte[bytes];
        for (boolean isLast = false; !isLast; ) {
            isLast = deaths() >= DEATHS;
            int length = 512 * (1 + own.nextInt(Math.min(bytes, BUFFER_BYTES) / 512));
            int at = 512 * own.nextInt((bytes - length) / 512 + 1);
            byte[] written = new byte[length];
            own.nextBytes(written);
            memory.copyIn(written, 0, buffer.address(), length);
            move(true, first + at, buffer, length, own.nextInt(3));
            System.arraycopy(written, 0, expected, at, length);
            block.flush();
            int all = Math.min(bytes, BUFFER_BYTES);
            move(false, first, buffer, all, own.nextInt(3));
            byte[] read = new byte[all];
            memory.copyOut(buffer.address(), read, 0, all);
            assertTrue(Arrays.equals(read, 0, all, expected, 0, all), "part " + seed);
        }
    }

    private Thread write(DeviceBlock buffer, int value, AtomicReference<Throwable> failure) {
        byte[] bytes = new byte[4096];
        Arrays.fill(bytes, (byte) value);
        memory.copyIn(bytes, 0, buffer.address(), bytes.length);
        return Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        block.write(0, buffer, 0, 4096);
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                });
    }

    /** What was answered is not asked again, what was not is, once. */
    @Test
    void onlyWhatHasNoAnswerIsAskedAgain() throws Exception {
        start();
        xenstored.write(BACK + "online", "1");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        DeviceBlock buffer = buffer(4096);
        write(buffer, 1, failure).join();
        block.flush();
        assertEquals(List.of("1 0 8", "3 0 0"), backend.takeRequests());
        backend.silent = true;
        Thread writer = write(buffer, 2, failure);
        await("under way", backend::isBusy);
        backend.produce(7);
        access.ports.get(Integer.parseInt(xenstored.read(FRONT + "event-channel"))).wake();
        await(FRONT + "state", "6");
        writer.join(100);
        assertTrue(writer.isAlive(), "the backend has the page");
        backend.close();
        assertEquals(1, disk[0]);
        xenstored.write(BACK + "state", "6");
        await(FRONT + "state", "1");
        xenstored.write(BACK + "state", "2");
        attach();
        writer.join();
        assertEquals(null, failure.get());
        assertEquals(List.of("1 0 8"), backend.takeRequests());
        assertEquals(2, disk[0]);
        assertEquals(1, deaths(), log.toString());
    }

    /** A backend that says what cannot be; what else it has done to the ring does not matter. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 99, 0, 'answers request 99, which there is not'",
        "0, 1, 0, -3, 'answers with status -3'",
        "9, 0, 0, 0, 'says that it has answered 9 of 0 requests, 0 before'",
    })
    void aBackendThatTalksNonsenseIsConnectedAnew(
            int produced, int requests, long id, int status, String why) throws Exception {
        start();
        byte[] before = disk.clone();
        backend.silent = true;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        DeviceBlock buffer = buffer(4096);
        Thread writer = null;
        if (requests > 0) {
            writer = write(buffer, 3, failure);
            await("under way", backend::isBusy);
            backend.answer(id, 1, status);
        } else {
            backend.produce(produced);
        }
        access.ports.get(Integer.parseInt(xenstored.read(FRONT + "event-channel"))).wake();
        await("died", () -> deaths() == 1);
        assertTrue(log.getFirst().endsWith(why), log.getFirst());
        await(FRONT + "state", "6");
        backend.close();
        assertArrayEquals(before, disk);
        xenstored.write(BACK + "state", "6");
        await(FRONT + "state", "1");
        xenstored.write(BACK + "state", "2");
        attach();
        if (writer != null) {
            writer.join();
            assertEquals(3, disk[0]);
        }
        assertEquals(null, failure.get());
        block.flush();
        bus.close();
        backend.close();
        buffers.free(buffer);
        checkNothingShared();
    }

    /** It has an error, and waits to be used again: with "online" 0 it would be going for good. */
    @Test
    void aBackendThatClosesByItselfIsConnectedAgain() throws Exception {
        start();
        for (int i = 0; i < 3; i++) {
            xenstored.write(BACK + "online", i < 2 ? "1" : "0");
            xenstored.write(BACK + "state", "5");
            await(FRONT + "state", "6");
            backend.close();
            xenstored.write(BACK + "state", "6");
            if (i < 2) {
                await(FRONT + "state", "1");
                xenstored.write(BACK + "state", "2");
                attach();
                block.flush();
            }
        }
        assertEquals(2, deaths(), log.toString());
        assertTrue(log.getFirst().endsWith("its backend has closed it"), log.getFirst());
        assertEquals("6", xenstored.read(FRONT + "state"));
    }

    /** Xen has no grant left for it: it may have one soon. */
    @Test
    void aConnectionThatCannotBeMadeIsTriedAgain() throws Exception {
        offer();
        access.most = 5;
        try (FollowingBackend toolstack = follow(0, 1)) {
            begin(access);
            await("died", () -> deaths() >= 3);
            access.most = Integer.MAX_VALUE;
            block.await();
            block.flush();
            assertEquals(1, toolstack.connections);
            bus.close();
        }
        checkNothingShared();
    }

    /** The backend is told, users hear why, and a disk that comes later is not taken for it. */
    @Test
    void oneThatDiesTooOftenIsGivenUp() throws Exception {
        mostDeaths = 2;
        offer();
        begin(access);
        for (int i = 0; i < 3; i++) {
            attach();
            backend.produce(9);
            access.ports.get(Integer.parseInt(xenstored.read(FRONT + "event-channel"))).wake();
            await(FRONT + "state", "6");
            backend.close();
            if (i < 2) {
                xenstored.write(BACK + "state", "6");
                await(FRONT + "state", "1");
                xenstored.write(BACK + "state", "2");
            }
        }
        await("given up", () -> log.getLast().startsWith("disk xvda was given up: "));
        IOException e = assertThrows(IOException.class, () -> block.flush());
        assertTrue(e.getMessage().endsWith("9 of 0 requests, 0 before"), e.getMessage());
        await(FRONT + "state", "6");
        checkNothingShared();
        xenstored.remove(FRONT.substring(0, FRONT.length() - 1));
        offer();
        await(FRONT + "state", "6");
        await(
                "told",
                () -> String.valueOf(xenstored.read(ERROR)).endsWith("its driver was given up"));
    }
}
