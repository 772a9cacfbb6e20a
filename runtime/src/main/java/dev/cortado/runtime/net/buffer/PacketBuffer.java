package dev.cortado.runtime.net.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A packet, or a piece of one, in a fixed piece of memory. What counts lies from {@link #start} to
 * {@link #end}, offsets into {@link #bytes}; before it is room for the headers of the layers below,
 * which are pushed on the way out and pulled on the way in. Access is absolute and big-endian; the
 * ByteBuffer's own position and limit are nobody's business and stay as they are.
 *
 * <p>A packet that does not fit into one buffer goes on in {@link #continuation}. Headers lie in
 * the first.
 *
 * <p>Has one owner at a time, who may use all of it; not synchronised. Who gives a buffer to
 * somebody else no longer touches it, unless the method says otherwise.
 */
public final class PacketBuffer {
    private final PacketPool pool;
    private final ByteBuffer bytes;
    private final long device;
    private final int index;
    private final PacketInfo info = new PacketInfo();

    private int start;
    private int end;
    private int networkHeader;
    private ChecksumMark checksum = ChecksumMark.NONE;
    private int checksumStart;
    private int checksumField;
    private int segmentSize;
    private PacketAccount account;
    private int charged;
    private PacketBuffer continuation;

    /** Of a queue that it is in; {@link PacketQueue}'s, and who keeps a list of his own's. */
    public PacketBuffer next;

    PacketBuffer(PacketPool pool, int index, ByteBuffer memory, long device) {
        this.pool = pool;
        this.index = index;
        this.bytes = memory.order(ByteOrder.BIG_ENDIAN);
        this.device = device;
    }

    /** The memory, all of it. For absolute access. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Where a device sees the memory's first byte; the driver that made the pool knows. */
    public long device() {
        return device;
    }

    /** A number below {@link PacketPool#size}, for drivers' tables. */
    public int index() {
        return index;
    }

    public PacketPool pool() {
        return pool;
    }

    public PacketInfo info() {
        return info;
    }

    public int capacity() {
        return bytes.capacity();
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    /** Bytes from start to end, of this piece alone. */
    public int length() {
        return end - start;
    }

    /** Bytes of this piece and all that follow. */
    public int totalLength() {
        int total = 0;
        for (PacketBuffer piece = this; piece != null; piece = piece.continuation) {
            total += piece.length();
        }
        return total;
    }

    /** Bytes behind end. */
    public int tailRoom() {
        return bytes.capacity() - end;
    }

    /**
     * Says where the contents lie.
     *
     * @throws IllegalArgumentException if that is not within the memory
     */
    public void setRange(int newStart, int newEnd) {
        if (newStart < 0 || newEnd < newStart || newEnd > bytes.capacity()) {
            throw new IllegalArgumentException(
                    "A packet from "
                            + newStart
                            + " to "
                            + newEnd
                            + " in a buffer of "
                            + bytes.capacity()
                            + " bytes");
        }
        start = newStart;
        end = newEnd;
    }

    /**
     * Makes room for a header before the contents.
     *
     * @return the new start
     */
    public int push(int count) {
        setRange(start - checkCount(count), end);
        return start;
    }

    /**
     * Takes a header off the contents, which are at least that long.
     *
     * @return the new start
     */
    public int pull(int count) {
        setRange(start + checkCount(count), end);
        return start;
    }

    /**
     * Makes the contents longer.
     *
     * @return the old end, where the new bytes lie
     */
    public int append(int count) {
        int at = end;
        setRange(start, end + checkCount(count));
        return at;
    }

    /** Makes the contents of this piece shorter, from behind. */
    public void truncate(int newLength) {
        if (checkCount(newLength) > length()) {
            throw new IllegalArgumentException(
                    "Truncating a packet of " + length() + " bytes to " + newLength);
        }
        end = start + newLength;
    }

    private static int checkCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("A negative number of bytes: " + count);
        }
        return count;
    }

    /** The following piece of the same packet, or null. */
    public PacketBuffer continuation() {
        return continuation;
    }

    /** The piece becomes part of this packet, and is given back with it. */
    public void setContinuation(PacketBuffer piece) {
        continuation = piece;
    }

    /** Takes the following pieces away, which are the caller's then; null if there are none. */
    public PacketBuffer detachContinuation() {
        PacketBuffer rest = continuation;
        continuation = null;
        return rest;
    }

    /** Offset of the IP header, which on the way in is kept behind start for ICMP's errors. */
    public int networkHeader() {
        return networkHeader;
    }

    public void setNetworkHeader(int offset) {
        networkHeader = offset;
    }

    public ChecksumMark checksum() {
        return checksum;
    }

    /** Whether nobody needs to compute the transport's checksum of a packet that came in. */
    public boolean isChecksumGood() {
        return checksum != ChecksumMark.NONE;
    }

    public void setChecksumGood() {
        checksum = ChecksumMark.GOOD;
    }

    public void setChecksumNone() {
        checksum = ChecksumMark.NONE;
    }

    /**
     * The checksum is to be filled in: of all bytes from {@code from} on, at {@code field}, both
     * offsets into the memory, as start and end are.
     */
    public void setChecksumBlank(int from, int field) {
        checksum = ChecksumMark.BLANK;
        checksumStart = from;
        checksumField = field;
    }

    public int checksumStart() {
        return checksumStart;
    }

    public int checksumField() {
        return checksumField;
    }

    /**
     * Bytes of payload of each segment that a device makes of this one; 0 if it is to make none.
     */
    public int segmentSize() {
        return segmentSize;
    }

    public void setSegmentSize(int bytesOfPayload) {
        segmentSize = checkCount(bytesOfPayload);
    }

    /**
     * Charges the memory of all pieces to an account until they are given back; not twice.
     *
     * @return whether there was room; if not, nothing is charged
     */
    public boolean chargeTo(PacketAccount to) {
        if (account != null) {
            throw new IllegalStateException("The packet is charged to somebody already");
        }
        int total = 0;
        for (PacketBuffer piece = this; piece != null; piece = piece.continuation) {
            total += piece.capacity();
        }
        if (!to.charge(total)) {
            return false;
        }
        account = to;
        charged = total;
        return true;
    }

    /** Takes the packet off its account, if it is on one. */
    public void discharge() {
        if (account != null) {
            account.release(charged);
            account = null;
            charged = 0;
        }
    }

    /** Gives the packet back, all pieces of it. */
    public void release() {
        PacketBuffer piece = this;
        while (piece != null) {
            PacketBuffer rest = piece.detachContinuation();
            piece.pool.put(piece);
            piece = rest;
        }
    }

    /**
     * Copies contents out, over all pieces.
     *
     * @param offset from start
     * @param to whose position moves on
     * @return bytes copied: as many as there are behind the offset, or as there is room for
     */
    public int copyOut(int offset, ByteBuffer to) {
        int skip = offset;
        int copied = 0;
        for (PacketBuffer piece = this; piece != null; piece = piece.continuation) {
            int there = piece.length() - skip;
            if (there > 0) {
                int count = Math.min(there, to.remaining());
                to.put(to.position(), piece.bytes, piece.start + skip, count);
                to.position(to.position() + count);
                copied += count;
                skip = 0;
            } else {
                skip -= piece.length();
            }
        }
        return copied;
    }

    /**
     * Copies contents of another packet, over all its pieces, behind this one's end.
     *
     * @param offset from the other's start
     * @param count as many bytes as there are behind the offset, and as this piece has room for
     */
    public void appendFrom(PacketBuffer from, int offset, int count) {
        int at = append(count);
        int left = count;
        int skip = offset;
        for (PacketBuffer piece = from; left > 0; piece = piece.continuation) {
            int part = Math.min(left, piece.length() - skip);
            if (part > 0) {
                bytes.put(at, piece.bytes, piece.start + skip, part);
                at += part;
                left -= part;
                skip = 0;
            } else {
                skip -= piece.length();
            }
        }
    }

    /** Cuts off what is behind so many bytes, over all pieces; pieces behind are given back. */
    public void trim(int newTotal) {
        PacketBuffer piece = this;
        int left = newTotal;
        while (piece.continuation != null && left > piece.length()) {
            left -= piece.length();
            piece = piece.continuation;
        }
        piece.truncate(Math.min(left, piece.length()));
        PacketBuffer rest = piece.detachContinuation();
        if (rest != null) {
            rest.release();
        }
    }

    /** Fresh from the pool: empty, with head room, and no marks. */
    void reset(int headRoom) {
        start = headRoom;
        end = headRoom;
        networkHeader = 0;
        checksum = ChecksumMark.NONE;
        checksumStart = 0;
        checksumField = 0;
        segmentSize = 0;
        info.clear();
    }
}
