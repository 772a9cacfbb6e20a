package dev.cortado.runtime.file.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.open.OpenFileTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Does the same to a file system and to a directory of the Linux below, at random, and compares
 * what comes of it: results, errors, and in the end all there is. The directory is deep enough for
 * no link to lead out of it. With {@code -Dcortado.files.rounds=400} it takes minutes.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class AgreesWithLinuxTest {
    private static final int ROUNDS = Integer.getInteger("cortado.files.rounds", 12);
    private static final int CALLS = 1000;
    private static final int MAXIMUM_OPEN = 8;
    private static final int MASK = 022;

    /** More than twice the links that a walk follows. */
    private static final int DEPTH = 100;

    private static final String NEST = "_";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    @Test
    void callsErrorsWhatTheCLibraryDoes() {
        try (LinuxCalls linux = new LinuxCalls()) {
            for (int number = -1; number < 200; number++) {
                assertEquals(linux.strerror(number), Errno.message(number));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesAboutAllCalls(Tried tried) throws IOException {
        Path where =
                Files.isWritable(SHARED_MEMORY)
                        ? SHARED_MEMORY
                        : Path.of(System.getProperty("java.io.tmpdir"));
        try (LinuxCalls linux = new LinuxCalls()) {
            int mask = linux.umask(MASK);
            try {
                for (int round = 0; round < tried.rounds(ROUNDS); round++) {
                    Path top = Files.createTempDirectory(where, "cortado");
                    try {
                        new Round(round, linux, top, new FileTree(tried.make(), MASK)).run();
                    } finally {
                        remove(top);
                    }
                }
            } finally {
                linux.umask(mask);
            }
        }
        // The test is worth something only if all kinds of outcome occur in its rounds.
        for (int error : new int[] {2, 9, 16, 17, 20, 21, 22, 36, 39, 40}) {
            assertTrue(
                    tried != Tried.TMPFS || outcomes.toString().contains(" -" + error + "="),
                    "errno " + error);
        }
    }

    private static void remove(Path top) throws IOException {
        try (Stream<Path> paths = Files.walk(top)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private final class Round {
        private final int number;
        private final Random random;
        private final RandomPaths paths;
        private final FileCalls linux;
        private final FileCalls tree;
        private final String base;
        private final boolean countsDirectories;
        private final boolean isRoot;

        /** The same file's descriptors there and here. */
        private final List<int[]> open = new ArrayList<>();

        Round(int number, LinuxCalls linux, Path top, FileTree files) {
            this.number = number;
            this.linux = linux;
            random = new Random(number);
            tree = new TreeCalls(files, new OpenFileTable(100));
            StringBuilder path = new StringBuilder();
            for (Path name : top) {
                path.append('/').append(name);
                tree.mkdir(bytes(path.toString()), 0700);
            }
            for (int i = 0; i < DEPTH; i++) {
                path.append('/').append(NEST);
                assertEquals(0, linux.mkdir(bytes(path.toString()), 0777));
                assertEquals(0, tree.mkdir(bytes(path.toString()), 0777));
            }
            base = path.toString();
            paths = new RandomPaths(random, base);
            FileCalls.Stat made = linux.stat(bytes(base), true).value();
            countsDirectories = made.links() == 2;
            isRoot = made.owner() == 0;
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        void run() {
            for (int call = 0; call < CALLS; call++) {
                call("round " + number + ", call " + call + ": ");
            }
            compareAll(base);
            for (int[] pair : open) {
                linux.close(pair[0]);
                tree.close(pair[1]);
            }
        }

        private void call(String where) {
            switch (random.nextInt(26)) {
                case 0, 1, 2, 3, 4 -> open(where);
                case 5 -> close(where);
                case 6, 7, 8, 9 -> useOpen(where);
                default -> usePath(where);
            }
        }

        private void open(String where) {
            int flags = random.nextInt(3);
            int[] extra = {
                OpenFlags.CREATE,
                OpenFlags.CREATE | OpenFlags.EXCLUSIVE,
                OpenFlags.TRUNCATE,
                OpenFlags.APPEND,
                OpenFlags.DIRECTORY,
                OpenFlags.NO_FOLLOW
            };
            for (int i = random.nextInt(4); i > 0; i--) {
                flags |= extra[random.nextInt(extra.length)];
            }
            if ((flags & OpenFlags.DIRECTORY) != 0 && random.nextInt(8) != 0) {
                flags &= ~(OpenFlags.CREATE | 3);
            }
            boolean isRelative = !open.isEmpty() && random.nextInt(4) == 0;
            int[] from = isRelative ? any() : new int[] {-1, -1};
            byte[] path = isRelative ? paths.relative() : paths.absolute();
            long there = linux.open(from[0], path, flags, 0666);
            long here = tree.open(from[1], path, flags, 0666);
            if (there >= 0 && here >= 0) {
                open.add(new int[] {(int) there, (int) here});
                outcomes.merge("open", 1, Integer::sum);
                if (open.size() > MAXIMUM_OPEN) {
                    close(where);
                }
                return;
            }
            String name = "open " + Integer.toOctalString(flags);
            compare(where + name + " " + text(path), name, Math.min(there, 0), Math.min(here, 0));
        }

        private int[] any() {
            return open.get(random.nextInt(open.size()));
        }

        private void close(String where) {
            if (!open.isEmpty()) {
                int[] pair = open.remove(random.nextInt(open.size()));
                compare(where, "close", linux.close(pair[0]), tree.close(pair[1]));
            }
        }

        private void useOpen(String where) {
            if (open.isEmpty()) {
                return;
            }
            int[] f = any();
            int l = f[0];
            int t = f[1];
            int count = random.nextInt(1 + random.nextInt(10_000));
            byte[] data = new byte[count];
            random.nextBytes(data);
            long at = position();
            switch (random.nextInt(11)) {
                case 0 -> compare(where, "read", linux.read(l, count), tree.read(t, count));
                case 1 ->
                        compare(
                                where,
                                "pread",
                                linux.pread(l, count, at),
                                tree.pread(t, count, at));
                case 2, 3 -> compare(where, "write", linux.write(l, data), tree.write(t, data));
                case 4 ->
                        compare(
                                where,
                                "pwrite",
                                linux.pwrite(l, data, at),
                                tree.pwrite(t, data, at));
                case 5 -> {
                    // A directory's position is its own business.
                    if (isRegular(l)) {
                        compare(where, "seek", linux.seek(l, at), tree.seek(t, at));
                    }
                }
                case 6 -> comparePosition(where, f);
                case 7 ->
                        compare(where, "ftruncate", linux.ftruncate(l, at), tree.ftruncate(t, at));
                case 8 -> compareStat(where, linux.fstat(l), tree.fstat(t));
                case 9 -> compare(where, "list", linux.list(l), tree.list(t));
                default -> {
                    if (open.size() < MAXIMUM_OPEN) {
                        open.add(new int[] {(int) linux.dup(l), (int) tree.dup(t)});
                    }
                }
            }
        }

        private void comparePosition(String where, int[] pair) {
            if (isRegular(pair[0])) {
                compare(where, "position", linux.position(pair[0]), tree.position(pair[1]));
            }
        }

        private boolean isRegular(int descriptor) {
            return (linux.fstat(descriptor).value().mode() & 0100000) != 0;
        }

        /** Mostly near the beginning, sometimes far, rarely nowhere. */
        private long position() {
            return switch (random.nextInt(20)) {
                case 0 -> -1 - random.nextInt(5);
                case 1 -> (1L << 31) + random.nextInt(10_000);
                case 2 -> (1L << 40) - random.nextInt(10_000);
                default -> random.nextInt(20_000);
            };
        }

        private void usePath(String where) {
            byte[] p = paths.absolute();
            byte[] q = paths.absolute();
            String both = where + text(p) + " " + text(q);
            long at = position();
            int mode = 0700 | random.nextInt(0100) | random.nextInt(8) << 9;
            boolean follows = random.nextBoolean();
            switch (random.nextInt(18)) {
                case 0, 1 -> compare(both, "mkdir", linux.mkdir(p, mode), tree.mkdir(p, mode));
                case 2 -> compare(both, "rmdir", linux.rmdir(p), tree.rmdir(p));
                case 3 -> compare(both, "unlink", linux.unlink(p), tree.unlink(p));
                case 4 -> compare(both, "link", linux.link(p, q), tree.link(p, q));
                case 5, 6 -> {
                    byte[] target = paths.relative();
                    compare(
                            both + " to " + text(target),
                            "symlink",
                            linux.symlink(target, p),
                            tree.symlink(target, p));
                }
                case 7 -> compare(both, "readlink", linux.readlink(p), tree.readlink(p));
                case 8, 9, 10 -> compare(both, "rename", linux.rename(p, q), tree.rename(p, q));
                case 11 -> compareStat(both, linux.stat(p, follows), tree.stat(p, follows));
                case 12 -> compare(both, "chmod", linux.chmod(p, mode), tree.chmod(p, mode));
                case 13 -> {
                    long time = random.nextLong(1L << 62) - (1L << 60);
                    compare(
                            both,
                            "utime",
                            linux.utime(p, follows, time),
                            tree.utime(p, follows, time));
                    FileCalls.Stat there = linux.stat(p, follows).value();
                    FileCalls.Stat here = tree.stat(p, follows).value();
                    if (there != null && here != null) {
                        assertEquals(there.modified(), here.modified(), both);
                    }
                }
                case 14 -> {
                    int wanted = random.nextInt(9);
                    compare(both, "access", linux.access(p, wanted), tree.access(p, wanted));
                }
                case 16 -> chown(both, p, follows);
                case 15 -> compare(both, "truncate", linux.truncate(p, at), tree.truncate(p, at));
                default -> {
                    // The C library's walks longer ones, a name at a time.
                    if (p.length <= PathWalk.MAXIMUM_BYTES) {
                        compare(both, "realpath", linux.realpath(p), tree.realpath(p));
                    }
                }
            }
        }

        /** Only root may, and so it is root that this is compared with. */
        private void chown(String where, byte[] path, boolean follows) {
            if (isRoot) {
                int owner = random.nextInt(3) - 1;
                int group = owner == -1 ? random.nextInt(2) : random.nextInt(3) - 1;
                long there = linux.chown(path, follows, owner, group);
                long here = tree.chown(path, follows, owner, group);
                compare(where + " " + owner + ":" + group, "chown", there, here);
            }
        }

        private String text(byte[] path) {
            String text =
                    new String(path, StandardCharsets.UTF_8)
                            .replace(base, "BASE")
                            .replaceAll("n{254}", "n*254");
            return text.length() > 300 ? text.substring(0, 300) + "..." : text;
        }

        private void compareStat(
                String where,
                FileCalls.Result<FileCalls.Stat> there,
                FileCalls.Result<FileCalls.Stat> here) {
            compare(where, "stat", there.error(), here.error());
            if (there.value() != null) {
                FileCalls.Stat a = there.value();
                FileCalls.Stat b = here.value();
                assertEquals(
                        Integer.toOctalString(a.mode()), Integer.toOctalString(b.mode()), where);
                assertEquals(a.size(), b.size(), where);
                if (isRoot) {
                    assertEquals(a.owner() + ":" + a.group(), b.owner() + ":" + b.group(), where);
                }
                if (countsDirectories || (a.mode() & 0040000) == 0) {
                    assertEquals(a.links(), b.links(), where);
                }
            }
        }

        private void compare(String where, String name, Object there, Object here) {
            if (!there.equals(here)) {
                assertEquals(shown(there), shown(here), where + " " + name);
                assertEquals(there, here, where + " " + name);
            }
            long error =
                    there instanceof FileCalls.Result<?> result
                            ? result.error()
                            : Math.min((Long) there, 0);
            outcomes.merge(name.split(" ")[0] + " " + error, 1, Integer::sum);
        }

        /** Without control characters, and not megabytes of them. */
        private String shown(Object result) {
            String text = result.toString();
            int length = text.length();
            return length + ": " + text.substring(0, Math.min(length, 60)).replaceAll("\\W", "?");
        }

        private void compareAll(String path) {
            byte[] bytes = bytes(path);
            compareStat(path, linux.stat(bytes, false), tree.stat(bytes, false));
            int flags = OpenFlags.DIRECTORY | OpenFlags.NO_FOLLOW;
            int there = (int) linux.open(-1, bytes, flags, 0);
            int here = (int) tree.open(-1, bytes, flags, 0);
            if (there < 0) {
                compareContent(path, bytes);
                return;
            }
            List<String> names = linux.list(there).value();
            assertEquals(names, tree.list(here).value(), path);
            linux.close(there);
            tree.close(here);
            for (String name : names) {
                compareAll(path + "/" + name);
            }
        }

        private void compareContent(String path, byte[] bytes) {
            compare(path, "readlink", linux.readlink(bytes), tree.readlink(bytes));
            int there = (int) linux.open(-1, bytes, OpenFlags.NO_FOLLOW, 0);
            int here = (int) tree.open(-1, bytes, OpenFlags.NO_FOLLOW, 0);
            if (there >= 0) {
                assertEquals(linux.read(there, 100_000), tree.read(here, 100_000), path);
                linux.close(there);
                tree.close(here);
            }
        }
    }
}
