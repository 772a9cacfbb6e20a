package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the JDK does not do as the C library does: times before 1970 with fractions of a second, and
 * targets of links with two slashes side by side.
 */
final class CLibrary {
    private static final int CURRENT_DIRECTORY = -100;
    private static final int NO_FOLLOW = 0x100;
    private static final int MOST_TARGET_BYTES = 4096;
    private static final MemoryLayout INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private static final MethodHandle UTIMENSAT =
            find("utimensat", FunctionDescriptor.of(INT, INT, POINTER, POINTER, INT));
    private static final MethodHandle SYMLINK =
            find("symlink", FunctionDescriptor.of(INT, POINTER, POINTER));
    private static final MethodHandle READLINK =
            find(
                    "readlink",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG, POINTER, POINTER, ValueLayout.JAVA_LONG));

    private CLibrary() {}

    private static MethodHandle find(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }

    /** A call of a function. */
    @FunctionalInterface
    private interface Call {
        long in(Arena arena) throws Throwable;
    }

    private static long call(Call call) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long result = call.in(arena);
            if (result < 0) {
                throw new Failure(Errno.EINVAL);
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /**
     * @param times seconds and nanoseconds of the last access, and of the last change
     */
    static void setTimes(Path path, long[] times) throws IOException {
        call(arena -> {
            MemorySegment both = arena.allocateFrom(ValueLayout.JAVA_LONG, times);
            MemorySegment name = arena.allocateFrom(path.toString());
            return (int) UTIMENSAT.invokeExact(CURRENT_DIRECTORY, name, both, NO_FOLLOW);
        });
    }

    static void makeSymbolicLink(Path path, String target) throws IOException {
        call(arena -> {
            MemorySegment name = arena.allocateFrom(path.toString());
            return (int) SYMLINK.invokeExact(arena.allocateFrom(target), name);
        });
    }

    static String readSymbolicLink(Path path) throws IOException {
        byte[] target = new byte[MOST_TARGET_BYTES];
        int count =
                (int)
                        call(arena -> {
                            MemorySegment name = arena.allocateFrom(path.toString());
                            MemorySegment room = arena.allocate(target.length);
                            long result =
                                    (long) READLINK.invokeExact(name, room, (long) target.length);
                            int length = (int) Math.max(result, 0);
                            MemorySegment.copy(room, ValueLayout.JAVA_BYTE, 0, target, 0, length);
                            return result;
                        });
        return new String(target, 0, count, StandardCharsets.UTF_8);
    }
}
