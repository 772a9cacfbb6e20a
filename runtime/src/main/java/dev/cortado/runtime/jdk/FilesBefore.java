package dev.cortado.runtime.jdk;

import java.io.FileNotFoundException;

/**
 * What a program finds that has no code for files: a root, and in it an empty directory for
 * temporary ones. {@code java.io}'s questions are answered from here where {@link GuestFiles} are
 * not made, so that a program that only ever looks for files, as the JDK's own code does, has none
 * of the code that keeps them, and no devices.
 */
final class FilesBefore {
    private static final String ROOT = "/";
    private static final String TEMPORARY = "tmp";

    private FilesBefore() {}

    static boolean isDirectory(String path) {
        return find(path) != null;
    }

    /** The directory that a path leads to; null if there is none. */
    private static String find(String path) {
        if (path.isEmpty()) {
            return null;
        }
        String found = ROOT;
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                found = ROOT;
            } else if (!name.isEmpty() && !name.equals(".")) {
                if (!found.equals(ROOT) || !name.equals(TEMPORARY)) {
                    return null;
                }
                found = TEMPORARY;
            }
        }
        return found;
    }

    /** The names in a directory; null if there is none. */
    static String[] list(String path) {
        String found = find(path);
        if (found == null) {
            return null;
        }
        return found.equals(ROOT) ? new String[] {TEMPORARY} : new String[0];
    }

    /** Why a file cannot be opened for reading. */
    static FileNotFoundException notOpened(String path) {
        String reason = isDirectory(path) ? "Is a directory" : "No such file or directory";
        return new FileNotFoundException(path + " (" + reason + ")");
    }
}
