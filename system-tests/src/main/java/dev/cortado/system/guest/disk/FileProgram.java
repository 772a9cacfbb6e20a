package dev.cortado.system.guest.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A tree of files: written with all that files can do, and read again after another start. */
final class FileProgram {
    private static final int LARGE_BYTES = 3_000_001;
    private static final long HOLE_BYTES = 1L << 30;
    private static final int MANY = 500;
    private static final FileTime TIME = FileTime.from(Instant.parse("2001-09-09T01:46:40.5Z"));

    private final Path root;

    FileProgram(Path directory) {
        root = directory.resolve("tree");
    }

    void write() throws IOException {
        Path deep = Files.createDirectories(root.resolve("a/b/c"));
        Files.writeString(deep.resolve("text"), "some text\n");
        writeLarge();
        writeHole();
        names();
        many();
        attributes();
        space();
        System.out.println("written");
    }

    private void writeLarge() throws IOException {
        byte[] bytes = new byte[LARGE_BYTES];
        new Random(5).nextBytes(bytes);
        Path file = root.resolve("large");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer all = ByteBuffer.wrap(bytes);
            while (all.hasRemaining()) {
                channel.write(all);
            }
            channel.force(true);
        }
        check(crc(Files.readAllBytes(file)) == crc(bytes), "large");
        System.out.println("large " + Long.toHexString(crc(bytes)));
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private void writeHole() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("hole").toFile(), "rw")) {
            file.seek(HOLE_BYTES);
            file.writeUTF("end");
            file.seek(HOLE_BYTES / 2);
            check(file.read() == 0, "a hole reads as zeros");
        }
    }

    /** Renamed, replaced, linked, removed. */
    private void names() throws IOException {
        Path one = Files.writeString(root.resolve("one"), "one");
        Path two = Files.writeString(root.resolve("two"), "two");
        Files.move(one, two, StandardCopyOption.ATOMIC_MOVE);
        check(Files.readString(two).equals("one") && Files.notExists(one), "replaced");
        Files.createLink(root.resolve("hard"), two);
        Files.createSymbolicLink(root.resolve("soft"), Path.of("a/b/c/text"));
        check(Files.readString(root.resolve("soft")).equals("some text\n"), "a link is followed");
        Files.move(root.resolve("a/b"), root.resolve("moved"));
        check(Files.exists(root.resolve("moved/c/text")), "a directory moves");
        Files.move(root.resolve("moved"), root.resolve("a/b"));
        try {
            Files.delete(root.resolve("a"));
            check(false, "it is not empty");
        } catch (DirectoryNotEmptyException e) {
            // As it should be.
        }
        Path open = root.resolve("open");
        try (FileChannel channel =
                FileChannel.open(
                        open,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[10]));
            Files.delete(open);
            check(channel.size() == 10, "it lives as long as it is open");
        }
    }

    /** More than fit into one block of a directory. */
    private void many() throws IOException {
        Path directory = Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < MANY; i++) {
            Files.writeString(directory.resolve("a file with the number " + i), "" + i);
        }
        for (int i = 0; i < MANY; i += 2) {
            Files.delete(directory.resolve("a file with the number " + i));
        }
    }

    private void attributes() throws IOException {
        Path file = Files.createFile(root.resolve("attributes"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setLastModifiedTime(file, TIME);
        Files.setAttribute(file, "user:kind", ByteBuffer.wrap(new byte[] {'t', 'e', 's', 't'}));
    }

    private void space() throws IOException {
        FileStore store = Files.getFileStore(root);
        // Of a shared folder's disk, others may use some between two questions.
        boolean isOthers = store.type().equals("9p") || store.type().equals("virtiofs");
        check(
                isOthers || store.getUsableSpace() <= store.getUnallocatedSpace(),
                "some is reserved");
        check(store.getUnallocatedSpace() < store.getTotalSpace(), "some is used");
        System.out.println("store " + store.type());
    }

    void read() throws IOException {
        check(Files.readString(root.resolve("a/b/c/text")).equals("some text\n"), "text");
        System.out.println(
                "large " + Long.toHexString(crc(Files.readAllBytes(root.resolve("large")))));
        check(Files.size(root.resolve("hole")) == HOLE_BYTES + 5, "hole");
        check(Files.readString(root.resolve("hard")).equals("one"), "hard link");
        check(Files.getAttribute(root.resolve("two"), "unix:nlink").equals(2), "links");
        check(Files.isSymbolicLink(root.resolve("soft")), "symbolic link");
        try (Stream<Path> many = Files.list(root.resolve("many"))) {
            List<Path> found = many.toList();
            check(found.size() == MANY / 2, "many: " + found.size());
            for (Path file : found) {
                check(file.toString().endsWith(" " + Files.readString(file)), file.toString());
            }
        }
        Path file = root.resolve("attributes");
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        check(attributes.lastModifiedTime().equals(TIME), "time " + attributes.lastModifiedTime());
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        check(permissions.equals("rw-r-----"), permissions);
        byte[] kind = (byte[]) Files.getAttribute(file, "user:kind");
        check(new String(kind).equals("test"), "an attribute of its own");
        System.out.println("read");
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
