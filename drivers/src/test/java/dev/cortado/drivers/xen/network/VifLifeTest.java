package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.bus.BusState;
import dev.cortado.kernel.ipc.RestartPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers that die, devices that are detached and attached, and backends that do not let go. */
@Timeout(120)
final class VifLifeTest extends VifCase {
    /** Our half is ready, the other is not: what is sent would wait for who knows how long. */
    @Test
    void theLinkIsUpWhenBothHalvesAreConnected() throws Exception {
        offer(1);
        begin(1);
        connect(1);
        assertFalse(net.isLinkUp());
        assertEquals(0, send(0));
        assertEquals(POSTED, backends[0].buffers(), "it has buffers from its beginning on");
        net.backendChanged(BusState.INIT_WAIT);
        assertEquals(0, send(0), "it has not seen us yet");
        xenstored.write(BACK + "state", "4");
        await("up", () -> told.contains("up"));
        assertEquals(1, send(0));
        assertEquals(1, told.size(), "nobody has known us elsewhere: " + told);
    }

    /** What goes on in a driver's thread ends that life, and nobody loses anything. */
    @Test
    void aDriverThatDiesIsStartedAgain() throws Exception {
        start(1);
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            for (int packet = 0; packet < random.nextInt(20); packet++) {
                send(0);
                backends[0].take();
                backends[0].finish(random.nextInt(2));
            }
            told.clear();
            if (i % 2 == 0) {
                fault = new IllegalStateException("a mistake");
                assertTrue(backends[0].deliver(new byte[60], 100, 0, 0, 0));
            } else {
                memory.writeIntRelease(backends[0].in + 8, 9999);
                backends[0].port.wake();
            }
            await("died", () -> told.contains("restarted"));
            assertTrue(told.get(1).matches("died: .*(a mistake|answered 99.. of .*.*)"), "" + told);
            assertEquals("down", told.getFirst());
            assertEquals(0, send(0), "a delay, and no error");
            checkNothingShared();
            xenstored.write(BACK + "state", "6");
            attachAgain(1);
            await("announced", () -> told.contains("announce"));
            int before = received.get();
            assertTrue(backends[0].deliver(new byte[60], 100, 0, 0, 0));
            await("received", () -> received.get() == before + 1);
            assertEquals(1, send(0));
            assertEquals(60, backends[0].take().bytes().length);
        }
    }

    /** While the domain is saved nothing is told to xenstore; afterwards all is made anew. */
    @Test
    void aDriverThatDiesInASavedDomainBeginsAnew() throws Exception {
        start(1);
        bus.suspend();
        await("down", () -> !net.isLinkUp());
        bus.renew(net.device());
        assertEquals("4", xenstored.read(FRONT + "state"));
        access.forget();
        xenstored.write(BACK + "state", "2");
        bus.resume(false);
        attach(1);
        assertEquals(1, send(0));
    }

    @Test
    void aDriverThatDiesTooOftenIsGivenUp() throws Exception {
        policy = new RestartPolicy(2, Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO);
        start(1);
        for (int i = 0; i < 3; i++) {
            memory.writeIntRelease(backends[0].in + 8, 9999);
            backends[0].port.wake();
            if (i < 2) {
                int deaths = i + 1;
                await("died", () -> count("died") == deaths);
                checkNothingShared();
                attachAgain(1);
            }
        }
        await("given up", () -> count("gave up") == 1);
        await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
        checkNothingShared();
        xenstored.write(BACK + "state", "2");
        assertFalse(net.isLinkUp());
        assertEquals(0, send(0));
        assertEquals("6", xenstored.read(FRONT + "state"));
    }

    private long count(String word) {
        return told.stream().filter(one -> one.startsWith(word)).count();
    }

    /** xl network-detach, then network-attach with the same number, and another address. */
    @Test
    void aDeviceIsDetachedAndAttached() throws Exception {
        start(1);
        for (int i = 0; i < 10; i++) {
            send(0);
            assertTrue(backends[0].deliver(new byte[60], 100, 0, 0, 0));
            xenstored.write(BACK + "online", "0");
            xenstored.write(BACK + "state", "5");
            await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
            xenstored.remove(FRONT.substring(0, FRONT.length() - 1));
            xenstored.remove(BACK.substring(0, BACK.length() - 1));
            checkNothingShared();
            await("down", () -> !net.isLinkUp());
            assertEquals(0, send(0));
            offer(1, "00:16:3e:00:00:1" + i);
            attach(1);
            assertEquals(0x00163e000010L + i, net.macAddress());
            assertEquals(1, send(0));
            assertEquals(60, backends[0].take().bytes().length);
        }
        assertEquals(0, later.size(), "it is the one that somebody uses");
    }

    /** Its directories go, without a word before: xl destroy of a driver domain. */
    @Test
    void aBackendIsGone() throws Exception {
        start(1);
        send(0);
        xenstored.remove(BACK.substring(0, BACK.length() - 1));
        await("down", () -> !net.isLinkUp());
        checkNothingShared();
        offer(1);
        attach(1);
        assertEquals(1, send(0));
    }

    @Test
    void anotherDeviceComesLater() throws Exception {
        start(1);
        String front = FRONT.replace("vif/0", "vif/3");
        String back = BACK.replace("7/0", "7/3");
        xenstored.write(back + "feature-rx-copy", "1");
        xenstored.write(back + "state", "2");
        xenstored.write(front + "mac", "00:16:3e:00:00:04");
        xenstored.write(front + "backend", back.substring(0, back.length() - 1));
        xenstored.write(front + "backend-id", "0");
        xenstored.write(front + "state", "1");
        await("found", () -> later.size() == 1);
        assertEquals(3, later.getFirst().number());
        assertEquals("1", xenstored.read(front + "state"), "nobody uses it");
        XenNet first = net;
        use(later.getFirst(), 1);
        await("connected", () -> "4".equals(xenstored.read(front + "state")));
        xenstored.write(back + "state", "4");
        await("up", net::isLinkUp);
        assertEquals(0x00163e000004L, net.macAddress());
        assertEquals(0x00163e000001L, first.macAddress());
        opening.get(20, TimeUnit.SECONDS).close();
        assertEquals("6", xenstored.read(front + "state"));
        assertTrue(first.isLinkUp());
    }

    /** From each state that a backend can be in it goes away, or comes back to the beginning. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aBackendMayBeInAnyState(int state) throws Exception {
        start(1);
        Random random = new Random(state);
        for (int i = 0; i < 20; i++) {
            xenstored.write(BACK + "state", "" + (i == 0 ? state : random.nextInt(10)));
            send(0);
            takeBack();
        }
        xenstored.write(BACK + "state", "6");
        await("down", () -> !net.isLinkUp());
        attachAgain(1);
        assertEquals(1, send(0));
        assertEquals(60, backends[0].take().bytes().length);
        opening.get().close();
        checkNothingShared();
        assertTrue(services.areEnded());
    }

    /** It may still be about to unmap them: that is waited for, by nobody but the bus. */
    @Test
    void aBackendLetsGoLater() throws Exception {
        start(1);
        int ring = Integer.parseInt(xenstored.read(FRONT + "tx-ring-ref"));
        assertTrue(backends[0].buffers() > 0);
        synchronized (access) {
            access.used.put(ring, 1);
        }
        xenstored.write(BACK + "state", "5");
        await("down", () -> !net.isLinkUp());
        assertEquals(0, send(0));
        Thread.sleep(50);
        assertTrue(source.freeBytes() < free, "the rings are its still");
        synchronized (access) {
            access.used.remove(ring);
        }
        checkNothingShared();
    }

    /** A reference that the backend finds in a ring must not be another page's by then. */
    @Test
    void buffersAreTheBackendsAsLongAsItHasARing() throws Exception {
        start(1);
        Set<Integer> rings =
                Set.of(
                        Integer.parseInt(xenstored.read(FRONT + "tx-ring-ref")),
                        Integer.parseInt(xenstored.read(FRONT + "rx-ring-ref")));
        xenstored.write(BACK + "state", "5");
        await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
        checkNothingShared();
        assertEquals(rings, Set.copyOf(access.ended.subList(0, 2)));
        assertEquals(2 + POSTED, access.ended.size());
    }

    /** Rings that a backend keeps are never used again, nor given back. */
    @Test
    void aBackendKeepsARing() throws Exception {
        start(1);
        int ring = Integer.parseInt(xenstored.read(FRONT + "rx-ring-ref"));
        synchronized (access) {
            access.used.put(ring, 1);
        }
        xenstored.write(BACK + "state", "5");
        await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
        xenstored.write(BACK + "state", "2");
        attach(1);
        long kept = access.page(ring, true);
        assertTrue(
                kept != access.page(Integer.parseInt(xenstored.read(FRONT + "rx-ring-ref")), true));
        assertEquals(1, send(0));
        opening.get().close();
        takeBack();
        assertEquals(BUFFERS, pool.free());
        assertEquals(1, access.grants.size());
        assertTrue(source.freeBytes() < free);
    }

    /** Nothing is left behind by an attempt that finds no grant, and the device is closed. */
    @Test
    void withoutGrantsThereIsNoDevice() throws Exception {
        offer(1);
        access.most = 1;
        begin(1);
        await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
        await("told", opening::isCompletedExceptionally);
        checkNothingShared();
        assertNull(xenstored.read(FRONT + "tx-ring-ref"));
    }

    /** Brings packets until one is a fault; what is granted may end at any moment. */
    private boolean hasFailed(NetworkBackend backend) {
        try {
            return fault == null || backend.deliver(new byte[60], 100, 0, 0, 0) && fault == null;
        } catch (AssertionError e) {
            return fault == null;
        }
    }

    /** Threads that send all the time while backends come and go: no buffer is lost. */
    @Test
    void manySendWhileBackendsComeAndGo() throws Exception {
        start(1);
        AtomicBoolean end = new AtomicBoolean();
        Thread[] senders = new Thread[3];
        for (int i = 0; i < senders.length; i++) {
            senders[i] =
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> {
                                while (!end.get()) {
                                    try {
                                        if (pool.free() > 50) {
                                            send(0);
                                        }
                                        takeBack();
                                    } catch (IOException e) {
                                        told.add("thrown " + e);
                                    }
                                }
                            });
        }
        for (int i = 0; i < 30; i++) {
            NetworkBackend backend = backends[0];
            for (int packet = 0; packet < 100; packet++) {
                backend.take();
                backend.finish(1);
                backend.deliver(new byte[60], 100, 0, 0, 0);
            }
            if (i % 3 == 0) {
                fault = new IllegalStateException("a mistake");
                await("died", () -> hasFailed(backend));
                await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
                xenstored.write(BACK + "state", "6");
            } else {
                xenstored.write(BACK + "state", "5");
                await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
            }
            xenstored.write(BACK + "state", "2");
            attach(1);
        }
        end.set(true);
        for (Thread sender : senders) {
            sender.join();
        }
        assertEquals(0, count("thrown"), told.toString());
        opening.get().close();
        checkNothingShared();
    }
}
