package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.tree.FileTree;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The paths of {@link java.io.File#getCanonicalPath}: of as much of a path as exists it is the real
 * path; behind that, names stay as they are, without dots.
 */
final class Canonical {
    /** PATH_MAX (Linux, linux/limits.h). */
    private static final int MAXIMUM_BYTES = 4096;

    private Canonical() {}

    /**
     * @param path from the root
     */
    static String path(FileTree tree, String path) throws FileException {
        if (PathBytes.of(path).length > MAXIMUM_BYTES) {
            throw new FileException(Errno.ENAMETOOLONG);
        }
        int end = path.length();
        while (end > 0) {
            try {
                String real = PathBytes.text(tree.realPath(PathBytes.of(path.substring(0, end))));
                return withoutDots(real + path.substring(end));
            } catch (FileException e) {
                if (end < path.length() && !isMissing(e.errno())) {
                    throw e;
                }
            }
            end = path.lastIndexOf('/', end - 1);
        }
        return withoutDots(path);
    }

    /** What a part of a path may fail with; the whole of it may with anything, as in the JDK. */
    private static boolean isMissing(Errno errno) {
        return errno == Errno.ENOENT || errno == Errno.ENOTDIR || errno == Errno.EACCES;
    }

    private static String withoutDots(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }
}
