package dev.cortado.system.guest.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes, moves, removes and looks at names at random. */
final class RandomNames {
    /** A time after 1970 that each file system can keep. */
    private static final long LATEST_SECOND = 1L << 31;

    private final RandomPaths paths;
    private final Random random;

    RandomNames(RandomPaths paths, Random random) {
        this.paths = paths;
        this.random = random;
    }

    private Path path(StringBuilder text) {
        Path path = paths.next();
        text.append(' ').append(path);
        return path;
    }

    /**
     * @param text to which is added what is done
     */
    Object call(StringBuilder text) throws IOException {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> Files.createDirectory(path(text.append("mkdir")));
            case 3 -> Files.createLink(path(text.append("link")), path(text));
            case 4 -> Files.createSymbolicLink(path(text.append("symlink")), paths.target());
            case 5, 6, 7 -> {
                Files.delete(path(text.append("delete")));
                yield "done";
            }
            case 8, 9 -> move(text, StandardCopyOption.ATOMIC_MOVE);
            case 10 -> move(text, StandardCopyOption.REPLACE_EXISTING);
            case 11 -> copy(text);
            case 12 -> permissions(text);
            case 13 -> time(text);
            case 14 -> owner(text);
            case 15 -> list(text);
            case 16 -> attribute(text);
            case 17 -> path(text.append("real")).toRealPath();
            default -> attributes(text);
        };
    }

    private Path move(StringBuilder text, StandardCopyOption option) throws IOException {
        return Files.move(path(text.append(option)), path(text), option);
    }

    private Path copy(StringBuilder text) throws IOException {
        Path from = path(text.append("copy"));
        Path to = path(text);
        return Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
    }

    /** Nobody is kept from anything by them: a program may do all. */
    private Object permissions(StringBuilder text) throws IOException {
        int mode = random.nextInt(07777 + 1);
        Path path = path(text.append("chmod ").append(Integer.toOctalString(mode)));
        return Files.setAttribute(path, "unix:mode", mode);
    }

    private Object time(StringBuilder text) throws IOException {
        FileTime time =
                FileTime.from(
                        random.nextLong(LATEST_SECOND) * 1_000_000_000
                                + random.nextInt(1_000_000_000),
                        TimeUnit.NANOSECONDS);
        Path path = path(text.append("time"));
        Files.setLastModifiedTime(path, time);
        return Files.getLastModifiedTime(path);
    }

    private Object owner(StringBuilder text) throws IOException {
        String kind = random.nextBoolean() ? "uid" : "gid";
        int number = random.nextInt(1 << random.nextInt(31));
        Path path = path(text.append(kind).append(' ').append(number));
        Files.setAttribute(path, "unix:" + kind, number, LinkOption.NOFOLLOW_LINKS);
        return attributes(path);
    }

    private Object list(StringBuilder text) throws IOException {
        try (Stream<Path> list = Files.list(path(text.append("list")))) {
            List<String> names = list.map(path -> path.getFileName().toString()).sorted().toList();
            return names.size() + " " + names.hashCode();
        }
    }

    /** Of a few with short and long values, on files and directories. */
    private Object attribute(StringBuilder text) throws IOException {
        Path path = path(text.append("attribute"));
        String name = "user:a" + random.nextInt(4);
        ByteBuffer value = ByteBuffer.allocate(random.nextInt(random.nextInt(4) == 0 ? 500 : 30));
        random.nextBytes(value.array());
        Files.setAttribute(path, name, value);
        return ((byte[]) Files.getAttribute(path, name)).length;
    }

    private Object attributes(StringBuilder text) throws IOException {
        return attributes(path(text.append("attributes")));
    }

    private static Object attributes(Path path) throws IOException {
        Map<String, Object> all =
                new TreeMap<>(
                        Files.readAttributes(
                                path, "unix:mode,uid,gid,nlink", LinkOption.NOFOLLOW_LINKS));
        boolean isFile = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        String permissions =
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        return all + " " + permissions + (isFile ? " " + Files.size(path) : "");
    }
}
