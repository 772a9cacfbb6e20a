package dev.cortado.image.files;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks through a directory, in the order of its names. Of permissions, only whether a file's owner
 * may execute it is kept: the others say who may do what on this machine.
 */
final class DirectoryListing {
    private static final String DIRECTORY_PERMISSIONS = "755";
    private static final String EXECUTABLE = "755";
    private static final String PLAIN = "644";

    /** What a Java array can have (jdk.internal.util.ArraysSupport.SOFT_MAX_ARRAY_LENGTH). */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private final Path root;
    private final long latest;
    private final List<String> lines = new ArrayList<>();
    private int files;
    private int directories;
    private long bytes;

    /**
     * @param latest seconds since 1970: no time is later than that
     */
    DirectoryListing(Path root, long latest) {
        this.root = root;
        this.latest = TimeUnit.SECONDS.toNanos(latest);
    }

    ListedDirectory list(String place) {
        addDirectory(root, "/", 0);
        return new ListedDirectory(
                place, Percent.directory(root), lines, files, directories - 1, bytes);
    }

    private record Entry(Path file, String name) {}

    /**
     * @param path its own, encoded; ends with a slash
     * @param depth how many directories above it belong to the image
     */
    private void addDirectory(Path directory, String path, int depth) {
        directories++;
        String shown = depth == 0 ? path : path.substring(0, path.length() - 1);
        try {
            // The root may be a link to a directory.
            FileTime modified = Files.getLastModifiedTime(directory);
            lines.add(line("directory", DIRECTORY_PERMISSIONS, nanos(modified), shown));
            for (Entry entry : entries(directory)) {
                add(entry, path + entry.name, depth);
            }
        } catch (IOException e) {
            throw unreadable(directory, e);
        } catch (UncheckedIOException e) {
            throw unreadable(directory, e.getCause());
        }
    }

    private static List<Entry> entries(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(file -> new Entry(file, Percent.name(file)))
                    .sorted(Comparator.comparing(Entry::name))
                    .toList();
        }
    }

    private void add(Entry entry, String path, int depth) throws IOException {
        Path file = entry.file;
        int length = Percent.bytes(entry.name);
        if (length < 0) {
            throw refused(file, "has a name that is not UTF-8 (%s)".formatted(entry.name));
        }
        if (length > GuestPath.MOST_NAME_BYTES) {
            throw refused(file, "has a name of more than " + GuestPath.MOST_NAME_BYTES + " bytes");
        }
        BasicFileAttributes attributes = attributes(file);
        if (attributes.isDirectory()) {
            addDirectory(file, path + "/", depth + 1);
        } else if (attributes.isSymbolicLink()) {
            addLink(file, path, attributes, depth);
        } else if (attributes.isRegularFile()) {
            addFile(file, path, attributes);
        } else {
            throw refused(file, "is a device, a socket or a pipe, which cannot be in an image");
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private void addFile(Path file, String path, BasicFileAttributes before) throws IOException {
        if (before.size() > MOST_BYTES) {
            throw refused(
                    file,
                    "has %,d bytes: a file in an image can have 2 GiB, a larger one belongs on a"
                                    .formatted(before.size())
                            + " disk");
        }
        String sha256 = sha256(file);
        BasicFileAttributes after = attributes(file);
        boolean isSame =
                after.size() == before.size()
                        && after.lastModifiedTime().equals(before.lastModifiedTime());
        if (!isSame) {
            throw refused(file, "has changed while it was read: build again");
        }
        files++;
        bytes += before.size();
        lines.add(
                line(
                        "file",
                        isExecutable(file) ? EXECUTABLE : PLAIN,
                        nanos(before.lastModifiedTime()),
                        Long.toString(before.size()),
                        sha256,
                        path));
    }

    private void addLink(Path link, String path, BasicFileAttributes attributes, int depth)
            throws IOException {
        Path target = Files.readSymbolicLink(link);
        if (LinkTarget.leadsOut(target, depth)) {
            throw refused(
                    link,
                    "is a link to %s, which is not in %s: copy that, or leave the link out"
                            .formatted(target, root));
        }
        files++;
        lines.add(
                line(
                        "link",
                        nanos(attributes.lastModifiedTime()),
                        LinkTarget.encoded(target),
                        path));
    }

    private static boolean isExecutable(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null
                && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private String nanos(FileTime time) {
        return Long.toString(Math.min(time.to(TimeUnit.NANOSECONDS), latest));
    }

    private static String line(String... words) {
        return String.join(" ", words);
    }

    private static UserError unreadable(Path directory, IOException e) {
        Path file =
                e instanceof FileSystemException failure && failure.getFile() != null
                        ? Path.of(failure.getFile())
                        : directory;
        return switch (e) {
            case NoSuchFileException gone ->
                    refused(file, "was removed while it was read: build again");
            case AccessDeniedException denied ->
                    refused(file, "cannot be read: there is no permission to");
            default -> new UserError("--files: %s cannot be read: %s".formatted(file, e), e);
        };
    }

    private static UserError refused(Path file, String why) {
        return new UserError("--files: %s %s".formatted(file, why));
    }
}
