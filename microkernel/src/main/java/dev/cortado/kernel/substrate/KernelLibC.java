package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.UnmanagedMemoryUtil;
import com.oracle.svm.core.headers.LibCSupport;
import com.oracle.svm.core.thread.VMOperation;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.ProgramMemory;
import dev.cortado.kernel.thread.Scheduler;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CCharPointerPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.SignedWord;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/** The few functions of a C library that the Java runtime asks its platform for. */
@SuppressWarnings("unchecked")
final class KernelLibC implements LibCSupport {
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int errno() {
        return Scheduler.current().getLastError();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void setErrno(int value) {
        Scheduler.current().setLastError(value);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public <T extends PointerBase> T memcpy(T destination, PointerBase source, UnsignedWord n) {
        return memmove(destination, source, n);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public <T extends PointerBase> int memcmp(T first, T second, UnsignedWord n) {
        Pointer a = (Pointer) first;
        Pointer b = (Pointer) second;
        for (UnsignedWord i = WordFactory.zero(); i.belowThan(n); i = i.add(1)) {
            int difference = (a.readByte(i) & 0xff) - (b.readByte(i) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public <T extends PointerBase> T memmove(T destination, PointerBase source, UnsignedWord n) {
        UnmanagedMemoryUtil.copy((Pointer) source, (Pointer) destination, n);
        return destination;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public <T extends PointerBase> T memset(T start, SignedWord value, UnsignedWord n) {
        UnmanagedMemoryUtil.fill((Pointer) start, n, (byte) value.rawValue());
        return start;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public <T extends PointerBase> T malloc(UnsignedWord size) {
        // A collection fails with what it needs.
        long block =
                VMOperation.isGCInProgress()
                        ? Memory.allocateAny(size.rawValue())
                        : Memory.allocate(size.rawValue());
        return (T) WordFactory.pointer(block);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public <T extends PointerBase> T calloc(UnsignedWord count, UnsignedWord size) {
        UnsignedWord bytes = count.multiply(size);
        if (size.notEqual(0) && bytes.unsignedDivide(size).notEqual(count)) {
            return (T) WordFactory.nullPointer();
        }
        Pointer block = malloc(bytes);
        if (block.isNonNull()) {
            UnmanagedMemoryUtil.fill(block, bytes, (byte) 0);
        }
        return (T) block;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public <T extends PointerBase> T realloc(PointerBase block, UnsignedWord size) {
        if (block.isNull()) {
            return malloc(size);
        }
        UnsignedWord usable = WordFactory.unsigned(Memory.usableBytes(block.rawValue()));
        if (size.belowOrEqual(usable)) {
            return (T) block;
        }
        Pointer larger = malloc(size);
        if (larger.isNonNull()) {
            UnmanagedMemoryUtil.copy((Pointer) block, larger, usable);
            free(block);
        }
        return (T) larger;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void free(PointerBase block) {
        if (block.isNonNull() && !isKept(block.rawValue())) {
            Memory.free(block.rawValue());
        }
    }

    /**
     * What a device may still write to is never anybody else's. A collection frees none of it, and
     * may be moving what tells of it.
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean isKept(long address) {
        return !VMOperation.isGCInProgress() && ProgramMemory.isKept(address);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void exit(int status) {
        Machine.exit(status);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public UnsignedWord strlen(CCharPointer string) {
        UnsignedWord length = WordFactory.zero();
        while (((Pointer) string).readByte(length) != 0) {
            length = length.add(1);
        }
        return length;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public CCharPointer strdup(CCharPointer string) {
        UnsignedWord bytes = strlen(string).add(1);
        CCharPointer copy = malloc(bytes);
        return copy.isNull() ? copy : memmove(copy, string, bytes);
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int strcmp(CCharPointer first, CCharPointer second) {
        for (int i = 0; ; i++) {
            int a = first.read(i) & 0xff;
            int b = second.read(i) & 0xff;
            if (a != b || a == 0) {
                return a - b;
            }
        }
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int isdigit(int character) {
        return character >= '0' && character <= '9' ? 1 : 0;
    }

    /** Digits of {@code base} after an optional sign and prefix, as C's strtoull. */
    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public UnsignedWord strtoull(CCharPointer string, CCharPointerPointer end, int base) {
        int i = 0;
        while (string.read(i) == ' ' || string.read(i) == '\t') {
            i++;
        }
        boolean negative = string.read(i) == '-';
        if (negative || string.read(i) == '+') {
            i++;
        }
        boolean hexadecimal =
                string.read(i) == '0' && (string.read(i + 1) | 0x20) == 'x' && (base | 16) == 16;
        int radix = base != 0 ? base : hexadecimal ? 16 : string.read(i) == '0' ? 8 : 10;
        if (hexadecimal) {
            i += 2;
        }
        UnsignedWord value = WordFactory.zero();
        for (int digit = digit(string.read(i)); digit >= 0 && digit < radix; ) {
            value = value.multiply(radix).add(digit);
            digit = digit(string.read(++i));
        }
        if (end.isNonNull()) {
            end.write(string.addressOf(i));
        }
        return negative ? WordFactory.unsigned(-value.rawValue()) : value;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static int digit(byte character) {
        int lower = character | 0x20;
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : -1;
    }
}
