package dev.cortado.drivers.network;

/**
 * Packets that a driver has from its user: first its device has them, then they were sent, then the
 * user takes them back. For one thread at a time.
 */
public final class SentPackets {
    private final Object driver;
    private final BufferSlots slots;

    /** Slots of those that were sent, a ring. */
    private final int[] sent;

    private final boolean[] isSent;
    private int first;
    private int count;
    private long total;

    /**
     * @param driver whose packets they are until they are taken back
     * @param size packets at once
     */
    public SentPackets(Object driver, int size) {
        this.driver = driver;
        slots = new BufferSlots(size);
        sent = new int[size];
        isSent = new boolean[size];
    }

    public int room() {
        return slots.room();
    }

    /** The device gets a packet of the user's; its number. There has to be room. */
    public int add(NetworkBuffer packet) {
        NetworkBuffers.hand(packet, driver);
        return slots.put(packet);
    }

    /** The device has sent one. */
    public void sent(int slot) {
        sent[(first + count++) % sent.length] = slot;
        isSent[slot] = true;
        total++;
    }

    /** How many were sent, all in all. */
    public long total() {
        return total;
    }

    /** Gives those that were sent to the user; how many. */
    public int take(NetworkBuffer[] into) {
        int taken = 0;
        while (taken < into.length && count > 0) {
            int slot = sent[first];
            first = (first + 1) % sent.length;
            count--;
            isSent[slot] = false;
            NetworkBuffer packet = slots.remove(slot);
            NetworkBuffers.handBack(driver, packet);
            into[taken++] = packet;
        }
        return taken;
    }

    /**
     * Nothing is sent any more.
     *
     * @param quiet the device has none of them any more: they are as if they had been sent.
     *     Otherwise it has them for ever
     */
    public void end(boolean quiet) {
        for (int slot = 0; slot < slots.size(); slot++) {
            if (slots.get(slot) == null || isSent[slot]) {
                continue;
            }
            if (quiet) {
                sent(slot);
            } else {
                NetworkBuffer packet = slots.remove(slot);
                for (NetworkBuffer part = packet; part != null; part = part.next()) {
                    NetworkBuffers.lose(part);
                }
            }
        }
    }
}
