package dev.cortado.runtime.net.buffer;

/**
 * Packets in the order in which they came, linked through {@link PacketBuffer#next}. Not
 * synchronised.
 */
public final class PacketQueue {
    private PacketBuffer first;
    private PacketBuffer last;
    private int count;

    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return first == null;
    }

    /** The first packet, which stays in; null if there is none. */
    public PacketBuffer first() {
        return first;
    }

    public void add(PacketBuffer packet) {
        packet.next = null;
        if (first == null) {
            first = packet;
        } else {
            last.next = packet;
        }
        last = packet;
        count++;
    }

    /** Takes the first packet out; null if there is none. */
    public PacketBuffer poll() {
        PacketBuffer packet = first;
        if (packet != null) {
            first = packet.next;
            packet.next = null;
            if (first == null) {
                last = null;
            }
            count--;
        }
        return packet;
    }

    /** Gives all packets back. */
    public void release() {
        for (PacketBuffer packet = poll(); packet != null; packet = poll()) {
            packet.release();
        }
    }
}
