package dev.cortado.drivers.network.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.HostileCases;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Cards that write anything at any time, and drivers that die at any time. Nothing comes out but an
 * {@link IOException}, no buffer is lost or in two places, and the next driver on the same card
 * sends and receives.
 */
public abstract class HostileContract {
    private static final int LIVES = HostileCases.of(400);
    private static final int BUFFERS = 48;

    private long packets;

    /** A case with that many buffers. */
    protected abstract CardCase make(int buffers) throws IOException;

    private void step(CardCase test, Random random, boolean honest) throws IOException {
        switch (random.nextInt(5)) {
            case 0 -> send(test, random);
            case 1 -> {
                if (honest) {
                    test.model.send(random.nextInt(4));
                } else {
                    test.model.scribble(random);
                }
            }
            case 2 -> {
                if (honest || random.nextBoolean()) {
                    test.model.deliver(new byte[60 + random.nextInt(1400)]);
                } else {
                    test.model.scribble(random);
                }
            }
            case 3 -> settings(test, random);
            default -> {
                test.model.interruptTaken();
                test.driver.interrupted();
                for (int i = 0; i < 4 && test.driver.service(0); i++) {
                    packets++;
                }
                test.takeBack();
            }
        }
    }

    private static void send(CardCase test, Random random) throws IOException {
        if (test.pool.free() <= 2) {
            return;
        }
        NetworkBuffer packet = test.packet(new byte[14 + random.nextInt(1000)], 7);
        boolean taken = false;
        try {
            taken = test.send(packet) == 1;
        } finally {
            if (!taken) {
                NetworkBuffers.give(packet);
            }
        }
    }

    private static void settings(CardCase test, Random random) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> test.driver.setGroups(new long[] {0x01005e000000L | random.nextInt(1 << 23)});
            case 1 -> test.driver.setReceiveMode(random.nextBoolean(), random.nextBoolean());
            default -> test.model.setLink(random.nextBoolean());
        }
    }

    @Test
    protected void nothingIsLostWhateverTheCardWrites() throws Exception {
        int ends = 0;
        CardCase test = make(BUFFERS);
        for (int life = 0; life < LIVES; life++) {
            Random random = new Random(life);
            test.forget();
            test.start(12);
            int honest = random.nextInt(60);
            try {
                for (int i = 0; i < 150; i++) {
                    step(test, random, i < honest);
                }
            } catch (IOException e) {
                ends++;
            }
            packets += test.received.size();
            test.end();
            test.takeBack();
            test.checkNothingLost();
        }
        assertTrue(packets > 2000, "packets " + packets);
        assertTrue(ends < LIVES, "ends " + ends);
    }

    /** A driver dies at a seeded point, and another one goes on with the same buffers. */
    @Test
    protected void driversDieAndOthersGoOn() throws Exception {
        CardCase test = make(BUFFERS);
        Random random = new Random(7);
        for (int life = 0; life < LIVES; life++) {
            test.forget();
            test.start(12);
            int steps = random.nextInt(60);
            for (int i = 0; i < steps; i++) {
                step(test, random, true);
            }
            test.end();
            assertTrue(test.model.isStopped());
            test.takeBack();
            assertEquals(BUFFERS, test.pool.free());
            test.checkNothingLost();
        }
    }
}
