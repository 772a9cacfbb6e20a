package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A toolstack and a backend that write anything into xenstore and rings, in any order. When sane
 * ones come at last there is a network, and nothing has got lost.
 */
@Timeout(120)
final class HostileLifeTest extends VifCase {
    private static final int STEPS = 120;
    private static final String[] NODES = {
        "feature-rx-copy", "feature-sg", "feature-gso-tcpv4", "mtu", "multi-queue-max-queues", "ip"
    };
    private static final String[] VALUES = {"1", "0", "", "-1", "2", "1500", "x", "99999999999"};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLost(int seed) throws Exception {
        start(1);
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            step(random);
            if (random.nextInt(8) == 0) {
                connect();
            }
        }
        long ups = told.stream().filter("up"::equals).count();
        long deaths = told.stream().filter(one -> one.startsWith("died")).count();
        assertTrue(ups > 5 && deaths > 1, ups + " connections, " + deaths + " deaths");
        fault = null;
        remove();
        await("down", () -> !net.isLinkUp());
        checkNothingShared();
        connect();
        connect(1);
        assertEquals(1, send(0));
        assertEquals(60, backends[0].take().bytes().length);
        opening.get().close();
        checkNothingShared();
    }

    /** A sane one for a moment, so that there is something to spoil. */
    private void connect() throws Exception {
        fault = null;
        remove();
        offer(1);
        await("up", this::follow);
        for (int i = 0; i < 3; i++) {
            send(0);
        }
    }

    /** As a toolstack and Linux's backend do; whether the link is up. */
    private boolean follow() {
        String front = xenstored.read(FRONT + "state");
        String back = xenstored.read(BACK + "state");
        if ("1".equals(front) && !"2".equals(back)) {
            xenstored.write(BACK + "state", "2");
        } else if ("4".equals(front) && !"4".equals(back)) {
            xenstored.write(BACK + "state", "4");
        } else if ("6".equals(front)) {
            // What was removed just before has failed, and says so where there is another now.
            remove();
            offer(1);
        }
        return net.isLinkUp() && "4".equals(front) && "4".equals(back);
    }

    private void step(Random random) throws Exception {
        switch (random.nextInt(9)) {
            case 0, 1 -> xenstored.write(BACK + "state", "" + random.nextInt(9));
            case 2 -> {
                xenstored.write(BACK + "state", "2");
                xenstored.write(BACK + "state", "4");
            }
            case 3 -> {
                String value = VALUES[random.nextInt(VALUES.length)];
                xenstored.write(BACK + NODES[random.nextInt(NODES.length)], value);
            }
            case 4 -> scribble(random);
            case 5 -> {
                if (pool.free() > 100) {
                    send(0);
                }
                takeBack();
                net.queue(0).receive(new NetworkBuffer[0]);
            }
            case 6 -> {
                bus.suspend();
                access.forget();
                bus.resume(false);
            }
            case 7 -> {
                fault = new IllegalStateException("a mistake");
                wake();
                await("died", () -> fault == null || !net.isLinkUp());
            }
            default -> {
                if (random.nextBoolean()) {
                    remove();
                }
                offer(1 + random.nextInt(3));
            }
        }
    }

    private void remove() {
        xenstored.write(FRONT + "state", "6");
        xenstored.write(BACK + "state", "6");
        xenstored.remove(FRONT.substring(0, FRONT.length() - 1));
        xenstored.remove(BACK.substring(0, BACK.length() - 1));
    }

    /** Numbers of all kinds into the rings that there are, if there are some. */
    private void scribble(Random random) {
        for (String name : new String[] {"tx-ring-ref", "rx-ring-ref"}) {
            String reference = xenstored.read(FRONT + name);
            if (reference == null) {
                return;
            }
            synchronized (access) {
                var grant = access.grants.get(Integer.parseInt(reference));
                for (int i = random.nextInt(6); grant != null && i > 0; i--) {
                    long at = 4L * random.nextInt(random.nextBoolean() ? 4 : 1024);
                    memory.writeIntRelease(
                            grant.page() + at, random.nextInt() >>> random.nextInt(32));
                }
            }
        }
        wake();
    }

    private void wake() {
        synchronized (access) {
            access.ports.values().forEach(port -> port.wake());
        }
    }
}
