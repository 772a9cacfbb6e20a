package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.time.Timer;

/**
 * A packet that is being put together (RFC 815's task, RFC 5722's strictness). Fragments lie in the
 * order of their offsets. Two that overlap spoil the packet: nothing of it is delivered, and what
 * comes later is dropped until its time is over. A fragment that is there already is ignored.
 */
final class Reassembly extends Timer {
    /** Most fragments of a packet: 64 KB in pieces that the smallest MTU of IPv4's hosts makes. */
    static final int LIMIT = 128;

    /** What {@link #add} says if all is well and more is to come. */
    static final DropReason MORE = null;

    final FragmentKey key = new FragmentKey();
    private final Reassembler owner;
    private final PacketBuffer[] pieces = new PacketBuffer[LIMIT];
    private final int[] offsets = new int[LIMIT];
    private int count;
    private int bytes;

    /** Bytes of the whole, or -1 as long as the last fragment is missing. */
    private int total;

    private boolean isSpoilt;
    boolean isUsed;

    /** When it began, in numbers; the smaller is the older. */
    long order;

    Reassembly(Reassembler owner) {
        this.owner = owner;
    }

    @Override
    protected void expired(long now) {
        owner.expired(this, now);
    }

    void begin(FragmentKey newKey, long newOrder) {
        key.set(newKey);
        order = newOrder;
        count = 0;
        bytes = 0;
        total = -1;
        isSpoilt = false;
        isUsed = true;
    }

    int count() {
        return count;
    }

    /**
     * Adds a fragment.
     *
     * @param piece from its start to its end the fragment's data; taken over if the result is null
     * @return why it was not taken, or null
     */
    DropReason add(PacketBuffer piece, int offset, boolean isLast) {
        int length = piece.totalLength();
        if (isSpoilt) {
            return DropReason.FRAGMENT_OVERLAP;
        }
        int place = 0;
        while (place < count && offsets[place] < offset) {
            place++;
        }
        boolean isThere =
                place < count && offsets[place] == offset && pieces[place].totalLength() == length;
        if (isThere) {
            return DropReason.FRAGMENT_DUPLICATE;
        }
        boolean overlapsBefore =
                place > 0 && offsets[place - 1] + pieces[place - 1].totalLength() > offset;
        boolean overlapsBehind = place < count && offset + length > offsets[place];
        int end = offset + length;
        boolean isBeyond = total >= 0 && (end > total || isLast && end != total);
        boolean isShort = isLast && count > 0 && end < lastEnd();
        if (overlapsBefore || overlapsBehind || isBeyond || isShort) {
            spoil();
            return DropReason.FRAGMENT_OVERLAP;
        }
        if (count == LIMIT) {
            spoil();
            return DropReason.FRAGMENT_LIMIT;
        }
        System.arraycopy(pieces, place, pieces, place + 1, count - place);
        System.arraycopy(offsets, place, offsets, place + 1, count - place);
        pieces[place] = piece;
        offsets[place] = offset;
        count++;
        bytes += length;
        if (isLast) {
            total = end;
        }
        return MORE;
    }

    private int lastEnd() {
        return offsets[count - 1] + pieces[count - 1].totalLength();
    }

    /** Whether nothing is missing: without overlaps it is enough to count. */
    boolean isWhole() {
        return !isSpoilt && total >= 0 && bytes == total;
    }

    boolean hasFirst() {
        return count > 0 && offsets[0] == 0;
    }

    /** Joins the pieces that are there, of which there is one at least; nothing is left here. */
    PacketBuffer join() {
        PacketBuffer whole = pieces[0];
        PacketBuffer last = whole;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                last.setContinuation(pieces[i]);
            }
            while (last.continuation() != null) {
                last = last.continuation();
            }
            pieces[i] = null;
        }
        count = 0;
        return whole;
    }

    /** Gives everything back. */
    void spoil() {
        for (int i = 0; i < count; i++) {
            pieces[i].release();
            pieces[i] = null;
        }
        owner.given(count);
        count = 0;
        isSpoilt = true;
    }
}
