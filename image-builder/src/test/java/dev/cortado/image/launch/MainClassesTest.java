package dev.cortado.image.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.image.preflight.Compiled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainClassesTest {
    @TempDir Path directory;

    @Test
    void findsThemWithMainsInheritedFromTheClassPath() throws IOException {
        Path both =
                Compiled.classes(
                        directory.resolve("both"),
                        "package p; class Launcher { public static void main(String[] a) {} }",
                        "package p; class A extends Launcher {}",
                        "package p; class B {}");
        Path library = Files.createDirectories(directory.resolve("library/p"));
        Files.move(both.resolve("p/Launcher.class"), library.resolve("Launcher.class"));
        Path jar = Compiled.jar(directory.resolve("library.jar"), library.getParent());
        assertEquals(List.of(), MainClasses.below(both, List.of()));
        assertEquals(List.of("p.A"), MainClasses.below(both, List.of(jar)));
    }

    @Test
    void passesOverFilesThatAreNotClasses() throws IOException {
        Compiled.classes(directory, "package p; class Main { static void main() {} }");
        byte[] good = Files.readAllBytes(directory.resolve("p/Main.class"));
        Files.write(directory.resolve("p/Empty.class"), new byte[0]);
        for (int length = 1; length < good.length; length++) {
            Files.write(directory.resolve("p/Cut.class"), Arrays.copyOf(good, length));
            assertEquals(List.of("p.Main"), MainClasses.below(directory, List.of()));
        }
        Files.write(directory.resolve("Elsewhere.class"), good);
        assertEquals(List.of("p.Main"), MainClasses.below(directory, List.of()));
        assertEquals(List.of(), MainClasses.below(directory.resolve("none"), List.of()));
    }
}
