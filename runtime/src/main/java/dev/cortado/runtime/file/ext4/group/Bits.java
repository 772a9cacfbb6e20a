package dev.cortado.runtime.file.ext4.group;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bits of a bitmap: number 0 is the lowest of the first byte. The bytes are little-endian. */
public final class Bits {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bits() {}

    public static boolean isSet(ByteBuffer bitmap, long bit) {
        return (bitmap.get((int) (bit >>> 3)) >>> (bit & 7) & 1) != 0;
    }

    /** The first bit from one on that is set; the end if none is. */
    public static long nextSet(ByteBuffer bitmap, long from, long end) {
        return next(bitmap, from, end, 0);
    }

    /** The first bit from one on that is clear; the end if none is. */
    public static long nextClear(ByteBuffer bitmap, long from, long end) {
        return next(bitmap, from, end, -1L);
    }

    /** The first that differs from what all bits of a word are. */
    private static long next(ByteBuffer bitmap, long from, long end, long word) {
        // An array's words cost no calls in compiled images.
        byte[] array = bitmap.hasArray() ? bitmap.array() : null;
        int origin = array == null ? 0 : bitmap.arrayOffset();
        long at = from;
        while (at < end) {
            int place = byteOfWord(at);
            long there =
                    array == null ? bitmap.getLong(place) : (long) LONGS.get(array, origin + place);
            long differing = (there ^ word) & -1L << at;
            if (differing != 0) {
                return Math.min(end, (at & -Long.SIZE) + Long.numberOfTrailingZeros(differing));
            }
            at = (at & -Long.SIZE) + Long.SIZE;
        }
        return end;
    }

    private static int byteOfWord(long bit) {
        return (int) (bit >>> 6) * Long.BYTES;
    }

    public static void set(ByteBuffer bitmap, long from, long end) {
        change(bitmap, from, end, true);
    }

    public static void clear(ByteBuffer bitmap, long from, long end) {
        change(bitmap, from, end, false);
    }

    private static void change(ByteBuffer bitmap, long from, long end, boolean isSet) {
        long at = from;
        while (at < end) {
            long next = Math.min(end, (at & -Long.SIZE) + Long.SIZE);
            long mask = -1L << at & -1L >>> -next;
            int place = byteOfWord(at);
            long word = bitmap.getLong(place);
            bitmap.putLong(place, isSet ? word | mask : word & ~mask);
            at = next;
        }
    }

    /** How many of the first bits are clear. */
    public static long countClear(ByteBuffer bitmap, long end) {
        long count = 0;
        for (long at = 0; at < end; at += Long.SIZE) {
            long clear = ~bitmap.getLong(byteOfWord(at));
            long counted = end - at < Long.SIZE ? clear & -1L >>> -end : clear;
            count += Long.bitCount(counted);
        }
        return count;
    }
}
