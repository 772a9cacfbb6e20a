package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Copies files of the host to a disk: with permissions and times, links of both kinds, and holes
 * where there are zeros.
 */
final class HostTreeReader {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final byte[] ZEROS = new byte[CHUNK_BYTES];

    private final FileTree tree;
    private final Path disk;
    private final Object itself;

    /** Whether anybody knows the disk by its file's name, which may be for now only. */
    private final boolean isKnown;

    private final boolean keepsOwners;
    private final Consumer<String> warnings;

    /** By what names a file with several names on the host: where it is on the disk. */
    private final Map<Object, DiskPath> links = new HashMap<>();

    /**
     * @param disk as messages name it
     * @param file that the disk is, which is not copied to itself
     */
    HostTreeReader(
            FileTree tree, Path disk, Path file, boolean keepsOwners, Consumer<String> warnings) {
        this.tree = tree;
        this.disk = disk;
        this.itself = key(file);
        this.isKnown = file.equals(disk);
        this.keepsOwners = keepsOwners;
        this.warnings = warnings;
    }

    /**
     * Copies what is in a directory of the host into one of the disk.
     *
     * @throws UserError if something cannot be read or written; what was copied until then stays
     */
    void copyContents(Path from, DiskPath to) {
        if (!Files.isDirectory(from)) {
            throw new UserError("%s is no directory".formatted(from));
        }
        copy(from, to);
    }

    private static Object key(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new UserError("cannot read %s (%s)".formatted(file, e), e);
        }
    }

    /** Copies a file, or a directory with all that is in it, to a name. */
    void copy(Path from, DiskPath to) {
        try {
            Files.walkFileTree(from, new Visitor(from, to));
        } catch (IOException e) {
            throw new UserError("cannot read %s (%s)".formatted(from, e), e);
        }
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path from;
        private final DiskPath to;

        Visitor(Path from, DiskPath to) {
            this.from = from;
            this.to = to;
        }

        private DiskPath target(Path file) {
            return file.equals(from) ? to : to.resolve(HostName.text(from.relativize(file)));
        }

        @Override
        public FileVisitResult preVisitDirectory(Path file, BasicFileAttributes attributes) {
            DiskPath target = target(file);
            run(target, () -> makeDirectory(target));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            DiskPath target = target(file);
            if (attributes.isSymbolicLink()) {
                byte[] link = NameText.bytes(HostName.text(Files.readSymbolicLink(file)));
                run(target, () -> makeLink(link, target));
                setAttributes(file, target, true);
            } else if (itself.equals(attributes.fileKey())) {
                if (isKnown) {
                    warnings.accept(file + " is left out: it is the disk");
                }
            } else if (attributes.isRegularFile()) {
                copyFile(file, target);
            } else {
                warnings.accept(file + " is left out: it is no file, directory or link");
            }
            return FileVisitResult.CONTINUE;
        }

        /** After what is in it, which changes its times. */
        @Override
        public FileVisitResult postVisitDirectory(Path file, IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            setAttributes(file, target(file), false);
            return FileVisitResult.CONTINUE;
        }
    }

    private void makeDirectory(DiskPath target) throws FileException {
        if (!DiskCopy.isDirectory(tree, target)) {
            tree.makeDirectory(null, target.bytes(), 0755);
        }
    }

    private void makeLink(byte[] link, DiskPath target) throws FileException {
        removeOld(target);
        tree.makeSymbolicLink(link, null, target.bytes());
    }

    /** What is no directory gives way to what is copied. */
    private void removeOld(DiskPath target) throws FileException {
        try {
            if (!tree.attributes(null, target.bytes(), false).isDirectory()) {
                tree.unlink(null, target.bytes());
            }
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private void copyFile(Path file, DiskPath target) throws IOException {
        Object linked = HostAttributes.linked(file);
        DiskPath first = linked == null ? null : links.putIfAbsent(linked, target);
        if (first != null) {
            run(
                    target,
                    () -> {
                        removeOld(target);
                        tree.link(null, first.bytes(), null, target.bytes());
                    });
            return;
        }
        try (FileChannel from = FileChannel.open(file)) {
            run(target, () -> write(from, target));
        }
        setAttributes(file, target, false);
    }

    private void write(FileChannel from, DiskPath target) throws FileException, IOException {
        int flags = OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.TRUNCATE;
        OpenFile to = tree.open(null, target.bytes(), flags, 0644);
        try {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            long position = 0;
            while (fill(from, chunk.clear())) {
                int length = chunk.flip().remaining();
                boolean isHole = chunk.equals(ByteBuffer.wrap(ZEROS, 0, length));
                while (!isHole && chunk.hasRemaining()) {
                    to.writeAt(position + chunk.position(), chunk);
                }
                position += length;
            }
            to.truncate(position);
        } finally {
            to.close();
        }
    }

    /** Whether there was anything left. */
    private static boolean fill(FileChannel from, ByteBuffer chunk) throws IOException {
        while (chunk.hasRemaining() && from.read(chunk) >= 0) {
            // Reads may give less than is wanted.
        }
        return chunk.position() > 0;
    }

    private void setAttributes(Path file, DiskPath target, boolean isLink) throws IOException {
        HostAttributes host = HostAttributes.of(file);
        int keep = AttributeChange.KEEP;
        AttributeChange change =
                new AttributeChange(
                        isLink ? keep : host.permissions(),
                        keepsOwners ? host.owner() : keep,
                        keepsOwners ? host.group() : keep,
                        host.accessed(),
                        host.modified());
        run(target, () -> tree.setAttributes(null, target.bytes(), false, change));
    }

    private interface Action {
        void run() throws FileException, IOException;
    }

    private void run(DiskPath target, Action action) {
        try {
            action.run();
        } catch (FileException e) {
            throw DiskFailure.of(new DiskPath(disk, target.path()), e);
        } catch (IOException e) {
            throw new UserError("cannot copy to %s (%s)".formatted(target, e), e);
        }
    }
}
