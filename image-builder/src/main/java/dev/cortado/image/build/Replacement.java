package dev.cortado.image.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Puts several files where others were, all of them or none. The first is the one that counts: it
 * goes first and comes last, so that when the process is killed in between there is none, and never
 * one beside files that belong to another.
 */
final class Replacement {
    private final List<Path> made;
    private final List<Path> places;
    private final Path aside;

    /**
     * @param made the new files; one that does not exist leaves its place empty
     * @param places where they belong, in the same order and the same file system
     * @param aside a directory for the old files meanwhile, which does not exist yet
     */
    Replacement(List<Path> made, List<Path> places, Path aside) {
        this.made = List.copyOf(made);
        this.places = List.copyOf(places);
        this.aside = aside;
    }

    /**
     * @throws IOException if it cannot be done; then all is as before
     */
    void run() throws IOException {
        Files.createDirectory(aside);
        int moved = 0;
        int put = places.size();
        try {
            while (moved < places.size()) {
                move(places.get(moved), old(moved));
                moved++;
            }
            while (put > 0) {
                move(made.get(put - 1), places.get(put - 1));
                put--;
            }
        } catch (IOException e) {
            putBack(moved, put, e);
            throw e;
        }
    }

    private Path old(int i) {
        return aside.resolve(Integer.toString(i));
    }

    /**
     * @param moved how many of the old files are aside
     * @param put the first of the places that have their new file
     */
    private void putBack(int moved, int put, IOException reason) {
        for (int i = places.size() - 1; i >= 0; i--) {
            try {
                if (i >= put) {
                    Files.deleteIfExists(places.get(i));
                }
                if (i < moved) {
                    move(old(i), places.get(i));
                }
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    private static void move(Path file, Path destination) throws IOException {
        if (Files.exists(file)) {
            Files.move(
                    file,
                    destination,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
