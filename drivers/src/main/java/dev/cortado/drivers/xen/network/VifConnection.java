package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;

/** What a device shares with one backend: pairs of rings in frames of their own, and buffers. */
final class VifConnection {
    private final BufferGrants grants;
    private final DeviceFrames frames;
    private final RingPair[] pairs;
    private volatile NetworkParameters parameters;
    private boolean ended;

    /**
     * @param name for messages
     * @param frames for the rings, this connection's from now on
     * @param queues for whose packets there are rings, as far as the backend has some
     * @throws IOException nothing is shared, and the frames were given back
     */
    VifConnection(
            String name,
            BackendAccess access,
            int domain,
            NetworkParameters parameters,
            NetworkSettings settings,
            DeviceFrames frames,
            VifQueue[] queues)
            throws IOException {
        this.frames = frames;
        this.parameters = parameters;
        grants = new BufferGrants(access, domain, settings.buffers());
        pairs = new RingPair[Math.min(queues.length, parameters.mostQueues())];
        try {
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] =
                        new RingPair(
                                name,
                                access,
                                domain,
                                () -> this.parameters,
                                settings,
                                grants,
                                frames,
                                queues[i].packets(),
                                queues[i].lock());
            }
        } catch (IOException | RuntimeException | Error e) {
            end(false);
            throw e;
        }
    }

    RingPair[] pairs() {
        return pairs;
    }

    /** What was not known before the backend was connected. */
    void setParameters(NetworkParameters found) {
        parameters = found;
    }

    /** The backend gets buffers for what it has. */
    void start() {
        for (RingPair pair : pairs) {
            pair.start();
        }
    }

    /** Nothing is sent or received any more, and nothing that the backend writes is looked at. */
    void stop() {
        for (RingPair pair : pairs) {
            if (pair != null) {
                pair.stop();
            }
        }
    }

    /**
     * Gives all buffers back. Rings that a backend keeps are lost with their frames, and its
     * buffers with their pool: nobody uses them again. The rings end first: as long as a backend
     * has one, it may come to a buffer's reference, which would be another page's by then.
     *
     * @param restored the domain was: nothing is granted any more
     */
    void end(boolean restored) {
        stop();
        boolean rings = restored || endRings();
        if (!restored) {
            grants.close();
        }
        for (RingPair pair : pairs) {
            if (pair != null) {
                pair.giveBack();
            }
        }
        if (rings) {
            frames.close();
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private boolean endRings() {
        boolean ended = true;
        for (RingPair pair : pairs) {
            ended &= pair == null || pair.endRings(ended);
        }
        return ended;
    }

    /** Waits until all buffers have been given back. */
    synchronized void awaitEnd() throws InterruptedException {
        while (!ended) {
            wait();
        }
    }

    /** Packets that made no sense. */
    long bad() {
        long bad = 0;
        for (RingPair pair : pairs) {
            bad += pair.bad();
        }
        return bad;
    }
}
