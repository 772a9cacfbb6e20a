package dev.cortado.image.disk;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.tree.FileTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lists files of a disk, as ls(1) does. */
public final class DiskListing {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private static final String PERMISSIONS = "rwxrwxrwx";
    private static final int SET_USER = 04000;
    private static final int SET_GROUP = 02000;
    private static final int STICKY = 01000;

    private final FileTree tree;
    private final boolean hasDetails;
    private final Consumer<String> out;

    private DiskListing(FileTree tree, boolean hasDetails, Consumer<String> out) {
        this.tree = tree;
        this.hasDetails = hasDetails;
        this.out = out;
    }

    /**
     * Lists a file, or what is in a directory. The disk is not changed.
     *
     * @param partition a number, or 0 for what there is
     * @param hasDetails kind and permissions, links, owner, group, size and time as well
     * @param isDeep directories in directories, too
     * @param out gets the lines
     * @param warnings is told of damage
     * @throws dev.cortado.image.UserError if it cannot be read
     */
    public static void list(
            DiskPath path,
            int partition,
            boolean hasDetails,
            boolean isDeep,
            Consumer<String> out,
            Consumer<String> warnings) {
        try (MountedDisk disk = MountedDisk.open(path.disk(), partition, true, warnings)) {
            new DiskListing(disk.tree(), hasDetails, out).list(path, isDeep);
        }
    }

    private void list(DiskPath path, boolean isDeep) {
        DiskPath at = path;
        try {
            if (!tree.attributes(null, path.bytes(), true).isDirectory()) {
                out.accept(line(path, path.path()));
                return;
            }
            Set<Long> seen = new HashSet<>();
            Deque<DiskPath> left = new ArrayDeque<>(List.of(path));
            while (!left.isEmpty()) {
                at = left.pop();
                // A damaged disk may have a directory in itself.
                if (seen.add(tree.attributes(null, at.bytes(), true).inode())) {
                    listDirectory(at, isDeep, left, seen.size() == 1);
                }
            }
        } catch (FileException e) {
            throw DiskFailure.of(at, e);
        }
    }

    private void listDirectory(
            DiskPath directory, boolean isDeep, Deque<DiskPath> left, boolean isFirst)
            throws FileException {
        if (isDeep) {
            out.accept((isFirst ? "" : "\n") + NameText.shown(directory.path()) + ":");
        }
        List<String> names = HostTreeWriter.names(tree, directory);
        for (String name : names) {
            out.accept(line(directory.resolve(name), name));
        }
        for (String name : isDeep ? names.reversed() : List.<String>of()) {
            DiskPath below = directory.resolve(name);
            if (tree.attributes(null, below.bytes(), false).isDirectory()) {
                left.push(below);
            }
        }
    }

    private String line(DiskPath path, String name) throws FileException {
        if (!hasDetails) {
            return NameText.shown(name);
        }
        Attributes attributes = tree.attributes(null, path.bytes(), false);
        String target = "";
        if (attributes.kind() == FileKind.SYMBOLIC_LINK) {
            byte[] link = tree.readLink(null, path.bytes());
            target = " -> " + new String(link, StandardCharsets.UTF_8);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(attributes.modified());
        return "%s %3d %5s %5s %10d %s %s%s"
                .formatted(
                        mode(attributes),
                        attributes.links(),
                        Integer.toUnsignedString(attributes.owner()),
                        Integer.toUnsignedString(attributes.group()),
                        attributes.size(),
                        TIME.format(Instant.ofEpochSecond(seconds)),
                        NameText.shown(name),
                        NameText.shown(target));
    }

    private static String mode(Attributes attributes) {
        StringBuilder mode = new StringBuilder();
        mode.append(
                switch (attributes.kind()) {
                    case DIRECTORY -> 'd';
                    case SYMBOLIC_LINK -> 'l';
                    case PIPE -> 'p';
                    case SOCKET -> 's';
                    case CHARACTER_DEVICE -> 'c';
                    case BLOCK_DEVICE -> 'b';
                    case REGULAR -> '-';
                });
        int permissions = attributes.permissions();
        for (int i = 0; i < PERMISSIONS.length(); i++) {
            boolean isSet = (permissions & 1 << PERMISSIONS.length() - 1 - i) != 0;
            mode.append(isSet ? PERMISSIONS.charAt(i) : '-');
        }
        mark(mode, 3, (permissions & SET_USER) != 0, 's');
        mark(mode, 6, (permissions & SET_GROUP) != 0, 's');
        mark(mode, 9, (permissions & STICKY) != 0, 't');
        return mode.toString();
    }

    /** A bit that shows in the place of x: in capitals if that is not set. */
    private static void mark(StringBuilder mode, int at, boolean isSet, char letter) {
        if (isSet) {
            mode.setCharAt(at, mode.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }
}
