package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.HostileCases;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Backends that write anything into rings at any time. Nothing comes out but an {@link
 * IOException}, and no buffer or grant is lost.
 */
@Timeout(120)
final class HostileBackendTest extends RingPairCase {
    /** Rings in which anything is written at any time. */
    @Test
    void nothingIsLostWhateverTheBackendWrites() throws Exception {
        end();
        int ends = 0;
        long good = 0;
        for (int life = 0; life < HostileCases.of(3000); life++) {
            Random random = new Random(life);
            begin(ALL);
            received.clear();
            int wild = random.nextInt(30);
            try {
                for (int step = 0; step < 100; step++) {
                    step(random, step >= wild);
                    pair.serviceTransmit();
                    pair.serviceReceive(this::receive);
                }
            } catch (IOException e) {
                ends++;
            } catch (AssertionError e) {
                // The model cannot go on with rings that it has scribbled over.
            }
            good += received.size();
            end();
            checkNothingLost();
        }
        assertTrue(ends > 1000, "ends " + ends);
        assertTrue(good > 10_000, "good " + good);
    }

    private void step(Random random, boolean wild) throws IOException {
        byte[] bytes = new byte[14 + random.nextInt(1500)];
        switch (random.nextInt(wild ? 5 : 3)) {
            case 0 -> {
                NetworkBuffer packet = packet(bytes, 700);
                boolean sent = false;
                try {
                    sent = send(packet) == 1;
                } finally {
                    if (!sent) {
                        NetworkBuffers.give(packet);
                    }
                }
            }
            case 1 -> {
                backend.take();
                backend.finish(random.nextInt(3));
                takeBack();
            }
            case 2 -> backend.deliver(bytes, 700, 0, 0, 0);
            case 3 -> {
                int place = backend.filled & 255;
                int id = random.nextInt(20) == 0 ? random.nextInt() & 0xffff : place;
                int flags = random.nextInt(8) == 0 ? random.nextInt(32) : 0;
                long at = backend.in + 64 + 8L * place;
                backend.respond(at, id, random.nextInt(5000), flags, random.nextInt(5000) - 9);
                if (backend.buffers() > 0) {
                    backend.publish(backend.in, backend.filled, ++backend.filled);
                }
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    int before = backend.answered;
                    backend.respond(random.nextInt(300), random.nextInt(4) - 2);
                    backend.publish(backend.out, before, backend.answered);
                }
            }
        }
    }
}
