package dev.cortado.image.files;

import java.nio.file.Path;

/** Where symbolic links lead, by the names in their targets only. */
final class LinkTarget {
    private LinkTarget() {}

    /**
     * Whether a target is not within the directory that becomes part of an image.
     *
     * @param depth of the directory that the link is in, 0 for the whole
     */
    static boolean leadsOut(Path target, int depth) {
        if (target.isAbsolute()) {
            return true;
        }
        int at = depth;
        for (Path name : target) {
            String text = name.toString();
            if (text.equals("..")) {
                at--;
            } else if (!text.equals(".")) {
                at++;
            }
            if (at < 0) {
                return true;
            }
        }
        return false;
    }

    /** A relative target as URIs have paths, with its dots. */
    static String encoded(Path target) {
        Path anywhere = Path.of("").toAbsolutePath().getRoot();
        StringBuilder text = new StringBuilder();
        for (Path name : target) {
            text.append(text.isEmpty() ? "" : "/");
            text.append(Percent.name(anywhere.resolve(name)));
        }
        return text.toString();
    }
}
