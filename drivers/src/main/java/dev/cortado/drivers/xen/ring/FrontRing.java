package dev.cortado.drivers.xen.ring;

import dev.cortado.kernel.memory.RingMemory;

/**
 * The front half of a ring of requests and responses (public/io/ring.h, struct sring): u32
 * req_prod, req_event, rsp_prod, rsp_event, and from byte 64 on a power of two of entries, each a
 * request or its response. It knows its own indices by heart: those in the ring may have been
 * changed by the other side. For one thread at a time.
 */
public final class FrontRing {
    private static final int REQ_PROD = 0;
    private static final int REQ_EVENT = 4;
    private static final int RSP_PROD = 8;
    private static final int RSP_EVENT = 12;
    private static final int HEADER_BYTES = 64;

    private final RingMemory memory;
    private final long address;
    private final int entryBytes;
    private final int size;
    private int requests;
    private int published;
    private int responses;

    /** Responses that were there when this last looked. */
    private int seen;

    /**
     * Makes an empty ring.
     *
     * @param bytes of whole pages at the address
     * @param entryBytes of the larger of request and response
     */
    public FrontRing(RingMemory memory, long address, int bytes, int entryBytes) {
        this.memory = memory;
        this.address = address;
        this.entryBytes = entryBytes;
        size = size(bytes, entryBytes);
        memory.writeIntRelease(address + REQ_PROD, 0);
        memory.writeIntRelease(address + REQ_EVENT, 1);
        memory.writeIntRelease(address + RSP_PROD, 0);
        memory.writeIntRelease(address + RSP_EVENT, 1);
    }

    /** Entries of a ring of so many bytes. */
    public static int size(int bytes, int entryBytes) {
        return Integer.highestOneBit((bytes - HEADER_BYTES) / entryBytes);
    }

    /** Entries. */
    public int size() {
        return size;
    }

    /** Requests for which there is room. */
    public int room() {
        return size - (requests - responses);
    }

    /** Requests whose responses have not been taken. */
    public int outstanding() {
        return requests - responses;
    }

    /** The index of the next request, which counts on for ever. */
    public int requestIndex() {
        return requests;
    }

    /** The index of the next response. */
    public int responseIndex() {
        return responses;
    }

    /** Where to write the next request; the backend sees it after {@link #publish}. */
    public long nextRequest() {
        if (room() == 0) {
            throw new IllegalStateException("the ring is full");
        }
        return entry(requests++);
    }

    /**
     * The backend may take all requests.
     *
     * @return whether it asked to be told of one of them
     */
    public boolean publish() {
        int before = published;
        published = requests;
        memory.writeIntRelease(address + REQ_PROD, published);
        memory.fullFence(); // the other side asks, then looks again
        int event = memory.readIntAcquire(address + REQ_EVENT);
        return Integer.compareUnsigned(published - event, published - before) < 0;
    }

    /** Responses that there are. */
    public int available() throws CorruptRingException {
        int now = memory.readIntAcquire(address + RSP_PROD) - responses;
        if (Integer.compareUnsigned(now, published - responses) > 0
                || Integer.compareUnsigned(now, seen) < 0) {
            throw new CorruptRingException(
                    "the backend says that it has answered "
                            + Integer.toUnsignedString(now)
                            + " of "
                            + (published - responses)
                            + " requests, "
                            + seen
                            + " before");
        }
        seen = now;
        return now;
    }

    /**
     * Where the next response is, one of those that are {@linkplain #available available}. Its
     * place is a request's again afterwards; the backend may write there at any time, so that
     * nothing of it is to be read twice.
     */
    public long nextResponse() {
        if (seen == 0) {
            throw new IllegalStateException("there is no response");
        }
        seen--;
        return entry(responses++);
    }

    /**
     * Asks for an event with the next response.
     *
     * @return false if there is one already
     */
    public boolean enableEvents() {
        memory.writeIntRelease(address + RSP_EVENT, responses + 1);
        memory.fullFence(); // the other side answers, then looks at this
        return memory.readIntAcquire(address + RSP_PROD) == responses;
    }

    private long entry(int index) {
        return address + HEADER_BYTES + (long) (index & size - 1) * entryBytes;
    }
}
