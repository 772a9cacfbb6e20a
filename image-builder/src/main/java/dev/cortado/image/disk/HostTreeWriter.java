package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Copies files of a disk to the host: with permissions and times, and links of both kinds. What a
 * guest has written there gets nowhere else: no link is followed that is in the place of a file or
 * directory, be it of an earlier copy, and no program is given its user's rights.
 */
final class HostTreeWriter {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final byte[] ZEROS = new byte[CHUNK_BYTES];

    /** All but set-user-ID and set-group-ID: the files belong to who copies them. */
    private static final int KEPT_PERMISSIONS = 01777;

    private final FileTree tree;
    private final long diskBytes;
    private final Consumer<String> warnings;

    /** Files that could not be read to their end. */
    private int damaged;

    /** By inode: where a file with several names is on the host. */
    private final Map<Long, Path> links = new HashMap<>();

    /** Directories by their inodes: a damaged disk may have one in itself. */
    private final Set<Long> directories = new HashSet<>();

    /** What directories get at the end, when nothing is put into them any more. */
    private final Deque<Copied> finished = new ArrayDeque<>();

    private record Copied(DiskPath from, Path to) {}

    /**
     * @param diskBytes how many bytes the disk has: no file has more, but for holes
     * @param warnings is told of what is left out, and of what cannot be read
     */
    HostTreeWriter(FileTree tree, long diskBytes, Consumer<String> warnings) {
        this.tree = tree;
        this.diskBytes = diskBytes;
        this.warnings = warnings;
    }

    /**
     * Copies a file, or a directory with all that is in it, to a name. What is damaged is told of,
     * and the others are copied all the same.
     *
     * @return how many files or directories were not copied whole
     * @throws UserError if something cannot be written; what was copied until then stays
     */
    int copy(DiskPath from, Path to) {
        Deque<Copied> left = new ArrayDeque<>(List.of(new Copied(from, to)));
        while (!left.isEmpty()) {
            Copied next = left.pop();
            try {
                copyOne(next, left);
            } catch (FileException e) {
                passOver(next.from(), e);
            } catch (IOException e) {
                throw new UserError("cannot write %s (%s)".formatted(next.to(), e), e);
            }
        }
        for (Copied directory : finished) {
            try {
                Attributes attributes = tree.attributes(null, directory.from().bytes(), true);
                setAttributes(directory.to(), attributes);
            } catch (FileException e) {
                passOver(directory.from(), e);
            } catch (IOException e) {
                throw new UserError("cannot write %s (%s)".formatted(directory.to(), e), e);
            }
        }
        return damaged;
    }

    private void passOver(DiskPath file, FileException why) {
        boolean isDamage = why.errno() == Errno.EUCLEAN || why.errno() == Errno.EIO;
        if (!isDamage) {
            throw DiskFailure.of(file, why);
        }
        damaged++;
        warnings.accept(DiskFailure.of(file, why).getMessage());
    }

    private void copyOne(Copied copied, Deque<Copied> left) throws FileException, IOException {
        Attributes attributes = tree.attributes(null, copied.from().bytes(), false);
        if (attributes.kind() != FileKind.SYMBOLIC_LINK && Files.isSymbolicLink(copied.to())) {
            throw new UserError(
                    "%s is a symbolic link, and %s none: remove it, or copy to another place"
                            .formatted(copied.to(), copied.from()));
        }
        switch (attributes.kind()) {
            case DIRECTORY -> copyDirectory(copied, attributes, left);
            case REGULAR -> copyFile(copied, attributes);
            case SYMBOLIC_LINK -> copyLink(copied);
            default ->
                    warnings.accept(
                            copied.from() + " is left out: it is no file, directory or link");
        }
    }

    private void copyDirectory(Copied copied, Attributes attributes, Deque<Copied> left)
            throws FileException, IOException {
        if (!directories.add(attributes.inode())) {
            throw new FileException(Errno.EUCLEAN);
        }
        if (!Files.isDirectory(copied.to(), LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(copied.to());
        }
        for (String name : names(tree, copied.from())) {
            Path to = copied.to().resolve(HostName.path(name));
            left.push(new Copied(copied.from().resolve(name), to));
        }
        finished.push(copied);
    }

    /** The names in a directory, sorted. */
    static List<String> names(FileTree tree, DiskPath directory) throws FileException {
        List<String> names = new ArrayList<>();
        OpenFile file = tree.open(null, directory.bytes(), OpenFlags.DIRECTORY, 0);
        try {
            DirectoryEntry entry = file.nextEntry();
            while (entry != null) {
                names.add(NameText.of(entry.name().bytes()));
                entry = file.nextEntry();
            }
        } finally {
            file.close();
        }
        // The tree gives these two as well, as readdir does.
        names.removeAll(List.of(".", ".."));
        names.sort(null);
        return names;
    }

    private void copyLink(Copied copied) throws FileException, IOException {
        byte[] target = tree.readLink(null, copied.from().bytes());
        Files.deleteIfExists(copied.to());
        Files.createSymbolicLink(copied.to(), HostName.path(NameText.of(target)));
    }

    private void copyFile(Copied copied, Attributes attributes) throws FileException, IOException {
        if (attributes.links() > 1) {
            Path first = links.putIfAbsent(attributes.inode(), copied.to());
            if (first != null) {
                Files.deleteIfExists(copied.to());
                Files.createLink(copied.to(), first);
                return;
            }
        }
        OpenFile from = tree.open(null, copied.from().bytes(), OpenFlags.READ_ONLY, 0);
        try (FileChannel to =
                FileChannel.open(
                        copied.to(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            copy(from, attributes.size(), to);
        } finally {
            from.close();
        }
        setAttributes(copied.to(), attributes);
    }

    /** Holes stay holes, zeros become some, and if they are at the end, a size. */
    private void copy(OpenFile from, long size, FileChannel to) throws FileException, IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        long read = 0;
        long position = from.nextData(0);
        while (position < size && from.readAt(position, chunk.clear()) > 0) {
            int length = chunk.flip().remaining();
            boolean isHole = chunk.equals(ByteBuffer.wrap(ZEROS, 0, length));
            while (!isHole && chunk.hasRemaining()) {
                to.write(chunk, position + chunk.position());
            }
            read += length;
            if (read - CHUNK_BYTES > diskBytes) {
                throw new FileException(Errno.EUCLEAN, "more bytes than the disk has");
            }
            position = from.nextData(position + length);
        }
        if (to.size() < size) {
            to.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    private static void setAttributes(Path file, Attributes attributes) throws IOException {
        Files.setAttribute(file, "unix:mode", attributes.permissions() & KEPT_PERMISSIONS);
        Files.getFileAttributeView(file, BasicFileAttributeView.class)
                .setTimes(
                        FileTime.from(attributes.modified(), TimeUnit.NANOSECONDS),
                        FileTime.from(attributes.accessed(), TimeUnit.NANOSECONDS),
                        null);
    }
}
