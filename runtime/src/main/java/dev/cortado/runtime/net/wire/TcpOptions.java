package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/**
 * The options of a TCP header. One object reads one header after the other; the static methods
 * write. Unknown kinds are skipped (RFC 9293, 3.1); of a kind that is there twice, the last counts.
 */
public final class TcpOptions {
    /** Blocks of SACK that fit into a header's options. */
    public static final int MAXIMUM_SACK_BLOCKS = 4;

    public static final int MSS_BYTES = 4;
    public static final int WINDOW_SCALE_BYTES = 3;
    public static final int SACK_PERMITTED_BYTES = 2;
    public static final int TIMESTAMPS_BYTES = 10;

    /** The largest shift (RFC 7323, 2.3). */
    public static final int MAXIMUM_WINDOW_SCALE = 14;

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int MAXIMUM_SEGMENT_SIZE = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int SACK = 5;
    private static final int TIMESTAMPS = 8;

    private int maximumSegmentSize;
    private int windowScale;
    private boolean sackPermitted;
    private boolean hasTimestamps;
    private int timestampValue;
    private int timestampEcho;
    private int sackBlocks;
    private final int[] sackEdges = new int[2 * MAXIMUM_SACK_BLOCKS];

    /**
     * Reads the options of a header that {@link TcpSegment#check} has seen.
     *
     * @return false if one has a length that cannot be; nothing of this object counts then
     */
    public boolean read(ByteBuffer bytes, int header) {
        clear();
        int at = header + TcpSegment.HEADER_BYTES;
        int end = header + TcpSegment.headerLength(bytes, header);
        while (at < end) {
            int kind = bytes.get(at) & 0xff;
            if (kind == END) {
                return true;
            }
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            int length = at + 1 < end ? bytes.get(at + 1) & 0xff : 0;
            if (length < 2 || length > end - at || !take(bytes, at, kind, length)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private void clear() {
        maximumSegmentSize = 0;
        windowScale = -1;
        sackPermitted = false;
        hasTimestamps = false;
        timestampValue = 0;
        timestampEcho = 0;
        sackBlocks = 0;
    }

    private boolean take(ByteBuffer bytes, int at, int kind, int length) {
        switch (kind) {
            case MAXIMUM_SEGMENT_SIZE -> {
                if (length != MSS_BYTES) {
                    return false;
                }
                maximumSegmentSize = bytes.getShort(at + 2) & 0xffff;
            }
            case WINDOW_SCALE -> {
                if (length != WINDOW_SCALE_BYTES) {
                    return false;
                }
                windowScale = Math.min(bytes.get(at + 2) & 0xff, MAXIMUM_WINDOW_SCALE);
            }
            case SACK_PERMITTED -> {
                if (length != SACK_PERMITTED_BYTES) {
                    return false;
                }
                sackPermitted = true;
            }
            case SACK -> {
                return takeSack(bytes, at, length);
            }
            case TIMESTAMPS -> {
                if (length != TIMESTAMPS_BYTES) {
                    return false;
                }
                hasTimestamps = true;
                timestampValue = bytes.getInt(at + 2);
                timestampEcho = bytes.getInt(at + 6);
            }
            default -> {}
        }
        return true;
    }

    /** RFC 2018, 3. */
    private boolean takeSack(ByteBuffer bytes, int at, int length) {
        int blocks = (length - 2) / 8;
        if (blocks == 0 || length != sackBytes(blocks) || blocks > MAXIMUM_SACK_BLOCKS) {
            return false;
        }
        for (int i = 0; i < 2 * blocks; i++) {
            sackEdges[i] = bytes.getInt(at + 2 + 4 * i);
        }
        sackBlocks = blocks;
        return true;
    }

    /** 0 if there is none. */
    public int maximumSegmentSize() {
        return maximumSegmentSize;
    }

    /** The shift, at most {@link #MAXIMUM_WINDOW_SCALE}; -1 if there is none. */
    public int windowScale() {
        return windowScale;
    }

    public boolean sackPermitted() {
        return sackPermitted;
    }

    public boolean hasTimestamps() {
        return hasTimestamps;
    }

    /** TSval (RFC 7323, 3.2). */
    public int timestampValue() {
        return timestampValue;
    }

    /** TSecr. */
    public int timestampEcho() {
        return timestampEcho;
    }

    public int sackBlocks() {
        return sackBlocks;
    }

    /** First sequence number of a block. */
    public int sackLeft(int block) {
        return sackEdges[2 * block];
    }

    /** Sequence number behind a block. */
    public int sackRight(int block) {
        return sackEdges[2 * block + 1];
    }

    /** Bytes of a SACK option. */
    public static int sackBytes(int blocks) {
        return 2 + 8 * blocks;
    }

    /** Writes an option and says where the next one goes, as all that follow do. */
    public static int writeMaximumSegmentSize(ByteBuffer bytes, int at, int size) {
        bytes.put(at, (byte) MAXIMUM_SEGMENT_SIZE);
        bytes.put(at + 1, (byte) MSS_BYTES);
        bytes.putShort(at + 2, (short) size);
        return at + MSS_BYTES;
    }

    public static int writeWindowScale(ByteBuffer bytes, int at, int shift) {
        bytes.put(at, (byte) WINDOW_SCALE);
        bytes.put(at + 1, (byte) WINDOW_SCALE_BYTES);
        bytes.put(at + 2, (byte) shift);
        return at + WINDOW_SCALE_BYTES;
    }

    public static int writeSackPermitted(ByteBuffer bytes, int at) {
        bytes.put(at, (byte) SACK_PERMITTED);
        bytes.put(at + 1, (byte) SACK_PERMITTED_BYTES);
        return at + SACK_PERMITTED_BYTES;
    }

    public static int writeTimestamps(ByteBuffer bytes, int at, int value, int echo) {
        bytes.put(at, (byte) TIMESTAMPS);
        bytes.put(at + 1, (byte) TIMESTAMPS_BYTES);
        bytes.putInt(at + 2, value);
        bytes.putInt(at + 6, echo);
        return at + TIMESTAMPS_BYTES;
    }

    /** The head of a SACK option; its edges, left and right in turn, are put behind it. */
    public static int writeSackHead(ByteBuffer bytes, int at, int blocks) {
        bytes.put(at, (byte) SACK);
        bytes.put(at + 1, (byte) sackBytes(blocks));
        return at + 2;
    }

    public static int writeNoOperation(ByteBuffer bytes, int at) {
        bytes.put(at, (byte) NO_OPERATION);
        return at + 1;
    }

    /** Fills up to a multiple of 4 bytes from the header's begin; the header ends there. */
    public static int writeEnd(ByteBuffer bytes, int header, int at) {
        int next = at;
        while ((next - header & 3) != 0) {
            bytes.put(next, (byte) END);
            next++;
        }
        return next;
    }
}
