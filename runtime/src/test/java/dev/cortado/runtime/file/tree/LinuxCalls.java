package dev.cortado.runtime.file.tree;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Linux's, by its C library. For one thread. */
final class LinuxCalls implements FileCalls, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 17;

    /** Linux, fcntl.h. */
    private static final int AT_FDCWD = -100;

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;

    /** Linux, linux/stat.h: all that stat knew, and where in struct statx it is. */
    private static final int STATX_BASIC_STATS = 0x7ff;

    private static final int STATX_NLINK = 16;
    private static final int STATX_OWNER = 20;
    private static final int STATX_GROUP = 24;
    private static final int STATX_MODE = 28;
    private static final int STATX_SIZE = 40;
    private static final int STATX_MODIFIED = 112;
    private static final int FORMAT = 0170000;
    private static final int FORMAT_DIRECTORY = 0040000;

    /** Linux, linux/stat.h: leaves a time as it is. */
    private static final long UTIME_OMIT = (1 << 30) - 2;

    /** glibc's struct dirent. */
    private static final int DIRENT_LENGTH = 16;

    private static final int DIRENT_NAME = 19;

    /** Functions that return a long or an address. */
    private static final List<String> LONG =
            List.of(
                    "read",
                    "pread",
                    "write",
                    "pwrite",
                    "lseek",
                    "readlink",
                    "realpath",
                    "getdents64");

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(STATE);
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
    private final MemorySegment first = arena.allocate(1 << 15);
    private final MemorySegment second = arena.allocate(1 << 15);
    private final Map<String, MethodHandle> functions = new HashMap<>();

    /** Calls a function whose arguments are int, long and addresses, and which returns a long. */
    private long call(String name, Object... arguments) {
        MethodHandle function = functions.computeIfAbsent(name, key -> function(key, arguments));
        Object[] all = new Object[arguments.length + 1];
        all[0] = state;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try {
            long result = (long) function.invokeExact(all);
            return result == -1 ? -state.get(JAVA_INT, 0) : result;
        } catch (Throwable e) {
            throw new AssertionError(name, e);
        }
    }

    private static MethodHandle function(String name, Object... arguments) {
        MemoryLayout[] layouts = new MemoryLayout[arguments.length];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] =
                    switch (arguments[i]) {
                        case Integer number -> JAVA_INT;
                        case Long number -> JAVA_LONG;
                        default -> ADDRESS;
                    };
        }
        boolean isLong = LONG.contains(name);
        FunctionDescriptor descriptor =
                FunctionDescriptor.of(isLong ? JAVA_LONG : JAVA_INT, layouts);
        List<Linker.Option> options = new ArrayList<>();
        options.add(Linker.Option.captureCallState("errno"));
        if (name.equals("openat")) {
            // The permissions are the first of its further arguments.
            options.add(Linker.Option.firstVariadicArg(3));
        }
        MethodHandle handle =
                LINKER.downcallHandle(
                        LINKER.defaultLookup().findOrThrow(name),
                        descriptor,
                        options.toArray(new Linker.Option[0]));
        return handle.asSpreader(Object[].class, arguments.length + 1)
                .asType(MethodType.methodType(long.class, Object[].class));
    }

    private static MemorySegment put(byte[] path, MemorySegment into) {
        MemorySegment.copy(path, 0, into, JAVA_BYTE, 0, path.length);
        into.set(JAVA_BYTE, path.length, (byte) 0);
        return into;
    }

    private MemorySegment path(byte[] path) {
        return put(path, first);
    }

    private Result<String> bytes(long count) {
        if (count < 0) {
            return Result.failed(count);
        }
        byte[] bytes = buffer.asSlice(0, count).toArray(JAVA_BYTE);
        return Result.of(TreeCalls.bytes(bytes, bytes.length));
    }

    /** Sets the process's mask and returns the old one. */
    int umask(int mask) {
        return (int) call("umask", mask);
    }

    /** What the C library calls an error. */
    String strerror(int number) {
        try {
            MethodHandle function =
                    LINKER.downcallHandle(
                            LINKER.defaultLookup().findOrThrow("strerror"),
                            FunctionDescriptor.of(ADDRESS, JAVA_INT));
            MemorySegment text = (MemorySegment) function.invokeExact(number);
            return text.reinterpret(1 << 10).getString(0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public long open(int base, byte[] path, int flags, int permissions) {
        return call("openat", base < 0 ? AT_FDCWD : base, path(path), flags, permissions);
    }

    @Override
    public long close(int descriptor) {
        return call("close", descriptor);
    }

    @Override
    public long dup(int descriptor) {
        return call("dup", descriptor);
    }

    @Override
    public Result<String> read(int descriptor, int count) {
        return bytes(call("read", descriptor, buffer, (long) count));
    }

    @Override
    public Result<String> pread(int descriptor, int count, long position) {
        return bytes(call("pread", descriptor, buffer, (long) count, position));
    }

    @Override
    public long write(int descriptor, byte[] bytes) {
        MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
        return call("write", descriptor, buffer, (long) bytes.length);
    }

    @Override
    public long pwrite(int descriptor, byte[] bytes, long position) {
        MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
        return call("pwrite", descriptor, buffer, (long) bytes.length, position);
    }

    @Override
    public long seek(int descriptor, long position) {
        return call("lseek", descriptor, position, 0);
    }

    @Override
    public long position(int descriptor) {
        return call("lseek", descriptor, 0L, 1);
    }

    @Override
    public long ftruncate(int descriptor, long size) {
        return call("ftruncate", descriptor, size);
    }

    @Override
    public long truncate(byte[] path, long size) {
        return call("truncate", path(path), size);
    }

    @Override
    public long mkdir(byte[] path, int permissions) {
        return call("mkdir", path(path), permissions);
    }

    @Override
    public long rmdir(byte[] path) {
        return call("rmdir", path(path));
    }

    @Override
    public long unlink(byte[] path) {
        return call("unlink", path(path));
    }

    @Override
    public long link(byte[] path, byte[] newPath) {
        return call("link", path(path), put(newPath, second));
    }

    @Override
    public long symlink(byte[] target, byte[] path) {
        return call("symlink", put(target, second), path(path));
    }

    @Override
    public Result<String> readlink(byte[] path) {
        return bytes(call("readlink", path(path), buffer, (long) BUFFER_BYTES));
    }

    @Override
    public long rename(byte[] path, byte[] newPath) {
        return call("rename", path(path), put(newPath, second));
    }

    @Override
    public Result<Stat> stat(byte[] path, boolean follows) {
        return statx(AT_FDCWD, path, follows ? 0 : AT_SYMLINK_NOFOLLOW);
    }

    @Override
    public Result<Stat> fstat(int descriptor) {
        return statx(descriptor, new byte[0], AT_EMPTY_PATH);
    }

    private Result<Stat> statx(int base, byte[] path, int flags) {
        long error = call("statx", base, path(path), flags, STATX_BASIC_STATS, buffer);
        if (error < 0) {
            return Result.failed(error);
        }
        int mode = buffer.get(JAVA_SHORT, STATX_MODE) & 0xffff;
        long seconds = buffer.get(JAVA_LONG, STATX_MODIFIED);
        int nanos = buffer.get(JAVA_INT, STATX_MODIFIED + 8);
        boolean isDirectory = (mode & FORMAT) == FORMAT_DIRECTORY;
        return Result.of(
                new Stat(
                        mode,
                        buffer.get(JAVA_INT, STATX_NLINK),
                        buffer.get(JAVA_INT, STATX_OWNER),
                        buffer.get(JAVA_INT, STATX_GROUP),
                        isDirectory ? 0 : buffer.get(JAVA_LONG, STATX_SIZE),
                        seconds * 1_000_000_000 + nanos));
    }

    @Override
    public long chmod(byte[] path, int permissions) {
        return call("chmod", path(path), permissions);
    }

    @Override
    public long chown(byte[] path, boolean follows, int owner, int group) {
        return call(follows ? "chown" : "lchown", path(path), owner, group);
    }

    @Override
    public long utime(byte[] path, boolean follows, long modified) {
        buffer.set(JAVA_LONG, 0, 0);
        buffer.set(JAVA_LONG, 8, UTIME_OMIT);
        buffer.set(JAVA_LONG, 16, Math.floorDiv(modified, 1_000_000_000L));
        buffer.set(JAVA_LONG, 24, Math.floorMod(modified, 1_000_000_000L));
        int flags = follows ? 0 : AT_SYMLINK_NOFOLLOW;
        return call("utimensat", AT_FDCWD, path(path), buffer, flags);
    }

    @Override
    public long access(byte[] path, int wanted) {
        return call("access", path(path), wanted);
    }

    @Override
    public Result<List<String>> list(int descriptor) {
        Result<Stat> stat = fstat(descriptor);
        if (stat.value() != null && (stat.value().mode() & FORMAT) == FORMAT_DIRECTORY) {
            call("lseek", descriptor, 0L, 0);
        }
        List<String> names = new ArrayList<>();
        long count = call("getdents64", descriptor, buffer, (long) BUFFER_BYTES);
        while (count > 0) {
            for (long at = 0; at < count; ) {
                String name = buffer.getString(at + DIRENT_NAME);
                if (!name.equals(".") && !name.equals("..")) {
                    names.add(name);
                }
                at += buffer.get(JAVA_SHORT, at + DIRENT_LENGTH) & 0xffff;
            }
            count = call("getdents64", descriptor, buffer, (long) BUFFER_BYTES);
        }
        Collections.sort(names);
        // A directory that was removed: the C library's readdir calls it the end.
        return count < 0 && count != -2 ? Result.failed(count) : Result.of(names);
    }

    @Override
    public Result<String> realpath(byte[] path) {
        long found = call("realpath", path(path), second);
        if (found == 0) {
            return Result.failed(-state.get(JAVA_INT, 0));
        }
        byte[] real = second.getString(0).getBytes();
        return Result.of(TreeCalls.bytes(real, real.length));
    }

    @Override
    public void close() {
        arena.close();
    }
}
