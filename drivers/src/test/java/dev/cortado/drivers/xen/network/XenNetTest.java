package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.Offloads;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Backends come, go, and are others. */
@Timeout(120)
final class XenNetTest extends VifCase {
    @Test
    void oneQueueHasItsKeysAtTheTop() throws Exception {
        xenstored.write(FRONT + "queue-0/tx-ring-ref", "9");
        xenstored.write(FRONT + "queue-7/event-channel", "9");
        start(1);
        assertEquals("1", xenstored.read(FRONT + "request-rx-copy"));
        assertEquals("1", xenstored.read(FRONT + "feature-rx-notify"));
        assertEquals("1", xenstored.read(FRONT + "multi-queue-num-queues"));
        assertNull(xenstored.read(FRONT + "queue-0/tx-ring-ref"), "another driver's");
        assertNull(xenstored.read(FRONT + "queue-7/event-channel"), "another driver's");
        assertEquals("1", xenstored.read(FRONT + "feature-gso-tcpv4"));
        assertEquals(1, net.queues());
        assertEquals(0x00163e000001L, net.macAddress());
        assertEquals(1500, net.mtu());
        int all = Offloads.SEGMENTATION_TCP4 | Offloads.SEGMENTATION_TCP6 | Offloads.CHECKSUM;
        assertEquals(all, net.offloads() & all);
        assertEquals(1, send(0));
        assertEquals(60, backends[0].take().bytes().length);
    }

    @Test
    void eachQueueHasKeysOfItsOwn() throws Exception {
        xenstored.write(FRONT + "tx-ring-ref", "9");
        start(2);
        assertEquals("2", xenstored.read(FRONT + "multi-queue-num-queues"));
        assertNull(xenstored.read(FRONT + "tx-ring-ref"));
        for (int i = 0; i < 2; i++) {
            assertEquals(1, send(i));
            assertEquals(60, backends[i].take().bytes().length);
            assertTrue(backends[i].deliver(new byte[60], 100, 0, 0, 0));
            int wanted = i + 1;
            await("received", () -> received.get() == wanted);
        }
    }

    @Test
    void aBackendWithFewerQueuesSendsWithThoseThatItHas() throws Exception {
        offer(1);
        begin(2);
        attach(1);
        assertEquals(2, net.queues());
        assertEquals("1", xenstored.read(FRONT + "multi-queue-num-queues"));
        assertEquals(1, send(0));
        assertEquals(1, send(1));
        backends[0].take();
        assertEquals(60, backends[0].take().bytes().length);
        backends[0].finish(2);
        assertEquals(2, takeBack());
        assertEquals(0, net.queue(1).receive(new NetworkBuffer[1]));
    }

    @Test
    void aPlaceWhoseServicesCannotBeStartedIsFree() throws Exception {
        offer(1);
        services.refusal = new IllegalStateException("no thread");
        NetworkPlace place = vifs.start(later::add).getFirst();
        use(place, 1);
        assertThrows(ExecutionException.class, () -> opening.get(20, TimeUnit.SECONDS));
        assertNull(((VifPlace) place).net());
        checkNothingShared();
    }

    /** 40 backends under load, one after the other: no buffer and no grant is lost. */
    @Test
    void backendsComeAndGo() throws Exception {
        start(2);
        Random random = new Random(5);
        for (int i = 1; i <= 40; i++) {
            load(random);
            boolean other = i % 2 == 0;
            xenstored.write(BACK + "state", "5");
            await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
            await("down", () -> "down".equals(told.getLast()));
            assertFalse(net.isLinkUp());
            assertEquals(0, send(0), "a delay, and no error");
            checkNothingShared();
            told.clear();
            xenstored.write(BACK + "multi-queue-max-queues", other ? "8" : "2");
            attachAgain(2);
            await("announced", () -> told.contains("announce"));
        }
        assertTrue(received.get() > 500, "received " + received);
    }

    private void load(Random random) throws IOException {
        for (int step = 0; step < 100; step++) {
            int queue = random.nextInt(2);
            send(queue);
            backends[queue].deliver(new byte[60 + random.nextInt(3000)], 1000, 0, 0, 0);
            if (random.nextBoolean()) {
                backends[queue].take();
                backends[queue].finish(random.nextInt(3));
                takeBack();
            }
        }
    }

    /** What the backend writes now is not looked at any more, and it gets nothing. */
    @Test
    void nothingIsSentWhileTheDomainIsSaved() throws Exception {
        start(2);
        bus.suspend();
        assertEquals(0, send(0));
        assertNull(backends[0].take());
        backends[1].deliver(new byte[60], 100, 0, 0, 0);
        assertEquals(0, net.queue(1).receive(new NetworkBuffer[1]));
        told.clear();
        bus.resume(true);
        xenstored.write(BACK + "state", "5");
        attachAgain(2);
        await("announced", () -> told.contains("announce"));
        assertEquals(1, send(0));
        bus.close();
        checkNothingShared();
    }

    @Test
    void aSavedDomainBeginsAnew() throws Exception {
        start(2);
        Random random = new Random(6);
        for (int i = 0; i < 20; i++) {
            load(random);
            bus.suspend();
            access.forget();
            await("down", () -> !net.isLinkUp());
            told.clear();
            xenstored.write(BACK + "state", "2");
            bus.resume(false);
            attach(2);
            await("announced", () -> told.contains("announce"));
            takeBack();
            await("buffers", () -> pool.free() == BUFFERS - 2 * POSTED);
        }
        bus.close();
        checkNothingShared();
    }
}
