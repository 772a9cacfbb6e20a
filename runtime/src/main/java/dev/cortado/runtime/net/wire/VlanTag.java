package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/**
 * The tag of a VLAN (IEEE 802.1Q, 9.6), behind a frame's addresses and the type 0x8100: priority,
 * number of the VLAN, and the type of what follows.
 */
public final class VlanTag {
    /** Bytes behind the type 0x8100. */
    public static final int BYTES = 4;

    /** VLAN 0: the frame has a priority, and belongs to no VLAN. */
    public static final int PRIORITY_ONLY = 0;

    public static final int MAXIMUM = 4094;

    private VlanTag() {}

    /** Whether so many bytes behind the type are a tag. */
    public static boolean check(int length) {
        return length >= BYTES;
    }

    /** 0 to 4095, which is reserved. */
    public static int identifier(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xfff;
    }

    /** 0 to 7. */
    public static int priority(ByteBuffer bytes, int at) {
        return bytes.getShort(at) >>> 13 & 7;
    }

    /** Of what follows the tag. */
    public static int type(ByteBuffer bytes, int at) {
        return bytes.getShort(at + 2) & 0xffff;
    }

    public static void write(ByteBuffer bytes, int at, int priority, int identifier, int type) {
        bytes.putShort(at, (short) (priority << 13 | identifier));
        bytes.putShort(at + 2, (short) type);
    }
}
