package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Does the same to two file systems, at random, and compares what they answer. */
final class RandomOperations {
    private static final int NAMES = 24;
    private static final int MAXIMUM_SIZE = 150_000;
    private static final int LONG_SIZE = 3_000_000;
    private static final int USUAL_BLOCK = 4096;

    /** A file as the two have it. */
    record Pair(Inode expected, Inode actual) {}

    /** What is done with one of the two. */
    @FunctionalInterface
    private interface Call<T> {
        T run(FileSystem fileSystem, boolean isExpected) throws FileException;
    }

    private final Random random;
    private final FileSystem expected;
    private final FileSystem actual;
    private final int maximumWrite;
    private final int largestBlock; // past the cache goes what is whole ones
    private final boolean hasAttributes;
    private final List<Pair> retained = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();

    RandomOperations(Random random, FileSystem expected, FileSystem actual) {
        this(random, expected, actual, MAXIMUM_SIZE);
    }

    /**
     * @param maximumWrite how many bytes are written by a call
     */
    RandomOperations(Random random, FileSystem expected, FileSystem actual, int maximumWrite) {
        this.random = random;
        this.maximumWrite = maximumWrite;
        Geometry geometry = ((Ext4FileSystem) actual).geometry();
        hasAttributes = geometry.hasFeatures();
        largestBlock = Math.max(USUAL_BLOCK, geometry.blockBytes());
        this.expected = expected;
        this.actual = actual;
    }

    /** What was done, for a message. */
    String log() {
        return log.toString();
    }

    private static Inode of(Pair pair, boolean isExpected) {
        return isExpected ? pair.expected() : pair.actual();
    }

    private static <T> Object outcome(Call<T> call, FileSystem fileSystem, boolean isExpected) {
        try {
            return call.run(fileSystem, isExpected);
        } catch (FileException e) {
            return e.errno();
        }
    }

    /** Returns false if it failed in both. */
    private boolean both(String what, Call<Object> call) {
        log.append(what).append('\n');
        Object one = outcome(call, expected, true);
        Object other = outcome(call, actual, false);
        if (one instanceof byte[] bytes && other instanceof byte[] others) {
            assertArrayEquals(bytes, others, what);
        } else {
            assertEquals(one, other, what);
        }
        return !(one instanceof Errno);
    }

    private FileName name() throws FileException {
        int number = random.nextInt(NAMES);
        String text = "n" + number;
        return FileName.of(number % 5 == 0 ? text + "x".repeat(10 * number + 5) : text);
    }

    /** A directory somewhere, found by going down at random. */
    private Pair directory() throws FileException {
        Pair at = new Pair(expected.root(), actual.root());
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            Pair found = find(at, name());
            at = found != null && found.expected().isDirectory() ? found : at;
        }
        return at;
    }

    private Pair find(Pair directory, FileName name) {
        try {
            return new Pair(
                    expected.lookup(directory.expected(), name),
                    actual.lookup(directory.actual(), name));
        } catch (FileException e) {
            return null;
        }
    }

    /** Something somewhere; null if there was none this time. */
    private Pair any() throws FileException {
        if (!retained.isEmpty() && random.nextInt(4) == 0) {
            return retained.get(random.nextInt(retained.size()));
        }
        return find(directory(), name());
    }

    private int size() {
        int scale = random.nextInt(3);
        return scale == 0 ? random.nextInt(200) : random.nextInt(scale == 1 ? 8192 : MAXIMUM_SIZE);
    }

    /** Any, but for set-group-id, which files in memory do not hand down. */
    private int permissions() {
        return random.nextInt(AttributeChange.ALL_PERMISSIONS + 1) & ~02000;
    }

    void step() throws FileException {
        Pair in = directory();
        FileName name = name();
        int permissions = permissions();
        String at = in.expected().number() + "/" + name;
        switch (random.nextInt(20)) {
            case 0, 1, 2 ->
                    both(
                            "create " + at,
                            (system, isOne) ->
                                    made(system.create(of(in, isOne), name, permissions)));
            case 3 ->
                    both(
                            "mkdir " + at,
                            (system, isOne) ->
                                    made(system.makeDirectory(of(in, isOne), name, permissions)));
            case 4 -> {
                byte[] target = "t".repeat(1 + random.nextInt(180)).getBytes();
                both(
                        "symlink " + at + " " + target.length,
                        (system, isOne) ->
                                made(system.makeSymbolicLink(of(in, isOne), name, target)));
            }
            case 5 -> unlink(in, name, at);
            case 6 -> removeDirectory(in, name, at);
            case 7, 8 -> rename(in, name, at);
            case 9 -> link(in, name, at);
            case 10, 11, 12, 13, 14, 15 -> content();
            case 16 -> attributes();
            case 17 -> retain();
            case 18 -> extended();
            default -> sync();
        }
    }

    private static Object made(Inode inode) {
        return inode.kind();
    }

    private void unlink(Pair in, FileName name, String at) {
        both(
                "unlink " + at,
                (system, isOne) -> {
                    system.unlink(of(in, isOne), name);
                    return null;
                });
    }

    private void removeDirectory(Pair in, FileName name, String at) {
        both(
                "rmdir " + at,
                (system, isOne) -> {
                    system.removeDirectory(of(in, isOne), name);
                    return null;
                });
    }

    private void rename(Pair in, FileName name, String at) throws FileException {
        Pair to = directory();
        FileName newName = name();
        both(
                "rename " + at + " " + to.expected().number() + "/" + newName,
                (system, isOne) -> {
                    system.rename(of(in, isOne), name, of(to, isOne), newName);
                    return null;
                });
    }

    private void link(Pair in, FileName name, String at) throws FileException {
        Pair file = any();
        if (file != null) {
            both(
                    "link " + file.expected().number() + " " + at,
                    (system, isOne) -> {
                        system.link(of(file, isOne), of(in, isOne), name);
                        return null;
                    });
        }
    }

    private void content() throws FileException {
        Pair file = any();
        if (file == null) {
            return;
        }
        long number = file.expected().number();
        int position = random.nextInt(40) == 0 ? random.nextInt(LONG_SIZE) : size();
        switch (random.nextInt(8)) {
            case 0 -> {
                both(
                        "truncate " + number + " " + position,
                        (system, isOne) -> {
                            system.truncate(of(file, isOne), position);
                            return null;
                        });
            }
            case 1 -> {
                byte[] bytes = bytes();
                both(
                        "append " + number + " " + bytes.length,
                        (system, isOne) -> system.append(of(file, isOne), ByteBuffer.wrap(bytes)));
            }
            case 2, 3 -> {
                byte[] bytes = bytes();
                both(
                        "write " + number + " " + position + " " + bytes.length,
                        (system, isOne) ->
                                system.write(of(file, isOne), position, ByteBuffer.wrap(bytes)));
            }
            case 4 -> {
                byte[] bytes = wholeBlocks();
                both(
                        "write direct " + number + " " + whole(position) + " " + bytes.length,
                        (system, isOne) ->
                                system.writeDirect(
                                        of(file, isOne), whole(position), ByteBuffer.wrap(bytes)));
            }
            case 5 -> {
                int length = whole(size());
                both(
                        "read direct " + number + " " + whole(position) + " " + length,
                        (system, isOne) -> {
                            ByteBuffer to = ByteBuffer.allocate(length);
                            system.readDirect(of(file, isOne), whole(position), to);
                            return Arrays.copyOf(to.array(), to.position());
                        });
            }
            default -> {
                int length = size();
                both(
                        "read " + number + " " + position + " " + length,
                        (system, isOne) -> {
                            ByteBuffer to = ByteBuffer.allocate(length);
                            system.read(of(file, isOne), position, to);
                            return Arrays.copyOf(to.array(), to.position());
                        });
            }
        }
    }

    /** As much as are whole blocks of any file system here. */
    private int whole(int length) {
        return length / largestBlock * largestBlock;
    }

    /** Without the highest bit: what has it was never written here. */
    private byte[] bytes() {
        byte[] bytes = new byte[Math.min(size(), maximumWrite)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] &= 0x7F;
        }
        return bytes;
    }

    private byte[] wholeBlocks() {
        byte[] bytes = bytes();
        return Arrays.copyOf(bytes, whole(bytes.length));
    }

    private void attributes() throws FileException {
        Pair file = any();
        if (file == null) {
            return;
        }
        AttributeChange change =
                switch (random.nextInt(3)) {
                    case 0 -> AttributeChange.ofPermissions(permissions());
                    case 1 -> AttributeChange.ofOwner(random.nextInt(100_000), random.nextInt(9));
                    default ->
                            AttributeChange.ofTimes(
                                    AttributeChange.NOW, random.nextInt(1 << 30) * 1_000_000_000L);
                };
        both(
                "set " + file.expected().number() + " " + change,
                (system, isOne) -> {
                    system.setAttributes(of(file, isOne), change);
                    return null;
                });
    }

    /** Of the one that keeps them. */
    private void extended() throws FileException {
        Pair file = any();
        if (file == null || !isUserAttributed(file)) {
            return;
        }
        byte[] name = ("user.a" + random.nextInt(4)).getBytes(StandardCharsets.UTF_8);
        byte[] value = new byte[random.nextInt(random.nextInt(4) == 0 ? 600 : 30)];
        random.nextBytes(value);
        log.append("setxattr " + file.actual().number() + " " + value.length).append('\n');
        try {
            actual.setExtendedAttribute(file.actual(), name, value);
            assertArrayEquals(value, actual.extendedAttribute(file.actual(), name));
            expected.setAttributes(
                    file.expected(),
                    new AttributeChange(
                            -1, -1, -1, AttributeChange.KEEP_TIME, AttributeChange.KEEP_TIME));
            if (random.nextInt(3) == 0) {
                actual.setExtendedAttribute(file.actual(), name, null);
            }
        } catch (FileException e) {
            boolean isExpected =
                    e.errno() == Errno.ENOSPC
                            || e.errno() == Errno.ENOENT
                            || e.errno() == Errno.EOPNOTSUPP && !hasAttributes;
            assertEquals(true, isExpected, e.toString());
        }
    }

    private static boolean isUserAttributed(Pair file) {
        return switch (file.expected().kind()) {
            case REGULAR, DIRECTORY -> true;
            default -> false;
        };
    }

    private void retain() throws FileException {
        if (retained.size() > 5 || random.nextBoolean() && !retained.isEmpty()) {
            Pair file = retained.remove(random.nextInt(retained.size()));
            release(file);
            return;
        }
        Pair file = any();
        if (file != null
                && both(
                        "retain " + file.expected().number(),
                        (system, isOne) -> {
                            system.retain(of(file, isOne));
                            return null;
                        })) {
            retained.add(file);
        }
    }

    private void release(Pair file) {
        both(
                "release " + file.expected().number(),
                (system, isOne) -> {
                    system.release(of(file, isOne));
                    return null;
                });
    }

    private void sync() throws FileException {
        Pair file = any();
        if (file != null) {
            boolean onlyData = random.nextBoolean();
            log.append("sync " + file.expected().number()).append('\n');
            try {
                actual.sync(file.actual(), onlyData);
            } catch (FileException e) {
                assertEquals(Errno.ENOENT, e.errno());
            }
        }
    }

    /** Before an unmount. */
    void releaseAll() {
        retained.forEach(this::release);
        retained.clear();
    }
}
