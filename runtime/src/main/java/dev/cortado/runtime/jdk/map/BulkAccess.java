package dev.cortado.runtime.jdk.map;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.UnmanagedMemoryUtil;
import dev.cortado.kernel.memory.MappedPages;
import dev.cortado.runtime.file.map.PageMemory;
import jdk.graal.compiler.word.Word;
import jdk.internal.misc.Unsafe;
import jdk.internal.util.ArraysSupport;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/**
 * What {@code Unsafe} does with many bytes, which may be of mapped files: then it is done in parts
 * small enough that no thread stops at a safepoint within one. An offset is an address if its
 * object is null.
 */
public final class BulkAccess {
    private static final int PART_BYTES = 32 << 10;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private BulkAccess() {}

    /** See {@link Unsafe#copyMemory(Object, long, Object, long, long)}. */
    public static void copyMemory(
            Object from, long fromOffset, Object to, long toOffset, long bytes) {
        if (!MappedAccess.isMapped(fromOffset) && !MappedAccess.isMapped(toOffset)) {
            UNSAFE.copyMemory(from, fromOffset, to, toOffset, bytes);
            return;
        }
        boolean isBackward = from == to && fromOffset < toOffset;
        for (long done = 0; done < bytes; ) {
            int part = (int) Math.min(PART_BYTES, bytes - done);
            long at = isBackward ? bytes - done - part : done;
            while (!tryCopy(from, fromOffset + at, to, toOffset + at, part)) {
                bring(fromOffset + at, part, false);
                bring(toOffset + at, part, true);
            }
            done += part;
        }
    }

    /** See {@link Unsafe#copyMemory(long, long, long)}. */
    static void copyMemory(long from, long to, long bytes) {
        copyMemory(null, from, null, to, bytes);
    }

    /** See {@link Unsafe#copySwapMemory(Object, long, Object, long, long, long)}. */
    static void copySwapMemory(
            Object from, long fromOffset, Object to, long toOffset, long bytes, long elementBytes) {
        if (!MappedAccess.isMapped(fromOffset) && !MappedAccess.isMapped(toOffset)) {
            UNSAFE.copySwapMemory(from, fromOffset, to, toOffset, bytes, elementBytes);
            return;
        }
        byte[] swapped = new byte[(int) Math.min(PART_BYTES, bytes)];
        long base = Unsafe.ARRAY_BYTE_BASE_OFFSET;
        boolean isBackward = from == to && fromOffset < toOffset;
        for (long done = 0; done < bytes; ) {
            int part = (int) Math.min(PART_BYTES, bytes - done);
            long at = isBackward ? bytes - done - part : done;
            copyMemory(from, fromOffset + at, swapped, base, part);
            UNSAFE.copySwapMemory(swapped, base, swapped, base, part, elementBytes);
            copyMemory(swapped, base, to, toOffset + at, part);
            done += part;
        }
    }

    /** See {@link Unsafe#setMemory(Object, long, long, byte)}. */
    static void setMemory(Object to, long offset, long bytes, byte value) {
        if (!MappedAccess.isMapped(offset)) {
            UNSAFE.setMemory(to, offset, bytes, value);
            return;
        }
        for (long done = 0; done < bytes; ) {
            int part = (int) Math.min(PART_BYTES, bytes - done);
            while (!tryFill(offset + done, part, value)) {
                bring(offset + done, part, true);
            }
            done += part;
        }
    }

    /** See {@link Unsafe#setMemory(long, long, byte)}. */
    static void setMemory(long to, long bytes, byte value) {
        setMemory(null, to, bytes, value);
    }

    /** See {@link ArraysSupport#vectorizedMismatch}. */
    static int vectorizedMismatch(
            Object a, long aOffset, Object b, long bOffset, int length, int scale) {
        if (!MappedAccess.isMapped(aOffset) && !MappedAccess.isMapped(bOffset)) {
            return ArraysSupport.vectorizedMismatch(a, aOffset, b, bOffset, length, scale);
        }
        long bytes = (long) length << scale;
        long at = 0;
        for (; at + Long.BYTES <= bytes; at += Long.BYTES) {
            long difference = readLong(a, aOffset + at) ^ readLong(b, bOffset + at);
            if (difference != 0) {
                int same = Long.numberOfTrailingZeros(difference) / Byte.SIZE;
                return (int) (at + same >> scale);
            }
        }
        return ~(int) (bytes - at >> scale);
    }

    private static long readLong(Object from, long offset) {
        MappedAccess.beforeRead(offset, Long.BYTES);
        return UNSAFE.getLong(from, offset);
    }

    private static void bring(long offset, int bytes, boolean writes) {
        if (MappedAccess.isMapped(offset)) {
            MappedAccess.bring(offset, bytes, writes);
        }
    }

    @Uninterruptible(reason = "No safepoint between the look and the access.")
    private static boolean tryCopy(
            Object from, long fromOffset, Object to, long toOffset, int bytes) {
        if (!isWithin(fromOffset, bytes, MappedAccess.READ)
                || !isWithin(toOffset, bytes, MappedAccess.WRITE)) {
            return false;
        }
        UnmanagedMemoryUtil.copy(
                address(from, fromOffset), address(to, toOffset), WordFactory.unsigned(bytes));
        return true;
    }

    @Uninterruptible(reason = "No safepoint between the look and the access.")
    private static boolean tryFill(long address, int bytes, byte value) {
        if (!isWithin(address, bytes, MappedAccess.WRITE)) {
            return false;
        }
        UnmanagedMemoryUtil.fill(WordFactory.pointer(address), WordFactory.unsigned(bytes), value);
        return true;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean isWithin(long offset, int bytes, byte reach) {
        if (!MappedAccess.isMapped(offset)) {
            return true;
        }
        long last = offset + bytes - 1;
        for (long at = offset & -PageMemory.PAGE_BYTES; at <= last; at += PageMemory.PAGE_BYTES) {
            if (MappedPages.state(at) < reach) {
                return false;
            }
        }
        return true;
    }

    @Uninterruptible(reason = "The object does not move meanwhile.", callerMustBe = true)
    private static Pointer address(Object object, long offset) {
        if (object == null) {
            return WordFactory.pointer(offset);
        }
        return Word.objectToUntrackedPointer(object).add(WordFactory.unsigned(offset));
    }
}
