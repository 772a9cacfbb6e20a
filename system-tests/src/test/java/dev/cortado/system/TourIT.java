package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** examples/tour: it reaches more of the JDK than any other example. */
final class TourIT {
    private static Program tour;
    private static Path image;

    @BeforeAll
    static void build() {
        tour = Program.tour();
        image = Cortado.build(tour, "first", "--reproducible");
    }

    @Test
    void showsTheSameAsOnHotSpot() {
        Outcome expected = tour.onHotSpot("");
        Outcome actual = Cortado.run(image, "128M", "");
        assertEquals(expected.console(), actual.console());
        assertEquals(0, actual.exitCode());
    }

    /** Compiled anew from another directory, while something else keeps a processor busy. */
    @Test
    void isTheSameBytesWhereverAndAtWhateverLoadItIsBuilt(@TempDir Path elsewhere)
            throws IOException {
        Program copy = new Program("tour", tour.mainClass(), elsewhere.resolve("classes"));
        copy(tour.classes(), copy.classes());
        Path other = elsewhere.resolve(image.getFileName());
        Thread load = Thread.ofPlatform().daemon().start(TourIT::keepBusy);
        try {
            Cortado.build(copy, other, "--reproducible", "--no-cache");
        } finally {
            load.interrupt();
        }
        assertEquals(-1, Files.mismatch(image, other));
        assertEquals(-1, Files.mismatch(debugFile(image), debugFile(other)));
    }

    private static void keepBusy() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : all.toList()) {
                Files.copy(source, to.resolve(from.relativize(source).toString()));
            }
        }
    }

    private static Path debugFile(Path image) {
        return Path.of(image + ".debug");
    }
}
