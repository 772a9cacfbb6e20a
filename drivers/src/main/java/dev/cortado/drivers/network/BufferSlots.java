package dev.cortado.drivers.network;

/**
 * What a driver's device has: packets by the number that goes to the device with them. A number
 * that the device makes up has no packet. For one thread at a time.
 */
public final class BufferSlots {
    private final NetworkBuffer[] packets;
    private final int[] free;
    private int count;

    /**
     * @param size packets at once
     */
    public BufferSlots(int size) {
        packets = new NetworkBuffer[size];
        free = new int[size];
        for (int i = size - 1; i >= 0; i--) {
            free[count++] = i;
        }
    }

    public int size() {
        return packets.length;
    }

    /** How many packets have room. */
    public int room() {
        return count;
    }

    /** The number for a packet; there has to be room. */
    public int put(NetworkBuffer packet) {
        int slot = free[--count];
        packets[slot] = packet;
        return slot;
    }

    /** The packet with a number; null if there is none, whatever the number. */
    public NetworkBuffer get(int slot) {
        return slot >= 0 && slot < packets.length ? packets[slot] : null;
    }

    /** As {@link #get}; the number is free from now on. */
    public NetworkBuffer remove(int slot) {
        NetworkBuffer packet = get(slot);
        if (packet != null) {
            packets[slot] = null;
            free[count++] = slot;
        }
        return packet;
    }
}
