package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.FileName;
import java.util.List;

/** Puts a path together from names. */
final class PathText {
    private PathText() {}

    /** A slash before each name, and one alone if there are none. */
    static byte[] join(List<FileName> names) {
        int length = 0;
        for (FileName name : names) {
            length += 1 + name.length();
        }
        byte[] path = new byte[Math.max(length, 1)];
        path[0] = '/';
        int at = 0;
        for (FileName name : names) {
            path[at] = '/';
            System.arraycopy(name.bytes(), 0, path, at + 1, name.length());
            at += 1 + name.length();
        }
        return path;
    }
}
