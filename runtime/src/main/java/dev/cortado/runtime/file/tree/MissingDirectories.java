package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.charset.StandardCharsets;

/** Directories that a path leads through. */
public final class MissingDirectories {
    private static final int PERMISSIONS = 0755;

    private MissingDirectories() {}

    /**
     * Makes a directory and those above it, as far as they are missing; a file that is in the place
     * of one is found by whoever uses it as a directory.
     *
     * @param path from the root on
     */
    public static void make(FileTree tree, String path) throws FileException {
        makeAbove(tree, path);
        makeOne(tree, path);
    }

    /** Makes those above a file. */
    public static void makeAbove(FileTree tree, String path) throws FileException {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            makeOne(tree, path.substring(0, slash));
        }
    }

    private static void makeOne(FileTree tree, String path) throws FileException {
        try {
            tree.makeDirectory(null, path.getBytes(StandardCharsets.UTF_8), PERMISSIONS);
        } catch (FileException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }
}
