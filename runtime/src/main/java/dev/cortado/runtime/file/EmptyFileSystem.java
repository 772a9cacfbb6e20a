package dev.cortado.runtime.file;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The file system of a guest without a disk: a root directory, which is also the working directory,
 * with nothing in it, and read-only. Methods return one of {@link Errors}.
 */
public final class EmptyFileSystem {
    public static final String ROOT = "/";

    private EmptyFileSystem() {}

    /** Without {@code .}, {@code ..} and needless slashes, from the root. */
    public static String normalize(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return ROOT + String.join("/", names);
    }

    /** Only the root exists. An empty path names nothing, as on Unix. */
    public static int find(String path) {
        for (String name : path.split("/")) {
            if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                return Errors.NOT_FOUND;
            }
        }
        return path.isEmpty() ? Errors.NOT_FOUND : Errors.NONE;
    }

    public static boolean exists(String path) {
        return find(path) == Errors.NONE;
    }

    /** Why nothing can be read from there. */
    public static int read(String path) {
        return exists(path) ? Errors.IS_DIRECTORY : Errors.NOT_FOUND;
    }

    /** Why a file, or a directory, cannot be made there or written to. */
    public static int create(String path) {
        if (exists(path)) {
            return Errors.EXISTS;
        }
        String normal = path.replaceFirst("/+$", "");
        int slash = normal.lastIndexOf('/');
        boolean parentExists =
                !normal.isEmpty() && (slash < 0 || exists(normal.substring(0, slash + 1)));
        return parentExists ? Errors.READ_ONLY : Errors.NOT_FOUND;
    }

    /** Why a file cannot be written to, if need be after making it. */
    public static int write(String path) {
        int error = create(path);
        return error == Errors.EXISTS ? Errors.IS_DIRECTORY : error;
    }

    /** Why something cannot be changed or removed. */
    public static int change(String path) {
        return exists(path) ? Errors.READ_ONLY : Errors.NOT_FOUND;
    }
}
