package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import java.util.concurrent.TimeUnit;

/**
 * Grants of the buffers of a pool, each made when its buffer is used first, and kept to the end of
 * the connection: its buffers are pages that have nothing else in them. Who has a buffer may ask
 * for its grant.
 */
final class BufferGrants {
    /** The backend may let go of a page a moment after it was told to go. */
    private static final int END_TRIES = 2000;

    private final BackendAccess access;
    private final NetworkBuffers pool;
    private final int domain;
    private final int[] references;
    private boolean patient = true;

    /**
     * @param pool of buffers of a page each
     */
    BufferGrants(BackendAccess access, int domain, NetworkBuffers pool) {
        if (pool.bytes() != BackendAccess.PAGE_BYTES) {
            throw new IllegalArgumentException("buffers of " + pool.bytes() + " bytes, not pages");
        }
        this.access = access;
        this.domain = domain;
        this.pool = pool;
        references = new int[pool.number()];
    }

    /** The grant of a buffer; {@link BackendAccess#NONE} if none is left. */
    int of(NetworkBuffer buffer) {
        int reference = references[buffer.index()];
        if (reference == 0) {
            reference = access.grant(domain, buffer.deviceStart(), false);
            references[buffer.index()] = reference == BackendAccess.NONE ? 0 : reference;
        }
        return reference;
    }

    /**
     * Ends all; nobody asks for one any more. A buffer that the backend keeps is not used again
     * when it has come back to its pool.
     */
    void close() {
        for (int i = 0; i < references.length; i++) {
            if (references[i] != 0) {
                boolean ended = end(access, references[i], patient);
                patient &= ended;
                if (!ended) {
                    pool.retire(pool.get(i));
                }
            }
        }
    }

    /** Ends one grant, with patience if the backend was not too slow before. */
    static boolean end(BackendAccess access, int reference, boolean patiently) {
        boolean interrupted = false;
        boolean ended = access.end(reference);
        for (int i = 0; !ended && patiently && i < END_TRIES; i++) {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                interrupted = true; // afterwards
            }
            ended = access.end(reference);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }
}
