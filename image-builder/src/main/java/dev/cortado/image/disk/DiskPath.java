package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import java.nio.file.Path;

/**
 * A file in a disk's file system.
 *
 * @param disk a file of the host
 * @param path in it, from its root: {@link NameText}
 */
public record DiskPath(Path disk, String path) {
    private static final String BEHIND_FILE = ":/";

    /** Whether a word is one, and no path of the host: FILE:/PATH. */
    public static boolean isOne(String word) {
        return word.indexOf(BEHIND_FILE) > 0;
    }

    /**
     * Understands {@code data.img:/some/file}, and {@code data.img} for its root.
     *
     * @throws UserError if no file is named
     */
    public static DiskPath parse(String word) {
        int colon = word.indexOf(BEHIND_FILE);
        String file = colon < 0 ? word : word.substring(0, colon);
        if (file.isBlank()) {
            throw new UserError("\"%s\" names no disk: write FILE or FILE:/PATH".formatted(word));
        }
        return new DiskPath(Path.of(file), colon < 0 ? "/" : word.substring(colon + 1));
    }

    byte[] bytes() {
        return NameText.bytes(path);
    }

    /** The last name; empty for the root, and where it is a directory without its name. */
    String name() {
        String whole = path.replaceAll("/+$", "");
        String last = whole.substring(whole.lastIndexOf('/') + 1);
        return last.equals(".") || last.equals("..") ? "" : last;
    }

    /** A file below it, or in it. */
    DiskPath resolve(String name) {
        return new DiskPath(disk, path.endsWith("/") ? path + name : path + "/" + name);
    }

    @Override
    public String toString() {
        return disk + ":" + path;
    }
}
