package dev.cortado.runtime.file.ninep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Files that were open when they lost their last name, and that a server still knows what they are
 * like, as QEMU's does from version 9.2 on. Here they have another name beside the folder.
 */
final class GoneFiles {
    private final Path place;
    private final Map<Long, Path> names = new HashMap<>();

    /**
     * @param place where their names are
     */
    GoneFiles(Path place) {
        this.place = place;
    }

    /** A name for a file that is about to lose one. */
    Path keep(Path file) throws IOException {
        long number = number(file);
        if (!names.containsKey(number)) {
            Path name = Files.createDirectories(place).resolve(Long.toString(number));
            Files.createLink(name, file);
            names.put(number, name);
        }
        return names.get(number);
    }

    /** How many of a file's names are not in the folder. */
    int names(long number) {
        return names.containsKey(number) ? 1 : 0;
    }

    /** Nobody has a file open any more. */
    void drop(Path name) throws IOException {
        if (name.startsWith(place)) {
            names.remove(number(name));
            Files.delete(name);
        }
    }

    private static long number(Path file) throws IOException {
        return (long) Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }
}
